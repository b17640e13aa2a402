/* aggregate_grid.c: the groups as a table that a person asked for: a row an employee, a column a period. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/aggregate_private.h"

/* The first money column, where it is summed; else the count of rows; SIZE_MAX if there is neither. */
static size_t main_metric(const struct plan *plan) {
    size_t money = plan->money_field == SIZE_MAX ? SIZE_MAX : plan->metric_place[plan->money_field];
    if (money != SIZE_MAX && plan->metrics[money].kind == AGGREGATE_SUM) return money;
    for (size_t i = 0; i < plan->metric_count; i++)
        if (plan->metrics[i].field == SIZE_MAX) return i;
    return SIZE_MAX;
}

static int compare_rows(const void *left, const void *right) {
    const struct result_grid_row *a = left, *b = right;
    if (a->total != b->total) return a->total < b->total ? 1 : -1;
    int titles = strcmp(a->title, b->title);
    return titles ? titles : strcmp(a->key, b->key);
}

static void add_group(const struct aggregate *aggregate, size_t number, size_t metric, size_t period,
                      struct result_grid_row *row) {
    const struct plan *plan = aggregate->plan;
    wide_integer value = plan->metrics[metric].field == SIZE_MAX
                             ? (wide_integer)aggregate_group(aggregate, number)->rows * DECIMAL_SCALE
                             : aggregate_sum(aggregate, number, metric);
    decimal_add(&row->sums[period], value);
    decimal_add(&row->total, value);
    row->is_there[period] = true;
}

/* The periods' names; returns their number. */
static size_t name_periods(const struct plan *plan, const struct periods *periods, struct result_grid *grid) {
    grid->periods = memory_get_zero(periods->count + 1, sizeof *grid->periods);
    for (; grid->period_count < periods->count; grid->period_count++) {
        struct buffer text = {0};
        aggregate_add_period(&text, plan->options->by, periods->days[grid->period_count]);
        grid->periods[grid->period_count] = buffer_take(&text);
    }
    return periods->count;
}

void aggregate_fill_grid(const struct aggregate *aggregate, struct result_grid *grid) {
    const struct plan *plan = aggregate->plan;
    size_t metric = main_metric(plan);
    if (metric == SIZE_MAX || aggregate->group_count == 0) return;
    struct periods periods;
    aggregate_find_periods(aggregate, &periods);
    grid->metric = memory_copy(view_of(plan->metrics[metric].title));
    grid->is_money = plan->metrics[metric].field != SIZE_MAX;
    size_t count = name_periods(plan, &periods, grid);
    struct table *members = table_create();
    uint32_t *member_of_key = aggregate_number_members(aggregate, members);
    grid->row_count = table_count(members); /* no key is without a group */
    grid->rows = memory_get_zero(grid->row_count + 1, sizeof *grid->rows);
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const struct group *group = aggregate_group(aggregate, i);
        size_t member = member_of_key[group->key];
        struct result_grid_row *row = &grid->rows[member];
        if (!row->key)
            *row = (struct result_grid_row){.key = memory_copy(table_key(members, member)),
                                            .title = memory_copy(table_key(aggregate->names, group->name)),
                                            .sums = memory_get_zero(count + 1, sizeof *row->sums),
                                            .is_there = memory_get_zero(count + 1, sizeof *row->is_there)};
        add_group(aggregate, i, metric, periods.of_group[i], row);
    }
    qsort(grid->rows, grid->row_count, sizeof *grid->rows, compare_rows);
    free(member_of_key);
    table_destroy(members);
    aggregate_free_periods(&periods);
}
