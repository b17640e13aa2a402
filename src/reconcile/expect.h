/* expect.h: numbers that somebody read off a dashboard, in place of a right side: each with the rows it is meant to be of,
 * and what about the left side's rows would give that number. */
#ifndef RECONCILE_EXPECT_H
#define RECONCILE_EXPECT_H

#include "reconcile/reconciliation.h"

struct expectation {
    char *metric; /* owned; as named */
    wide_integer number;
    int places;                   /* it is written with; at most 4 */
    struct condition *conditions; /* owned; its own */
    size_t condition_count;
    bool has_period;
    int32_t from, to;
};

/* How long a search may take. */
struct search_limit {
    uint64_t looks;     /* at a row; the same everywhere */
    int64_t deadline;   /* nanoseconds of the clock that only goes on; 0: none */
    uint64_t unchecked; /* looks since the clock was asked */
    bool is_reached;    /* causes are left that were not tried */
};

/* That clock. */
int64_t search_clock(void);

struct expectations {
    struct expectation *list; /* owned */
    size_t count;
};

/* "Jobs Total=232891.98; Business Unit=Phoenix; 2025-08-18..2025-08-24". EXIT_WRONG_USE with what is wrong. */
bool expectation_parse(const char *text, struct expectations *expectations, struct error *error);
/* A table with the columns metric and number, and employee, unit, from, to where they matter. */
bool expectations_read(const char *path, struct expectations *expectations, struct error *error);
void expectations_free(struct expectations *expectations);
/* "FIELD=VALUE" into a condition, which the caller frees. */
void condition_parse(const char *text, struct condition *condition);
void conditions_free(struct condition *conditions, size_t count);

/* Compares the left side of the comparison with the numbers and explains what differs. EXIT_WRONG_USE where the side has no
 * such amount. `tolerance` is of the comparison. `limit` may be NULL. */
bool reconciliation_expect(struct reconciliation *reconciliation, const struct expectations *expectations,
                           struct search_limit *limit, struct error *error);

/* Looks among the records (a left side as it was) for what gives the right side's totals of a comparison that adds them up;
 * findings are of the comparison's metrics. */
void search_totals(struct comparison *records, const struct comparison *comparison, struct findings_list *found);

#endif
