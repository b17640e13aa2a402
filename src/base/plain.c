/* plain.c: what is hidden, and how it is shown. */
#include "base/plain.h"

/* Not seen themselves, these change how others are: controls (C1), the soft hyphen, directions, invisible operators,
 * separators of lines, marks of byte order and annotation, tags. Joiners (U+200C, U+200D) are part of words. */
static bool is_unseen(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x80, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200b},   {0x200e, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb},
        {0xfffe, 0xffff}, {0xe0000, 0xe007f},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i].first && character <= ranges[i].last) return true;
    return false;
}

/* The code point of a character of so many bytes, which are UTF-8. */
static uint32_t decode(const char *text, size_t length) {
    uint32_t value = length == 1 ? (unsigned char)text[0] : (unsigned char)text[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        value = value << 6 | ((unsigned char)text[i] & 0x3fu);
    return value;
}

struct plain_character plain_character(struct view text) {
    struct plain_character character = {.length = view_character(text)};
    character.is_broken = character.length == 0;
    if (character.is_broken) character.length = 1;
    character.value = character.is_broken ? (unsigned char)text.text[0] : decode(text.text, character.length);
    character.is_hidden = character.is_broken || character.value < 0x20 || character.value == 0x7f ||
                          (character.value >= 0x80 && is_unseen(character.value));
    return character;
}

void plain_add_character(struct buffer *out, struct view text, struct plain_character character) {
    if (!character.is_hidden)
        buffer_add(out, view_from(text.text, character.length));
    else if (character.is_broken || character.value < 0x80)
        buffer_print(out, "\\x%02x", (unsigned)character.value);
    else
        buffer_print(out, "\\u%04x", (unsigned)character.value);
}

void plain_add(struct buffer *out, struct view text) {
    for (size_t place = 0; place < text.length;) {
        struct view rest = view_from(text.text + place, text.length - place);
        struct plain_character character = plain_character(rest);
        plain_add_character(out, rest, character);
        place += character.length;
    }
}

void plain_add_text(struct buffer *out, const char *text) {
    plain_add(out, view_of(text));
}

void plain_add_lines(struct buffer *out, const char *text, const char *indent) {
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        plain_add(out, view_from(text, (size_t)(end - text)));
        buffer_add_char(out, '\n');
        buffer_add_text(out, indent);
    }
    plain_add_text(out, text);
}

void plain_add_short(struct buffer *out, struct view text, size_t limit) {
    size_t left = plain_width(text) <= limit ? SIZE_MAX : limit > 0 ? limit - 1 : 0;
    for (size_t place = 0; place < text.length; left--) {
        if (left == 0) {
            buffer_add_text(out, "\xE2\x80\xA6");
            return;
        }
        struct view rest = view_from(text.text + place, text.length - place);
        struct plain_character character = plain_character(rest);
        plain_add_character(out, rest, character);
        place += character.length;
    }
}

bool plain_is_plain(struct view text) {
    for (size_t place = 0; place < text.length;) {
        struct plain_character character = plain_character(view_from(text.text + place, text.length - place));
        if (character.is_hidden) return false;
        place += character.length;
    }
    return true;
}

size_t plain_width(struct view text) {
    size_t width = 0;
    for (size_t place = 0; place < text.length; width++)
        place += plain_character(view_from(text.text + place, text.length - place)).length;
    return width;
}
