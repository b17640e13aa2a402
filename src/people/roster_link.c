/* roster_link.c: who is who. Lines of rosters are one person where they share a user ID or an ID, or where one name, or
 * alias, stands once in each list of people: then the person has one ID in Plecto, whichever export names them. */
#include <stdlib.h>

#include "base/memory.h"
#include "people/roster_lines.h"

/* Which space's ID a person has in Plecto: the first of these that is known. */
static const enum person_space ranks[SPACE_COUNT] = {SPACE_TECHNICIAN, SPACE_EMPLOYEE, SPACE_ANY, SPACE_USER};

struct view roster_id_at(const struct roster *roster, size_t line, size_t rank) {
    const struct line *entry = &roster->lines[line];
    return rank < SPACE_COUNT ? table_key(roster->lists[ranks[rank]].ids, entry->ids[ranks[rank]]) : view_of("");
}

/* The lines are of one person, who is known by the earlier one. */
static void unite(struct roster *roster, size_t one, size_t other) {
    one = roster_person_of(roster, one);
    other = roster_person_of(roster, other);
    if (one == other) return;
    size_t least = one < other ? one : other, most = one < other ? other : one;
    roster->lines[most].parent = least;
    for (size_t space = 0; space < SPACE_COUNT; space++) {
        size_t *known = &roster->lines[least].merged[space], added = roster->lines[most].merged[space];
        if (*known == NOBODY)
            *known = added;
        else if (added != NOBODY && added != *known)
            *known = SEVERAL;
    }
}

/* Whether two people may be one: no space has different IDs of them. */
static bool may_be_one(const struct roster *roster, size_t one, size_t other) {
    const struct line *a = &roster->lines[roster_person_of(roster, one)], *b = &roster->lines[roster_person_of(roster, other)];
    for (size_t space = 0; space < SPACE_COUNT; space++)
        if (a->merged[space] != b->merged[space] && a->merged[space] != NOBODY && b->merged[space] != NOBODY)
            return false;
    return true;
}

static void link_ids(struct roster *roster) {
    for (size_t space = 0; space < SPACE_COUNT; space++)
        for (size_t i = 0; i < table_count(roster->lists[space].ids); i++)
            roster->lists[space].first[i] = roster->lists[space].second[i] = NOBODY;
    for (size_t i = 0; i < roster->count; i++)
        for (size_t space = 0; space < SPACE_COUNT; space++) {
            size_t id = roster->lines[i].ids[space];
            struct id_list *list = &roster->lists[space];
            if (id == NOBODY) continue;
            if (list->first[id] == NOBODY)
                list->first[id] = i;
            else if (roster->lines[list->first[id]].folded == roster->lines[i].folded)
                unite(roster, list->first[id], i);
            else if (list->second[id] == NOBODY)
                list->second[id] = i;
        }
}

/* The line has this spelling, as a name or as an alias. */
static void note_spelling(const struct roster *roster, struct namesakes *people, size_t folded, size_t line) {
    if (folded == NOBODY) return;
    struct namesakes *known = &people[folded];
    size_t person = roster_person_of(roster, line);
    if (known->first == NOBODY)
        known->first = person;
    else if (known->first != person && known->second == NOBODY)
        known->second = person;
}

/* One name in several lists is one person, unless a list has it twice. */
static void link_names(struct roster *roster) {
    size_t count = table_count(roster->folded);
    size_t(*seen)[SPACE_COUNT] = memory_get_zero(count + 1, sizeof *seen); /* by spelling: its ID in each space */
    size_t *first = memory_get_zero(count + 1, sizeof *first);             /* a line of that spelling + 1 */
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < roster->count; i++) {
            size_t folded = roster->lines[i].folded;
            if (folded == NOBODY) continue;
            bool is_one = true;
            for (size_t space = 0; space < SPACE_COUNT; space++) {
                size_t id = roster->lines[roster_person_of(roster, i)].merged[space], *known = &seen[folded][space];
                if (id != NOBODY && pass == 0)
                    *known = *known == 0 || *known == id + 1 ? (id == SEVERAL ? SEVERAL : id + 1) : SEVERAL;
                is_one = is_one && *known != SEVERAL;
            }
            if (first[folded] == 0)
                first[folded] = i + 1;
            else if (pass == 1 && is_one)
                unite(roster, first[folded] - 1, i);
        }
    free(seen);
    free(first);
}

/* Another line has the name that is an alias here. */
static void link_aliases(struct roster *roster) {
    for (size_t i = 0; i < roster->alias_count; i++) {
        size_t named = namesakes_only(&roster->by_name[roster->aliases[i].folded]);
        if (named != NOBODY && may_be_one(roster, named, roster->aliases[i].line))
            unite(roster, named, roster->aliases[i].line);
    }
}

static void note_spellings(struct roster *roster) {
    size_t count = table_count(roster->folded);
    struct namesakes **lists[] = {&roster->by_name, &roster->by_alias};
    for (size_t i = 0; i < 2; i++) {
        *lists[i] = memory_resize(*lists[i], (count + 1) * sizeof **lists[i]);
        for (size_t k = 0; k < count; k++)
            (*lists[i])[k] = (struct namesakes){NOBODY, NOBODY};
    }
    for (size_t i = 0; i < roster->count; i++)
        note_spelling(roster, roster->by_name, roster->lines[i].folded, i);
    for (size_t i = 0; i < roster->alias_count; i++)
        note_spelling(roster, roster->by_alias, roster->aliases[i].folded, roster->aliases[i].line);
}

/* The ID and the name that each person has: those of the technician, where they are one. */
static void choose_ids(struct roster *roster) {
    for (size_t i = 0; i < roster->count; i++) {
        struct line *person = &roster->lines[roster_person_of(roster, i)];
        for (size_t rank = 0; rank < person->rank; rank++)
            if (roster->lines[i].ids[ranks[rank]] != NOBODY) {
                person->rank = rank;
                person->shown = i;
            }
    }
}

/* The e-mail address of each person; capitals make no other address. */
static void choose_emails(struct roster *roster) {
    for (size_t i = 0; i < roster->count; i++) {
        struct line *person = &roster->lines[roster_person_of(roster, i)];
        size_t email = roster->lines[i].email;
        if (email == NOBODY) continue;
        if (person->known_email == NOBODY)
            person->known_email = email;
        else if (!view_equal_fold(table_key(roster->emails, person->known_email), table_key(roster->emails, email)))
            person->has_emails = true;
    }
}

/* People with one ID in Plecto: the first by rank keeps it. */
static void find_owners(struct roster *roster) {
    struct table *ids = table_create();
    size_t *owners = memory_get_zero(roster->count + 1, sizeof *owners);
    for (size_t rank = 0; rank < SPACE_COUNT; rank++)
        for (size_t i = 0; i < roster->count; i++) {
            struct line *person = &roster->lines[i];
            bool is_new = false;
            if (person->parent != i || person->rank != rank) continue;
            size_t number = table_add(ids, roster_id_at(roster, person->shown, rank), &is_new);
            if (is_new)
                owners[number] = i;
            else
                person->owner = owners[number];
        }
    table_destroy(ids);
    free(owners);
}

void roster_link(struct roster *roster) {
    for (size_t i = 0; i < roster->count; i++) {
        struct line *line = &roster->lines[i];
        line->parent = line->shown = i;
        line->rank = SPACE_COUNT;
        line->owner = line->known_email = NOBODY;
        line->has_emails = false;
        memcpy(line->merged, line->ids, sizeof line->merged);
    }
    link_ids(roster);
    link_names(roster);
    note_spellings(roster);
    link_aliases(roster);
    note_spellings(roster);
    choose_ids(roster);
    choose_emails(roster);
    find_owners(roster);
}
