/* roster.c: who is who. Lines of rosters are one person where they share a user ID or an ID, or where one name, or alias,
 * stands once in each list of people: then the person has one ID in Plecto, whichever export names them.
 *
 * An ID that lines give to two different people of one space is kept as a conflict: the answer is then TWO_PEOPLE, never
 * one of them by chance. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "input/input.h"
#include "people/names.h"
#include "people/roster_private.h"

#define NOBODY SIZE_MAX
#define SEVERAL (SIZE_MAX - 1)

/* Which space's ID a person has in Plecto: the first of these that is known. */
static const enum person_space ranks[SPACE_COUNT] = {SPACE_TECHNICIAN, SPACE_EMPLOYEE, SPACE_ANY, SPACE_USER};

/* A line of a roster. */
struct line {
    size_t ids[SPACE_COUNT]; /* numbers in the lists; NOBODY: none */
    size_t name, folded;     /* numbers in names and in folded */
    size_t parent;           /* a line of the same person; itself: the person is known by this line */
    size_t email;            /* its number in emails; NOBODY: none */
    /* of a person */
    size_t rank;                /* of its ID in Plecto among ranks; SPACE_COUNT: it has none */
    size_t shown;               /* the line with its name */
    size_t known_email;         /* the first e-mail address of its lines; NOBODY: none */
    bool has_emails;            /* they have several that differ */
    size_t owner;               /* the person whose ID in Plecto is the same, and who keeps it; NOBODY: none */
    size_t merged[SPACE_COUNT]; /* as ids, of all its lines; SEVERAL: different ones */
};

/* The IDs of one space and whose they are. */
struct id_list {
    struct table *ids;
    size_t *first, *second; /* by number of the ID: lines of different people; NOBODY */
    size_t first_room, second_room;
};

struct alias {
    size_t folded, line;
};

struct roster {
    struct id_list lists[SPACE_COUNT]; /* by enum person_space; SPACE_ANY: the file did not say which */
    struct table *names;               /* shown names, trimmed */
    struct table *emails;
    struct table *folded;              /* spellings as name_fold has them: of names and of aliases */
    struct line *lines;
    size_t count, capacity;
    struct alias *aliases;
    size_t alias_count, alias_capacity;
    size_t *by_name, *by_alias; /* by number of a spelling: the person, NOBODY or SEVERAL; owned */
    size_t *other;              /* by number of a spelling: one more of SEVERAL */
    struct read_files files;
};

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
    free(roster->other);
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

/* --- who is who ----------------------------------------------------------------------------------- */

static size_t person_of(const struct roster *roster, size_t line) {
    while (roster->lines[line].parent != line)
        line = roster->lines[line].parent;
    return line;
}

/* The lines are of one person, who is known by the earlier one. */
static void unite(struct roster *roster, size_t one, size_t other) {
    one = person_of(roster, one);
    other = person_of(roster, other);
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
    const struct line *a = &roster->lines[person_of(roster, one)], *b = &roster->lines[person_of(roster, other)];
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

/* The person of each spelling, or SEVERAL. */
static void note_spelling(struct roster *roster, size_t *people, size_t folded, size_t line) {
    size_t person = person_of(roster, line);
    if (folded == NOBODY) return;
    if (people[folded] == NOBODY) {
        people[folded] = person;
    } else if (people[folded] != person) {
        if (people[folded] != SEVERAL) roster->other[folded] = people[folded];
        people[folded] = SEVERAL;
    }
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
                size_t id = roster->lines[person_of(roster, i)].merged[space], *known = &seen[folded][space];
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
        size_t named = roster->by_name[roster->aliases[i].folded];
        if (named < SEVERAL && may_be_one(roster, named, roster->aliases[i].line))
            unite(roster, named, roster->aliases[i].line);
    }
}

static void note_spellings(struct roster *roster) {
    size_t count = table_count(roster->folded);
    size_t **lists[] = {&roster->by_name, &roster->by_alias, &roster->other};
    for (size_t i = 0; i < 3; i++) {
        *lists[i] = memory_resize(*lists[i], (count + 1) * sizeof **lists[i]);
        for (size_t k = 0; k < count; k++)
            (*lists[i])[k] = NOBODY;
    }
    for (size_t i = 0; i < roster->count; i++)
        note_spelling(roster, roster->by_name, roster->lines[i].folded, i);
    for (size_t i = 0; i < roster->alias_count; i++)
        note_spelling(roster, roster->by_alias, roster->aliases[i].folded, roster->aliases[i].line);
}

static struct view id_at(const struct roster *roster, size_t line, size_t rank) {
    const struct line *entry = &roster->lines[line];
    return rank < SPACE_COUNT ? table_key(roster->lists[ranks[rank]].ids, entry->ids[ranks[rank]]) : view_of("");
}

/* The ID and the name that each person has: those of the technician, where they are one. */
static void choose_ids(struct roster *roster) {
    for (size_t i = 0; i < roster->count; i++) {
        struct line *person = &roster->lines[person_of(roster, i)];
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
        struct line *person = &roster->lines[person_of(roster, i)];
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
            size_t number = table_add(ids, id_at(roster, person->shown, rank), &is_new);
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

/* --- asking ----------------------------------------------------------------------------------------- */

static void describe(const struct roster *roster, size_t number, struct roster_person *person) {
    const struct line *line = &roster->lines[number];
    *person = (struct roster_person){.id = id_at(roster, line->shown, line->rank),
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
        size_t person = person_of(roster, lines[i]), k = 0;
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
        size_t named = folded == NOBODY ? NOBODY : roster->by_name[folded];
        if (folded != NOBODY && named == NOBODY) named = roster->by_alias[folded];
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
    size_t person = folded == NOBODY ? NOBODY : roster->by_name[folded];
    bool is_exact = table_find(roster->names, view_of(turned)) != SIZE_MAX;
    free(turned);
    return is_exact && person < SEVERAL ? person : NOBODY;
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
    bool is_alias = !is_exact && roster->by_alias[folded] != NOBODY;
    size_t found = is_alias ? roster->by_alias[folded] : roster->by_name[folded];
    if (found == NOBODY) return spelling_turned(roster, name, person);
    if (found == SEVERAL) {
        if (is_alias) return SPELLING_UNKNOWN;
        if (!is_exact) return SPELLING_OTHER;
        size_t one = roster->other[folded], other = NOBODY;
        for (size_t i = 0; i < roster->count && other == NOBODY; i++)
            if (roster->lines[i].folded == folded && person_of(roster, i) != one) other = person_of(roster, i);
        if (other != NOBODY) describe_two(roster, one, other, person);
        return SPELLING_TWO_PEOPLE;
    }
    describe(roster, found, person);
    if (is_exact) return SPELLING_SAME;
    if (is_alias) return SPELLING_ALIAS;
    for (size_t i = 0; i < roster->count; i++)
        if (roster->lines[i].folded == folded && is_same_reordered(name, table_key(roster->names, roster->lines[i].name)))
            return SPELLING_REORDERED;
    return SPELLING_OTHER;
}
