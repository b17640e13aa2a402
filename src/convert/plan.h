/* plan.h: everything about a run that is the same for every row, worked out once: which fields are sent under
 * which title, which are followed by the ledger, what is aggregated how. */
#ifndef CONVERT_PLAN_H
#define CONVERT_PLAN_H

#include <stdatomic.h>

#include "base/table.h"
#include "convert/cut_periods.h"
#include "convert/findings.h"
#include "convert/join.h"
#include "convert/moment.h"
#include "convert/repeats.h"
#include "convert/vanished.h"
#include "convert/row_groups.h"
#include "convert/run_options.h"
#include "convert/unsent.h"
#include "output/registration.h"
#include "schema/bind.h"

/* A figure of an aggregate. */
struct metric {
    size_t field; /* SIZE_MAX: the count of rows */
    enum field_aggregate kind;
    size_t numerator, denominator; /* metrics, for AGGREGATE_RATIO */
    bool is_written;               /* false: only there as part of a ratio */
    bool counts_true;              /* AGGREGATE_COUNT of yes and no: the yes are counted */
    char *title;                   /* owned */
};

/* A row of the input. */
struct row_place {
    size_t file;
    uint64_t row;
};
/* By file, then row, for qsort and bsearch. */
int row_place_compare(const void *left, const void *right);

/* Rows that belong together by a key, found before the passes (run/scan.c). */
struct found_groups {
    size_t field;     /* whose amounts they have */
    size_t key_field; /* the field with the key */
    struct row_groups *groups;
};

/* The period of a file without a date column. */
struct file_period {
    bool is_known;
    int32_t from, to;
    char text[32];        /* 2025-10-01..2025-10-31 */
    struct moment moment; /* noon of its first day */
    struct own_period own; /* what the file itself says */
};

struct plan {
    const struct run_options *options; /* not owned */
    const struct schema *schema;       /* not owned */
    struct binding **bindings;         /* one for each file; owned by the run */
    size_t file_count;
    size_t field_count;

    struct row_place *refuted; /* rows that look like totals and are none, by file and row: proved by a pass before */
    size_t refuted_count;
    atomic_bool *fixes_seen; /* by fix: its row is in the export; workers only ever set it */
    bool *is_typed;          /* by field: its cells are read as values in this run */
    size_t *typed;           /* the same as a list of fields */
    size_t typed_count;
    enum date_order *orders;       /* by field: order in force in this pass */
    struct column_form *forms;     /* by field: how its texts are written, in force in this pass */
    enum name_commas *commas;      /* by field: meaning of commas in force in this pass */
    bool ids_are_floats;     /* all IDs are whole numbers with .0 behind them in this pass */
    bool ids_are_quoted;     /* all IDs begin with an apostrophe, which is no part of them */
    bool ids_have_exponents; /* among IDs of digits 12E5 is a number that lost its digits */
    bool shares_are_parts;         /* shares are 0 to 1 in this pass, else 0 to 100 */
    struct table *named_ids; /* people whose name only some of their rows have, by ID, or NULL (run/people.c) */
    char **known_names;      /* by number in named_ids */
    const struct joins *joins;     /* companions, or NULL; not owned */
    bool files_have_states; /* several files, of which --repeats takes a record's state */
    const struct repeats *repeats; /* of repeated records the ones to take, or NULL; not owned */
    const struct vanished *vanished; /* records that the newest export has not, or NULL; not owned */
    struct file_period *periods;   /* by file */
    const struct found_groups *found; /* not owned */
    size_t found_count;
    struct cut_periods cuts;
    struct unsent_columns *unsent; /* by file */
    size_t unsent_most;            /* of a file */
    bool has_oldest;
    int32_t oldest; /* --max-age: rows of earlier days are left out */
    size_t *sent;   /* fields written by --by row, in order */
    size_t sent_count;
    size_t *followed;       /* fields the ledger follows */
    char **followed_titles; /* owned */
    size_t followed_count;
    bool has_ranges; /* their least and greatest values are kept: a schema of the user may call an average a sum */
    size_t *follow_place; /* by field: place in followed, or SIZE_MAX */
    size_t money_field;   /* first money field: names the money of a row in issues; SIZE_MAX if none */

    struct metric *metrics; /* for --by day, week, month */
    size_t metric_count;
    size_t *metric_place; /* by field: place in metrics, or SIZE_MAX */
    size_t *groups;       /* fields of --per besides employee */
    size_t group_count;

    struct output_format format; /* columns of registrations and import.csv in this run */
    char **rejected_columns;     /* original column labels of rejected.csv, over all files */
    size_t rejected_count;
    size_t **rejected_place;      /* by file and column of the file (JSON: cell of a record, then the record itself):
                                     place among rejected_columns */
    const char *default_employee; /* or NULL */
};

/* Works it out. `inputs` and `bindings` are file_count long. EXIT_WRONG_USE for --field, --drop, --per names that no
 * field has (the nearest is offered), or a ratio asked for that cannot be rebuilt. Issues and notes go into `findings`. */
bool plan_make(const struct run_options *options, const struct schema *schema, struct input **inputs,
               struct binding **bindings, size_t file_count, struct plan *plan, struct findings *findings,
               struct error *error);
void plan_free(struct plan *plan);
/* Where the money of a row, and so of many rows, is among the followed columns; SIZE_MAX if there is none. */
static inline size_t plan_money_place(const struct plan *plan) {
    return plan->money_field == SIZE_MAX ? SIZE_MAX : plan->follow_place[plan->money_field];
}
/* The name that other rows have for this ID; empty where none is known. */
struct view plan_known_name(const struct plan *plan, struct view id);
/* What a metric is, so that no formula of Plecto mixes them with --layout metric: money, count, duration (in seconds),
 * hours, percent or number; static. */
const char *plan_metric_kind(const struct plan *plan, const struct metric *metric);
/* The title under which a field is known to Plecto in this run (--field NAME=TITLE, else the schema's). */
const char *plan_title(const struct plan *plan, size_t field);
/* Whether a file has the column of the --field of this number; one of the configuration may be in none. */
bool plan_has_chosen(const struct plan *plan, size_t number);

#endif
