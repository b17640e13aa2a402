/* json_private.h: the parts of result.json that receipt.json has too (json_parts.c). */
#ifndef RENDER_JSON_PRIVATE_H
#define RENDER_JSON_PRIVATE_H

#include "render/json_write.h"
#include "render/render.h"

void json_outputs(const struct result *result, struct buffer *out);
void json_options(const struct result *result, struct buffer *out);
void json_schema(const struct result *result, struct buffer *out);
/* json_grid.c: the table of employees and periods of a --by run; nothing where there is none. */
void json_grid(const struct result *result, struct buffer *out);

#endif
