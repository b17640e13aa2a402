/* grain.c: rows as numbers: each different text of a column has one, so a row is a tuple, and a set of columns is tried by
 * putting the rows into a hash set until two clash.
 *
 * Most sets fail, so failing must be cheap. Columns that split no group of equal IDs cannot be part of a smallest set and
 * are dropped. Pairs of rows that clashed before are asked first: nearly always one of them refuses the next set too.
 * What is left is bounded by WORK rows put into sets, the same on every machine. */
#include "convert/grain.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "values/boolean.h"

#define WITNESSES 64u  /* pairs of rows that are remembered */
#define WORK 40000000u /* rows put into sets by one search: about a second */

struct grain {
    bool *is_usable; /* no longer, once a cell of the column is empty */
    size_t column_count;
    struct table *ids;
    struct table **values; /* by column */
    uint32_t *rows;        /* column_count + 1 numbers a row: the ID's, then the cells' */
    size_t row_count, row_capacity;
    bool is_sample;
};

struct grain *grain_create(const struct view *columns, const bool *is_usable, size_t column_count) {
    struct grain *grain = memory_get_zero(1, sizeof *grain);
    (void)columns; /* who asks words the answer */
    grain->column_count = column_count;
    grain->is_usable = memory_get_zero(column_count + 1, sizeof *grain->is_usable);
    if (column_count > 0) memcpy(grain->is_usable, is_usable, column_count * sizeof *is_usable);
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

/* A part of an ID that is empty makes the row one without an ID (person.c); 0 means none there. */
static bool is_empty_part(struct view cell) {
    struct view text = view_trim(cell);
    return text.length == 0 || placeholder_text(text) || view_is(text, "0");
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
    for (size_t i = 0; i < grain->column_count; i++) {
        row[i + 1] = (uint32_t)table_add(grain->values[i], cells[i], NULL);
        if (grain->is_usable[i] && is_empty_part(cells[i])) grain->is_usable[i] = false;
    }
}

size_t grain_row_count(const struct grain *grain) {
    return grain->row_count;
}

bool grain_is_sample(const struct grain *grain) {
    return grain->is_sample;
}

/* --- trying a set ------------------------------------------------------------------------------------ */

struct witness {
    const uint32_t *left, *right; /* different rows of one ID */
};

struct search {
    const struct grain *grain;
    const uint32_t **rows; /* without exact repeats */
    size_t row_count;
    const uint32_t **slots; /* the hash set */
    size_t slot_count;      /* a power of two, at least twice the rows */
    struct witness witnesses[WITNESSES];
    size_t witness_count;
    size_t work;
    size_t best[GRAIN_LIMIT]; /* the best set found so far */
    size_t best_count, best_values;
};

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static bool are_same(const uint32_t *left, const uint32_t *right, const size_t *columns, size_t count) {
    if (left[0] != right[0]) return false;
    for (size_t k = 0; k < count; k++)
        if (left[columns[k] + 1] != right[columns[k] + 1]) return false;
    return true;
}

/* Puts a row into the set; the row that has the same ID and cells, or NULL. */
static const uint32_t *put_row(struct search *search, const uint32_t *row, const size_t *columns, size_t count) {
    uint64_t hash = mix(1, row[0]);
    for (size_t k = 0; k < count; k++)
        hash = mix(hash, row[columns[k] + 1]);
    size_t mask = search->slot_count - 1;
    search->work++;
    for (size_t slot = (size_t)(hash >> 7) & mask;; slot = (slot + 1) & mask) {
        if (search->slots[slot] && !are_same(search->slots[slot], row, columns, count)) continue;
        const uint32_t *other = search->slots[slot];
        if (!other) search->slots[slot] = row;
        return other;
    }
}

static void empty_set(struct search *search) {
    for (size_t i = 0; i < search->slot_count; i++)
        search->slots[i] = NULL;
}

/* Remembered in front; the last one is forgotten. */
static void remember(struct search *search, struct witness witness) {
    if (search->witness_count < WITNESSES) search->witness_count++;
    memmove(search->witnesses + 1, search->witnesses, (search->witness_count - 1) * sizeof witness);
    search->witnesses[0] = witness;
}

/* Whether ID and these columns differ in all rows. */
static bool are_unique(struct search *search, const size_t *columns, size_t count) {
    for (size_t i = 0; i < search->witness_count; i++) {
        struct witness witness = search->witnesses[i];
        if (!are_same(witness.left, witness.right, columns, count)) continue;
        memmove(search->witnesses + 1, search->witnesses, i * sizeof witness);
        search->witnesses[0] = witness;
        return false;
    }
    empty_set(search);
    for (size_t i = 0; i < search->row_count; i++) {
        const uint32_t *other = put_row(search, search->rows[i], columns, count);
        if (!other) continue;
        remember(search, (struct witness){other, search->rows[i]});
        return false;
    }
    return true;
}

static void try_set(struct search *search, const size_t *columns, size_t count) {
    size_t values = 0;
    for (size_t i = 0; i < count; i++)
        values += table_count(search->grain->values[columns[i]]);
    bool is_better = search->best_count == 0 || values < search->best_values;
    if (!is_better || search->work > WORK || !are_unique(search, columns, count)) return;
    memcpy(search->best, columns, count * sizeof *columns);
    search->best_count = count;
    search->best_values = values;
}

/* All sets of `size` columns out of the candidates, those furthest left first. */
static void try_sets(struct search *search, const size_t *candidates, size_t candidate_count, size_t size) {
    size_t places[GRAIN_LIMIT], columns[GRAIN_LIMIT], depth = 0;
    if (candidate_count < size) return;
    places[0] = 0;
    for (;;) {
        if (places[depth] + (size - depth) > candidate_count) {
            if (depth == 0) return;
            places[--depth]++;
            continue;
        }
        columns[depth] = candidates[places[depth]];
        if (depth + 1 < size) {
            places[depth + 1] = places[depth] + 1;
            depth++;
        } else {
            try_set(search, columns, size);
            places[depth]++;
        }
    }
}

/* --- the search -------------------------------------------------------------------------------------- */

static void start_search(struct search *search, const struct grain *grain) {
    size_t width = grain->column_count + 1;
    size_t *all = memory_get_zero(width, sizeof *all);
    for (size_t i = 0; i < grain->column_count; i++)
        all[i] = i;
    *search = (struct search){.grain = grain, .slot_count = 64};
    while (search->slot_count < grain->row_count * 2)
        search->slot_count *= 2;
    search->rows = memory_get_zero(grain->row_count + 1, sizeof *search->rows);
    search->slots = memory_get_zero(search->slot_count, sizeof *search->slots);
    for (size_t i = 0; i < grain->row_count; i++) {
        const uint32_t *row = grain->rows + i * width;
        if (!put_row(search, row, all, grain->column_count)) search->rows[search->row_count++] = row;
    }
    free(all);
}

/* Whether the column differs between any two rows of one ID; `firsts` has the first row of each ID. */
static bool splits_any(const struct search *search, const uint32_t *const *firsts, size_t column) {
    for (size_t i = 0; i < search->row_count; i++)
        if (search->rows[i][column + 1] != firsts[search->rows[i][0]][column + 1]) return true;
    return false;
}

/* The usable columns that tell at least two rows apart, from the left. */
static size_t choose_candidates(const struct search *search, size_t *candidates) {
    const struct grain *grain = search->grain;
    const uint32_t **firsts = memory_get_zero(table_count(grain->ids) + 1, sizeof *firsts);
    for (size_t i = search->row_count; i-- > 0;)
        firsts[search->rows[i][0]] = search->rows[i];
    size_t count = 0;
    for (size_t column = 0; column < grain->column_count; column++)
        if (grain->is_usable[column] && splits_any(search, firsts, column)) candidates[count++] = column;
    free(firsts);
    return count;
}

bool grain_find(const struct grain *grain, size_t *chosen, size_t *chosen_count) {
    struct search search;
    start_search(&search, grain);
    size_t *candidates = memory_get_zero(grain->column_count + 1, sizeof *candidates);
    size_t count = choose_candidates(&search, candidates);
    /* Where all of them together fail, no few of them succeed. */
    if (count > 0 && are_unique(&search, candidates, count))
        for (size_t size = 1; size <= GRAIN_LIMIT && search.best_count == 0; size++)
            try_sets(&search, candidates, count, size);
    memcpy(chosen, search.best, search.best_count * sizeof *chosen);
    *chosen_count = search.best_count;
    free(candidates);
    free(search.rows);
    free(search.slots);
    return search.best_count > 0;
}
