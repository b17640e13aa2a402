/* bounds_text.c: see bounds_text.h. A bound is a word of a known end, then signs, then a date. */
#include "values/bounds_text.h"

#include <string.h>

static const struct {
    const char *end; /* of the word */
    bool is_whole;   /* it is the word */
    bool is_upper, is_inclusive;
} ends[] = {
    {"OnOrAfter", false, false, true}, {"OnBefore", false, true, false}, {"Before", false, true, false},
    {"After", false, false, false},    {"fromDate", true, false, true},  {"toDate", true, true, true},
    {"From", true, false, true},       {"To", true, true, true},
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t word_end(struct view text, size_t at) {
    while (at < text.length && is_letter(text.text[at]))
        at++;
    return at;
}

/* Which end the word has, and what is before it. */
static bool read_word(struct view word, struct date_bound *bound) {
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = strlen(ends[i].end);
        if (word.length < length || (ends[i].is_whole && word.length != length)) continue;
        size_t stem = word.length - length;
        if (!view_equal_fold(view_from(word.text + stem, length), view_of(ends[i].end))) continue;
        if (stem >= sizeof bound->field || (stem == 0 && !ends[i].is_whole)) return false;
        *bound = (struct date_bound){.is_upper = ends[i].is_upper, .is_inclusive = ends[i].is_inclusive};
        for (size_t k = 0; k < stem; k++)
            bound->field[k] = (char)(word.text[k] | 0x20);
        return true;
    }
    return false;
}

/* The date behind the word: over at most a few signs, and over "value", the name of its key. */
static bool read_date(struct view text, size_t *at, struct date_bound *bound) {
    static const char key[] = "value";
    size_t start = *at, end;
    for (size_t signs = 0; start < text.length && !is_digit(text.text[start]); signs++) {
        size_t word = word_end(text, start);
        if (word > start && !view_equal_fold(view_from(text.text + start, word - start), view_of(key))) return false;
        if (signs > 12) return false;
        start = word > start ? word : start + 1;
    }
    for (end = start; end < text.length && (is_digit(text.text[end]) || strchr("-:.TZ+", text.text[end])); end++)
        continue;
    /* the longest beginning that is a date: what follows may be anything */
    for (size_t length = end - start; length >= 10; length--)
        if (datetime_parse(view_from(text.text + start, length), DATE_ORDER_YMD, &bound->at, NULL) == DATETIME_FINE) {
            bound->date = view_from(text.text + start, length);
            *at = start + length;
            return true;
        }
    return false;
}

bool bounds_next(struct view text, size_t *at, struct date_bound *bound) {
    for (size_t end; *at < text.length; *at = end) {
        end = word_end(text, *at);
        if (end == *at) {
            end++;
            continue;
        }
        size_t behind = end;
        struct view word = view_from(text.text + *at, end - *at);
        if (!read_word(word, bound) || !read_date(text, &behind, bound)) continue;
        bound->word = word;
        *at = behind;
        return true;
    }
    return false;
}
