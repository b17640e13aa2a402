/* expect_rows.c: one row or two that an expected number leaves out, a sign that is turned, IDs that come again. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"

#define TWO_ROWS_LIMIT 4000

static size_t row_count(const struct search *search) {
    return search->comparison->sides[0].row_count;
}

/* The totals less `times` a row. */
static void totals_without(const struct search *search, size_t row, int times, wide_integer *totals) {
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        totals[i] = wanted->left;
        if (wanted_counts(wanted, row) && !wanted->is_average) totals[i] -= (wide_integer)times * wanted->amounts[row];
    }
}

/* The totals with a row that the conditions leave out. */
static bool totals_with(const struct search *search, size_t row, wide_integer *totals) {
    bool changes = false;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        bool is_left_out = wanted->in_period[row] && !wanted->meets[row] && !wanted->is_average;
        totals[i] = wanted->left + (is_left_out ? wanted->amounts[row] : 0);
        changes = changes || is_left_out;
    }
    return changes;
}

static void add_row(const struct search *search, struct finding *finding, size_t row) {
    finding->side = 0;
    finding_add_value(finding, row_id(search->comparison, 0, (uint32_t)row));
}

static void search_repeated(struct search *search, wide_integer *totals) {
    const struct side *side = &search->comparison->sides[0];
    struct table *ids = table_create(), *again = table_create();
    uint64_t rows = 0;
    for (size_t i = 0; i < search->count; i++)
        totals[i] = search->wanted[i].left;
    for (size_t row = side->row_count; row-- > 0;) { /* the last one stands */
        bool is_new = true, is_counted = false;
        if (side_id_at(side, row) == NO_ID) continue;
        for (size_t i = 0; i < search->count; i++)
            is_counted = is_counted || wanted_counts(&search->wanted[i], row);
        if (!is_counted) continue;
        table_add(ids, row_id(search->comparison, 0, (uint32_t)row), &is_new);
        if (is_new) continue;
        table_add(again, row_id(search->comparison, 0, (uint32_t)row), NULL);
        rows++;
        for (size_t i = 0; i < search->count; i++)
            if (wanted_counts(&search->wanted[i], row) && !search->wanted[i].is_average)
                totals[i] -= search->wanted[i].amounts[row];
    }
    struct finding *finding = rows > 0 ? search_try(search, CAUSE_REPEATED, totals, rows) : NULL;
    for (size_t i = 0; finding && i < table_count(again) && i < 20; i++)
        finding_add_value(finding, table_key(again, i));
    table_destroy(ids);
    table_destroy(again);
}

void search_rows(struct search *search) {
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    uint64_t near = 0;
    if (!search_spend(search, 4 * row_count(search) * search->count)) {
        free(totals);
        return;
    }
    search_repeated(search, totals);
    for (size_t row = 0; row < row_count(search); row++) {
        totals_without(search, row, 1, totals);
        near += search_is_near(search, totals);
    }
    for (size_t row = 0; row < row_count(search) && !search_is_chance(search, near); row++) {
        totals_without(search, row, 1, totals);
        struct finding *finding = search_try(search, CAUSE_ROW, totals, 1);
        if (finding) add_row(search, finding, row);
        finding = totals_with(search, row, totals) ? search_try(search, CAUSE_ROW, totals, 1) : NULL;
        if (finding) add_row(search, finding, row);
        if (finding) finding->side = 1;
    }
    for (size_t row = 0; row < row_count(search) && !search_is_chance(search, near); row++) {
        totals_without(search, row, 2, totals);
        struct finding *finding = search_try(search, CAUSE_SIGN, totals, 1);
        if (finding) add_row(search, finding, row);
    }
    free(totals);
}

/* --- two rows --------------------------------------------------------------------------------------------------------- */

struct ranked {
    int64_t amount;
    size_t row;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    if (a->amount != b->amount) return a->amount < b->amount ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static void try_two(struct search *search, size_t first, size_t second, wide_integer *totals) {
    wide_integer *other = memory_get_zero(search->count + 1, sizeof *other);
    totals_without(search, first, 1, totals);
    totals_without(search, second, 1, other);
    for (size_t i = 0; i < search->count; i++)
        totals[i] += other[i] - search->wanted[i].left;
    struct finding *finding = search_try(search, CAUSE_ROWS, totals, 2);
    free(other);
    if (!finding) return;
    finding->is_list = true;
    add_row(search, finding, first < second ? first : second);
    add_row(search, finding, first < second ? second : first);
}

void search_two_rows(struct search *search) {
    size_t metric = 0, count = 0;
    if (!search_spend(search, 64 * row_count(search))) return;
    for (size_t i = 0; i < search->count; i++)
        if (search->wanted[i].left != search->wanted[i].right) metric = i;
    const struct wanted *wanted = &search->wanted[metric];
    struct ranked *list = memory_get((row_count(search) + 1) * sizeof *list);
    for (size_t row = 0; row < row_count(search); row++)
        if (wanted_counts(wanted, row) && wanted->amounts[row] != 0)
            list[count++] = (struct ranked){wanted->amounts[row], row};
    wide_integer gap = wanted->left - wanted->right, window = search_window(search);
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    uint64_t near = 0;
    if (count <= TWO_ROWS_LIMIT) {
        qsort(list, count, sizeof *list, compare_ranked);
        search->found->tried += count * (count > 0 ? count - 1 : 0) / 2;
        size_t low = count, high = count; /* the second's place moves down as the first's goes up */
        for (size_t i = 0; i < count; i++) {
            while (high > 0 && (wide_integer)list[i].amount + list[high - 1].amount > gap + window)
                high--;
            while (low > 0 && (wide_integer)list[i].amount + list[low - 1].amount >= gap - window)
                low--;
            size_t begin = low > i + 1 ? low : i + 1;
            if (high > begin) near += high - begin;
        }
        for (size_t i = 0; i < count && !search_is_chance(search, near); i++)
            for (size_t j = i + 1; j < count; j++)
                if ((wide_integer)list[i].amount + list[j].amount == gap)
                    try_two(search, list[i].row, list[j].row, totals);
    }
    free(totals);
    free(list);
}
