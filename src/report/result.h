/* result.h: the whole outcome of a run; every rendering (render/) is made from it and nothing else. */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include "base/buffer.h"
#include "base/error.h"
#include "input/read_files.h"
#include "ledger/ledger.h"
#include "output/registration.h"
#include "report/issue.h"

struct result_file {
    char *path;
    char *shape; /* "CSV", "list answer", "export answer", "report answer", "list of records", "records, one a line" */
    char *encoding;
    char *sheet; /* of a workbook, else NULL; line and column of its issues are row and column of the sheet */
    bool compressed;
    uint64_t bytes; /* as stored */
    char sha256[65];
    uint64_t rows;                                /* all rows behind the header, blank and total rows included */
    uint64_t written, rejected;                   /* registrations or rows that went into aggregates */
    uint64_t header_row;                          /* 0 for JSON */
    char *roles; /* in a sentence: which columns name the employee, the ID and the date; NULL if not known */
    uint64_t unsent;       /* its columns that are not sent */
    char **unsent_numbers; /* labels of those among them that hold numbers */
    size_t unsent_number_count;
    char **other_people, **other_dates; /* filled columns that could name the employee and the date, and do not: for fixes */
    size_t other_people_count, other_dates_count;
    char *employee_label, *id_label, *date_label; /* its columns of the three mandatory roles; NULL if none */
    char **titles;                                /* title lines above the header; of an API answer the bounds of its request, where it has them */
    size_t title_count;
};

struct result_output {
    char *name; /* "import.csv" */
    uint64_t bytes;
    char sha256[65];
    uint64_t records; /* registrations or rows in it */
};

struct result_column { /* a money or count column of the ledger */
    char *title;
    bool is_money;
    wide_integer inactive_sum; /* what rows whose Active is false carry among those that would be written */
};

/* What one day or one employee has of the rows that are written (or fit). A row that is divided among several people is
 * one for each. */
struct result_part {
    char *key;           /* "2025-10-20"; the employee's ID (aggregates without employee: the default employee) */
    char *title;         /* the employee's name; NULL for days */
    uint64_t rows;       /* registrations, or rows that went into aggregates */
    wide_integer *sums;  /* by ledger column */
    wide_integer *first; /* the sum of the first money column, within sums; NULL if there is none */
};

/* A column of import.csv behind ID, Employee and Created date. */
struct result_field {
    char *title;
    enum plecto_type type;
    int places;    /* decimals of numbers */
    char **values; /* known values of an enumeration */
    size_t value_count;
};

/* An option that shapes the outputs, as it was in force. One that was not given and has no value of its own has none. */
struct result_option {
    char *name; /* long name without dashes */
    char **values;
    size_t value_count;
    bool is_list; /* may have several */
    bool is_bare; /* a number, true or false */
};

struct result_total { /* a total row that was checked */
    uint32_t file;
    uint64_t row, line;
    char *kind;  /* "subtotal", "grand total" or "average" */
    char *group; /* value of the group it closes, or "" */
    bool agrees;
    size_t compared; /* sums and counts that could be; 0: it neither agrees nor differs */
    char *text;      /* one sentence: what was compared, what it means */
};

/* One employee's row of a table of periods. */
struct result_grid_row {
    char *key, *title;
    wide_integer total;
    wide_integer *sums; /* by period */
    bool *is_there;     /* by period: there was a row */
};
/* Totals of a --by run: its main metric (the first money column, else the count of rows) by employee and period. */
struct result_grid {
    char *metric; /* its title; NULL: there is no table */
    bool is_money;
    char **periods; /* "2025-10", in order */
    size_t period_count;
    struct result_grid_row *rows; /* largest total first */
    size_t row_count;
};

enum publication {
    PUBLISHED,         /* all files are in output_folder */
    PUBLISHED_REPORTS, /* errors and --on-error stop: only reports and rejected.csv */
    PUBLISHED_NOTHING, /* no output folder asked for, or validate without -o */
    PUBLISHED_DRY_RUN,
    PUBLISHED_UNBALANCED,
    PUBLISHED_STOPPED /* by an error: of the rest only command, exit code and the files' paths are known */
};

struct result {
    char *command; /* "convert" or "validate" */
    char *schema_name, *schema_title, *schema_file;
    char *schema_sha256;
    enum exit_code exit_code;
    enum publication publication;
    char *output_folder; /* NULL if none */
    struct result_file *files;
    size_t file_count;
    struct result_output *outputs;
    size_t output_count;
    struct ledger ledger;
    struct result_column *columns; /* ledger.column_count */
    uint64_t registrations;        /* written to registrations.jsonl (aggregates: fewer than rows written) */
    uint64_t employees;            /* distinct, among those */
    struct result_part *days;      /* in order */
    size_t day_count;
    struct result_part *people; /* largest first money column first */
    size_t person_count;
    struct result_grid grid;
    struct result_field *fields;
    size_t field_count;
    char *first_date, *last_date; /* YYYY-MM-DD of the written rows, NULL if none */
    bool has_active;              /* the files have an Active column */
    bool active_only;
    uint64_t inactive_rows; /* rows whose Active is false, among those written, or filtered with active_only */
    struct result_total *totals;
    size_t total_count;
    struct issues *issues; /* owned */
    char **notes;          /* said once: "employees have names only: …" */
    size_t note_count;
    char *by;     /* "row", "day", "week", "month" */
    char *per;    /* "employee" or "employee,Business Unit" */
    char *layout; /* "wide" or "metric" */
    char *zone;   /* --tz, NULL if none */
    char *zone_data; /* "2025b, system": of zone.h; NULL if none; in the receipt only */
    char *period; /* "2025-10-01..2025-10-31", NULL if none */
    char *on_error, *fail_on;
    struct read_files inputs;      /* every file that was read, by role */
    struct result_option *options; /* every option that shapes the outputs, by name */
    size_t option_count;
    char *origin;  /* the options as a review workbook keeps them */
    char *call;    /* this run's command, for fixes; NULL where not known (read back from a file) */
    char *had;     /* " --on-error --tz ": the options that the run had, from the line or the configuration; may be NULL */
    const struct setting_place *place; /* where its settings are written, if `run` started it; not owned; may be NULL */
    char *next_note; /* what to do before that command, or without one; NULL if nothing */
    char *next;    /* the next command to run, NULL if none */
    char *stopped, *stopped_fix; /* the error that stopped the run, and what to do; NULL if none did */
    uint64_t rules;              /* ST2PLECTO_RULES of the run; 0: before there were any */
    char *balance; /* NULL if the ledger balances, else what differs */
};

/* A zeroed result is empty; frees all that is in it. */
void result_free(struct result *result);
/* Fills an empty result with the error that stopped a run, and the files that it was to read. */
void result_stop(struct result *result, const char *command, char *const *paths, size_t path_count,
                 const struct error *error);
/* Adds an option without value; valid until the next is added. */
struct result_option *result_add_option(struct result *result, const char *name);
void result_option_add(struct result_option *option, struct view value);
/* Orders the options by name. */
void result_sort_options(struct result *result);

/* The first ledger column that is money; their count if none is. */
size_t result_money_column(const struct result *result);

/* Total rows of which a sum or count could be compared, and those of them that agree. */
struct totals_count {
    size_t compared, agreeing;
};
struct totals_count result_count_totals(const struct result *result);

/* What a run came to. */
enum verdict_state {
    VERDICT_ALL_IN,    /* ready, or converted: every row that belongs in */
    VERDICT_SET_ASIDE, /* all but the rows that were set aside, or but for errors that are no row's */
    VERDICT_NOTHING    /* not ready, or not converted: no import file */
};
enum verdict_state report_verdict_state(const struct result *result);
/* The same in the words that all reports share: "ready", "converted", "converted, 3 rows set aside", "not converted". */
void report_verdict_words(const struct result *result, struct buffer *out);
/* The verdict as a sentence without full stop: "Converted, 3 rows set aside: 57 registrations written". Control
 * characters of names are shown as \xNN. */
void report_verdict(const struct result *result, struct buffer *out);
/* The file that the error of a stopped run is about; SIZE_MAX if it names none of them. */
size_t report_stopped_file(const struct result *result);
/* What the reader has to do: "3 of 60 rows need attention ($1,589.25)"; nothing where there is nothing. */
void report_headline(const struct result *result, struct buffer *out);
/* The sentence below a ledger that balances; where amounts cannot be read, how many: they are in no sum. */
void report_balanced(const struct result *result, struct buffer *out);
/* How many rows, or else problems, there are to fix: "3 rows to fix"; nothing where there is nothing. */
void report_fix_count(const struct result *result, struct buffer *out);
/* The same for a heading, with the money of the rows: "3 rows to fix, $1,589.25"; "Nothing to fix". */
void report_to_fix(const struct result *result, struct buffer *out);
/* What a side of the ledger is called: "rejected", "outside the period". Static text. */
const char *report_side_title(const struct result *result, enum ledger_side side);

/* "published", "reports only" …: the word of result.json. */
const char *report_publication_name(enum publication publication);
/* "written", "outside_period" …: the key of result.json. */
const char *report_side_name(enum ledger_side side);
#define RECEIPT_NAME "st2plecto-receipt/"
#define RECEIPT_FORMAT RECEIPT_NAME "2"
#define RESULT_FORMAT "st2plecto-result/1"
/* Reads result.json ("-": standard input) back: all of it but inputs, options, origin and output_folder. EXIT_CANNOT_READ naming the
 * key that is missing or of another kind. The caller frees `result` in both cases. */
bool result_read(const char *path, struct result *result, struct error *error);
/* The same of a published folder. */
bool result_read_folder(const char *folder, struct result *result, struct error *error);

#endif
