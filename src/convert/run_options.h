/* run_options.h: everything a conversion or validation is told, in one struct: who runs one fills it in. */
#ifndef CONVERT_RUN_OPTIONS_H
#define CONVERT_RUN_OPTIONS_H

#include "base/progress.h"
#include "fixes/fixes.h"
#include "fixes/row_lookup.h"
#include "input/input.h"
#include "output/formats.h"
#include "people/roster.h"
#include "report/issue.h"
#include "schema/schema.h"
#include "values/zone.h"

struct place_watch; /* output/place.h */
struct result;      /* report/result.h */
struct row_watch;   /* convert/row_watch.h */

enum run_by { BY_ROW, BY_DAY, BY_WEEK, BY_MONTH };
/* --cut-periods: what becomes of totals over a week or month that is cut (cut_periods.h). */
enum cut_policy {
    CUT_BY_CAUSE, /* as what cuts it wants it */
    CUT_REFUSE,
    CUT_DROP,
    CUT_ALLOW
};
/* --repeats: which state of a record that comes again in another file is taken (repeats.h). */
enum repeat_policy { REPEATS_NEWEST, REPEATS_LAST, REPEATS_FIRST, REPEATS_ERROR };
enum run_layout { LAYOUT_WIDE, LAYOUT_METRIC };

/* A field chosen with --field NAME[=TITLE]. */
struct chosen_field {
    const char *name;
    const char *title; /* NULL: the schema's */
    bool is_standing;  /* from the configuration: it need not be in every file */
};

/* A number that was expected of the rows and is another: told as E703. */
struct run_difference {
    char *field, *text; /* owned by who lists them */
    bool has_money;
    int64_t money;
};

/* What a drafted schema is not sure of: W129. */
struct run_doubt {
    char *column, *text; /* owned by who lists them; column "": the whole report */
};

struct run_options {
    const char *command; /* "convert" or "validate": validate writes no import files */
    char *const *paths;  /* inputs, folders expanded already; "-" is standard input */
    size_t path_count;
    const struct skipped_files *skipped; /* of folders among them, or NULL */
    const char *schema;        /* NAME, FILE or "auto" */
    const char *schema_folder; /* --schema-dir, or NULL */
    struct input_options input;
    const char *output; /* -o DIR, or NULL */
    const char *stage;  /* where that folder is made, if the caller puts it in its place; NULL: where it will be */
    bool each_type;     /* --each-type: a folder a type, even if there is one */
    bool is_recursive;  /* --recursive: folders in folders are read, too */
    bool keeps_going;   /* --keep-going: a type that fails does not keep the others from being published */
    struct input **opened; /* by path, as run_sort_types opened them: run_convert takes them over and leaves NULL; NULL: none */
    bool *has_several_types; /* set where files of two types stop the run; NULL: nobody asks */
    bool to[OUTPUT_TO_COUNT]; /* --to: what is made; OUTPUT_CSV with every workbook, which is made of it */
    bool csv_is_unwanted;     /* import.csv was not asked for and goes once the workbooks are made */
    int64_t created;          /* seconds since 1970, for the properties of workbooks */
    enum run_by by;
    enum run_layout layout;
    const char **group_fields; /* --per employee,FIELD…: the fields */
    size_t group_count;
    bool per_employee;
    bool has_period;
    bool is_last;                   /* the period is that of --last */
    int32_t period_from, period_to; /* days since 1970, both included */
    enum cut_policy cut_policy;     /* --cut-periods */
    enum repeat_policy repeats;     /* --repeats */
    const struct zone *zone;        /* --tz, or NULL */
    enum date_order date_order;     /* --date-order, or UNKNOWN */
    enum two_parts two_parts;       /* --durations, or OPEN */
    const char *date_field;         /* --date, or NULL */
    const char *employee_field;     /* --employee, or NULL */
    int percent_scale; /* --percent: what 100% is in numbers without a percent sign, 100 or 1; 0: the column must prove it */
    bool active_only;
    bool open_rows; /* --open-rows: rows without a date and a status are not yet done */
    const char *default_employee;      /* or NULL */
    const char *provider;              /* --provider, or NULL: the schema's */
    const struct roster *roster;       /* or NULL */
    const struct fixes *fixes;         /* --fixes, or NULL */
    struct row_lookup *lookup;         /* rows that apply asks about, or NULL */
    const struct run_difference *differences; /* --expect: what differs */
    size_t difference_count;
    const struct run_doubt *doubts; /* --draft */
    size_t doubt_count;
    const struct row_watch *watch_rows; /* who looks at every row, or NULL; wants one worker */
    const struct chosen_field *fields; /* --field: added to, or retitled among, the fields that are sent */
    size_t field_count;
    const char **drops; /* --drop NAME */
    size_t drop_count;
    char *const *companions; /* --with FILE */
    size_t companion_count;
    bool has_several;
    enum several several; /* --several: instead of what the schema says */
    bool has_oldest;
    int32_t oldest;          /* --max-age: first day that is kept */
    const char *title;       /* --title of the data source, or NULL */
    const char *data_source; /* --data-source UUID, or NULL */
    bool stop_on_error;      /* --on-error stop */
    enum severity fail_on;   /* SEVERITY_ERROR, SEVERITY_WARNING; SEVERITY_NOTE = never */
    bool allow_cut;
    bool show_private;    /* --show-private: values of private fields in issues */
    bool show_row;        /* --show-row: the whole row in issue texts */
    size_t example_limit; /* --max-issues: examples shown of each cause */
    size_t kept_limit;    /* --format: examples kept for reports that show more; 0 where none does */
    unsigned workers;     /* -j */
    bool dry_run, force;
    const struct read_files *files; /* what else was read for these options: the configuration; NULL: nothing */
    /* Called once the schema is known, before anything depends on it, to change these options (may be NULL). */
    bool (*configure)(void *context, const char *schema, struct error *error);
    /* Called once the result has schema, period and inputs, to add the options to it (may be NULL). */
    void (*describe)(void *context, struct result *result);
    void *context; /* of configure and describe */
    const char *version;
    /* This run's line with other parts: of `command`, without the options that it does not have and those of `drops`
     * (names with blanks between), with `adds`, then `files` (NULL: those given). The caller frees. NULL: nobody knows
     * the line. */
    char *(*rewrite)(void *context, const char *command, const char *drops, const char *files, const char *adds);
    /* The options of a convert that is to do the same again, but for --field, --drop and --fixes: one a line, "option=NAME" or
     * "option=NAME=VALUE", those of the configuration too. The caller frees. NULL: nobody knows the line. */
    char *(*again)(void *context, const struct result *result);
    const char *arguments;    /* the command's arguments as the shell wants them, for "Next:" */
    const struct setting_place *place; /* where its settings are written, if `run` started it; else NULL */
    progress_taker *progress; /* called by one thread at a time (may be NULL) */
    void *progress_context;
    const struct place_watch *watch; /* of the temporary folder, for signal handlers; may be NULL */
};

#define REVIEW_EXAMPLES 5000 /* of each cause in review.xlsx */

/* Examples to keep of each cause, for the report that shows most of them. */
static inline size_t run_kept_limit(const struct run_options *options) {
    size_t limit = options->kept_limit > options->example_limit ? options->kept_limit : options->example_limit;
    return options->to[OUTPUT_REVIEW] && limit < REVIEW_EXAMPLES ? REVIEW_EXAMPLES : limit;
}

#endif
