/* find_amounts.c: why amounts of the same record differ: a sign, cents against dollars, another money column, rounding. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/explain.h"

#define TURNED_LIMIT 3 /* records with a turned sign besides another cause */

/* A metric of a record on both sides. */
struct amounts {
    const struct comparison *comparison;
    const struct unit *unit;
    int64_t of[2];
};

/* Whether the right side has of a record what the rule says, by what the left side has. */
typedef bool amount_rule(const struct amounts *amounts, const void *context);

/* With -1 the right side's sign is turned before it is looked at. */
static struct amounts amounts_of(const struct comparison *comparison, const struct unit *unit, size_t metric,
                                 int sign) {
    return (struct amounts){
        comparison,
        unit,
        {row_amount(comparison, 0, unit->rows[0], metric), sign * row_amount(comparison, 1, unit->rows[1], metric)}};
}

static bool is_turned(const struct amounts *amounts, const void *context) {
    (void)context;
    return amounts->of[0] == -amounts->of[1];
}

/* 100: cents; -100: dollars of cents. A hundredth is to the cent, or rounded to it; below $100 chance makes such pairs. */
static bool is_scaled(const struct amounts *amounts, const void *context) {
    bool is_up = *(const int *)context > 0;
    int64_t small = amounts->of[is_up ? 0 : 1], large = amounts->of[is_up ? 1 : 0];
    if (small == 0) return false;
    wide_integer apart = (wide_integer)small * 100 - large;
    if (apart == 0) return true;
    bool are_cents = large % 100 == 0 && small % 100 == 0, is_large = large >= 1000000 || large <= -1000000;
    return are_cents && is_large && apart >= -5000 && apart <= 5000;
}

struct other_column {
    int side;
    size_t column;
    int sign; /* 0: in place of the metric; 1: added to it, -1: taken from it */
};

static bool is_other(const struct amounts *amounts, const void *context) {
    const struct other_column *other = context;
    const struct side_column *column = &amounts->comparison->sides[other->side].columns[other->column];
    int64_t value = side_cell(column, amounts->unit->rows[other->side]);
    if (value == NO_AMOUNT) value = 0;
    if (other->sign != 0 && value == 0) return false;
    int64_t own = amounts->of[other->side], theirs = amounts->of[1 - other->side];
    return theirs == (other->sign == 0 ? value : own + other->sign * value);
}

/* Rounded to `*context` units of ten-thousandths, halves to even or away from zero. */
static bool is_rounded(const struct amounts *amounts, const void *context) {
    int64_t to = *(const int64_t *)context, exact = amounts->of[0], rounded = amounts->of[1];
    if (exact % to == 0) {
        int64_t other = exact;
        exact = rounded;
        rounded = other;
    }
    int64_t apart = (exact - rounded) * 2;
    return rounded % to == 0 && exact % to != 0 && apart >= -to && apart <= to;
}

static bool differs(const struct unit *unit, size_t metric) {
    return unit->counts[0] && unit->counts[1] && (unit_facets(unit) & (1ull << metric));
}

static bool follows(const struct comparison *comparison, uint32_t unit, size_t metric, int sign, amount_rule *rule,
                    const void *context) {
    const struct amounts amounts = amounts_of(comparison, &comparison->units[unit], metric, sign);
    return rule(&amounts, context);
}

/* Adds to the finding what follows the rule of one metric, if that is a part of what differs that chance does not make. */
static void cover_rule(const struct comparison *comparison, size_t metric, amount_rule *rule, const void *context,
                       uint64_t *facets) {
    size_t all = 0, follow = 0;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        if (!differs(&comparison->units[i], metric)) continue;
        all++;
        follow += follows(comparison, i, metric, 1, rule, context);
    }
    if (follow == 0 || follow * 5 < all) return;
    for (uint32_t i = 0; i < comparison->unit_count; i++)
        if (differs(&comparison->units[i], metric) && follows(comparison, i, metric, 1, rule, context))
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

static void name_metric(const struct comparison *comparison, struct finding *finding);

/* Records that follow the rule only with their sign turned, where all others follow it: two causes in one amount. The sign
 * takes the whole of theirs. */
static void find_turned_besides(const struct comparison *comparison, struct findings_list *found,
                                const struct finding *finding, size_t metric, amount_rule *rule, const void *context) {
    struct finding *signs = finding_create(comparison, CAUSE_SIGN);
    size_t place = 0;
    bool holds = true;
    for (uint32_t i = 0; i < comparison->unit_count && holds; i++) {
        const struct unit *unit = &comparison->units[i];
        while (place < finding->covered_count && finding->covered[place].unit < i)
            place++;
        bool is_covered = place < finding->covered_count && finding->covered[place].unit == i;
        if (is_covered || !differs(unit, metric)) continue;
        holds = signs->covered_count < TURNED_LIMIT && follows(comparison, i, metric, -1, rule, context);
        finding_cover(signs, i, unit_facets(unit) & FACET_METRICS);
        finding_add_value(signs, row_id(comparison, 0, unit->rows[0]));
    }
    if (!holds || signs->covered_count == 0) {
        finding_free(signs);
        return;
    }
    signs->is_list = signs->value_count > 1;
    name_metric(comparison, signs);
    findings_add(comparison, found, signs);
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

/* Of the metrics that are scaled, one is as good as all. */
static void find_turned_scales(const struct comparison *comparison, struct findings_list *found,
                               const struct finding *finding, const int *factor) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (finding->covered[0].facets & (1ull << i)) {
            find_turned_besides(comparison, found, finding, i, is_scaled, factor);
            return;
        }
}

static void find_scales(const struct comparison *comparison, struct findings_list *found) {
    for (int factor = 100; factor >= -100; factor -= 200) {
        struct finding *finding = try_rule(comparison, found, CAUSE_SCALE, SIZE_MAX, is_scaled, &factor);
        if (!finding) continue;
        name_metric(comparison, finding);
        finding_add_value(finding, view_of(factor > 0 ? "100" : "0.01"));
        find_turned_scales(comparison, found, finding, &factor);
        findings_add(comparison, found, finding);
    }
}

static void try_column(const struct comparison *comparison, size_t metric, const struct other_column *other,
                       struct findings_list *found) {
    const struct side_column *column = &comparison->sides[other->side].columns[other->column];
    struct finding *finding = try_rule(comparison, found, CAUSE_COLUMN, metric, is_other, other);
    if (!finding) return;
    bool is_chance = finding->covered_count == 1 && other->sign == 0 &&
                     side_cell(column, comparison->units[finding->covered[0].unit].rows[other->side]) == NO_AMOUNT;
    if (is_chance) {
        finding_free(finding);
        return;
    }
    finding_set_field(finding, 0, comparison->metrics[metric].title);
    finding_add_value(finding, view_of(column->title));
    find_turned_besides(comparison, found, finding, metric, is_other, other);
    findings_add(comparison, found, finding);
}

/* What the file has, before what the schema makes of it. */
static void find_columns(const struct comparison *comparison, size_t metric, struct findings_list *found) {
    static const int signs[] = {0, 1, -1};
    for (int is_derived = 0; is_derived < 2; is_derived++)
        for (int side = 0; side < 2; side++)
            for (size_t s = 0; s < 3; s++)
                for (size_t i = 0; i < comparison->sides[side].column_count; i++) {
                    const struct side_column *column = &comparison->sides[side].columns[i];
                    bool is_amount = column->kind == COLUMN_AMOUNT && !column->is_duration;
                    if (!is_amount || column->is_derived != is_derived) continue;
                    if (i == comparison->metrics[metric].columns[side]) continue;
                    try_column(comparison, metric, &(struct other_column){side, i, signs[s]}, found);
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
