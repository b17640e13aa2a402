/* distinct.h: how often the values of a column repeat: a set of 64-bit hashes (8 to 16 bytes a value). Two values of a
 * million share a hash by chance once in 37 million such columns: fine for a guess, never used for a decision. */
#ifndef CLI_DISTINCT_H
#define CLI_DISTINCT_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct distinct {
    uint64_t *slots; /* 0 = free */
    size_t size, used;
    uint64_t repeats; /* values that had been there */
};

/* A zeroed struct is an empty set. */
void distinct_add(struct distinct *set, struct view value);
void distinct_free(struct distinct *set);

#endif
