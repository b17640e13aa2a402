/* set_aside.h: the rows that `convert` set aside, beside the published ones of a folder. */
#ifndef RECONCILE_SET_ASIDE_H
#define RECONCILE_SET_ASIDE_H

#include "reconcile/side.h"

/* Adds the rows of a folder's rejected.csv, read as an export, to the folder's, each with the issue for which it was set
 * aside; both have their texts in `pool` or in their columns, and the folder's columns have their kinds. */
void side_add_set_aside(struct side *folder, const struct side *from, struct table *pool);

#endif
