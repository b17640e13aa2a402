/* totals_private.h: what the files of totals.h share: total_sums.c adds and compares, totals_after.c judges total rows that
 * come after their rows, totals_first.c finds out whether those of a file come before them. */
#ifndef CONVERT_TOTALS_PRIVATE_H
#define CONVERT_TOTALS_PRIVATE_H

#include "convert/totals.h"

#define TOTAL_GRAND "grand total"
#define TOTAL_SUB "subtotal"
#define TOTAL_AVERAGE "average"

/* Sums of no rows, without columns; freed by total_sums_free. */
void total_sums_start(struct total_sums *sums, size_t followed);
void total_sums_free(struct total_sums *sums);
/* Room for `columns` columns where there was room for `before`. */
void total_sums_make_room(struct total_sums *sums, size_t before, size_t columns);
/* The same for the sums of the file and of its group, if there are more columns than before. */
void totals_make_room(struct totals *totals, size_t columns);
/* Adds the rows that an event counts; `sums` has room for its columns. */
void total_sums_add_event(struct total_sums *sums, const struct outcome *outcome, const struct total_event *event,
                          size_t followed);
void total_sums_add(struct total_sums *into, const struct total_sums *from, size_t followed, size_t columns);

/* Back to no rows. */
void total_sums_reset(struct total_sums *sums, size_t followed, size_t columns);

/* What a total row states, to be freed by the caller: its followed amounts, then its cells by column. */
int64_t *total_numbers_copy(const struct plan *plan, const struct total_event *event, const int64_t *stated,
                            const int64_t *cells);

/* How what a total row states of a column stands to the sum of these rows. */
enum total_agreement { TOTAL_AGREES, TOTAL_AGREES_AVERAGE, TOTAL_NOT_STATED, TOTAL_NOT_READ, TOTAL_DIFFERS };
enum total_agreement total_compare(const struct plan *plan, const int64_t *stated, const struct total_sums *sums,
                                   size_t column);
/* Whether the count of rows that it states is another. */
bool total_count_differs(const struct total_event *event, const struct total_sums *sums);
/* Sums that the row states and that could be compared, whether they agree or not. */
size_t total_compared(const struct plan *plan, const int64_t *stated, const struct total_sums *sums);
/* Columns (and the count of rows) that differ if the row is taken as the total of these rows, counted until there are more
 * than `most`: what differs takes the longest to compare. */
size_t total_differences(const struct plan *plan, const int64_t *stated, const struct total_event *event,
                         const struct total_sums *sums, size_t most);
/* Columns whose sum the row states. */
size_t total_agreements(const struct plan *plan, const int64_t *stated, const struct total_sums *sums);

/* The row is the total of these rows: notes it, with issues where it differs; `kind` is one of the two above. */
void totals_report(struct totals *totals, const struct plan *plan, const struct total_event *event,
                   const int64_t *stated, const struct total_sums *sums, const char *kind, struct issues *issues);
/* The same for the averages of rows: the row is known by its name, and nothing of it is compared. */
void totals_report_average(struct totals *totals, const struct total_event *event);
/* The candidate is a row: the next pass takes it for one. */
void totals_refute(struct totals *totals, const struct total_event *event);
/* Judges a total row by the rows before it: it is checked, refuted, or held until it is known what comes after it. One that
 * is held is a row, for this one comes after it. */
void totals_judge(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                  const int64_t *cells, struct issues *issues);
/* What is held is no total if a row comes after it, else one. */
void totals_release(struct totals *totals, const struct plan *plan, bool is_total, struct issues *issues);
/* Judges a total row, and adds the rows after it. */
void totals_take(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                 const int64_t *cells, const struct total_sums *after, struct issues *issues);

/* totals_first.c: the next event of a file whose first total row comes before its rows. */
void totals_first_add(struct totals *totals, const struct plan *plan, const struct outcome *outcome,
                      const struct total_event *event, struct issues *issues);
/* The end of that file: judges what was kept. */
void totals_first_end(struct totals *totals, const struct plan *plan, struct issues *issues);
void totals_first_free(struct first_totals *first);

#endif
