/* damage.c: rows whose cells cannot be told apart, or that are no records. */
#include "convert/row/row_private.h"

/* A delimiter at the end of every row: nothing stands behind it, so nothing is lost by not looking there. In one row only
 * it may come from a comma too many, which has moved the cells. */
static bool has_only_trailing_cells(const struct open_file *file, const struct row *row) {
    const struct record *record = &row->record;
    const struct input_facts *facts = file->facts;
    if (record->original_count !=
        facts->column_count - (facts->group_column != SIZE_MAX && facts->group_column > 0) + facts->trailing_cells)
        return false;
    for (size_t i = facts->column_count; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return false;
    return true;
}

void row_check_trailing(struct converter *converter) {
    const struct record *record = &converter->row.record;
    if (converter->file.facts->trailing_cells == 0 || record->damage != DAMAGE_NONE) return;
    row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the other rows have %zu",
                record->original_count, record->original_count + converter->file.facts->trailing_cells);
}

void row_check_damage(struct converter *converter) {
    const struct record *record = &converter->row.record;
    switch (record->damage) {
    case DAMAGE_NONE:
        if (record->is_doubtful)
            row_problem(
                converter, W125_LOOSE_QUOTES, SIZE_MAX,
                "a quotation mark is in the middle of a cell. Cells may be in the wrong columns");
        break;
    case DAMAGE_CELLS_MISSING:
        row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the header has %zu",
                    record->original_count, converter->file.facts->column_count);
        break;
    case DAMAGE_CELLS_EXTRA:
        if (has_only_trailing_cells(&converter->file, &converter->row)) break;
        row_problem(converter, E102_CELLS_EXTRA, SIZE_MAX, "the row has %zu cells, the header has %zu",
                    record->original_count, converter->file.facts->column_count);
        break;
    case DAMAGE_UNCLOSED_QUOTE:
        row_problem(converter, E103_UNCLOSED_QUOTE, SIZE_MAX,
                    "the quote that opens here does not close in its row. Lines %llu to %llu became part of it",
                    (unsigned long long)record->damage_line, (unsigned long long)record->last_line);
        break;
    case DAMAGE_TOO_LARGE:
        row_problem(converter, E107_TOO_LARGE, SIZE_MAX, "the record has %.*s. --max-cell allows %llu.",
                    VIEW_ARGS(record->damage_text), (unsigned long long)converter->file.facts->record_limit);
        break;
    case DAMAGE_NOT_JSON:
        row_problem(converter, E104_NOT_JSON, SIZE_MAX, "%.*s", VIEW_ARGS(record->damage_text));
        break;
    case DAMAGE_NOT_OBJECT: row_problem(converter, E105_NOT_OBJECT, SIZE_MAX, "this element is not a record"); break;
    }
}
