/* cut.h: finding record boundaries in bytes that come in pieces. Private to input.c and head.c. */
#ifndef INPUT_CSV_CUT_H
#define INPUT_CSV_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "input/csv/marks.h"

/* All zero but `delimiter` = nothing scanned yet. The text scanned begins at the begin of a record and may grow at
 * its end from scan to scan. */
struct csv_cut {
    char delimiter;
    size_t position; /* where the next scan goes on */
    bool quoted;     /* inside a quoted cell there */
    bool has_odd;    /* a byte is beyond ASCII, or zero */
    size_t lines;    /* line ends so far: CRLF, LF or lone CR */
    size_t rows;     /* of them, those outside quoted cells */
    /* behind the last line end outside quoted cells, what came before it */
    size_t boundary, boundary_lines, boundary_rows;
    struct csv_marks marks;
};

/* Forgets what was scanned, keeps the delimiter. */
void csv_cut_restart(struct csv_cut *cut);
/* Goes on to the end of `text`; `at_end`: no more will come, and all is whole. Afterwards `boundary` is the offset behind
 * the last whole record of what was scanned, 0 if there is none. */
void csv_cut_scan(struct csv_cut *cut, const char *text, size_t length, bool at_end);

#endif
