/* day_sums.c: see day_sums.h. */
#include "ledger/day_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void day_sums_start(struct day_sums *sums, size_t columns) {
    *sums = (struct day_sums){.columns = columns,
                              .arena = arena_create(1 << 14),
                              .members = table_create(),
                              .other_names = table_create(),
                              .days = table_create()};
}

void day_sums_reset(struct day_sums *sums) {
    arena_reset(sums->arena);
    table_clear(sums->members);
    table_clear(sums->other_names);
    table_clear(sums->days);
    memset(sums->known_days, 0, sizeof sums->known_days);
    sums->by_member.count = sums->by_day.count = 0;
}

void day_sums_free(struct day_sums *sums) {
    arena_destroy(sums->arena);
    table_destroy(sums->members);
    table_destroy(sums->other_names);
    table_destroy(sums->days);
    free(sums->names);
    free(sums->by_member.rows);
    free(sums->by_member.sums);
    free(sums->by_day.rows);
    free(sums->by_day.sums);
    *sums = (struct day_sums){0};
}

size_t day_sums_member(struct day_sums *sums, struct view id, struct view name) {
    bool is_new;
    size_t number = table_add(sums->members, id, &is_new);
    if (is_new) {
        void *names = sums->names;
        memory_grow(&names, &sums->name_capacity, number + 1, sizeof *sums->names);
        sums->names = names;
        sums->names[number] = arena_copy(sums->arena, name);
    }
    if (view_equal(sums->names[number], name)) return number;
    struct view key = arena_print(sums->arena, "%.*s%c%.*s", VIEW_ARGS(id), '\0', VIEW_ARGS(name));
    table_add(sums->other_names, key, NULL);
    return number;
}

bool day_sums_other(const struct day_sums *sums, size_t *place, size_t *member, struct view *name) {
    if (*place >= table_count(sums->other_names)) return false;
    struct view key = table_key(sums->other_names, (*place)++);
    const char *end = memchr(key.text, '\0', key.length);
    struct view id = view_from(key.text, (size_t)(end - key.text));
    *name = view_from(end + 1, key.length - id.length - 1);
    *member = table_find(sums->members, id);
    return true;
}

void day_sums_prefer_names(struct day_sums *sums) {
    size_t member = 0, count = table_count(sums->members);
    bool *is_id = memory_get_zero(count + 1, sizeof *is_id);
    struct view name;
    for (size_t i = 0; i < count; i++)
        is_id[i] = view_equal(sums->names[i], table_key(sums->members, i));
    for (size_t place = 0; day_sums_other(sums, &place, &member, &name);) {
        if (!is_id[member] || view_equal(name, table_key(sums->members, member))) continue;
        bool has_name = !view_equal(sums->names[member], table_key(sums->members, member));
        if (!has_name || view_compare(name, sums->names[member]) < 0) sums->names[member] = name;
    }
    free(is_id);
}

/* Numbers up to `number` begin at zero. */
static void make_room(struct number_sums *to, size_t number, size_t columns) {
    if (number < to->count) return;
    if (number >= to->capacity) {
        to->capacity = number + 1 + number / 2;
        to->capacity = to->capacity < 32 ? 32 : to->capacity;
        to->rows = memory_resize(to->rows, to->capacity * sizeof *to->rows);
        to->sums = memory_resize(to->sums, (to->capacity * columns + 1) * sizeof *to->sums);
    }
    for (; to->count <= number; to->count++) {
        to->rows[to->count] = 0;
        for (size_t i = 0; i < columns; i++)
            to->sums[to->count * columns + i] = 0;
    }
}

static void add_row(struct number_sums *to, size_t number, const int64_t *amounts, size_t columns) {
    make_room(to, number, columns);
    to->rows[number]++;
    wide_integer *sums = to->sums + number * columns;
    for (size_t i = 0; i < columns; i++)
        sums[i] += amounts[i]; /* 2^64 rows of the largest amount fit */
}

void day_sums_add(struct day_sums *sums, size_t member, int32_t day, const int64_t *amounts) {
    add_row(&sums->by_member, member, amounts, sums->columns);
    struct known_day *known = &sums->known_days[(uint32_t)day % KNOWN_DAYS];
    if (!known->is_known || known->day != day) {
        struct view key = view_from((const char *)&day, sizeof day);
        *known = (struct known_day){true, day, table_add(sums->days, key, NULL)};
    }
    add_row(&sums->by_day, known->number, amounts, sums->columns);
}

static void merge_number(struct number_sums *into, size_t number, const struct number_sums *from, size_t from_number,
                         size_t columns) {
    make_room(into, number, columns);
    into->rows[number] += from->rows[from_number];
    for (size_t i = 0; i < columns; i++)
        into->sums[number * columns + i] += from->sums[from_number * columns + i];
}

void day_sums_merge(struct day_sums *into, const struct day_sums *from) {
    for (size_t i = 0; i < table_count(from->members); i++)
        merge_number(&into->by_member, day_sums_member(into, table_key(from->members, i), from->names[i]),
                     &from->by_member, i, into->columns);
    for (size_t i = 0; i < table_count(from->days); i++)
        merge_number(&into->by_day, table_add(into->days, table_key(from->days, i), NULL), &from->by_day, i,
                     into->columns);
    for (size_t i = 0; i < table_count(from->other_names); i++)
        table_add(into->other_names, table_key(from->other_names, i), NULL);
}
