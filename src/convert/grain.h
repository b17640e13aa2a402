/* grain.h: which columns would tell rows apart that share an ID: the grain of a report. The web report "Invoice Items
 * by Technician" has one row for each item and technician, so an invoice number is no ID there
 * (schemas/servicetitan.md, "Web reports and workbooks"). */
#ifndef CONVERT_GRAIN_H
#define CONVERT_GRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

#define GRAIN_LIMIT 3    /* columns of an answer */
#define GRAIN_ROWS 20000 /* rows that are looked at; more are told by grain_is_sample */

struct grain;

/* For a file with these columns; only those that are usable are proposed (no amounts, dates and personal data). The
 * labels are not kept. Free: grain_free. */
struct grain *grain_create(const struct view *columns, const bool *is_usable, size_t column_count);
void grain_free(struct grain *grain); /* NULL is fine */
/* A row that shares its ID with others; `cells` has column_count texts. Copied. A column with a cell that is empty (or
 * a placeholder, or 0) is not proposed: an ID with an empty part is a missing ID (person.c). */
void grain_add(struct grain *grain, struct view id, const struct view *cells);
/* The smallest set of usable columns so that ID and these cells differ in all rows (but those equal in every cell,
 * which are exact repeats). Of equally small sets that with fewest different values, so that IDs stay short and stable;
 * then that furthest left. `chosen` has room for GRAIN_LIMIT and is in the order of the columns. False if there is
 * none, or if nothing needs telling apart, or if the search was given up (about a second; not met in files up to 60
 * columns). */
bool grain_find(const struct grain *grain, size_t *chosen, size_t *chosen_count);
/* Rows added, and the size of the sample. */
size_t grain_row_count(const struct grain *grain);
/* Whether more rows came than were looked at. */
bool grain_is_sample(const struct grain *grain);

#endif
