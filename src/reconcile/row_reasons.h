/* row_reasons.h: what is known of single rows: why `convert` sets them aside, or the rare value that they have. */
#ifndef RECONCILE_ROW_REASONS_H
#define RECONCILE_ROW_REASONS_H

#include "reconcile/explain.h"

/* Gives every finding that names single rows a detail: "204017 (E201: the employee is missing), 204031 (Status = Hold)". */
void row_reasons_add(const struct comparison *comparison, struct findings_list *found);
/* The same of rows that are set aside: those with their number in `rows`. The caller frees. */
char *set_aside_detail(const struct comparison *comparison, int side, const uint32_t *rows, size_t count);

#endif
