/* ledger.h: the book in which every row and every amount of the input has one place.
 *
 * in = written + rejected + filtered + repeated + superseded + not yet + footer + group + blank + empty, in rows and in each money and
 * count column. "In" is counted where rows are read, the sides where they end up, and written is counted
 * again from the files on disk. Not balanced: nothing is published (exit 7). */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "values/decimal.h"

enum ledger_side {
    LEDGER_WRITTEN,
    LEDGER_REJECTED,
    LEDGER_OUTSIDE_PERIOD, /* filtered by --period */
    LEDGER_INACTIVE,       /* filtered by --active-only */
    LEDGER_REPEATED,       /* equal in every cell to an earlier row */
    LEDGER_LEFT_OUT,       /* by a decision (--fixes) */
    LEDGER_SUPERSEDED,     /* an older state of a record that comes again with a later modifiedOn */
    LEDGER_TOO_OLD,        /* filtered by --max-age */
    LEDGER_CUT_PERIOD,     /* of a week or month that a filter or the export cuts (--cut-periods drop) */
    LEDGER_NOT_YET,        /* open records that lack a date, an employee or an ID (plecto.open, --open-rows) */
    LEDGER_FOOTER,         /* subtotal and grand total rows */
    LEDGER_GROUP,          /* group rows */
    LEDGER_BLANK,
    LEDGER_EMPTY, /* records whose list of rows is empty */
    LEDGER_SIDE_COUNT
};

struct ledger {
    size_t column_count; /* money and count columns followed */
    uint64_t rows_in;
    uint64_t rows[LEDGER_SIDE_COUNT];
    uint64_t divided;      /* registrations beyond one for a written row: rows divided among several people */
    wide_integer *sums_in; /* column_count, ten-thousandths; data rows only */
    wide_integer *sums[LEDGER_SIDE_COUNT]; /* NULL for FOOTER, GROUP and BLANK */
    uint64_t rows_on_disk;                 /* of written, as re-read */
    wide_integer *sums_on_disk;
    bool *
        on_disk_known; /* whether the column's sum can be told from the files (not where only its average is written) */
    bool overflow;     /* a sum did not fit 128 bits: never balanced */
};

/* An empty ledger for so many columns. Free: ledger_free. */
void ledger_start(struct ledger *ledger, size_t column_count);
void ledger_free(struct ledger *ledger);
void ledger_reset(struct ledger *ledger);
/* A row came in with these amounts (column_count; 0 where empty or unreadable), and one ended on a side. */
void ledger_in(struct ledger *ledger, const int64_t *amounts);
void ledger_out(struct ledger *ledger, enum ledger_side side, const int64_t *amounts);
void ledger_merge(struct ledger *into, const struct ledger *from);
/* Filtered in the words of the law: outside period + inactive + repeated + superseded + too old + cut period +
 * not yet. */
uint64_t ledger_filtered(const struct ledger *ledger);
/* Whether in = sum of the sides, and written = on disk where `check_disk`; else says in `why` which side
 * and column differ by how much. `titles`: names of the columns. */
bool ledger_balanced(const struct ledger *ledger, bool check_disk, char *const *titles, struct buffer *why);

#endif
