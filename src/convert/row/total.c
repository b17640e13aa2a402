/* total.c: subtotal and grand total rows of web reports (schemas/servicetitan.md, "Web reports and workbooks"):
 * kept out of the rows, noted with what they state, so that totals.c can check them against our own sums.
 *
 * A total row has no employee, no date and no ID (or a small count where the ID should be), and nothing but
 * numbers and the word "total" in its other cells. */
#include <stdio.h>

#include "base/memory.h"
#include "convert/row/row_private.h"

/* Digits; a job number has at least six (schemas/servicetitan.md, "Web reports and workbooks"). */
#define LONGEST_COUNT 5

static bool is_digits(struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] < '0' || text.text[i] > '9') return false;
    return text.length > 0;
}

static bool names_total(struct view text) {
    for (size_t i = 0; i + 5 <= text.length; i++)
        if ((text.text[i] | 0x20) == 't' && view_equal_fold(view_from(text.text + i, 5), view_of("total"))) return true;
    return false;
}

/* No employee, no date; every part of the ID empty or a short count. */
static bool lacks_roles(const struct open_file *file, const struct row *row) {
    const struct binding *binding = file->binding;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind != REF_FIELD) continue;
        struct view text = row_record_text(row, binding->cell_of_field[source.index]);
        if (text.length == 0) continue;
        if ((text.length > LONGEST_COUNT || !is_digits(text)) && !names_total(text)) return false;
    }
    for (size_t i = 0; i < binding->person_count; i++) {
        const struct cell_ref cells[2] = {binding->people[i].id_cell, binding->people[i].name_cell};
        for (size_t k = 0; k < 2; k++) {
            struct view text = row_record_text(row, cells[k]);
            if (text.length > 0 && !ref_is_cell(cells[k], file->facts->group_column) && !names_total(text))
                return false;
        }
    }
    for (size_t i = 0; i < binding->date_count; i++) {
        struct view text = row_record_text(row, binding->cell_of_field[binding->dates[i]]);
        if (text.length > 0 && !names_total(text)) return false;
    }
    return true;
}

/* Whether the cell is one that a total row may have; counts numbers, and finds the row count: a whole number
 * in a column that holds no amounts. */
static bool fits_total(const struct open_file *file, const struct row *row, size_t index, size_t *numbers,
                       size_t *labels, struct total_event *event) {
    struct view text = view_trim(row->record.cells[index].text);
    if (text.length == 0 || index == file->facts->group_column) return true;
    if (names_total(text)) {
        ++*labels;
        return true;
    }
    int64_t amount;
    enum decimal_reason reason = decimal_parse(text, &decimal_style_default, &amount);
    if (!decimal_has_value(reason)) return false;
    ++*numbers;
    const struct schema *schema = file->binding->schema;
    bool is_amount = false;
    for (size_t i = 0; i < schema->field_count; i++)
        if (ref_is_cell(file->binding->cell_of_field[i], index) && schema->fields[i].type == FIELD_NUMBER)
            is_amount = true;
    if (!is_amount && is_digits(text) && !event->has_count) {
        event->has_count = true;
        event->count = amount / DECIMAL_SCALE;
    }
    return true;
}

static struct total_event *add_event(const struct plan *plan, struct since_total *since, struct outcome *outcome) {
    size_t followed = plan->followed_count;
    void *events = outcome->events, *sums = outcome->total_sums;
    memory_grow(&events, &outcome->event_capacity, outcome->event_count + 1, sizeof *outcome->events);
    memory_grow(&sums, &outcome->total_sum_capacity, outcome->total_sum_count + followed + 1,
                sizeof *outcome->total_sums);
    outcome->events = events;
    outcome->total_sums = sums;
    struct total_event *event = &outcome->events[outcome->event_count++];
    *event = (struct total_event){.rows = since->rows, .amounts = outcome->total_sum_count};
    memcpy(outcome->total_sums + outcome->total_sum_count, since->sums, followed * sizeof *outcome->total_sums);
    outcome->total_sum_count += followed;
    since->rows = 0;
    memset(since->sums, 0, followed * sizeof *since->sums);
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
        int64_t amount = INT64_MIN;
        if (!cell ||
            !decimal_is_exact(decimal_parse(cell->text, &plan->schema->fields[plan->followed[i]].style, &amount)))
            amount = INT64_MIN;
        outcome->total_stated[outcome->total_stated_count++] = amount;
    }
}

bool row_note_total(struct converter *converter) {
    if (!file_has_columns(&converter->file) || !converter->plan->schema->has_footer ||
        converter->file.binding->person_count == 0 || !lacks_roles(&converter->file, &converter->row))
        return false;
    struct total_event seen = {0};
    size_t numbers = 0, labels = 0;
    for (size_t i = 0; i < converter->row.record.cell_count; i++)
        if (!fits_total(&converter->file, &converter->row, i, &numbers, &labels, &seen)) return false;
    if (numbers == 0) return false;
    struct total_event *event = add_event(converter->plan, &converter->since, converter->outcome);
    event->is_total = true;
    event->row = converter->row.record.row;
    event->line = converter->row.record.line;
    event->has_count = seen.has_count;
    event->count = seen.count;
    size_t group = converter->file.facts->group_column;
    if (group < converter->row.record.cell_count)
        snprintf(event->group, sizeof event->group, "%.*s", VIEW_ARGS(converter->row.record.cells[group].text));
    state_amounts(converter, event);
    converter->outcome->ledger.rows_in++;
    converter->outcome->ledger.rows[LEDGER_FOOTER]++;
    return true;
}

void row_close_totals(struct converter *converter) {
    if (converter->since.rows > 0) add_event(converter->plan, &converter->since, converter->outcome);
}
