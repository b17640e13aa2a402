// page.mjs: st2plecto.html in the system's Chromium, opened as a file.
//
//   node page.mjs same PAGE < CASES        each line NAME FILE: dropped, converted, downloaded; the bytes are the command line's
//   node page.mjs drop PAGE                several files, types, a workbook, gzip and a folder, dropped by the mouse
//   node page.mjs correct PAGE             bad rows are corrected, the verdict changes, fixes.csv does the same elsewhere
//   node page.mjs axe light|dark WIDTH PAGE    axe-core in every state; nothing is wider than the window
//   node page.mjs quiet PAGE               no request, nothing in the console, the policy in force, nothing stored
//   node page.mjs hostile PAGE FILE…       files that are odd: an answer each, and the page lives
//   node page.mjs time PAGE FILE           seconds from the drop to the verdict
//   node page.mjs cancel PAGE FILE         a run is stopped, and the next one works
//   node page.mjs shots PAGE FOLDER        pictures of the states
//
// ST2PLECTO: the native program to compare with. Prints what is wrong and ends with 1 if anything is.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(root, 'build/e2e/package.json'));
const puppeteer = require('puppeteer-core');
const native = resolve(process.env.ST2PLECTO ?? join(root, 'build/st2plecto'));
const ZONE = 'America/Chicago';

let wrong = 0;
const complain = (text) => {
    wrong++;
    console.log(text);
};

const open = async (browser, path, { scheme = 'light', width = 1200, height = 900 } = {}) => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => complain(`error in the page: ${error.message}`));
    page.on('console', (message) => complain(`console: ${message.text()}`));
    await page.setViewport({ width, height });
    await page.emulateTimezone(ZONE);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(pathToFileURL(resolve(path)).href);
    return page;
};

const settled = (page, limit = 60000) =>
    page.waitForFunction(() => document.body.dataset.state && document.getElementById('app-busy').hidden, { timeout: limit, polling: 50 });

// Gives files to the page, and waits for what it says of them.
const give = async (page, files, limit) => {
    await page.evaluate(() => delete document.body.dataset.state);
    const input = await page.$('#app-input');
    await input.uploadFile(...files.map((file) => resolve(file)));
    await settled(page, limit);
};

const verdict = (page) => page.$eval('#app-verdict h1', (head) => head.textContent);

// Clicks each download of the page; {name: bytes}.
const downloads = async (browser, page) => {
    const folder = mkdtempSync(join(tmpdir(), 'st2plecto-page.'));
    const client = await page.createCDPSession();
    await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
    const files = {};
    for (const name of await page.$$eval('.app-downloads a', (links) => links.map((link) => link.download))) {
        const done = new Promise((resolve_) => client.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve_()));
        await page.$$eval('.app-downloads a', (links, wanted) => links.find((link) => link.download === wanted).click(), name);
        await done;
        client.removeAllListeners('Browser.downloadProgress');
        files[name] = readFileSync(join(folder, name));
    }
    await client.detach();
    rmSync(folder, { recursive: true });
    return files;
};

// What the command line writes of the same files with the same settings.
const commandLine = (file, more = []) => {
    const paths = [file].flat();
    const folder = mkdtempSync(join(tmpdir(), 'st2plecto-page.'));
    const args = ['convert', '-o', 'plecto', '-j', '1', '--no-config', '--tz', ZONE, '--on-error', 'reject', ...more,
        '--to', 'csv,xlsx,review', '--format', 'text', '--format', 'html=report.html', '--', ...paths.map((path) => basename(path)).sort()];
    spawnSync('cp', ['-p', ...paths.map((path) => resolve(path)), folder]);
    spawnSync(native, args, { cwd: folder, env: { TZDIR: '/none' } });
    const files = {};
    const place = join(folder, 'plecto');
    if (existsSync(place))
        for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
            if (entry.isFile()) {
                const path = join(entry.parentPath ?? entry.path, entry.name);
                files[path.slice(place.length + 1).replaceAll('/', '-')] = readFileSync(path); // as a download is called
            }
    if (existsSync(join(folder, 'report.html'))) files['report.html'] = readFileSync(join(folder, 'report.html'));
    rmSync(folder, { recursive: true });
    return files;
};

const firstDifference = (one, other) => {
    const at = one.findIndex((byte, index) => byte !== other[index]);
    const around = (bytes) => JSON.stringify(bytes.subarray(Math.max(0, at - 60), at + 60).toString('latin1'));
    return ` at ${at}: ${around(one)} and ${around(other)}`;
};

const compare = (name, expected, got) => {
    for (const path of new Set([...Object.keys(expected), ...Object.keys(got)]))
        if (!expected[path] || !got[path]) complain(`${name}: ${path} is written by the ${got[path] ? 'page' : 'command line'} only`);
        else if (Buffer.compare(expected[path], got[path]) !== 0) complain(`${name}: ${path} differs${firstDifference(expected[path], got[path])}`);
};

const same = async (browser, path) => {
    let count = 0;
    for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
        const [name, file] = line.split(' ');
        const page = await open(browser, path);
        await give(page, [file]);
        const expected = commandLine(file);
        if (Object.keys(expected).length > 0 && !('report.html' in expected)) complain(`${name}: no report`);
        const hasGrid = await page.$eval('#app-result', (result) => result.querySelector('.app-grid') !== null);
        if (!hasGrid) delete expected['rejected.csv']; // it has a header only, and is not offered
        compare(name, expected, await downloads(browser, page));
        await page.close();
        count++;
    }
    if (count === 0) complain('no cases');
    console.log(`${count} files dropped`);
};

// Drops files and folders on the page as the mouse does.
const dropOn = async (page, paths, limit) => {
    await page.evaluate(() => delete document.body.dataset.state);
    const client = await page.createCDPSession();
    const data = { items: [], files: paths.map((path) => resolve(path)), dragOperationsMask: 1 };
    for (const kind of ['dragEnter', 'dragOver', 'drop']) await client.send('Input.dispatchDragEvent', { type: kind, x: 300, y: 300, data });
    await client.detach();
    await settled(page, limit);
};

// Downloads what comes of a drop, and compares it with what the command line writes of `files`.
const compareDrop = async (browser, path, name, dropped, files, wanted) => {
    const page = await open(browser, path);
    await dropOn(page, dropped);
    const said = await verdict(page);
    if (!said.includes(wanted)) complain(`${name}: ${said}`);
    const expected = commandLine(files);
    if (!expected['report.html']) delete expected['report.html'];
    const hasGrid = await page.$eval('#app-result', (result) => result.querySelector('.app-grid') !== null);
    if (!hasGrid) delete expected['rejected.csv'];
    compare(name, expected, await downloads(browser, page));
    await page.close();
};

const drop = async (browser, path) => {
    const folder = mkdtempSync(join(tmpdir(), 'st2plecto-page.')), sample = (name) => join(root, 'samples', name);
    const put = (name, from) => {
        const to = join(folder, name);
        mkdirSync(dirname(to), { recursive: true });
        if (typeof from === 'string') copyFileSync(from, to);
        else writeFileSync(to, from);
        return to;
    };
    const [head, ...rows] = readFileSync(sample('jobs/good.csv'), 'utf8').trimEnd().split('\n');
    const half = (from, to) => Buffer.from(`${[head, ...rows.slice(from, to)].join('\n')}\n`);
    const first = put('1.csv', half(0, 30)), second = put('2.csv.gz', gzipSync(half(30)));
    await compareDrop(browser, path, 'two files of one type, one of them gzip', [second, first], [first, second], 'Converted');
    const jobs = put('jobs.csv', sample('jobs/bad.csv')), calls = put('calls.json', sample('calls/good.json'));
    await compareDrop(browser, path, 'two types', [jobs, calls], [jobs, calls], 'Converted');
    const inside = [put('exports/jobs.csv', sample('jobs/good.csv')), put('exports/deep/calls.json', sample('calls/good.json'))];
    put('exports/.DS_Store', Buffer.from('no export'));
    await compareDrop(browser, path, 'a folder with a folder in it', [join(folder, 'exports')], inside, 'Converted');
    const page = await open(browser, path);
    await dropOn(page, [jobs]);
    const book = put('made.xlsx', (await downloads(browser, page))['import.xlsx']); // any workbook: what it is, is said
    await page.close();
    const other = await open(browser, path);
    await dropOn(other, [book]);
    if (!(await verdict(other))) complain('a workbook: no answer');
    await dropOn(other, [calls]); // what comes later is added
    const chips = await other.$$eval('#app-list li', (list) => list.map((one) => one.textContent));
    if (chips.length !== 2) complain(`after two drops: ${chips}`);
    await other.close();
    rmSync(folder, { recursive: true });
};

const type = (page, label, line, text) => page.evaluate((label_, line_, text_) => {
    const input = [...document.querySelectorAll('.app-grid input[type=text]')]
        .find((one) => one.getAttribute('aria-label').startsWith(`${label_}, line ${line_}`));
    input.value = text_;
    input.dispatchEvent(new Event('input', { bubbles: true }));
}, label, String(line), text);

const again = async (page) => {
    await page.evaluate(() => delete document.body.dataset.state);
    await page.click('#app-again');
    await settled(page);
};

const correct = async (browser, path) => {
    const file = join(root, 'samples/jobs/bad.csv');
    const page = await open(browser, path);
    await give(page, [file]);
    const before = await verdict(page);
    if (!before.includes('12 rows set aside')) complain(`before: ${before}`);
    await type(page, 'Completion Date', 9, '10/12/2025 9:00 AM');
    await type(page, 'Job #', 7, '900001'); // known by its cells: it has no ID
    await type(page, 'Primary Technician', 4, 'Cy Ortiz');
    await page.$$eval('.app-grid input[type=checkbox]', (boxes) => boxes.find((box) => box.getAttribute('aria-label') === 'Leave out line 22').click());
    await again(page);
    const after = await verdict(page);
    if (!after.includes('8 rows set aside')) complain(`after: ${after}`);
    const good = await page.$$eval('.app-grid .app-good', (rows) => rows.length);
    if (good !== 4) complain(`${good} rows of the grid are good`);
    const got = await downloads(browser, page);
    const fixes = join(mkdtempSync(join(tmpdir(), 'st2plecto-page.')), 'fixes.csv');
    writeFileSync(fixes, got['fixes.csv']);
    const expected = commandLine(file, ['--fixes', fixes]);
    for (const name of ['import.csv', 'rejected.csv']) compare('corrected', { [name]: expected[name] }, { [name]: got[name] });
    if (!expected['import.csv'].toString().includes('900001')) complain('the command line does not know the fix');
    await page.close();
    // fixes.csv by drop does the same
    const second = await open(browser, path);
    await give(second, [file, fixes]);
    if (!(await verdict(second)).includes('8 rows set aside')) complain(`with fixes.csv dropped: ${await verdict(second)}`);
    // settings change the result, and come back with st2plecto.json
    await second.select('#app-set-by', 'month');
    await second.waitForFunction(() => document.getElementById('app-busy').hidden && document.getElementById('periods'), { timeout: 30000 });
    rmSync(dirname(fixes), { recursive: true });
    await second.close();
};

const STATES = ['empty', 'good', 'bad', 'failed'];

// The page in a state.
const enter = async (page, state) => {
    if (state === 'empty') return;
    const files = { good: 'samples/jobs/good.csv', bad: 'samples/jobs/bad.csv', failed: 'LICENSE' };
    await give(page, [join(root, files[state])]);
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
};

const axe = async (browser, scheme, width, path) => {
    const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    for (const state of STATES) {
        const page = await open(browser, path, { scheme, width: Number(width) });
        await enter(page, state);
        await page.evaluate(source);
        const outcome = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], elementRef: false })
            .then(({ violations, passes }) => ({ passes: passes.length,
                violations: violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length} times)\n    ${nodes[0].html.slice(0, 200)}\n    ${nodes[0].failureSummary}`) })));
        if (outcome.passes < 20) complain(`${state}: axe-core looked at ${outcome.passes} rules only`);
        for (const violation of outcome.violations) complain(`${state}: ${violation}`);
        const beyond = await page.evaluate(() => {
            const limit = document.documentElement.clientWidth;
            const wide = [...document.body.querySelectorAll('*')].filter((element) => {
                const box = element.getBoundingClientRect();
                return box.width > 0 && box.right > limit + 0.5 && !(element.closest('.scroll') && !element.matches('.scroll'));
            });
            return { by: document.documentElement.scrollWidth - limit, wide: wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 160)) };
        });
        if (beyond.by > 0) complain(`${state}: scrolls sideways by ${beyond.by} px at ${width} px: ${beyond.wide.join('\n    ')}`);
        await page.close();
    }
};

const quiet = async (browser, path) => {
    const page = await browser.newPage();
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complain(`console: ${message.text()}`));
    page.on('pageerror', (error) => complain(`error: ${error.message}`));
    await page.evaluateOnNewDocument(() => {
        globalThis.refused = [];
        addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective));
    });
    await page.goto(pathToFileURL(resolve(path)).href);
    await give(page, [join(root, 'samples/jobs/bad.csv')]);
    const others = requests.slice(1).filter((url) => !url.startsWith('blob:'));
    for (const url of others) complain(`asks for ${url}`);
    for (const directive of await page.evaluate(() => refused)) complain(`policy refused: ${directive}`);
    const kept = await page.evaluate(async () => [document.cookie.length, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]);
    if (kept.some((count) => count > 0)) complain(`stores something: ${kept}`);
    page.removeAllListeners('console');
    const reached = await page.evaluate(() => fetch('data:text/plain,x').then(() => true, () => false));
    if (reached) complain('the policy lets the page connect');
    await page.close();
};

const hostile = async (browser, path, ...files) => {
    for (const file of files) {
        const page = await open(browser, path);
        await give(page, [file], 120000);
        const text = await verdict(page);
        if (!text) complain(`${file}: no answer`);
        await page.close();
    }
    console.log(`${files.length} files`);
};

const time = async (browser, path, file) => {
    const page = await open(browser, path);
    await give(page, [file], 900000);
    const seconds = await page.$eval('body', (body) => body.dataset.seconds);
    console.log(`${basename(file)}: ${seconds} s, ${await verdict(page)}`);
    await page.close();
};

const cancel = async (browser, path, file) => {
    const page = await open(browser, path);
    await page.evaluate(() => delete document.body.dataset.state);
    await (await page.$('#app-input')).uploadFile(resolve(file));
    await page.waitForFunction(() => document.getElementById('app-doing').textContent.startsWith('Reading '), { timeout: 30000, polling: 20 });
    await page.click('#app-cancel');
    await page.waitForFunction(() => document.getElementById('app-busy').hidden, { timeout: 5000 });
    await page.click('#app-list button');
    await give(page, [join(root, 'samples/jobs/good.csv')]);
    if (!(await verdict(page)).startsWith('Converted')) complain(`after cancel: ${await verdict(page)}`);
    await page.close();
};

const shots = async (browser, path, folder) => {
    mkdirSync(folder, { recursive: true });
    const views = [['light', 1100, 'desktop'], ['dark', 1100, 'dark'], ['light', 390, 'phone']];
    for (const [scheme, width, name] of views)
        for (const state of STATES) {
            const page = await open(browser, path, { scheme, width, height: width < 500 ? 844 : 800 });
            if (state !== 'empty') await enter(page, state);
            await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = one.id === 'app-settings' && location.hash === '#x')));
            await page.screenshot({ path: join(folder, `${state}-${name}.png`), fullPage: true });
            await page.close();
        }
    const page = await open(browser, path, { height: 900, width: 1100 });
    await enter(page, 'bad');
    await page.screenshot({ path: join(folder, 'settings.png'), fullPage: false });
    await page.close();
};

const [command, ...words] = process.argv.slice(2);
const commands = { same, drop, correct, axe, quiet, hostile, time, cancel, shots };
if (!commands[command]) {
    console.error(`page.mjs: no command '${command}': ${Object.keys(commands).join(', ')}`);
    process.exit(2);
}
const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', protocolTimeout: 900000, pipe: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars',
        ...(command === 'drop' ? ['--allow-file-access-from-files'] : [])], // a folder: without it, and a user to ask, Chromium opens none
});
try {
    await commands[command](browser, ...words);
} finally {
    await browser.close();
}
process.exitCode = wrong ? 1 : 0;
