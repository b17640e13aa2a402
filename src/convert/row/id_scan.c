/* id_scan.c: see id_scan.h. */
#include "convert/row/id_scan.h"

#include "convert/row/row_private.h"

static void scan_block(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome,
                       id_visitor *visit, void *context) {
    converter_begin(converter, block, file, outcome);
    while (record_reader_next(converter->file.reader, &converter->row.record)) {
        converter->row.problem_count = 0;
        converter->row.has_error = false;
        if (converter->row.record.kind != RECORD_DATA || converter->row.record.damage != DAMAGE_NONE) continue;
        if (converter->file.binding->computed_count > 0) row_fill_computed(converter);
        row_find_person(converter);
        row_find_id(converter);
        converter->division.listed_count = 0;
        if (row_first_id(converter).length > 0) visit(context, converter);
    }
}

bool id_scan(const struct plan *plan, struct input **inputs, id_visitor *visit, void *context, struct error *error) {
    struct converter *converter = converter_create(plan, inputs);
    struct outcome outcome;
    struct block block = {0};
    bool is_fine = true;
    outcome_start(&outcome, plan);
    for (size_t file = 0; is_fine && file < plan->file_count; file++) {
        bool is_end = false;
        is_fine = input_rewind(inputs[file], error);
        while (is_fine && !is_end) {
            is_fine = input_next_block(inputs[file], &block, &is_end, error);
            if (is_fine && !is_end) scan_block(converter, &block, file, &outcome, visit, context);
        }
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    outcome_free(&outcome);
    converter_free(converter);
    return is_fine;
}
