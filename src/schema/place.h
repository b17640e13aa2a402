/* place.h: where in a JSON text something stands, so that a message can name its line.
 *
 * cJSON forgets positions. These functions walk a text that cJSON has already accepted, with all that the
 * scanner of base/ does not take (control characters in texts, numbers such as 01); offsets are bytes from the start, SIZE_MAX says "not there". */
#ifndef SCHEMA_PLACE_H
#define SCHEMA_PLACE_H

#include <stddef.h>

#include "base/view.h"

/* Overwrites // comments and control characters outside strings with blanks; lines and offsets stay. */
void place_blank_comments(char *text, size_t length);
/* Offset of the first byte at or after `offset` that is no JSON blank. */
size_t place_skip_blanks(struct view text, size_t offset);
/* Offset of the n-th entry (from 0) of the list or object that begins at `container`: of the value in a
 * list, of the key in an object. */
size_t place_entry(struct view text, size_t container, size_t number);
/* Offset of the entry behind the one at `entry`, in a list. */
size_t place_next_item(struct view text, size_t entry);
/* Offset of the value whose key is at `key`. */
size_t place_value(struct view text, size_t key);
/* Line of a byte, from 1; a lone CR does not count. SIZE_MAX gives 1. */
unsigned place_line(struct view text, size_t offset);

#endif
