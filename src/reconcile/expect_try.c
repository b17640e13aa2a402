/* expect_try.c: one candidate of a search: whether it fits, is near, or could be chance. */
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "reconcile/expect.h"
#include "reconcile/expect_private.h"

void search_free(struct search *search) {
    for (size_t i = 0; i < search->count; i++) {
        free(search->wanted[i].amounts);
        free(search->wanted[i].meets);
        free(search->wanted[i].fits);
        free(search->wanted[i].in_period);
    }
    free(search->wanted);
    attributes_free(search->attributes, search->attribute_count);
    presence_free(&search->all);
}

#define CHANCE 0.01          /* how many candidates may fit by chance */
#define CLOCK_LOOKS 1000000u /* looks at rows between looks at the clock */

int64_t search_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool search_spend(struct search *search, uint64_t looks) {
    struct search_limit *limit = search->limit;
    if (!limit) return true;
    if (looks > limit->looks) limit->is_reached = true;
    if (limit->is_reached) return false;
    limit->looks -= looks;
    limit->unchecked += looks;
    if (limit->deadline == 0 || limit->unchecked < CLOCK_LOOKS) return true;
    limit->unchecked = 0;
    limit->is_reached = search_clock() > limit->deadline;
    return !limit->is_reached;
}

static wide_integer gap_size(const struct wanted *wanted) {
    return amount_size(wanted->right - wanted->left);
}

size_t search_largest(const struct search *search) {
    size_t best = 0;
    for (size_t i = 1; i < search->count; i++)
        if (gap_size(&search->wanted[i]) > gap_size(&search->wanted[best])) best = i;
    return best;
}

struct finding *search_try(struct search *search, enum cause cause, const wide_integer *totals, uint64_t rows) {
    struct findings_list *found = search->found;
    bool changes = false;
    found->tried++;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        if (totals[i] != wanted->right) return NULL;
        changes = changes || totals[i] != wanted->left;
    }
    if (!changes) return NULL;
    struct finding *finding = finding_create(search->comparison, cause);
    for (size_t i = 0; i < search->count; i++)
        finding->amounts[i] = totals[i] - search->wanted[i].left;
    finding->rows = rows;
    finding->metric = search_largest(search);
    finding->is_all = true;
    findings_take(found, finding);
    return finding;
}

/* --- chance ----------------------------------------------------------------------------------------------------------- */

wide_integer search_window(const struct search *search) {
    wide_integer window = gap_size(&search->wanted[search_largest(search)]) / 10;
    return window > 20 * DECIMAL_SCALE ? window : 20 * DECIMAL_SCALE;
}

bool search_is_near(const struct search *search, const wide_integer *totals) {
    size_t metric = search_largest(search);
    return amount_size(totals[metric] - search->wanted[metric].right) <= search_window(search);
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
    double places = 2 * (double)search_window(search) / (double)grain_of(search, search_largest(search));
    return (double)near / places > CHANCE;
}
