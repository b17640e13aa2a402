/* vanished_scan.c: see vanished_scan.h. */
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
