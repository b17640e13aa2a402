/* reject.c: a row's problems go to the issues; a bad row goes, unchanged, to rejected.csv. */
#include "convert/row/row_private.h"

/* The whole row for --show-row. */
static struct view shown_row(struct converter *converter, struct view detail) {
    struct buffer text = {0};
    buffer_add(&text, detail);
    buffer_add_text(&text, " | row:");
    for (size_t i = 0; i < converter->row.record.cell_count; i++) {
        buffer_add_text(&text, i ? ", " : " ");
        buffer_add(&text, converter->row.record.cells[i].text);
    }
    struct view result = arena_copy(converter->arena, buffer_view(&text));
    buffer_free(&text);
    return result;
}

/* Who the row is of: the employee, else what the first column for one says. */
static struct view shown_person(const struct converter *converter) {
    const struct row *row = &converter->row;
    const struct binding *binding = converter->file.binding;
    if (row->member_name.length > 0) return row->member_name;
    const struct cell *cell = binding->person_count > 0 ? row_cell_at(row, binding->people[0].name_cell) : NULL;
    return cell ? view_trim(cell->text) : view_of("");
}

/* Its day, else what the first date column says. */
static struct view shown_day(const struct converter *converter) {
    const struct row *row = &converter->row;
    const struct binding *binding = converter->file.binding;
    if (row->date) return view_from(row->date->text, row->date->length < 10 ? row->date->length : 10);
    const struct cell *cell = binding->date_count > 0 ? row_cell(converter, binding->dates[0]) : NULL;
    return cell ? view_trim(cell->text) : view_of("");
}

static void tell(struct converter *converter, const struct problem *problem) {
    const struct record *record = &converter->row.record;
    struct issue issue = {
        .code = problem->code,
        .file = (uint32_t)converter->file.number,
        .row = record->row,
        .line = record->line,
        .column = record->column,
        .value = problem->value,
        .is_private = problem->is_private,
        .id = converter->row.external_id,
        .detail = problem->detail,
        .has_money = converter->row.has_money,
        .money = converter->row.money,
    };
    /* a row with cells too few or too many: whose cell is whose is not known */
    bool is_torn = issue_kind(problem->code)->name[1] == '1';
    issue.person = is_torn ? view_of("") : shown_person(converter);
    issue.day = is_torn ? view_of("") : shown_day(converter);
    if (problem->field != SIZE_MAX) issue.field = row_label(&converter->file, problem->field);
    if (problem->code == E103_UNCLOSED_QUOTE || problem->code == E107_TOO_LARGE) {
        issue.line = record->damage_line;
        issue.column = record->damage_column;
        issue.last_line = record->last_line;
    } else if (problem->code == E104_NOT_JSON) {
        issue.line = record->damage_line;
        issue.column = record->damage_column;
    } else if (problem->cell.kind == REF_CELL) {
        record_locate(converter->file.reader, record, problem->cell.index, &issue.line, &issue.column);
    }
    if (converter->plan->options->show_row) issue.detail = shown_row(converter, problem->detail);
    issues_add(converter->outcome->issues, &issue);
}

void row_tell_problems(struct converter *converter) {
    for (size_t i = 0; i < converter->row.problem_count; i++)
        if (!converter->row.problems[i].is_silent) tell(converter, &converter->row.problems[i]);
}

/* The column of rejected.csv that a problem is in. */
static struct view column_of(const struct plan *plan, const struct open_file *file, const struct problem *problem) {
    if (problem->field == SIZE_MAX) return view_of("-");
    if (problem->cell.kind == REF_CELL)
        return view_of(plan->rejected_columns[plan->rejected_place[file->number][problem->cell.index]]);
    return row_label(file, problem->field);
}

/* Codes, reasons, ID and the columns concerned, in the order of the codes ("-" where a whole row is). */
static void add_codes(struct converter *converter, struct buffer *out) {
    struct buffer codes = {0}, reasons = {0}, columns = {0};
    for (size_t i = 0; i < converter->row.problem_count; i++) {
        const struct issue_kind *kind = issue_kind(converter->row.problems[i].code);
        if (kind->severity != SEVERITY_ERROR) continue;
        if (codes.length) {
            buffer_add_char(&codes, ' ');
            buffer_add_text(&reasons, "; ");
            buffer_add_text(&columns, "; ");
        }
        buffer_add_text(&codes, kind->name);
        buffer_add(&reasons, converter->row.problems[i].detail);
        buffer_add(&columns, column_of(converter->plan, &converter->file, &converter->row.problems[i]));
    }
    buffer_add(out, buffer_view(&codes));
    buffer_add_char(out, ',');
    buffer_add_csv(out, buffer_view(&reasons));
    buffer_add_char(out, ',');
    buffer_add_csv(out, converter->row.external_id);
    buffer_add_char(out, ',');
    buffer_add_csv(out, buffer_view(&columns));
    buffer_free(&columns);
    buffer_free(&codes);
    buffer_free(&reasons);
}

void row_reject(struct converter *converter) {
    const struct plan *plan = converter->plan;
    const struct record *record = &converter->row.record;
    struct buffer *out = &converter->outcome->rejected;
    buffer_add_csv(out, view_of(converter->file.facts->path));
    buffer_add_char(out, ',');
    buffer_add_integer(out, (int64_t)record->line);
    buffer_add_char(out, ',');
    buffer_add_integer(out, (int64_t)record->row);
    buffer_add_char(out, ',');
    add_codes(converter, out);
    bool has_columns = file_has_columns(&converter->file);
    /* columns of other files of the run stay empty; the record itself is the last column for JSON objects */
    struct view *cells = arena_get(converter->arena, (plan->rejected_count + 1) * sizeof *cells);
    memset(cells, 0, (plan->rejected_count + 1) * sizeof *cells);
    const size_t *place = plan->rejected_place[converter->file.number];
    size_t known = file_cell_count(&converter->file);
    for (size_t i = 0; i < known && i < record->cell_count; i++)
        cells[place[i]] = record->cells[i].text;
    if (!has_columns) cells[place[known]] = record->raw;
    for (size_t i = 0; i < plan->rejected_count; i++) {
        buffer_add_char(out, ',');
        buffer_add_csv(out, cells[i]);
    }
    for (size_t i = known; has_columns && i < record->cell_count; i++) { /* cells beyond the header */
        buffer_add_char(out, ',');
        buffer_add_csv(out, record->cells[i].text);
    }
    buffer_add_text(out, "\r\n");
}
