/* csv_table.h: CSV that a person writes by hand, or that we wrote for people, cut into rows of cells by libcsv: rosters,
 * fixes.csv, rejected.csv. (Exports, of which there are gigabytes, and import.csv have readers of their own: input/csv,
 * output/csv_rows.h.) */
#ifndef BASE_CSV_TABLE_H
#define BASE_CSV_TABLE_H

#include <csv.h>
#include <stdbool.h>

#include "base/buffer.h"

#define CSV_TABLE_CELLS (256u << 10) /* cells of a row that are kept; further ones are only counted, in `dropped` */

/* Takes a row; false stops the reading (further rows are not given). Cells are valid during the call. Lines without a
 * byte are no rows. */
typedef bool csv_table_taker(void *context, const struct view *cells, size_t count);

struct csv_table {
    csv_table_taker *take;
    void *context;
    struct csv_parser parser;
    struct buffer text; /* the cells of the row at hand, one behind the other */
    size_t *ends;       /* where each of them ends */
    struct view *cells; /* made of the two when the row is whole */
    size_t count, dropped, end_capacity, cell_capacity;
    bool is_stopped, is_ending, is_cut; /* is_cut: a row was begun whose line end never came */
};

/* Begins, with cells divided by `delimiter`; csv_table_end frees. */
void csv_table_start(struct csv_table *table, char delimiter, csv_table_taker *take, void *context);
/* Bytes in pieces of any size, as outdir_read_back hands them over; `context` is the struct csv_table. */
void csv_table_piece(void *context, struct view bytes);
/* The text ends here, its last row without a line end; a further piece begins another text. */
void csv_table_finish(struct csv_table *table);
/* The first cell of a header that says just that; SIZE_MAX: none. */
size_t csv_table_column(const struct view *cells, size_t count, const char *name);
/* True if all was read: no row without line end (or csv_table_finish), and none refused. */
bool csv_table_end(struct csv_table *table);

#endif
