/* repeated_header.c: the header that stands again among the rows, as `cat` leaves it. */
#include "input/csv/repeated_header.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static bool is_filler(char c) {
    return c == ' ' || c == '"';
}

char csv_first_sign(struct view text) {
    size_t i = view_starts_with(text, BYTE_ORDER_MARK) ? 3 : 0;
    while (i < text.length && is_filler(text.text[i]))
        i++;
    return i < text.length ? (char)(text.text[i] | 0x20) : '\0';
}

/* The header again: blanks, quotes and case are as another program writes them. */
static bool is_same(struct view raw, struct view header) {
    size_t i = view_starts_with(raw, BYTE_ORDER_MARK) ? 3 : 0, k = 0;
    for (;;) {
        while (i < raw.length && is_filler(raw.text[i]))
            i++;
        while (k < header.length && is_filler(header.text[k]))
            k++;
        if (i == raw.length || k == header.length) return i == raw.length && k == header.length;
        if (view_lower(raw.text[i++]) != view_lower(header.text[k++])) return false;
    }
}

bool csv_is_header_again_slowly(struct view raw, struct view header, char sign) {
    return header.length > 0 && csv_first_sign(raw) == sign && is_same(raw, header);
}
