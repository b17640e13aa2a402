// grid.js: the rows that were set aside, to be corrected. What is typed becomes an edit (src/web/fixes.js); the export itself
// is never changed.
import { draw } from './draw.js';

const SHOWN = 200;

const editOf = (edits, key) => {
    if (!edits.has(key)) edits.set(key, { leaveOut: false, cells: new Map() });
    return edits.get(key);
};

const forgetEmpty = (edits, key) => {
    const edit = edits.get(key);
    if (edit && !edit.leaveOut && edit.cells.size === 0) edits.delete(key);
};

const cellInput = (row, label, old, edits, changed) => {
    const edit = edits.get(row.key)?.cells.get(label);
    const isBad = row.bad.includes(label);
    const input = draw('input', {
        type: 'text', 'aria-label': `${label}, line ${row.line}${isBad ? ', wrong' : ''}`, autocomplete: 'off',
        class: edit ? 'app-edited' : isBad ? 'app-bad' : null, disabled: row.isDamaged,
    });
    input.value = edit ? edit[1] : old;
    input.addEventListener('input', () => {
        const { cells } = editOf(edits, row.key);
        if (input.value === old) cells.delete(label);
        else cells.set(label, [old, input.value]);
        input.className = input.value !== old ? 'app-edited' : isBad ? 'app-bad' : '';
        forgetEmpty(edits, row.key);
        changed();
    });
    return draw('td', {}, input);
};

const headCell = (row, still, edits) => {
    const now = still.get(row.place);
    const isEdited = edits.has(row.key);
    const state = !now ? 'Good now' : isEdited && now.reasons !== row.reasons ? `Now: ${now.reasons}` : row.reasons;
    return draw('th', { scope: 'row' }, `Line ${row.line}${row.id ? ` · ${row.id}` : ''}`,
        draw('span', { class: 'app-reason' }, state));
};

const leaveOutCell = (row, edits, changed) => {
    const box = draw('input', { type: 'checkbox', 'aria-label': `Leave out line ${row.line}` });
    box.checked = edits.get(row.key)?.leaveOut ?? false;
    box.addEventListener('change', () => {
        editOf(edits, row.key).leaveOut = box.checked;
        forgetEmpty(edits, row.key);
        changed();
    });
    return draw('td', {}, box);
};

// `rejected`: of the run without edits; `still`: of the last run, by place. Columns that hold a wrong cell come first.
export const drawGrid = ({ rejected, still, total, edits, changed }) => {
    const rows = rejected.rows.slice(0, SHOWN);
    const isBad = new Set(rows.flatMap((row) => row.bad));
    const order = rejected.labels.map((label, index) => ({ label, index }));
    const columns = [...order.filter(({ label }) => isBad.has(label)), ...order.filter(({ label }) => !isBad.has(label))];
    const head = draw('tr', {}, draw('th', { scope: 'col' }, 'Row and reason'), draw('th', { scope: 'col' }, 'Leave out'),
        columns.map(({ label }) => draw('th', { scope: 'col' }, label)));
    const body = rows.map((row) => draw('tr', { class: still.has(row.place) ? null : 'app-good' }, headCell(row, still, edits),
        leaveOutCell(row, edits, changed), columns.map(({ label, index }) => cellInput(row, label, row.cells[index] ?? '', edits, changed))));
    return [
        draw('div', { class: 'scroll app-grid', role: 'region', tabindex: '0', 'aria-label': 'Rows to correct' },
            draw('table', {}, draw('thead', {}, head), draw('tbody', {}, body))),
        total > rows.length ? draw('p', { class: 'soft' },
            `Shown ${rows.length} of ${total.toLocaleString('en-US')}. The others are in rejected.csv and review.xlsx.`) : null,
    ];
};
