#!/usr/bin/env node
// bin.mjs: st2plecto as a command, over the files of this machine.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';

import { crashText } from './engine.mjs';

const make = createRequire(import.meta.url)('./command.cjs');
const wasmBinary = readFileSync(new URL('./st2plecto.wasm', import.meta.url));
// As on the command line: variables that the program knows, and whether it speaks to a terminal.
const env = { HOME: process.env.HOME ?? '/', LANG: 'C.UTF-8' };
for (const [name, value] of Object.entries(process.env))
    if (name.startsWith('ST2PLECTO') || ['COLUMNS', 'NO_COLOR', 'TERM', 'TMPDIR', 'USER', 'LOGNAME'].includes(name)) env[name] = value;

const module = await make({
    wasmBinary,
    thisProgram: 'st2plecto',
    preRun: [(own) => Object.assign(own.ENV, env)],
    quit: (status, reason) => {
        throw reason;
    },
});
// emscripten takes each stream for a terminal.
for (const [number, stream] of [process.stdin, process.stdout, process.stderr].entries())
    module.FS.streams[number].tty = Boolean(stream.isTTY);
module.FS.streams[0].path = devNull; // who asks what it is learns: no file, but something to read once
try {
    process.exitCode = module.callMain(process.argv.slice(2));
} catch (reason) {
    console.error(crashText(reason));
    process.exitCode = 4;
}
