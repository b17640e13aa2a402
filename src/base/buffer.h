/* buffer.h: bytes that grow at the end; what writers fill and what goes to disk. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct buffer {
    char *text; /* owned; NULL while empty; not NUL-terminated */
    size_t length;
    size_t capacity;
};

/* Frees the text and leaves an empty buffer. A zeroed struct is an empty buffer too. */
void buffer_free(struct buffer *buffer);
/* Makes the text larger, so that `more` further bytes fit. */
void buffer_grow(struct buffer *buffer, size_t more);
/* Room for `more` further bytes behind length; returns where they begin. */
static inline char *buffer_reserve(struct buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->length < more) buffer_grow(buffer, more);
    return buffer->text + buffer->length;
}
/* Appends. */
static inline void buffer_add(struct buffer *buffer, struct view view) {
    if (view.length == 0) return;
    view_copy_bytes(buffer_reserve(buffer, view.length), view.text, view.length);
    buffer->length += view.length;
}
static inline void buffer_add_char(struct buffer *buffer, char c) {
    *buffer_reserve(buffer, 1) = c;
    buffer->length++;
}
void buffer_add_text(struct buffer *buffer, const char *text);
/* A whole number in decimal digits. */
void buffer_add_integer(struct buffer *buffer, int64_t value);
/* printf behind what is there. */
void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `view` as a JSON string with its quotes: escapes quotes, backslashes and control characters;
 * invalid UTF-8 becomes U+FFFD, U+2028 and U+2029 are escaped (RFC 8259). */
void buffer_add_json(struct buffer *buffer, struct view view);
/* `view` as a CSV cell: quoted only if it holds comma, quote, CR or LF or begins or ends with a
 * blank (RFC 4180). */
void buffer_add_csv(struct buffer *buffer, struct view view);
/* The same as buffer_add_csv without regard to blanks. */
void buffer_add_csv_shortest(struct buffer *buffer, struct view view);
/* The text as a NUL-terminated string that the caller frees; the buffer is empty afterwards. */
char *buffer_take(struct buffer *buffer);
/* What is in the buffer, as long as it is not changed. */
static inline struct view buffer_view(const struct buffer *buffer) {
    return view_from(buffer->text, buffer->length);
}

#endif
