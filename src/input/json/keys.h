/* keys.h: the keys of an export's objects as a tree that grows with what is met, wanted or not.
 *
 * Records of one export have the same keys in the same order. So every key remembers how it was written and which one
 * came behind it; the next record is then read by comparing bytes with what is expected, which finds the key, proves
 * that it is valid and tells what is wanted of it at once. An expectation that fails costs only the usual way.
 *
 * What the expectation buys (measured as extract.h says): user time 6 % on T3n, 3 % on T3-full, nothing to be seen on T3;
 * 0.9 % of all instructions. */
#ifndef INPUT_JSON_KEYS_H
#define INPUT_JSON_KEYS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/view.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define JSON_KEY_NONE UINT32_MAX
#define JSON_KEY_ROOT 0u
#define JSON_KEY_WRITTEN 32 /* longest spelling that is remembered: quotes, colon and blanks included */

_Static_assert(JSON_KEY_WRITTEN == 8 * sizeof(uint32_t), "json_key_same has a bit for each byte");

struct json_key {
    char written[JSON_KEY_WRITTEN]; /* as it was written last, up to its value */
    uint32_t length;                /* of that; 0: not remembered */
    uint32_t behind;                /* which key came behind it, or JSON_KEY_NONE */
    uint32_t inside;                /* which key came first in the object that is its value */
    uint32_t element;               /* what stands for the elements of the list that is its value */
    uint32_t parent, next;          /* whose key it is; next in the same bucket */
    uint32_t place;                 /* of its step in the trail (trail.h), or JSON_KEY_NONE: it has none */
    bool is_wanted;                 /* a path ends here or leads through here */
    bool is_parent;                 /* a path leads through here */
    size_t cell;                    /* the path that ends here, or SIZE_MAX */
    uint64_t met;                   /* wanted: record in which it was met last */
    struct view name;               /* unescaped */
};

struct json_keys {
    struct json_key *keys; /* [JSON_KEY_ROOT] is the record itself */
    size_t count, capacity;
    uint32_t *buckets;
    struct arena *names;
};

void json_keys_start(struct json_keys *keys);
void json_keys_free(struct json_keys *keys);
/* The key `name` of `parent`; it is added if it is new and there is room, or `is_wanted`. Else JSON_KEY_NONE. */
uint32_t json_keys_get(struct json_keys *keys, uint32_t parent, struct view name, bool is_wanted);
/* What stands for the elements of the list that is the value of `key`; JSON_KEY_NONE when there is no room. */
uint32_t json_keys_element(struct json_keys *keys, uint32_t key);
/* Notes how `key` was written: `written` from its quote to its value. */
void json_keys_note(struct json_keys *keys, uint32_t key, struct view written);

/* Whether at `at`, where JSON_KEY_WRITTEN bytes are, stand the first `length` of as many at `bytes`. */
static inline bool json_key_same(const char *at, const char *bytes, size_t length) {
#ifdef __SSE2__
    const __m128i *text = (const __m128i *)(const void *)at, *known = (const __m128i *)(const void *)bytes;
    __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128(text), _mm_loadu_si128(known));
    __m128i high = _mm_cmpeq_epi8(_mm_loadu_si128(text + 1), _mm_loadu_si128(known + 1));
    uint32_t same = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
    return (~same & (UINT32_MAX >> (JSON_KEY_WRITTEN - length))) == 0;
#else
    return memcmp(at, bytes, length) == 0;
#endif
}

/* Whether the text, up to `end`, begins as `key` was written last. */
static inline bool json_key_is_ahead(const struct json_key *key, const char *at, const char *end) {
    if (key->length == 0) return false;
    if (end - at >= JSON_KEY_WRITTEN) return json_key_same(at, key->written, key->length);
    return (size_t)(end - at) >= key->length &&
           view_same_bytes(at, key->written, key->length); /* a record's last key */
}

#endif
