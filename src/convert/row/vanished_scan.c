/* vanished_scan.c: the scan, and what is said of a row that vanished. */
#include "convert/row/vanished_scan.h"

#include "base/hash.h"
#include "convert/row/id_scan.h"
#include "convert/row/row_private.h"

static void add_row(void *context, struct converter *converter) {
    row_read_cells(converter);
    row_find_date(converter);
    const struct row *row = &converter->row;
    vanished_add(context, hash_bytes(row->external_id, 0), converter->file.number,
                 row->date ? row->date->day : INT32_MIN);
}

bool vanished_scan(const struct plan *plan, struct input **inputs, struct vanished *vanished, struct error *error) {
    return id_scan(plan, inputs, add_row, vanished, error);
}

void row_note_vanished(struct converter *converter) {
    struct view id = converter->row.external_id;
    size_t newer = vanished_from(converter->plan->vanished, hash_bytes(id, 0));
    if (newer == SIZE_MAX) return;
    struct buffer day = {0};
    date_print(&day, converter->row.date->day);
    row_problem(converter, W423_VANISHED_RECORD, row_id_field(converter),
                "ID %.*s is not in the newer %s, which covers %.*s. It is sent as it was", VIEW_ARGS(id),
                input_facts(converter->inputs[newer])->path, VIEW_ARGS(buffer_view(&day)));
    buffer_free(&day);
}
