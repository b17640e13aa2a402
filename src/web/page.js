// page.js: the page: files come in, each change runs the program anew, what it says and writes is shown. The state is here and
// nowhere else; nothing of it outlives the page.
import { byId, download, draw, sizeText } from './draw.js';
import { printFixes, readFixes, readRejected } from './fixes.js';
import { drawForm } from './form.js';
import { drawGrid } from './grid.js';
import { createRunner, unpackModule } from './runner.js';
import { argumentsOf, chosenOf, configOf } from './settings.js';
import { zipFiles } from './zip.js';

const LARGE = 12e6; // bytes of all exports: beyond, workbooks are made when they are asked for
const HEAD = 256 << 10; // bytes of a CSV that are enough to know its columns
const REJECTED_READ = 5000; // rows of rejected.csv
const PURPOSES = [
    ['import.csv', 'For Plecto: the rows to import'],
    ['import.xlsx', 'The same as an Excel workbook'],
    ['review.xlsx', 'To review and correct in Excel'],
    ['rejected.csv', 'The rows that were set aside, with their reasons'],
    ['report.html', 'This report, to print or to email'],
    ['receipt.json', 'What was read and written, with checksums'],
    ['result.json', 'Every figure of the report'],
    ['datasource.json', 'The description of the data source'],
    ['fixes.csv', 'Your corrections, for the next export, too'],
];

const runner = createRunner(unpackModule());
const state = {
    files: [], chosen: {}, config: null, edits: new Map(), columns: [], types: JSON.parse(byId('types').textContent),
    schema: '', first: null, rejected: 0, outputs: {}, wantsWorkbooks: false,
};

const say = (text) => {
    byId('app-said').textContent = text;
};

// ---- files

const isFixes = async (file) => /\.csv$/i.test(file.name) && (await file.slice(0, 60).text()).startsWith('schema,id,field,old,new');

// Two files of one name are told apart by a number.
const freeName = (name) => {
    const [, stem, end] = /^(.*?)((?:\.[^.]*)?(?:\.gz)?)$/.exec(name);
    for (let number = 1; ; number++) {
        const tried = number === 1 ? name : `${stem} (${number})${end}`;
        if (!state.files.some(({ path }) => path === tried)) return tried;
    }
};

const takeFiles = async (files) => {
    let hasChanged = false;
    for (const file of files) {
        if (file.name.startsWith('.')) continue;
        if (/^st2plecto.*\.json$/i.test(file.name)) {
            try {
                state.chosen = { ...state.chosen, ...chosenOf(await file.text()) };
                state.config = file;
            } catch (reason) {
                showFailure(`${file.name} is not JSON: ${reason.message}`);
                return;
            }
        } else if (await isFixes(file)) {
            state.edits = readFixes(await file.text()).edits;
        } else state.files.push({ path: freeName(file.name), file });
        hasChanged = true;
    }
    if (hasChanged) await filesChanged();
};

const forget = (index) => {
    state.files.splice(index, 1);
    if (state.files.length === 0) state.edits = new Map();
    void filesChanged();
};

const drawFiles = () => {
    byId('app-files').classList.toggle('app-has-files', state.files.length > 0);
    byId('app-files-title').textContent = state.files.length > 0 ? 'Add exports, or drop them here' : 'Drop your ServiceTitan exports here';
    byId('app-choose').textContent = state.files.length > 0 ? 'Add files' : 'Choose files';
    const chip = (text, title, remove) => draw('li', {}, text,
        draw('button', { type: 'button', 'aria-label': `Remove ${title}`, onclick: remove }, '×'));
    byId('app-list').replaceChildren(
        ...state.files.map(({ path, file }, index) => chip(`${path} · ${sizeText(file.size)}`, path, () => forget(index))),
        ...(state.config ? [chip('Settings from st2plecto.json', 'st2plecto.json', () => {
            state.config = null;
            void filesChanged();
        })] : []),
        ...(state.edits.size > 0 ? [chip(`${state.edits.size} ${state.edits.size === 1 ? 'row' : 'rows'} corrected`, 'all corrections', () => {
            state.edits = new Map();
            void convert();
        })] : []));
};

// Folders that were dropped, with all files in them.
const filesOfEntry = (entry) => new Promise((resolve, reject) => {
    if (entry.isFile) return void entry.file((file) => resolve([file]), reject);
    const reader = entry.createReader(), found = [];
    const more = () => reader.readEntries((entries) => {
        if (entries.length === 0) return void Promise.all(found.map(filesOfEntry)).then((lists) => resolve(lists.flat()), reject);
        found.push(...entries);
        more();
    }, reject);
    more();
});

// A promise that may never be kept: a browser that cannot ask the user.
const inTime = (promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(reject, 20000))]);

// The same by the newer interface, the only one that Chromium allows a page that is opened as a file.
const filesOfHandle = async (handle) => {
    if (handle.kind === 'file') return [await handle.getFile()];
    const found = [];
    for await (const inner of handle.values()) found.push(...await filesOfHandle(inner));
    return found;
};

// What is dropped has to be asked for at once: it is gone behind the first await.
const filesOfDrop = async (transfer) => {
    const dropped = [...transfer.items].filter(({ kind }) => kind === 'file')
        .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry?.(), handle: item.getAsFileSystemHandle?.() }));
    for (const { handle } of dropped) handle?.catch(() => {}); // who waits for it learns that it failed
    if (dropped.length === 0) return [...transfer.files];
    const lists = await Promise.all(dropped.map(async ({ file, entry, handle }) => {
        if (!entry?.isDirectory) return [file];
        return filesOfEntry(entry).catch(async () => filesOfHandle(await inTime(handle)));
    }));
    return lists.flat().filter(Boolean).sort((one, other) => (one.name < other.name ? -1 : 1));
};

// ---- running

const doing = (text) => {
    byId('app-busy').hidden = text === null;
    byId('app-doing').textContent = text ?? '';
    byId('app-progress').removeAttribute('value');
    byId('app-verdict').classList.toggle('app-stale', text !== null);
    byId('app-result').classList.toggle('app-stale', text !== null);
    if (text) say(text);
};

const showProgress = ({ path, at, size }) => {
    byId('app-doing').textContent = `Reading ${path}: ${sizeText(at)} of ${sizeText(size)}`;
    byId('app-progress').value = size > 0 ? at / size : 0;
};

const totalSize = () => state.files.reduce((sum, { file }) => sum + file.size, 0);

// The columns of the first export, for the lists of the form. Of a large CSV its head is enough.
const learnColumns = async () => {
    const { path, file } = state.files[0];
    const isCut = /\.csv$/i.test(path) && file.size > HEAD;
    if (!isCut && file.size > LARGE) return [];
    let head = file;
    if (isCut) {
        const text = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
        head = new File([text.slice(0, text.lastIndexOf(10) + 1)], path, { lastModified: file.lastModified });
    }
    const done = await runner.run(['inspect', '--format', 'json', path], [{ path, file: head }], [], () => {});
    if (!done) return null;
    try {
        return JSON.parse(done.stdout).columns ?? [];
    } catch {
        return []; // the conversion will say what is wrong with the file
    }
};

// {code, stdout, stderr, files}, with the `result` and the `rejected` rows that are in the files; null where it was canceled.
const runConvert = async (fixes) => {
    const inputs = state.files.map(({ path }) => path), files = [...state.files];
    if (state.config) files.push({ path: 'st2plecto.json', file: state.config });
    if (fixes) files.push({ path: 'fixes.csv', file: new File([fixes], 'fixes.csv', { lastModified: 0 }) });
    const isLarge = totalSize() > LARGE && !state.wantsWorkbooks;
    const args = argumentsOf(state.chosen, { isLarge, inputs, config: state.config && 'st2plecto.json', fixes: fixes && 'fixes.csv' });
    const done = await runner.run(args, files, ['plecto', 'report.html'], showProgress);
    return done && { ...done, result: await readResult(done.files), rejected: await rejectedOf(done.files) };
};

const pathOf = (outputs, name) => Object.keys(outputs).find((path) => path === `plecto/${name}` || path.endsWith(`/${name}`));

// Exports of several types have a folder each, and an overview.
const isSeveral = (outputs) => 'plecto/overview.html' in outputs;

const readResult = async (outputs) => {
    if (isSeveral(outputs)) return null;
    const path = pathOf(outputs, 'result.json');
    return path ? JSON.parse(await outputs[path].text()) : null;
};

const rejectedOf = async (outputs) => {
    const path = isSeveral(outputs) ? null : pathOf(outputs, 'rejected.csv');
    return path ? readRejected(await outputs[path].slice(0, 16e6).text(), REJECTED_READ) : { labels: [], rows: [] };
};

const rejectedCount = ({ result }) => result?.ledger?.rows?.rejected ?? 0;

const today = () => new Date().toISOString().slice(0, 10);

// One conversion without the corrections, whose rejected rows the grid shows, and one with them, if there are any.
const convert = async () => {
    drawFiles();
    if (state.files.length === 0) return void showNothing();
    doing('Checking every row…');
    const started = performance.now();
    try {
        let done = await runConvert(null);
        if (!done) return;
        state.first = done.rejected;
        state.schema = done.result?.schema?.name ?? state.schema;
        state.rejected = rejectedCount(done);
        const fixes = printFixes(state.edits, state.schema, today());
        if (fixes) {
            done = await runConvert(fixes);
            if (!done) return;
            done.files['fixes.csv'] = new Blob([fixes]);
        }
        document.body.dataset.seconds = ((performance.now() - started) / 1000).toFixed(2);
        await show(done);
    } catch (reason) {
        showFailure(String(reason?.message ?? reason));
    }
    doing(null);
    drawFiles();
};

const filesChanged = async () => {
    drawFiles();
    byId('app-settings').hidden = state.files.length === 0;
    if (state.files.length === 0) return void showNothing();
    doing('Looking at the columns…');
    const columns = await learnColumns().catch(() => []);
    if (!columns) return;
    state.columns = columns;
    drawForm(state, () => void convert());
    await convert();
};

// ---- what came out

const showNothing = () => {
    runner.cancel();
    doing(null);
    byId('app-verdict').replaceChildren();
    byId('app-result').replaceChildren();
};

// What the program said where it made no report: "st2plecto: error: WHAT" and its fix.
const showFailure = (text) => {
    const [first, ...rest] = text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '').trim().split('\n');
    const what = first.replace(/^st2plecto: error: /, '');
    byId('app-verdict').replaceChildren(draw('div', { class: 'verdict bad' }, draw('div', {},
        draw('h1', {}, draw('strong', {}, 'Not converted: '), what),
        ...rest.map((line) => draw('p', {}, line.trim().replace(/^fix: /, ''))))));
    byId('app-result').replaceChildren();
    say(`Not converted: ${what}`);
    document.body.dataset.state = 'failed';
};

const sectionOf = (id, title, ...children) => draw('section', { id }, draw('h2', {}, title), ...children);

const drawDownloads = (outputs) => {
    const hasRejected = state.first.rows.length > 0; // else rejected.csv is its header alone
    const names = Object.keys(outputs).map((path) => ({ path, name: path.replace(/^plecto\//, '') }))
        .filter(({ name }) => hasRejected || name !== 'rejected.csv');
    const rank = (name) => {
        const at = PURPOSES.findIndex(([known]) => name === known || name.endsWith(`/${known}`));
        return at < 0 ? PURPOSES.length : at;
    };
    names.sort((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1));
    const item = ({ path, name }) => {
        const url = URL.createObjectURL(outputs[path]);
        return draw('li', { class: rank(name) === 0 ? 'app-first' : null },
            draw('a', { href: url, download: name.replaceAll('/', '-') }, draw('b', {}, name),
                draw('span', {}, `${PURPOSES[rank(name)]?.[1] ?? ''} · ${sizeText(outputs[path].size)}`)));
    };
    const all = async () => {
        const files = {};
        for (const { path, name } of names) files[name] = new Uint8Array(await outputs[path].arrayBuffer());
        download('plecto.zip', zipFiles(files));
    };
    const makeWorkbooks = totalSize() > LARGE && !state.wantsWorkbooks
        ? draw('button', { type: 'button', id: 'app-workbooks', onclick: () => {
            state.wantsWorkbooks = true;
            void convert();
        } }, 'Make the Excel workbooks, too')
        : null;
    const isForRecords = ({ name }) => /(receipt|result|datasource)\.json$/.test(name);
    const records = names.filter(isForRecords);
    return sectionOf('app-downloads', 'Download', draw('ul', { class: 'app-downloads' }, names.filter((one) => !isForRecords(one)).map(item)),
        isSeveral(outputs) ? draw('p', {}, 'Each type has its own files. To correct rows here, drop the exports of one type alone.') : '',
        records.length > 0 ? draw('details', {}, draw('summary', {}, 'Files for your records'), draw('ul', { class: 'app-downloads' }, records.map(item))) : '',
        draw('p', { class: 'app-buttons' }, draw('button', { type: 'button', id: 'app-zip', onclick: all }, 'Download all as .zip'), makeWorkbooks));
};

const drawCorrections = (still, total) => {
    const changed = () => {
        again.disabled = false;
        again.className = 'app-main';
    };
    const again = draw('button', { type: 'button', id: 'app-again', disabled: true, onclick: () => void convert() }, 'Check again');
    return sectionOf('app-correct', 'Correct rows',
        draw('p', {}, 'Change the marked cells, then check again. Your export stays as it is: corrections go to fixes.csv, which works for the next export, too.'),
        drawGrid({ rejected: state.first, still, total, edits: state.edits, changed }),
        draw('p', { class: 'app-buttons' }, again));
};

// Its header, but not as a second banner of this page.
const verdictOf = (header) => {
    const own = draw('div', { class: 'app-report-head' });
    own.append(...[...header.childNodes].map((node) => document.importNode(node, true)));
    return own;
};

// The report is the program's own page: its header and its sections come in as they are. It holds no script, and none would run.
const reportParts = async (outputs) => {
    const report = outputs['report.html'] ?? outputs['plecto/overview.html'];
    if (!report) return null;
    const page = new DOMParser().parseFromString((await report.text()).replace(/<style>[^]*?<\/style>/, ''), 'text/html');
    for (const link of page.querySelectorAll('main a[href$=".html"]')) { // of an overview: the report of a type
        const path = `plecto/${link.getAttribute('href')}`;
        if (!outputs[path]) continue;
        link.href = URL.createObjectURL(outputs[path]);
        link.download = path.slice('plecto/'.length).replaceAll('/', '-');
    }
    return { header: verdictOf(page.querySelector('header')),
        sections: [...page.querySelectorAll('main > *')].map((part) => document.importNode(part, true)) };
};

// What to do first, right below the verdict.
const drawFirst = (count) => {
    const link = document.createDocumentFragment(), path = isSeveral(state.outputs) ? null : pathOf(state.outputs, 'import.csv');
    const go = (id) => () => {
        byId(id).scrollIntoView();
        byId(id).querySelector('input, a')?.focus({ preventScroll: true });
    };
    if (count > 0 && state.first.rows.length > 0)
        link.append(draw('button', { type: 'button', class: 'app-main', onclick: go('app-correct') },
            count === 1 ? 'Correct the row' : `Correct ${count.toLocaleString('en-US')} rows`));
    if (path) link.append(draw('button', { type: 'button', class: count > 0 ? null : 'app-main', onclick: () => download('import.csv', state.outputs[path]) },
        'Download import.csv'));
    return link.childNodes.length > 0 ? draw('p', { class: 'app-buttons app-do' }, link) : draw('span');
};

const show = async (done) => {
    const { code, stdout, stderr, files } = done;
    state.outputs = files;
    const report = await reportParts(files);
    document.body.dataset.code = code;
    if (!report) return void showFailure(stderr || stdout);
    const still = new Map(done.rejected.rows.map((row) => [row.place, row]));
    const count = rejectedCount(done);
    const isWritten = Object.keys(files).some((path) => path.startsWith('plecto/'));
    report.header.querySelector('.verdict')?.after(drawFirst(count));
    byId('app-verdict').replaceChildren(report.header);
    byId('app-result').replaceChildren(
        ...(state.first.rows.length > 0 ? [drawCorrections(still, Math.max(state.rejected, state.first.rows.length))] : []),
        ...(isWritten ? [drawDownloads(files)] : []), ...report.sections);
    say(report.header.querySelector('h1')?.textContent ?? '');
    document.body.dataset.state = 'done';
};

// ---- events

const listen = () => {
    const input = byId('app-input'), folder = byId('app-folder');
    byId('app-choose').addEventListener('click', () => input.click());
    byId('app-choose-folder').addEventListener('click', () => folder.click());
    for (const one of [input, folder])
        one.addEventListener('change', async () => {
            const files = [...one.files];
            one.value = '';
            await takeFiles(files);
        });
    addEventListener('dragover', (event) => {
        event.preventDefault();
        document.body.classList.add('app-over');
    });
    addEventListener('dragleave', (event) => {
        if (!event.relatedTarget) document.body.classList.remove('app-over');
    });
    addEventListener('drop', async (event) => {
        event.preventDefault();
        document.body.classList.remove('app-over');
        try {
            await takeFiles(await filesOfDrop(event.dataTransfer));
        } catch {
            showFailure('the browser does not open what was dropped. Use "Choose files" or "Choose a folder".');
        }
    });
    byId('app-cancel').addEventListener('click', () => {
        runner.cancel();
        doing(null);
        say('Canceled');
    });
    byId('app-save').addEventListener('click', () => download('st2plecto.json', new Blob([configOf(state.chosen)], { type: 'application/json' })));
    byId('app-form').addEventListener('submit', (event) => event.preventDefault());
    document.querySelector('a[href="#app-about"]').addEventListener('click', () => {
        byId('app-about').open = true;
    });
};

state.chosen.tz = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
drawFiles();
drawForm(state, () => void convert());
listen();
