/* sheet_row.h: the row of a sheet at hand, made cell by cell, whoever reads them: expat's events (sheet_events.c) or the
 * scanner (sheet_scan.c). Private to workbook/sheet*.c. */
#ifndef WORKBOOK_SHEET_ROW_H
#define WORKBOOK_SHEET_ROW_H

#include "base/buffer.h"
#include "workbook/sheet.h"

#define ROW_LIMIT (16u << 20) /* bytes of text of one row */

/* What a cell element says. */
struct raw_cell {
    uint32_t column, style;
    char type; /* s shared, i inline, t text of a formula, b, e, n, d: the first letter of its t, but for these three */
    bool has_formula, has_value;
    bool is_lasting; /* the bytes of `value` stay until the row was taken: no copy is needed */
    struct view formula, value;
};

struct row_maker {
    const struct book *book; /* not owned */
    uint64_t number;         /* of the row at hand; 0 before the first */
    bool is_hidden;
    struct sheet_cell *cells; /* those that are not empty */
    size_t *places;           /* where their texts begin in `text`; SIZE_MAX: elsewhere, as the cell says */
    size_t count, cell_capacity, place_capacity;
    struct buffer text;
    uint32_t next_column;
    const char *refusal; /* why the content was refused */
};

void row_maker_free(struct row_maker *maker);
/* Begins a row with its attributes r (empty: the next row) and hidden. False: refused. */
bool row_maker_begin(struct row_maker *maker, struct view number, struct view hidden);
/* Begins a cell with its attributes r, t and s, each empty where there is none. False: refused. */
bool row_maker_begin_cell(struct row_maker *maker, struct view reference, struct view type, struct view style,
                          struct raw_cell *cell);
/* Adds the cell, unless it is empty. False: refused. */
bool row_maker_add(struct row_maker *maker, const struct raw_cell *cell);
/* The row is whole; valid until the next one begins. */
struct sheet_row row_maker_row(struct row_maker *maker);

#endif
