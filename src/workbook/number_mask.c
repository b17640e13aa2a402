/* number_mask.c: whole numbers written by a code such as "J-"00000: each place takes a digit from the right, the first
 * one all that are left, and literals stand where the code has them (ECMA-376 part 1, 18.8.31). */
#include "workbook/number_mask.h"

#include "workbook/number_token.h"

/* A unit is set off by a blank or is a word; what belongs to an ID begins with a sign or holds a digit. */
static bool is_unit(struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] >= '0' && text.text[i] <= '9') return false;
    return text.length > 0 && !memchr("-/._", text.text[0], 4);
}

static bool has_letter_or_digit(struct view text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = (char)(text.text[i] | 0x20);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return true;
    }
    return false;
}

bool number_mask_is_id(struct view section) {
    size_t at = 0;
    bool has_place = false, has_prefix = false, is_word = false; /* is_word: the prefix has letters or digits */
    struct view behind = {NULL, 0};                              /* the first literal since the last place */
    for (struct number_token token = number_token_next(section, at); token.kind != TOKEN_END;
         token = number_token_next(section, at)) {
        at = token.end;
        if (token.kind == TOKEN_DIGIT) {
            if (has_place && behind.length > 0) return true; /* 000-00: no amount is cut so */
            has_place = true;
        } else if (token.kind == TOKEN_LOOKS && view_starts_with(token.text, "$") && token.text.length > 1) {
            has_prefix = has_prefix || token.text.text[1] != '-'; /* [$USD-409] */
        } else if (token.kind == TOKEN_LITERAL && has_place) {
            if (behind.length == 0) behind = token.text;
        } else if (token.kind == TOKEN_LITERAL) {
            has_prefix = has_prefix || token.text.length > 0;
            is_word = is_word || has_letter_or_digit(token.text);
        }
    }
    return (!has_prefix || is_word) && !is_unit(behind);
}

static size_t count_places(struct view section) {
    size_t at = 0, count = 0;
    for (struct number_token token = number_token_next(section, at); token.kind != TOKEN_END;
         token = number_token_next(section, at)) {
        at = token.end;
        count += token.kind == TOKEN_DIGIT;
    }
    return count;
}

void number_mask_print(struct view section, struct view digits, struct buffer *out) {
    size_t places = count_places(section), at = 0, place = 0;
    for (struct number_token token = number_token_next(section, at); token.kind != TOKEN_END;
         token = number_token_next(section, at)) {
        at = token.end;
        if (token.kind == TOKEN_LITERAL) buffer_add(out, token.text);
        if (token.kind != TOKEN_DIGIT) continue;
        size_t right = places - place++; /* this place and those behind it */
        if (place == 1 && digits.length > right)
            buffer_add(out, view_from(digits.text, digits.length - right + 1));
        else if (digits.length >= right)
            buffer_add_char(out, digits.text[digits.length - right]);
        else if (token.letter == '0')
            buffer_add_char(out, '0');
    }
}
