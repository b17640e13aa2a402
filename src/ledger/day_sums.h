/* day_sums.h: what the written rows bring to each day and to each member: rows, and sums of the columns that the ledger
 * follows. A row that is divided among several people is one for each. */
#ifndef LEDGER_DAY_SUMS_H
#define LEDGER_DAY_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/table.h"
#include "values/decimal.h"

/* Rows and sums by a number. */
struct number_sums {
    uint64_t *rows;
    wide_integer *sums; /* by number * columns + column */
    size_t count, capacity;
};

#define KNOWN_DAYS 512 /* more than a year */

struct known_day {
    bool is_known;
    int32_t day;
    size_t number; /* in day_sums.days */
};

struct day_sums {
    size_t columns;
    struct arena *arena;   /* of the names */
    struct table *members; /* their IDs */
    struct view *names;    /* by number of the ID: the one it came with first */
    size_t name_capacity;
    struct table *other_names;               /* "ID, NUL, name" where an ID comes with another name than at first */
    struct table *days;                      /* four bytes each (int32_t) */
    struct known_day known_days[KNOWN_DAYS]; /* numbers of days seen, by day modulo their count */
    struct number_sums by_member, by_day;
};

/* Empty, for so many columns. Free: day_sums_free. */
void day_sums_start(struct day_sums *sums, size_t columns);
void day_sums_reset(struct day_sums *sums);
void day_sums_free(struct day_sums *sums);
/* The number of a member, whose name is remembered: they go 0, 1, 2 …. */
size_t day_sums_member(struct day_sums *sums, struct view id, struct view name);
/* Adds a row of a member and a day (since 1970) with its amounts, one for each column. */
void day_sums_add(struct day_sums *sums, size_t member, int32_t day, const int64_t *amounts);
/* The next of the other names, from `*place` on: whose it is and what; false behind the last. */
bool day_sums_other(const struct day_sums *sums, size_t *place, size_t *member, struct view *name);
/* Members known by their ID only take the least of the names that other rows have. At the end: it changes day_sums.names. */
void day_sums_prefer_names(struct day_sums *sums);
/* Adds all of `from`. Both are of as many columns. */
void day_sums_merge(struct day_sums *into, const struct day_sums *from);

#endif
