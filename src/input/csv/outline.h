/* outline.h: what is found out about a record while its cells are cut. */
#ifndef ST2PLECTO_INPUT_CSV_OUTLINE_H
#define ST2PLECTO_INPUT_CSV_OUTLINE_H

#include <string.h>

#include "base/view.h"
#include "input/csv/scan.h"

/* What was found out about a record while its cells were cut. */
struct csv_outline {
    const char *end;      /* behind its last byte, before the line end */
    size_t breaks;        /* line ends in its cells */
    bool is_shortest;     /* see plain.h */
    bool has_loose;       /* see plain.h */
    bool has_padding;     /* blanks stand round the quotes of a cell */
    bool has_stray;       /* in a quoted cell a quote stands that neither closes nor is doubled */
    bool unclosed;        /* a quoted cell is not closed, or holds line ends and a stray quote */
    struct csv_walk cell; /* that cell */
};

static inline bool csv_has_quote(const char *text, size_t length) {
    return length > 0 && memchr(text, '"', length) != NULL;
}

/* Whether an unquoted cell of the record `raw` has a quote, and a later one ends with one: 1,note "a, b",2. */
bool csv_is_doubtful(struct view raw, char delimiter);

/* Walks over the record at `text`, which ends before `end`, for its end and for a cell that shows an unclosed quote: the
 * one open at the end of the input, else the first with line ends and a stray quote, else (asked for by `any`) the first
 * with line ends. Fills all of `outline` but is_shortest. */
void csv_outline_walk(const char *text, const char *end, char delimiter, bool any, struct csv_outline *outline);

#endif
