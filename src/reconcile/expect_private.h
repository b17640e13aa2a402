/* expect_private.h: the search for what gives an expected number. */
#ifndef RECONCILE_EXPECT_PRIVATE_H
#define RECONCILE_EXPECT_PRIVATE_H

#include "reconcile/explain.h"

/* A number with the rows of the left side that it is of. */
struct wanted {
    size_t column; /* SIZE_MAX: the count of rows */
    bool is_average, has_period;
    int32_t from, to;
    int64_t *amounts;        /* owned; by row */
    bool *meets, *in_period; /* owned; by row: the conditions, the period */
    uint64_t rows;
    wide_integer left, right;
};

struct search {
    const struct comparison *comparison;
    struct findings_list *found;
    struct wanted *wanted; /* owned */
    size_t count;
};

void search_run(struct search *search);
void search_free(struct search *search);

/* Whether a row counts for a number. */
static inline bool wanted_counts(const struct wanted *wanted, size_t row) {
    return wanted->meets[row] && wanted->in_period[row];
}
/* The number with the largest gap. */
size_t search_largest(const struct search *search);
/* Takes a candidate: its total for each number and how many rows it moves. True, and a finding added, if it gives every
 * number; the caller fills the finding, which belongs to the list. NULL: it does not fit. */
struct finding *search_try(struct search *search, enum cause cause, const wide_integer *totals, uint64_t rows);

/* Whether so many candidates give a gap by chance: `near` of them are within the window around it. */
wide_integer search_window(const struct search *search);
bool search_is_chance(const struct search *search, uint64_t near);
/* Whether a candidate's total is within the window, for the number with the largest gap. */
bool search_is_near(const struct search *search, const wide_integer *totals);

/* expect_attributes.c: one value, a pair of values; expect_rows.c: one row, two rows, signs, repeated IDs. */
void search_attributes(struct search *search);
void search_attribute_pairs(struct search *search);
void search_rows(struct search *search);
void search_two_rows(struct search *search);
/* expect_columns.c: dates, days, other columns, scales, rounding, averages. */
void search_dates(struct search *search);
void search_columns(struct search *search);

#endif
