/* view.h: a piece of text that somebody else owns.
 *
 * Cells, labels and IDs are views into a block or its arena, so that nothing on the hot path is
 * copied or freed one by one. A view is not NUL-terminated. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct view {
    const char *text; /* may be NULL when length is 0 */
    size_t length;    /* bytes */
};

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

/* Same `length` bytes. Cells are mostly shorter than 17 bytes, and for those two loads that may overlap are faster than
 * a call of memcmp. */
static inline bool view_same_bytes(const char *left, const char *right, size_t length) {
    if (length > 16) return memcmp(left, right, length) == 0;
    if (length >= 8) {
        uint64_t words[4];
        memcpy(&words[0], left, 8);
        memcpy(&words[1], right, 8);
        memcpy(&words[2], left + length - 8, 8);
        memcpy(&words[3], right + length - 8, 8);
        return ((words[0] ^ words[1]) | (words[2] ^ words[3])) == 0;
    }
    if (length >= 4) {
        uint32_t words[4];
        memcpy(&words[0], left, 4);
        memcpy(&words[1], right, 4);
        memcpy(&words[2], left + length - 4, 4);
        memcpy(&words[3], right + length - 4, 4);
        return ((words[0] ^ words[1]) | (words[2] ^ words[3])) == 0;
    }
    for (size_t i = 0; i < length; i++)
        if (left[i] != right[i]) return false;
    return true;
}

/* Same bytes. */
static inline bool view_equal(struct view left, struct view right) {
    return left.length == right.length && view_same_bytes(left.text, right.text, left.length);
}

/* Same bytes as a NUL-terminated text. */
static inline bool view_is(struct view view, const char *text) {
    return view_equal(view, view_of(text));
}

/* Same text without regard to the case of ASCII letters, whatever the locale. */
bool view_equal_fold(struct view left, struct view right);

/* Byte order; a shorter text comes before a longer one that begins with it. <0, 0, >0. */
int view_compare(struct view left, struct view right);

/* Without blanks at both ends: space, tab, CR, LF and the no-break space U+00A0 in UTF-8, which
 * ServiceTitan's names carry (servicetitan.md section 4). */
struct view view_trim_slowly(struct view view);
static inline struct view view_trim(struct view view) {
    if (view.length == 0) return view;
    /* nothing to do where neither end can be, or end, one of the blanks: nearly always */
    unsigned char first = (unsigned char)view.text[0], last = (unsigned char)view.text[view.length - 1];
    return first > ' ' && last > ' ' && first != 0xc2 && last != 0xa0 ? view : view_trim_slowly(view);
}

/* Whether `view` begins with the NUL-terminated `prefix`. */
bool view_starts_with(struct view view, const char *prefix);

/* Bytes of the valid UTF-8 character (RFC 3629) with which the text begins, 1 to 4; 0 if there is none. */
size_t view_character(struct view view);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case ignored: for
 * "did you mean". Texts beyond 64 bytes are compared by their first 64. */
size_t view_distance(struct view left, struct view right);

#endif
