/* bind.h: a file's columns joined with a schema's fields, once; no name is compared per row. */
#ifndef SCHEMA_BIND_H
#define SCHEMA_BIND_H

#include "input/input.h"
#include "schema/cell_ref.h"
#include "schema/schema.h"

/* A candidate for the employee: an ID cell, a name cell, or both. */
struct person_source {
    struct cell_ref id_cell, name_cell;
    size_t id_field, name_field; /* fields, for messages; SIZE_MAX where none */
};

/* A piece of the ID template: literal text, then what stands behind it. */
struct id_part {
    char *literal;          /* owned, may be "" */
    struct cell_ref source; /* REF_FIELD, REF_PERIOD, REF_EMPLOYEE, or REF_END */
};

/* A cell that no column of the file has: computed, or taken from a companion export. */
struct computed_cell {
    size_t field;
    size_t join, join_field; /* index into schema->joins and its fields; SIZE_MAX for derived fields */
};

struct binding {
    const struct schema *schema;
    size_t shape; /* index into schema->shapes */
    struct cell_ref *cell_of_field; /* field_count entries: REF_CELL, REF_COMPUTED or REF_NONE */
    struct view *paths;             /* JSON objects: what record_reader_create wants */
    char **path_texts;  /* what some of them are views of; owned */
    size_t path_count, path_text_count;
    bool is_exploded;          /* records are elements of a list */
    struct computed_cell *computed; /* in the order in which they can be computed */
    size_t computed_count;
    size_t *ids; /* fields with role id that are asked in turn where the one before is empty; the first is in
                        id_parts too; none with a template */
    size_t id_count;
    size_t *join_keys; /* for each join of the schema: our field with the key, or SIZE_MAX where the file has none */
    size_t modified_field;        /* SIZE_MAX where the file has none */
    struct person_source *people; /* candidates, best first; later ones only if they are fallbacks */
    size_t person_count;
    bool has_chosen_person; /* the first is that of --employee: it is asked before companions */
    size_t *dates; /* fields with the date, best first; later ones are fallbacks */
    size_t date_count;
    struct id_part *id_parts;
    size_t id_part_count;
    size_t active_field;          /* SIZE_MAX where the file has none */
    struct view *unknown_columns; /* in the file, not in the schema */
    size_t unknown_count;
};

struct bind_options {
    const char *date_field; /* --date: name of the date field to use, or NULL */
    const char *employee_field; /* --employee: name of the field that names the person, or NULL */
    const bool *join_given; /* for each join of the schema: --with gave its companion; NULL: none */
    bool has_period;        /* a period is known: {period} can be filled */
};

/* Joins them. Missing ID, date or (without `default_employee_given`) employee columns are ONE issue each,
 * so they do not fail here: id_part_count / date_count / person_count is 0 then, and `missing` (an array of
 * field_count flags, caller's, may be NULL) is not needed: the caller asks bind_missing. EXIT_WRONG_USE only
 * for a wrong --date or --employee or a template that names no field. Free: binding_free. */
bool bind_columns(const struct schema *schema, const struct input_facts *facts, const struct bind_options *options,
                  struct binding **binding, struct error *error);
void binding_free(struct binding *binding); /* NULL is fine */

/* For a mandatory role that found no column: the schema's labels for it and the file's likeliest column,
 * in words ("needs one of Job #, Job Number; the file has "Job No" …"); the caller frees. */
char *bind_missing(const struct schema *schema, const struct input_facts *facts, enum field_role role);

/* A column that the schema does not know and the field that it looks like. */
struct renamed {
    char *text;   /* owned by the caller: says so, with the line of the schema where an alias goes; NULL: it looks like none */
    size_t field; /* where there is a text */
};

/* For columns whose label looks like that of a field which the file lacks; their values are the caller's. `found` has a
 * place for each label. Looks at the first 1,000 only: thousands of unknown columns are no slips of the pen. */
void bind_renamed(const struct schema *schema, const struct input_facts *facts, const struct view *labels, size_t count,
                  struct renamed *found);

/* How well a schema fits: 0 to 1000; from BIND_ENOUGH on, the file may be of that type. Counts signature, roles and share
 * of the file's columns known. */
#define BIND_ENOUGH 500
int bind_score(const struct schema *schema, const struct input_facts *facts);

/* Two labels mean the same: case, blanks, '#'/'No.'/'Number', straight or curly apostrophes, '_' and a suffix
 * such as "(Invoices)" do not count (schemas/servicetitan.md, "Header labels"). */
bool label_equal(struct view left, struct view right);
/* Whether the JSON path `outer` is `inner` or a parent of it: "job" of "job.id", "items" of "items[].id"; what stands
 * in brackets does not count. */
bool path_holds(struct view outer, struct view inner);
/* The form in which labels are compared, into `buffer`. */
void label_normalise(struct view label, struct buffer *buffer);
/* The same with what stands in brackets: "Total (Payments)" is not "Total". */
void label_normalise_whole(struct view label, struct buffer *buffer);
bool label_equal_whole(struct view left, struct view right);
/* The column of that label: the same bytes, else the same label, else the same without what stands in brackets; the first
 * of equals; SIZE_MAX: there is none. */
size_t label_column(const struct input_facts *facts, struct view label);
/* What stands in the brackets at the end of a label: "Payments"; empty where it has none. */
struct view label_suffix(struct view label);
/* Whether the labels of a CSV file are values: a date, an amount with its sign or an e-mail address among them. Then
 * the export has no header, its first row was taken for one, and messages must not quote it. */
bool labels_are_data(const struct input_facts *facts);

/* --schema auto: the best of the built-in schemas and those in `folder`; two equally good ones, or none, is
 * EXIT_WRONG_USE naming them with scores. The schema is the caller's. Notes the files that were read in `files`, which
 * may be NULL. */
bool schema_choose(const struct input_facts *facts, const char *folder, struct read_files *files,
                   struct schema **schema, struct error *error);

#endif
