/* cell_check.h: whether somebody changed a cell of the review workbook. Each row has a hidden text with five characters
 * for each cell; a cell that was typed again as it was, or saved by another program, has the same. */
#ifndef REVIEW_CELL_CHECK_H
#define REVIEW_CELL_CHECK_H

#include "output/registration.h"

#define CELL_CHECK_LENGTH 5

/* The one form of a cell's value: "310.00" and "310" are one number; dates are YYYY-MM-DD HH:MM:SS, booleans Yes and No,
 * durations seconds; texts without blanks around them and without carriage returns. What cannot be read as its type
 * stays a text. Appended. */
void cell_canonical(enum plecto_type type, struct view text, struct buffer *out);
/* Appends the five characters for a cell in column `column` (from 0, of the checked ones). */
void cell_check_print(enum plecto_type type, size_t column, struct view text, struct buffer *out);
/* What the key of a row adds to the sum of keys in Origin: the sum tells whether a row is missing, whatever the order. */
uint64_t review_key_hash(struct view key);

#endif
