/* buffer.c: appending; the common path is a room check and a copy. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void buffer_free(struct buffer *buffer) {
    free(buffer->text);
    *buffer = (struct buffer){0};
}

char *buffer_reserve(struct buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->length < more) {
        size_t room = buffer->capacity * 2 > buffer->length + more ? buffer->capacity * 2 : buffer->length + more;
        room = room < 64 ? 64 : room;
        buffer->text = memory_resize(buffer->text, room);
        buffer->capacity = room;
    }
    return buffer->text + buffer->length;
}

void buffer_add(struct buffer *buffer, struct view view) {
    if (view.length == 0) return;
    memcpy(buffer_reserve(buffer, view.length), view.text, view.length);
    buffer->length += view.length;
}

void buffer_add_text(struct buffer *buffer, const char *text) {
    buffer_add(buffer, view_of(text));
}

void buffer_add_char(struct buffer *buffer, char c) {
    *buffer_reserve(buffer, 1) = c;
    buffer->length++;
}

void buffer_add_integer(struct buffer *buffer, int64_t value) {
    char digits[24];
    char *place = digits + sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--place = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0) *--place = '-';
    buffer_add(buffer, view_from(place, (size_t)(digits + sizeof digits - place)));
}

void buffer_print(struct buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        size_t size = (size_t)length;
        vsnprintf(buffer_reserve(buffer, size + 1), size + 1, format, again);
        buffer->length += size;
    }
    va_end(again);
}

/* Bytes of the valid UTF-8 character at `bytes`, or 0 (RFC 3629: no overlong forms, no surrogates). */
static size_t character_length(const unsigned char *bytes, size_t left) {
    unsigned char first = bytes[0];
    size_t length = first < 0x80                    ? 1
                    : first >= 0xc2 && first < 0xe0 ? 2
                    : (first & 0xf0) == 0xe0        ? 3
                    : first >= 0xf0 && first < 0xf5 ? 4
                                                    : 0;
    if (length == 0 || length > left) return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80) return 0;
    if ((first == 0xe0 && bytes[1] < 0xa0) || (first == 0xed && bytes[1] > 0x9f) ||
        (first == 0xf0 && bytes[1] < 0x90) || (first == 0xf4 && bytes[1] > 0x8f))
        return 0;
    return length;
}

static void add_escaped(struct buffer *buffer, unsigned char c) {
    static const char names[] = "btnvfr";
    if (c == '"' || c == '\\') {
        buffer_add_char(buffer, '\\');
        buffer_add_char(buffer, (char)c);
    } else if (c >= 8 && c <= 13 && c != 11) {
        buffer_add_char(buffer, '\\');
        buffer_add_char(buffer, names[c - 8]);
    } else {
        buffer_print(buffer, "\\u%04x", c);
    }
}

void buffer_add_json(struct buffer *buffer, struct view view) {
    const unsigned char *bytes = (const unsigned char *)view.text;
    buffer_reserve(buffer, view.length + 2);
    buffer_add_char(buffer, '"');
    size_t start = 0;
    for (size_t i = 0; i < view.length;) {
        unsigned char c = bytes[i];
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
            i++;
            continue;
        }
        size_t length = c < 0x80 ? 1 : character_length(bytes + i, view.length - i);
        bool is_separator = length == 3 && c == 0xe2 && bytes[i + 1] == 0x80 && (bytes[i + 2] & 0xfe) == 0xa8;
        if (c >= 0x80 && length > 0 && !is_separator) {
            i += length;
            continue;
        }
        buffer_add(buffer, view_from(view.text + start, i - start));
        if (is_separator)
            buffer_print(buffer, "\\u20%02x", bytes[i + 2] == 0xa8 ? 0x28 : 0x29);
        else if (length == 0)
            buffer_add_text(buffer, "\xef\xbf\xbd");
        else
            add_escaped(buffer, c);
        i += length ? length : 1;
        start = i;
    }
    buffer_add(buffer, view_from(view.text + start, view.length - start));
    buffer_add_char(buffer, '"');
}

void buffer_add_csv(struct buffer *buffer, struct view view) {
    bool needs_quotes = view.length > 0 && (view.text[0] == ' ' || view.text[0] == '\t' ||
                                            view.text[view.length - 1] == ' ' || view.text[view.length - 1] == '\t');
    for (size_t i = 0; i < view.length && !needs_quotes; i++) {
        char c = view.text[i];
        needs_quotes = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    if (!needs_quotes) {
        buffer_add(buffer, view);
        return;
    }
    buffer_add_char(buffer, '"');
    for (size_t start = 0; start < view.length;) {
        const char *quote = memchr(view.text + start, '"', view.length - start);
        size_t end = quote ? (size_t)(quote - view.text) + 1 : view.length;
        buffer_add(buffer, view_from(view.text + start, end - start));
        if (quote) buffer_add_char(buffer, '"');
        start = end;
    }
    buffer_add_char(buffer, '"');
}

char *buffer_take(struct buffer *buffer) {
    buffer_add_char(buffer, '\0');
    char *text = buffer->text;
    *buffer = (struct buffer){0};
    return text;
}
