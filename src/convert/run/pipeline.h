/* pipeline.h: N threads that read, convert, identify and merge blocks, whichever is most urgent.
 *
 * Any number of blocks are converted at a time. Reading, asking the identity set whether a block's IDs came already, and
 * merging outcomes go in the order of the input, so the answers do not depend on -j; a block is converted again if an ID
 * came already. Memory is bounded by the blocks in flight. */
#ifndef CONVERT_RUN_PIPELINE_H
#define CONVERT_RUN_PIPELINE_H

#include "convert/aggregate.h"

/* Merges an outcome into what was before, in block order; one thread at a time, not always the same. What it leaves in outcome.waiting is hashed
 * in the same order before pipeline_run returns. False stops the run with `error`. */
typedef bool outcome_merger(void *context, struct outcome *outcome, size_t file, struct error *error);

/* IDs that came again with other content: hashes, an ID perhaps more than once. */
struct repeated_ids {
    uint64_t *hashes; /* free() */
    size_t count, capacity;
    struct odd_ids odd; /* IDs that may differ from another in their form only; odd_ids_free */
};

/* Runs all blocks of all inputs. `aggregate` gets the sums of all workers (NULL with --by row); `repeated` is
 * appended to. */
bool pipeline_run(const struct plan *plan, struct input **inputs, outcome_merger *merge, void *context,
                  struct aggregate *aggregate, struct repeated_ids *repeated, struct error *error);

#endif
