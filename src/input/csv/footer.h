/* footer.h: lines that programs put below (or between) the rows of a report: "Generated on 11/01/2025", "Page 1 of 3". */
#ifndef INPUT_CSV_FOOTER_H
#define INPUT_CSV_FOOTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

/* Whether a row is such a line, by its first filled cell `first` and by how many of its cells are filled. Assumed: no
 * record has an ID or a name that reads so. */
bool csv_footer_match(struct view first, size_t filled, size_t columns);
/* Whether a text may begin such a line: asked of every row. */
static inline bool csv_footer_may_begin(char sign) {
    char letter = (char)(sign | 0x20);
    return (letter >= 'a' && letter <= 'z') || sign == '*' || sign == '-' || sign == '=' || sign == '_' ||
           sign == '(' || sign == '#' || (unsigned char)sign == 0xC2;
}

#endif
