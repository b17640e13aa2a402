/* totals.h: the total rows of a file, checked against our own sums; candidates are proved by them first. */
#ifndef CONVERT_TOTALS_H
#define CONVERT_TOTALS_H

#include "convert/outcome.h"
#include "report/result.h"

/* What rows add up to: since the last total row, or since the file's begin. */
struct total_sums {
    uint64_t rows, damaged;
    wide_integer *sums;         /* owned; of the followed fields */
    uint64_t *unread;           /* owned; of the same: cells that could not be read */
    struct value_range *ranges; /* owned; of the same, where the schema is not built in */
    struct column_sum *columns; /* owned; by column, of files whose total rows are proved */
};

/* A candidate that is a total only if no row comes after it. */
struct held_total {
    bool is_open;
    struct total_event event;
    int64_t *stated; /* owned; its followed amounts, then its cells by column */
};

/* A total row, or a candidate, and what comes after it up to the next. */
struct first_total {
    struct total_event event;
    int64_t *stated; /* owned; its followed amounts, then its cells by column */
    struct total_sums after;
    size_t column_count; /* of `after` */
};

/* The total rows of a file whose first one comes before all rows. */
struct first_totals {
    struct first_total *list; /* owned */
    size_t count, capacity;
};

struct totals {
    size_t file; /* the sums below are of this file */
    struct total_sums group, all;
    size_t column_room;
    struct held_total held;
    struct first_totals first; /* judged at the end of the file (totals_first.c) */
    bool is_in_order;          /* they were looked at: totals of this file come after their rows */
    struct result_total *found; /* total rows that were checked; owned */
    size_t found_count;
    bool *is_average;          /* owned; by followed field: a total row states its average, not its sum */
    struct row_place *refuted; /* owned: candidates that are rows, by file and row */
    size_t refuted_count, refuted_capacity;
};

void totals_start(struct totals *totals, const struct plan *plan);
void totals_free(struct totals *totals);
/* Adds the events of the next block (in block order) of file `file`: total rows that were checked, and issues
 * E701/E702 where one does not agree. A sum in which a cell could not be read is not compared: that cell has its issue. */
void totals_merge(struct totals *totals, const struct plan *plan, const struct outcome *outcome, size_t file,
                  struct issues *issues);
/* The end of the last file. */
void totals_end(struct totals *totals, const struct plan *plan, struct issues *issues);

#endif
