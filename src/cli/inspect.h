/* inspect.h: what `inspect` found out about a file; its text and its JSON are made of this alone. */
#ifndef CLI_INSPECT_H
#define CLI_INSPECT_H

#include "cli/cli.h"
#include "cli/profile.h"
#include "schema/bind.h"

struct inspect_score {
    char *name;
    int score; /* 0 to 1000 */
};

struct inspection {
    const char *path;
    struct known_labels *labels;
    struct label_dictionary *dictionary; /* not owned */
    struct input *input;
    const struct input_facts *facts;
    struct profile profile;
    struct inspect_score *scores; /* best first */
    size_t score_count;
    struct schema *schema; /* the one auto would take, or NULL: then why_none says why */
    char *why_none;
    bool has_period; /* the title or the name tells the period */
    struct binding *binding; /* of schema; NULL without one */
    char **advice;           /* what to add to the next command, or to know; owned */
    size_t advice_count, advice_capacity;
    char *next;        /* the command to run next */
    bool shows_values; /* --show-values: nothing is masked */
};

struct convert_settings; /* cli/convert_options.h */

/* Looks at the file inspection->path; it and the dictionary are all that is set. False with the error; inspection_free in both cases. */
bool inspection_make(const struct convert_settings *settings, struct inspection *inspection, struct error *error);
void inspection_free(struct inspection *inspection);
/* A table of the exports in a folder, a line a file, and what is no export, as text or (--format json) as
 * "st2plecto-inspect-folder/1". `*code` is EXIT_CANNOT_READ where one of them cannot be read. */
bool inspect_folder(const struct convert_settings *settings, const char *folder, enum exit_code *code,
                    struct buffer *out, struct error *error);
/* The schema's field that holds this column, or SIZE_MAX. */
size_t inspect_field(const struct inspection *inspection, size_t column);
/* Whether the column's examples are to be masked: the schema says private, or its label does. */
bool inspect_is_masked(const struct inspection *inspection, size_t column);
/* "list answer of the API", "CSV" … */
const char *inspect_shape(const struct input_facts *facts);
/* "comma", "tab" …, or the sign itself. */
const char *inspect_delimiter(const struct input_facts *facts);
/* Fills advice and next. */
void inspect_advise(struct inspection *inspection, const char *schema_folder);
/* The fields that have a role: texts "Sold By ID (Sold By)", "" where none. The caller frees each. */
char *inspect_employee(const struct inspection *inspection);
char *inspect_id(const struct inspection *inspection);
char *inspect_date(const struct inspection *inspection);
char *inspect_active(const struct inspection *inspection);

void inspect_text(const struct inspection *inspection, bool has_colour, struct buffer *out);
/* "format": "st2plecto-inspect/1"; keys in fixed order. */
void inspect_json(const struct inspection *inspection, struct buffer *out);

#endif
