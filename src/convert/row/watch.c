/* watch.c: hands rows to whoever watches them (row_watch.h). */
#include "convert/row_watch.h"

#include "convert/row/row_private.h"

struct view watched_text(const struct watched_row *row, size_t field) {
    const struct cell *cell = row_cell(row->converter, field);
    if (!cell || cell->kind == CELL_NESTED) return view_of("");
    return view_trim(cell->text);
}

bool watched_amount(const struct watched_row *row, size_t field, int64_t *amount) {
    const struct converter *converter = row->converter;
    if (!converter->plan->is_typed[field] || !converter->fields[field].is_filled) return false;
    *amount = converter->fields[field].amount;
    const struct field *schema = &converter->plan->schema->fields[field];
    if (row->share == SIZE_MAX || schema->type != FIELD_NUMBER || schema->aggregate != AGGREGATE_SUM) return true;
    const struct division *division = &converter->division;
    *amount = share_of(*amount, division->shares, division->count, row->share, schema->is_money);
    return true;
}

const struct moment *watched_moment(const struct watched_row *row, size_t field) {
    const struct converter *converter = row->converter;
    const struct field_state *state = &converter->fields[field];
    if (!converter->plan->is_typed[field] || state->value.kind != VALUE_MOMENT || !state->moment) return NULL;
    return &state->moment->moment;
}

static int first_error(const struct row *row) {
    for (size_t i = 0; row->has_error && i < row->problem_count; i++)
        if (issue_kind(row->problems[i].code)->severity == SEVERITY_ERROR) return (int)row->problems[i].code;
    return -1;
}

void row_show(struct converter *converter) {
    const struct row_watch *watch = converter->plan->options->watch_rows;
    const struct division *division = &converter->division;
    const struct row *row = &converter->row;
    if (row->is_left_out) return; /* by --fixes: no row for anybody */
    struct watched_row shown = {.file = converter->file.number,
                                .row = row->record.row,
                                .line = row->record.line,
                                .external_id = row->external_id,
                                .member_id = row->member_id,
                                .member_name = row->member_name,
                                .date = row->date,
                                .error = first_error(row),
                                .cells = row->record.cells,
                                .cell_count = row->record.cell_count,
                                .converter = converter,
                                .share = SIZE_MAX};
    if (division->count == 0) {
        watch->take(watch->context, &shown);
        return;
    }
    for (size_t i = 0; i < division->count; i++) {
        const struct share *share = &division->shares[i];
        if (share->external_id.length > 0) shown.external_id = share->external_id;
        shown.member_id = share->member_id;
        shown.member_name = share->member_name;
        shown.date = share->date ? share->date : row->date;
        shown.share = i;
        watch->take(watch->context, &shown);
    }
}
