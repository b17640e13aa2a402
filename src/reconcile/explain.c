/* explain.c: collects what the finders found, joins causes two by two, and puts the list in its order. */
#include "reconcile/explain.h"

#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/finding.h"

#define POOL_LIMIT 60 /* causes that are joined two by two */
#define LIST_LIMIT 12 /* explanations of a report */

const char *const cause_names[CAUSE_COUNT] = {"attribute", "date",     "days",    "attributes", "repeated",
                                              "row",       "sign",     "scale",   "column",     "rounding",
                                              "stale",     "rejected", "refused", "unsent",     "retention",
                                              "people",    "average",  "rows",    "combination"};

/* --- combinations ----------------------------------------------------------------------------------------------------- */

/* What both cover, by unit; facets of the second that the first has are taken from it. */
static void merge_covered(const struct finding *first, const struct finding *second, struct finding *both,
                          struct finding *rest) {
    size_t a = 0, b = 0;
    while (a < first->covered_count || b < second->covered_count) {
        bool takes_a = b == second->covered_count ||
                       (a < first->covered_count && first->covered[a].unit <= second->covered[b].unit);
        bool takes_b = a == first->covered_count ||
                       (b < second->covered_count && second->covered[b].unit <= first->covered[a].unit);
        uint32_t unit = takes_a ? first->covered[a].unit : second->covered[b].unit;
        uint64_t of_a = takes_a ? first->covered[a].facets : 0, of_b = takes_b ? second->covered[b].facets : 0;
        if ((of_b & ~of_a) != 0) finding_cover(rest, unit, of_b & ~of_a);
        finding_cover(both, unit, of_a | of_b);
        a += takes_a;
        b += takes_b;
    }
}

static struct finding *copy_of(const struct comparison *comparison, const struct finding *from) {
    struct finding *to = finding_create(comparison, from->cause);
    for (size_t i = 0; i < 2; i++)
        if (from->fields[i]) finding_set_field(to, i, from->fields[i]);
    for (size_t i = 0; i < from->value_count; i++)
        finding_add_value(to, view_of(from->values[i]));
    to->is_list = from->is_list;
    to->side = from->side;
    to->is_only = from->is_only;
    to->is_our_verdict = from->is_our_verdict;
    to->is_value_private = from->is_value_private;
    if (from->detail) to->detail = memory_copy(view_of(from->detail));
    to->metric = from->metric;
    to->rows = from->rows;
    memcpy(to->amounts, from->amounts, comparison->metric_count * sizeof *to->amounts);
    return to;
}

/* The two as one finding if they explain everything and neither does so alone; else NULL. */
static struct finding *combine(const struct comparison *comparison, const struct finding *first,
                               const struct finding *second) {
    struct finding *both = finding_create(comparison, CAUSE_COMBINATION);
    both->parts[0] = copy_of(comparison, first);
    both->parts[1] = copy_of(comparison, second);
    struct finding *rest = both->parts[1];
    memset(rest->amounts, 0, comparison->metric_count * sizeof *rest->amounts);
    merge_covered(first, second, both, rest);
    finding_add_amounts(comparison, both);
    finding_add_amounts(comparison, rest);
    both->parts[0]->metric = both->parts[1]->metric = both->metric;
    both->is_all = rest->covered_count > 0 && finding_explains_all(comparison, both) &&
                   covered_everything(comparison, both->covered, both->covered_count);
    if (both->is_all) return both;
    finding_free(both);
    return NULL;
}

static bool is_left_to_others(const struct finding *finding) {
    return finding->is_whole || finding->cause == CAUSE_ROWS;
}

static void find_combinations(const struct comparison *comparison, struct findings_list *found) {
    size_t count = found->count < POOL_LIMIT ? found->count : POOL_LIMIT;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            const struct finding *first = found->list[i], *second = found->list[j];
            bool is_same = first->cause == second->cause && first->cause != CAUSE_ATTRIBUTE &&
                           first->cause != CAUSE_ATTRIBUTES && first->cause != CAUSE_PEOPLE &&
                           first->cause != CAUSE_COLUMN && first->cause != CAUSE_REPEATED && first->cause != CAUSE_ROW;
            if (is_same || is_left_to_others(first) || is_left_to_others(second)) continue;
            found->tried++;
            struct finding *both = combine(comparison, first, second);
            if (both) findings_take(found, both);
        }
}

/* --- order ------------------------------------------------------------------------------------------------------------ */

/* What explains all by one cause, by two; what explains the gap but leaves records that differ, and the last resort; then
 * parts. */
static int class_of(const struct finding *finding) {
    if (!finding->is_all) return 3;
    if (finding->cause == CAUSE_COMBINATION) return 1;
    return finding->cause == CAUSE_ROWS || finding->is_weak || !finding->is_whole ? 2 : 0;
}

static int compare_findings(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left, *b = *(struct finding *const *)right;
    if (class_of(a) != class_of(b)) return class_of(a) - class_of(b);
    if (class_of(a) == 3) {
        wide_integer of_a = amount_size(a->amounts[a->metric]), of_b = amount_size(b->amounts[b->metric]);
        if (of_a != of_b) return of_a > of_b ? -1 : 1;
        if (a->rows != b->rows) return a->rows > b->rows ? -1 : 1;
    }
    if (a->cause == CAUSE_COMBINATION && b->cause == CAUSE_COMBINATION) {
        int of_a = (int)a->parts[0]->cause + (int)a->parts[1]->cause;
        int of_b = (int)b->parts[0]->cause + (int)b->parts[1]->cause;
        if (of_a != of_b) return of_a - of_b;
    }
    if (a->cause != b->cause) return (int)a->cause - (int)b->cause;
    return 0;
}

/* A stable sort: equals stay in the order in which they were tried. */
static void sort_findings(struct findings_list *found) {
    for (size_t i = 1; i < found->count; i++)
        for (size_t j = i; j > 0 && compare_findings(&found->list[j - 1], &found->list[j]) > 0; j--) {
            struct finding *other = found->list[j];
            found->list[j] = found->list[j - 1];
            found->list[j - 1] = other;
        }
}

void explain(const struct comparison *comparison, struct findings_list *found) {
    bool differs = false;
    for (size_t i = 0; i < comparison->unit_count && !differs; i++)
        differs = comparison->units[i].bucket != BUCKET_SAME;
    if (!differs) return;
    find_presence(comparison, found);
    find_moments(comparison, found);
    find_amounts(comparison, found);
    find_others(comparison, found);
    sort_findings(found);
    uint64_t matches = 0;
    for (size_t i = 0; i < found->count; i++)
        matches += found->list[i]->is_all;
    if (found->count == 0 || class_of(found->list[0]) > 0) find_combinations(comparison, found);
    sort_findings(found);
    while (found->count > LIST_LIMIT)
        finding_free(found->list[--found->count]);
    for (size_t i = 0; i < found->count; i++) {
        found->list[i]->tried = found->tried;
        found->list[i]->matches = found->list[i]->cause == CAUSE_COMBINATION ? 0 : matches;
    }
}
