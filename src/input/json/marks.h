/* marks.h: where the bytes are at which a JSON string stops being plain: quotes, backslashes and control characters.
 * Private to extract.c.
 *
 * They are looked for in one go over some kibibytes, by the widest vectors the processor has, and noted as a list. Where
 * a string ends is then read off the list, which needs no waiting for where the value before it ended: the processor
 * works on several strings at once.
 *
 * What the list buys (measured as extract.h says): user time 4 % on T3n, 1 % on T3 and T3-full, for 1.4 % more
 * instructions. */
#ifndef INPUT_JSON_MARKS_H
#define INPUT_JSON_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define JSON_MARKS_SPAN 4096         /* bytes looked at in one go */
#define JSON_MARKS_MORE 64           /* room behind the last place, which is written over */
#define JSON_MARKS_AHEAD 40          /* so many places behind the last one are JSON_MARKS_BEHIND */
#define JSON_MARKS_BEHIND UINT16_MAX /* no place */

_Static_assert(JSON_MARKS_SPAN <= JSON_MARKS_BEHIND, "places are 16 bits, and none is the one behind");
_Static_assert(JSON_MARKS_AHEAD <= JSON_MARKS_MORE, "what stands behind the last place has room");

struct json_marks;
typedef void json_marks_looker(struct json_marks *marks, const char *at, const char *end);

/* All zero: nothing may be looked at. */
struct json_marks {
    const char *start, *end;   /* the text that may be looked at: it stays as it is until json_marks_start */
    const char *base;          /* of the places; NULL: nothing looked at */
    size_t count;              /* of them */
    size_t next;               /* the first of them that may be wanted still */
    json_marks_looker *looker; /* chosen for the processor; NULL at first */
    uint16_t places[JSON_MARKS_SPAN + JSON_MARKS_MORE]; /* rising */
};

/* Forgets what it knows and begins with `text`, which must stay unchanged as long as it is asked about. */
void json_marks_start(struct json_marks *marks, struct view text);

/* Looks at the bytes from `at` on, at most JSON_MARKS_SPAN and not beyond `end`. */
json_marks_looker json_marks_look;

/* The same by vectors of a width (base/processor.h), for tests; what the processor must have, it must have. */
json_marks_looker json_marks_look_16, json_marks_look_32, json_marks_look_64;

/* Whether `at` has been looked at. */
static inline bool json_marks_know(const struct json_marks *marks, const char *at) {
    return marks->base && at >= marks->base && (size_t)(at - marks->base) < JSON_MARKS_SPAN;
}

/* Moves `next` to the first mark from `at` on, which has been looked at. */
static inline void json_marks_move(struct json_marks *marks, const char *at) {
    size_t place = (size_t)(at - marks->base);
    while (marks->places[marks->next] < place)
        marks->next++;
}

/* Makes the list anew, from `at` on; false: `at` is no part of the text. */
bool json_marks_renew(struct json_marks *marks, const char *at);

/* The marks from `at` on; NULL: `at` is no part of the text. Whoever asks goes forward. */
static inline const uint16_t *json_marks_from(struct json_marks *marks, const char *at) {
    if (json_marks_know(marks, at)) json_marks_move(marks, at);
    bool is_over = !json_marks_know(marks, at) || marks->places[marks->next] == JSON_MARKS_BEHIND;
    return is_over && !json_marks_renew(marks, at) ? NULL : marks->places + marks->next;
}

/* The first quote, backslash or control character behind the quote at `quote`; NULL: not known, because that is farther
 * than one look goes or the quote is no part of the text. Whoever asks goes forward. */
static inline const char *json_marks_behind(struct json_marks *marks, const char *quote) {
    const uint16_t *places = json_marks_from(marks, quote);
    if (places && places[1] == JSON_MARKS_BEHIND) places = json_marks_renew(marks, quote) ? marks->places : NULL;
    return places && places[1] != JSON_MARKS_BEHIND ? marks->base + places[1] : NULL;
}

#endif
