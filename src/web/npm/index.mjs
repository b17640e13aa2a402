// index.mjs: st2plecto for programs: files in, files and the result out. Nothing is read from or written to the disk.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { runProgram } from './engine.mjs';

const make = createRequire(import.meta.url)('./st2plecto.cjs');
let compiled;

const program = () => {
    compiled ??= WebAssembly.compile(readFileSync(new URL('./st2plecto.wasm', import.meta.url)));
    return compiled;
};

// Options by their names on the command line: true for those without a value, a list for those that may be repeated.
const wordsOf = (options) =>
    Object.entries(options).flatMap(([name, value]) => {
        if (value === false || value === undefined || value === null) return [];
        if (value === true) return [`--${name}`];
        return (Array.isArray(value) ? value : [value]).flatMap((one) => [`--${name}`, String(one)]);
    });

/** Runs `st2plecto ARGS…` over files in memory. */
export const run = async (args, files = [], outputs = []) =>
    runProgram(make, await program(), { args, inputs: files, outputs });

/** Converts exports: see index.d.ts. */
export const convert = async (files, options = {}) => {
    const { companions = [], ...others } = options;
    const args = ['convert', '-o', 'out', '--no-config', ...wordsOf({ to: 'csv', 'on-error': 'stop', ...others }), '--', ...files.map(({ path }) => path)];
    const done = await run(args, [...files, ...companions], ['out']);
    const written = Object.fromEntries(Object.entries(done.files).map(([path, bytes]) => [path.replace(/^out\//, ''), bytes]));
    const text = written['result.json'];
    return { code: done.code, files: written, result: text ? JSON.parse(new TextDecoder().decode(text)) : null, stdout: done.stdout, stderr: done.stderr };
};
