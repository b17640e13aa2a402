/* not_yet.c: rows that lack what they can only have once they are done: a job that is not completed has no completion
 * date. They are counted apart (LEDGER_NOT_YET), not refused. */
#include "convert/row/row_private.h"
#include "values/nothing.h"

static bool is_missing(enum issue_code code) {
    return code == E201_MISSING_EMPLOYEE || code == E202_MISSING_ID || code == E203_MISSING_DATE;
}

/* Whether the rule names the field; one that names none means the date, whichever it is. */
static bool is_named(const struct open_rule *rule, const struct problem *problem) {
    if (!rule || rule->lack_count == 0) return problem->code == E203_MISSING_DATE;
    for (size_t i = 0; i < rule->lack_count; i++)
        if (problem->field != SIZE_MAX && rule->lack_fields[i] == problem->field) return true;
    return false;
}

/* Whether the rule (NULL: --open-rows) excuses all that is wrong with the row. Who lacks a date or ID for it may lack the
 * employee too; a column that the file lacks is another matter. */
static bool excuses(const struct row *row, const struct open_rule *rule) {
    bool has_excuse = false;
    for (size_t i = 0; i < row->problem_count; i++) {
        const struct problem *problem = &row->problems[i];
        if (issue_kind(problem->code)->severity != SEVERITY_ERROR) continue;
        if (problem->is_silent || !is_missing(problem->code)) return false;
        bool is_excused = is_named(rule, problem);
        if (!is_excused && problem->code != E201_MISSING_EMPLOYEE) return false;
        has_excuse = has_excuse || is_excused;
    }
    return has_excuse;
}

/* Whether the row is open by one of the schema's rules; `*is_known`: it says one or the other. */
static bool is_open(const struct converter *converter, bool *is_known) {
    const struct schema *schema = converter->plan->schema;
    for (size_t i = 0; i < schema->open_count; i++) {
        const struct open_rule *rule = &schema->open_rules[i];
        const struct cell *cell = row_cell(converter, rule->field);
        struct view text = cell && cell->kind != CELL_NESTED ? view_trim(cell->text) : view_of("");
        *is_known = *is_known || text.length > 0;
        if (text.length > 0 && open_rule_holds(rule, text) && excuses(&converter->row, rule)) return true;
    }
    return false;
}

bool row_is_not_yet(struct converter *converter) {
    struct row *row = &converter->row;
    bool is_known = false, by_rule = is_open(converter, &is_known);
    bool by_option = !is_known && converter->plan->options->open_rows && excuses(row, NULL);
    if (!by_rule && !by_option) return false;
    size_t kept = 0;
    for (size_t i = 0; i < row->problem_count; i++)
        if (!is_missing(row->problems[i].code)) row->problems[kept++] = row->problems[i];
    row->problem_count = kept;
    row->has_error = false;
    return true;
}

bool row_is_bare_group(const struct converter *converter) {
    const struct row *row = &converter->row;
    const struct record *record = &row->record;
    /* where groups have labels, a row without one is no group: its cells are lost, or the label is damaged */
    bool has_labels = converter->file.facts->group_column != SIZE_MAX;
    if (!file_has_columns(&converter->file) || has_labels || record->damage != DAMAGE_NONE || record->cell_count < 3)
        return false;
    struct view first = view_trim(record->cells[0].text);
    for (size_t i = 0; i < first.length; i++)
        if (first.text[i] >= '0' && first.text[i] <= '9') return false; /* an ID, whose row lost its cells */
    if (first.length == 0 || memchr(first.text, ':', first.length)) return false; /* a label that others lack */
    if (nothing_error(first) || nothing_formula(first)) return false; /* a value that is lost */
    for (size_t i = 1; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return false;
    for (size_t i = 0; i < row->problem_count; i++) {
        if (issue_kind(row->problems[i].code)->severity != SEVERITY_ERROR) continue;
        if (ref_is_cell(row->problems[i].cell, 0)) continue; /* a column of dates or numbers does not fit a heading */
        if (!is_missing(row->problems[i].code) || row->problems[i].is_silent) return false;
    }
    return row->date == NULL;
}

const char *row_open_column(const struct converter *converter) {
    const struct schema *schema = converter->plan->schema;
    for (size_t i = 0; i < schema->open_count; i++)
        if (row_cell(converter, schema->open_rules[i].field)) return NULL;
    return schema->open_count > 0 ? schema->open_rules[0].name : NULL;
}
