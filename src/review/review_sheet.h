/* review_sheet.h: what the files that read a review workbook share. */
#ifndef REVIEW_REVIEW_SHEET_H
#define REVIEW_REVIEW_SHEET_H

#include "review/review_read.h"
#include "workbook/sheet.h"

struct checked_column {
    char *title; /* as the export or the schema has it */
    enum plecto_type type;
};

/* Rows or Rejected, perhaps on several sheets. */
struct review_part {
    const char *name;
    bool is_rejected;
    bool is_old;                    /* of a workbook of before, whose sheet Rejected has no column File */
    struct checked_column *columns; /* Rows: ID, Employee, Created date, fields; Rejected: original cells */
    size_t count;
    size_t sheets;                 /* read */
    uint64_t rows_told, keys_told; /* by Origin: how many rows, the sum of the hashes of their keys */
    uint64_t rows_met, keys_met;
};

/* Takes the decisions and changes of a sheet. EXIT_CANNOT_READ: a column without which no decision can be read is gone. */
bool review_sheet_read(struct book *book, size_t index, struct review_part *part, struct review_book *review,
                       struct error *error);
/* Whether a sheet has rows of ours, whatever its name. */
bool review_sheet_is_ours(struct book *book, size_t index, bool *is_ours, struct error *error);
/* Takes over `text`. */
void review_remark(struct review_book *review, char *text);
void review_row_free(struct review_row *row);

#endif
