/* roster.h: people by their IDs in the three ID spaces of ServiceTitan (schemas/servicetitan.md, "People and their IDs") and
 * by their names; one person has one ID and one name, whichever of these an export has. */
#ifndef PEOPLE_ROSTER_H
#define PEOPLE_ROSTER_H

#include "base/error.h"
#include "input/read_files.h"
#include "schema/schema.h"

struct roster;

/* Reads CSV (columns id, name, optional space, user id, aliases, email) or JSON (answers of settings/technicians
 * and settings/employees: list or bare array or lines; id, userId, name, email). Which space a JSON file's `id`
 * belongs to: role or userId with "technician" in the file's name or keys (businessUnitId, team) → technician,
 * `role` → employee; else any. Several files may be added. EXIT_CANNOT_READ / EXIT_WRONG_USE with place. */
bool roster_load(const char *path, struct roster **roster, struct error *error);
void roster_free(struct roster *roster); /* NULL is fine */
size_t roster_count(const struct roster *roster);
/* The files that were loaded. NULL has none. */
const struct read_files *roster_files(const struct roster *roster);

/* Somebody of the roster; texts are the roster's. */
struct roster_person {
    struct view
        id; /* the one in Plecto, whichever export names the person: the technician's, else the employee's, else as
                         the roster has it, else the user's; empty where the roster has none */
    struct view name;            /* the technician's, where there is one */
    bool is_shared;              /* another person, `other`, has this ID too (of another space) and keeps it */
    struct view other, other_id; /* of two people: the second one's name and ID */
    struct view email; /* the first that the roster has for the person; empty: none */
    bool has_emails;   /* it has several that differ */
};

enum roster_answer { ROSTER_UNKNOWN, ROSTER_FOUND, ROSTER_TWO_PEOPLE };
/* Whose an ID of a space is; SPACE_ANY looks in all. Where it is two people's, one who is called `name` (empty: not known)
 * is the one; else TWO_PEOPLE, who are `person->name` and `person->other`. Safe from many threads. */
enum roster_answer roster_find(const struct roster *roster, enum person_space space, struct view id, struct view name,
                               struct roster_person *person);
enum roster_spelling {
    SPELLING_UNKNOWN,    /* nobody is called so */
    SPELLING_SAME,       /* a person's name, letter for letter */
    SPELLING_ALIAS,      /* listed as an alias: that person, because the roster says so */
    SPELLING_REORDERED,  /* a person's name, but for the order: "Lopez, Ana" or "Lopez Ana" of Ana Lopez, whom nobody else is
                            called like */
    SPELLING_OTHER,      /* looks like a person's name (name_fold), but is spelt otherwise */
    SPELLING_TWO_PEOPLE, /* that of two people, letter for letter or but for what name_fold takes off */
    SPELLING_SHARED_ALIAS, /* listed as an alias of two people, or of one and the name of another */
};
/* What the roster knows about a name. `*person`: who that is; where nobody is known, the name itself without an ID. Safe
 * from many threads. */
enum roster_spelling roster_spelling(const struct roster *roster, struct view name, struct roster_person *person);

#endif
