/* place.c: finds entries of JSON lists and objects by walking the text and counting brackets. */
#include "schema/place.h"

#include <stdint.h>

static size_t skip_string(struct view text, size_t offset) {
    for (offset++; offset < text.length; offset++) {
        if (text.text[offset] == '\\')
            offset++;
        else if (text.text[offset] == '"')
            return offset + 1;
    }
    return text.length;
}

void place_blank_comments(char *text, size_t length) {
    struct view all = view_from(text, length);
    size_t offset = 0;
    while (offset < length) {
        if (text[offset] == '"') {
            offset = skip_string(all, offset);
        } else if (text[offset] == '/' && offset + 1 < length && text[offset + 1] == '/') {
            while (offset < length && text[offset] != '\n' && text[offset] != '\r')
                text[offset++] = ' ';
        } else {
            offset++;
        }
    }
}

size_t place_skip_blanks(struct view text, size_t offset) {
    while (offset < text.length && strchr(" \t\r\n", text.text[offset]) && text.text[offset] != '\0')
        offset++;
    return offset;
}

/* Behind the value that begins at `offset`: strings whole, brackets by depth, the rest up to a delimiter. */
static size_t skip_value(struct view text, size_t offset) {
    size_t depth = 0;
    while (offset < text.length) {
        char c = text.text[offset];
        if (c == '"') {
            offset = skip_string(text, offset);
            if (depth == 0) return offset;
            continue;
        }
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth == 0) return offset;
            depth--;
            if (depth == 0) return offset + 1;
        } else if (depth == 0 && (c == ',' || c == ':')) {
            return offset;
        }
        offset++;
    }
    return text.length;
}

size_t place_value(struct view text, size_t key) {
    if (key >= text.length) return SIZE_MAX;
    size_t offset = place_skip_blanks(text, skip_string(text, key));
    return place_skip_blanks(text, offset + 1); /* behind the colon */
}

/* Where the entry behind the value at `value` begins, or SIZE_MAX at the closing bracket. */
static size_t after_value(struct view text, size_t value) {
    size_t offset = place_skip_blanks(text, skip_value(text, value));
    if (offset >= text.length || text.text[offset] != ',') return SIZE_MAX;
    return place_skip_blanks(text, offset + 1);
}

size_t place_next_item(struct view text, size_t entry) {
    return entry >= text.length ? SIZE_MAX : after_value(text, entry);
}

size_t place_entry(struct view text, size_t container, size_t number) {
    if (container >= text.length) return SIZE_MAX;
    bool is_object = text.text[container] == '{';
    size_t entry = place_skip_blanks(text, container + 1);
    if (entry >= text.length || text.text[entry] == '}' || text.text[entry] == ']') return SIZE_MAX;
    for (; number > 0 && entry != SIZE_MAX; number--)
        entry = after_value(text, is_object ? place_value(text, entry) : entry);
    return entry;
}

unsigned place_line(struct view text, size_t offset) {
    unsigned line = 1;
    if (offset == SIZE_MAX) return line;
    if (offset > text.length) offset = text.length;
    const char *at = text.text, *end = text.text + offset;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        line++;
        at++;
    }
    return line;
}
