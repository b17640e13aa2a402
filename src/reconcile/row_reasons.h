/* row_reasons.h: what is known of single rows: why `convert` sets them aside, or the rare value that they have. */
#ifndef RECONCILE_ROW_REASONS_H
#define RECONCILE_ROW_REASONS_H

#include "reconcile/explain.h"

/* Gives every finding that names single rows a detail: "204017 (E201: the employee is missing), 204031 (Status = Hold)". */
void row_reasons_add(const struct comparison *comparison, struct findings_list *found);

#define ROWS_NAMED 6 /* of more it is said how many more */
/* Rows to be named: how many, and the first of them. */
struct named_rows {
    size_t count;
    uint32_t first[ROWS_NAMED];
};
static inline void named_rows_add(struct named_rows *rows, uint32_t row) {
    if (rows->count < ROWS_NAMED) rows->first[rows->count] = row;
    rows->count++;
}
/* The same detail of these. The caller frees. */
char *set_aside_detail(const struct comparison *comparison, int side, const struct named_rows *rows);

#endif
