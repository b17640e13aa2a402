/* outline.c: where a record that is not plain ends, and what its quotes look like. */
#include "input/csv/outline.h"

bool csv_is_doubtful(struct view raw, char delimiter) {
    struct csv_walk cell = {0};
    bool is_open = false;
    for (size_t at = 0; !cell.last; at = cell.end + 1) {
        csv_walk_cell(raw.text, raw.length, at, delimiter, &cell);
        if (cell.quoted || cell.end == cell.begin) continue;
        if (is_open && raw.text[cell.end - 1] == '"') return true;
        is_open = is_open || csv_has_quote(raw.text + cell.begin, cell.end - cell.begin);
    }
    return false;
}

void csv_outline_walk(const char *text, const char *end, char delimiter, bool any, struct csv_outline *outline) {
    size_t length = (size_t)(end - text), at = 0;
    struct csv_walk cell, first = {0};
    bool stray = false;
    *outline = (struct csv_outline){0};
    for (;;) {
        csv_walk_cell(text, length, at, delimiter, &cell);
        outline->breaks += cell.breaks;
        outline->has_stray |= cell.stray;
        outline->has_padding |= cell.padded;
        outline->has_loose |= !cell.quoted && csv_has_quote(text + cell.begin, cell.end - cell.begin);
        if (cell.breaks > 0 && (first.breaks == 0 || (cell.stray && !stray))) {
            first = cell;
            stray = cell.stray;
        }
        if (cell.last) break;
        at = cell.end + 1;
    }
    outline->end = text + cell.end;
    outline->unclosed = cell.open || stray || (any && first.breaks > 0);
    outline->cell = cell.open ? cell : first;
}
