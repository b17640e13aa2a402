/* compare_private.h: what compare.c, compare_join.c and compare_rows.c share. */
#ifndef RECONCILE_COMPARE_PRIVATE_H
#define RECONCILE_COMPARE_PRIVATE_H

#include "reconcile/compare.h"

/* Whether a row meets a condition; of one that its side has no field for, its partner decides. */
bool row_meets(const struct comparison *comparison, int side, uint32_t row, const struct condition *condition);
/* Whether two rows are of one person, as far as both sides say. */
bool rows_same_person(const struct comparison *comparison, uint32_t left, uint32_t right);

/* Makes the units of two sides whose IDs have numbers, and the sums; the numbers are gone then. */
void comparison_join(struct comparison *comparison);

#endif
