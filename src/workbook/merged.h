/* merged.h: cells merged over several rows. The file has their text in the first row only; a reader of the spreadsheet
 * sees it beside each of them. Texts and dates count for each row; other numbers stay where they are, or they would count twice. */
#ifndef WORKBOOK_MERGED_H
#define WORKBOOK_MERGED_H

#include "workbook/sheet.h"

struct merged;

/* Unpacks the whole sheet once, which proves its checksum, and finds its merged cells behind the rows; `*merged` is
 * NULL if none reaches over several rows. Free: merged_free. */
bool merged_find(struct book *book, size_t index, struct merged **merged, struct error *error);
void merged_free(struct merged *merged); /* NULL is fine, here and below */
/* How many texts or numbers reach over several rows. */
uint64_t merged_count(const struct merged *merged);
/* Adds the texts that reach into this row from above; rows come in order. `row` then points into `merged`. */
void merged_fill(struct merged *merged, struct sheet_row *row);
/* The workbook was closed and opened again. NULL is fine. */
void merged_use_book(struct merged *merged, const struct book *book);
/* Before the first row is read again. */
void merged_rewind(struct merged *merged);

#endif
