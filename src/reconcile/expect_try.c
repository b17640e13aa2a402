/* expect_try.c: one candidate of a search: whether it fits, is near, or could be chance. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"

void search_free(struct search *search) {
    for (size_t i = 0; i < search->count; i++) {
        free(search->wanted[i].amounts);
        free(search->wanted[i].meets);
        free(search->wanted[i].in_period);
    }
    free(search->wanted);
}

static wide_integer size_of(wide_integer amount) {
    return amount < 0 ? -amount : amount;
}

struct finding *search_try(struct search *search, enum cause cause, const wide_integer *totals, uint64_t rows) {
    struct findings_list *found = search->found;
    bool changes = false;
    size_t metric = 0;
    found->tried++;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        if (totals[i] != wanted->right) return NULL;
        changes = changes || totals[i] != wanted->left;
        const struct wanted *best = &search->wanted[metric];
        if (size_of(wanted->right - wanted->left) > size_of(best->right - best->left)) metric = i;
    }
    if (!changes) return NULL;
    struct finding *finding = finding_create(search->comparison, cause);
    for (size_t i = 0; i < search->count; i++)
        finding->amounts[i] = totals[i] - search->wanted[i].left;
    finding->rows = rows;
    finding->metric = metric;
    finding->is_all = true;
    void *list = found->list;
    memory_grow(&list, &found->capacity, found->count + 1, sizeof *found->list);
    found->list = list;
    found->list[found->count++] = finding;
    return finding;
}

/* --- chance ----------------------------------------------------------------------------------------------------------- */

static size_t largest_gap(const struct search *search) {
    size_t best = 0;
    for (size_t i = 0; i < search->count; i++)
        if (size_of(search->wanted[i].right - search->wanted[i].left) >
            size_of(search->wanted[best].right - search->wanted[best].left))
            best = i;
    return best;
}

wide_integer search_window(const struct search *search) {
    const struct wanted *wanted = &search->wanted[largest_gap(search)];
    wide_integer window = size_of(wanted->right - wanted->left) / 10;
    return window > 20 * DECIMAL_SCALE ? window : 20 * DECIMAL_SCALE;
}

bool search_is_near(const struct search *search, const wide_integer *totals) {
    size_t metric = largest_gap(search);
    return size_of(totals[metric] - search->wanted[metric].right) <= search_window(search);
}

/* What all amounts are multiples of: there are no gaps between. */
static int64_t grain_of(const struct search *search, size_t metric) {
    int64_t grain = 0;
    for (size_t i = 0; i < search->comparison->sides[0].row_count; i++)
        for (int64_t a = search->wanted[metric].amounts[i] < 0 ? -search->wanted[metric].amounts[i]
                                                               : search->wanted[metric].amounts[i];
             a != 0;) {
            int64_t rest = grain % a;
            grain = a;
            a = rest;
        }
    return grain > 0 ? grain : 1;
}

bool search_is_chance(const struct search *search, uint64_t near) {
    size_t gaps = 0;
    for (size_t i = 0; i < search->count; i++)
        gaps += search->wanted[i].right != search->wanted[i].left;
    if (gaps > 1) return false; /* each of them hit to the cent */
    double places = 2 * (double)search_window(search) / (double)grain_of(search, largest_gap(search));
    return (double)near / places > 0.1;
}
