// table.js: CSV (RFC 4180), as the program itself writes it: rejected.csv and fixes.csv.

// Rows of cells. `limit`: no more rows than this.
export const parseTable = (text, limit = Infinity) => {
    const rows = [];
    let row = [], cell = '', isQuoted = false;
    const endCell = () => {
        row.push(cell);
        cell = '';
    };
    for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length && rows.length < limit; at++) {
        const letter = text[at];
        if (isQuoted) {
            if (letter !== '"') cell += letter;
            else if (text[at + 1] === '"') cell += text[++at];
            else isQuoted = false;
        } else if (letter === '"') isQuoted = true;
        else if (letter === ',') endCell();
        else if (letter === '\n') {
            endCell();
            rows.push(row);
            row = [];
        } else if (letter !== '\r') cell += letter;
    }
    if (cell !== '' || row.length > 0) {
        endCell();
        rows.push(row);
    }
    return rows;
};

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const printTable = (rows) => rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
