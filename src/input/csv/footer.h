/* footer.h: lines that programs put below (or between) the rows of a report: "Generated on 11/01/2025", "Page 1 of 3". */
#ifndef INPUT_CSV_FOOTER_H
#define INPUT_CSV_FOOTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

/* Whether a row is such a line, by its first filled cell `first` and by how many of its cells are filled. Assumed: no
 * record has an ID or a name that reads so. */
bool csv_footer_match(struct view first, size_t filled, size_t columns, bool has_money);
/* Whether a trimmed cell holds an amount: a dollar sign, or two decimals. A line with one beside its words is a row: no
 * amount is left out for words. */
bool csv_is_money(struct view text);
/* Whether a text may begin such a line, by its first two letters; asked of every row. */
static inline bool csv_footer_may_begin(struct view text) {
    static const char *const second[26] = {['a' - 'a'] = "ps",  ['c' - 'a'] = "o",  ['d' - 'a'] = "aio",
                                           ['e' - 'a'] = "nx",  ['f' - 'a'] = "i",  ['g' - 'a'] = "e",
                                           ['l' - 'a'] = "a",   ['n' - 'a'] = "ou", ['p' - 'a'] = "aor",
                                           ['r' - 'a'] = "eou", ['s' - 'a'] = "h",  ['t' - 'a'] = "io"};
    if (text.length < 2) return false;
    char sign = text.text[0], letter = (char)(sign | 0x20);
    if (letter >= 'a' && letter <= 'z') {
        const char *letters = second[letter - 'a'];
        char next = (char)(text.text[1] | 0x20);
        for (; letters && *letters; letters++)
            if (*letters == next) return true;
        return false;
    }
    return sign == '*' || sign == '-' || sign == '=' || sign == '_' || sign == '(' || sign == '#' || sign == '~' ||
           sign == '<' || sign == '[' || (unsigned char)sign == 0xC2;
}

#endif
