/* repeats.h: records that come more than once with different content. An export feed repeats a record whenever it
 * changed (schemas/servicetitan.md, "Answers and feeds"): the state with the latest modifiedOn is the one to take. Of two
 * exports the newer one has the record's newer state (--repeats). Where neither decides, the rows are looked at to say
 * which columns would tell them apart (grain.h).
 *
 * Filled by a pass of its own over the input, only where the identity set met such IDs. */
#ifndef CONVERT_REPEATS_H
#define CONVERT_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "convert/file_age.h"

struct repeats;

/* A row, as far as states are told apart. */
struct repeat_row {
    size_t file;
    uint64_t row, item;
    uint32_t content; /* hash of all cells */
    uint64_t sent;    /* hash of the registration it would be; 0: the row has errors */
};

enum repeat_state {
    REPEAT_OPEN, /* of an ID that does not repeat, or of which nothing decides */
    REPEAT_TAKEN,
    REPEAT_SUPERSEDED, /* by another state of its record */
    REPEAT_SAME        /* another file has the same registration in another spelling */
};

/* For the IDs with these hashes (copied). Free: repeats_free. */
struct repeats *repeats_create(const uint64_t *id_hashes, size_t count);
void repeats_free(struct repeats *repeats); /* NULL is fine */
/* Whether an ID is among them. */
bool repeats_has(const struct repeats *repeats, struct view id);
/* Notes a row of such an ID. `modified`: text that sorts as it lies in time, or empty. */
void repeats_add(struct repeats *repeats, struct view id, struct view modified, const struct repeat_row *row);

/* Decides for each ID, once all rows are noted: REPEATS_NEWEST takes the latest modifiedOn where all its rows have one, then
 * the newest file (`ages`, by file); REPEATS_LAST and REPEATS_FIRST take that file, and in it the latest modifiedOn;
 * REPEATS_ERROR decides nothing. States of several files that make one registration are the same one. Two different rows of one file, with nothing to order them, stay as they are.
 * True: some ID is decided. */
bool repeats_decide(struct repeats *repeats, enum repeat_policy policy, const struct file_age *ages);
/* An ID that REPEATS_NEWEST could not decide, since nothing orders two files that hold different states of it; false: there
 * is none. `id` lives as long as `repeats`. */
bool repeats_doubt(const struct repeats *repeats, struct view *id, struct repeat_row *one, struct repeat_row *other);
/* What a row is. Safe from many threads. */
enum repeat_state repeats_state(const struct repeats *repeats, struct view id, size_t file, uint64_t row,
                                uint64_t item);

#endif
