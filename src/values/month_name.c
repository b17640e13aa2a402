/* month_name.c: see month_name.h. */
#include "values/month_name.h"

int month_by_name(struct view word) {
    static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    for (int i = 0; i < 12; i++) {
        struct view name = view_of(months[i]);
        if (view_equal_fold(word, name) || (word.length == 3 && view_equal_fold(word, view_from(name.text, 3))))
            return i + 1;
    }
    return view_equal_fold(word, view_of("sept")) ? 9 : 0;
}
