/* text_private.h: what the files of the terminal report share. */
#ifndef RENDER_TEXT_PRIVATE_H
#define RENDER_TEXT_PRIVATE_H

#include "base/plain.h"
#include "base/words.h"
#include "render/render.h"

/* text_words.c: an SGR code such as "1;31", where colours are wanted. */
void text_colour(const struct text_options *options, struct buffer *out, const char *code);

/* text_ledger.c: the table of rows and amounts by side. */
void text_ledger(const struct result *result, const struct text_options *options, struct buffer *out);
/* text_grid.c: employees and the last periods of a --by run; nothing where there is no such table. */
void text_grid(const struct result *result, const struct text_options *options, struct buffer *out);
/* text_issues.c: causes with their examples and fixes. */
void text_issues(const struct result *result, const struct text_options *options, struct buffer *out);

#endif
