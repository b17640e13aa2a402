/* totals.h: the total rows of a file, checked against our own sums. */
#ifndef CONVERT_TOTALS_H
#define CONVERT_TOTALS_H

#include "convert/outcome.h"
#include "report/result.h"

struct totals {
    size_t file; /* the sums below are of this file */
    uint64_t group_rows, file_rows;
    wide_integer *group_sums, *file_sums; /* since the last subtotal; since the file's begin */
    struct result_total *found;           /* total rows that were checked; owned */
    size_t found_count;
};

void totals_start(struct totals *totals, const struct plan *plan);
void totals_free(struct totals *totals);
/* Adds the events of the next block (in block order) of file `file`: total rows that were checked, and issues
 * E701/E702 where one does not agree. */
void totals_merge(struct totals *totals, const struct plan *plan, const struct outcome *outcome, size_t file,
                  struct issues *issues);

#endif
