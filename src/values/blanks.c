/* blanks.c: see blanks.h. */
#include "values/blanks.h"

/* Eight bytes at a time; the last ones are looked at twice rather than one by one. */
static bool has_high(struct view text) {
    uint64_t word, all = 0;
    if (text.length >= sizeof word) {
        for (size_t i = 0; text.length - i > sizeof word; i += sizeof word) {
            memcpy(&word, text.text + i, sizeof word);
            all |= word;
        }
        memcpy(&word, text.text + text.length - sizeof word, sizeof word);
        return ((all | word) & 0x8080808080808080u) != 0;
    }
    for (size_t i = 0; i < text.length; i++)
        all |= (unsigned char)text.text[i];
    return (all & 0x80) != 0;
}

/* What stands at `at`, of `width` bytes in UTF-8: ' ' for a blank, '\0' for a mark of direction, else -1. */
static int meaning_of(const char *at, size_t width) {
    static const struct {
        const char *text;
        int meaning;
        /* NOLINTBEGIN(misc-misleading-bidirectional): marks of direction are what is looked for */
    } signs[] = {{"\xC2\xA0", ' '},      {"\xE1\x9A\x80", ' '},  {"\xE2\x80\xAF", ' '},  {"\xE2\x81\x9F", ' '},
                 {"\xE3\x80\x80", ' '},  {"\xE2\x80\x8E", '\0'}, {"\xE2\x80\x8F", '\0'}, {"\xEF\xBB\xBF", '\0'},
                 {"\xE2\x80\xAA", '\0'}, {"\xE2\x80\xAC", '\0'}, {"\xE2\x80\xAD", '\0'}};
    /* NOLINTEND(misc-misleading-bidirectional) */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (view_is(view_from(at, width), signs[i].text)) return signs[i].meaning;
    /* U+2000 to U+200A */
    return width == 3 && memcmp(at, "\xE2\x80", 2) == 0 && (unsigned char)at[2] <= 0x8A ? ' ' : -1;
}

struct view blanks_plain(struct view text, char *room) {
    size_t length = 0;
    text = view_trim(text);
    if (!has_high(text) || text.length > BLANKS_ROOM) return text;
    for (size_t i = 0; i < text.length;) {
        size_t width = view_character(view_from(text.text + i, text.length - i));
        int meaning = width > 1 ? meaning_of(text.text + i, width) : -1;
        width = width > 0 ? width : 1;
        if (meaning > 0)
            room[length++] = (char)meaning;
        else
            for (size_t k = 0; k < width && meaning < 0; k++)
                room[length++] = text.text[i + k];
        i += width;
    }
    return view_trim(view_from(room, length));
}
