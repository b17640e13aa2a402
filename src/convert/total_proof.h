/* total_proof.h: whether a row's numbers prove that it is a total of the rows before it. */
#ifndef CONVERT_TOTAL_PROOF_H
#define CONVERT_TOTAL_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "values/decimal.h"

/* What a column of a table holds over some rows. */
struct column_sum {
    wide_integer sum;
    int64_t least, most; /* of the values; meaningless where there is none */
    uint64_t filled;     /* cells that are numbers */
};

/* The least and the greatest value of a column of a schema that may call an average a sum: empty cells count as 0. */
struct value_range {
    int64_t least, most;
    bool is_known;
};

/* Adds one value, or those of `from`. */
void value_range_add_value(struct value_range *into, int64_t amount);
void value_range_add(struct value_range *into, const struct value_range *from);

/* Whether a text names a total: "Grand Total", "HVAC Total". */
bool names_total(struct view text);
/* "Total", "Grand Total:", "Sub-Totals" and nothing else: no name of a campaign. */
bool is_total_word(struct view text);
/* "All", "All Technicians", "Company", "Combined": perhaps a total, if the numbers say so; else a name. */
bool may_name_all(struct view text);
/* "Average", "Avg.", "Mean": the row of a report's averages. */
bool is_average_word(struct view text);
/* The number of a cell; false where it is none. Most cells are none: their first byte tells. */
bool total_cell_number(struct view text, int64_t *amount);

/* Adds one value. */
void column_sum_add_value(struct column_sum *into, int64_t amount);
/* Adds all of `from`. */
void column_sum_add(struct column_sum *into, const struct column_sum *from);
/* How many columns of a row (`cells`: ten-thousandths, INT64_MIN where there is no number) are what `columns` say of the
 * `rows` rows: their sum, or what an average of theirs can be, weighted by whatever; in a column without numbers, the
 * count of the rows. 0 if one of them is neither, or if none is a sum: averages alone prove nothing. */
size_t total_matches(const int64_t *cells, const struct column_sum *columns, size_t count, uint64_t rows);

#endif
