/* buffer.c: appending; the common path is a room check and a copy. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/digits.h"
#include "base/memory.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

void buffer_free(struct buffer *buffer) {
    free(buffer->text);
    *buffer = (struct buffer){0};
}

void buffer_grow(struct buffer *buffer, size_t more) {
    size_t room = buffer->capacity * 2 > buffer->length + more ? buffer->capacity * 2 : buffer->length + more;
    room = room < 64 ? 64 : room;
    buffer->text = memory_resize(buffer->text, room);
    buffer->capacity = room;
}

void buffer_add_text(struct buffer *buffer, const char *text) {
    buffer_add(buffer, view_of(text));
}

void buffer_add_integer(struct buffer *buffer, int64_t value) {
    char digits[DIGITS_MOST + 1];
    char *end = digits + sizeof digits;
    char *place = digits_put_before(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    if (value < 0) *--place = '-';
    buffer_add(buffer, view_from(place, (size_t)(end - place)));
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

#ifdef __SSE2__
/* Which of 16 bytes are not copied into a JSON string as they are. */
static unsigned json_marks(__m128i text) {
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\\')));
    /* as signed numbers, what is not ASCII is below the blank too */
    const __m128i others =
        _mm_or_si128(_mm_cmplt_epi8(text, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(text, _mm_set1_epi8(0x7f)));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, others));
}
#endif

/* The first byte from `i` on that is not copied into a JSON string as it is, or `length`. */
static size_t plain_end(const unsigned char *bytes, size_t i, size_t length) {
#ifdef __SSE2__
    for (; length - i >= 16; i += 16) {
        unsigned mask = json_marks(_mm_loadu_si128((const __m128i *)(const void *)(bytes + i)));
        if (mask) return i + (unsigned)__builtin_ctz(mask);
    }
    if (length >= 16 && i < length) { /* the rest is looked at together with what comes before it */
        unsigned mask = json_marks(_mm_loadu_si128((const __m128i *)(const void *)(bytes + length - 16)));
        mask >>= 16 - (length - i);
        return mask ? i + (unsigned)__builtin_ctz(mask) : length;
    }
#endif
    while (i < length && bytes[i] >= 0x20 && bytes[i] < 0x7f && bytes[i] != '"' && bytes[i] != '\\')
        i++;
    return i;
}

/* Whether a text of less than 16 bytes, as most are, is copied as it is; false for longer ones. */
static bool is_plain_short(struct view view) {
#ifdef __SSE2__
    if (view.length >= 16 || view.length == 0) return view.length == 0;
    uint64_t low, high, blanks = 0x2020202020202020u;
    view_load_short(view.text, view.length, &low, &high);
    if (view.length < 8) { /* where no byte of the text is, a blank stands */
        low |= blanks << (view.length >= 4 ? 32 : 24);
        high |= blanks << (view.length >= 4 ? 32 : 0);
    }
    return json_marks(_mm_set_epi64x((long long)high, (long long)low)) == 0;
#else
    return view.length == 0;
#endif
}

void buffer_add_json(struct buffer *buffer, struct view view) {
    const unsigned char *bytes = (const unsigned char *)view.text;
    char *to = buffer_reserve(buffer, view.length + 2);
    if (is_plain_short(view)) {
        to[0] = '"';
        view_copy_bytes(to + 1, view.text, view.length);
        to[view.length + 1] = '"';
        buffer->length += view.length + 2;
        return;
    }
    buffer_add_char(buffer, '"');
    size_t start = 0;
    for (size_t i = 0; (i = plain_end(bytes, i, view.length)) < view.length;) {
        unsigned char c = bytes[i];
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

#ifdef __SSE2__
/* Which of 16 bytes are comma, quote, CR or LF. */
static unsigned csv_marks(__m128i bytes) {
    __m128i commas = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')), quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i feeds = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), returns = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(commas, quotes), _mm_or_si128(feeds, returns)));
}

/* 16 bytes at a time; the last ones are looked at twice rather than one by one. */
static bool has_csv_mark(const char *text, size_t length) {
    if (length >= 16) {
        unsigned marks = csv_marks(_mm_loadu_si128((const __m128i *)(const void *)(text + length - 16)));
        for (size_t i = 0; i + 16 < length && !marks; i += 16)
            marks = csv_marks(_mm_loadu_si128((const __m128i *)(const void *)(text + i)));
        return marks != 0;
    }
    uint64_t low = 0, high = 0;
    view_load_short(text, length, &low, &high);
    return csv_marks(_mm_set_epi64x((long long)high, (long long)low)) != 0;
}
#else
static bool has_csv_mark(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r') return true;
    return false;
}
#endif

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static void add_quoted(struct buffer *buffer, struct view view) {
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

void buffer_add_csv(struct buffer *buffer, struct view view) {
    if (view.length == 0) return;
    if (is_blank(view.text[0]) || is_blank(view.text[view.length - 1]) || has_csv_mark(view.text, view.length))
        add_quoted(buffer, view);
    else
        buffer_add(buffer, view);
}

void buffer_add_csv_shortest(struct buffer *buffer, struct view view) {
    if (view.length > 0 && has_csv_mark(view.text, view.length))
        add_quoted(buffer, view);
    else
        buffer_add(buffer, view);
}

char *buffer_take(struct buffer *buffer) {
    buffer_add_char(buffer, '\0');
    char *text = buffer->text;
    *buffer = (struct buffer){0};
    return text;
}
