/* schema_draft.h: a schema drafted from an export: types from what the values prove, roles guessed from labels and said
 * to be guesses. */
#ifndef CLI_SCHEMA_DRAFT_H
#define CLI_SCHEMA_DRAFT_H

#include "base/error.h"
#include "cli/label_guess.h"
#include "cli/profile.h"
#include "schema/schema.h"

/* What the draft says of one column. */
struct draft_field {
    size_t column;
    struct label_guess guess;
    enum profile_type type;              /* likely type */
    const struct profile_sample *misfit; /* the first value that is not of it, or NULL */
    const char *word;                    /* "number", the schema's word for the type; NULL: left out */
    const char *left_out;                /* why, where it is */
    char answer;                         /* whether a number is summed, as somebody answered: 'y', 'n'; 0: not asked */
    const char *role;                    /* "id", "employee-name", "employee", "date", "active", "status", or NULL */
};

#define DRAFT_ID_COLUMNS 5

struct draft {
    const struct input_facts *facts;
    const struct profile *profile;
    struct draft_field *fields; /* owned; one for each column */
    size_t field_count;
    size_t id, person, date; /* columns with these roles, SIZE_MAX where none was found */
    size_t person_id;        /* beside a column of names that of their IDs, or SIZE_MAX */
    size_t id_columns[DRAFT_ID_COLUMNS]; /* without `id`: what makes the rows unique, beside the period where there is
                                            no date */
    size_t id_column_count;
    bool has_id; /* it does */
    bool is_asked; /* draft_ask.c asked who, when and what of it */
    const char *name, *title; /* those that were asked for, or NULL: the report's own; not owned */
};

/* What the draft is not sure of: a question with its answer to paste, or what was assumed. */
struct draft_doubt {
    char *column; /* owned; the label, or "" for the whole report */
    char *text;   /* owned */
};
struct draft_doubts {
    struct draft_doubt *list;
    size_t count, capacity;
};

/* Judges every column and chooses the roles. Free: draft_free. */
void draft_make(const struct input_facts *facts, const struct profile *profile, struct label_dictionary *dictionary,
                struct draft *draft);
void draft_free(struct draft *draft);
/* Anew, after another column was chosen for `person`, `date` or `id`: the roles of all fields, the ID beside a name, and the
 * columns that make an ID. */
void draft_assign_roles(struct draft *draft);
/* Makes a column the employee's, because somebody said so (SIZE_MAX: nobody is named); draft_assign_roles is to follow. */
void draft_use_person(struct draft *draft, size_t column);
/* The column with this label, an exact one before one that differs in brackets; SIZE_MAX: none that can be a field. */
size_t draft_find_column(const struct draft *draft, struct view label);
/* Whether the column is one of days or moments. */
bool draft_is_date(const struct draft_field *field);
/* draft_ask.c: asks on the terminal what the draft is not sure of: who, when, which ID, and which numbers are summed. EXIT_WRONG_USE
 * where standard input is no terminal. */
bool draft_ask(struct draft *draft, struct error *error);
/* Whether rows have a date: of a column, or of the period that the titles or the file's name say. */
bool draft_has_days(const struct draft *draft);
/* The period that the report's title, filters or name tell. */
bool draft_find_period(const struct input_facts *facts, int32_t *from, int32_t *to);
/* Whether a draft does what the schema does, and sends the columns it does not know, too: of a report with a row for each
 * person or thing and period or day, whose maker chooses its columns. */
bool draft_may_replace(const struct schema *schema);
/* draft_doubts.c: everything that is no more than a guess. Free: draft_doubts_free. */
void draft_doubts_make(const struct draft *draft, struct draft_doubts *doubts);
void draft_doubts_free(struct draft_doubts *doubts);
/* Appends the schema as JSON with // comments, one field a line. */
void draft_write(const struct draft *draft, struct buffer *out);

#endif
