/* edit_check.h: whether a changed cell of the workbook may be what a person meant: not damage done by a spreadsheet, and a
 * value that convert will take. */
#ifndef REVIEW_EDIT_CHECK_H
#define REVIEW_EDIT_CHECK_H

#include "fixes/row_lookup.h"
#include "review/review_read.h"

/* Why the change is not taken, in words that follow the column's title ("holds a formula; …"), or NULL if it is fine.
 * `source`: the cell of today's export that it changes. `is_needed`: a registration cannot be without it. To be freed. */
char *edit_refusal(const struct review_edit *edit, bool is_rejected, const struct found_cell *source, bool is_needed);
/* The new text as the column writes it: numbers typed as such have the column's decimal sign. To be freed. */
char *edit_text(const struct review_edit *edit, const struct found_cell *source);

#endif
