/* packed.h: a list of 64-bit numbers, kept in as few bits as they need: in blocks of so many, each counted from the block's
 * least number, in steps where all numbers are multiples of one. Read at any place, written mostly at the end. */
#ifndef RECONCILE_PACKED_H
#define RECONCILE_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PACKED_NONE INT64_MIN /* a place that was never written, or emptied */
#define PACKED_BLOCK 4096u    /* a power of two */

/* A block that is full. */
struct packed_block {
    unsigned char *bits; /* of the list's room; NULL: every place is `base` */
    int64_t base;        /* what code 0 means */
    uint64_t mask, none; /* of the code; the code of PACKED_NONE, or one that no place has */
    uint8_t width;       /* bits of a code; 64: the numbers as they are */
    uint32_t step;
};

/* All zero: an empty list. */
struct packed {
    struct packed_block *blocks; /* owned */
    size_t block_count, block_capacity;
    int64_t *open; /* owned; the numbers behind the full blocks; NULL: none yet */
    struct packed_room *room; /* owned; the last of the allocations that the blocks lie in */
    uint32_t step; /* numbers are mostly multiples of it; 0: of 1 */
};

void packed_free(struct packed *list);
/* Writes a number; all places before it that were not written are empty. Slow in a block that is full. */
void packed_set_slowly(struct packed *list, size_t place, int64_t value);

static inline void packed_set(struct packed *list, size_t place, int64_t value) {
    if (list->open && place / PACKED_BLOCK == list->block_count)
        list->open[place % PACKED_BLOCK] = value;
    else
        packed_set_slowly(list, place, value);
}

/* Lets the caches fetch the number of a place. */
static inline void packed_fetch(const struct packed *list, size_t place) {
    size_t number = place / PACKED_BLOCK;
    if (number >= list->block_count || !list->blocks[number].bits) return;
    __builtin_prefetch(list->blocks[number].bits + place % PACKED_BLOCK * list->blocks[number].width / 8);
}

/* The number of a place, or PACKED_NONE. */
static inline int64_t packed_get(const struct packed *list, size_t place) {
    size_t number = place / PACKED_BLOCK, within = place % PACKED_BLOCK;
    if (number >= list->block_count)
        return list->open && number == list->block_count ? list->open[within] : PACKED_NONE;
    const struct packed_block *block = &list->blocks[number];
    if (!block->bits) return block->base;
    uint64_t code;
    size_t bit = within * block->width;
    memcpy(&code, block->bits + bit / 8, sizeof code);
    if (block->width == 64) return (int64_t)code;
    code = code >> (bit % 8) & block->mask;
    return code == block->none ? PACKED_NONE : (int64_t)((uint64_t)block->base + code * block->step);
}

#endif
