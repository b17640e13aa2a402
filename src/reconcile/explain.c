/* explain.c: collects what the finders found, joins causes two by two, and puts the list in its order. */
#include "reconcile/explain.h"

#include <stdlib.h>

#include "base/memory.h"

#define POOL_LIMIT 60 /* causes that are joined two by two */
#define LIST_LIMIT 12 /* explanations of a report */

const char *const cause_names[CAUSE_COUNT] = {"attribute", "date",     "days",    "attributes", "repeated",
                                              "row",       "sign",     "scale",   "column",     "rounding",
                                              "stale",     "rejected", "refused", "unsent",     "retention",
                                              "people",    "average",  "rows",    "combination"};

void finding_free(struct finding *finding) {
    if (!finding) return;
    for (size_t i = 0; i < finding->value_count; i++)
        free(finding->values[i]);
    free(finding->values);
    free(finding->fields[0]);
    free(finding->fields[1]);
    free(finding->amounts);
    free(finding->covered);
    free(finding->command);
    finding_free(finding->parts[0]);
    finding_free(finding->parts[1]);
    free(finding);
}

void findings_list_free(struct findings_list *found) {
    for (size_t i = 0; i < found->count; i++)
        finding_free(found->list[i]);
    free(found->list);
    *found = (struct findings_list){0};
}

struct finding *finding_create(const struct comparison *comparison, enum cause cause) {
    struct finding *finding = memory_get_zero(1, sizeof *finding);
    finding->cause = cause;
    finding->amounts = memory_get_zero(comparison->metric_count + 1, sizeof *finding->amounts);
    return finding;
}

void finding_set_field(struct finding *finding, size_t place, const char *field) {
    finding->fields[place] = memory_copy(view_of(field));
}

void finding_add_value(struct finding *finding, struct view value) {
    finding->values = memory_resize(finding->values, (finding->value_count + 1) * sizeof *finding->values);
    finding->values[finding->value_count++] = memory_copy(value);
}

void finding_cover(struct finding *finding, uint32_t unit, uint64_t facets) {
    void *list = finding->covered;
    memory_grow(&list, &finding->covered_capacity, finding->covered_count + 1, sizeof *finding->covered);
    finding->covered = list;
    finding->covered[finding->covered_count++] = (struct covered){unit, facets};
}

/* --- amounts ---------------------------------------------------------------------------------------------------------- */

static wide_integer gap_of(const struct comparison *comparison, size_t metric) {
    return comparison->metrics[metric].sums[1] - comparison->metrics[metric].sums[0];
}

static wide_integer size_of(wide_integer amount) {
    return amount < 0 ? -amount : amount;
}

/* The metric with the largest gap, unless the cause leaves that one as it is. */
static size_t metric_of(const struct comparison *comparison, const wide_integer *amounts) {
    size_t best = 0, best_changed = SIZE_MAX;
    for (size_t i = 0; i < comparison->metric_count; i++) {
        if (size_of(gap_of(comparison, i)) > size_of(gap_of(comparison, best))) best = i;
        bool is_larger =
            best_changed == SIZE_MAX || size_of(gap_of(comparison, i)) > size_of(gap_of(comparison, best_changed));
        if (amounts[i] != 0 && is_larger) best_changed = i;
    }
    return amounts[best] != 0 || best_changed == SIZE_MAX ? best : best_changed;
}

static bool has_gap(const struct comparison *comparison) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (gap_of(comparison, i) != 0) return true;
    return false;
}

static bool covers_everything(const struct comparison *comparison, const struct covered *covered, size_t count) {
    size_t place = 0;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        uint64_t facets = comparison->units[i].facets;
        if (facets == 0) continue;
        while (place < count && covered[place].unit < i)
            place++;
        uint64_t explained = place < count && covered[place].unit == i ? covered[place].facets : 0;
        if ((facets & ~explained) != 0) return false;
    }
    return true;
}

static bool explains_all(const struct comparison *comparison, const struct finding *finding) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (finding->amounts[i] != gap_of(comparison, i)) return false;
    return has_gap(comparison) || covers_everything(comparison, finding->covered, finding->covered_count);
}

/* Adds what the finding covers of these facets to its amounts. */
static void add_amounts(const struct comparison *comparison, struct finding *finding) {
    for (size_t c = 0; c < finding->covered_count; c++) {
        const struct unit *unit = &comparison->units[finding->covered[c].unit];
        for (size_t m = 0; m < comparison->metric_count; m++)
            if (finding->covered[c].facets & (1ull << m)) finding->amounts[m] += unit_difference(comparison, unit, m);
    }
    finding->rows = finding->covered_count;
    finding->metric = metric_of(comparison, finding->amounts);
}

void findings_add(const struct comparison *comparison, struct findings_list *found, struct finding *finding) {
    if (finding->covered_count == 0) {
        finding_free(finding);
        return;
    }
    add_amounts(comparison, finding);
    finding->is_all = explains_all(comparison, finding);
    finding->is_whole = covers_everything(comparison, finding->covered, finding->covered_count);
    void *list = found->list;
    memory_grow(&list, &found->capacity, found->count + 1, sizeof *found->list);
    found->list = list;
    found->list[found->count++] = finding;
}

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
    to->is_value_private = from->is_value_private;
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
    add_amounts(comparison, both);
    add_amounts(comparison, rest);
    both->parts[0]->metric = both->parts[1]->metric = both->metric;
    both->is_all = rest->covered_count > 0 && explains_all(comparison, both) &&
                   covers_everything(comparison, both->covered, both->covered_count);
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
            if (!both) continue;
            void *list = found->list;
            memory_grow(&list, &found->capacity, found->count + 1, sizeof *found->list);
            found->list = list;
            found->list[found->count++] = both;
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
        wide_integer of_a = size_of(a->amounts[a->metric]), of_b = size_of(b->amounts[b->metric]);
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
