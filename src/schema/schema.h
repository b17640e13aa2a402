/* schema.h: what a kind of export means: its fields, who is the employee, what is the ID and the date,
 * what is money. Format: schemas/README.md (Frictionless Table Schema plus a `plecto` object). */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"
#include "input/read_files.h"
#include "values/datetime.h"
#include "values/decimal.h"

enum field_type {
    FIELD_TEXT,     /* "string"; IDs too: text, always */
    FIELD_NUMBER,   /* "number" or "integer": exact decimal */
    FIELD_DATE,     /* "date": a calendar day, never shifted by a zone ("2025-10-20T00:00:00Z" is 20 October) */
    FIELD_DATETIME, /* "datetime": an instant (with zone or Z) or local time (without) */
    FIELD_DURATION, /* "duration": HH:MM:SS */
    FIELD_BOOLEAN   /* "boolean" */
};

enum field_role {
    ROLE_NONE,
    ROLE_EMPLOYEE,
    ROLE_EMPLOYEE_NAME,
    ROLE_ID,
    ROLE_DATE,
    ROLE_ACTIVE,
    ROLE_STATUS,
    ROLE_MODIFIED /* last change of the record: of repeated records the newest is taken */
};

/* How a field is computed where the file has no column for it (plecto.derive). */
enum derive_form {
    DERIVE_NONE,
    DERIVE_ADD,           /* of numbers */
    DERIVE_SUBTRACT,      /* first minus second */
    DERIVE_MULTIPLY,      /* half-even to 4 places */
    DERIVE_SHARE,         /* first × share: shares of 0 to 100 or 0 to 1, proved over the column */
    DERIVE_DAYS_OF_MONTH, /* first × days of the month of the second, a date */
    DERIVE_BETWEEN,       /* duration from the first date-time to the second */
    DERIVE_COUNT,         /* elements of the list at a path: the only form whose part is no field */
    DERIVE_MONTH,         /* first day of year and month */
    DERIVE_HASH           /* a made-up key of texts */
};

/* What becomes of a row whose employee cell names several people (plecto.several). */
enum several { SEVERAL_ERROR, SEVERAL_FIRST, SEVERAL_SPLIT };

/* What a comma in a name means (plecto.commas): AUTO is decided over the column (people/names.h), which may also be
 * UNSURE. */
enum name_commas { COMMAS_AUTO, COMMAS_NAME, COMMAS_PEOPLE, COMMAS_UNSURE };

/* What a companion export (--with) gives (plecto.joins): people for the rows, or values of fields. */
struct join {
    char *with;          /* schema of the companion */
    size_t ours_field;   /* index of ours */
    char *ours, *theirs; /* fields that must be equal */
    bool is_people;      /* else fields */
    enum several people; /* SEVERAL_FIRST or SEVERAL_SPLIT */
    char *share, *order; /* companion's fields, or NULL */
    char **ours_fields, **theirs_fields;
    size_t field_count;
    unsigned line;
};

/* By which values of a field a record is open (plecto.open), and what it may lack then. */
struct open_rule {
    char *name;
    size_t field; /* index of it */
    char **values;
    size_t value_count;
    char **lacks; /* names of the fields that may be empty then; none: the date */
    size_t *lack_fields;
    size_t lack_count;
    unsigned line;
};

enum field_aggregate {
    AGGREGATE_NONE, /* left out of aggregates */
    AGGREGATE_SUM,
    AGGREGATE_COUNT, /* how many rows have a value (booleans: how many are true) */
    AGGREGATE_AVERAGE,
    AGGREGATE_MINIMUM,
    AGGREGATE_MAXIMUM,
    AGGREGATE_GROUP, /* may be named in --per */
    AGGREGATE_RATIO  /* rebuilt: sum(numerator) / sum(denominator) */
};

/* What 1:30 is in a duration: not said, minutes and seconds, hours and minutes. */
enum two_parts { TWO_PARTS_OPEN, TWO_PARTS_MINUTES, TWO_PARTS_HOURS };

/* Which list of people an employee's ID belongs to (schemas/servicetitan.md, "People and their IDs"). */
enum person_space { SPACE_ANY, SPACE_TECHNICIAN, SPACE_EMPLOYEE, SPACE_USER };

struct field {
    char *name;     /* label of the web export: "Jobs Subtotal" */
    char *title;    /* plecto.as, or the name: the Plecto field's title */
    char **paths;   /* plecto.path: API path for each of the schema's shapes; NULL entries where absent */
    char **aliases; /* plecto.aliases: other labels and report field names */
    size_t alias_count;
    enum field_type type;
    enum field_role role;
    char *person;            /* plecto.person: joins an ID with a name field; "" by default */
    bool fallback;           /* plecto.fallback: used row by row where the candidates before it are empty */
    enum person_space space; /* plecto.space */
    enum field_aggregate aggregate;
    char *numerator, *denominator; /* names, for AGGREGATE_RATIO */
    bool is_money;                 /* plecto.money */
    bool is_percent;               /* plecto.percent: sent as 0 to 100; never summed */
    int scale;                     /* plecto.scale: the API's numbers for 100%: 1 or 100; 0: not declared */
    bool is_private;               /* plecto.private: left out unless --field names it */
    bool is_excel_date;            /* "format": "excel" */
    enum two_parts two_parts;      /* "format": "m:s" or "h:m" */
    enum date_order date_order;    /* from "format": "%m/%d/%Y", "%d/%m/%Y", "%Y-%m-%d"; UNKNOWN for "default"/"any" */
    struct decimal_style style;    /* from decimalChar and groupChar */
    char *per;                     /* plecto.per: the field whose value says which rows share one amount, or NULL */
    int places;                    /* plecto.places: decimals shown; 2 for money, else 0 = as many as needed */
    char **values;                 /* constraints.enum: known values; an unknown one is a warning */
    struct view *known;            /* the same as views */
    size_t value_count;
    enum derive_form derive;
    char **parts;        /* plecto.derive: field names; for DERIVE_COUNT one path */
    size_t *part_fields; /* the same as indexes of fields; SIZE_MAX for a path */
    size_t part_count;
    enum several several;    /* plecto.several */
    enum name_commas commas; /* plecto.commas */
    bool is_required;        /* constraints.required beyond the roles: empty is an issue */
    unsigned line;           /* in the schema file, for messages */
};

struct schema {
    char *name;  /* "jobs" */
    char *title; /* plecto.title: title of the Plecto data source */
    char *description;
    char *file;        /* where it came from: path, or "built-in" */
    char sha256[65];   /* of the file's text; empty if built in */
    size_t file_size;  /* bytes of that text */
    char *endpoint;    /* plecto.endpoint, may be NULL */
    char *source;      /* plecto.source: where the facts come from */
    char *id_template; /* plecto.id, e.g. "{Invoice Number}:{Item Code}", or NULL: the first bound field with role id */
    char *provider;    /* plecto.provider, "ServiceTitan" by default */
    char *default_employee; /* plecto.employee: for types without a person, or NULL */
    char *explode;          /* plecto.explode: path of the list whose elements are the rows, or NULL */
    bool lists_all;         /* plecto.listed: "all": list answers hold inactive records too */
    bool date_from_period;  /* plecto.date: "period" */
    struct join *joins;
    size_t join_count;
    struct open_rule *open_rules; /* plecto.open */
    size_t open_count;
    bool has_footer; /* plecto.footer: total rows are looked for (true by default) */
    char **shapes;   /* plecto.shapes: top-level keys that tell the shapes of API records apart ("leadCall", "");
                         "" fits always; at least one */
    size_t shape_count;
    char **signature; /* plecto.signature: keys or labels that mark this type: weight in `auto` */
    size_t signature_count;
    char **titles; /* plecto.titles: words of the report's title or file name, a mark too ("technician performance") */
    size_t title_count;
    char **without; /* plecto.without: keys or labels that such a file never has, for `auto` */
    size_t without_count;
    struct field *fields;
    size_t field_count;
};

/* Loads a schema from its JSON text (comments with // are allowed). `file` is for messages. A wrong key,
 * type, role … is EXIT_WRONG_USE: "FILE:LINE: unknown key "agregate" in field "Total"; did you mean
 * "aggregate"?". Roles missing altogether (no id, no date) are errors; no employee needs plecto.employee
 * or --default-employee, which is not checked here. Free: schema_free. */
bool schema_parse(struct view text, const char *file, struct schema **schema, struct error *error);
/* Loads by NAME (built-in), or FILE (contains '/' or ends in .json), or a name found in `folder`
 * (may be NULL) as NAME.json. An unknown name offers the nearest. */
bool schema_load(const char *name_or_file, const char *folder, struct schema **schema, struct error *error);
void schema_free(struct schema *schema); /* NULL is fine */
/* Notes the file it was loaded from, if it is not built in; `files` may be NULL. */
void schema_note_file(const struct schema *schema, struct read_files *files);

/* Everything that is doubtful in a schema, one line each ("FILE:LINE: warning: …", "…: error: …"), for
 * `schema lint`. Returns the number of errors; warnings are only listed. */
size_t schema_lint(struct view text, const char *file, struct buffer *findings);
/* Appends a line for each rule that changed since 0.1.0 and concerns fields of the schema, with their names:
 * "FILE:LINE: since 0.1.0: …: Rating, Price". */
void schema_note_changes(const struct schema *schema, const char *file, struct buffer *out);

/* The built-in schemas, by name order: made of schemas/ at build time (build/embedded_schemas.c). */
struct embedded_schema {
    const char *name;
    const char *text;
    size_t length;
};
extern const struct embedded_schema embedded_schemas[];
extern const size_t embedded_schema_count;

/* Whether Plecto has this title for itself (ID, Employee, Created date … and the API's keys;
 * schemas/plecto.md, "Titles of Plecto's own"), so that no field of ours may be called so. */
bool schema_title_is_reserved(struct view title);

/* Adds a text field for a column that the schema does not know: its name is the label or, for JSON objects, the path.
 */
void schema_add_column(struct schema *schema, struct view label);

/* Whether the text is one of the rule's values; case, blanks, '_' and '-' do not count ("In Progress", "InProgress"), nor
 * how a number or an answer is spelt ("0" and "0.0", "False" and "No"). */
bool open_rule_holds(const struct open_rule *rule, struct view text);
bool open_value_equal(struct view left, struct view right);

/* Index of the field with this name, alias or title (labels compared as bind does), or SIZE_MAX. */
size_t schema_find_field(const struct schema *schema, struct view name);
/* The same, but what stands in brackets counts: "Total (Payments)" is not "Total". */
size_t schema_find_exactly(const struct schema *schema, struct view name);

#endif
