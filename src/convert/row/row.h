/* row.h: the heart: the records of a block become registrations, tallies of an aggregate, rejected or filtered
 * rows. */
#ifndef CONVERT_ROW_ROW_H
#define CONVERT_ROW_ROW_H

#include "convert/outcome.h"

struct converter; /* one for each worker */

struct converter *converter_create(const struct plan *plan, struct input **inputs);
void converter_free(struct converter *converter); /* NULL is fine */

/* Converts a block of file number `file` into `outcome` (emptied first). `before`: NULL in the first go; where
 * the identity set found rows that came already, the block is converted again with its answers, one for each
 * entry of outcome->identities of the first go. */
void convert_block(struct converter *converter, const struct block *block, size_t file,
                   const struct identity_before *before, struct outcome *outcome);

#endif
