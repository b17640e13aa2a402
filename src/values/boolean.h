/* boolean.h: yes and no as exports write them. */
#ifndef VALUES_BOOLEAN_H
#define VALUES_BOOLEAN_H

#include <stdbool.h>

#include "base/view.h"

/* True/Yes/Y/1/T and False/No/N/0/F in any case (schemas/servicetitan.md, "How values are written"). False if neither. */
bool boolean_parse(struct view text, bool *value);

/* Whether a cell stands for "nothing": empty, N/A, n/a, NA, -, --, —, null, none, #N/A, (blank) in any case, or a word of
 * values/nothing.h as it is spelt there. */
bool placeholder_slowly(struct view text);
static inline bool placeholder_text(struct view text) {
    /* most cells begin with what none of those begins with, or are longer */
    if (text.length == 0) return true;
    unsigned char first = (unsigned char)text.text[0];
    bool is_blank = first <= ' ' || first == 0xc2 || (first >= 0xe1 && first <= 0xe3) || first == 0xef;
    bool may_be = (first | 0x20) == 'n' || (first | 0x20) == 'u' || first == '-' || first == '#' || first == '(' ||
                  first == '<' || first == '[' || first == '{' || first == '"' || first == '\\';
    return (is_blank || may_be) && placeholder_slowly(text);
}

#endif
