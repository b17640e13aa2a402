/* trail.h: what stands between one plain value of a record and the next, as it was in the records before.
 *
 * The records of an export are alike: between two values that change stand the same bytes, a comma, a key and a colon
 * mostly, perhaps with the end or the begin of an object. A step of the trail is such bytes with what they mean. Where
 * the same bytes come again in the same object, they mean the same: one comparison stands for a look at each of them.
 * A step that fits no more costs only the usual way (extract.c), which notes it anew. Private to extract.c.
 *
 * What it buys (measured as extract.h says): user time 7 % on T3, 13 % on T3n, 6 % on T3-full; 3.6 % of all instructions. */
#ifndef INPUT_JSON_TRAIL_H
#define INPUT_JSON_TRAIL_H

#include "input/json/keys.h"

#define JSON_STEP_BYTES JSON_KEY_WRITTEN /* longest that is noted */

_Static_assert(JSON_STEP_BYTES <= UINT8_MAX, "lengths and marks of a step are bytes");

struct json_step {
    char bytes[JSON_STEP_BYTES]; /* from the end of the value before to the value */
    uint32_t before;             /* key of the object in which the bytes begin; JSON_KEY_NONE: nothing is noted */
    uint32_t opened;             /* key of the object that begins among them, or JSON_KEY_NONE */
    uint32_t object;             /* key of the object in which the value stands */
    uint32_t key;                /* of the value */
    uint32_t cell;               /* of the value, or UINT32_MAX */
    unsigned char length, marks; /* bytes, and those of them that are marks (marks.h) */
    bool closes;                 /* the object in which the bytes begin ends among them */
    bool is_wanted;              /* `key` or `opened` is on the way to a wanted value */
};

struct json_trail {
    struct json_step
        *steps; /* one for each key that had a plain value, in the order of their first; one more with nothing */
    size_t count, capacity;
};

void json_trail_start(struct json_trail *trail);
void json_trail_free(struct json_trail *trail);
/* The step of the key, which gets one if it has none. Valid until the next call. */
struct json_step *json_trail_step(struct json_trail *trail, struct json_keys *keys, uint32_t key);
/* Notes what came before the value of `key`: `bytes`, with which the object `before` went on, or ended if `closes`; then
 * the object `opened` began, if any. What cannot be noted is left as it was. */
void json_trail_note(struct json_step *step, const struct json_keys *keys, struct view bytes, uint32_t before,
                     bool closes, uint32_t opened, uint32_t key);

/* Whether the bytes of the step come at `at`; JSON_STEP_BYTES must be there. */
static inline bool json_step_is_ahead(const struct json_step *step, const char *at) {
    return json_key_same(at, step->bytes, step->length);
}

#endif
