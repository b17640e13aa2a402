/* vanished_note.c: what is said of a row that a newer export has no more. */
#include "base/hash.h"
#include "convert/row/row_private.h"
#include "convert/vanished.h"

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
