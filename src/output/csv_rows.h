/* csv_rows.h: our own CSV files (RFC 4180, CRLF) read again, in pieces of any size, into rows of cells. */
#ifndef OUTPUT_CSV_ROWS_H
#define OUTPUT_CSV_ROWS_H

#include <stdbool.h>

#include "base/buffer.h"

/* Takes a row; false stops the reading (further rows are not given). Cells are valid during the call. */
typedef bool csv_row_taker(void *context, const struct view *cells, size_t count);

struct csv_rows {
    csv_row_taker *take;
    void *context;
    struct buffer pending; /* the begin of a row whose end is to come */
    struct buffer text;    /* cells with doubled quotes, undoubled */
    struct view *cells;
    size_t cell_capacity;
    bool is_stopped;
};

/* Begins; csv_rows_end frees. */
void csv_rows_start(struct csv_rows *rows, csv_row_taker *take, void *context);
/* Bytes of the file, as outdir_read_back hands them over; `context` is the struct csv_rows. */
void csv_rows_piece(void *context, struct view bytes);
/* True if all was read: nothing pending, and no row refused. */
bool csv_rows_end(struct csv_rows *rows);

#endif
