/* grain.h: both sides as totals of an employee and a period, where one of them has nothing else. */
#ifndef RECONCILE_GRAIN_H
#define RECONCILE_GRAIN_H

#include "reconcile/compare.h"

/* Whether one side has totals, so that both must. */
bool grain_is_coarse(const struct comparison *comparison);
/* Adds up the rows of both sides that meet the scope by employee, period and groups. `records` gets the left side as it was,
 * for explanations; it is the caller's (its pool is the comparison's). EXIT_WRONG_USE where a side cannot be added up so. */
bool grain_add_up(struct comparison *comparison, struct comparison *records, struct error *error);

/* The first day of the day's period: "day", "week", "month". */
int32_t grain_start(int32_t day, const char *by);

#endif
