/* pipeline.h: one reader, N workers, one ordered writer.
 *
 * The reader cuts blocks; workers convert them; each worker, when it is its block's turn, asks the identity set
 * whether the block's IDs came already (in input order, so the answers do not depend on -j) and converts the
 * block again if some did; the writer takes outcomes by block number. Memory is bounded by the blocks in flight. */
#ifndef CONVERT_PIPELINE_H
#define CONVERT_PIPELINE_H

#include "convert/aggregate.h"

/* Takes an outcome in block order, on the calling thread. False stops the run with `error`. */
typedef bool outcome_taker(void *context, const struct outcome *outcome, size_t file, struct error *error);

/* IDs that came again with other content: hashes, an ID perhaps more than once. */
struct repeated_ids {
    uint64_t *hashes; /* free() */
    size_t count, capacity;
};

/* Runs all blocks of all inputs. `aggregate` gets the sums of all workers (NULL with --by row); `repeated` is
 * appended to. */
bool pipeline_run(const struct plan *plan, struct input **inputs, outcome_taker *take, void *context,
                  struct aggregate *aggregate, struct repeated_ids *repeated, struct error *error);

#endif
