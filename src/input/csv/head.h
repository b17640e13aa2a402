/* head.h: what the first rows of a CSV file show: delimiter, title lines, header, line ends, group rows.
 * Private to input.c. */
#ifndef INPUT_CSV_HEAD_H
#define INPUT_CSV_HEAD_H

#include "base/arena.h"
#include "base/error.h"
#include "input/facts.h"
#include "input/source/source.h"

#define CSV_HEAD_BYTES (256u << 10) /* looked at */
#define CSV_HEAD_HEADER_ROWS 50     /* the header is one of the first so many rows */
#define CSV_HEAD_ROWS 120           /* rows read to know what the rows below a header look like */

/* Where the records begin. */
struct csv_head {
    size_t length; /* bytes of title lines and header, line ends included */
    uint64_t row, line;
};

/* Fills the CSV facts from `head`, the first bytes of the text (`whole`: all of it); texts come from `arena`.
 * `facts->path` must be set. EXIT_CANNOT_READ: not text, or no header with two columns and more (a single column
 * is accepted only if a delimiter was given). EXIT_WRONG_USE: a delimiter that cannot be one. */
bool csv_head_read(struct view head, bool whole, const struct input_options *options, struct arena *arena,
                   struct input_facts *facts, struct csv_head *result, struct error *error);

#endif
