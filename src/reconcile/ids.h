/* ids.h: IDs as numbers. An ID that is written as a plain number is that number; any other is a text of the pool. So a
 * million of them need no table, and two sides are joined part by part, each of which the caches hold. */
#ifndef RECONCILE_IDS_H
#define RECONCILE_IDS_H

#include "base/table.h"
#include "reconcile/packed.h"

#define NO_ID PACKED_NONE

/* The code of an ID that is written as a plain number (digits, 18 at most, the first of them no 0); else NO_ID. */
int64_t id_of_digits(struct view id);
/* The code of the text with this number of the pool. */
int64_t id_of_text(size_t number);
/* The code of any ID, which is added to the pool where it is no plain number. */
int64_t id_add(struct table *pool, struct view id);
/* The same, of an ID that may be unknown; NO_ID: the pool does not have it. */
int64_t id_find(const struct table *pool, struct view id);
/* The ID as it is written; valid as long as the pool, which a number is added to. NO_ID: empty. */
struct view id_text(struct table *pool, int64_t id);

struct side;

/* How many rows have an ID, and how many different IDs these are. */
struct id_counts {
    size_t filled, different;
};

/* The IDs of two sides from 0 on, equal ones with one number: those of the left side by its rows, then the others. */
struct id_numbers {
    uint32_t *of_row[2]; /* owned; by row; NO_NUMBER: it has no ID */
    size_t count;        /* numbers are less than it; not all of them are there */
    struct id_counts counts[2];
};
#define NO_NUMBER UINT32_MAX

/* `sides`: two of them. `has_thread`: a second thread may help. Free: id_numbers_free. */
void id_numbers_make(const struct side *sides, bool has_thread, struct id_numbers *numbers);
void id_numbers_free(struct id_numbers *numbers);

#endif
