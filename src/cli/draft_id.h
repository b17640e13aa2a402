/* draft_id.h: which columns make a drafted schema's rows unique. */
#ifndef CLI_DRAFT_ID_H
#define CLI_DRAFT_ID_H

#include "cli/schema_draft.h"

/* Whether a column may be part of an ID: filled in every row, neither personal data nor of the loader (_airbyte_…, new at
 * each sync). */
bool draft_may_identify(const struct draft *draft, size_t column);
/* Whether the column tells of the person alone, such as the day of hire or birth: no date of a record. */
bool draft_is_profile(const struct draft *draft, size_t column);
/* Whether the column is of the person who did the work, not of the record: a payroll or badge number. */
bool draft_is_staff(const struct draft *draft, size_t column);
/* Fills id_columns with what makes the rows unique, the fewest that do: the ID column that repeats, or date and person,
 * and others beside them. Leaves it empty, with has_id false, where nothing does. */
void draft_choose_columns(struct draft *draft);

#endif
