/* boolean.c: small word lists, compared without case. */
#include "values/boolean.h"

static bool is_one_of(struct view text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_equal_fold(text, view_of(words[i]))) return true;
    return false;
}

bool boolean_parse(struct view text, bool *value) {
    static const char *const yes[] = {"true", "yes", "y", "1", "t"};
    static const char *const no[] = {"false", "no", "n", "0", "f"};
    text = view_trim(text);
    *value = is_one_of(text, yes, sizeof yes / sizeof *yes);
    return *value || is_one_of(text, no, sizeof no / sizeof *no);
}

bool placeholder_text(struct view text) {
    static const char *const words[] = {"n/a", "na", "-", "--", "\xe2\x80\x94", "null", "none", "#n/a", "(blank)"};
    text = view_trim(text);
    if (text.length == 0) return true;
    return text.length <= 7 && is_one_of(text, words, sizeof words / sizeof *words);
}
