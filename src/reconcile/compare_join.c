/* compare_join.c: both sides' rows as units, by the numbers of their IDs, each sorted into its bucket. Two threads share it: a side
 * each, or a half of the left side's rows. */
#include <stdlib.h>

#include "base/halves.h"
#include "base/memory.h"
#include "reconcile/compare_private.h"

#define FETCHED_AHEAD 16u /* rows */

struct unit_list {
    struct unit *units; /* room for as many as there may be */
    size_t count;
};

struct joining {
    struct comparison *comparison;
    bool *counts[2];            /* owned; by side and row */
    uint32_t *rows[2];          /* owned; by side and number of an ID: the row that stands for it, or NO_ROW */
    struct unit_list halves[2]; /* of the left side's rows: both lie in the comparison's units */
};

static struct unit *add_unit(struct unit_list *list, uint32_t left, uint32_t right) {
    struct unit *unit = &list->units[list->count++];
    *unit = (struct unit){.rows = {left, right}};
    return unit;
}

/* Of those that no metric is. */
static void add_facets(struct unit *unit, uint64_t facets) {
    unit->marks = (uint8_t)(unit->marks | facets >> METRIC_LIMIT);
}

static void note_metrics(const struct comparison *comparison, struct unit *unit) {
    for (size_t i = 0; i < comparison->metric_count; i++) {
        int64_t left = unit->counts[0] ? row_amount(comparison, 0, unit->rows[0], i) : 0;
        int64_t right = unit->counts[1] ? row_amount(comparison, 1, unit->rows[1], i) : 0;
        unit->metrics |= (uint32_t)(left != right) << i;
    }
}

static void sort_unit(const struct comparison *comparison, struct unit *unit) {
    bool is_left = unit->counts[0], is_right = unit->counts[1];
    bool has_both = unit->rows[0] != NO_ROW && unit->rows[1] != NO_ROW;
    note_metrics(comparison, unit);
    if (!has_both || !is_left || !is_right) {
        bool is_moved = has_both && !rows_same_day(comparison, unit->rows[0], unit->rows[1]);
        unit->bucket = is_moved ? BUCKET_DATE : is_left ? BUCKET_ONLY_LEFT : BUCKET_ONLY_RIGHT;
        add_facets(unit, is_moved ? FACET_DATE | FACET_PRESENCE : FACET_PRESENCE);
        return;
    }
    bool has_amounts = (unit_facets(unit) & FACET_METRICS) != 0;
    if (!rows_same_day(comparison, unit->rows[0], unit->rows[1])) add_facets(unit, FACET_DATE);
    if (!rows_same_person(comparison, unit->rows[0], unit->rows[1])) add_facets(unit, FACET_PEOPLE);
    unit->bucket = has_amounts                          ? BUCKET_AMOUNT
                   : (unit_facets(unit) & FACET_DATE)   ? BUCKET_DATE
                   : (unit_facets(unit) & FACET_PEOPLE) ? BUCKET_PEOPLE
                                                        : BUCKET_SAME;
}

static void add_repeated(const struct comparison *comparison, int side, uint32_t row, struct unit_list *list) {
    struct unit *unit = add_unit(list, side == 0 ? row : NO_ROW, side == 1 ? row : NO_ROW);
    unit->counts[side] = true;
    unit->bucket = BUCKET_REPEATED;
    add_facets(unit, FACET_PRESENCE);
    note_metrics(comparison, unit);
}

/* --- which rows count, and which stand for an ID ---------------------------------------------------------------------- */

/* By ID the row that stands for it: the last that counts, else the last. */
static uint32_t *rows_of_ids(const struct comparison *comparison, int side, const bool *counts) {
    const struct side *from = &comparison->sides[side];
    const uint32_t *ids = comparison->ids.of_row[side];
    uint32_t *rows = memory_get_prepared((comparison->ids.count + 1) * sizeof *rows);
    for (size_t i = 0; i < comparison->ids.count; i++)
        rows[i] = NO_ROW;
    for (size_t i = 0; i < from->row_count; i++) {
        uint32_t id = ids[i];
        if (id == NO_NUMBER) continue;
        if (rows[id] == NO_ROW || counts[i] || !counts[rows[id]]) rows[id] = (uint32_t)i;
    }
    return rows;
}

static void look_at_side(void *context, int side) {
    struct joining *joining = context;
    const struct comparison *comparison = joining->comparison;
    size_t row_count = comparison->sides[side].row_count;
    bool *counts = memory_get_zero(row_count + 1, sizeof *counts);
    for (size_t i = 0; i < row_count; i++)
        counts[i] = row_in_scope(comparison, side, (uint32_t)i);
    joining->counts[side] = counts;
    joining->rows[side] = rows_of_ids(comparison, side, counts);
}

/* A side without the field of a condition: its rows count as their partners do. */
static void count_as_partners(const struct joining *joining) {
    const struct comparison *comparison = joining->comparison;
    for (size_t c = 0; c < comparison->scope.condition_count; c++)
        for (int side = 0; side < 2; side++) {
            const struct condition *condition = &comparison->scope.conditions[c];
            const struct side *from = &comparison->sides[side];
            if (side_find_column(from, view_of(condition->field)) != SIZE_MAX) continue;
            for (size_t i = 0; i < from->row_count; i++) {
                uint32_t id = comparison->ids.of_row[side][i];
                uint32_t partner = id == NO_NUMBER ? NO_ROW : joining->rows[1 - side][id];
                if (partner != NO_ROW && !row_meets(comparison, 1 - side, partner, condition))
                    joining->counts[side][i] = false;
            }
        }
}

static void add_sums(void *context, int side) {
    const struct joining *joining = context;
    struct comparison *comparison = joining->comparison;
    for (size_t m = 0; m < comparison->metric_count; m++) {
        wide_integer sum = 0;
        for (uint32_t i = 0; i < comparison->sides[side].row_count; i++)
            if (joining->counts[side][i]) sum += row_amount(comparison, side, i, m);
        comparison->metrics[m].sums[side] += sum;
    }
}

/* --- units ------------------------------------------------------------------------------------------------------------ */

/* What is read of a row to sort it into its bucket, for the caches to fetch meanwhile: the other side may have another order. */
static void fetch_row(const struct comparison *comparison, int side, uint32_t row) {
    const struct side *from = &comparison->sides[side];
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (comparison->metrics[i].columns[side] != SIZE_MAX)
            packed_fetch(&from->columns[comparison->metrics[i].columns[side]].values, row);
    packed_fetch(&from->rows.local, row);
    packed_fetch(&from->rows.person, row);
    packed_fetch(&from->rows.state, row);
}

static void fetch_partner(const struct joining *joining, size_t row) {
    uint32_t id = joining->comparison->ids.of_row[0][row];
    uint32_t partner = id == NO_NUMBER ? NO_ROW : joining->rows[1][id];
    if (partner != NO_ROW) fetch_row(joining->comparison, 1, partner);
}

/* The units of a side's rows from `first` on, before `end`; those of the right side that the left one has come with that. */
static void join_rows(const struct joining *joining, int side, size_t first, size_t end, struct unit_list *list) {
    const struct comparison *comparison = joining->comparison;
    const uint32_t *ids = comparison->ids.of_row[side];
    for (size_t row = first; row < end; row++) {
        uint32_t id = ids[row], i = (uint32_t)row;
        if (side == 0 && row + FETCHED_AHEAD < end) fetch_partner(joining, row + FETCHED_AHEAD);
        if (id == NO_NUMBER || joining->rows[side][id] == i) {
            uint32_t partner = id == NO_NUMBER ? NO_ROW : joining->rows[1 - side][id];
            if (side == 1 && partner != NO_ROW) continue;
            bool is_counted = joining->counts[side][i];
            bool partner_counts = partner != NO_ROW && joining->counts[1 - side][partner];
            if (!is_counted && !partner_counts) continue;
            struct unit *unit = add_unit(list, side == 0 ? i : partner, side == 0 ? partner : i);
            unit->counts[side] = is_counted;
            unit->counts[1 - side] = partner_counts;
            sort_unit(comparison, unit);
        } else if (joining->counts[side][i]) {
            add_repeated(comparison, side, i, list);
        }
    }
}

static void join_left_half(void *context, int half) {
    struct joining *joining = context;
    size_t count = joining->comparison->sides[0].row_count, middle = count / 2;
    join_rows(joining, 0, half == 0 ? 0 : middle, half == 0 ? middle : count, &joining->halves[half]);
}

/* The left side's units come first, but are made last: there is room for one for each row, and then less is kept. */
static void join_units(struct joining *joining, bool has_thread) {
    struct comparison *comparison = joining->comparison;
    size_t left_count = comparison->sides[0].row_count, right_count = comparison->sides[1].row_count;
    struct unit_list right = {.units = memory_get((right_count + 1) * sizeof *right.units)};
    join_rows(joining, 1, 0, right_count, &right);
    struct unit *units = memory_get_prepared((left_count + right.count + 1) * sizeof *units);
    joining->halves[0].units = units;
    joining->halves[1].units = units + left_count / 2;
    halves_do(join_left_half, joining, has_thread);
    size_t first = joining->halves[0].count, second = joining->halves[1].count;
    memmove(units + first, joining->halves[1].units, second * sizeof *units);
    memcpy(units + first + second, right.units, right.count * sizeof *units);
    free(right.units);
    comparison->units = units;
    comparison->unit_count = first + second + right.count;
}

void comparison_join(struct comparison *comparison) {
    struct joining joining = {.comparison = comparison};
    bool has_thread = comparison_uses_thread(comparison);
    halves_do(look_at_side, &joining, has_thread);
    count_as_partners(&joining);
    halves_do(add_sums, &joining, has_thread);
    join_units(&joining, has_thread);
    for (int side = 0; side < 2; side++) {
        free(joining.counts[side]);
        free(joining.rows[side]);
    }
    id_numbers_free(&comparison->ids);
    memory_give_back();
}
