/* people_days.c: see people_days.h. */
#include "reconcile/people_days.h"

#include <stdlib.h>

#include "base/memory.h"

static struct side_row row_of(const struct comparison *comparison, const struct unit *unit) {
    int side = unit->rows[0] != NO_ROW ? 0 : 1;
    return side_row_at(&comparison->sides[side], unit->rows[side]);
}

char *unit_person(const struct comparison *comparison, const struct unit *unit) {
    uint32_t shown = row_of(comparison, unit).shown;
    return memory_copy(shown == NO_TEXT ? view_of("") : table_key(comparison->pool, shown));
}

char *unit_day(const struct comparison *comparison, const struct unit *unit) {
    const struct side_row row = row_of(comparison, unit);
    struct buffer text = {0};
    if (row.has_date) date_print(&text, day_of(row.local));
    return buffer_take(&text);
}

void people_days_make(const struct comparison *comparison, struct people_days *groups) {
    struct table *keys = table_create();
    struct buffer key = {0};
    *groups = (struct people_days){0};
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        bool is_new;
        if (unit->bucket == BUCKET_SAME) continue;
        char *person = unit_person(comparison, unit), *day = unit_day(comparison, unit);
        key.length = 0;
        buffer_print(&key, "%s\n%s", day, person);
        size_t place = table_add(keys, buffer_view(&key), &is_new);
        if (is_new) {
            void *list = groups->list;
            memory_grow(&list, &groups->capacity, groups->count + 1, sizeof *groups->list);
            groups->list = list;
            groups->list[groups->count++] =
                (struct person_day){.person = memory_copy(view_of(person)),
                                    .day = memory_copy(view_of(day)),
                                    .first_unit = i,
                                    .amounts = memory_get_zero(comparison->metric_count + 1, sizeof(wide_integer))};
        }
        groups->list[place].rows++;
        for (size_t m = 0; m < comparison->metric_count; m++)
            groups->list[place].amounts[m] += unit_difference(comparison, unit, m);
        free(person);
        free(day);
    }
    buffer_free(&key);
    table_destroy(keys);
}

void people_days_free(struct people_days *groups) {
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->list[i].person);
        free(groups->list[i].day);
        free(groups->list[i].amounts);
    }
    free(groups->list);
}
