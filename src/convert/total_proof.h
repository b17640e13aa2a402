/* total_proof.h: whether a row's numbers prove that it is a total of the rows before it. */
#ifndef CONVERT_TOTAL_PROOF_H
#define CONVERT_TOTAL_PROOF_H

#include "convert/outcome.h"

/* Adds all of `from`. */
void column_sum_add(struct column_sum *into, const struct column_sum *from);
/* How many columns of a row (`cells`: ten-thousandths, INT64_MIN where there is no number) are what `columns` say of the
 * `rows` rows: their sum, or what an average of theirs can be, weighted by whatever; in a column without numbers, the
 * count of the rows. 0 if one of them is neither, or if none is a sum: averages alone prove nothing. */
size_t total_matches(const int64_t *cells, const struct column_sum *columns, size_t count, uint64_t rows);

#endif
