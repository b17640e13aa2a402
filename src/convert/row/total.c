/* total.c: subtotal and grand total rows of web reports (schemas/servicetitan.md, "Web reports and workbooks"):
 * kept out of the rows, noted with what they state, so that totals.c can check them against our own sums.
 *
 * A total row has no employee, no date and no ID (or a small count where the ID should be), and nothing but
 * numbers and the word "total" in its other cells. Where a file names no employees at all, that describes too many
 * rows: there it is a candidate only, which its numbers have to prove (totals.c). */
#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "base/memory.h"
#include "convert/row/row_private.h"

/* Digits; a job number has at least six (schemas/servicetitan.md, "Web reports and workbooks"). */
#define LONGEST_COUNT 5

static bool is_label(struct view text) {
    return names_total(text) || is_total_word(text) || may_name_all(text) || is_average_word(text);
}

/* Whether a text may head a group: "Business Unit: HVAC", or, where rows name people, any name without a digit. Then the
 * numbers beside it may be the group's sums. */
static bool may_head_group(const struct open_file *file, struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] >= '0' && text.text[i] <= '9') return false;
    return text.length > 0 && (file->binding->person_count > 0 || memchr(text.text, ':', text.length) != NULL);
}

/* Whether the first text of the row is nothing but a word for a total or an average: such a row may have the day of the
 * report where rows have theirs. */
static bool begins_with_word(const struct row *row) {
    for (size_t i = 0; i < row->record.cell_count; i++) {
        struct view text = view_trim(row->record.cells[i].text);
        if (text.length > 0) return is_total_word(text) || is_average_word(text);
    }
    return false;
}

/* Whether total rows of the file are proved by their numbers: nothing else tells them from rows. */
static bool has_candidates(const struct open_file *file) {
    return file_has_columns(file) && file->binding->schema->has_footer && file->binding->person_count == 0;
}

static bool is_date_cell(const struct binding *binding, size_t cell) {
    for (size_t i = 0; i < binding->date_count; i++)
        if (ref_is_cell(binding->cell_of_field[binding->dates[i]], cell)) return true;
    return false;
}

/* No employee, no date unless a word for a total begins the row; every part of the ID empty or a short count. */
static bool lacks_roles(const struct open_file *file, const struct row *row) {
    const struct binding *binding = file->binding;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind != REF_FIELD) continue;
        struct view text = row_record_text(row, binding->cell_of_field[source.index]);
        if (text.length == 0) continue;
        if (digits_only(text) ? text.length > LONGEST_COUNT : !is_label(text) && !may_head_group(file, text)) return false;
    }
    for (size_t i = 0; i < binding->person_count; i++) {
        const struct cell_ref cells[2] = {binding->people[i].id_cell, binding->people[i].name_cell};
        for (size_t k = 0; k < 2; k++) {
            struct view text = row_record_text(row, cells[k]);
            if (text.length > 0 && !ref_is_cell(cells[k], file->facts->group_column) && !is_label(text)) return false;
        }
    }
    if (begins_with_word(row)) return true;
    for (size_t i = 0; i < binding->date_count; i++) {
        struct view text = row_record_text(row, binding->cell_of_field[binding->dates[i]]);
        if (text.length > 0 && !is_label(text)) return false;
    }
    return true;
}

/* What the cells of a row say of it as a total row. */
struct total_cells {
    size_t numbers, labels;
    bool has_word;    /* one of the labels is nothing but a word for total */
    bool has_average; /* or for an average */
    bool may_have_date, has_date;
    bool has_doubt; /* the only label may be a name as well ("Company") */
};

/* Whether the column holds texts, as far as the schema knows: a number there is no total of it. */
static bool is_text_column(const struct open_file *file, size_t index) {
    const struct schema *schema = file->binding->schema;
    bool is_text = view_trim(file->facts->columns[index].label).length == 0;
    for (size_t i = 0; i < schema->field_count; i++) {
        if (!ref_is_cell(file->binding->cell_of_field[i], index)) continue;
        if (schema->fields[i].type == FIELD_NUMBER) return false;
        is_text = true;
    }
    return is_text;
}

/* Whether the cell is one that a total row may have; counts numbers, and finds the row count: a whole number
 * in a column of texts. */
static bool fits_total(const struct open_file *file, const struct row *row, size_t index, struct total_cells *cells,
                       struct total_event *event) {
    struct view text = view_trim(row->record.cells[index].text);
    if (text.length == 0 || index == file->facts->group_column) return true;
    bool is_head = cells->labels + cells->numbers == 0 && !is_label(text) && may_head_group(file, text);
    if (is_label(text) || is_head) {
        cells->has_doubt = (cells->labels == 0 || cells->has_doubt) && (is_head || may_name_all(text));
        cells->labels++;
        cells->has_word = cells->has_word || is_total_word(text);
        cells->has_average = cells->has_average || is_average_word(text);
        return true;
    }
    if (cells->may_have_date && is_date_cell(file->binding, index)) {
        cells->has_date = true;
        return true;
    }
    int64_t amount;
    enum decimal_reason reason = decimal_parse(text, &decimal_style_default, &amount);
    if (!decimal_has_value(reason)) return false;
    cells->numbers++;
    bool is_count = digits_only(text) && index < file->facts->column_count && is_text_column(file, index);
    if (is_count && !event->has_count) {
        event->has_count = true;
        event->count = amount / DECIMAL_SCALE;
    }
    return true;
}

/* A row that names no ID, or nothing but a total in its place: a count there would be an ID as well. */
static bool may_be_candidate(const struct open_file *file, const struct row *row, const struct total_cells *cells) {
    const struct binding *binding = file->binding;
    if (cells->labels > 0) return true;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind != REF_FIELD) continue;
        if (row_record_text(row, binding->cell_of_field[source.index]).length > 0) return false;
    }
    return true;
}

/* A number where the ID is: the count of a total row's rows, or the ID of a row that is otherwise empty. */
static bool has_id(const struct open_file *file, const struct row *row) {
    const struct binding *binding = file->binding;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind == REF_FIELD && digits_only(row_record_text(row, binding->cell_of_field[source.index]))) return true;
    }
    return false;
}

/* Whether a pass before proved that the row is no total. */
static bool is_refuted(const struct converter *converter) {
    const struct plan *plan = converter->plan;
    const struct row_place place = {converter->file.number, converter->row.record.row};
    return plan->refuted_count > 0 &&
           bsearch(&place, plan->refuted, plan->refuted_count, sizeof place, row_place_compare) != NULL;
}

/* --- what total rows are over ---------------------------------------------------------------------------------- */

void row_start_totals(struct converter *converter) {
    struct since_total *since = &converter->since;
    size_t followed = converter->plan->followed_count;
    since->rows = since->damaged = 0;
    memcpy(since->sums, converter->outcome->ledger.sums_in, followed * sizeof *since->sums);
    memset(since->unread, 0, followed * sizeof *since->unread);
    memset(since->ranges, 0, followed * sizeof *since->ranges);
    since->column_count = has_candidates(&converter->file) ? converter->file.facts->column_count : 0;
    if (since->column_count == 0) return;
    void *columns = since->columns;
    memory_grow(&columns, &since->column_room, since->column_count, sizeof *since->columns);
    since->columns = columns;
    memset(since->columns, 0, since->column_count * sizeof *since->columns);
}

static bool read_cell_number(const struct row *row, size_t index, int64_t *amount) {
    return index < row->record.cell_count && total_cell_number(row->record.cells[index].text, amount);
}

static void add_columns(struct since_total *since, const struct row *row) {
    for (size_t i = 0; i < since->column_count; i++) {
        int64_t amount = 0;
        if (read_cell_number(row, i, &amount)) column_sum_add_value(&since->columns[i], amount);
    }
}

void row_add_to_total(struct converter *converter, bool is_damaged) {
    const struct plan *plan = converter->plan;
    struct since_total *since = &converter->since;
    since->rows++;
    since->damaged += is_damaged;
    for (size_t i = 0; plan->has_ranges && i < plan->followed_count; i++)
        value_range_add_value(&since->ranges[i], converter->row.followed[i]);
    if (since->column_count > 0) add_columns(since, &converter->row);
    if (!converter->row.has_error) return;
    for (size_t i = 0; i < converter->row.problem_count; i++) {
        const struct problem *problem = &converter->row.problems[i];
        size_t place = problem->field == SIZE_MAX ? SIZE_MAX : plan->follow_place[problem->field];
        bool is_unread = problem->code == E301_NOT_NUMBER || problem->code == E302_NUMBER_TOO_LARGE ||
                         problem->code == E303_NUMBER_TOO_PRECISE || problem->code == E310_CELL_ERROR;
        if (is_unread && place != SIZE_MAX) since->unread[place]++;
    }
}

/* --- events ------------------------------------------------------------------------------------------------------ */

static void copy_columns(struct outcome *outcome, const struct since_total *since, struct total_event *event) {
    void *columns = outcome->total_columns;
    memory_grow(&columns, &outcome->total_column_capacity, outcome->total_column_count + since->column_count + 1,
                sizeof *outcome->total_columns);
    outcome->total_columns = columns;
    event->columns = outcome->total_column_count;
    event->column_count = since->column_count;
    if (since->column_count > 0)
        memcpy(outcome->total_columns + outcome->total_column_count, since->columns,
               since->column_count * sizeof *since->columns);
    outcome->total_column_count += since->column_count;
}

static struct total_event *add_event(struct converter *converter) {
    struct outcome *outcome = converter->outcome;
    struct since_total *since = &converter->since;
    size_t followed = converter->plan->followed_count;
    void *events = outcome->events, *sums = outcome->total_sums, *unread = outcome->total_unread, *ranges = outcome->total_ranges;
    memory_grow(&events, &outcome->event_capacity, outcome->event_count + 1, sizeof *outcome->events);
    memory_grow(&sums, &outcome->total_sum_capacity, outcome->total_sum_count + followed + 1,
                sizeof *outcome->total_sums);
    memory_grow(&unread, &outcome->total_unread_capacity, outcome->total_sum_count + followed + 1,
                sizeof *outcome->total_unread);
    memory_grow(&ranges, &outcome->total_range_capacity, outcome->total_sum_count + followed + 1,
                sizeof *outcome->total_ranges);
    outcome->events = events;
    outcome->total_sums = sums;
    outcome->total_unread = unread;
    outcome->total_ranges = ranges;
    struct total_event *event = &outcome->events[outcome->event_count++];
    *event = (struct total_event){.rows = since->rows, .damaged = since->damaged, .amounts = outcome->total_sum_count};
    for (size_t i = 0; i < followed; i++)
        outcome->total_sums[outcome->total_sum_count + i] = outcome->ledger.sums_in[i] - since->sums[i];
    memcpy(outcome->total_unread + outcome->total_sum_count, since->unread, followed * sizeof *since->unread);
    memcpy(outcome->total_ranges + outcome->total_sum_count, since->ranges, followed * sizeof *since->ranges);
    outcome->total_sum_count += followed;
    copy_columns(outcome, since, event);
    row_start_totals(converter);
    return event;
}

static void state_amounts(struct converter *converter, struct total_event *event) {
    struct outcome *outcome = converter->outcome;
    const struct plan *plan = converter->plan;
    void *stated = outcome->total_stated;
    memory_grow(&stated, &outcome->total_stated_capacity, outcome->total_stated_count + plan->followed_count + 1,
                sizeof *outcome->total_stated);
    outcome->total_stated = stated;
    event->stated = outcome->total_stated_count;
    for (size_t i = 0; i < plan->followed_count; i++) {
        const struct cell *cell = row_cell(converter, plan->followed[i]);
        const struct field *field = &plan->schema->fields[plan->followed[i]];
        int64_t amount = INT64_MIN;
        /* of a parent's amount the report may count each line, or each parent; what no column has is stated by none */
        bool is_own = converter->file.binding->cell_of_field[plan->followed[i]].kind == REF_CELL;
        bool is_comparable = cell && is_own && !field->per;
        const struct decimal_style *style = &plan->forms[plan->followed[i]].style;
        if (!is_comparable || !decimal_is_exact(decimal_parse(cell->text, style, &amount))) amount = INT64_MIN;
        outcome->total_stated[outcome->total_stated_count++] = amount;
    }
}

/* The numbers of a candidate, column by column. */
static void state_cells(struct converter *converter, struct total_event *event) {
    struct outcome *outcome = converter->outcome;
    void *cells = outcome->total_cells;
    memory_grow(&cells, &outcome->total_cell_capacity, outcome->total_cell_count + event->column_count + 1,
                sizeof *outcome->total_cells);
    outcome->total_cells = cells;
    event->cells = outcome->total_cell_count;
    for (size_t i = 0; i < event->column_count; i++) {
        int64_t amount = INT64_MIN;
        if (!read_cell_number(&converter->row, i, &amount)) amount = INT64_MIN;
        outcome->total_cells[outcome->total_cell_count++] = amount;
    }
}

bool row_note_total(struct converter *converter) {
    if (!file_has_columns(&converter->file) || !converter->plan->schema->has_footer) return false;
    if (!lacks_roles(&converter->file, &converter->row)) return false;
    struct total_event seen = {0};
    struct total_cells cells = {.may_have_date = begins_with_word(&converter->row)};
    for (size_t i = 0; i < converter->row.record.cell_count; i++)
        if (!fits_total(&converter->file, &converter->row, i, &cells, &seen)) return false;
    if (cells.numbers == 0) return false;
    bool is_proved = has_candidates(&converter->file);
    if (is_proved && !may_be_candidate(&converter->file, &converter->row, &cells)) return false;
    bool is_candidate = is_proved || cells.has_doubt || cells.has_date || cells.has_average ||
                        (cells.labels == 0 && has_id(&converter->file, &converter->row));
    if (is_candidate && is_refuted(converter)) return false;
    struct total_event *event = add_event(converter);
    event->is_total = true;
    event->is_candidate = is_candidate;
    event->is_labelled = cells.has_word;
    event->is_average = cells.has_average && !cells.has_word;
    event->row = converter->row.record.row;
    event->line = converter->row.record.line;
    event->has_count = seen.has_count;
    event->count = seen.count;
    size_t group = converter->file.facts->group_column;
    if (group < converter->row.record.cell_count)
        snprintf(event->group, sizeof event->group, "%.*s", VIEW_ARGS(converter->row.record.cells[group].text));
    state_amounts(converter, event);
    state_cells(converter, event);
    converter->outcome->ledger.rows_in++;
    converter->outcome->ledger.rows[LEDGER_FOOTER]++;
    return true;
}

void row_close_totals(struct converter *converter) {
    if (converter->since.rows > 0) add_event(converter);
}
