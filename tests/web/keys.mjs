// keys.mjs: the keys that src/web/fixes.js gives to rejected rows are those in the hidden column of review.xlsx.
//
//   node keys.mjs WASM-FOLDER FILE…
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';

import { runProgram } from '../../src/web/engine.js';
import { readRejected } from '../../src/web/fixes.js';

const [folder, ...paths] = process.argv.slice(2);
const make = createRequire(import.meta.url)(resolve(folder, 'st2plecto.cjs'));
const compiled = new WebAssembly.Module(readFileSync(join(folder, 'st2plecto.wasm')));

// All parts of a zip as one text.
const textOf = (bytes) => {
    const zip = Buffer.from(bytes), texts = [];
    for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && zip.readUInt32LE(at) === 0x02014b50;) {
        const local = zip.readUInt32LE(at + 42), size = zip.readUInt32LE(at + 20);
        const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
        texts.push(inflateRawSync(zip.subarray(begin, begin + size)).toString());
        at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return texts.join('\n');
};

let hashed = 0, wrong = 0;
for (const path of paths) {
    const args = ['convert', '--on-error', 'reject', '--to', 'csv,review', '-o', 'out', path];
    const { files } = await runProgram(make, compiled, { args, inputs: [{ path, bytes: readFileSync(path) }], outputs: ['out'] });
    if (!files['out/review.xlsx']) continue;
    const workbook = textOf(files['out/review.xlsx']);
    for (const { key, line } of readRejected(Buffer.from(files['out/rejected.csv']).toString(), 1e6).rows) {
        if (!key.startsWith('row:')) continue;
        hashed++;
        if (workbook.includes(key)) continue;
        console.log(`${path}:${line}: ${key} is not in review.xlsx`);
        wrong++;
    }
}
console.log(`${hashed} keys of rows, ${wrong} wrong`);
process.exitCode = wrong > 0 || hashed < 10 ? 1 : 0;
