/* distinct.c: open addressing, at most two thirds full, doubled when it gets fuller. */
#include "cli/distinct.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"

static uint64_t *find_slot(const struct distinct *set, uint64_t hash) {
    size_t place = (size_t)hash & (set->size - 1);
    while (set->slots[place] != 0 && set->slots[place] != hash)
        place = (place + 1) & (set->size - 1);
    return &set->slots[place];
}

static void grow(struct distinct *set) {
    struct distinct larger = {.size = set->size ? set->size * 2 : 64, .used = set->used, .repeats = set->repeats};
    larger.slots = memory_get_zero(larger.size, sizeof *larger.slots);
    for (size_t i = 0; i < set->size; i++)
        if (set->slots[i] != 0) *find_slot(&larger, set->slots[i]) = set->slots[i];
    free(set->slots);
    *set = larger;
}

void distinct_add(struct distinct *set, struct view value) {
    if ((set->used + 1) * 3 > set->size * 2) grow(set);
    uint64_t hash = hash_bytes(value, 0);
    hash += hash == 0;
    uint64_t *slot = find_slot(set, hash);
    if (*slot == hash) {
        set->repeats++;
        return;
    }
    *slot = hash;
    set->used++;
}

void distinct_free(struct distinct *set) {
    free(set->slots);
    *set = (struct distinct){0};
}
