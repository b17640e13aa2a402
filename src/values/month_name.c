/* month_name.c: see month_name.h. */
#include "values/month_name.h"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

const char *month_title(int month) {
    return months[month - 1];
}

int month_by_name(struct view word) {
    for (int i = 0; i < 12; i++) {
        struct view name = view_of(months[i]);
        if (view_equal_fold(word, name) || (word.length == 3 && view_equal_fold(word, view_from(name.text, 3))))
            return i + 1;
    }
    return view_equal_fold(word, view_of("sept")) ? 9 : 0;
}
