/* counts.h: what a pass over the rows counts besides the ledger, for notes and the report.
 *
 * A new number is one line in an enum and one where it is counted: emptying and adding up know no names. */
#ifndef LEDGER_COUNTS_H
#define LEDGER_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "values/decimal.h"

enum count {
    COUNT_REGISTRATIONS, /* written; aggregates: rows that went into them */
    /* written rows by how their person was found */
    COUNT_NAME_ONLY,    /* the name is the ID too */
    COUNT_ID_ONLY,      /* the ID is the name too */
    COUNT_BY_ROSTER,    /* the name is from the roster */
    COUNT_BY_DEFAULT,   /* --default-employee */
    COUNT_BY_COMPANION, /* the person is from a companion export */
    /* cells and rows that were looked at, whatever became of them */
    COUNT_ALIASES,        /* names that are an alias of the roster */
    COUNT_JOINED_SEVERAL, /* rows for which a companion has several people */
    COUNT_FIXED_ROWS,     /* by --fixes */
    COUNT_FIXED_CELLS,
    COUNT_FIXED_ALREADY, /* cells that say what the fix would make of them */
    /* written rows by their date */
    COUNT_FALLBACK_DATES, /* of a later date field */
    COUNT_INSTANTS,
    COUNT_LOCAL_TIMES,
    COUNT_DAYS_ONLY,
    COUNT_OTHER_DAYS, /* whose day in UTC is another one */
    COUNT_INACTIVE,   /* Active is false, among written rows (or those filtered as inactive) */
    /* weeks and months that are cut (convert/cut_periods.h) */
    COUNT_CUT_REFUSED,  /* rows of those that are refused */
    COUNT_CUT_ALLOWED,  /* of those that are sent all the same */
    COUNT_AFTER_PERIOD, /* rows behind the filter, of the week or month in which it ends */
    COUNT_TAKEN_STATES, /* rows whose other states are on the ledger's side superseded, one an ID */
    COUNT_LIMIT
};

/* Amounts of the columns that the ledger follows, added up. */
enum count_sum {
    COUNT_SUM_FIXED,    /* what --fixes makes of a column: after less before */
    COUNT_SUM_INACTIVE, /* of the rows of COUNT_INACTIVE */
    COUNT_SUM_CUT,      /* of the rows of COUNT_CUT_REFUSED and COUNT_CUT_ALLOWED */
    COUNT_SUM_TAKEN,    /* of the rows of COUNT_TAKEN_STATES */
    COUNT_SUM_LIMIT
};

struct counts {
    size_t column_count;
    uint64_t of[COUNT_LIMIT];
    wide_integer *sums[COUNT_SUM_LIMIT]; /* column_count, ten-thousandths; owned */
    wide_integer other_day_money;        /* of the rows of COUNT_OTHER_DAYS, first money column */
    int32_t first_cut_day;       /* of the rows of COUNT_CUT_REFUSED; INT32_MAX if none */
    int32_t first_day, last_day;         /* of written rows, since 1970; INT32_MAX and INT32_MIN if none */
};

/* Nothing counted, for so many columns. Free: counts_free. */
void counts_start(struct counts *counts, size_t column_count);
void counts_reset(struct counts *counts);
void counts_free(struct counts *counts);
/* Adds a row's amounts (column_count) to one of the sums. */
void counts_add_amounts(struct counts *counts, enum count_sum sum, const int64_t *amounts);
/* A written row is of this day. */
static inline void counts_add_day(struct counts *counts, int32_t day) {
    counts->first_day = day < counts->first_day ? day : counts->first_day;
    counts->last_day = day > counts->last_day ? day : counts->last_day;
}
/* Adds all that `from` counted. Both are of as many columns. */
void counts_add(struct counts *into, const struct counts *from);

#endif
