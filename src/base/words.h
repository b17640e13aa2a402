/* words.h: the words that every report shares: counts and their nouns, columns of text, words for the shell. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

/* 1312 as "1,312". */
void words_count(struct buffer *out, uint64_t count);
/* "1 row", "1,312 rows". */
void words_plural(struct buffer *out, uint64_t count, const char *one, const char *many);
/* Appends the text, which is plain, and blanks up to `width` characters; or the blanks before it. */
void words_left(struct buffer *out, struct view text, size_t width);
void words_right(struct buffer *out, struct view text, size_t width);
/* A word as the shell wants it: quoted where it must be; hidden characters (base/plain.h) as $'\033', so that what is
 * pasted is the same word and what is shown steers no terminal. */
void words_shell(struct buffer *out, const char *word);

/* A value as one line: a line break is \n, a backslash \\. And the value of such a line; the caller frees. */
void words_line(struct buffer *out, const char *value);
char *words_of_line(struct view line);

#endif
