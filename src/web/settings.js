// settings.js: what is chosen on the page, as options of `convert` and as st2plecto.json. One table: the form, the command line
// and the file come from it.

export const SETTINGS = [
    { name: 'schema', label: 'Data type', kind: 'choice', none: 'Found by its columns',
        hint: 'Which ServiceTitan report or export this is.' },
    { name: 'tz', label: 'Time zone', kind: 'zone', hint: 'Your company’s. It decides which day a time counts for.' },
    { name: 'period', label: 'Period', kind: 'text', placeholder: 'all days',
        hint: 'Such as 2025-10, last-month or 2025-10-01..2025-10-31.' },
    { name: 'by', label: 'Send', kind: 'choice', none: 'Every row',
        choices: [['day', 'Totals by day'], ['week', 'Totals by week'], ['month', 'Totals by month']],
        hint: 'One registration a row, or totals for each employee.' },
    { name: 'employee', label: 'Employee', kind: 'choice', none: 'As the data type says',
        hint: 'The column that names the person.' },
    { name: 'date', label: 'Date', kind: 'choice', none: 'As the data type says', isForRun: true,
        hint: 'The column that says when it counts.' },
    { name: 'date-order', label: '3/4/2025 is', kind: 'choice', none: 'What the column proves',
        choices: [['mdy', 'March 4'], ['dmy', 'April 3']], hint: 'The order of day and month.' },
    { name: 'on-error', label: 'Rows with errors', kind: 'choice', none: 'Set aside', usual: 'reject',
        choices: [['stop', 'Convert nothing']], hint: 'What happens if some rows are wrong.' },
    { name: 'active-only', label: 'Only rows that are active', kind: 'yes', hint: '' },
];

// The options of a run. `chosen`: {name: text}; fields to add and to drop are lists.
export const argumentsOf = (chosen, { isLarge, inputs, config, fixes }) => {
    const args = ['convert', '-o', 'plecto', '-j', '1'];
    if (config) args.push('--config', config);
    else args.push('--no-config');
    for (const { name, kind, usual } of SETTINGS) {
        const value = chosen[name] || usual;
        if (!value) continue;
        if (kind === 'yes') args.push(`--${name}`);
        else args.push(`--${name}`, value);
    }
    for (const field of chosen.fields ?? []) args.push('--field', field);
    for (const field of chosen.drops ?? []) args.push('--drop', field);
    if (fixes) args.push('--fixes', fixes);
    args.push('--to', isLarge ? 'csv' : 'csv,xlsx,review', '--format', 'text', '--format', 'html=report.html');
    return [...args, '--', ...inputs];
};

// st2plecto.json with what is chosen, for the page and for the command line.
export const configOf = (chosen) => {
    const config = {};
    for (const { name, kind, usual, isForRun } of SETTINGS) {
        const value = chosen[name] || usual;
        if (value && !isForRun) config[name] = kind === 'yes' ? true : value;
    }
    return `${JSON.stringify(config, null, 2)}\n`;
};

// What of an st2plecto.json the form can show; the program reads the whole file itself.
export const chosenOf = (text) => {
    const config = JSON.parse(text), chosen = {};
    for (const { name, kind } of SETTINGS)
        if (typeof config[name] === 'string') chosen[name] = config[name];
        else if (kind === 'yes' && config[name] === true) chosen[name] = 'yes';
    return chosen;
};
