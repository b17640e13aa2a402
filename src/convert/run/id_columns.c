/* id_columns.c: a file without a column for the ID: which of its columns, together, are different in every row. They are
 * proposed as a template, never taken: another export may have rows that they do not tell apart. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/grain.h"
#include "convert/run/run_private.h"

/* Columns that may be part of an ID: no amounts, dates, personal data or columns nobody knows. */
static bool is_usable(const struct run *run, size_t column) {
    const struct binding *binding = run->bindings[0];
    for (size_t field = 0; field < run->schema->field_count; field++) {
        const struct field *entry = &run->schema->fields[field];
        if (ref_is_cell(binding->cell_of_field[field], column))
            return entry->type == FIELD_TEXT && !entry->is_private && entry->role != ROLE_STATUS;
    }
    return false;
}

struct grain *run_make_grain(const struct run *run) {
    const struct input_facts *facts = input_facts(run->inputs[0]);
    if ((facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT) || run->file_count > 1) return NULL;
    struct view *labels = memory_get_zero(facts->column_count + 1, sizeof *labels);
    bool *usable = memory_get_zero(facts->column_count + 1, sizeof *usable);
    for (size_t i = 0; i < facts->column_count; i++) {
        labels[i] = facts->columns[i].label;
        usable[i] = is_usable(run, i);
    }
    struct grain *grain = grain_create(labels, usable, facts->column_count);
    free(labels);
    free(usable);
    return grain;
}

static void add_row(struct grain *grain, const struct record *record, struct view *cells, size_t count) {
    if (record->kind != RECORD_DATA || record->damage != DAMAGE_NONE) return;
    for (size_t i = 0; i < count; i++)
        cells[i] = i < record->cell_count ? view_trim(record->cells[i].text) : view_of("");
    if (count > 0 && cells[0].length == 0) return; /* a total row, or one that has no ID anyway */
    grain_add(grain, view_of(""), cells);
}

static bool read_rows(struct run *run, const struct input_facts *facts, struct grain *grain, struct error *error) {
    struct record_reader *reader =
        record_reader_create(run->inputs[0], run->bindings[0]->paths, run->bindings[0]->path_count);
    struct view *cells = memory_get_zero(facts->column_count + 1, sizeof *cells);
    struct block block = {0};
    struct record record = {0};
    bool is_fine = true;
    for (bool is_end = false; is_fine && !is_end && !grain_is_sample(grain);) {
        is_fine = input_next_block(run->inputs[0], &block, &is_end, error);
        if (!is_fine || is_end) break;
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            add_row(grain, &record, cells, facts->column_count);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    record_reader_destroy(reader);
    free(cells);
    return is_fine && input_rewind(run->inputs[0], error);
}

bool run_find_id_columns(struct run *run, struct error *error) {
    const struct input_facts *facts = input_facts(run->inputs[0]);
    if (run->bindings[0]->id_part_count > 0 || facts_are_empty(facts)) return true;
    struct grain *grain = run_make_grain(run);
    if (!grain) return true;
    size_t chosen[GRAIN_LIMIT], count = 0;
    bool is_fine = read_rows(run, facts, grain, error);
    if (is_fine && grain_row_count(grain) > 1 && grain_find(grain, chosen, &count)) {
        struct buffer text = {0};
        for (size_t i = 0; i < count; i++)
            buffer_print(&text, "%s{%.*s}", i ? ":" : "", VIEW_ARGS(facts->columns[chosen[i]].label));
        run->id_columns = buffer_take(&text);
    }
    grain_free(grain);
    return is_fine;
}
