/* compare.c: see compare.h. */
#include "reconcile/compare.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"

#define FETCHED_AHEAD 16u /* rows */

const char *const bucket_names[BUCKET_COUNT] = {"same",      "amount",     "date",    "people",
                                                "only-left", "only-right", "repeated"};

void comparison_free(struct comparison *comparison) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        free(comparison->metrics[i].title);
    free(comparison->metrics);
    free(comparison->units);
    id_numbers_free(&comparison->ids);
    side_free(&comparison->sides[0]);
    side_free(&comparison->sides[1]);
    table_destroy(comparison->pool);
    *comparison = (struct comparison){0};
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

int64_t row_amount(const struct comparison *comparison, int side, uint32_t row, size_t metric) {
    size_t column = comparison->metrics[metric].columns[side];
    if (column == SIZE_MAX) return DECIMAL_SCALE;
    int64_t value = side_cell(&comparison->sides[side].columns[column], row);
    return value == NO_AMOUNT ? 0 : value;
}

wide_integer unit_difference(const struct comparison *comparison, const struct unit *unit, size_t metric) {
    wide_integer difference = 0;
    if (unit->counts[1]) difference += row_amount(comparison, 1, unit->rows[1], metric);
    if (unit->counts[0]) difference -= row_amount(comparison, 0, unit->rows[0], metric);
    return difference;
}

struct view cell_text(const struct comparison *comparison, int side, size_t column, uint32_t row) {
    return side_cell_text(&comparison->sides[side].columns[column], comparison->pool, row);
}

struct view row_id(const struct comparison *comparison, int side, uint32_t row) {
    return id_text(comparison->pool, side_id_at(&comparison->sides[side], row));
}

bool values_equal(struct view left, struct view right) {
    bool a, b;
    if (view_equal_fold(view_trim(left), view_trim(right))) return true;
    return boolean_parse(left, &a) && boolean_parse(right, &b) && a == b;
}

static bool meets(const struct comparison *comparison, int side, uint32_t row, const struct condition *condition) {
    const struct side *from = &comparison->sides[side];
    bool is_person = view_equal_fold(view_of(condition->field), view_of("Employee")) ||
                     (from->person_title && view_equal_fold(view_of(condition->field), view_of(from->person_title)));
    size_t column = side_find_column(from, view_of(condition->field));
    if (column != SIZE_MAX) return values_equal(cell_text(comparison, side, column, row), view_of(condition->value));
    if (!is_person) return true; /* its partner decides */
    struct buffer folded = {0};
    person_fold(view_of(condition->value), &folded);
    uint32_t person = side_row_at(from, row).person;
    bool is_met = person != NO_TEXT && view_equal(table_key(comparison->pool, person), buffer_view(&folded));
    buffer_free(&folded);
    return is_met;
}

bool row_in_scope(const struct comparison *comparison, int side, uint32_t row) {
    const struct scope *scope = &comparison->scope;
    if (scope->has_period) {
        const struct side_row at = side_row_at(&comparison->sides[side], row);
        int32_t day = day_of(at.local);
        if (!at.has_unread_date && (!at.has_date || day < scope->from || day > scope->to)) return false;
    }
    for (size_t i = 0; i < scope->condition_count; i++)
        if (!meets(comparison, side, row, &scope->conditions[i])) return false;
    return true;
}

bool rows_same_day(const struct comparison *comparison, uint32_t left, uint32_t right) {
    const struct side_row a = side_row_at(&comparison->sides[0], left), b = side_row_at(&comparison->sides[1], right);
    if (!a.has_date || !b.has_date) return true;
    if (a.has_instant && b.has_instant && a.instant == b.instant) return true;
    return day_of(a.local) == day_of(b.local);
}

static bool same_person(const struct comparison *comparison, uint32_t left, uint32_t right) {
    const struct side_row a = side_row_at(&comparison->sides[0], left), b = side_row_at(&comparison->sides[1], right);
    bool has_ids = a.person_id != NO_TEXT && b.person_id != NO_TEXT;
    if (has_ids && a.person_id != b.person_id) return false;
    bool has_names = a.person != NO_TEXT && b.person != NO_TEXT;
    if (has_names) return a.person == b.person;
    if (has_ids) return true;
    if (!comparison->sides[0].names_people || !comparison->sides[1].names_people) return true;
    bool is_nobody = a.person == NO_TEXT && a.person_id == NO_TEXT;
    bool is_nobody_there = b.person == NO_TEXT && b.person_id == NO_TEXT;
    return is_nobody == is_nobody_there || !(comparison->sides[0].person_title || comparison->sides[1].person_title);
}

int source_side(const struct comparison *comparison) {
    bool is_left_plecto = comparison->sides[0].kind != SIDE_EXPORT;
    return is_left_plecto && comparison->sides[1].kind == SIDE_EXPORT ? 1 : 0;
}

/* --- which amounts ---------------------------------------------------------------------------------------------------- */

static void add_metric(struct comparison *comparison, const char *title, size_t left, size_t right) {
    if (comparison->metric_count == METRIC_LIMIT) return;
    struct compared *metric = &comparison->metrics[comparison->metric_count++];
    *metric = (struct compared){.title = memory_copy(view_of(title)), .columns = {left, right}};
    if (left == SIZE_MAX) return;
    metric->is_money = comparison->sides[0].columns[left].is_money;
    metric->places = metric->is_money ? 2 : comparison->sides[0].columns[left].places;
}

/* Durations, in seconds, only where there is no money to compare. */
static void add_metrics(struct comparison *comparison, bool are_durations) {
    const struct side *left = &comparison->sides[0], *right = &comparison->sides[1];
    for (size_t i = 0; i < left->column_count; i++) {
        const struct side_column *column = &left->columns[i];
        if (column->kind != COLUMN_AMOUNT || !column->is_metric || column->is_duration != are_durations) continue;
        if (right->kind == SIDE_NUMBERS) {
            add_metric(comparison, column->title, i, SIZE_MAX);
            continue;
        }
        size_t place = side_find_column(right, view_of(column->title));
        bool is_common = place != SIZE_MAX && right->columns[place].kind == COLUMN_AMOUNT;
        if (is_common) add_metric(comparison, column->title, i, place);
    }
}

static void choose_metrics(struct comparison *comparison) {
    comparison->metrics = memory_get_zero(METRIC_LIMIT, sizeof *comparison->metrics);
    add_metrics(comparison, false);
    if (comparison->metric_count == 0) add_metrics(comparison, true);
    if (comparison->metric_count == 0) add_metric(comparison, "Rows", SIZE_MAX, SIZE_MAX);
}

/* --- the join --------------------------------------------------------------------------------------------------------- */

static struct unit *add_unit(struct comparison *comparison, uint32_t left, uint32_t right) {
    void *list = comparison->units;
    memory_grow(&list, &comparison->unit_capacity, comparison->unit_count + 1, sizeof *comparison->units);
    comparison->units = list;
    struct unit *unit = &comparison->units[comparison->unit_count++];
    *unit = (struct unit){.rows = {left, right}};
    return unit;
}

/* By ID the row that stands for it: the last that counts, else the last. */
static uint32_t *rows_of_ids(const struct comparison *comparison, int side, const bool *counts) {
    const struct side *from = &comparison->sides[side];
    const uint32_t *ids = comparison->ids.of_row[side];
    uint32_t *rows = memory_get((comparison->ids.count + 1) * sizeof *rows);
    for (size_t i = 0; i < comparison->ids.count; i++)
        rows[i] = NO_ROW;
    for (size_t i = 0; i < from->row_count; i++) {
        uint32_t id = ids[i];
        if (id == NO_NUMBER) continue;
        if (rows[id] == NO_ROW || counts[i] || !counts[rows[id]]) rows[id] = (uint32_t)i;
    }
    return rows;
}

/* Of those that no metric is. */
static void add_facets(struct unit *unit, uint64_t facets) {
    unit->marks = (uint8_t)(unit->marks | facets >> METRIC_LIMIT);
}

static void note_metrics(const struct comparison *comparison, struct unit *unit) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (unit_difference(comparison, unit, i) != 0) unit->metrics |= (uint32_t)1 << i;
}

static void sort_unit(struct comparison *comparison, struct unit *unit) {
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
    if (!same_person(comparison, unit->rows[0], unit->rows[1])) add_facets(unit, FACET_PEOPLE);
    unit->bucket = has_amounts                          ? BUCKET_AMOUNT
                   : (unit_facets(unit) & FACET_DATE)   ? BUCKET_DATE
                   : (unit_facets(unit) & FACET_PEOPLE) ? BUCKET_PEOPLE
                                                        : BUCKET_SAME;
}

static void add_repeated(struct comparison *comparison, int side, uint32_t row) {
    struct unit *unit = add_unit(comparison, side == 0 ? row : NO_ROW, side == 1 ? row : NO_ROW);
    unit->counts[side] = true;
    unit->bucket = BUCKET_REPEATED;
    add_facets(unit, FACET_PRESENCE);
    note_metrics(comparison, unit);
}

static void find_counts(struct comparison *comparison, bool *counts[2]) {
    for (int side = 0; side < 2; side++) {
        const struct side *from = &comparison->sides[side];
        counts[side] = memory_get_zero(from->row_count + 1, sizeof **counts);
        for (size_t i = 0; i < from->row_count; i++)
            counts[side][i] = row_in_scope(comparison, side, (uint32_t)i);
    }
}

/* A side without the field of a condition: its rows count as their partners do. */
static void count_as_partners(const struct comparison *comparison, bool *counts[2], uint32_t *rows[2]) {
    for (size_t c = 0; c < comparison->scope.condition_count; c++)
        for (int side = 0; side < 2; side++) {
            const struct condition *condition = &comparison->scope.conditions[c];
            const struct side *from = &comparison->sides[side];
            if (side_find_column(from, view_of(condition->field)) != SIZE_MAX) continue;
            for (size_t i = 0; i < from->row_count; i++) {
                uint32_t id = comparison->ids.of_row[side][i], partner = id == NO_NUMBER ? NO_ROW : rows[1 - side][id];
                if (partner != NO_ROW && !meets(comparison, 1 - side, partner, condition)) counts[side][i] = false;
            }
        }
}

void comparison_number_ids(struct comparison *comparison) {
    if (!comparison->ids.of_row[0]) id_numbers_make(comparison->sides, &comparison->ids);
}

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

/* The units of a side's rows; those of the right side that the left one has come with that. */
static void join_side(struct comparison *comparison, int side, bool *counts[2], uint32_t *rows[2]) {
    const uint32_t *ids = comparison->ids.of_row[side];
    size_t row_count = comparison->sides[side].row_count;
    for (uint32_t i = 0; i < row_count; i++) {
        if (side == 0 && i + FETCHED_AHEAD < row_count) {
            uint32_t id = ids[i + FETCHED_AHEAD], partner = id == NO_NUMBER ? NO_ROW : rows[1][id];
            if (partner != NO_ROW) fetch_row(comparison, 1, partner);
        }
        uint32_t id = ids[i];
        if (id == NO_NUMBER || rows[side][id] == i) {
            uint32_t partner = id == NO_NUMBER ? NO_ROW : rows[1 - side][id];
            if (side == 1 && partner != NO_ROW) continue;
            bool is_counted = counts[side][i], partner_counts = partner != NO_ROW && counts[1 - side][partner];
            if (!is_counted && !partner_counts) continue;
            struct unit *unit = add_unit(comparison, side == 0 ? i : partner, side == 0 ? partner : i);
            unit->counts[side] = is_counted;
            unit->counts[1 - side] = partner_counts;
            sort_unit(comparison, unit);
        } else if (counts[side][i]) {
            add_repeated(comparison, side, i);
        }
    }
    free(comparison->ids.of_row[side]);
    comparison->ids.of_row[side] = NULL;
}

static void add_sums(struct comparison *comparison, int side, const bool *counts) {
    for (size_t m = 0; m < comparison->metric_count; m++)
        for (uint32_t i = 0; i < comparison->sides[side].row_count; i++)
            if (counts[i]) comparison->metrics[m].sums[side] += row_amount(comparison, side, i, m);
}

/* The left side's units come first, but are made last: they are many, and by then less is kept. */
static void join(struct comparison *comparison) {
    bool *counts[2];
    uint32_t *rows[2];
    find_counts(comparison, counts);
    for (int side = 0; side < 2; side++)
        rows[side] = rows_of_ids(comparison, side, counts[side]);
    count_as_partners(comparison, counts, rows);
    for (int side = 0; side < 2; side++)
        add_sums(comparison, side, counts[side]);
    join_side(comparison, 1, counts, rows);
    struct unit *of_right = comparison->units;
    size_t right_count = comparison->unit_count;
    comparison->units = NULL;
    comparison->unit_count = comparison->unit_capacity = 0;
    join_side(comparison, 0, counts, rows);
    for (int side = 0; side < 2; side++) {
        free(counts[side]);
        free(rows[side]);
    }
    for (size_t i = 0; i < right_count; i++)
        *add_unit(comparison, NO_ROW, NO_ROW) = of_right[i];
    free(of_right);
    id_numbers_free(&comparison->ids);
    memory_give_back();
}

/* --- whether it can be done, and is right ---------------------------------------------------------------------------- */

static bool check_ids(const struct comparison *comparison, int side, struct error *error) {
    const struct side *from = &comparison->sides[side];
    const struct id_counts ids = comparison->ids.counts[side];
    if (from->row_count > 0 && ids.filled == 0) {
        error_set(error, EXIT_WRONG_USE, "%s: no row has an ID, so records cannot be compared", from->name);
        return error_fix(error, "Add the ID column to the report and export it again.");
    }
    if (ids.filled < 10 || ids.different * 2 > ids.filled) return true;
    error_set(error, EXIT_WRONG_USE, "%s: its IDs are not unique: %zu rows have %zu different IDs", from->name,
              ids.filled, ids.different);
    return error_fix(error, "Add the column that makes a row unique, or name it in a schema: \"id\".");
}

static bool check_schemas(const struct comparison *comparison, struct error *error) {
    const struct side *left = &comparison->sides[0], *right = &comparison->sides[1];
    if (!left->schema || !right->schema || strcmp(left->schema, right->schema) == 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s is %s, %s is %s: their records cannot be compared", left->name, left->schema,
              right->name, right->schema);
    return error_fix(error, "Name two sides of one kind, or give --schema NAME for both.");
}

wide_integer comparison_gap(const struct comparison *comparison, size_t metric) {
    return comparison->metrics[metric].sums[1] - comparison->metrics[metric].sums[0];
}

uint64_t bucket_sum(const struct comparison *comparison, enum bucket bucket, wide_integer *amounts) {
    uint64_t units = 0;
    for (size_t i = 0; i < comparison->unit_count; i++) {
        if (comparison->units[i].bucket != bucket) continue;
        units++;
        if (!(unit_facets(&comparison->units[i]) & FACET_METRICS)) continue; /* nothing differs */
        for (size_t m = 0; m < comparison->metric_count; m++)
            amounts[m] += unit_difference(comparison, &comparison->units[i], m);
    }
    return units;
}

static bool check_balance(const struct comparison *comparison, struct error *error) {
    for (size_t m = 0; m < comparison->metric_count; m++) {
        wide_integer sum = 0;
        for (size_t i = 0; i < comparison->unit_count; i++)
            if (unit_facets(&comparison->units[i]) & 1ull << m)
                sum += unit_difference(comparison, &comparison->units[i], m);
        if (sum == comparison_gap(comparison, m)) continue;
        return error_set(error, EXIT_NOT_BALANCED, "%s: the groups do not add up to the gap",
                         comparison->metrics[m].title);
    }
    return true;
}

static void find_people(struct side *side) {
    for (size_t i = 0; i < side->row_count && !side->names_people; i++)
        side->names_people = side_row_at(side, i).person != NO_TEXT || side_row_at(side, i).person_id != NO_TEXT;
}

static void find_over(struct comparison *comparison) {
    for (size_t i = 0; i < comparison->unit_count && !comparison->is_over; i++) {
        const struct unit *unit = &comparison->units[i];
        if (unit->bucket != BUCKET_AMOUNT) {
            comparison->is_over = unit->bucket != BUCKET_SAME;
            continue;
        }
        comparison->is_over = (unit_facets(unit) & (FACET_DATE | FACET_PEOPLE)) != 0;
        for (size_t m = 0; m < comparison->metric_count; m++) {
            if (amount_size(unit_difference(comparison, unit, m)) > comparison->tolerance) comparison->is_over = true;
        }
    }
}

bool comparison_make(struct comparison *comparison, struct error *error) {
    for (int side = 0; side < 2; side++)
        find_people(&comparison->sides[side]);
    if (!comparison->grain) comparison->grain = "record";
    choose_metrics(comparison);
    if (!check_schemas(comparison, error)) return false;
    comparison_number_ids(comparison);
    if (!check_ids(comparison, 0, error) || !check_ids(comparison, 1, error)) return false;
    join(comparison);
    find_over(comparison);
    return check_balance(comparison, error);
}
