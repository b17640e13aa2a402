/* records.c: see records.h. */
#include "fuzz/records.h"

#include <inttypes.h>

#include "fuzz/fuzz.h"

void tell_place(struct buffer *out, uint64_t line, uint64_t column) {
    fuzz_require(line > 0 && column > 0, "a place from 0");
    buffer_print(out, " %" PRIu64 ":%" PRIu64, line, column);
}

void tell_record(struct buffer *out, const struct record *record, const struct input_facts *facts) {
    fuzz_require(record->last_line >= record->line, "a record ends before it begins");
    fuzz_require(record->cell_count >= facts->column_count || facts->shape != SHAPE_CSV, "fewer cells than columns");
    buffer_print(out, "\nkind %d damage %d row %" PRIu64 " lines %" PRIu64 "-%" PRIu64 ":%" PRIu64, (int)record->kind,
                 (int)record->damage, record->row, record->line, record->last_line, record->column);
    buffer_print(out, " raw %" PRIu64 ":%" PRIu64 " item %" PRIu64 " of %zu, damage at %" PRIu64 ":%" PRIu64 " ",
                 record->raw_line, record->raw_column, record->item, record->original_count, record->damage_line,
                 record->damage_column);
    buffer_add(out, record->damage_text);
    for (size_t i = 0; i < record->cell_count; i++) {
        const struct cell *cell = &record->cells[i];
        fuzz_require(cell->text.length == 0 || cell->text.text, "a cell without text");
        buffer_print(out, " %d[", (int)cell->kind);
        buffer_add(out, cell->text);
        buffer_add_char(out, ']');
    }
    buffer_add(out, view_of(" raw "));
    buffer_add(out, record->raw);
    buffer_add_char(out, '|');
    buffer_add(out, record->element);
}
