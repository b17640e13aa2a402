/* repeated_header.h: the header that stands again among the rows of a CSV. */
#ifndef ST2PLECTO_INPUT_CSV_REPEATED_HEADER_H
#define ST2PLECTO_INPUT_CSV_REPEATED_HEADER_H

#include "base/view.h"

/* The first byte of `text` that is neither blank nor quote, and no byte order mark of a file that was put behind another;
 * letters in lower case. '\0': there is none. */
char csv_first_sign(struct view text);

/* Whether the row `raw` is `header` (empty: not known) again; blanks, quotes and case may be as another program writes
 * them. `sign` is the header's csv_first_sign, by which nearly every row is told from it at once. */
bool csv_is_header_again_slowly(struct view raw, struct view header, char sign);
static inline bool csv_is_header_again(struct view raw, struct view header, char sign) {
    if (raw.length == 0) return false;
    char first = raw.text[0];
    bool may_be = (first | 0x20) == sign || first == ' ' || first == '"' || (unsigned char)first == 0xEF;
    return may_be && csv_is_header_again_slowly(raw, header, sign);
}

#endif
