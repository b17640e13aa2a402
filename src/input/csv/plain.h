/* plain.h: the fast way through a CSV record. Private to reader.c and convert/recount.c. */
#ifndef INPUT_CSV_PLAIN_H
#define INPUT_CSV_PLAIN_H

#include "base/arena.h"
#include "input/csv/marks.h"
#include "input/record.h"

/* A record that was cut in place. */
struct csv_plain {
    const char *end;   /* behind its last byte, before the line end */
    size_t cell_count; /* at least 1 */
    size_t breaks;     /* line ends in its cells */
    bool has_loose;    /* a quote stands in an unquoted cell */
    bool is_shortest;  /* quotes stand only where a comma, quote or line end asks for them */
};

/* Cuts the record that begins at `at` (before `end`, the end of the block) into `cells`, which has room for `room`. Texts
 * point into the block; those of cells with doubled quotes are copies without the doubling in `arena`. False if the
 * record is not plain: a quoted cell that does not close properly or has blanks round its quotes (the quote rule of
 * scan.h), or more cells. The
 * marks go along from record to record of one block; for another block their `base` has to be NULL. */
bool csv_plain_cut(struct csv_marks *marks, const char *at, const char *end, char delimiter, struct cell *cells,
                   size_t room, struct arena *arena, struct csv_plain *found);

#endif
