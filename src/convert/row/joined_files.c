/* joined_files.c: lines that are no records: the header again, lines of the report, and what came with a file that was put
 * behind another, its title lines or a header with other columns. The last two are asked of rows with an error only: a label is
 * neither a date nor a number. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/row/row_private.h"
#include "schema/bind.h"

#define LABELS_LEAST 2 /* of a header */

void row_note_line(struct converter *converter, enum issue_code code, const char *text) {
    const struct record *record = &converter->row.record;
    issues_add(converter->outcome->issues, &(struct issue){.code = code,
                                                           .file = (uint32_t)converter->file.number,
                                                           .row = record->row,
                                                           .line = record->line,
                                                           .column = 1,
                                                           .detail = view_of(text)});
    converter->outcome->ledger.rows_in++;
    converter->outcome->ledger.rows[LEDGER_BLANK]++;
}

void row_note_footer(struct converter *converter) {
    const struct record *record = &converter->row.record;
    struct view first = {NULL, 0};
    for (size_t i = 0; i < record->cell_count && first.length == 0; i++)
        if (i != converter->file.facts->group_column) first = view_trim(record->cells[i].text);
    char *text =
        memory_print("\"%.*s\" is a line of the report, not a row of it. It counts as a blank row", VIEW_ARGS(first));
    row_note_line(converter, W130_FOOTER_LINE, text);
    free(text);
}

/* The one text of a row whose other cells are empty; empty if there are more. */
static struct view only_text(const struct row *row) {
    struct view found = {NULL, 0};
    for (size_t i = 0; i < row->record.cell_count; i++) {
        struct view text = view_trim(row->record.cells[i].text);
        if (text.length > 0 && found.length > 0) return view_from(NULL, 0);
        if (text.length > 0) found = text;
    }
    return found;
}

bool row_is_title_again(const struct converter *converter) {
    const struct input_facts *facts = converter->file.facts;
    if (facts->shape != SHAPE_CSV || facts->title_count == 0) return false;
    struct view text = only_text(&converter->row);
    for (size_t i = 0; text.length > 0 && i < facts->title_count; i++)
        if (view_equal(text, view_trim(facts->titles[i]))) return true;
    return false;
}

static void add_label(struct converter *converter, struct view label) {
    label_normalise(label, &converter->scratch);
    table_add(converter->file.labels, buffer_view(&converter->scratch), NULL);
}

/* The labels of the file and of the schema, made for the first row with an error: compared one by one with each of its cells
 * they took a millisecond a row. */
static void list_labels(struct converter *converter) {
    const struct input_facts *facts = converter->file.facts;
    const struct schema *schema = converter->plan->schema;
    converter->file.labels = table_create();
    for (size_t i = 0; i < facts->column_count; i++)
        add_label(converter, view_trim(facts->columns[i].label));
    for (size_t i = 0; i < schema->field_count; i++) {
        add_label(converter, view_of(schema->fields[i].name));
        for (size_t k = 0; k < schema->fields[i].alias_count; k++)
            add_label(converter, view_of(schema->fields[i].aliases[k]));
    }
}

static bool is_label(struct converter *converter, struct view text) {
    if (!converter->file.labels) list_labels(converter);
    label_normalise(text, &converter->scratch);
    return table_find(converter->file.labels, buffer_view(&converter->scratch)) != SIZE_MAX;
}

bool row_is_other_header(struct converter *converter) {
    const struct record *record = &converter->row.record;
    if (converter->file.facts->shape != SHAPE_CSV) return false;
    size_t filled = 0, labels = 0;
    for (size_t i = 0; i < record->cell_count; i++) {
        struct view text = view_trim(record->cells[i].text);
        if (i == converter->file.facts->group_column || text.length == 0) continue;
        filled++;
        labels += is_label(converter, text);
        if (filled > LABELS_LEAST && labels == 0) return false;
    }
    /* two values of a row without its first cell may be labels by chance: a business unit "Warranty", a tag "Recall" */
    bool has_first = record->cell_count > 0 && view_trim(record->cells[0].text).length > 0;
    return labels >= (has_first ? LABELS_LEAST : LABELS_LEAST + 1) && labels * 2 > filled;
}
