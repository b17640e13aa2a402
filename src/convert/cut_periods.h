/* cut_periods.h: weeks and months of which a filter, or the export itself, holds only a part: a total over the part goes
 * out under the ID of the whole, and replaces it in Plecto. */
#ifndef CONVERT_CUT_PERIODS_H
#define CONVERT_CUT_PERIODS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "convert/run_options.h"

/* Why a week or month is cut. */
enum cut_cause {
    CUT_BY_PERIOD, /* --period begins after its first day */
    CUT_BY_END,    /* --period or --last ends before its last day, and the file has rows behind it */
    CUT_BY_LAST,   /* as CUT_BY_PERIOD, of --last */
    CUT_BY_AGE,    /* --max-age begins after its first day */
    CUT_BY_EXPORT  /* the export's own period begins after its first day, or leaves out days in it */
};

struct cut_unit {
    int32_t first; /* its first day, since 1970 */
    enum cut_cause cause;
    enum cut_policy policy;
    int32_t day; /* where it is cut: the first day that is there; CUT_BY_END: the last */
};

#define CUT_UNIT_LIMIT 64 /* units that files can cut; what is beyond is not looked at */

/* Those of a run: all that can be told before the rows are read, and one that rows behind the filter may prove. */
struct cut_periods {
    struct cut_unit units[CUT_UNIT_LIMIT];
    size_t count;
    bool may_end;                /* the filter ends inside of a unit: rows after it prove that the unit is cut */
    bool is_to_date;             /* the filter, or the export, ends inside of a unit, which is not proved to be cut */
    int32_t end_first, end_last; /* that unit */
    int32_t last;                /* last day of the filter, or of the export */
};

/* What a file says of its own period; is_known false: nothing. */
struct own_period {
    bool is_known;
    int32_t from, to;
};

/* First and last day of the week or month of a day; for other `by` the day. */
int32_t cut_first_day(enum run_by by, int32_t day);
int32_t cut_last_day(enum run_by by, int32_t day);

/* Finds them for these options and files. */
void cut_periods_find(const struct run_options *options, const struct own_period *own, size_t file_count,
                      struct cut_periods *cuts);
/* The unit of a day, or NULL where it is whole. */
static inline const struct cut_unit *cut_periods_at(const struct cut_periods *cuts, enum run_by by, int32_t day) {
    if (cuts->count == 0) return NULL;
    int32_t first = cut_first_day(by, day);
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->units[i].first == first) return &cuts->units[i];
    return NULL;
}
/* The unit at the filter's end is cut: there are rows of it behind the filter. */
void cut_periods_prove_end(const struct run_options *options, struct cut_periods *cuts);
/* "the week 2025-12-29 to 2026-01-04", "the month 2025-10". */
void cut_add_unit(struct buffer *out, enum run_by by, int32_t first);
/* Why it is cut, as the end of a sentence: "--period begins on 2025-12-31". */
void cut_add_cause(struct buffer *out, const struct run_options *options, const struct cut_unit *unit);

#endif
