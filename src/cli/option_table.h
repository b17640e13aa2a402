/* option_table.h: every option of every command, once. The table makes the parser, the heads of the help pages, the keys of
 * st2plecto.json, the receipt's list of options, and what `apply` compares; tests/unit/test_options.c holds pages and man
 * page against it. */
#ifndef CLI_OPTION_TABLE_H
#define CLI_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/view.h"
#include "cli/cli.h"

/* One for each long name. */
enum option_id {
    OPTION_FIRST = 256, /* above all letters */
    OPTION_ACTIVE_ONLY = OPTION_FIRST,
    OPTION_ALL,
    OPTION_ALLOW_CUT,
    OPTION_ANOTHER,
    OPTION_APPEND,
    OPTION_BY,
    OPTION_CA_FILE,
    OPTION_COLLECT,
    OPTION_COLOR,
    OPTION_COMPRESS,
    OPTION_CONFIG,
    OPTION_CONTINUE,
    OPTION_CREDENTIALS,
    OPTION_CREDENTIALS_COMMAND,
    OPTION_RECURSIVE,
    OPTION_REPEATS,
    OPTION_CUT_PERIODS,
    OPTION_DATA_SOURCE,
    OPTION_DATE,
    OPTION_DATE_ORDER,
    OPTION_DURATIONS,
    OPTION_DEFAULT_EMPLOYEE,
    OPTION_DAY_AUDIT,
    OPTION_DELIMITER,
    OPTION_DROP,
    OPTION_DRY_RUN,
    OPTION_EACH_TYPE,
    OPTION_EMPLOYEE,
    OPTION_PROVIDER,
    OPTION_ENCODING,
    OPTION_EXIT_CODE,
    OPTION_EXPECT,
    OPTION_EXPECT_FILE,
    OPTION_FAIL_ON,
    OPTION_FEED,
    OPTION_FIELD,
    OPTION_FIXES,
    OPTION_FORCE,
    OPTION_FORMAT,
    OPTION_HELP,
    OPTION_INPUTS,
    OPTION_INSECURE_TEST,
    OPTION_JOURNAL,
    OPTION_KEEP_GOING,
    OPTION_LAST,
    OPTION_LAYOUT,
    OPTION_LIST,
    OPTION_MAX_AGE,
    OPTION_MAX_CELL,
    OPTION_MAX_DETAILS,
    OPTION_MAX_ISSUES,
    OPTION_MAX_RATIO,
    OPTION_MAX_VANISHED,
    OPTION_NETRC,
    OPTION_NO_CONFIG,
    OPTION_NO_INPUT,
    OPTION_NOW,
    OPTION_ON_ERROR,
    OPTION_OPEN_ROWS,
    OPTION_OUTPUT,
    OPTION_PER,
    OPTION_PERCENT,
    OPTION_PERIOD,
    OPTION_QUIET,
    OPTION_RATE,
    OPTION_JOURNAL_DAYS,
    OPTION_DATES_ARE_UTC,
    OPTION_RESEND,
    OPTION_RETRY_MAX_TIME,
    OPTION_RATE_WAIT,
    OPTION_ROSTER,
    OPTION_SCHEMA,
    OPTION_SCHEMA_DIR,
    OPTION_SEVERAL,
    OPTION_SHEET,
    OPTION_SHOW_PRIVATE,
    OPTION_SHOW_ROW,
    OPTION_SHOW_VALUES,
    OPTION_THREADS,
    OPTION_TIMEOUT,
    OPTION_TITLE,
    OPTION_NAME,
    OPTION_INTERACTIVE,
    OPTION_DRAFT,
    OPTION_TO,
    OPTION_TOLERANCE,
    OPTION_TZ,
    OPTION_URL,
    OPTION_VANISHED,
    OPTION_VERBOSE,
    OPTION_WHEN,
    OPTION_WHERE,
    OPTION_WHO,
    OPTION_WITH,
    OPTION_YES,
    OPTION_BEHIND
};
#define OPTION_COUNT (OPTION_BEHIND - OPTION_FIRST)

/* A word that an option takes and the number it stands for. */
struct option_word {
    const char *text;
    int value;
};

/* How a value is read. */
enum option_kind {
    TAKES_NONE,     /* none: true is stored */
    TAKES_TEXT,     /* a text that is not blank */
    TAKES_ANY_TEXT, /* a text, empty too */
    TAKES_WORD,     /* one of `words` */
    TAKES_NUMBER,   /* a whole number from `least` to `most` */
    TAKES_SIZE,     /* bytes from `least` to `most`, with K, M or G too */
    TAKES_SECONDS,  /* the same, stored as a double */
    TAKES_READ      /* by `read` */
};

/* What a key of st2plecto.json holds. */
enum key_form {
    FORM_PLAIN,        /* true or false, a whole number or a text, as the option's kind is */
    FORM_PATH,         /* a path, relative to the file's folder */
    FORM_NAME_OR_PATH, /* the same; a schema's bare name is no path */
    FORM_TEXTS,        /* a text or a list of them, handed over one by one */
    FORM_PATHS,        /* a path or a list of them */
    FORM_JOINED,       /* a text, or a list that is one value with commas */
    FORM_LIST,         /* a list of texts */
    FORM_FIELDS        /* names with titles, under the key "fields" */
};

/* Where a value is stored: in convert_settings, or, of the commands that speak to Plecto, in upload_settings. */
struct option_place {
    size_t offset, size; /* size 0: nowhere */
};

struct option_rule;
struct convert_settings;
struct result;
struct result_option;

/* Reads a value into the settings; false with the error (EXIT_WRONG_USE, or that of a file that is read). */
typedef bool option_reading(const char *value, void *settings, struct error *error);
/* An option of a run that is over. */
struct showing {
    const struct option_rule *rule;
    const struct convert_settings *settings;
    const struct result *result;
};
/* Adds to `shown` the value that was in force; nothing where there was none. */
typedef void option_showing(const struct showing *showing, struct result_option *shown);

struct option_rule {
    enum option_id id;
    unsigned commands;    /* those that have it: bits of enum command_bit */
    char letter;          /* short form, or 0 */
    const char *name;     /* long form without dashes */
    const char *was;      /* its name of before, or NULL: whoever uses that learns the new one */
    const char *argument; /* how the value is shown, or NULL: takes none; "[=FILE]": it may be left out */
    enum option_kind kind;
    struct option_place place, given; /* of the value; of a flag that says that the option was given */
    const struct option_word *words;
    size_t word_count;
    uint64_t least, most, otherwise; /* `otherwise`: what a stored 0 stands for */
    const char *told;                /* how messages call it; NULL: by its name */
    option_reading *read;

    unsigned char common; /* place among the options used most, from 1; 0: shown by `help COMMAND --all` only, where
                             the page is long */
    bool is_key;          /* of st2plecto.json's top */
    unsigned char rank;   /* among the keys of a data type, from 1; 0: it is none */
    enum key_form form;

    bool shapes_output;   /* another value may give other files: it is in the receipt */
    option_showing *show; /* NULL: as its kind says */
    bool is_compared;     /* makes other texts of the same rows: apply must run with what the workbook was made with */
};

extern const struct option_rule option_table[];
extern const size_t option_table_count;

/* The option of that name that one of `commands` has; NULL if none has it. */
const struct option_rule *option_find(unsigned commands, struct view name);

#endif
