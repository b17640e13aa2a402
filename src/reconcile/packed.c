/* packed.c: see packed.h. Codes lie one behind the other, least bits first; eight spare bytes let each be read at once. The
 * blocks of a list lie in few allocations that grow: as many as there are columns and blocks would each have the heap of a
 * thread ask the system for pages. */
#include "reconcile/packed.h"

#include <stdlib.h>

#include "base/memory.h"

#define WIDTH_LIMIT 56          /* a wider code may lie in nine bytes */
#define FIRST_ROOM (16u << 10)  /* bytes */
#define LARGEST_ROOM (1u << 20) /* of which the system gives what is written to */

struct packed_room {
    struct packed_room *before;
    size_t used, size; /* bytes */
    unsigned char bytes[];
};

/* Room for the codes of a block. */
static unsigned char *get_room(struct packed *list, size_t size) {
    struct packed_room *room = list->room;
    size = (size + 7) / 8 * 8;
    if (!room || room->size - room->used < size) {
        size_t next = !room ? FIRST_ROOM : room->size < LARGEST_ROOM ? room->size * 2 : LARGEST_ROOM;
        next = next < size ? size : next;
        room = memory_get(sizeof *room + next);
        room->before = list->room;
        room->used = 0;
        room->size = next;
        list->room = room;
    }
    room->used += size;
    return room->bytes + room->used - size;
}

void packed_free(struct packed *list) {
    for (struct packed_room *room = list->room, *before; room; room = before) {
        before = room->before;
        free(room);
    }
    free(list->blocks);
    free(list->open);
    *list = (struct packed){.step = list->step};
}

/* The least and the largest number; false: all are empty. */
static bool find_range(const int64_t *values, int64_t *least, int64_t *most, bool *has_none) {
    int64_t low = INT64_MAX, high = INT64_MIN; /* which is PACKED_NONE: it is never the largest */
    unsigned none = 0;
    for (size_t i = 0; i < PACKED_BLOCK; i++) {
        int64_t value = values[i], above = value == PACKED_NONE ? INT64_MAX : value;
        none |= value == PACKED_NONE;
        low = above < low ? above : low;
        high = value > high ? value : high;
    }
    *least = low;
    *most = high;
    *has_none = none != 0;
    return low <= high;
}

/* Compiled into its callers with a step that is known: no division then. */
__attribute__((always_inline)) static inline bool are_multiples_of(const int64_t *values, int64_t least, uint64_t step) {
    for (size_t i = 0; i < PACKED_BLOCK; i++)
        if (values[i] != PACKED_NONE && ((uint64_t)values[i] - (uint64_t)least) % step != 0) return false;
    return true;
}

static bool are_multiples(const int64_t *values, int64_t least, uint32_t step) {
    switch (step) {
    case 2: return are_multiples_of(values, least, 2);
    case 60: return are_multiples_of(values, least, 60);
    case 100: return are_multiples_of(values, least, 100);
    default: return are_multiples_of(values, least, step);
    }
}

/* Puts the codes one behind the other, whole words at a time. */
__attribute__((always_inline)) static inline void add_codes_of(const int64_t *values, const struct packed_block *block,
                                                               int64_t least, uint64_t step) {
    unsigned char *to = block->bits;
    uint64_t first = block->none == 0, word = 0;
    unsigned width = block->width, used = 0;
    for (size_t i = 0; i < PACKED_BLOCK; i++) {
        uint64_t code = values[i] == PACKED_NONE ? 0 : ((uint64_t)values[i] - (uint64_t)least) / step + first;
        word |= code << used;
        used += width;
        if (used < 64) continue;
        memcpy(to, &word, sizeof word);
        to += sizeof word;
        used -= 64;
        word = used == 0 ? 0 : code >> (width - used);
    }
    memset(to, 0, sizeof word); /* the spare bytes: the codes end with a word */
}

static void add_codes(const int64_t *values, const struct packed_block *block, int64_t least) {
    switch (block->step) {
    case 1: add_codes_of(values, block, least, 1); break;
    case 2: add_codes_of(values, block, least, 2); break;
    case 60: add_codes_of(values, block, least, 60); break;
    case 100: add_codes_of(values, block, least, 100); break;
    default: add_codes_of(values, block, least, block->step); break;
    }
}

static void seal_wide(struct packed *list, const int64_t *values, struct packed_block *block) {
    size_t size = PACKED_BLOCK * sizeof *values;
    *block = (struct packed_block){.bits = get_room(list, size), .width = 64, .step = 1};
    memcpy(block->bits, values, size);
}

static void seal(struct packed *list, struct packed_block *block) {
    const int64_t *values = list->open;
    int64_t least, most;
    bool has_none;
    *block = (struct packed_block){.base = PACKED_NONE};
    if (!find_range(values, &least, &most, &has_none)) return;
    block->base = least;
    if (least == most && !has_none) return;
    block->step = list->step > 1 && are_multiples(values, least, list->step) ? list->step : 1;
    uint64_t largest = ((uint64_t)most - (uint64_t)least) / block->step;
    while (block->width < WIDTH_LIMIT && largest + has_none >= (uint64_t)1 << block->width)
        block->width++;
    if (largest + has_none >= (uint64_t)1 << block->width || largest == UINT64_MAX) {
        seal_wide(list, values, block);
        return;
    }
    block->mask = ((uint64_t)1 << block->width) - 1;
    block->none = has_none ? 0 : UINT64_MAX;
    block->bits = get_room(list, PACKED_BLOCK / 8 * block->width + sizeof(uint64_t));
    add_codes(values, block, least);
    if (has_none) block->base = (int64_t)((uint64_t)least - block->step);
}

static void empty(int64_t *values) {
    for (size_t i = 0; i < PACKED_BLOCK; i++)
        values[i] = PACKED_NONE;
}

static void seal_open(struct packed *list) {
    void *blocks = list->blocks;
    memory_grow(&blocks, &list->block_capacity, list->block_count + 1, sizeof *list->blocks);
    list->blocks = blocks;
    seal(list, &list->blocks[list->block_count++]);
    empty(list->open);
}

/* A number in a full block, which is no longer narrow then. */
static void set_sealed(struct packed *list, size_t place, int64_t value) {
    struct packed_block *block = &list->blocks[place / PACKED_BLOCK];
    size_t first = place / PACKED_BLOCK * PACKED_BLOCK;
    if (block->width != 64) { /* who writes one place writes more of them */
        int64_t *values = memory_get(PACKED_BLOCK * sizeof *values);
        for (size_t i = 0; i < PACKED_BLOCK; i++)
            values[i] = packed_get(list, first + i);
        seal_wide(list, values, block);
        free(values);
    }
    memcpy(block->bits + (place - first) * sizeof value, &value, sizeof value);
}

void packed_set_slowly(struct packed *list, size_t place, int64_t value) {
    if (!list->open) {
        list->open = memory_get(PACKED_BLOCK * sizeof *list->open);
        empty(list->open);
    }
    while (place / PACKED_BLOCK > list->block_count)
        seal_open(list);
    if (place / PACKED_BLOCK < list->block_count)
        set_sealed(list, place, value);
    else
        list->open[place % PACKED_BLOCK] = value;
}
