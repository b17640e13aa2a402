/* counts.c: see counts.h. */
#include "ledger/counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void counts_start(struct counts *counts, size_t column_count) {
    *counts = (struct counts){.column_count = column_count,
                              .first_cut_day = INT32_MAX,
                              .first_day = INT32_MAX,
                              .last_day = INT32_MIN};
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        counts->sums[i] = memory_get_zero(column_count + 1, sizeof *counts->sums[i]);
}

void counts_reset(struct counts *counts) {
    memset(counts->of, 0, sizeof counts->of);
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        memset(counts->sums[i], 0, counts->column_count * sizeof *counts->sums[i]);
    counts->other_day_money = 0;
    counts->first_cut_day = INT32_MAX;
    counts->first_day = INT32_MAX;
    counts->last_day = INT32_MIN;
}

void counts_free(struct counts *counts) {
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        free(counts->sums[i]);
    *counts = (struct counts){0};
}

void counts_add_amounts(struct counts *counts, enum count_sum sum, const int64_t *amounts) {
    for (size_t i = 0; i < counts->column_count; i++)
        decimal_add(&counts->sums[sum][i], amounts[i]);
}

void counts_add(struct counts *into, const struct counts *from) {
    for (int i = 0; i < COUNT_LIMIT; i++)
        into->of[i] += from->of[i];
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        for (size_t k = 0; k < into->column_count; k++)
            decimal_add(&into->sums[i][k], from->sums[i][k]);
    decimal_add(&into->other_day_money, from->other_day_money);
    into->first_cut_day = from->first_cut_day < into->first_cut_day ? from->first_cut_day : into->first_cut_day;
    into->first_day = from->first_day < into->first_day ? from->first_day : into->first_day;
    into->last_day = from->last_day > into->last_day ? from->last_day : into->last_day;
}
