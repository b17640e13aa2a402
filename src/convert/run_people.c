/* run_people.c: who the registrations go to. Plecto makes an employee of every ID it does not know and cannot merge two
 * (plecto.md), so spellings that look alike are told before the import. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/run_private.h"
#include "people/names.h"

#define EXAMPLES 10 /* groups told one by one; the counts are complete */

struct run_people {
    struct outcome all; /* only its members are used */
    uint64_t prefixed;
};

struct run_people *run_people_create(size_t columns) {
    struct run_people *people = memory_get_zero(1, sizeof *people);
    people->all.members = table_create();
    people->all.other_names = table_create();
    people->all.days = table_create();
    parts_start(&people->all.member_parts, columns);
    parts_start(&people->all.day_parts, columns);
    people->all.arena = arena_create(1 << 14);
    return people;
}

void run_people_free(struct run_people *people) {
    if (!people) return;
    table_destroy(people->all.members);
    table_destroy(people->all.other_names);
    table_destroy(people->all.days);
    parts_free(&people->all.member_parts);
    parts_free(&people->all.day_parts);
    free(people->all.member_tallies);
    arena_destroy(people->all.arena);
    free(people);
}

void run_people_take(struct run_people *people, const struct outcome *outcome) {
    for (size_t i = 0; i < table_count(outcome->members); i++) {
        struct view id = table_key(outcome->members, i);
        size_t number = outcome_add_member(&people->all, id, outcome->member_tallies[i].name);
        people->all.member_tallies[number].registrations += outcome->member_tallies[i].registrations - 1;
        parts_merge(&people->all.member_parts, number, &outcome->member_parts, i);
    }
    for (size_t i = 0; i < table_count(outcome->days); i++) {
        size_t number = table_add(people->all.days, table_key(outcome->days, i), NULL);
        parts_merge(&people->all.day_parts, number, &outcome->day_parts, i);
    }
    for (size_t i = 0; i < table_count(outcome->other_names); i++)
        table_add(people->all.other_names, table_key(outcome->other_names, i), NULL);
}

static int compare_days(const void *left, const void *right) {
    const struct result_part *a = left, *b = right;
    return strcmp(a->key, b->key);
}

/* First column's sum, then rows, largest first; then by name and ID. */
static int compare_people(const void *left, const void *right) {
    const struct result_part *a = left, *b = right;
    wide_integer x = a->first ? *a->first : 0, y = b->first ? *b->first : 0;
    if (x != y) return x < y ? 1 : -1;
    if (a->rows != b->rows) return a->rows < b->rows ? 1 : -1;
    int names = strcmp(a->title, b->title);
    return names ? names : strcmp(a->key, b->key);
}

static wide_integer *sums_of(const struct parts *parts, size_t number) {
    wide_integer *sums = memory_get_zero(parts->columns + 1, sizeof *sums);
    for (size_t i = 0; i < parts->columns; i++)
        sums[i] = parts->sums[number * parts->columns + i];
    return sums;
}

void run_people_fill(const struct run *run, struct result *result) {
    const struct outcome *all = &run->met->all;
    result->day_count = table_count(all->days);
    result->days = memory_get_zero(result->day_count + 1, sizeof *result->days);
    for (size_t i = 0; i < result->day_count; i++) {
        int32_t day;
        struct buffer text = {0};
        memcpy(&day, table_key(all->days, i).text, sizeof day);
        date_print(&text, day);
        result->days[i] = (struct result_part){
            .key = buffer_take(&text), .rows = all->day_parts.rows[i], .sums = sums_of(&all->day_parts, i)};
    }
    qsort(result->days, result->day_count, sizeof *result->days, compare_days);
    size_t first = 0; /* people are ordered by the first money column */
    while (first < result->ledger.column_count && !result->columns[first].is_money)
        first++;
    result->person_count = table_count(all->members);
    result->people = memory_get_zero(result->person_count + 1, sizeof *result->people);
    for (size_t i = 0; i < result->person_count; i++) {
        struct result_part *part = &result->people[i];
        *part = (struct result_part){.key = memory_copy(table_key(all->members, i)),
                                     .title = memory_copy(all->member_tallies[i].name),
                                     .rows = all->member_parts.rows[i],
                                     .sums = sums_of(&all->member_parts, i)};
        if (first < result->ledger.column_count) part->first = &part->sums[first];
    }
    qsort(result->people, result->person_count, sizeof *result->people, compare_people);
}

size_t run_people_count(const struct run_people *people) {
    return table_count(people->all.members);
}

static void tell_group(void *context, enum look_alike_kind kind, const struct look_alike *members, size_t count) {
    struct run *run = context;
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i == EXAMPLES) {
            buffer_print(&text, " and %zu more", count - i);
            break;
        }
        buffer_print(&text, "%s\"%.*s\"", i ? ", " : "", VIEW_ARGS(members[i].name));
        if (kind == LOOK_ALIKE_SAME_NAME || !view_equal(members[i].id, members[i].name))
            buffer_print(&text, " (ID %.*s)", VIEW_ARGS(members[i].id));
        buffer_print(&text, " in %llu registration%s", (unsigned long long)members[i].rows,
                     members[i].rows == 1 ? "" : "s");
    }
    buffer_add_text(&text, kind == LOOK_ALIKE_SAME_NAME ? ": one name, several IDs" : ": perhaps one person");
    enum issue_code code = kind == LOOK_ALIKE_SAME_NAME ? W524_SAME_NAME : W523_LOOK_ALIKE;
    issues_add(run->result->issues, &(struct issue){.code = code, .detail = buffer_view(&text)});
    buffer_free(&text);
}

void run_people_tell(struct run *run) {
    const struct outcome *all = &run->met->all;
    struct look_alikes *names = look_alikes_create();
    uint64_t prefixed = 0;
    for (size_t i = 0; i < table_count(all->members); i++) {
        struct view name = all->member_tallies[i].name;
        look_alikes_add(names, table_key(all->members, i), name, all->member_tallies[i].registrations);
        prefixed += name_has_prefix(name);
    }
    look_alikes_find(names, tell_group, run);
    look_alikes_free(names);
    for (size_t i = 0; i < table_count(all->other_names); i++) {
        struct view key = table_key(all->other_names, i);
        const char *end = memchr(key.text, '\0', key.length);
        struct view id = view_from(key.text, (size_t)(end - key.text));
        struct view name = view_from(end + 1, key.length - id.length - 1);
        size_t number = table_find(all->members, id);
        if (view_equal(all->member_tallies[number].name, name)) continue; /* only a block met another one first */
        char *text = memory_print("ID %.*s is called \"%.*s\" and \"%.*s\"", VIEW_ARGS(id),
                                  VIEW_ARGS(all->member_tallies[number].name), VIEW_ARGS(name));
        issues_add(run->result->issues, &(struct issue){.code = W523_LOOK_ALIKE, .detail = view_of(text)});
        free(text);
    }
    if (prefixed > 0)
        result_note(run->result,
                    "%llu name%s begin%s with _ or * (often: deactivated, foreman): kept as exported, and compared "
                    "without it",
                    (unsigned long long)prefixed, prefixed == 1 ? "" : "s", prefixed == 1 ? "s" : "");
}
