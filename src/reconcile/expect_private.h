/* expect_private.h: the search for what gives an expected number. */
#ifndef RECONCILE_EXPECT_PRIVATE_H
#define RECONCILE_EXPECT_PRIVATE_H

#include "reconcile/presence.h"

/* A number with the rows of the left side that it is of. */
struct wanted {
    size_t column; /* SIZE_MAX: the count of rows */
    bool is_average, has_period;
    int32_t from, to;
    int64_t *amounts;        /* owned; by row */
    bool *meets, *in_period; /* owned; by row: the conditions, and it is not set aside; the period */
    bool *fits;              /* owned; by row: the conditions, whatever became of it */
    uint64_t rows;
    int places; /* of an average: as many as were written */
    wide_integer left, right;
};

struct search {
    const struct comparison *comparison;
    struct findings_list *found;
    struct wanted *wanted; /* owned */
    size_t count;
    struct search_limit *limit;   /* NULL: none */
    struct presence all;          /* of the left side's rows; owned, as the attributes are */
    struct attribute *attributes; /* NULL: not made yet */
    size_t attribute_count;
};

/* Whether so many looks at a row may be taken; says no from then on where the limit is reached. */
bool search_spend(struct search *search, uint64_t looks);
/* Makes the attributes of all rows of the left side, where they are not made yet. */
void search_make_attributes(struct search *search);

void search_run(struct search *search);
void search_free(struct search *search);

/* Whether a row counts for a number. */
static inline bool wanted_counts(const struct wanted *wanted, size_t row) {
    return wanted->meets[row] && wanted->in_period[row];
}
/* An average with as many places as its number was written with: a dashboard rounds it. */
static inline wide_integer wanted_rounded(const struct wanted *wanted, wide_integer total) {
    wide_integer step = 1;
    for (int i = wanted->places; wanted->is_average && i < 4; i++)
        step *= 10;
    return decimal_divide(total, step) * step;
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
/* expect_set_aside.c: the rows that `convert` sets aside, left out or counted. */
void search_set_aside(struct search *search);
/* expect_two.c: the rows that are set aside and a value, other days or a row. */
void search_set_aside_and(struct search *search);
/* Whether the row would count for the number if rows that are set aside or have no date did. */
bool set_aside_would_count(const struct search *search, const struct wanted *wanted, size_t row);
/* A finding of these rows, which names them with their reasons; without amounts. */
struct finding *set_aside_finding(const struct search *search, const bool *holds);
/* a value left out and other days; a value left out and a row. */
void search_two_causes(struct search *search);
/* expect_columns.c: dates, days, other columns, scales, rounding, averages. */
void search_dates(struct search *search);
void search_columns(struct search *search);

/* Other days for rows than their own. */
enum way { WAY_COLUMN, WAY_FILLED, WAY_UTC, WAY_SECONDS, WAY_END, WAY_SUMMER };

struct days_rule {
    enum way way;
    size_t column;
    int64_t seconds;  /* WAY_END: days added to the end; WAY_SUMMER: 1 or -1, how often summer's hour is added */
    const char *text; /* as the report says it; NULL for columns */
};

#define DAYS_RULES 40

/* Whether a row is in the period of a number by the rule. */
bool days_hold(const struct search *search, const struct wanted *wanted, const struct days_rule *rule, size_t row);
/* The date columns that are not the default, UTC, a day more or less, the end of the period a day earlier or later; how many
 * there are. */
size_t days_rules(const struct search *search, struct days_rule *rules);

#endif
