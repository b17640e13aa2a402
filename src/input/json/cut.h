/* cut.h: where an element ends and which line it is on, as fast as the bytes come: brackets are
 * counted and strings stepped over, nothing is validated (that is the reader's work, in parallel). */
#ifndef INPUT_JSON_CUT_H
#define INPUT_JSON_CUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* A place in the text, both from 1, in bytes. CRLF, LF and a lone CR end a line. */
struct json_position {
    uint64_t line, column;
    bool after_return; /* the last byte was CR: a LF now belongs to it */
};

static inline struct json_position json_position_at(uint64_t line, uint64_t column) {
    struct json_position position = {line, column, false};
    return position;
}
/* Moves `position` over the bytes from `at` to `end`. */
void json_position_advance(struct json_position *position, const char *at, const char *end);

/* The first byte from `at` on that is no blank, or `end`. */
static inline const char *json_skip_blanks(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) {
        at++;
    }
    return at;
}

/* The same, over byte order marks and Ctrl-Z too: what is between two texts that were joined into one file. */
const char *json_skip_joints(const char *at, const char *end);

/* Behind the element that begins at `at` (at < end, no blank, no comma, no closing bracket): objects and
 * lists by counting brackets outside of strings, whatever their kind; strings to their quote; other
 * things to the next comma, bracket, quote, colon or blank. NULL: the text ends before the element does;
 * `final` says that no more text comes, which ends a bare word or number too. */
const char *json_element_end(const char *at, const char *end, bool final);

#endif
