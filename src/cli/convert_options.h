/* convert_options.h: what the command line of a command that reads files said, and how it becomes run_options. */
#ifndef CLI_CONVERT_OPTIONS_H
#define CLI_CONVERT_OPTIONS_H

#include "cli/cli.h"
#include "cli/command_line.h"
#include "cli/config.h"
#include "cli/options.h"
#include "cli/reconcile_options.h"
#include "cli/upload_options.h"
#include "cli/report_formats.h"
#include "cli/terminal.h"
#include "convert/run/run.h"

#define WORKER_LIMIT 256 /* --threads */

/* What a command line of convert, validate, apply, report, inspect or schema said: each uses its part. Texts point into
 * argv unless they are listed as owned. */
struct convert_settings {
    struct run_options run;
    enum colour_when colour;
    bool is_quiet, is_verbose, wants_help;
    bool shows_all; /* of help: --all */
    struct report_requests reports;
    const char *zone, *period, *last, *max_age; /* as given */
    const char *workbook, *who, *when; /* of apply; NULL where not given */
    char **taken;                            /* owned: texts of options that apply took from the workbook */
    size_t taken_count, taken_capacity;
    bool appends, reads_origin;              /* apply: --append; the files are those that the workbook names */
    bool is_json, shows_values;              /* of inspect */
    const char *draft_name;                  /* of schema init: --name, or NULL */
    bool asks;                               /* schema init --interactive */
    bool drafts;                             /* of convert: --draft */
    struct reconcile_wishes reconcile;       /* of reconcile; its lists are owned */
    struct upload_settings sent;             /* of reconcile: how Plecto is asked for the right side */
    bool takes_code;                         /* of report: --exit-code */
    bool lists, collects;                    /* of run */
    const char *feed;                        /* of run: the only one, or NULL */
    const char *config_file;                 /* --config, or NULL: searched for */
    bool has_no_config;
    struct config *config;   /* owned, or NULL */
    struct read_files files; /* the configuration */
    const struct command *command;
    struct command_line line; /* as typed */
    char **argv; /* of the command, for the command that works in place of a wrong one */
    int argc;
    bool given[OPTION_COUNT]; /* by id - OPTION_FIRST: on the command line */
    bool configured[OPTION_COUNT]; /* the same: taken from the configuration's top */
    char **companions;        /* owned list; texts as given */
    size_t companion_capacity;
    char **paths;                /* owned, folders expanded */
    struct skipped_files skipped; /* of these folders; owned */
    char *per;                   /* owned: --per, cut at its commas */
    struct chosen_field *fields; /* owned; names are owned too, titles lie in them */
    size_t field_capacity;
    size_t given_field_count; /* those of the command line; the file's are behind them */
    size_t drop_capacity;
    struct zone *opened_zone; /* owned */
    struct roster *roster;    /* owned */
    struct fixes *fixes;      /* owned */
};

/* Whether the command line or the configuration's top has the option. */
static inline bool convert_is_asked(const struct convert_settings *settings, enum option_id id) {
    return settings->given[id - OPTION_FIRST] || settings->configured[id - OPTION_FIRST];
}

/* Reads a command line; false with the error. `settings` is to be freed in both cases. With wants_help nothing else
 * is checked. */
bool convert_settings_read(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                           struct error *error);
/* The same for the line that `whole` has read without an error, with its paths: folders are not searched a second time, which
 * would open and look into each of their files again. */
bool convert_settings_read_again(const struct convert_settings *whole, struct convert_settings *settings,
                                 struct error *error);
/* convert_check.c: whether the options fit each other; `is_complete` once the file's settings of the data type are in. */
bool convert_check_together(const struct convert_settings *settings, bool is_complete, struct error *error);
/* convert_config.c: takes over st2plecto.json, which may lie beside the inputs (config_find.h), and has the run ask for its
 * settings of the schema. */
bool convert_use_config(struct convert_settings *settings, char *const *inputs, size_t count, struct error *error);
/* Reads these files instead of those that the command line named; copies the paths. */
void convert_settings_take_paths(struct convert_settings *settings, char *const *paths, size_t count);
void convert_settings_free(struct convert_settings *settings);

/* convert_describe.c: adds every option that shapes the outputs to the result, as it was in force. `context` is the
 * settings. */
void convert_describe(void *context, struct result *result);

/* convert_types.c: files of several types, each converted into a folder of its own (run.output/SCHEMA) with an overview;
 * `arguments` as typed. `settings` was read from this command line. Prints, and returns the worst exit code. */
enum exit_code convert_types(const struct cli *cli, struct convert_settings *settings, const char *arguments);
/* Whether a run of one type would not do: --each-type, an overview in the output folder, or --keep-going with several
 * files. */
bool convert_types_are_asked(const struct convert_settings *settings);

/* convert_once.c: one run of one type, as convert.c and convert_types.c need it. What stopped the run, on standard error and in the reports that
 * were asked for; returns the error's code, and frees it. */
enum exit_code convert_stop(const struct convert_settings *settings, struct error *error);
/* One run of one type, with its progress; true if `result` is filled. */
bool convert_run(const struct cli *cli, struct convert_settings *settings, struct result *result, struct error *error);
/* How its reports are to look; `result` NULL: nothing was written. */
struct report_look convert_look(const struct convert_settings *settings, const struct result *result);
/* Writes the reports that were asked for; returns the result's exit code, or a worse one of the writing. */
enum exit_code convert_report(const struct convert_settings *settings, struct result *result);
/* convert_draft.c: --draft. Drafts a schema from the first file, saves it beside the output folder (OUTPUT.schema.json) and has
 * the run use it, with a warning for each thing that is a guess. Frees: convert_draft_free. */
struct convert_draft {
    char *file;                 /* owned */
    struct run_doubt *doubts;   /* owned, with their texts */
    size_t doubt_count;
};
bool convert_draft(const struct cli *cli, struct convert_settings *settings, struct convert_draft *draft, struct error *error);
void convert_draft_free(struct convert_draft *draft);
/* Puts this run's command in place of "{run}" in the advice, or, for a run that `run` started, the settings of the
 * configuration; `adds`: options that the command needs besides. */
void convert_fix(const struct convert_settings *settings, const char *adds, struct error *error);
/* The same for one file of several, with a command for this file alone. */
void convert_fix_file(const struct convert_settings *settings, const char *path, struct error *error);
/* Options that a run of this command line has besides the settings: its arguments, and how its line is rewritten. */
void convert_prepare(struct convert_settings *settings, const char *arguments);

/* convert_again.c: run_options.again; `context` is the settings. */
char *convert_again(void *context, const struct result *result);

/* The whole of convert and validate: reads the options, runs, reports. */
enum exit_code convert_main(const struct cli *cli, const struct command *command, int argc, char **argv);

#endif
