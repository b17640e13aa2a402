/* day_audit.h: how many rows, and what amounts, would be on another day in UTC or by another date column. */
#ifndef RECONCILE_DAY_AUDIT_H
#define RECONCILE_DAY_AUDIT_H

#include "base/buffer.h"
#include "reconcile/compare.h"

/* Appends the table for the left side's rows that meet the scope; only for the date column `column` if it is not NULL.
 * EXIT_WRONG_USE where the side has no such date column. */
bool day_audit(struct comparison *comparison, const char *column, bool as_json, struct buffer *out,
               struct error *error);

#endif
