/* packed.c: see packed.h. Codes lie one behind the other, least bits first; eight spare bytes let each be read at once. */
#include "reconcile/packed.h"

#include <stdlib.h>

#include "base/memory.h"

#define WIDTH_LIMIT 56 /* a wider code may lie in nine bytes */

void packed_free(struct packed *list) {
    for (size_t i = 0; i < list->block_count; i++)
        free(list->blocks[i].bits);
    free(list->blocks);
    free(list->open);
    *list = (struct packed){.step = list->step};
}

/* The least and the largest number; false: all are empty. */
static bool find_range(const int64_t *values, int64_t *least, int64_t *most, bool *has_none) {
    *least = INT64_MAX;
    *most = INT64_MIN;
    *has_none = false;
    for (size_t i = 0; i < PACKED_BLOCK; i++) {
        bool is_none = values[i] == PACKED_NONE;
        *has_none = *has_none || is_none;
        if (is_none) continue;
        *least = values[i] < *least ? values[i] : *least;
        *most = values[i] > *most ? values[i] : *most;
    }
    return *least <= *most;
}

static bool are_multiples(const int64_t *values, int64_t least, uint32_t step) {
    for (size_t i = 0; i < PACKED_BLOCK; i++)
        if (values[i] != PACKED_NONE && ((uint64_t)values[i] - (uint64_t)least) % step != 0) return false;
    return true;
}

static void add_code(unsigned char *bits, size_t bit, uint64_t code) {
    uint64_t word;
    memcpy(&word, bits + bit / 8, sizeof word);
    word |= code << (bit % 8);
    memcpy(bits + bit / 8, &word, sizeof word);
}

static void add_codes(const int64_t *values, struct packed_block *block, int64_t least) {
    size_t bit = 0;
    uint64_t first = block->none == 0;
    for (size_t i = 0; i < PACKED_BLOCK; i++, bit += block->width) {
        if (values[i] == PACKED_NONE) continue; /* 0 */
        uint64_t apart = (uint64_t)values[i] - (uint64_t)least;
        add_code(block->bits, bit, (block->step == 1 ? apart : apart / block->step) + first);
    }
}

static void seal_wide(const int64_t *values, struct packed_block *block) {
    *block = (struct packed_block){.bits = memory_get(PACKED_BLOCK * sizeof *values), .width = 64, .step = 1};
    memcpy(block->bits, values, PACKED_BLOCK * sizeof *values);
}

static void seal(const int64_t *values, uint32_t step, struct packed_block *block) {
    int64_t least, most;
    bool has_none;
    *block = (struct packed_block){.base = PACKED_NONE};
    if (!find_range(values, &least, &most, &has_none)) return;
    block->base = least;
    if (least == most && !has_none) return;
    block->step = step > 1 && are_multiples(values, least, step) ? step : 1;
    uint64_t largest = ((uint64_t)most - (uint64_t)least) / block->step;
    while (block->width < WIDTH_LIMIT && largest + has_none >= (uint64_t)1 << block->width)
        block->width++;
    if (largest + has_none >= (uint64_t)1 << block->width || largest == UINT64_MAX) {
        seal_wide(values, block);
        return;
    }
    block->mask = ((uint64_t)1 << block->width) - 1;
    block->none = has_none ? 0 : UINT64_MAX;
    block->bits = memory_get_zero(PACKED_BLOCK / 8 * block->width + sizeof(uint64_t), 1);
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
    seal(list->open, list->step, &list->blocks[list->block_count++]);
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
        free(block->bits);
        seal_wide(values, block);
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
