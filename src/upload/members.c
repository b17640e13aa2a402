/* members.c: who the employees of a folder are, and what their addresses are. Asking Plecto is in members_send.c. */
#include "upload/members.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "upload/line.h"

#define ARENA_PIECE (64u << 10)

static void add_member(struct members *members, const struct line *line) {
    void *list = members->list;
    memory_grow(&list, &members->capacity, members->count + 1, sizeof *members->list);
    members->list = list;
    members->list[members->count++] = (struct member){memory_copy(line->provider),
                                                      memory_copy(line->member_id),
                                                      memory_copy(line_person(line)),
                                                      NULL,
                                                      NULL,
                                                      false,
                                                      MEMBER_NEW,
                                                      0,
                                                      false,
                                                      false,
                                                      false,
                                                      false,
                                                      NULL};
}

bool members_read(struct published *published, struct members *members, struct error *error) {
    struct table *people = table_create();
    struct arena *arena = arena_create(ARENA_PIECE);
    struct view text;
    uint64_t offset;
    bool is_fine = true, is_new = false;
    *members = (struct members){0};
    published_rewind(published);
    while (is_fine && published_next(published, &text, &offset, error)) {
        struct line line;
        arena_reset(arena);
        is_fine = line_read(text, arena, &line) || published_broken(published, offset, "is not a registration", error);
        if (!is_fine) break;
        char *key = memory_print("%.*s\n%.*s", VIEW_ARGS(line.provider), VIEW_ARGS(line.member_id));
        table_add(people, view_of(key), &is_new);
        free(key);
        if (is_new) add_member(members, &line);
    }
    is_fine = is_fine && error->code == EXIT_FINE && published_end(published, error);
    arena_destroy(arena);
    table_destroy(people);
    return is_fine;
}

void members_free(struct members *members) {
    for (size_t i = 0; i < members->count; i++) {
        struct member *member = &members->list[i];
        free(member->provider);
        free(member->id);
        free(member->name);
        free(member->email);
        free(member->words);
        free(member->plecto_email);
    }
    free(members->list);
    *members = (struct members){0};
}

/* --- addresses -------------------------------------------------------------------------------------------------------- */

/* One @ with something on both sides, and nothing that an address cannot have. */
static bool is_address(struct view text) {
    const char *at = text.length > 0 ? memchr(text.text, '@', text.length) : NULL;
    if (!at || at == text.text || at == text.text + text.length - 1) return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.text[i];
        if (c <= ' ' || c == 0x7f || strchr(",;<>\"", c) || (c == '@' && text.text + i != at)) return false;
    }
    return true;
}

/* The roster's person: by ID; where the folder has the name for an ID, by the name. */
static bool find_person(const struct roster *roster, const struct member *member, struct roster_person *person) {
    if (roster_find(roster, SPACE_ANY, view_of(member->id), view_of(member->name), person) == ROSTER_FOUND) return true;
    if (strcmp(member->id, member->name) != 0) return false;
    enum roster_spelling spelling = roster_spelling(roster, view_of(member->name), person);
    return spelling == SPELLING_SAME || spelling == SPELLING_ALIAS || spelling == SPELLING_REORDERED;
}

static bool give_email(struct member *member, const struct roster *roster, struct error *error) {
    struct roster_person person;
    if (!find_person(roster, member, &person) || person.email.length == 0) return true;
    if (person.has_emails) {
        member->has_emails = true;
        return true;
    }
    if (!is_address(person.email)) {
        error_set(error, EXIT_WRONG_USE, "the roster has \"%.*s\" as e-mail address of %s (ID %s)",
                  VIEW_ARGS(person.email), member->name, member->id);
        return error_fix(error, "Correct it in the roster. Leave it empty if the person has none.");
    }
    member->email = memory_copy(person.email);
    return true;
}

/* One address for two would make one profile of them, for ever. */
static bool check_emails(const struct members *members, struct error *error) {
    struct table *emails = table_create();
    size_t *owners = memory_get_zero(members->count + 1, sizeof *owners);
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < members->count; i++) {
        const struct member *member = &members->list[i];
        struct buffer folded = {0};
        bool is_new = false;
        if (!member->email) continue;
        for (const char *c = member->email; *c; c++)
            buffer_add_char(&folded, *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c);
        size_t number = table_add(emails, buffer_view(&folded), &is_new);
        buffer_free(&folded);
        if (is_new) {
            owners[number] = i;
            continue;
        }
        const struct member *other = &members->list[owners[number]];
        error_set(error, EXIT_WRONG_USE,
                  "the roster has %s for two employees of the folder: %s (ID %s) and %s (ID %s). Plecto would make one "
                  "profile of them, and that cannot be undone",
                  member->email, other->name, other->id, member->name, member->id);
        is_fine = error_fix(error, "If they are one person, convert with this roster. Else correct the address.");
    }
    free(owners);
    table_destroy(emails);
    return is_fine;
}

bool members_give_emails(struct members *members, const struct roster *roster, struct error *error) {
    for (size_t i = 0; i < members->count; i++)
        if (!give_email(&members->list[i], roster, error)) return false;
    return check_emails(members, error);
}
