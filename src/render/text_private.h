/* text_private.h: what the files of the terminal report share. */
#ifndef RENDER_TEXT_PRIVATE_H
#define RENDER_TEXT_PRIVATE_H

#include "render/render.h"

/* An SGR code such as "1;31", where colours are wanted. */
void text_colour(const struct text_options *options, struct buffer *out, const char *code);
/* "1,312"; "1 row", "2 rows". */
void text_count(struct buffer *out, uint64_t count);
void text_plural(struct buffer *out, uint64_t count, const char *one, const char *many);
/* Text from outside with control characters as \xNN, so that no file steers the terminal. */
void text_safe(struct buffer *out, const char *text);

/* text_ledger.c: the table of rows and amounts by side. */
void text_ledger(const struct result *result, const struct text_options *options, struct buffer *out);
/* text_issues.c: causes with their examples and fixes. */
void text_issues(const struct result *result, const struct text_options *options, struct buffer *out);

#endif
