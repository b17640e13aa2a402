/* plan_columns.h: the columns of the outputs, as the last part of a plan; for plan.c alone. */
#ifndef ST2PLECTO_CONVERT_PLAN_COLUMNS_H
#define ST2PLECTO_CONVERT_PLAN_COLUMNS_H

#include "convert/plan.h"

/* What --field says of the field; NULL where it does not name it. Borrowed of the options. */
const struct chosen_field *plan_chosen(const struct plan *plan, size_t field);

/* Fills plan->format, which the plan owns: what is sent of a row, or groups and metrics of totals. */
void plan_make_format(struct plan *plan);

/* False with an error (EXIT_WRONG_USE) where two columns of plan->format have one title, or one has a title of Plecto's
 * own: they would overwrite each other in a registration. */
bool plan_check_titles(const struct plan *plan, struct error *error);

/* Fills plan->rejected_columns and rejected_place, which the plan owns: the original columns of all files (one input for
 * each of plan->file_count), each label once per file, in order of first appearance; of JSON records the cells that the
 * schema reads, and the record itself. */
void plan_choose_rejected(struct plan *plan, struct input **inputs);

#endif
