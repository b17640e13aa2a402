/* find_amounts.c: why amounts of the same record differ: a sign, cents against dollars, another money column, rounding. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/explain.h"

/* What the right side is said to have of a record, by what the left side has. */
typedef bool amount_rule(const struct comparison *comparison, const struct unit *unit, size_t metric,
                         const void *context);

static int64_t amount_of(const struct comparison *comparison, const struct unit *unit, int side, size_t metric) {
    return row_amount(comparison, side, unit->rows[side], metric);
}

static bool is_turned(const struct comparison *comparison, const struct unit *unit, size_t metric,
                      const void *context) {
    (void)context;
    return amount_of(comparison, unit, 0, metric) == -amount_of(comparison, unit, 1, metric);
}

/* 100: cents; -100: dollars of cents. What a hundredth has beyond the cents is rounded. */
static bool is_scaled(const struct comparison *comparison, const struct unit *unit, size_t metric,
                      const void *context) {
    bool is_up = *(const int *)context > 0;
    int64_t small = amount_of(comparison, unit, is_up ? 0 : 1, metric),
            large = amount_of(comparison, unit, is_up ? 1 : 0, metric);
    if (small == 0) return false;
    if ((wide_integer)small * 100 == large) return true;
    if (is_up) return false;
    wide_integer apart = (wide_integer)small * 100 - large;
    return apart >= -5000 && apart <= 5000 && large % 10000 == 0 && large >= 1000000;
}

struct other_column {
    int side;
    size_t column;
    int sign; /* 0: in place of the metric; 1: added to it, -1: taken from it */
};

static bool is_other(const struct comparison *comparison, const struct unit *unit, size_t metric, const void *context) {
    const struct other_column *other = context;
    int64_t value = comparison->sides[other->side].columns[other->column].values[unit->rows[other->side]];
    if (value == NO_AMOUNT) value = 0;
    if (other->sign != 0 && value == 0) return false;
    int64_t own = amount_of(comparison, unit, other->side, metric),
            theirs = amount_of(comparison, unit, 1 - other->side, metric);
    return theirs == (other->sign == 0 ? value : own + other->sign * value);
}

/* Rounded to `*context` units of ten-thousandths, halves to even or away from zero. */
static bool is_rounded(const struct comparison *comparison, const struct unit *unit, size_t metric,
                       const void *context) {
    int64_t to = *(const int64_t *)context, exact = amount_of(comparison, unit, 0, metric),
            rounded = amount_of(comparison, unit, 1, metric);
    if (exact % to == 0) {
        int64_t other = exact;
        exact = rounded;
        rounded = other;
    }
    int64_t apart = (exact - rounded) * 2;
    return rounded % to == 0 && exact % to != 0 && apart >= -to && apart <= to;
}

static bool differs(const struct unit *unit, size_t metric) {
    return unit->counts[0] && unit->counts[1] && (unit->facets & (1ull << metric));
}

/* Adds to the finding what follows the rule of one metric, if that is a part of what differs that chance does not make. */
static void cover_rule(const struct comparison *comparison, size_t metric, amount_rule *rule, const void *context,
                       uint64_t *facets) {
    size_t all = 0, follow = 0;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        if (!differs(&comparison->units[i], metric)) continue;
        all++;
        follow += rule(comparison, &comparison->units[i], metric, context);
    }
    if (follow == 0 || follow * 5 < all) return;
    for (uint32_t i = 0; i < comparison->unit_count; i++)
        if (differs(&comparison->units[i], metric) && rule(comparison, &comparison->units[i], metric, context))
            facets[i] |= 1ull << metric;
}

/* The finding with all that follows the rule: of one metric, or with SIZE_MAX of all. NULL: nothing does. */
static struct finding *try_rule(const struct comparison *comparison, struct findings_list *found, enum cause cause,
                                size_t metric, amount_rule *rule, const void *context) {
    struct finding *finding = finding_create(comparison, cause);
    uint64_t *facets = memory_get_zero(comparison->unit_count + 1, sizeof *facets);
    found->tried++;
    for (size_t i = 0; i < comparison->metric_count; i++)
        if ((metric == SIZE_MAX || i == metric) && comparison->metrics[i].columns[0] != SIZE_MAX)
            cover_rule(comparison, i, rule, context, facets);
    for (uint32_t i = 0; i < comparison->unit_count; i++)
        if (facets[i] != 0) finding_cover(finding, i, facets[i]);
    free(facets);
    if (finding->covered_count > 0) return finding;
    finding_free(finding);
    return NULL;
}

/* The metric that the finding is most of: the first that it covers. */
static void name_metric(const struct comparison *comparison, struct finding *finding) {
    uint64_t facets = 0;
    for (size_t i = 0; i < finding->covered_count; i++)
        facets |= finding->covered[i].facets;
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (facets & (1ull << i)) {
            finding_set_field(finding, 0, comparison->metrics[i].title);
            return;
        }
}

static void find_signs(const struct comparison *comparison, struct findings_list *found) {
    struct finding *finding = try_rule(comparison, found, CAUSE_SIGN, SIZE_MAX, is_turned, NULL);
    if (!finding) return;
    finding->is_list = finding->covered_count > 1;
    for (size_t i = 0; i < finding->covered_count && i < 20; i++)
        finding_add_value(finding, row_id(comparison, 0, comparison->units[finding->covered[i].unit].rows[0]));
    name_metric(comparison, finding);
    findings_add(comparison, found, finding);
}

static void find_scales(const struct comparison *comparison, struct findings_list *found) {
    for (int factor = 100; factor >= -100; factor -= 200) {
        struct finding *finding = try_rule(comparison, found, CAUSE_SCALE, SIZE_MAX, is_scaled, &factor);
        if (!finding) continue;
        name_metric(comparison, finding);
        finding_add_value(finding, view_of(factor > 0 ? "100" : "0.01"));
        findings_add(comparison, found, finding);
    }
}

static void find_columns(const struct comparison *comparison, size_t metric, struct findings_list *found) {
    static const int signs[] = {0, 1, -1};
    for (int side = 0; side < 2; side++)
        for (size_t s = 0; s < 3; s++)
            for (size_t i = 0; i < comparison->sides[side].column_count; i++) {
                const struct side_column *column = &comparison->sides[side].columns[i];
                if (column->kind != COLUMN_AMOUNT || column->is_duration ||
                    i == comparison->metrics[metric].columns[side])
                    continue;
                const struct other_column other = {side, i, signs[s]};
                struct finding *finding = try_rule(comparison, found, CAUSE_COLUMN, metric, is_other, &other);
                if (!finding) continue;
                bool is_chance = finding->covered_count == 1 && other.sign == 0 &&
                                 column->values[comparison->units[finding->covered[0].unit].rows[side]] == NO_AMOUNT;
                if (is_chance) {
                    finding_free(finding);
                    continue;
                }
                finding_set_field(finding, 0, comparison->metrics[metric].title);
                finding_add_value(finding, view_of(column->title));
                findings_add(comparison, found, finding);
            }
}

static void find_rounding(const struct comparison *comparison, struct findings_list *found) {
    static const struct {
        int64_t to;
        const char *text;
    } steps[] = {{100, "0.01"}, {1000, "0.1"}, {10000, "1"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct finding *finding = try_rule(comparison, found, CAUSE_ROUNDING, SIZE_MAX, is_rounded, &steps[i].to);
        if (!finding) continue;
        if (finding->covered_count < 2) {
            finding_free(finding);
            continue;
        }
        name_metric(comparison, finding);
        finding_add_value(finding, view_of(steps[i].text));
        findings_add(comparison, found, finding);
        return;
    }
}

void find_amounts(const struct comparison *comparison, struct findings_list *found) {
    bool has_any = false;
    for (size_t i = 0; i < comparison->unit_count && !has_any; i++)
        has_any = comparison->units[i].bucket == BUCKET_AMOUNT;
    if (!has_any) return;
    find_signs(comparison, found);
    find_scales(comparison, found);
    for (size_t metric = 0; metric < comparison->metric_count; metric++)
        if (comparison->metrics[metric].columns[0] != SIZE_MAX) find_columns(comparison, metric, found);
    find_rounding(comparison, found);
}
