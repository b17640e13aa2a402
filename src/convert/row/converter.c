/* converter.c: a worker, the file it is at, and the rows of its block, one after the other. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/row/row_private.h"

struct converter *converter_create(const struct plan *plan, struct input **inputs) {
    struct converter *converter = memory_get_zero(1, sizeof *converter);
    converter->plan = plan;
    converter->inputs = inputs;
    converter->file.number = SIZE_MAX;
    converter->arena = arena_create(1 << 16);
    converter->is_all_json = true;
    for (size_t i = 0; i < plan->file_count; i++)
        converter->is_all_json &= input_facts(inputs[i])->shape != SHAPE_CSV;
    size_t fields = plan->field_count + 1, followed = plan->followed_count + 1;
    converter->fields = memory_get_zero(fields, sizeof *converter->fields);
    converter->unknown = memory_get_zero(fields, sizeof *converter->unknown);
    converter->sent = memory_get_zero(plan->sent_count + 1, sizeof *converter->sent);
    for (size_t i = 0; i < plan->sent_count; i++)
        converter->sent[i] = &converter->fields[plan->sent[i]].value;
    converter->file.typed = memory_get_zero(fields, sizeof *converter->file.typed);
    converter->row.computed = memory_get_zero(fields, sizeof *converter->row.computed);
    converter->row.followed = memory_get_zero(followed, sizeof *converter->row.followed);
    converter->row.brought = memory_get_zero(followed, sizeof *converter->row.brought);
    converter->division.whole = memory_get_zero(fields, sizeof *converter->division.whole);
    converter->since.sums = memory_get_zero(followed, sizeof *converter->since.sums);
    converter->since.unread = memory_get_zero(followed, sizeof *converter->since.unread);
    converter->since.ranges = memory_get_zero(followed, sizeof *converter->since.ranges);
    converter->unsent = memory_get_zero(plan->unsent_most + 1, sizeof *converter->unsent);
    return converter;
}

void converter_free(struct converter *converter) {
    if (!converter) return;
    record_reader_destroy(converter->file.reader);
    table_destroy(converter->file.labels);
    arena_destroy(converter->arena);
    buffer_free(&converter->scratch);
    for (size_t i = 0; i < converter->plan->field_count; i++) {
        free(converter->fields[i].moment);
        row_forget_unknown(&converter->unknown[i]);
        free(converter->unknown[i].words);
    }
    free(converter->unknown);
    free(converter->fields);
    free(converter->sent);
    free(converter->file.typed);
    free(converter->row.computed);
    free(converter->row.followed);
    free(converter->row.brought);
    free(converter->division.whole);
    free(converter->since.sums);
    free(converter->since.unread);
    free(converter->since.ranges);
    free(converter->since.columns);
    free(converter->unsent);
    free(converter);
}

static void use_file(struct converter *converter, size_t file) {
    if (converter->file.number == file) return;
    record_reader_destroy(converter->file.reader);
    table_destroy(converter->file.labels);
    converter->file.labels = NULL;
    converter->file.number = file;
    converter->row.record = (struct record){0};
    converter->file.binding = converter->plan->bindings[file];
    converter->file.facts = input_facts(converter->inputs[file]);
    converter->file.reader = record_reader_create(converter->inputs[file], converter->file.binding->paths,
                                                  converter->file.binding->path_count);
    record_reader_reuse_cells(converter->file.reader);
    for (size_t i = 0; i < converter->plan->field_count; i++)
        if (converter->fields[i].moment) converter->fields[i].moment->is_filled = false;
    row_plan_cells(converter);
}

/* A row, and what apply asks about it. */
static void convert_data(struct converter *converter) {
    size_t csv_before = converter->outcome->texts[OUTPUT_CSV].length;
    row_convert(converter);
    if (converter->plan->options->lookup) row_note_found(converter, csv_before);
}

void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome) {
    use_file(converter, file);
    outcome_reset(outcome);
    converter->outcome = outcome;
    arena_reset(converter->arena);
    record_reader_start(converter->file.reader, block);
    converter->unsent_count = converter->plan->unsent[file].count;
    for (size_t i = 0; i < converter->unsent_count; i++)
        converter->unsent[i] = i;
    converter->has_odd_texts =
        !block->is_plain && !texts_are_plain(buffer_view(&block->bytes), converter->file.facts->shape != SHAPE_CSV);
}

void convert_block(struct converter *converter, const struct block *block, size_t file,
                   const struct identity_before *before, struct outcome *outcome) {
    converter_begin(converter, block, file, outcome);
    converter->seen_ids = before;
    row_start_totals(converter);
    while (record_reader_next(converter->file.reader, &converter->row.record)) {
        switch (converter->row.record.kind) {
        case RECORD_BLANK:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_BLANK]++;
            break;
        case RECORD_HEADER:
            row_note_line(converter, W126_REPEATED_HEADER, "this row repeats the header. It counts as a blank row");
            break;
        case RECORD_FOOTER: row_note_footer(converter); break;
        case RECORD_GROUP:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_GROUP]++;
            break;
        case RECORD_EMPTY:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_EMPTY]++;
            break;
        case RECORD_DATA: convert_data(converter); break;
        }
    }
    row_close_totals(converter);
}
