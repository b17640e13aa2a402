/* day_sums.c: see day_sums.h. */
#include "ledger/day_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void parts_start(struct parts *parts, size_t columns) {
    *parts = (struct parts){.columns = columns};
}

void parts_reset(struct parts *parts) {
    parts->count = 0;
}

void parts_free(struct parts *parts) {
    free(parts->rows);
    free(parts->sums);
    *parts = (struct parts){0};
}

static void make_room(struct parts *parts, size_t number) {
    if (number < parts->count) return;
    if (number >= parts->capacity) {
        parts->capacity = number + 1 + number / 2;
        parts->capacity = parts->capacity < 32 ? 32 : parts->capacity;
        parts->rows = memory_resize(parts->rows, parts->capacity * sizeof *parts->rows);
        parts->sums = memory_resize(parts->sums, (parts->capacity * parts->columns + 1) * sizeof *parts->sums);
    }
    for (; parts->count <= number; parts->count++) {
        parts->rows[parts->count] = 0;
        for (size_t i = 0; i < parts->columns; i++)
            parts->sums[parts->count * parts->columns + i] = 0;
    }
}

void parts_add(struct parts *parts, size_t number, const int64_t *amounts) {
    make_room(parts, number);
    parts->rows[number]++;
    wide_integer *sums = parts->sums + number * parts->columns;
    for (size_t i = 0; i < parts->columns; i++)
        sums[i] += amounts[i]; /* 2^64 rows of the largest amount fit */
}

void parts_merge(struct parts *parts, size_t number, const struct parts *from, size_t from_number) {
    make_room(parts, number);
    parts->rows[number] += from->rows[from_number];
    for (size_t i = 0; i < parts->columns; i++)
        parts->sums[number * parts->columns + i] += from->sums[from_number * from->columns + i];
}
