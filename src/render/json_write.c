/* json_write.c: see json_write.h. */
#include "render/json_write.h"

#include "base/digits.h"
#include "base/plain.h"

/* \uNNNN, two of them beyond U+FFFF (RFC 8259, 7). */
static void add_escape(struct buffer *out, uint32_t value) {
    if (value > 0xffff)
        buffer_print(out, "\\u%04x\\u%04x", 0xd7c0 + (unsigned)(value >> 10), 0xdc00 + (unsigned)(value & 0x3ff));
    else
        buffer_print(out, "\\u%04x", (unsigned)value);
}

void json_shown(struct buffer *out, struct view json) {
    for (size_t place = 0; place < json.length;) {
        struct view rest = view_from(json.text + place, json.length - place);
        struct plain_character character = plain_character(rest);
        bool is_space = character.value == '\n' || character.value == '\r' || character.value == '\t';
        bool is_mark = place == 0 && character.value == 0xfeff; /* of byte order: no value */
        if (!character.is_hidden || is_space || is_mark)
            buffer_add(out, view_from(rest.text, character.length));
        else
            add_escape(out, character.is_broken ? 0xfffd : character.value);
        place += character.length;
    }
}

void json_string(struct buffer *out, struct view text) {
    if (plain_is_plain(text)) {
        buffer_add_json(out, text);
        return;
    }
    struct buffer exact = {0};
    buffer_add_json(&exact, text);
    json_shown(out, buffer_view(&exact));
    buffer_free(&exact);
}

void json_key(struct buffer *out, const char *key) {
    char last = out->length ? out->text[out->length - 1] : '{';
    if (last != '{' && last != '[') buffer_add_char(out, ',');
    buffer_add_char(out, '"');
    buffer_add_text(out, key);
    buffer_add(out, view_of("\":"));
}

void json_text(struct buffer *out, const char *key, const char *text) {
    json_key(out, key);
    if (text)
        json_string(out, view_of(text));
    else
        buffer_add_text(out, "null");
}

void json_count(struct buffer *out, const char *key, uint64_t count) {
    json_key(out, key);
    char digits[DIGITS_MOST], *end = digits + sizeof digits, *first = digits_put_before(end, count);
    buffer_add(out, view_from(first, (size_t)(end - first)));
}

void json_flag(struct buffer *out, const char *key, bool flag) {
    json_key(out, key);
    buffer_add_text(out, flag ? "true" : "false");
}

void json_amount(struct buffer *out, const char *key, wide_integer amount) {
    json_key(out, key);
    buffer_add_char(out, '"');
    decimal_print_wide(out, amount, 2);
    buffer_add_char(out, '"');
}

void json_element(struct buffer *out) {
    if (out->text[out->length - 1] != '[') buffer_add_char(out, ',');
    buffer_add_text(out, "\n  ");
}
