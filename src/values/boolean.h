/* boolean.h: yes and no as exports write them. */
#ifndef VALUES_BOOLEAN_H
#define VALUES_BOOLEAN_H

#include <stdbool.h>

#include "base/view.h"

/* True/Yes/Y/1/T and False/No/N/0/F in any case (servicetitan.md section 4). False if neither. */
bool boolean_parse(struct view text, bool *value);

/* Whether a cell stands for "nothing": empty, N/A, n/a, NA, -, --, —, null, none, #N/A, (blank). */
bool placeholder_text(struct view text);

#endif
