// bytes.mjs: the program as WebAssembly gives the same bytes as the native one, for each line of standard input: NAME and the
// words of convert, the last of which is the export.
//
//   ST2PLECTO=build/st2plecto node bytes.mjs WASM-FOLDER < CASES
//
// Compared: every file of the output folder, the report in three formats, what is printed, and the exit code.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { runProgram } from '../../src/web/engine.js';

const folder = resolve(process.argv[2]);
const native = resolve(process.env.ST2PLECTO ?? 'build/st2plecto');
const make = createRequire(import.meta.url)(join(folder, 'st2plecto.cjs'));
const compiled = new WebAssembly.Module(readFileSync(join(folder, 'st2plecto.wasm')));
const env = { TZDIR: '/none', LANG: 'C.UTF-8' }; // both with the zones that are in the program
const root = resolve('.');

const nativeRun = (args) => {
    const place = mkdtempSync(join(tmpdir(), 'st2plecto-bytes.'));
    spawnSync('ln', ['-s', join(root, 'samples'), join(place, 'samples')]);
    const { status, stdout, stderr } = spawnSync(native, args, { cwd: place, env, encoding: 'utf8', maxBuffer: 1 << 28 });
    const files = {};
    for (const name of readdirSync(place, { recursive: true, withFileTypes: true }))
        if (name.isFile()) {
            const full = join(name.parentPath ?? name.path, name.name);
            files[full.slice(place.length + 1)] = readFileSync(full);
        }
    rmSync(place, { recursive: true });
    return { code: status, stdout, stderr, files };
};

const inputsOf = (args) => {
    const paths = new Set(args.filter((word) => word.startsWith('samples/')));
    return [...paths].map((path) => ({ path, bytes: readFileSync(path), modified: statSync(path).mtimeMs }));
};

let wrong = 0, right = 0;
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const [name, ...words] = line.split(' ');
    const args = ['convert', '--on-error', 'reject', '-j', '1', '--to', 'csv,jsonl,xlsx,review', '-o', 'out',
        '--format', 'text', '--format', 'html=report.html', '--format', 'junit=report.xml', '--format', 'markdown=report.md',
        ...words];
    const one = nativeRun(args);
    const other = await runProgram(make, compiled,
        { args, inputs: inputsOf(args), outputs: ['out', 'report.html', 'report.xml', 'report.md'], env });
    for (const run of [one, other]) run.stderr = run.stderr.replace(/^st2plecto: .* in \d+ s\n/gm, ''); // progress, where a machine is slow
    const faults = [];
    for (const key of ['code', 'stdout', 'stderr'])
        if (one[key] !== other[key]) faults.push(`${key}: ${JSON.stringify(one[key])} and ${JSON.stringify(other[key])}`);
    for (const path of new Set([...Object.keys(one.files), ...Object.keys(other.files)]))
        if (!one.files[path] || !other.files[path]) faults.push(`${path} is written by one only`);
        else if (Buffer.compare(one.files[path], Buffer.from(other.files[path])) !== 0) faults.push(`${path} differs`);
    if (Object.keys(one.files).length < 5 && one.code !== 1) faults.push('the native program wrote too little');
    for (const fault of faults) console.log(`${name}: ${fault.slice(0, 600)}`);
    if (faults.length > 0) wrong++;
    else right++;
}
console.log(`${right} the same, ${wrong} not`);
process.exitCode = wrong > 0 || right === 0 ? 1 : 0;
