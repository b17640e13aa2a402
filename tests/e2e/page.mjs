// page.mjs: report.html in the system's Chromium, without a network.
//
//   node page.mjs axe light|dark WIDTH FILE…    axe-core, all rules, every <details> open; and the contrast of pictures
//   node page.mjs narrow WIDTH FILE…            nothing is wider than the window but tables in their own boxes
//   node page.mjs quiet FILE…                   one request (the page), no message in the console, policy in force
//   node page.mjs print FILE OUT.pdf            the page on A4
//   node page.mjs shot light|dark WIDTH HEIGHT FILE OUT.png [ANCHOR]    a picture, from the anchor on; HEIGHT 0: all
//   node page.mjs browser                       starts one for all that follows, and prints its address; ends with a signal
//
// With such an address in PAGE_BROWSER a command uses that browser, else it starts one of its own (some seconds each).
// Prints what is wrong and ends with 1 if anything is. Modules come from build/e2e (see scripts/lib.sh).
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(resolve(root, 'build/e2e/package.json'));
const puppeteer = require('puppeteer-core');

let wrong = 0;
const complain = (file, text) => {
    wrong++;
    console.log(`${file}: ${text}`);
};

const open = async (browser, file, { scheme = 'light', width = 1200, height = 900 } = {}) => {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(pathToFileURL(resolve(file)).href);
    return page;
};

const openDetails = (page) =>
    page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));

// Of each picture: what is drawn in a colour too near to the card's. axe-core looks at text in HTML only.
const faintDrawings = (page) =>
    page.evaluate(() => {
        const numbers = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
        const light = (colour) => {
            const [red, green, blue] = numbers(colour).map((part) => {
                const share = part / 255;
                return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const contrast = (one, other) => {
            const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
            return (bright + 0.05) / (dark + 0.05);
        };
        const faint = new Set();
        for (const drawn of document.querySelectorAll('main svg text, main svg rect.bar')) {
            const card = getComputedStyle(drawn.closest('section')).backgroundColor;
            const ratio = contrast(getComputedStyle(drawn).fill, card);
            if (ratio < (drawn.tagName === 'text' ? 4.5 : 3))
                faint.add(`${drawn.tagName} .${drawn.getAttribute('class')} has a contrast of ${ratio.toFixed(2)}`);
        }
        return [...faint];
    });

const axe = async (browser, scheme, width, ...files) => {
    const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    for (const file of files) {
        const page = await open(browser, file, { scheme, width: Number(width) });
        await openDetails(page);
        await page.evaluate(source);
        const outcome = await page.evaluate(() =>
            axe.run(document, { resultTypes: ['violations'], elementRef: false }).then(({ violations, passes }) => ({
                violations: violations.map(({ id, help, nodes }) => ({
                    id, help, count: nodes.length, first: nodes[0].html.slice(0, 200), why: nodes[0].failureSummary,
                })),
                passes: passes.length,
            })));
        if (outcome.passes < 20) complain(file, `axe-core looked at ${outcome.passes} rules only`);
        for (const { id, help, count, first, why } of outcome.violations)
            complain(file, `${id}: ${help} (${count} times)\n    ${first}\n    ${why}`);
        for (const text of await faintDrawings(page)) complain(file, text);
        await page.close();
    }
};

const narrow = async (browser, width, ...files) => {
    for (const file of files) {
        const page = await open(browser, file, { width: Number(width), height: 740 });
        await openDetails(page);
        const { scrolls, outside } = await page.evaluate(() => {
            const limit = document.documentElement.clientWidth;
            const beyond = [...document.body.querySelectorAll('*')].filter((element) => {
                const box = element.getBoundingClientRect();
                const isInBox = element.closest('.scroll') && !element.matches('.scroll');
                return !isInBox && box.width > 0 && (box.right > limit + 0.5 || box.left < -0.5);
            });
            return {
                scrolls: document.documentElement.scrollWidth - limit,
                outside: beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
            };
        });
        if (scrolls > 0) complain(file, `scrolls sideways by ${scrolls} px at ${width} px`);
        for (const html of outside) complain(file, `reaches over the edge at ${width} px: ${html}`);
        await page.close();
    }
};

const quiet = async (browser, ...files) => {
    const asked = [];
    const server = createServer((request, response) => {
        asked.push(request.url);
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(readFileSync(files[Number(request.url.slice(1))] ?? files[0]));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    for (const [number, file] of files.entries()) {
        const page = await browser.newPage();
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('console', (message) => complain(file, `console: ${message.text()}`));
        page.on('pageerror', (error) => complain(file, `error: ${error.message}`));
        await page.evaluateOnNewDocument(() => {
            globalThis.refused = [];
            addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective));
        });
        asked.length = 0;
        await page.goto(`http://127.0.0.1:${server.address().port}/${number}`, { waitUntil: 'networkidle0' });
        for (const url of requests.slice(1)) complain(file, `asks for ${url}`);
        for (const url of asked.slice(1)) complain(file, `asks the server for ${url}`);
        for (const directive of await page.evaluate(() => refused)) complain(file, `policy refused: ${directive}`);
        const styled = await page.evaluate(() => getComputedStyle(document.querySelector('.scroll')).overflowX);
        if (styled !== 'auto') complain(file, 'the style sheet is not in force');
        page.removeAllListeners('console');
        // the policy works: what is put in now does not run
        const ran = await page.evaluate(() => {
            const script = document.createElement('script');
            script.textContent = 'globalThis.ran = true';
            document.body.append(script);
            return globalThis.ran === true;
        });
        if (ran) complain(file, 'the policy lets scripts run');
        await page.close();
    }
    server.close();
    server.closeAllConnections(); // a browser that others use keeps them
};

const print = async (browser, file, out) => {
    const page = await open(browser, file);
    await page.pdf({ path: out, format: 'A4' });
    await page.close();
};

const shot = async (browser, scheme, width, height, file, out, anchor) => {
    const page = await open(browser, file, { scheme, width: Number(width), height: Number(height) || 900 });
    const top = anchor ? await page.$eval(`#${anchor}`, (element) => element.getBoundingClientRect().top - 16) : 0;
    const clip = Number(height) ? { x: 0, y: top, width: Number(width), height: Number(height) } : undefined;
    await page.screenshot({ path: out, clip, fullPage: !clip, captureBeyondViewport: true });
    await page.close();
};

const launch = () => puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars',
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
});

const browser = async (own) => {
    console.log(own.wsEndpoint());
    await new Promise((done) => own.on('disconnected', done)); // puppeteer ends it with this program, for each signal
};

const [command, ...words] = process.argv.slice(2);
const commands = { axe, narrow, quiet, print, shot, browser };
if (!commands[command]) {
    console.error(`page.mjs: no command '${command}': ${Object.keys(commands).join(', ')}`);
    process.exit(2);
}
const shared = command !== 'browser' && process.env.PAGE_BROWSER;
const used = shared ? await puppeteer.connect({ browserWSEndpoint: shared }) : await launch();
try {
    await commands[command](used, ...words);
} finally {
    if (shared) used.disconnect();
    else await used.close();
}
process.exitCode = wrong ? 1 : 0;
