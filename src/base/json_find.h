/* json_find.h: JSON looked at where it lies, a value at a time. Every value keeps its own digits: no number becomes a
 * double, so money that was published or answered is compared as it was written. Each look scans from the start of its text;
 * what every row goes through has ways of its own (input/json/extract.h). */
#ifndef BASE_JSON_FIND_H
#define BASE_JSON_FIND_H

#include "base/buffer.h"
#include "base/json_scan.h"

/* Whether all of `text` is one valid value, with blanks around it. */
bool json_is_valid(struct view text);

/* A pass over the members of an object or the items of a list. Its text must stay unchanged. */
struct json_walk {
    struct json_scan scan; /* keeps the fault of a text that is broken */
    bool is_object;
    bool is_started, is_broken;
};

/* Begins at an object or list (blanks before it are fine); false if `text` is neither. */
bool json_walk_start(struct json_walk *walk, struct view text);
/* The next member: `key` is raw (with quotes; empty in lists, may be NULL), `value` raw without blanks around. False
 * behind the last and, with is_broken set, where the text is not JSON. */
bool json_walk_next(struct json_walk *walk, struct view *key, struct view *value);
/* Whether the walk came to its closing bracket and nothing but blanks stands behind that. */
bool json_walk_is_whole(const struct json_walk *walk);

/* The raw value of the first member with this key (compared unescaped); false if there is none or `object` is no object. */
bool json_find_key(struct view object, struct view key, struct view *value);
/* The value at a dotted path ("a.b.c") below a valid object. */
bool json_find_path(struct view object, struct view path, struct view *value);
/* Value number `index` (from 0) of a list. */
bool json_find_item(struct view list, size_t index, struct view *value);
/* Items of a list, members of an object; 0 for others. */
size_t json_count_members(struct view value);

/* What kind of value a raw value is, told by its first byte. */
static inline char json_first(struct view value) {
    return value.length > 0 ? value.text[0] : '\0';
}
static inline bool json_is_text(struct view value) {
    return json_first(value) == '"';
}
static inline bool json_is_object(struct view value) {
    return json_first(value) == '{';
}
static inline bool json_is_list(struct view value) {
    return json_first(value) == '[';
}
static inline bool json_is_null(struct view value) {
    return view_is(value, "null");
}
static inline bool json_is_number(struct view value) {
    char c = json_first(value);
    return c == '-' || (c >= '0' && c <= '9');
}

/* Appends what a raw value says: a text as json_unescape has it, others as written. */
void json_add_plain(struct buffer *out, struct view value);
/* Whether a raw value is a text that says exactly this. */
bool json_says(struct view value, const char *text);

#endif
