/* bounds_text.h: the bounds of a request to ServiceTitan's API, out of a text that names it: the file's name or what the export
 * saved around the records (schemas/servicetitan.md, "Answers and feeds"): completedOnOrAfter=2025-10-01T00:00:00Z,
 * completedBefore, soldAfter, fromDate and toDate of reviews, From and To of a report's parameters. */
#ifndef VALUES_BOUNDS_TEXT_H
#define VALUES_BOUNDS_TEXT_H

#include "base/view.h"
#include "values/datetime.h"

struct date_bound {
    char field[16];     /* what it bounds, lower case: "completed", "modified"; "" for fromDate, toDate, From and To */
    bool is_upper;      /* Before, To */
    bool is_inclusive;  /* the moment itself belongs to it: OnOrAfter, From, To */
    struct datetime at; /* without a zone where none is written */
    struct view word, date; /* as they are written */
};

/* The next bound from `*at` on, which moves behind it; false: there is none. A word that bounds with something behind that
 * is no date is none. */
bool bounds_next(struct view text, size_t *at, struct date_bound *bound);

#endif
