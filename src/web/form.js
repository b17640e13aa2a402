// form.js: the settings of a run, to be chosen on the page (settings.js lists them), and the columns to send.
import { byId, draw } from './draw.js';
import { SETTINGS } from './settings.js';

const textColumns = (columns) => columns.filter(({ type }) => type === 'text').map(({ label }) => [label, label]);
const dateColumns = (columns) => columns.filter(({ type }) => /date|time/.test(type)).map(({ label }) => [label, label]);

const choicesOf = ({ name, choices }, { types, columns }) =>
    name === 'schema' ? types : name === 'employee' ? textColumns(columns) : name === 'date' ? dateColumns(columns) : choices;

const drawSetting = (setting, state, changed) => {
    const { name, label, kind, none, hint, placeholder } = setting;
    const id = `app-set-${name}`, value = state.chosen[name] ?? '';
    const set = ({ target }) => {
        state.chosen[name] = target.type === 'checkbox' ? (target.checked ? 'yes' : '') : target.value.trim();
        drawChosen(state);
        changed();
    };
    const note = hint ? draw('p', { class: 'soft', id: `${id}-hint` }, hint) : null;
    const about = hint ? `${id}-hint` : null;
    if (kind === 'yes')
        return draw('div', {}, draw('label', { class: 'app-yes' }, draw('input', { type: 'checkbox', id, checked: value === 'yes', onchange: set }), label));
    const field = kind === 'choice'
        ? draw('select', { id, 'aria-describedby': about, onchange: set }, draw('option', { value: '' }, none),
            choicesOf(setting, state).map(([word, text]) => draw('option', { value: word, selected: word === value }, text)))
        : draw('input', { type: 'text', id, value, placeholder, 'aria-describedby': about, onchange: set, autocomplete: 'off', spellcheck: 'false',
            list: kind === 'zone' ? 'app-zones' : null });
    return draw('div', {}, draw('label', { for: id }, label), field, note);
};

// Which columns are sent: all that the data type knows, unless they are taken out; personal ones only if they are chosen.
const drawFields = (state, changed) => {
    const names = state.columns.map(({ label, field }) => ({ label, field }));
    if (names.length === 0) return null;
    const { fields = [], drops = [] } = state.chosen;
    const box = ({ label, field }) => {
        const word = field ?? label, value = fields.includes(word) ? 'add' : drops.includes(word) ? 'drop' : '';
        const select = draw('select', { 'aria-label': `Send ${label}`, onchange: ({ target }) => {
            state.chosen.fields = fields.filter((one) => one !== word).concat(target.value === 'add' ? [word] : []);
            state.chosen.drops = drops.filter((one) => one !== word).concat(target.value === 'drop' ? [word] : []);
            drawForm(state, changed);
            changed();
        } }, [['', 'as usual'], ['add', 'send'], ['drop', 'do not send']].map(([word_, text]) =>
            draw('option', { value: word_, selected: word_ === value }, text)));
        return draw('label', {}, draw('span', {}, label), select);
    };
    return draw('details', { class: 'app-columns', open: byId('app-form').querySelector('.app-columns')?.open },
        draw('summary', {}, 'Columns to send'), draw('p', { class: 'soft' }, 'Personal data is not sent unless you choose it.'),
        draw('div', { class: 'app-fields' }, names.map(box)));
};

// `state`: {chosen, columns, types}, of which `chosen` takes what is chosen; `changed` is called behind each choice.
export const drawForm = (state, changed) => {
    const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
    byId('app-form').replaceChildren(...SETTINGS.map((setting) => drawSetting(setting, state, changed)),
        draw('datalist', { id: 'app-zones' }, zones.map((zone) => draw('option', { value: zone }))), drawFields(state, changed) ?? '');
    drawChosen(state);
};

const drawChosen = ({ chosen }) => {
    const shown = SETTINGS.filter(({ name }) => chosen[name]).map(({ name, label, kind }) => (kind === 'yes' ? label : `${label}: ${chosen[name]}`));
    byId('app-chosen').textContent = shown.join(' · ');
};
