/* boolean.c: small word lists, compared without case. */
#include "values/boolean.h"

#include "values/nothing.h"

#define WORD(text) {(text), sizeof(text) - 1}

static bool is_one_of(struct view text, const struct view *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text.length == words[i].length && view_equal_fold(text, words[i])) return true;
    return false;
}

bool boolean_parse(struct view text, bool *value) {
    static const struct view yes[] = {WORD("true"), WORD("yes"), WORD("y"), WORD("1"), WORD("t")};
    static const struct view no[] = {WORD("false"), WORD("no"), WORD("n"), WORD("0"), WORD("f")};
    text = view_trim(text);
    if (text.length == 4 && memcmp(text.text, "True", 4) == 0) return *value = true;
    if (text.length == 5 && memcmp(text.text, "False", 5) == 0) {
        *value = false;
        return true;
    }
    *value = is_one_of(text, yes, sizeof yes / sizeof *yes);
    return *value || is_one_of(text, no, sizeof no / sizeof *no);
}

bool placeholder_slowly(struct view text) {
    static const struct view words[] = {WORD("n/a"),  WORD("na"),   WORD("-"),    WORD("--"),     WORD("\xe2\x80\x94"),
                                        WORD("null"), WORD("none"), WORD("#n/a"), WORD("(blank)")};
    text = view_trim(text);
    if (text.length == 0) return true;
    return (text.length <= 7 && is_one_of(text, words, sizeof words / sizeof *words)) || nothing_word(text) != SIZE_MAX;
}
