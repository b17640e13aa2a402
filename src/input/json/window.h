/* window.h: the part of a source that is in memory, and the place in it.
 *
 * What it buys that a block goes with its buffer in place of a copy (measured as extract.h says): user time 7 % on T3, 6 %
 * on T3n, nothing to be seen on T3-full and on report answers; 0.9 % of all instructions. */
#ifndef INPUT_JSON_WINDOW_H
#define INPUT_JSON_WINDOW_H

#include <inttypes.h>

#include "base/buffer.h"
#include "base/error.h"
#include "input/json/cut.h"
#include "input/source/source.h"

struct json_window {
    struct source *source;
    struct buffer bytes;
    size_t at;                     /* index in bytes */
    bool ended;                    /* the source has no more */
    struct json_position position; /* of `at` */
};

/* Empties the window for a source that stands at its first byte. */
void json_window_reset(struct json_window *window);
/* Reads until `wanted` bytes are ahead or the source ends. */
bool json_window_fill(struct json_window *window, size_t wanted, struct error *error);
/* The bytes ahead. Valid until the next fill. */
static inline const char *json_window_start(const struct json_window *window) {
    return window->bytes.text + window->at;
}
static inline const char *json_window_end(const struct json_window *window) {
    return window->bytes.text + window->bytes.length;
}
/* Moves on to `to`, which lies in the window. */
void json_window_move(struct json_window *window, const char *to);
/* Moves on to `end`, which lies in the window; the bytes up to there become those of `to`. `place` is that of `end`, or
 * NULL: it is found. */
void json_window_give(struct json_window *window, const char *end, const struct json_position *place,
                      struct buffer *to);
/* Steps over blanks; `*c` is the byte ahead, or -1 at the end of the source. */
bool json_window_ahead(struct json_window *window, int *c, struct error *error);
/* Fills until the whole value ahead is in the window; `*end` is where it ends, or NULL where it is larger than `limit`.
 * Cut off, or with `limit` 0 larger than BLOCK_RECORD_LIMIT: EXIT_CANNOT_READ, in which it is called `what`. */
bool json_window_value(struct json_window *window, const char *what, size_t limit, const char **end,
                       struct error *error);

/* EXIT_CANNOT_READ at the present place: "NAME:LINE:COLUMN: WHAT", with the advice for damaged files. */
bool json_window_damaged(const struct json_window *window, const char *what, struct error *error);
/* The same for a text that ends inside `what`, which begins at the present place. */
bool json_window_cut_off(const struct json_window *window, const char *what, struct error *error);
/* The same for `what` being larger than BLOCK_RECORD_LIMIT. */
bool json_window_too_large(const struct json_window *window, const char *what, struct error *error);

#endif
