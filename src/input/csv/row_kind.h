/* row_kind.h: rows that are no records: blank ones, lines of the report, what ends a file. Private to reader.c. */
#ifndef INPUT_CSV_ROW_KIND_H
#define INPUT_CSV_ROW_KIND_H

#include "input/record.h"

/* Whether all cells from number `from` on are empty or blank. */
bool csv_cells_are_blank(const struct cell *cells, size_t from, size_t count);
/* Whether the cells of a row of a file of `columns` columns are a line of the report and no record (footer.h); of nearly every
 * row its first byte says that it is none. */
bool csv_cells_are_footer(const struct cell *cells, size_t count, size_t columns);
/* Ctrl-Z only, as CP/M and its heirs end texts: one, or to the end of a block of the disk. */
bool csv_is_end_of_file(struct view raw);

#endif
