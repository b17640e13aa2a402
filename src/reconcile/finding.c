/* finding.c: a cause that was found: what it covers, its amounts, and the list of them. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/finding.h"

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
    free(finding->detail);
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
    finding->side = -1;
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

/* The metric with the largest gap, unless the cause leaves that one as it is. */
static size_t metric_of(const struct comparison *comparison, const wide_integer *amounts) {
    size_t best = 0, best_changed = SIZE_MAX;
    for (size_t i = 0; i < comparison->metric_count; i++) {
        wide_integer size = amount_size(comparison_gap(comparison, i));
        if (size > amount_size(comparison_gap(comparison, best))) best = i;
        bool is_larger = best_changed == SIZE_MAX || size > amount_size(comparison_gap(comparison, best_changed));
        if (amounts[i] != 0 && is_larger) best_changed = i;
    }
    return amounts[best] != 0 || best_changed == SIZE_MAX ? best : best_changed;
}

static bool has_gap(const struct comparison *comparison) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (comparison_gap(comparison, i) != 0) return true;
    return false;
}

bool covered_everything(const struct comparison *comparison, const struct covered *covered, size_t count) {
    size_t place = 0;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        uint64_t facets = unit_facets(&comparison->units[i]);
        if (facets == 0) continue;
        while (place < count && covered[place].unit < i)
            place++;
        uint64_t explained = place < count && covered[place].unit == i ? covered[place].facets : 0;
        if ((facets & ~explained) != 0) return false;
    }
    return true;
}

bool finding_explains_all(const struct comparison *comparison, const struct finding *finding) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (finding->amounts[i] != comparison_gap(comparison, i)) return false;
    return has_gap(comparison) || covered_everything(comparison, finding->covered, finding->covered_count);
}

void finding_add_amounts(const struct comparison *comparison, struct finding *finding) {
    for (size_t c = 0; c < finding->covered_count; c++) {
        const struct unit *unit = &comparison->units[finding->covered[c].unit];
        for (size_t m = 0; m < comparison->metric_count; m++)
            if (finding->covered[c].facets & (1ull << m)) finding->amounts[m] += unit_difference(comparison, unit, m);
    }
    finding->rows = finding->covered_count;
    finding->metric = metric_of(comparison, finding->amounts);
}

void findings_take(struct findings_list *found, struct finding *finding) {
    void *list = found->list;
    memory_grow(&list, &found->capacity, found->count + 1, sizeof *found->list);
    found->list = list;
    found->list[found->count++] = finding;
}

void findings_add(const struct comparison *comparison, struct findings_list *found, struct finding *finding) {
    if (finding->covered_count == 0) {
        finding_free(finding);
        return;
    }
    finding_add_amounts(comparison, finding);
    finding->is_all = finding_explains_all(comparison, finding);
    finding->is_whole = covered_everything(comparison, finding->covered, finding->covered_count);
    findings_take(found, finding);
}
