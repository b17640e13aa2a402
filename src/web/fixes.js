// fixes.js: what was corrected in the grid, as fixes.csv, which `convert --fixes` takes (src/fixes/fixes.h). A row is known by
// its ID, or by the hash of its cells where the ID is missing or stands in several rows (src/fixes/row_key.h, src/base/hash.c,
// src/review/rejected.c: the same rule; tests/web compares the keys with those of review.xlsx).
import { parseTable, printTable } from './table.js';

const HEADER = ['schema', 'id', 'field', 'old', 'new', 'who', 'when', 'why'];
const FIXED_COLUMNS = 7; // file,line,row,codes,reasons,id,columns: before the export's own
const WORD = (1n << 64n) - 1n;
const [FIRST, SECOND, THIRD] = [0x9e3779b97f4a7c15n, 0xd6e8feb86659fd93n, 0xa0761d6478bd642fn];

const fold = (left, right) => {
    const product = left * right;
    return (product & WORD) ^ (product >> 64n);
};

const littleEndian = (bytes, from, count) => {
    let value = 0n;
    for (let at = count - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[from + at]);
    return value;
};

const lastWords = (bytes, from, count) => {
    if (count >= 8) return [littleEndian(bytes, from, 8), littleEndian(bytes, from + count - 8, 8)];
    if (count >= 4) return [(littleEndian(bytes, from, 4) << 32n) | littleEndian(bytes, from + count - 4, 4), 0n];
    if (count === 0) return [0n, 0n];
    const [first, middle, last] = [bytes[from], bytes[from + (count >> 1)], bytes[from + count - 1]].map(BigInt);
    return [(first << 16n) | (middle << 8n) | last, 0n];
};

export const hashBytes = (bytes, seed) => {
    let hash = seed ^ FIRST, from = 0, left = bytes.length;
    for (; left > 16; from += 16, left -= 16)
        hash = fold(littleEndian(bytes, from, 8) ^ SECOND, littleEndian(bytes, from + 8, 8) ^ hash);
    const [low, high] = lastWords(bytes, from, left);
    return fold(SECOND ^ BigInt(bytes.length), fold(low ^ SECOND, high ^ hash) ^ THIRD);
};

const trimmed = (text) => text.replace(/^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g, '');

const rowKey = (labels, cells) => {
    const encoder = new TextEncoder();
    let sum = 0n;
    labels.forEach((label, index) => {
        const text = trimmed(cells[index] ?? '');
        if (text !== '') sum += hashBytes(encoder.encode(text), hashBytes(encoder.encode(label), 1n));
    });
    return `row:${(sum & WORD).toString(16).padStart(16, '0')}`;
};

// The rows of rejected.csv: {place, codes, reasons, id, key, bad, cells, isDamaged}. `bad`: labels of the wrong cells.
export const readRejected = (text, limit) => {
    const [header, ...rows] = parseTable(text, limit + 1);
    if (!header) return { labels: [], rows: [] };
    let labels = header.slice(FIXED_COLUMNS);
    if (labels.at(-1) === 'record') labels = labels.slice(0, -1); // its cells are there
    return {
        labels,
        rows: rows.map(([file, line, row, codes, reasons, id, columns, ...cells]) => {
            const all = codes.split(' ');
            return {
                place: `${file}:${line}`, file, line, row, codes: all, reasons, id, cells: cells.slice(0, labels.length),
                key: id === '' || all.includes('E401') ? rowKey(labels, cells) : id,
                bad: columns.split('; '),
                isDamaged: all.some((code) => ['E101', 'E102', 'E103'].includes(code)),
            };
        }),
    };
};

// fixes.csv of the edits: a Map of a row's key to {leaveOut, cells: Map of label to [old, new]}.
export const printFixes = (edits, schema, when) => {
    const lines = [];
    for (const [key, { leaveOut, cells }] of edits) {
        if (leaveOut) lines.push([schema, key, '*', '', 'leave out', 'st2plecto.html', when, '']);
        else for (const [label, [old, now]] of cells) lines.push([schema, key, label, trimmed(old), now, 'st2plecto.html', when, '']);
    }
    return lines.length > 0 ? printTable([HEADER, ...lines]) : '';
};

// The edits of a fixes.csv that was dropped, with the schema they are for.
export const readFixes = (text) => {
    const [header = [], ...rows] = parseTable(text);
    const edits = new Map();
    let schema = '';
    const at = Object.fromEntries(HEADER.map((name) => [name, header.indexOf(name)]));
    for (const row of rows) {
        const cell = (name) => row[at[name]] ?? '';
        const edit = edits.get(cell('id')) ?? { leaveOut: false, cells: new Map() };
        schema = cell('schema');
        if (cell('field') === '*') edit.leaveOut = true;
        else edit.cells.set(cell('field'), [cell('old'), cell('new')]);
        edits.set(cell('id'), edit);
    }
    return { edits, schema };
};
