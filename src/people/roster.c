/* roster.c: the lines of rosters, and who is asked for. An ID that lines give to two different people of one space is kept
 * as a conflict: the answer is then TWO_PEOPLE, never one of them by chance. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "input/input.h"
#include "people/names.h"
#include "people/roster_lines.h"
#include "people/roster_private.h"

/* --- lines -------------------------------------------------------------------------------------- */

struct roster *roster_create(void) {
    struct roster *roster = memory_get_zero(1, sizeof *roster);
    for (size_t space = 0; space < SPACE_COUNT; space++)
        roster->lists[space].ids = table_create();
    roster->names = table_create();
    roster->emails = table_create();
    roster->folded = table_create();
    return roster;
}

void roster_free(struct roster *roster) {
    if (!roster) return;
    for (size_t space = 0; space < SPACE_COUNT; space++) {
        table_destroy(roster->lists[space].ids);
        free(roster->lists[space].first);
        free(roster->lists[space].second);
    }
    table_destroy(roster->names);
    table_destroy(roster->emails);
    table_destroy(roster->folded);
    free(roster->lines);
    free(roster->aliases);
    free(roster->by_name);
    free(roster->by_alias);
    read_files_free(&roster->files);
    free(roster);
}

size_t roster_count(const struct roster *roster) {
    return roster->count;
}

const struct read_files *roster_files(const struct roster *roster) {
    static const struct read_files none;
    return roster ? &roster->files : &none;
}

void roster_add_file(struct roster *roster, struct input *input) {
    read_files_add_input(&roster->files, FILE_ROSTER, input);
}

/* The number of a spelling, which is taken as it is where folding leaves nothing of it; NOBODY: none. */
static size_t fold(const struct roster *roster, struct view spelling, bool adds) {
    struct buffer folded = {0};
    name_fold(spelling, &folded);
    if (folded.length == 0) buffer_add(&folded, view_trim(spelling));
    size_t number = folded.length == 0 ? NOBODY
                    : adds             ? table_add(roster->folded, buffer_view(&folded), NULL)
                                       : table_find(roster->folded, buffer_view(&folded));
    buffer_free(&folded);
    return number;
}

static size_t add_id(struct roster *roster, enum person_space space, struct view id) {
    struct id_list *list = &roster->lists[space];
    id = view_trim(id);
    if (id.length == 0 || view_is(id, "0"))
        return NOBODY; /* 0 is no ID: schemas/servicetitan.md, "How values are written" */
    size_t number = table_add(list->ids, id, NULL);
    void *items = list->first;
    memory_grow(&items, &list->first_room, number + 1, sizeof *list->first);
    list->first = items;
    items = list->second;
    memory_grow(&items, &list->second_room, number + 1, sizeof *list->second);
    list->second = items;
    return number;
}

size_t roster_add(struct roster *roster, enum person_space space, struct view id, struct view user, struct view name) {
    void *lines = roster->lines;
    memory_grow(&lines, &roster->capacity, roster->count + 1, sizeof *roster->lines);
    roster->lines = lines;
    struct line *line = &roster->lines[roster->count];
    *line = (struct line){
        .name = table_add(roster->names, name, NULL), .folded = fold(roster, name, true), .email = NOBODY};
    for (size_t each = 0; each < SPACE_COUNT; each++)
        line->ids[each] = NOBODY;
    line->ids[SPACE_USER] = add_id(roster, SPACE_USER, user);
    size_t own = add_id(roster, space, id);
    if (own != NOBODY) line->ids[space] = own;
    return roster->count++;
}

void roster_add_email(struct roster *roster, size_t row, struct view email) {
    if (email.length > 0) roster->lines[row].email = table_add(roster->emails, email, NULL);
}

void roster_add_alias(struct roster *roster, size_t row, struct view alias) {
    size_t folded = fold(roster, alias, true);
    if (folded == NOBODY) return;
    void *aliases = roster->aliases;
    memory_grow(&aliases, &roster->alias_capacity, roster->alias_count + 1, sizeof *roster->aliases);
    roster->aliases = aliases;
    roster->aliases[roster->alias_count++] = (struct alias){folded, row};
}

/* --- asking ----------------------------------------------------------------------------------------- */

static void describe(const struct roster *roster, size_t number, struct roster_person *person) {
    const struct line *line = &roster->lines[number];
    *person = (struct roster_person){.id = roster_id_at(roster, line->shown, line->rank),
                                     .name = table_key(roster->names, roster->lines[line->shown].name)};
    if (line->known_email != NOBODY) person->email = table_key(roster->emails, line->known_email);
    person->has_emails = line->has_emails;
    if (line->owner == NOBODY) return;
    person->is_shared = true;
    person->other = table_key(roster->names, roster->lines[roster->lines[line->owner].shown].name);
}

static void describe_two(const struct roster *roster, size_t one, size_t other, struct roster_person *person) {
    struct roster_person second;
    describe(roster, other, &second);
    describe(roster, one, person);
    person->other = second.name;
    person->other_id = second.id;
}

#define CANDIDATES (2 * SPACE_COUNT)

/* Adds the people whose ID of this space it is, each once. */
static size_t add_candidates(const struct roster *roster, enum person_space space, struct view id, size_t *people,
                             size_t count) {
    const struct id_list *list = &roster->lists[space];
    size_t number = table_find(list->ids, id);
    if (number == SIZE_MAX) return count;
    const size_t lines[] = {list->first[number], list->second[number]};
    for (size_t i = 0; i < 2; i++) {
        if (lines[i] == NOBODY) continue;
        size_t person = roster_person_of(roster, lines[i]), k = 0;
        while (k < count && people[k] != person)
            k++;
        if (k == count) people[count++] = person;
    }
    return count;
}

enum roster_answer roster_find(const struct roster *roster, enum person_space space, struct view id, struct view name,
                               struct roster_person *person) {
    size_t people[CANDIDATES], count = 0;
    id = view_trim(id);
    *person = (struct roster_person){0};
    if (space == SPACE_ANY) {
        for (int each = 0; each < SPACE_COUNT; each++)
            count = add_candidates(roster, (enum person_space)each, id, people, count);
    } else {
        count = add_candidates(roster, space, id, people, count);
        if (count == 0)
            count = add_candidates(roster, SPACE_ANY, id, people, count); /* the roster does not say which */
    }
    if (count == 0) return ROSTER_UNKNOWN;
    if (count > 1 && name.length > 0) { /* the one who is called so */
        size_t folded = fold(roster, name, false);
        const struct namesakes *list = NULL;
        if (folded != NOBODY) list = roster->by_name[folded].first != NOBODY ? roster->by_name : roster->by_alias;
        size_t named = list ? namesakes_only(&list[folded]) : NOBODY;
        for (size_t i = 0; i < count; i++)
            if (people[i] == named) {
                people[0] = named;
                count = 1;
            }
    }
    if (count == 1)
        describe(roster, people[0], person);
    else
        describe_two(roster, people[0], people[1], person);
    return count == 1 ? ROSTER_FOUND : ROSTER_TWO_PEOPLE;
}

/* Whether two names are the same letter for letter, but for blanks and the order of "Last, First". */
static bool is_same_reordered(struct view one, struct view other) {
    struct buffer names[2] = {{0}, {0}};
    name_put_first(one, &names[0]);
    name_put_first(other, &names[1]);
    bool is_same = view_equal(buffer_view(&names[0]), buffer_view(&names[1]));
    buffer_free(&names[0]);
    buffer_free(&names[1]);
    return is_same;
}

/* "Lopez Ana" of Ana Lopez: the person whose name has the two words the other way round, if one person has. */
static size_t find_turned(const struct roster *roster, struct view name) {
    const char *blank = name.length > 0 ? memchr(name.text, ' ', name.length) : NULL;
    if (!blank || memchr(name.text, ',', name.length)) return NOBODY;
    struct view last = view_from(name.text, (size_t)(blank - name.text));
    struct view first = view_trim(view_from(blank, name.length - last.length));
    if (first.length == 0 || memchr(first.text, ' ', first.length)) return NOBODY;
    char *turned = memory_print("%.*s %.*s", VIEW_ARGS(first), VIEW_ARGS(last));
    size_t folded = fold(roster, view_of(turned), false);
    size_t person = folded == NOBODY ? NOBODY : namesakes_only(&roster->by_name[folded]);
    bool is_exact = table_find(roster->names, view_of(turned)) != SIZE_MAX;
    free(turned);
    return is_exact ? person : NOBODY;
}

static enum roster_spelling spelling_turned(const struct roster *roster, struct view name,
                                            struct roster_person *person) {
    size_t found = find_turned(roster, name);
    if (found == NOBODY) return SPELLING_UNKNOWN;
    describe(roster, found, person);
    return SPELLING_REORDERED;
}

enum roster_spelling roster_spelling(const struct roster *roster, struct view name, struct roster_person *person) {
    name = view_trim(name);
    *person = (struct roster_person){.name = name};
    size_t folded = fold(roster, name, false);
    if (folded == NOBODY) return spelling_turned(roster, name, person);
    bool is_exact = table_find(roster->names, name) != SIZE_MAX;
    const struct namesakes *named = &roster->by_name[folded], *aliased = &roster->by_alias[folded];
    size_t one = namesakes_only(named), other = namesakes_only(aliased);
    if (one != NOBODY && other != NOBODY && one != other) { /* one's name, another's alias */
        describe_two(roster, one, other, person);
        return SPELLING_SHARED_ALIAS;
    }
    bool is_alias = !is_exact && aliased->first != NOBODY;
    const struct namesakes *found = is_alias ? aliased : named;
    if (found->first == NOBODY) return spelling_turned(roster, name, person);
    if (found->second != NOBODY) {
        describe_two(roster, found->first, found->second, person);
        return is_alias ? SPELLING_SHARED_ALIAS : SPELLING_TWO_PEOPLE;
    }
    describe(roster, found->first, person);
    if (is_exact) return SPELLING_SAME;
    if (is_alias) return SPELLING_ALIAS;
    for (size_t i = 0; i < roster->count; i++)
        if (roster->lines[i].folded == folded && is_same_reordered(name, table_key(roster->names, roster->lines[i].name)))
            return SPELLING_REORDERED;
    return SPELLING_OTHER;
}
