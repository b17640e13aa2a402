/* compare.h: three ways: what was exported, what the reviewer made of it, what the export says today. What fits becomes
 * a fix, what does not is told. */
#ifndef REVIEW_COMPARE_H
#define REVIEW_COMPARE_H

#include "fixes/row_lookup.h"
#include "review/review_read.h"

struct review_outcome {
    struct buffer fixes; /* lines of fixes.csv */
    struct buffer list;  /* the same for people, a line each */
    char **problems;     /* owned: what could not be taken, with its place */
    size_t problem_count;
    uint64_t cells, rows, left_out, already, later;
};

/* Asks `lookup` for the rows that were decided about. */
void review_ask(const struct review_book *book, struct row_lookup *lookup);
/* After the run over today's export. `who`, `when`: for the fixes. The outcome is freed by review_outcome_free. */
void review_compare(const struct review_book *book, const struct row_lookup *lookup, const char *schema,
                    const char *who, const char *when, struct review_outcome *outcome);
void review_outcome_free(struct review_outcome *outcome);

#endif
