/* large.h: records beyond --max-cell: stepped over as they are read, never held. What stays is their begin (LARGE_KEPT
 * bytes, for the ID that mostly stands there), their length and their lines. Private to csv/input.c and json/input.c. */
#ifndef INPUT_SOURCE_LARGE_H
#define INPUT_SOURCE_LARGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define LARGE_KEPT 1000

/* A record gone through piece by piece; begin with large_csv or large_json. */
struct large {
    enum { LARGE_CSV, LARGE_LINE, LARGE_ELEMENT } kind;
    char delimiter;  /* CSV; LARGE_LINE: what ends the line */
    unsigned state;  /* of the quotes */
    size_t depth;    /* of brackets */
    uint64_t length; /* bytes so far, the line end not counted */
    uint64_t breaks; /* line ends inside so far */
    bool after_return, ended;
};

struct large large_csv(char delimiter);
/* A line of its own, up to `line_end`, or an element of a list, up to its last bracket. */
struct large large_json(bool is_line, char line_end);
/* Goes over `piece`; returns how many of its bytes belong to the record, its line end included (CSV and lines). When that
 * is all of them, the record may go on, unless `large->ended`. */
size_t large_take(struct large *large, struct view piece);

#endif
