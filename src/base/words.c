/* words.c: see words.h. */
#include "base/words.h"

#include <stdbool.h>
#include <string.h>

#include "base/plain.h"

void words_count(struct buffer *out, uint64_t count) {
    if (count >= 1000) {
        words_count(out, count / 1000);
        buffer_print(out, ",%03u", (unsigned)(count % 1000));
        return;
    }
    buffer_print(out, "%u", (unsigned)count);
}

void words_plural(struct buffer *out, uint64_t count, const char *one, const char *many) {
    words_count(out, count);
    buffer_add_char(out, ' ');
    buffer_add_text(out, count == 1 ? one : many);
}

static void add_blanks(struct buffer *out, struct view text, size_t width) {
    for (size_t i = plain_width(text); i < width; i++)
        buffer_add_char(out, ' ');
}

void words_left(struct buffer *out, struct view text, size_t width) {
    buffer_add(out, text);
    add_blanks(out, text, width);
}

void words_right(struct buffer *out, struct view text, size_t width) {
    add_blanks(out, text, width);
    buffer_add(out, text);
}

static bool needs_quotes(const char *word) {
    for (const char *c = word; *c; c++)
        if (!strchr("/._-+,:=@%", *c) && !(*c >= '0' && *c <= '9') && !(*c >= 'A' && *c <= 'Z') &&
            !(*c >= 'a' && *c <= 'z'))
            return true;
    return *word == '\0';
}

static void add_quoted(struct buffer *out, const char *word) {
    buffer_add_char(out, '\'');
    for (const char *c = word; *c; c++) {
        if (*c == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, *c);
    }
    buffer_add_char(out, '\'');
}

/* $'…' (POSIX.1-2024, 2.2.4): bytes of hidden characters by their number. Three octal digits end by themselves; a hex
 * escape would swallow a digit that follows it. */
static void add_escaped(struct buffer *out, struct view word) {
    buffer_add_text(out, "$'");
    for (size_t place = 0; place < word.length;) {
        struct view rest = view_from(word.text + place, word.length - place);
        struct plain_character character = plain_character(rest);
        place += character.length;
        if (character.value == '\'' || character.value == '\\') buffer_add_char(out, '\\');
        if (!character.is_hidden) buffer_add(out, view_from(rest.text, character.length));
        for (size_t i = 0; character.is_hidden && i < character.length; i++)
            buffer_print(out, "\\%03o", (unsigned)(unsigned char)rest.text[i]);
    }
    buffer_add_char(out, '\'');
}

void words_shell(struct buffer *out, const char *word) {
    if (!needs_quotes(word))
        buffer_add_text(out, word);
    else if (plain_is_plain(view_of(word)))
        add_quoted(out, word);
    else
        add_escaped(out, view_of(word));
}

void words_line(struct buffer *out, const char *value) {
    for (const char *c = value; *c; c++) {
        if (*c == '\n' || *c == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, *c == '\n' ? 'n' : *c);
    }
}

char *words_of_line(struct view text) {
    struct buffer value = {0};
    for (size_t i = 0; i < text.length; i++) {
        bool is_escape = text.text[i] == '\\' && i + 1 < text.length;
        if (is_escape) i++;
        buffer_add_char(&value, is_escape && text.text[i] == 'n' ? '\n' : text.text[i]);
    }
    return buffer_take(&value);
}
