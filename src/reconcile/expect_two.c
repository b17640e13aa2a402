/* expect_two.c: two causes that give an expected number together: other days and rows that one value leaves out; rows that
 * one value leaves out and one row more; rows that `convert` sets aside, and any of these. Looked for only where nothing simpler fits. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"

#define ROW_CANDIDATES 2000000u /* values times rows; beyond, chance fits anyway */

/* The rows that count after the first cause, and the numbers that they give. */
struct base {
    bool *counts;         /* owned; by number and row */
    wide_integer *totals; /* owned; by number */
    uint64_t rows;        /* that it moves */
};

struct two {
    struct search *search;
    struct base base;
    bool *holds; /* owned; the rows that are set aside and count */
    wide_integer *totals;
    uint64_t near;
    bool is_counting; /* first counted, to know what chance does; then tried */
};

static size_t row_count(const struct search *search) {
    return search->comparison->sides[0].row_count;
}

static bool is_open(const struct wanted *wanted) {
    return !wanted->is_average;
}

/* A candidate: counted, or tried; the finding if it fits. */
static struct finding *candidate(struct two *two, uint64_t rows) {
    if (two->is_counting) {
        two->near += search_is_near(two->search, two->totals);
        return NULL;
    }
    return search_try(two->search, CAUSE_COMBINATION, two->totals, rows);
}

/* Splits what a finding moves into that of the first cause and the rest. */
static void split(const struct two *two, struct finding *finding, struct finding *first, struct finding *second,
                  uint64_t second_rows) {
    for (size_t i = 0; i < two->search->count; i++) {
        first->amounts[i] = two->base.totals[i] - two->search->wanted[i].left;
        second->amounts[i] = finding->amounts[i] - first->amounts[i];
    }
    first->metric = second->metric = finding->metric;
    first->rows = two->base.rows;
    second->rows = second_rows;
    finding->parts[0] = first;
    finding->parts[1] = second;
}

/* --- other days, and one value ---------------------------------------------------------------------------------------- */

static void use_days(struct two *two, const struct days_rule *rule) {
    const struct search *search = two->search;
    two->base.rows = 0;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        two->base.totals[i] = is_open(wanted) ? 0 : wanted->left;
        for (size_t row = 0; row < row_count(search); row++) {
            bool counts = wanted->meets[row] &&
                          (wanted->has_period ? days_hold(search, wanted, rule, row) : wanted->in_period[row]);
            two->base.counts[i * row_count(search) + row] = counts;
            two->base.rows += counts != wanted_counts(wanted, row);
            if (counts && is_open(wanted)) two->base.totals[i] += wanted->amounts[row];
        }
    }
}

static struct finding *days_finding(const struct search *search, const struct days_rule *rule) {
    struct finding *finding = finding_create(search->comparison, rule->way == WAY_COLUMN ? CAUSE_DATE : CAUSE_DAYS);
    if (rule->way == WAY_COLUMN)
        finding_set_field(finding, 0, search->comparison->sides[0].columns[rule->column].title);
    else
        finding_add_value(finding, view_of(rule->text));
    return finding;
}

/* Each value of an attribute left out of the base's rows; without a rule, these lack what is set aside. */
static void try_values(struct two *two, const struct days_rule *rule, const struct attribute *attribute) {
    const struct search *search = two->search;
    size_t count = search->count;
    wide_integer *sums = memory_get_zero(attribute->value_count * count + 1, sizeof *sums);
    uint64_t *rows = memory_get_zero(attribute->value_count + 1, sizeof *rows);
    for (size_t row = 0; row < row_count(search); row++) {
        uint32_t value = attribute_value(attribute, row);
        bool is_counted = false;
        for (size_t i = 0; i < count && value != UINT32_MAX; i++) {
            if (!two->base.counts[i * row_count(search) + row]) continue;
            is_counted = true;
            if (is_open(&search->wanted[i])) sums[value * count + i] += search->wanted[i].amounts[row];
        }
        if (is_counted) rows[value]++;
    }
    for (uint32_t value = 0; value < attribute->value_count; value++) {
        if (rows[value] == 0) continue;
        for (size_t i = 0; i < count; i++)
            two->totals[i] = two->base.totals[i] - sums[value * count + i];
        struct finding *finding = candidate(two, two->base.rows + rows[value]);
        if (!finding) continue;
        split(two, finding, rule ? days_finding(search, rule) : set_aside_finding(search, two->holds),
              attribute_finding(search->comparison, &search->all, attribute, value, NULL, 0), rows[value]);
    }
    free(sums);
    free(rows);
}

static void try_days(struct two *two) {
    const struct search *search = two->search;
    struct days_rule rules[DAYS_RULES];
    size_t count = days_rules(search, rules);
    for (size_t r = 0; r < count; r++) {
        if (!search_spend(two->search, row_count(search) * search->count * (1 + search->attribute_count))) return;
        use_days(two, &rules[r]);
        if (two->base.rows == 0) continue;
        for (size_t a = 0; a < search->attribute_count; a++)
            try_values(two, &rules[r], &search->attributes[a]);
    }
}

/* --- one value, and one row ------------------------------------------------------------------------------------------- */

static bool use_value(struct two *two, const struct attribute *attribute, uint32_t value) {
    const struct search *search = two->search;
    two->base.rows = 0;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        two->base.totals[i] = wanted->left;
        for (size_t row = 0; row < row_count(search); row++) {
            bool was = wanted_counts(wanted, row), counts = was && attribute_value(attribute, row) != value;
            two->base.counts[i * row_count(search) + row] = counts;
            two->base.rows += was && !counts;
            if (was && !counts && is_open(wanted)) two->base.totals[i] -= wanted->amounts[row];
        }
    }
    return two->base.rows >= 2;
}

static void try_row(struct two *two, const struct attribute *attribute, uint32_t value, size_t row) {
    const struct search *search = two->search;
    bool changes = false;
    for (size_t i = 0; i < search->count; i++) {
        bool counts = two->base.counts[i * row_count(search) + row] && is_open(&search->wanted[i]);
        two->totals[i] = two->base.totals[i] - (counts ? search->wanted[i].amounts[row] : 0);
        changes = changes || counts;
    }
    struct finding *finding = changes ? candidate(two, two->base.rows + 1) : NULL;
    if (!finding) return;
    struct finding *second = finding_create(search->comparison, CAUSE_ROW);
    second->side = 0;
    finding_add_value(second, row_id(search->comparison, 0, (uint32_t)row));
    split(two, finding,
          attribute ? attribute_finding(search->comparison, &search->all, attribute, value, NULL, 0)
                    : set_aside_finding(search, two->holds),
          second, 1);
}

static void try_rows(struct two *two) {
    const struct search *search = two->search;
    size_t values = 0;
    for (size_t a = 0; a < search->attribute_count; a++)
        values += search->attributes[a].value_count;
    if (values * row_count(search) > ROW_CANDIDATES) return;
    for (size_t a = 0; a < search->attribute_count; a++)
        for (uint32_t value = 0; value < search->attributes[a].value_count; value++) {
            if (!search_spend(two->search, row_count(search) * search->count * 2)) return;
            if (!use_value(two, &search->attributes[a], value)) continue;
            for (size_t row = 0; row < row_count(search); row++)
                try_row(two, &search->attributes[a], value, row);
        }
}

/* --- what is set aside ------------------------------------------------------------------------------------------------ */

/* Takes what is set aside out of the base's rows and of these totals of theirs; how many rows that are. */
static uint64_t leave_out(struct two *two, wide_integer *totals) {
    const struct search *search = two->search;
    uint64_t rows = 0;
    for (size_t row = 0; row < row_count(search); row++)
        two->holds[row] = false;
    for (size_t i = 0; i < search->count; i++)
        for (size_t row = 0; row < row_count(search); row++) {
            bool *counts = &two->base.counts[i * row_count(search) + row];
            if (!*counts || !side_is_set_aside(&search->comparison->sides[0], row)) continue;
            *counts = false;
            rows += !two->holds[row];
            two->holds[row] = true;
            if (is_open(&search->wanted[i])) totals[i] -= search->wanted[i].amounts[row];
        }
    return rows;
}

/* Where what is set aside does not count: takes it into the base's rows and totals; how many rows that are. */
static uint64_t take_in(struct two *two, wide_integer *totals) {
    const struct search *search = two->search;
    uint64_t rows = 0;
    for (size_t row = 0; row < row_count(search); row++)
        two->holds[row] = false;
    for (size_t i = 0; i < search->count; i++)
        for (size_t row = 0; row < row_count(search); row++) {
            if (!side_is_set_aside(&search->comparison->sides[0], row)) continue;
            if (!set_aside_would_count(search, &search->wanted[i], row) || !is_open(&search->wanted[i])) continue;
            two->base.counts[i * row_count(search) + row] = true;
            rows += !two->holds[row];
            two->holds[row] = true;
            totals[i] += search->wanted[i].amounts[row];
        }
    return rows;
}

static bool use_set_aside(struct two *two) {
    const struct search *search = two->search;
    for (size_t i = 0; i < search->count; i++) {
        two->base.totals[i] = search->wanted[i].left;
        for (size_t row = 0; row < row_count(search); row++)
            two->base.counts[i * row_count(search) + row] = wanted_counts(&search->wanted[i], row);
    }
    two->base.rows =
        search->comparison->counts_sent_only ? take_in(two, two->base.totals) : leave_out(two, two->base.totals);
    return two->base.rows > 0;
}

static void try_set_aside_and_values(struct two *two) {
    for (size_t a = 0; a < two->search->attribute_count; a++) {
        if (!search_spend(two->search, row_count(two->search) * two->search->count)) return;
        try_values(two, NULL, &two->search->attributes[a]);
    }
}

/* Other days, and less what is set aside. */
static void try_set_aside_and_days(struct two *two) {
    const struct search *search = two->search;
    struct days_rule rules[DAYS_RULES];
    size_t count = days_rules(search, rules);
    for (size_t r = 0; r < count; r++) {
        if (!search_spend(two->search, 2 * row_count(search) * search->count)) return;
        use_days(two, &rules[r]);
        if (two->base.rows == 0) continue;
        memcpy(two->totals, two->base.totals, search->count * sizeof *two->totals);
        uint64_t rows = leave_out(two, two->totals);
        struct finding *finding = rows > 0 ? candidate(two, two->base.rows + rows) : NULL;
        if (finding) split(two, finding, days_finding(search, &rules[r]), set_aside_finding(search, two->holds), rows);
    }
}

static void try_set_aside_and_row(struct two *two) {
    if (!search_spend(two->search, row_count(two->search) * two->search->count)) return;
    for (size_t row = 0; row < row_count(two->search); row++)
        try_row(two, NULL, 0, row);
}

/* --- both ------------------------------------------------------------------------------------------------------------- */

static void run(struct two *two, void (*look)(struct two *)) {
    two->near = 0;
    two->is_counting = true;
    look(two);
    two->is_counting = false;
    if (!search_is_chance(two->search, two->near)) look(two);
}

static void start(struct two *two, struct search *search) {
    *two = (struct two){.search = search};
    search_make_attributes(search);
    two->base.counts = memory_get_zero(search->count * row_count(search) + 1, sizeof *two->base.counts);
    two->base.totals = memory_get_zero(search->count + 1, sizeof *two->base.totals);
    two->totals = memory_get_zero(search->count + 1, sizeof *two->totals);
    two->holds = memory_get_zero(row_count(search) + 1, sizeof *two->holds);
}

static void end(struct two *two) {
    free(two->base.counts);
    free(two->base.totals);
    free(two->totals);
    free(two->holds);
}

void search_set_aside_and(struct search *search) {
    struct two two;
    size_t before = search->found->count;
    bool has_some = false;
    for (size_t row = 0; row < row_count(search) && !has_some; row++)
        has_some = side_is_set_aside(&search->comparison->sides[0], row);
    if (!has_some) return;
    start(&two, search);
    if (use_set_aside(&two)) run(&two, try_set_aside_and_values);
    if (search->found->count == before) run(&two, try_set_aside_and_days);
    if (search->found->count == before && use_set_aside(&two)) run(&two, try_set_aside_and_row);
    end(&two);
}

void search_two_causes(struct search *search) {
    struct two two;
    size_t before = search->found->count;
    start(&two, search);
    run(&two, try_days);
    if (search->found->count == before) run(&two, try_rows);
    end(&two);
}
