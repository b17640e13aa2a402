/* table.c: open addressing over 32-bit numbers; keys lie in an arena in the order they came. */
#include "base/table.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"

#define FIRST_SLOTS 64u            /* a power of two */
#define PREPARED ((size_t)1 << 20) /* bytes of slots */
#define AT_ONCE 64u                /* keys of which the caches fetch at a time what they need */

struct entry {
    const char *text;
    uint32_t length, hash; /* the hash's lower half: there are fewer slots than that */
};

struct table {
    struct arena *arena;
    struct entry *entries;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, 0 = free */
    size_t slot_count;
};

struct table *table_create(void) {
    struct table *table = memory_get_zero(1, sizeof *table);
    table->arena = arena_create(1024);
    table->slot_count = FIRST_SLOTS;
    table->slots = memory_get_zero(FIRST_SLOTS, sizeof *table->slots);
    return table;
}

void table_destroy(struct table *table) {
    if (!table) return;
    arena_destroy(table->arena);
    free(table->entries);
    free(table->slots);
    free(table);
}

void table_clear(struct table *table) {
    if (table->count == 0) return;
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    arena_reset(table->arena);
    table->count = 0;
}

/* The slot of the key, or the free one where it belongs. */
static size_t find_slot(const struct table *table, struct view key, uint32_t hash) {
    size_t mask = table->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (table->slots[slot]) {
        const struct entry *entry = &table->entries[table->slots[slot] - 1];
        if (entry->hash == hash && view_equal(view_from(entry->text, entry->length), key)) break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void grow(struct table *table) {
    free(table->slots);
    table->slot_count *= 2;
    table->slots = memory_get_zero(table->slot_count, sizeof *table->slots);
    if (table->slot_count * sizeof *table->slots >= PREPARED) /* hashes fill all of it, at whatever places */
        memory_prepare(table->slots, table->slot_count * sizeof *table->slots);
    size_t mask = table->slot_count - 1;
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = (size_t)table->entries[i].hash & mask;
        while (table->slots[slot])
            slot = (slot + 1) & mask;
        table->slots[slot] = (uint32_t)(i + 1);
    }
}

static size_t add(struct table *table, struct view key, uint32_t hash, bool *is_new) {
    size_t slot = find_slot(table, key, hash);
    if (is_new) *is_new = table->slots[slot] == 0;
    if (table->slots[slot]) return table->slots[slot] - 1;
    if (table->count + 1 > table->slot_count * 3 / 4) {
        grow(table);
        slot = find_slot(table, key, hash);
    }
    void *entries = table->entries;
    memory_grow(&entries, &table->capacity, table->count + 1, sizeof *table->entries);
    table->entries = entries;
    struct view copy = arena_copy(table->arena, key);
    table->entries[table->count] = (struct entry){copy.text, (uint32_t)copy.length, hash};
    table->slots[slot] = (uint32_t)++table->count;
    return table->count - 1;
}

static uint32_t hash_of(struct view key) {
    return (uint32_t)hash_bytes(key, 0);
}

size_t table_add(struct table *table, struct view key, bool *is_new) {
    return add(table, key, hash_of(key), is_new);
}

static void add_some(struct table *table, const struct view *keys, size_t count, uint32_t *numbers) {
    uint32_t hashes[AT_ONCE];
    size_t mask = table->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        hashes[i] = hash_of(keys[i]);
        __builtin_prefetch(&table->slots[hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t number = table->slots[hashes[i] & mask];
        if (number > 0) __builtin_prefetch(&table->entries[number - 1]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t number = table->slots[hashes[i] & mask];
        if (number > 0) __builtin_prefetch(table->entries[number - 1].text);
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)add(table, keys[i], hashes[i], NULL);
}

void table_add_many(struct table *table, const struct view *keys, size_t count, uint32_t *numbers) {
    for (size_t i = 0; i < count; i += AT_ONCE)
        add_some(table, keys + i, count - i < AT_ONCE ? count - i : AT_ONCE, numbers + i);
}

size_t table_find(const struct table *table, struct view key) {
    size_t slot = find_slot(table, key, hash_of(key));
    return table->slots[slot] ? table->slots[slot] - 1 : SIZE_MAX;
}

struct view table_key(const struct table *table, size_t number) {
    return view_from(table->entries[number].text, table->entries[number].length);
}

size_t table_count(const struct table *table) {
    return table->count;
}
