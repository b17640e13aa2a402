/* expect_attributes.c: rows with one value, or with two, that an expected number leaves out or has besides. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"
#include "reconcile/presence.h"

void search_make_attributes(struct search *search) {
    if (search->attributes) return;
    presence_of_all(search->comparison, 0, &search->all);
    search->attributes = attributes_make(search->comparison, &search->all, &search->attribute_count);
}

enum use { USE_WITHOUT, USE_WITH, USE_ONLY, USE_COUNT };

/* Sums by value: of the rows that count, and of those that the conditions leave out. */
struct value_sums {
    wide_integer *counted, *left_out; /* owned; by value and number */
    uint64_t *rows, *rows_left_out;   /* owned; by value */
};

static void sum_values(const struct search *search, const struct attribute *attribute, struct value_sums *sums) {
    size_t cells = (attribute->value_count + 1) * search->count;
    sums->counted = memory_get_zero(cells, sizeof *sums->counted);
    sums->left_out = memory_get_zero(cells, sizeof *sums->left_out);
    sums->rows = memory_get_zero(attribute->value_count + 1, sizeof *sums->rows);
    sums->rows_left_out = memory_get_zero(attribute->value_count + 1, sizeof *sums->rows_left_out);
    for (size_t row = 0; row < search->comparison->sides[0].row_count; row++) {
        uint32_t value = attribute_value(attribute, (uint32_t)row);
        if (value == UINT32_MAX) continue;
        bool is_counted = false, is_left_out = false;
        bool is_not_sent =
            search->comparison->counts_sent_only && side_is_set_aside(&search->comparison->sides[0], row);
        for (size_t i = 0; i < search->count; i++) {
            const struct wanted *wanted = &search->wanted[i];
            if (!wanted->in_period[row] || is_not_sent) continue;
            (wanted->meets[row] ? sums->counted : sums->left_out)[value * search->count + i] += wanted->amounts[row];
            is_counted = is_counted || wanted->meets[row];
            is_left_out = is_left_out || !wanted->meets[row];
        }
        sums->rows[value] += is_counted;
        sums->rows_left_out[value] += is_left_out;
    }
}

static void free_sums(struct value_sums *sums) {
    free(sums->counted);
    free(sums->left_out);
    free(sums->rows);
    free(sums->rows_left_out);
}

static wide_integer total_of(const struct wanted *wanted, enum use use, wide_integer counted, wide_integer left_out) {
    if (wanted->is_average) return wanted->left;
    switch (use) {
    case USE_WITHOUT: return wanted->left - counted;
    case USE_WITH: return wanted->left + left_out;
    case USE_ONLY:
    case USE_COUNT: break;
    }
    return counted;
}

/* A value that many single rows have of their own is no cause for one row. */
static bool is_common(const struct attribute *attribute, uint64_t rows, size_t all) {
    size_t singles = 0;
    if (rows != 1) return true;
    for (size_t i = 0; i < attribute->value_count; i++)
        singles += attribute->rows[i] == 1;
    return singles == 1 || singles * 20 <= all;
}

static void fill(struct finding *finding, struct finding *from) {
    finding->side = from->side;
    finding->fields[0] = from->fields[0];
    finding->fields[1] = from->fields[1];
    finding->values = from->values;
    finding->value_count = from->value_count;
    finding->is_value_private = from->is_value_private;
    from->fields[0] = from->fields[1] = NULL;
    from->values = NULL;
    from->value_count = 0;
    finding_free(from);
}

static void search_attribute(struct search *search, const struct attribute *attribute, enum use use, bool is_mixed,
                             wide_integer *totals) {
    size_t all = search->all.count;
    struct value_sums sums;
    if (!search_spend(search, all * search->count)) return;
    sum_values(search, attribute, &sums);
    for (uint32_t value = 0; value < attribute->value_count; value++) {
        uint64_t rows = use == USE_WITH ? sums.rows_left_out[value] : sums.rows[value];
        if (!is_common(attribute, rows, all)) continue;
        if (use == USE_ONLY && attribute->value_count <= 2) continue; /* the same as without the other */
        if (attribute->rows[value] == all) continue;                  /* all rows have it: it says nothing of any */
        bool is_counted_too = use == USE_WITH && sums.rows[value] > 0;
        if (is_counted_too != is_mixed) continue;
        for (size_t i = 0; i < search->count; i++)
            totals[i] = total_of(&search->wanted[i], use, sums.counted[value * search->count + i],
                                 sums.left_out[value * search->count + i]);
        struct finding *finding = search_try(search, CAUSE_ATTRIBUTE, totals, rows);
        if (!finding) continue;
        fill(finding, attribute_finding(search->comparison, &search->all, attribute, value, NULL, 0));
        finding->side = use == USE_WITH ? 1 : 0;
        finding->is_only = use == USE_ONLY;
    }
    free_sums(&sums);
}

void search_attributes(struct search *search) {
    search_make_attributes(search);
    size_t count = search->attribute_count;
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    for (int use = 0; use < USE_COUNT; use++)
        for (size_t a = 0; a < count; a++)
            search_attribute(search, &search->attributes[a], (enum use)use, false, totals);
    for (size_t a = 0; search->found->count == 0 && a < count; a++) /* values of which some rows count */
        search_attribute(search, &search->attributes[a], USE_WITH, true, totals);
    free(totals);
}

/* --- pairs ------------------------------------------------------------------------------------------------------------ */

#define CELL_LIMIT 4096

struct pair {
    const struct attribute *a, *b;
    wide_integer *cells; /* owned; by cell and number */
    uint64_t *rows;      /* owned; by cell */
    struct value_sums of_a, of_b;
};

static void sum_pair(const struct search *search, struct pair *pair) {
    size_t cells = pair->a->value_count * pair->b->value_count;
    pair->cells = memory_get_zero(cells * search->count + 1, sizeof *pair->cells);
    pair->rows = memory_get_zero(cells + 1, sizeof *pair->rows);
    for (size_t row = 0; row < search->comparison->sides[0].row_count; row++) {
        uint32_t a = attribute_value(pair->a, (uint32_t)row), b = attribute_value(pair->b, (uint32_t)row);
        if (a == UINT32_MAX || b == UINT32_MAX) continue;
        size_t cell = a * pair->b->value_count + b;
        bool is_counted = false;
        for (size_t i = 0; i < search->count; i++) {
            if (!wanted_counts(&search->wanted[i], row)) continue;
            pair->cells[cell * search->count + i] += search->wanted[i].amounts[row];
            is_counted = true;
        }
        pair->rows[cell] += is_counted;
    }
    sum_values(search, pair->a, &pair->of_a);
    sum_values(search, pair->b, &pair->of_b);
}

/* The totals without the rows that have both values, or without those that have one of them. */
static void totals_of_pair(const struct search *search, const struct pair *pair, size_t cell, bool is_both,
                           wide_integer *totals) {
    size_t a = cell / pair->b->value_count, b = cell % pair->b->value_count, n = search->count;
    for (size_t i = 0; i < n; i++) {
        wide_integer both = pair->cells[cell * n + i],
                     either = pair->of_a.counted[a * n + i] + pair->of_b.counted[b * n + i] - both;
        totals[i] =
            search->wanted[i].is_average ? search->wanted[i].left : search->wanted[i].left - (is_both ? both : either);
    }
}

/* Two attributes as two causes: rows of both count with the first. */
static void fill_combination(struct search *search, const struct pair *pair, size_t cell, struct finding *finding) {
    uint32_t a = (uint32_t)(cell / pair->b->value_count), b = (uint32_t)(cell % pair->b->value_count);
    finding->parts[0] = attribute_finding(search->comparison, &search->all, pair->a, a, NULL, 0);
    finding->parts[1] = attribute_finding(search->comparison, &search->all, pair->b, b, NULL, 0);
    for (size_t i = 0; i < search->count; i++) {
        finding->parts[0]->amounts[i] = -pair->of_a.counted[a * search->count + i];
        finding->parts[1]->amounts[i] = finding->amounts[i] - finding->parts[0]->amounts[i];
    }
    finding->parts[0]->metric = finding->parts[1]->metric = finding->metric;
    finding->parts[0]->rows = pair->of_a.rows[a];
    finding->parts[1]->rows = pair->of_b.rows[b] - pair->rows[cell];
}

/* First counted, to know what chance does; then tried. */
static uint64_t go_over(struct search *search, struct pair *pair, bool is_both, bool is_counting,
                        wide_integer *totals) {
    size_t cells = pair->a->value_count * pair->b->value_count;
    uint64_t near = 0;
    for (size_t cell = 0; cell < cells; cell++) {
        size_t a = cell / pair->b->value_count, b = cell % pair->b->value_count;
        bool is_pair = is_both ? pair->rows[cell] >= 2 && pair->rows[cell] < pair->of_a.rows[a] &&
                                     pair->rows[cell] < pair->of_b.rows[b]
                               : pair->of_a.rows[a] > pair->rows[cell] && pair->of_b.rows[b] > pair->rows[cell] &&
                                     pair->of_a.rows[a] >= 2 && pair->of_b.rows[b] >= 2;
        if (!is_pair) continue;
        totals_of_pair(search, pair, cell, is_both, totals);
        if (is_counting) {
            near += search_is_near(search, totals);
            continue;
        }
        struct finding *finding =
            search_try(search, is_both ? CAUSE_ATTRIBUTES : CAUSE_COMBINATION, totals,
                       is_both ? pair->rows[cell] : pair->of_a.rows[a] + pair->of_b.rows[b] - pair->rows[cell]);
        if (finding && is_both)
            fill(finding,
                 attribute_finding(search->comparison, &search->all, pair->a, (uint32_t)a, pair->b, (uint32_t)b));
        else if (finding)
            fill_combination(search, pair, cell, finding);
    }
    return near;
}

void search_attribute_pairs(struct search *search) {
    search_make_attributes(search);
    const struct attribute *attributes = search->attributes;
    size_t count = search->attribute_count, from = search->found->count;
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    for (int is_both = 1; is_both >= 0 && search->found->count == from; is_both--) {
        uint64_t near = 0;
        for (int is_counting = 1; is_counting >= 0; is_counting--) {
            if (!is_counting && search_is_chance(search, near)) break;
            for (size_t a = 0; a < count; a++)
                for (size_t b = a + 1; b < count; b++) {
                    struct pair pair = {.a = &attributes[a], .b = &attributes[b]};
                    if (attributes[a].value_count * attributes[b].value_count > CELL_LIMIT) continue;
                    if (!search_spend(search, 3 * search->all.count * search->count)) break;
                    sum_pair(search, &pair);
                    near += go_over(search, &pair, is_both, is_counting, totals);
                    free(pair.cells);
                    free(pair.rows);
                    free_sums(&pair.of_a);
                    free_sums(&pair.of_b);
                }
        }
    }
    free(totals);
}
