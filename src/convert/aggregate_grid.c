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

static int compare_days(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* The periods that there are, in order, and of each group which one it is of; the caller frees both. */
static int32_t *find_periods(const struct aggregate *aggregate, size_t *count, uint32_t *period_of_group) {
    struct table *numbers = table_create();
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const int32_t *day = &aggregate_group(aggregate, i)->day;
        period_of_group[i] = (uint32_t)table_add(numbers, view_from((const char *)day, sizeof *day), NULL);
    }
    *count = table_count(numbers);
    int32_t *days = memory_get_zero(*count + 1, sizeof *days);
    uint32_t *places = memory_get_zero(*count + 1, sizeof *places); /* by number */
    for (size_t i = 0; i < *count; i++)
        memcpy(&days[i], table_key(numbers, i).text, sizeof *days);
    qsort(days, *count, sizeof *days, compare_days);
    for (size_t i = 0; i < *count; i++)
        places[table_find(numbers, view_from((const char *)&days[i], sizeof *days))] = (uint32_t)i;
    for (size_t i = 0; i < aggregate->group_count; i++)
        period_of_group[i] = places[period_of_group[i]];
    free(places);
    table_destroy(numbers);
    return days;
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

void aggregate_fill_grid(const struct aggregate *aggregate, struct result_grid *grid) {
    const struct plan *plan = aggregate->plan;
    size_t metric = main_metric(plan), count = 0;
    if (metric == SIZE_MAX || aggregate->group_count == 0) return;
    uint32_t *periods = memory_get_zero(aggregate->group_count, sizeof *periods); /* by group */
    int32_t *days = find_periods(aggregate, &count, periods);
    grid->metric = memory_copy(view_of(plan->metrics[metric].title));
    grid->is_money = plan->metrics[metric].field != SIZE_MAX;
    grid->periods = memory_get_zero(count + 1, sizeof *grid->periods);
    for (; grid->period_count < count; grid->period_count++) {
        struct buffer text = {0};
        aggregate_add_period(&text, plan->options->by, days[grid->period_count]);
        grid->periods[grid->period_count] = buffer_take(&text);
    }
    struct table *members = table_create();
    grid->rows = memory_get_zero(aggregate->group_count + 1, sizeof *grid->rows);
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const struct group *group = aggregate_group(aggregate, i);
        struct view member = aggregate_member(aggregate, group);
        bool is_new = false;
        struct result_grid_row *row = &grid->rows[table_add(members, member, &is_new)];
        if (is_new)
            *row = (struct result_grid_row){.key = memory_copy(member),
                                            .title = memory_copy(table_key(aggregate->names, group->name)),
                                            .sums = memory_get_zero(count + 1, sizeof *row->sums),
                                            .is_there = memory_get_zero(count + 1, sizeof *row->is_there)};
        add_group(aggregate, i, metric, periods[i], row);
    }
    grid->row_count = table_count(members);
    qsort(grid->rows, grid->row_count, sizeof *grid->rows, compare_rows);
    table_destroy(members);
    free(days);
    free(periods);
}
