/* row_groups.h: the rows of the input by a key that several share: lines by their invoice, shares by their job. Read whole
 * before the run (run/scan.c), then only looked at, safe from many threads. */
#ifndef CONVERT_ROW_GROUPS_H
#define CONVERT_ROW_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct row_groups;

/* A row: its file, its number there, and its place in a list of the record. */
struct group_row {
    size_t file;
    uint64_t row, item;
};

struct row_groups *row_groups_create(void);
void row_groups_free(struct row_groups *groups); /* NULL is fine */
/* Adds a row with its amount (ten-thousandths), in the order of the input. Of rows with the same ID within a key the one
 * changed last counts (`modified` as the API prints it); an empty ID is that of no other row. */
void row_groups_add(struct row_groups *groups, struct view key, const struct group_row *place, int64_t amount,
                    struct view id, struct view modified);
/* Whether a key has several rows, and all rows of each key the same amount: then it is the key's, on each of its lines. */
bool row_groups_are_parents(const struct row_groups *groups);
/* Whether the row is the first of its key. */
bool row_groups_is_first(const struct row_groups *groups, struct view key, const struct group_row *place);

/* What a row has of its key's whole: the amounts of the rows before it, its own, and all of them. */
struct group_share {
    int64_t before, own, all;
};
/* False where the row is none that counts. */
bool row_groups_share(const struct row_groups *groups, struct view key, const struct group_row *place,
                      struct group_share *share);

#endif
