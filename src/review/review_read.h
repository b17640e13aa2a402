/* review_read.h: a review workbook read back: which rows somebody decided about or changed. */
#ifndef REVIEW_REVIEW_READ_H
#define REVIEW_REVIEW_READ_H

#include "base/error.h"
#include "output/registration.h"
#include "review/cell_check.h"

enum review_choice { CHOICE_NONE, CHOICE_FIX, CHOICE_LEAVE_OUT, CHOICE_LATER, CHOICE_UNKNOWN };

struct review_edit {
    char *column; /* title of the column */
    size_t index; /* place among the checked cells */
    enum plecto_type type;
    char *text;                           /* as it is now */
    bool is_number, is_formula, is_error; /* `is_error`: #N/A */
    char check[CELL_CHECK_LENGTH + 1];    /* of the cell when the workbook was made */
    char *place;                          /* "Rejected!H7" */
};

struct review_row {
    char *key;   /* external ID or row:… */
    char *place; /* "Rejected!B7": of its decision */
    bool is_rejected;
    bool is_displaced; /* its cells are those of another row than its hidden cells */
    enum review_choice choice;
    char *choice_text, *why;
    struct review_edit *edits; /* changed cells; all cells of a row that is left out */
    size_t edit_count;
};

struct review_input {
    char *path, *sha256;
};

/* All texts are owned. */
struct review_book {
    char *schema, *schema_file, *options, *by;
    char *stopped; /* the error that stopped the run, so that the workbook has no rows; else NULL */
    struct review_input *inputs; /* the exports it was made of */
    size_t input_count;
    struct review_row *rows; /* those with a decision or a change */
    size_t row_count, row_capacity;
    char **remarks; /* what is odd about the workbook: rows gone, rows added */
    size_t remark_count;
};

/* Reads it. EXIT_CANNOT_READ: no workbook, or none of ours (the hidden sheet Origin is gone, another version). The book is to
 * be freed in both cases. */
bool review_read(const char *path, struct review_book *book, struct error *error);
void review_book_free(struct review_book *book);

#endif
