/* roster.h: people's IDs to their names, in the three ID spaces of ServiceTitan
 * (schemas/servicetitan.md, "People and their IDs"). */
#ifndef PEOPLE_ROSTER_H
#define PEOPLE_ROSTER_H

#include "base/error.h"
#include "input/read_files.h"
#include "schema/schema.h"

struct roster;

/* Reads CSV (columns id, name, optional space, user id, aliases) or JSON (answers of settings/technicians
 * and settings/employees: list or bare array or lines; id, userId, name). Which space a JSON file's `id`
 * belongs to: role or userId with "technician" in the file's name or keys (businessUnitId, team) → technician,
 * `role` → employee; else any. Several files may be added. EXIT_CANNOT_READ / EXIT_WRONG_USE with place. */
bool roster_load(const char *path, struct roster **roster, struct error *error);
void roster_free(struct roster *roster); /* NULL is fine */
size_t roster_count(const struct roster *roster);
/* The files that were loaded. NULL has none. */
const struct read_files *roster_files(const struct roster *roster);

enum roster_answer { ROSTER_UNKNOWN, ROSTER_FOUND, ROSTER_TWO_PEOPLE };
/* The name for an ID in a space; SPACE_ANY looks in all, and says TWO_PEOPLE where they differ. `*name` is the
 * roster's. Safe from many threads. */
enum roster_answer roster_name(const struct roster *roster, enum person_space space, struct view id, struct view *name);
enum roster_spelling {
    SPELLING_UNKNOWN, /* nobody is called so */
    SPELLING_SAME,    /* a person's name, letter for letter */
    SPELLING_ALIAS,   /* listed as an alias: that person, because the roster says so */
    SPELLING_OTHER    /* looks like a person's name (name_fold), but is spelt otherwise */
};
/* What the roster knows about a name. `*known`: the person's name in the roster; the name itself where there is none.
 * Safe from many threads. */
enum roster_spelling roster_spelling(const struct roster *roster, struct view name, struct view *known);

#endif
