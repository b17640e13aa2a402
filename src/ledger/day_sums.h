/* day_sums.h: rows and sums of numbered parts of the written rows: of each day, of each employee. The numbers are those of
 * a table of the owner's; sums are of the columns the ledger follows. */
#ifndef LEDGER_DAY_SUMS_H
#define LEDGER_DAY_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "values/decimal.h"

struct parts {
    size_t columns;
    uint64_t *rows;     /* by number */
    wide_integer *sums; /* by number * columns + column */
    size_t count, capacity;
};

/* Empty; parts_free gives the memory back. */
void parts_start(struct parts *parts, size_t columns);
void parts_reset(struct parts *parts);
void parts_free(struct parts *parts);
/* One row of part `number`; a number not met before, at most `count`, begins at zero. */
void parts_add(struct parts *parts, size_t number, const int64_t *amounts);
/* Adds part `from_number` of `from` to part `number`. */
void parts_merge(struct parts *parts, size_t number, const struct parts *from, size_t from_number);

#endif
