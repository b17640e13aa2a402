/* people.c: who the registrations go to. Plecto makes an employee of every ID it does not know and cannot merge two
 * (schemas/plecto.md, "A registration"), so spellings that look alike are told before the import. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/run/run_private.h"
#include "people/names.h"

#define EXAMPLES 10 /* groups told one by one; the counts are complete */

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

static wide_integer *sums_of(const struct number_sums *all, size_t number, size_t columns) {
    wide_integer *sums = memory_get_zero(columns + 1, sizeof *sums);
    for (size_t i = 0; i < columns; i++)
        sums[i] = all->sums[number * columns + i];
    return sums;
}

void run_fill_people(const struct day_sums *all, struct result *result) {
    result->day_count = table_count(all->days);
    result->days = memory_get_zero(result->day_count + 1, sizeof *result->days);
    for (size_t i = 0; i < result->day_count; i++) {
        int32_t day;
        struct buffer text = {0};
        memcpy(&day, table_key(all->days, i).text, sizeof day);
        date_print(&text, day);
        result->days[i] = (struct result_part){
            .key = buffer_take(&text), .rows = all->by_day.rows[i], .sums = sums_of(&all->by_day, i, all->columns)};
    }
    qsort(result->days, result->day_count, sizeof *result->days, compare_days);
    size_t first = result_money_column(result); /* people are ordered by it */
    result->person_count = table_count(all->members);
    result->people = memory_get_zero(result->person_count + 1, sizeof *result->people);
    for (size_t i = 0; i < result->person_count; i++) {
        struct result_part *part = &result->people[i];
        *part = (struct result_part){.key = memory_copy(table_key(all->members, i)),
                                     .title = memory_copy(all->names[i]),
                                     .rows = all->by_member.rows[i],
                                     .sums = sums_of(&all->by_member, i, all->columns)};
        if (first < result->ledger.column_count) part->first = &part->sums[first];
    }
    qsort(result->people, result->person_count, sizeof *result->people, compare_people);
}

static void tell_group(void *context, enum look_alike_kind kind, const struct look_alike *members, size_t count) {
    struct findings *findings = context;
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
    buffer_add_text(&text, kind == LOOK_ALIKE_SAME_NAME ? ": one name with several IDs" : ": possibly one person");
    enum issue_code code = kind == LOOK_ALIKE_SAME_NAME ? W524_SAME_NAME : W523_LOOK_ALIKE;
    issues_add(findings->issues, &(struct issue){.code = code, .detail = buffer_view(&text)});
    buffer_free(&text);
}

/* The name that came last of those that are more than the ID; empty if the person has none or no row lacks it. */
static struct view *names_lacked(const struct day_sums *sums) {
    size_t count = table_count(sums->members), member = 0;
    struct view *names = memory_get_zero(count + 1, sizeof *names), name;
    bool *lacks = memory_get_zero(count + 1, sizeof *lacks);
    for (size_t i = 0; i < count; i++) {
        lacks[i] = view_equal(sums->names[i], table_key(sums->members, i));
        if (!lacks[i]) names[i] = sums->names[i];
    }
    for (size_t place = 0; day_sums_other(sums, &place, &member, &name);) {
        if (view_equal(name, table_key(sums->members, member)))
            lacks[member] = true;
        else
            names[member] = name;
    }
    for (size_t i = 0; i < count; i++)
        if (!lacks[i]) names[i] = view_of("");
    free(lacks);
    return names;
}

bool run_learn_names(struct run *run, const struct pass *pass) {
    struct plan *plan = &run->plan;
    if (plan->named_ids || plan->options->by != BY_ROW || pass->counts.of[COUNT_ID_ONLY] == 0) return false;
    const struct day_sums *sums = &pass->day_sums;
    struct view *names = names_lacked(sums);
    size_t count = table_count(sums->members);
    plan->named_ids = table_create();
    plan->known_names = memory_get_zero(count + 1, sizeof *plan->known_names);
    for (size_t i = 0; i < count; i++)
        if (names[i].length) plan->known_names[table_add(plan->named_ids, table_key(sums->members, i), NULL)] = memory_copy(names[i]);
    free(names);
    return table_count(plan->named_ids) > 0;
}

void run_note_look_alikes(struct pass *pass) {
    const struct day_sums *all = &pass->day_sums;
    day_sums_prefer_names(&pass->day_sums);
    struct look_alikes *names = look_alikes_create();
    uint64_t prefixed = 0;
    for (size_t i = 0; i < table_count(all->members); i++) {
        struct view name = all->names[i];
        look_alikes_add(names, table_key(all->members, i), name, all->by_member.rows[i]);
        prefixed += name_has_prefix(name);
    }
    look_alikes_find(names, tell_group, &pass->findings);
    look_alikes_free(names);
    struct view name;
    for (size_t place = 0, number = 0; day_sums_other(all, &place, &number, &name);) {
        struct view id = table_key(all->members, number);
        /* only a block met another one first; or a row without the name */
        if (view_equal(all->names[number], name) || view_equal(name, id)) continue;
        char *text = memory_print("ID %.*s has the names \"%.*s\" and \"%.*s\"", VIEW_ARGS(id),
                                  VIEW_ARGS(all->names[number]), VIEW_ARGS(name));
        issues_add(pass->findings.issues, &(struct issue){.code = W523_LOOK_ALIKE, .detail = view_of(text)});
        free(text);
    }
    if (prefixed > 0)
        findings_note(&pass->findings,
                      "%llu name%s begin%s with _ or *, which often means deactivated or foreman. The sign is kept in "
                      "the name and ignored when names are compared.",
                      (unsigned long long)prefixed, prefixed == 1 ? "" : "s", prefixed == 1 ? "s" : "");
}
