/* titles.h: the titles of the columns of Rows and Rejected, the same when the workbook is written and when it is read
 * back. They are unique without regard to case, as an Excel table wants them: a second "Status" is "Status (2)", and so is
 * a column of the export that is called "Decision" or "Codes". */
#ifndef REVIEW_TITLES_H
#define REVIEW_TITLES_H

#include <stdbool.h>
#include <stddef.h>

/* What the hidden sheet Origin names the workbook: as it is written, and as version 0.1 wrote it, which is still read. */
#define REVIEW_FORMAT "st2plecto-review/2"
#define REVIEW_FORMAT_OLD "st2plecto-review/1"

/* Columns of both sheets before the data. */
enum { COLUMN_PLACE, COLUMN_DECISION, COLUMN_WHY, COLUMN_DATA, COLUMN_FILE = COLUMN_DATA + 2 /* of Rejected */ };
/* Data columns of Rows: Employee, Created date, then the fields (the ID is COLUMN_PLACE). */
#define ROWS_FIXED 2
/* Data columns of Rejected: Codes, Reasons, File, then the original cells; in workbooks of before its first column was file
 * and row in one. */
#define REJECTED_FIXED 3
#define REJECTED_FIXED_OLD 2
/* Hidden columns behind the data: the key of the row, and what its cells were. */
#define HIDDEN_COLUMNS 2
#define TITLE_KEY "st2plecto key"
#define TITLE_CHECK "st2plecto check"
/* As many original columns as the check of a row holds (32,767 characters in a cell). */
#define REJECTED_LIMIT 6000

/* The titles of a sheet whose data columns behind the fixed ones are `titles`: COLUMN_DATA + the fixed ones + count + HIDDEN_COLUMNS
 * of them, then NULL. Free: review_titles_free. */
enum title_kind { TITLES_ROWS, TITLES_REJECTED, TITLES_REJECTED_OLD };
/* How many data columns of the sheet are not of the export. */
size_t review_titles_fixed(enum title_kind kind);
char **review_titles(enum title_kind kind, const char *const *titles, size_t count);
void review_titles_free(char **titles); /* NULL is fine */

#endif
