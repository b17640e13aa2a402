/* properties.h: what a workbook says of itself (docProps/core.xml; ECMA-376 part 2, 11). */
#ifndef WORKBOOK_PROPERTIES_H
#define WORKBOOK_PROPERTIES_H

#include "workbook/book.h"

/* When it was made, as it is written ("2025-10-15T06:00:00Z"); a later save in a spreadsheet does not change it. NULL:
 * it does not say, or in a part that cannot be read, which harms no rows. The caller frees. */
char *properties_created(struct book *book);
/* Whether the workbook in `descriptor` (as for book_open; `name` too) says that this is its author, as it is written. Reads
 * no sheet and no text of it; false where it is none. */
bool properties_name(int descriptor, const char *name, const char *author);

#endif
