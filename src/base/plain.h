/* plain.h: texts from outside as people see them: THE one escaper. Whatever comes from a file, an argument or a server
 * passes it before it reaches a terminal or a page, so that no text moves the cursor, changes colours, or is read
 * backwards. Hidden characters are shown as \xNN (controls of ASCII, and bytes that are no UTF-8) or \uNNNN (controls of
 * C1, signs that turn the direction of writing, invisible ones); all others stay as they are. */
#ifndef BASE_PLAIN_H
#define BASE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

/* Below "    fix: ", in texts. */
#define FIX_INDENT "         "

struct plain_character {
    size_t length;  /* bytes; 1 where they are no UTF-8 */
    uint32_t value; /* its code point, or the byte that is no UTF-8 */
    bool is_hidden; /* never shown as it is */
    bool is_broken; /* a byte that is no UTF-8 */
};

/* The character that `text`, which is not empty, begins with. */
struct plain_character plain_character(struct view text);
/* Appends the character as it is shown; `text` begins with it. */
void plain_add_character(struct buffer *out, struct view text, struct plain_character character);
/* Appends a text as it is shown. */
void plain_add(struct buffer *out, struct view text);
/* The same of a NUL-terminated text; NULL is empty. */
void plain_add_text(struct buffer *out, const char *text);
/* The same of a text of several lines: those after the first begin with `indent`. */
void plain_add_lines(struct buffer *out, const char *text, const char *indent);
/* The same, at most `limit` characters (the last one is then "…"). */
void plain_add_short(struct buffer *out, struct view text, size_t limit);
/* Whether no character of it is hidden: it is shown as it is. */
bool plain_is_plain(struct view text);
/* Characters of a UTF-8 text; bytes that are none count one each. */
size_t plain_width(struct view text);

#endif
