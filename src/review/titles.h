/* titles.h: the titles of the columns of Rows and Rejected, the same when the workbook is written and when it is read
 * back. They are unique without regard to case, as an Excel table wants them: a second "Status" is "Status (2)", and so is
 * a column of the export that is called "Decision" or "Codes". */
#ifndef REVIEW_TITLES_H
#define REVIEW_TITLES_H

#include <stdbool.h>
#include <stddef.h>

/* Columns of both sheets before the data. */
enum { COLUMN_PLACE, COLUMN_DECISION, COLUMN_WHY, COLUMN_DATA };
/* Data columns of Rows: Employee, Created date, then the fields (the ID is COLUMN_PLACE). */
#define ROWS_FIXED 2
/* Data columns of Rejected: Codes, Reasons, then the original cells. */
#define REJECTED_FIXED 2
/* Hidden columns behind the data: the key of the row, and what its cells were. */
#define HIDDEN_COLUMNS 2
#define TITLE_KEY "st2plecto key"
#define TITLE_CHECK "st2plecto check"
/* As many original columns as the check of a row holds (32,767 characters in a cell). */
#define REJECTED_LIMIT 6000

/* The titles of a sheet whose data columns behind the fixed ones are `titles`: COLUMN_DATA + 2 + count + HIDDEN_COLUMNS of
 * them, then NULL. Free: review_titles_free. */
char **review_titles(bool is_rejected, const char *const *titles, size_t count);
void review_titles_free(char **titles); /* NULL is fine */

#endif
