/* compare.c: see compare.h. */
#include "reconcile/compare_private.h"

#include <stdlib.h>

#include "base/memory.h"

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

void comparison_number_ids(struct comparison *comparison) {
    if (!comparison->ids.of_row[0])
        id_numbers_make(comparison->sides, comparison_uses_thread(comparison), &comparison->ids);
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
    comparison_join(comparison);
    find_over(comparison);
    return check_balance(comparison, error);
}
