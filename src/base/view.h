/* view.h: a piece of text that somebody else owns.
 *
 * Cells, labels and IDs are views into a block or its arena, so that nothing on the hot path is
 * copied or freed one by one. A view is not NUL-terminated. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
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

/* Same bytes. */
static inline bool view_equal(struct view left, struct view right) {
    return left.length == right.length && (left.length == 0 || memcmp(left.text, right.text, left.length) == 0);
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
struct view view_trim(struct view view);

/* Whether `view` begins with the NUL-terminated `prefix`. */
bool view_starts_with(struct view view, const char *prefix);

/* Bytes of the valid UTF-8 character (RFC 3629) with which the text begins, 1 to 4; 0 if there is none. */
size_t view_character(struct view view);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case ignored: for
 * "did you mean". Texts beyond 64 bytes are compared by their first 64. */
size_t view_distance(struct view left, struct view right);

#endif
