/* label_guess.h: what a column's label usually means in ServiceTitan's reports: for drafts (`schema init`) and masks
 * (`inspect`), never for a conversion. */
#ifndef CLI_LABEL_GUESS_H
#define CLI_LABEL_GUESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

enum label_kind {
    LABEL_UNKNOWN,
    LABEL_EMPLOYEE, /* a person's name */
    LABEL_EMPLOYEE_ID,
    LABEL_ID,  /* may be the unique ID of a row */
    LABEL_KEY, /* an ID that repeats: customer, location, business unit … */
    LABEL_DATE,
    LABEL_TIME,    /* a time of day: text */
    LABEL_MONEY,   /* summed */
    LABEL_PRICE,   /* averaged */
    LABEL_HOURS,   /* summed */
    LABEL_COUNT,   /* summed */
    LABEL_RATIO,   /* never summed or averaged */
    LABEL_AVERAGE, /* likewise */
    LABEL_STATE,   /* as it is at one time ("WIP Jobs"): likewise */
    LABEL_BOOLEAN,
    LABEL_ACTIVE,
    LABEL_STATUS,
    LABEL_GROUP, /* a few values: for --per */
    LABEL_PRIVATE
};

struct label_guess {
    enum label_kind kind;
    size_t rank;  /* among labels of its kind: the smaller, the sooner it is taken for the role */
    bool is_sure; /* found in the dictionary; else only concluded from a word or ending */
};

struct label_dictionary;
/* The names and aliases of the built-in schemas are most of it; they are loaded at the first guess. Free:
 * label_dictionary_free. */
struct label_dictionary *label_dictionary_create(void);
void label_dictionary_free(struct label_dictionary *dictionary);
/* The guess for a label, a report's field name or an API path ("soldBy.name"); labels are compared as bind does. */
struct label_guess label_guess(struct label_dictionary *dictionary, struct view label);
/* What a kind is called in a comment: "personal data". */
const char *label_kind_text(enum label_kind kind);

#endif
