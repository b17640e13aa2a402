/* repeats.h: records that come more than once with different content. An export feed repeats a record whenever it
 * changed (schemas/servicetitan.md, "Answers and feeds"): the state with the latest modifiedOn is the one to take.
 * Where there is no such date, the rows are looked at to say which columns would tell them apart (grain.h).
 *
 * Filled by a pass of its own over the input, only where the identity set met such IDs. */
#ifndef CONVERT_REPEATS_H
#define CONVERT_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct repeats;

/* For the IDs with these hashes (copied). Free: repeats_free. */
struct repeats *repeats_create(const uint64_t *id_hashes, size_t count);
void repeats_free(struct repeats *repeats); /* NULL is fine */
/* Whether an ID is among them. */
bool repeats_has(const struct repeats *repeats, struct view id);
/* Notes a row of such an ID. `modified`: text that sorts as it lies in time, or empty; `content`: hash of all cells.
 * Two different states with the latest date decide nothing. */
void repeats_add(struct repeats *repeats, struct view id, struct view modified, uint32_t content, size_t file,
                 uint64_t row, uint64_t item);
/* Whether some ID has rows whose modified dates decide which one is to be taken. */
bool repeats_can_decide(const struct repeats *repeats);
/* Whether the row is an older state of its record. False for IDs that are not decided. Safe from many threads. */
bool repeats_are_superseded(const struct repeats *repeats, struct view id, size_t file, uint64_t row, uint64_t item);

#endif
