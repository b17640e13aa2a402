/* row_key.h: what a row is known by where its ID does not do: all its cells with their labels. The same row of a later
 * export has the same key, wherever it stands and in whatever order its columns are. */
#ifndef FIXES_ROW_KEY_H
#define FIXES_ROW_KEY_H

#include "base/buffer.h"

#define ROW_KEY_PREFIX "row:"

/* The share of one cell; the key of a row is the sum over its cells. Empty cells do not count. */
uint64_t row_key_cell(struct view label, struct view text);
/* Appends "row:0123456789abcdef". */
void row_key_print(struct buffer *out, uint64_t key);
/* Whether `text` is such a key; then into `key`. */
bool row_key_read(struct view text, uint64_t *key);

#endif
