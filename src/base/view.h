/* view.h: a piece of text that somebody else owns.
 *
 * Cells, labels and IDs are views into a block or its arena, so that nothing on the hot path is
 * copied or freed one by one. A view is not NUL-terminated. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct view {
    const char *text; /* may be NULL when length is 0 */
    size_t length;    /* bytes */
};

_Static_assert(CHAR_BIT == 8, "offsets and lengths are bytes of eight bits");
_Static_assert(sizeof(int) >= 4, "printf takes lengths of cells as int");

/* For printf: printf("%.*s", VIEW_ARGS(view)). */
#define VIEW_ARGS(view) ((int)(view).length), ((view).text ? (view).text : "")

/* The view of a NUL-terminated text (NULL gives the empty view). The caller keeps the text alive. */
static inline struct view view_of(const char *text) {
    struct view result = {text, text ? strlen(text) : 0};
    return result;
}

/* The view of `length` bytes at `text`. */
static inline struct view view_from(const char *text, size_t length) {
    struct view result = {text, length};
    return result;
}

/* Up to 16 bytes as two words, which may overlap; all bytes of the text are in them, and nothing but zeros besides. */
static inline void view_load_short(const char *text, size_t length, uint64_t *low, uint64_t *high) {
    if (length >= 8) {
        memcpy(low, text, 8);
        memcpy(high, text + length - 8, 8);
    } else if (length >= 4) {
        uint32_t words[2];
        memcpy(&words[0], text, 4);
        memcpy(&words[1], text + length - 4, 4);
        *low = words[0];
        *high = words[1];
    } else if (length > 0) {
        *low = (uint64_t)(unsigned char)text[0] << 16 | (uint64_t)(unsigned char)text[length / 2] << 8 |
               (unsigned char)text[length - 1];
        *high = 0;
    } else {
        *low = *high = 0;
    }
}

/* memcpy that needs no call for the short texts most cells are: two stores that may overlap. */
static inline void view_copy_bytes(char *to, const char *from, size_t length) {
    if (length > 16) {
        memcpy(to, from, length);
    } else if (length >= 8) {
        uint64_t words[2];
        memcpy(&words[0], from, 8);
        memcpy(&words[1], from + length - 8, 8);
        memcpy(to, &words[0], 8);
        memcpy(to + length - 8, &words[1], 8);
    } else if (length >= 4) {
        uint32_t words[2];
        memcpy(&words[0], from, 4);
        memcpy(&words[1], from + length - 4, 4);
        memcpy(to, &words[0], 4);
        memcpy(to + length - 4, &words[1], 4);
    } else {
        for (size_t i = 0; i < length; i++)
            to[i] = from[i];
    }
}

/* Same `length` bytes. Cells are mostly shorter than 17 bytes, and for those two loads that may overlap are faster than
 * a call of memcmp. */
static inline bool view_same_bytes(const char *left, const char *right, size_t length) {
    if (length > 16) return memcmp(left, right, length) == 0;
    uint64_t low[2], high[2];
    view_load_short(left, length, &low[0], &high[0]);
    view_load_short(right, length, &low[1], &high[1]);
    return ((low[0] ^ low[1]) | (high[0] ^ high[1])) == 0;
}

/* The same without a call up to 32 bytes, for dates with times and for keys. */
static inline bool view_same_bytes_32(const char *left, const char *right, size_t length) {
    if (length <= 16 || length > 32) return view_same_bytes(left, right, length);
    return view_same_bytes(left, right, 16) && view_same_bytes(left + length - 16, right + length - 16, 16);
}

/* Same bytes. */
static inline bool view_equal(struct view left, struct view right) {
    return left.length == right.length && view_same_bytes(left.text, right.text, left.length);
}

/* Same bytes as a NUL-terminated text. */
static inline bool view_is(struct view view, const char *text) {
    return view_equal(view, view_of(text));
}

/* An ASCII letter in lower case, whatever the locale; any other byte as it is. */
static inline char view_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Same text without regard to the case of ASCII letters, whatever the locale. */
bool view_equal_fold(struct view left, struct view right);

/* Byte order; a shorter text comes before a longer one that begins with it. <0, 0, >0. */
int view_compare(struct view left, struct view right);

/* Without blanks at both ends: space, tab, CR, LF and the no-break space U+00A0 in UTF-8, which
 * ServiceTitan's names carry (schemas/servicetitan.md, "How values are written"). */
struct view view_trim_slowly(struct view view);
/* Whether a text that is not empty has nothing to trim, as neither end can be, or end, one of the blanks: nearly always. */
static inline bool view_is_trimmed(struct view view) {
    unsigned char first = (unsigned char)view.text[0], last = (unsigned char)view.text[view.length - 1];
    return first > ' ' && last > ' ' && first != 0xc2 && last != 0xa0;
}
static inline struct view view_trim(struct view view) {
    return view.length == 0 || view_is_trimmed(view) ? view : view_trim_slowly(view);
}

/* Whether `view` begins with the NUL-terminated `prefix`. */
bool view_starts_with(struct view view, const char *prefix);
/* The same without regard to the case of ASCII letters. */
bool view_starts_with_fold(struct view view, const char *prefix);

/* Where the NUL-terminated `part` is first within `view`, and the same without regard to the case of ASCII letters; SIZE_MAX
 * where it is not. An empty part is at 0. */
size_t view_find(struct view view, const char *part);
size_t view_find_fold(struct view view, const char *part);

/* Takes off the text before the first `end`, and that character itself; all, where there is none. */
struct view view_take_until(struct view *rest, char end);

/* The file's own name, a part of `path`: what comes after its last '/'. NULL gives NULL. */
const char *view_file_name(const char *path);

/* Bytes of the valid UTF-8 character (RFC 3629) with which the text begins, 1 to 4; 0 if there is none. */
size_t view_character(struct view view);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case ignored: for
 * "did you mean". Texts beyond VIEW_DISTANCE_LIMIT bytes are compared by their first so many. */
#define VIEW_DISTANCE_LIMIT 64
size_t view_distance(struct view left, struct view right);
/* The same where it is `most` or less, else SIZE_MAX: stops as soon as that is clear. */
size_t view_distance_within(struct view left, struct view right, size_t most);

#endif
