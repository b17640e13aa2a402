/* columns.c: see columns.h. */
#include "upload/columns.h"

#include <stdlib.h>

#include "base/plain.h"
#include "base/words.h"

void columns_text(struct buffer *out, const char *text, size_t width, bool is_right) {
    struct buffer plain = {0};
    plain_add_text(&plain, text);
    if (is_right)
        words_right(out, buffer_view(&plain), width);
    else
        words_left(out, buffer_view(&plain), width);
    buffer_free(&plain);
}

void columns_amount(struct buffer *out, wide_integer amount, size_t width, bool with_sign) {
    struct buffer text = {0};
    if (with_sign && amount > 0) buffer_add_char(&text, '+');
    decimal_print_human(&text, amount, true);
    char *copy = buffer_take(&text);
    columns_text(out, copy, width, true);
    free(copy);
}

void columns_count(struct buffer *out, uint64_t count, size_t width) {
    struct buffer text = {0};
    words_count(&text, count);
    char *copy = buffer_take(&text);
    columns_text(out, copy, width, true);
    free(copy);
}
