/* row.c: one strict pass over the list that is a row of a report. */
#include "base/memory.h"
#include "input/json/extract.h"
#include "input/json/value.h"

struct cell *json_row_add(struct json_row *row) {
    void *cells = row->cells;
    memory_grow(&cells, &row->capacity, row->count + 1, sizeof *row->cells);
    row->cells = cells;
    memset(&row->cells[row->count], 0, sizeof *row->cells);
    return &row->cells[row->count++];
}

/* At a value: steps over it and makes it a cell. */
static inline bool take_cell(struct json_scan *scan, struct arena *arena, struct cell *cell) {
    const char *start = scan->at;
    bool escaped = false;
    if (start == scan->end) return false;
    if (*start == '{' || *start == '[') {
        if (!json_scan_value(scan, 1)) return false;
    } else {
        const char *behind = json_value_end(NULL, start, scan->end, &escaped);
        if (!behind) return false;
        scan->at = behind;
    }
    json_fill_cell(cell, start, scan->at, escaped, arena);
    return true;
}

bool json_row_read(struct json_row *row, struct json_scan *scan, struct arena *arena) {
    row->count = 0;
    scan->at++;
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) == ']') {
        scan->at++;
        return true;
    }
    for (;;) {
        if (!take_cell(scan, arena, json_row_add(row))) return false;
        json_scan_blanks(scan);
        char c = json_scan_ahead(scan);
        if (c != ',' && c != ']') return false;
        scan->at++;
        if (c == ']') return true;
        json_scan_blanks(scan);
    }
}
