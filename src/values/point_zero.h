/* point_zero.h: whole numbers as programs write them that keep them as fractions: 1005.0. Tables of pandas are so as soon as
 * one cell of a column is empty. */
#ifndef VALUES_POINT_ZERO_H
#define VALUES_POINT_ZERO_H

#include <stdbool.h>

#include "base/view.h"

/* Whether the text is digits, a point and zeros. */
bool is_point_zero(struct view id);
/* "1005" of "1005.0"; any other text as it is. */
struct view id_without_zero(struct view id);

#endif
