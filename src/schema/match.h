/* match.h: which column of a file is which field of a schema. Private to schema/: bind.c makes the binding
 * of it, choose.c the score, missing.c the advice. */
#ifndef SCHEMA_MATCH_H
#define SCHEMA_MATCH_H

#include "input/input.h"
#include "schema/schema.h"

struct match {
    const struct schema *schema;
    const struct input_facts *facts;
    bool has_paths;          /* records are JSON objects: fields are found by path first */
    bool is_exploded;        /* the elements of schema->explode are the records */
    char **paths;            /* field_count entries: path within this file as readers take it ("items[*].total"), or
                                NULL; owned */
    size_t shape;            /* index into schema->shapes */
    size_t *column_of_field; /* field_count entries: column bound by its label, or SIZE_MAX */
    bool *by_path;           /* field_count entries: the file has it under its API path */
    bool *seen;              /* field_count entries: the field is in the file */
    bool *column_known;      /* column_count entries: the column belongs to a field (or holds some) */
};

/* Free: match_free. */
void match_create(const struct schema *schema, const struct input_facts *facts, struct match *match);
void match_free(struct match *match);
/* The API path of a field in the shape of this file, or NULL (CSV: always NULL). */
const char *match_path(const struct match *match, size_t field);
/* Whether its columns have the names of the API's keys: JSON objects, and CSV flattened from them ("employeeInfo.name",
 * "job_number", "customer__id", "jobnumber"): no label has a blank, and most begin with a small letter. */
bool match_has_api_names(const struct input_facts *facts);
/* The first key of a path: "job" of "job.number", "items" of "items[0].id". */
struct view match_first_key(struct view path);
/* A path or a flattened column's name in lower case and without what is between its keys. */
void match_flat_name(struct view name, struct buffer *flat);
/* Whether a dotted path or label occurs among the file's columns, also as the parent of one. */
bool match_has_key(const struct input_facts *facts, const char *key);

/* A candidate for the employee, by fields; SIZE_MAX where it has no ID or no name field. */
struct candidate {
    size_t id_field, name_field;
    bool seen;     /* one of the two is in the file */
    bool fallback; /* one of the two says so */
};
/* The candidates of a schema in its order; the caller frees. */
struct candidate *match_candidates(const struct match *match, size_t *count);

#endif
