/* record.h: one row or object as cells, whatever the format was. */
#ifndef INPUT_RECORD_H
#define INPUT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

enum cell_kind {
    CELL_ABSENT,  /* JSON key not there, CSV row too short */
    CELL_NULL,    /* JSON null */
    CELL_TEXT,    /* CSV cell (may be empty), JSON string (unescaped) */
    CELL_NUMBER,  /* JSON number, its digits as written */
    CELL_BOOLEAN, /* JSON true or false, as those words */
    CELL_LIST,    /* JSON list of plain values, joined by ", " */
    CELL_NESTED   /* other JSON list or object, its text as written */
};

struct cell {
    struct view text; /* empty for ABSENT and NULL; points into the block or the reader's arena */
    enum cell_kind kind;
    bool is_plain; /* CSV: no comma, quote or line end is in it, as the cutter has seen anyway; false: unknown */
};

enum record_kind {
    RECORD_DATA,
    RECORD_BLANK,  /* CSV: an empty line, or a row whose cells are all empty (",,,") */
    RECORD_HEADER, /* CSV: the header again, as where files were joined */
    RECORD_FOOTER, /* CSV: a line of the report, such as "Generated on 11/01/2025" */
    RECORD_GROUP,  /* CSV: a group row such as "Business Unit: HVAC" */
    RECORD_EMPTY   /* JSON: the list whose elements are the records is empty, null or missing */
};

enum record_damage {
    DAMAGE_NONE,
    DAMAGE_CELLS_MISSING,  /* CSV: fewer cells than the header; the missing ones are CELL_ABSENT */
    DAMAGE_CELLS_EXTRA,    /* CSV: more */
    DAMAGE_UNCLOSED_QUOTE, /* CSV: a quoted cell that swallowed lines: see damage_line/column and last_line */
    DAMAGE_NOT_JSON,       /* JSON: the record is not valid; damage_text says why and where */
    DAMAGE_NOT_OBJECT,     /* JSON: an element that is no object (or, in a report answer, no list) */
    DAMAGE_TOO_LARGE       /* longer than the limit (--max-cell): raw has only its begin, cells those that end there */
};

struct record {
    enum record_kind kind;
    struct cell *cells;    /* CSV and report answers: in the order of the file's columns; objects: of the bound
                               paths. cell_count of them; valid until the next record_reader_start */
    size_t cell_count;     /* at least the number of columns; extra CSV cells come behind */
    size_t original_count; /* cells the row really had */
    struct view raw;       /* its bytes without terminator; JSON: of a record that was a text, as opened (json/singer.h) */
    bool is_shortest; /* CSV: raw is the cells' texts with commas between, and quotes only where a comma, quote or line
                              end asks for them: no other cells have these bytes */
    bool
        is_doubtful; /* CSV: a quote stands in a quoted cell that neither closes it nor is doubled, or opens in the middle
                              of one cell and closes a later one: perhaps the cells were to be others */
    bool has_padding;      /* CSV: blanks that are no part of the cell stand round the quotes of one */
    struct view element;   /* JSON: the element of a list that is the record (paths with "[*]"), within raw; or empty */
    uint64_t item;         /* its number in the list, from 1; 0 where there is none */
    uint64_t row;          /* see block.first_row */
    uint64_t line, column; /* where it (the element) begins, from 1 */
    uint64_t raw_line, raw_column; /* JSON: where raw begins */
    uint64_t last_line;            /* where it ends */
    enum record_damage damage;
    uint64_t damage_line, damage_column;
    struct view damage_text; /* in a user's words, may be empty */
};

#endif
