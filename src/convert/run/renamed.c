/* renamed.c: columns that the schema does not know, with the label of a field nearly and values that fit it. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/peek.h"
#include "convert/run/run_private.h"

static size_t column_of(const struct input_facts *facts, struct view label) {
    for (size_t i = 0; i < facts->column_count; i++)
        if (facts->columns[i].label.text == label.text) return i;
    return SIZE_MAX;
}

static bool is_proposed(struct run *run, size_t file, struct view label, size_t field, bool *is, struct error *error) {
    *is = false;
    if (unsent_is_dropped(label, run->options->drops, run->options->drop_count)) return true;
    size_t column = column_of(input_facts(run->inputs[file]), label);
    struct peek peek;
    if (column != SIZE_MAX && !peek_column(run->inputs[file], column, &peek, error)) return false;
    *is = column == SIZE_MAX || peek_fits(&peek, &run->schema->fields[field]);
    return true;
}

static bool note_file(struct run *run, size_t file, struct error *error) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct binding *binding = run->bindings[file];
    /* people rename columns of reports, not keys of the API; labels that are data are not to be quoted */
    bool has_labels = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
    if (!has_labels || facts_are_empty(facts) || labels_are_data(facts) || binding->unknown_count == 0) return true;
    struct renamed *renamed = memory_get_zero(binding->unknown_count, sizeof *renamed);
    bind_renamed(run->schema, facts, binding->unknown_columns, binding->unknown_count, renamed);
    bool is_fine = true;
    for (size_t i = 0; i < binding->unknown_count; i++) {
        struct view label = binding->unknown_columns[i];
        bool is = false;
        if (renamed[i].text && is_fine) is_fine = is_proposed(run, file, label, renamed[i].field, &is, error);
        if (is)
            findings_at_header(&run->findings, facts,
                               (struct issue){.code = W123_RENAMED_COLUMN,
                                              .file = (uint32_t)file,
                                              .field = label,
                                              .detail = view_of(renamed[i].text)});
        free(renamed[i].text);
    }
    free(renamed);
    return is_fine;
}

bool run_note_renamed(struct run *run, struct error *error) {
    for (size_t file = 0; run->schema && file < run->file_count; file++)
        if (!note_file(run, file, error)) return false;
    return true;
}
