/* raw.h: JSON looked at where it lies, every value in its own digits: no number becomes a double, so money that
 * was published or answered is compared as it was written. */
#ifndef UPLOAD_RAW_H
#define UPLOAD_RAW_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/view.h"

#define RAW_DEEPEST 64 /* nested lists and objects; deeper text is not JSON to us */

/* Whether all of `text` is one JSON value (RFC 8259), with blanks around it. */
bool raw_is_valid(struct view text);

/* A pass over the members of an object or the items of a list. */
struct raw_walk {
    struct view rest;
    bool is_object;
    bool is_started, is_broken;
};

/* Begins at an object or list (blanks before it are fine); false if `text` is neither. */
bool raw_walk_start(struct raw_walk *walk, struct view text);
/* The next member: `key` is raw (with quotes; empty in lists, may be NULL), `value` raw without blanks around. False
 * behind the last and, with is_broken set, where the text is not JSON. */
bool raw_walk_next(struct raw_walk *walk, struct view *key, struct view *value);

/* The raw value of a member with this key (compared unescaped); false if there is none or the text is no object. */
bool raw_find(struct view object, const char *key, struct view *value);
bool raw_is_text(struct view value);
bool raw_is_object(struct view value);
bool raw_is_list(struct view value);
bool raw_is_null(struct view value);
/* true, false, and numbers. */
bool raw_is_number(struct view value);
/* Appends what the value says: texts unescaped (UTF-8; lone surrogates become U+FFFD), others as written. */
void raw_add_text(struct buffer *out, struct view value);
/* Whether a raw text says exactly this. */
bool raw_says(struct view value, const char *text);
/* Items of a list, members of an object; 0 for others. */
size_t raw_count(struct view value);

#endif
