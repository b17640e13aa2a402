/* roster_lines.h: a roster as it is kept, for roster.c (lines, answers) and roster_link.c (who is who) alone. */
#ifndef ST2PLECTO_PEOPLE_ROSTER_LINES_H
#define ST2PLECTO_PEOPLE_ROSTER_LINES_H

#include <stdint.h>

#include "base/table.h"
#include "people/roster_private.h"

#define NOBODY SIZE_MAX
#define SEVERAL (SIZE_MAX - 1)

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

/* The people of one spelling. */
struct namesakes {
    size_t first, second; /* NOBODY: none; no more */
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
    struct namesakes *by_name, *by_alias; /* by number of a spelling; owned */
    struct read_files files;
};

/* The person of a line: the line that it is known by. */
static inline size_t roster_person_of(const struct roster *roster, size_t line) {
    while (roster->lines[line].parent != line)
        line = roster->lines[line].parent;
    return line;
}

/* Who alone has a spelling; NOBODY where none or several have it. */
static inline size_t namesakes_only(const struct namesakes *people) {
    return people->second == NOBODY ? people->first : NOBODY;
}

/* The ID of the line in the space of this rank (technician, employee, any, user); empty at SPACE_COUNT. Of the roster's memory. */
struct view roster_id_at(const struct roster *roster, size_t line, size_t rank);

#endif
