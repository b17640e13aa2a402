/* grain.c: rows as numbers: each different text of a column has one, so a row is a tuple and a set of columns is tried by
 * sorting. A column that splits no group of equal IDs is dropped at once, which leaves few to combine. */
#include "convert/grain.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"

#define CANDIDATES 24 /* columns that are combined by twos and threes */

struct grain {
    const struct view *columns;
    bool *is_usable;
    size_t column_count;
    struct table *ids;
    struct table **values; /* by column */
    uint32_t *rows;        /* column_count + 1 numbers a row: the ID's, then the cells' */
    size_t row_count, row_capacity;
    bool is_sample;
};

struct grain *grain_create(const struct view *columns, const bool *is_usable, size_t column_count) {
    struct grain *grain = memory_get_zero(1, sizeof *grain);
    grain->columns = columns;
    grain->column_count = column_count;
    grain->is_usable = memory_get_zero(column_count + 1, sizeof *grain->is_usable);
    memcpy(grain->is_usable, is_usable, column_count * sizeof *is_usable);
    grain->ids = table_create();
    grain->values = memory_get_zero(column_count + 1, sizeof(struct table *));
    for (size_t i = 0; i < column_count; i++)
        grain->values[i] = table_create();
    return grain;
}

void grain_free(struct grain *grain) {
    if (!grain) return;
    for (size_t i = 0; i < grain->column_count; i++)
        table_destroy(grain->values[i]);
    free(grain->values);
    free(grain->is_usable);
    table_destroy(grain->ids);
    free(grain->rows);
    free(grain);
}

void grain_add(struct grain *grain, struct view id, const struct view *cells) {
    if (grain->row_count == GRAIN_ROWS) {
        grain->is_sample = true;
        return;
    }
    size_t width = grain->column_count + 1;
    void *rows = grain->rows;
    memory_grow(&rows, &grain->row_capacity, grain->row_count + 1, width * sizeof *grain->rows);
    grain->rows = rows;
    uint32_t *row = grain->rows + grain->row_count++ * width;
    row[0] = (uint32_t)table_add(grain->ids, id, NULL);
    for (size_t i = 0; i < grain->column_count; i++)
        row[i + 1] = (uint32_t)table_add(grain->values[i], cells[i], NULL);
}

size_t grain_row_count(const struct grain *grain) {
    return grain->row_count;
}

bool grain_is_sample(const struct grain *grain) {
    return grain->is_sample;
}

/* --- trying a set ------------------------------------------------------------------------------------ */

/* A row's place and a hash of what is tried. */
struct key {
    uint64_t hash;
    size_t row;
};

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static int compare_keys(const void *one, const void *other) {
    const struct key *left = one, *right = other;
    if (left->hash != right->hash) return left->hash < right->hash ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

static void fill_keys(const struct grain *grain, const size_t *columns, size_t count, struct key *keys) {
    size_t width = grain->column_count + 1;
    for (size_t i = 0; i < grain->row_count; i++) {
        const uint32_t *row = grain->rows + i * width;
        uint64_t hash = mix(1, row[0]);
        for (size_t k = 0; k < count; k++)
            hash = mix(hash, row[columns[k] + 1]);
        keys[i] = (struct key){hash, i};
    }
    qsort(keys, grain->row_count, sizeof *keys, compare_keys);
}

static bool are_equal(const struct grain *grain, size_t left, size_t right) {
    size_t width = grain->column_count + 1;
    return memcmp(grain->rows + left * width, grain->rows + right * width, width * sizeof *grain->rows) == 0;
}

/* How many rows these columns, with the ID, fail to tell from the one before them. */
static size_t count_clashes(const struct grain *grain, const size_t *columns, size_t count, struct key *keys) {
    size_t clashes = 0;
    fill_keys(grain, columns, count, keys);
    for (size_t i = 1; i < grain->row_count; i++)
        clashes += keys[i].hash == keys[i - 1].hash && !are_equal(grain, keys[i].row, keys[i - 1].row);
    return clashes;
}

static size_t different_values(const struct grain *grain, const size_t *columns, size_t count) {
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += table_count(grain->values[columns[i]]);
    return sum;
}

/* The best set found so far. */
struct best {
    size_t columns[GRAIN_LIMIT];
    size_t count, values;
};

static void try_set(const struct grain *grain, const size_t *columns, size_t count, struct key *keys,
                    struct best *best) {
    size_t values = different_values(grain, columns, count);
    if ((best->count > 0 && values >= best->values) || count_clashes(grain, columns, count, keys) > 0) return;
    memcpy(best->columns, columns, count * sizeof *columns);
    best->count = count;
    best->values = values;
}

/* Columns that tell at least some rows apart, those that tell most first. */
static size_t choose_candidates(const struct grain *grain, struct key *keys, size_t *candidates, struct best *best) {
    size_t none = count_clashes(grain, NULL, 0, keys), count = 0;
    size_t clashes[CANDIDATES];
    for (size_t column = 0; column < grain->column_count; column++) {
        if (!grain->is_usable[column] || table_count(grain->values[column]) < 2) continue;
        size_t left = count_clashes(grain, &column, 1, keys);
        if (left == 0) try_set(grain, &column, 1, keys, best);
        if (left >= none) continue;
        size_t place = count < CANDIDATES ? count++ : CANDIDATES;
        while (place > 0 && clashes[place - 1] > left) {
            place--;
            if (place + 1 < CANDIDATES) {
                clashes[place + 1] = clashes[place];
                candidates[place + 1] = candidates[place];
            }
        }
        if (place == CANDIDATES) continue;
        clashes[place] = left;
        candidates[place] = column;
    }
    return count;
}

static int compare_columns(const void *one, const void *other) {
    const size_t *left = one, *right = other;
    return (*left > *right) - (*left < *right);
}

bool grain_find(const struct grain *grain, size_t *chosen, size_t *chosen_count) {
    struct key *keys = memory_get_zero(grain->row_count + 1, sizeof *keys);
    size_t candidates[CANDIDATES + 1];
    struct best best = {.count = 0};
    size_t count = choose_candidates(grain, keys, candidates, &best);
    qsort(candidates, count, sizeof *candidates, compare_columns); /* left ones are tried first */
    for (size_t a = 0; a < count && best.count != 1; a++)
        for (size_t b = a + 1; b < count; b++) {
            const size_t pair[] = {candidates[a], candidates[b]};
            try_set(grain, pair, 2, keys, &best);
        }
    for (size_t a = 0; a < count && best.count == 0; a++)
        for (size_t b = a + 1; b < count; b++)
            for (size_t c = b + 1; c < count && best.count == 0; c++) {
                const size_t three[] = {candidates[a], candidates[b], candidates[c]};
                try_set(grain, three, 3, keys, &best);
            }
    free(keys);
    memcpy(chosen, best.columns, best.count * sizeof *chosen);
    *chosen_count = best.count;
    return best.count > 0;
}
