/* sheet.h: the rows of a sheet, one after the other, in bounded memory. */
#ifndef WORKBOOK_SHEET_H
#define WORKBOOK_SHEET_H

#include "workbook/book.h"

#define SHEET_COLUMN_LIMIT 16384u
#define SHEET_ROW_LIMIT 1048576u

enum sheet_cell_kind {
    SHEET_TEXT,    /* text as it is */
    SHEET_NUMBER,  /* text: the number as written in the file; style says what it means */
    SHEET_BOOLEAN, /* text: TRUE or FALSE */
    SHEET_ERROR    /* text: #N/A, or NOTHING_NO_RESULT for a formula without a result: its source is nobody's data */
};

struct sheet_cell {
    uint32_t column; /* from 0 */
    uint32_t style;
    enum sheet_cell_kind kind;
    bool is_formula;
    struct view text; /* not empty */
};

struct sheet_row {
    uint64_t number; /* from 1 */
    bool is_hidden;
    struct sheet_cell *cells; /* those that are not empty, in order of their columns */
    size_t count;
};

struct sheet;

/* Begins with the first row. Free: sheet_close. The book must outlive it. */
bool sheet_open(struct book *book, size_t index, struct sheet **sheet, struct error *error);
void sheet_close(struct sheet *sheet); /* NULL is fine */
/* For tests, before the first row: expat reads all of it. Same rows, more slowly. */
void sheet_only_expat(struct sheet *sheet);
/* The next row that has cells; `*end` true: there is none. `row` is valid until the next call. Errors: damaged XML or
 * zip, a cell or row beyond the format's limits, rows out of order. */
bool sheet_next(struct sheet *sheet, struct sheet_row *row, bool *end, struct error *error);
/* The text of a cell as it counts for us: numbers as their format means them, the rest as it is. Appended. */
void sheet_cell_print(const struct book *book, const struct sheet_cell *cell, struct buffer *out);
/* Unpacked bytes read so far, of book_part_size. */
uint64_t sheet_bytes(const struct sheet *sheet);

/* "AB12" as column (from 0) and row (from 1); false if it is no such reference. */
bool sheet_reference(struct view text, uint32_t *column, uint64_t *row);
/* Appends the letters of a column: 0 is A. */
void sheet_print_column(struct buffer *out, uint64_t column);

#endif
