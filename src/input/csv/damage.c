/* damage.c: see damage.h. */
#include "input/csv/damage.h"

void csv_place_in_record(const struct record *record, size_t offset, uint64_t *line, uint64_t *column) {
    const char *text = record->raw.text;
    size_t begin = offset;
    while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r')
        begin--;
    *line = record->line + csv_count_lines(text, begin);
    *column = offset - begin + (begin == 0 ? record->column : 1);
}

void csv_damage_find(struct csv_outline *outline, const char *end, char delimiter, size_t cell_count, size_t columns,
                     struct record *record) {
    bool count_differs = cell_count != columns;
    if (!outline->unclosed && count_differs && outline->breaks > 0)
        csv_outline_walk(record->raw.text, end, delimiter, true, outline);
    if (outline->unclosed) {
        record->damage = DAMAGE_UNCLOSED_QUOTE;
        csv_place_in_record(record, outline->cell.begin, &record->damage_line, &record->damage_column);
        /* The line end that ends the input begins no further line. */
        if (outline->cell.open && outline->cell.breaks > 0 && csv_line_end(end - 1, 1, 0) > 0) record->last_line--;
    } else if (count_differs) {
        record->damage = cell_count < columns ? DAMAGE_CELLS_MISSING : DAMAGE_CELLS_EXTRA;
        record->damage_line = record->line;
        record->damage_column = record->column;
    }
}
