/* json_private.h: writing JSON a key at a time, for result.json and receipt.json. */
#ifndef RENDER_JSON_PRIVATE_H
#define RENDER_JSON_PRIVATE_H

#include "render/render.h"

/* A key (with the comma before it, if one is due), and a key with its value. NULL text is null. */
void json_key(struct buffer *out, const char *key);
void json_text(struct buffer *out, const char *key, const char *text);
void json_count(struct buffer *out, const char *key, uint64_t count);
void json_flag(struct buffer *out, const char *key, bool flag);
void json_amount(struct buffer *out, const char *key, wide_integer amount); /* decimal text */
/* The comma and line break before an element of a list. */
void json_element(struct buffer *out);
/* Parts both files have. */
void json_outputs(const struct result *result, struct buffer *out);
void json_options(const struct result *result, struct buffer *out);
void json_schema(const struct result *result, struct buffer *out);

#endif
