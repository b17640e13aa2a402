/* cell_check.c: see cell_check.h. */
#include "review/cell_check.h"

#include "base/hash.h"
#include "values/boolean.h"
#include "values/decimal.h"
#include "values/duration.h"

static bool add_number(struct view text, struct buffer *out) {
    int64_t value;
    if (decimal_parse(text, &decimal_style_default, &value) != DECIMAL_FINE) return false;
    decimal_print(out, value, 0);
    return true;
}

static bool add_date(struct view text, struct buffer *out) {
    struct datetime value;
    if (datetime_parse(text, DATE_ORDER_YMD, &value, NULL) != DATETIME_FINE) return false;
    buffer_print(out, "%04d-%02d-%02d %02d:%02d:%02d", value.year, value.month, value.day, value.hour, value.minute,
                 value.second);
    return true;
}

static bool add_duration(struct view text, struct buffer *out) {
    int64_t seconds;
    if (!duration_parse(text, &seconds)) return false;
    decimal_print(out, seconds, 0);
    return true;
}

static bool add_boolean(struct view text, struct buffer *out) {
    bool value;
    if (!boolean_parse(text, &value)) return false;
    buffer_add_text(out, value ? "Yes" : "No");
    return true;
}

static void add_text(struct view text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] != '\r') buffer_add_char(out, text.text[i]);
}

void cell_canonical(enum plecto_type type, struct view text, struct buffer *out) {
    struct view trimmed = view_trim(text);
    bool is_done = false;
    if (trimmed.length == 0) return;
    switch (type) {
    case PLECTO_NUMBER: is_done = add_number(trimmed, out); break;
    case PLECTO_DATE:
    case PLECTO_DATETIME: is_done = add_date(trimmed, out); break;
    case PLECTO_DURATION: is_done = add_duration(trimmed, out); break;
    case PLECTO_BOOLEAN: is_done = add_boolean(trimmed, out); break;
    case PLECTO_TEXT: break;
    }
    if (!is_done) add_text(trimmed, out);
}

void cell_check_print(enum plecto_type type, size_t column, struct view text, struct buffer *out) {
    static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    struct buffer canonical = {0};
    cell_canonical(type, text, &canonical);
    uint64_t hash = hash_bytes(buffer_view(&canonical), column + 1);
    buffer_free(&canonical);
    for (int i = 0; i < CELL_CHECK_LENGTH; i++, hash >>= 6)
        buffer_add_char(out, signs[hash & 63]);
}

uint64_t review_key_hash(struct view key) {
    return hash_bytes(view_trim(key), 1);
}
