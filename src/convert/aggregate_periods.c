/* aggregate_periods.c: the periods that the groups are of, in order. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/aggregate_private.h"
#include "ledger/day_sums.h"

static int compare_days(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Numbers the days of the groups as they come; the caller frees the table. */
static struct table *number_days(const struct aggregate *aggregate, uint32_t *of_group) {
    struct known_day known[KNOWN_DAYS] = {{0}};
    struct table *numbers = table_create();
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const int32_t *day = &aggregate_group(aggregate, i)->day;
        struct known_day *one = &known[(uint32_t)*day % KNOWN_DAYS];
        if (!one->is_known || one->day != *day)
            *one = (struct known_day){true, *day, table_add(numbers, view_from((const char *)day, sizeof *day), NULL)};
        of_group[i] = (uint32_t)one->number;
    }
    return numbers;
}

void aggregate_find_periods(const struct aggregate *aggregate, struct periods *periods) {
    periods->of_group = memory_get_zero(aggregate->group_count + 1, sizeof *periods->of_group);
    struct table *numbers = number_days(aggregate, periods->of_group);
    periods->count = table_count(numbers);
    periods->days = memory_get_zero(periods->count + 1, sizeof *periods->days);
    uint32_t *places = memory_get_zero(periods->count + 1, sizeof *places); /* by number */
    for (size_t i = 0; i < periods->count; i++)
        memcpy(&periods->days[i], table_key(numbers, i).text, sizeof *periods->days);
    qsort(periods->days, periods->count, sizeof *periods->days, compare_days);
    for (size_t i = 0; i < periods->count; i++)
        places[table_find(numbers, view_from((const char *)&periods->days[i], sizeof *periods->days))] = (uint32_t)i;
    for (size_t i = 0; i < aggregate->group_count; i++)
        periods->of_group[i] = places[periods->of_group[i]];
    free(places);
    table_destroy(numbers);
}

void aggregate_free_periods(struct periods *periods) {
    free(periods->days);
    free(periods->of_group);
}
