/* types.h: files of several types, sorted by what they are, before each type is a run of its own. */
#ifndef CONVERT_RUN_TYPES_H
#define CONVERT_RUN_TYPES_H

#include "convert/run_options.h"

/* Files of one type. */
struct run_type {
    char *schema;         /* its name; owned, as the others */
    char **paths;         /* in the order given */
    struct input **inputs; /* of the same, opened; NULL: not, or taken over by run_convert */
    size_t count;
    bool *has_field;      /* for each name asked about: one of its files, or a companion, has it */
    bool *has_companion;  /* for each companion of the options: its records belong to this type */
};

/* A file whose type cannot be found, or that cannot be read. */
struct run_unsorted {
    char *path; /* owned */
    struct error error;
};

struct run_types {
    struct run_type *list; /* by name */
    size_t count;
    struct run_unsorted *unsorted;
    size_t unsorted_count;
};

/* Opens each input of the options and finds its type as --schema auto does; with a schema that is named, all are that. An answer without records is of the type
 * that its name says, or of the only one. `fields`: names that options of this run have. Files that have no type are
 * unsorted; false only where the companions or schemas cannot be read. Free with run_types_free in any case. */
bool run_sort_types(const struct run_options *options, const char *const *fields, size_t field_count,
                    struct run_types *types, struct error *error);
void run_types_free(struct run_types *types);

/* The built-in type that a file's name begins with ("jobs-2025-10-20.json"), or NULL. */
const char *run_type_by_name(const char *path);

#endif
