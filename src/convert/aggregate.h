/* aggregate.h: rows added up by period, employee and group fields (--by day, week, month).
 *
 * One for each worker, merged at the end: counts, sums, minima and maxima do not depend on the order, so the
 * result is the same for any -j and any split of the input into files. */
#ifndef CONVERT_AGGREGATE_H
#define CONVERT_AGGREGATE_H

#include "convert/outcome.h"
#include "report/result.h"

struct aggregate;

struct aggregate *aggregate_create(const struct plan *plan);
void aggregate_free(struct aggregate *aggregate); /* NULL is fine */
/* Adds the tallies of a block; copies what it keeps. */
void aggregate_add(struct aggregate *aggregate, const struct outcome *outcome);
void aggregate_merge(struct aggregate *into, const struct aggregate *from);
/* Appends the registrations in order of period, member and groups; returns how many there are. `texts`: one for
 * each output, NULL where it is not asked for. The number of groups is bounded by people times periods, so the bytes fit in memory. */
uint64_t aggregate_write(struct aggregate *aggregate, struct buffer *const texts[OUTPUT_ROW_COUNT]);
/* Fills an empty table of employees and periods with the main metric of the groups; after aggregate_write, which
 * completes the names. */
void aggregate_fill_grid(const struct aggregate *aggregate, struct result_grid *grid);

#endif
