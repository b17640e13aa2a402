/* convert_options.h: the options that convert and validate share, from the table to run_options. */
#ifndef CLI_CONVERT_OPTIONS_H
#define CLI_CONVERT_OPTIONS_H

#include "cli/cli.h"
#include "cli/config.h"
#include "cli/options.h"
#include "cli/report_formats.h"
#include "cli/terminal.h"
#include "convert/run.h"

enum convert_option {
    OPTION_SCHEMA = 256,
    OPTION_SCHEMA_DIR,
    OPTION_OUTPUT,
    OPTION_TO,
    OPTION_BY,
    OPTION_PER,
    OPTION_LAYOUT,
    OPTION_PERIOD,
    OPTION_ZONE,
    OPTION_DATE_ORDER,
    OPTION_DATE,
    OPTION_ACTIVE_ONLY,
    OPTION_DEFAULT_EMPLOYEE,
    OPTION_ROSTER,
    OPTION_FIXES,
    OPTION_WITH,
    OPTION_SEVERAL,
    OPTION_LAST,
    OPTION_KEEP,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_FIELD,
    OPTION_DROP,
    OPTION_TITLE,
    OPTION_DATA_SOURCE,
    OPTION_ON_ERROR,
    OPTION_FAIL_ON,
    OPTION_ENCODING,
    OPTION_SHEET,
    OPTION_DELIMITER,
    OPTION_MAX_ISSUES,
    OPTION_SHOW_ROW,
    OPTION_SHOW_PRIVATE,
    OPTION_JOBS,
    OPTION_DRY_RUN,
    OPTION_FORCE,
    OPTION_ALLOW_CUT,
    OPTION_READER,
    OPTION_MAX_CELL,
    OPTION_MAX_RATIO,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_COLOUR,
    OPTION_FORMAT,
    OPTION_OUT,
    OPTION_APPEND,
    OPTION_WHO,
    OPTION_WHEN,
    OPTION_HELP,
    OPTION_SHOW_VALUES
};
#define OPTION_FIRST OPTION_SCHEMA
#define OPTION_COUNT (OPTION_SHOW_VALUES - OPTION_FIRST + 1)

/* The table; validate takes its first part, without the heading and options that only import files need. */
#define CONVERT_RULE_COUNT 51
#define VALIDATE_RULE_COUNT (CONVERT_RULE_COUNT - 5)
extern const struct option_rule convert_rules[CONVERT_RULE_COUNT];

/* What a command line said. Texts point into argv unless they are listed as owned. */
struct convert_settings {
    struct run_options run;
    enum colour_when colour;
    bool is_quiet, is_verbose, wants_help;
    struct report_requests reports;
    const char *zone, *period, *last, *keep; /* as given */
    const char *workbook, *out, *who, *when; /* of apply; NULL where not given */
    bool appends;
    const char *config_file; /* --config, or NULL: searched for */
    bool has_no_config;
    struct config *config; /* owned, or NULL */
    const struct command *command;
    bool given[OPTION_COUNT]; /* by id - OPTION_FIRST: on the command line */
    char **companions;        /* owned list; texts as given */
    size_t companion_capacity;
    char **paths;                /* owned, folders expanded */
    char *per;                   /* owned: --per, cut at its commas */
    struct chosen_field *fields; /* owned; names are owned too, titles lie in them */
    size_t field_capacity;
    size_t given_field_count; /* those of the command line; the file's are behind them */
    size_t drop_capacity;
    struct zone *opened_zone; /* owned */
    struct roster *roster;    /* owned */
    struct fixes *fixes;      /* owned */
};

/* Reads a command line; false with the error. `settings` is to be freed in both cases. With wants_help nothing else
 * is checked. */
bool convert_settings_read(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                           struct error *error);
/* Reads one option's value; convert_config.c does so for settings of the file. */
bool convert_read_option(int id, const char *value, struct convert_settings *settings, struct error *error);
/* Whether the options fit each other; `is_complete` once the file's settings of the data type are in. */
bool convert_check_together(const struct convert_settings *settings, bool is_complete, struct error *error);
/* Takes over st2plecto.json, and has the run ask for its settings of the schema. */
bool convert_use_config(struct convert_settings *settings, struct error *error);
void convert_settings_free(struct convert_settings *settings);

/* Reads the value of --delimiter (comma, semicolon, tab, pipe or the character); shared with inspect and schema. */
bool delimiter_read(const char *value, char *delimiter, struct error *error);
/* Reads the value of --format: true for json. */
bool format_read(const char *value, bool *is_json, struct error *error);
/* Reads the value of --encoding. */
bool encoding_read(const char *value, const char **encoding, struct error *error);

/* The whole of convert and validate: reads the options, runs, reports. */
enum exit_code convert_main(const struct cli *cli, const struct command *command, int argc, char **argv);

#endif
