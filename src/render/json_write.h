/* json_write.h: JSON written a key at a time, for all that programs read and a person may look at in a terminal.
 * Strings hold exactly what they are given; characters that no terminal should get (base/plain.h) are \u escapes. */
#ifndef RENDER_JSON_WRITE_H
#define RENDER_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "values/decimal.h"

/* A JSON string with its quotes; bytes that are no UTF-8 become U+FFFD. */
void json_string(struct buffer *out, struct view text);
/* JSON text as it stands but for hidden characters, which become \u escapes: the same values, safe to show. */
void json_shown(struct buffer *out, struct view json);
/* A key (with the comma before it, if one is due), and a key with its value. NULL text is null. */
void json_key(struct buffer *out, const char *key);
void json_text(struct buffer *out, const char *key, const char *text);
void json_count(struct buffer *out, const char *key, uint64_t count);
void json_flag(struct buffer *out, const char *key, bool flag);
/* Ten-thousandths as decimal text, at least two places. */
void json_amount(struct buffer *out, const char *key, wide_integer amount);
/* The comma and line break before an element of a list. */
void json_element(struct buffer *out);

#endif
