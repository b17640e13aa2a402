/* convert_read.c: a command line into run_options. Each option is read by one small function; what needs several
 * options (period and zone, paths) is done when all are known. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/period.h"
#include "version.h"

#define EXAMPLES_DEFAULT 5
#define WORKER_LIMIT 256

static bool read_word(const char *option, const char *value, const struct option_word *words, size_t count, int *to,
                      struct error *error) {
    return options_word(option, value, words, count, to, error);
}

bool delimiter_read(const char *value, char *delimiter, struct error *error) {
    static const struct option_word words[] = {
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {"\\t", '\t'}};
    int sign = 0;
    if (strlen(value) == 1 && *value != '"' && *value != '\n' && *value != '\r' && *value > 0)
        sign = (unsigned char)*value;
    else if (!read_word("--delimiter", value, words, sizeof words / sizeof *words, &sign, error))
        return error_fix(error, "--delimiter takes comma, semicolon, tab, pipe or one character");
    *delimiter = (char)sign;
    return true;
}

bool format_read(const char *value, bool *is_json, struct error *error) {
    static const struct option_word words[] = {{"text", 0}, {"json", 1}};
    int word = 0;
    bool is_fine = read_word("--format", value, words, 2, &word, error);
    *is_json = word == 1;
    return is_fine;
}

bool encoding_read(const char *value, const char **encoding, struct error *error) {
    static const char *const names[] = {"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "cp1252"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (view_equal_fold(view_of(value), view_of(names[i]))) {
            *encoding = names[i];
            return true;
        }
    const char *nearest = options_nearest(value, names, sizeof names / sizeof *names);
    bool is_latin = view_starts_with(view_of(value), "latin") || view_starts_with(view_of(value), "iso-8859-1");
    error_set(error, EXIT_WRONG_USE, "--encoding \"%s\" is unknown%s%s%s", value, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    return error_fix(error, is_latin ? "write --encoding windows-1252: it holds all of Latin-1 that files use"
                                     : "--encoding takes utf-8, utf-16, utf-16le, utf-16be or windows-1252");
}

/* --- one function for each value that is more than a text ------------------------------------------ */

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* 32 hex digits, bare or in groups of 8-4-4-4-12. */
static bool is_uuid(const char *text) {
    size_t length = strlen(text);
    if (length != 32 && length != 36) return false;
    for (size_t i = 0; i < length; i++) {
        bool is_dash = length == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
        if (is_dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

static bool read_data_source(const char *value, struct run_options *run, struct error *error) {
    run->data_source = value;
    if (is_uuid(value)) return true;
    error_set(error, EXIT_WRONG_USE, "--data-source \"%s\" is not a UUID (32 hex digits, with or without dashes)",
              value);
    return error_fix(error, "copy it from the address of the data source in Plecto, "
                            "e.g. 0f8fad5b-d9cb-469f-a165-70867728950e");
}

static bool read_to(const char *value, struct run_options *run, struct error *error) {
    static const struct option_word words[] = {{"csv", 1}, {"jsonl", 2}, {"xlsx", 3}, {"review", 4}};
    run->to_csv = run->to_jsonl = run->to_xlsx = run->to_review = false;
    struct view rest = view_of(value);
    for (bool is_last = false; !is_last;) {
        const char *comma = rest.length > 0 ? memchr(rest.text, ',', rest.length) : NULL;
        is_last = comma == NULL;
        struct view part = comma ? view_from(rest.text, (size_t)(comma - rest.text)) : rest;
        char *word = memory_copy(view_trim(part));
        int which = 0;
        bool is_fine = read_word("--to", word, words, 4, &which, error);
        free(word);
        if (!is_fine) return error_fix(error, "--to takes csv, jsonl, xlsx, review, or several of them with commas");
        run->to_csv = run->to_csv || which == 1;
        run->to_jsonl = run->to_jsonl || which == 2;
        run->to_xlsx = run->to_xlsx || which == 3;
        run->to_review = run->to_review || which == 4;
        if (comma) rest = view_from(comma + 1, rest.length - part.length - 1);
    }
    run->csv_is_unwanted = (run->to_xlsx || run->to_review) && !run->to_csv;
    run->to_csv = run->to_csv || run->to_xlsx || run->to_review;
    return true;
}

static bool read_per(const char *value, struct convert_settings *settings, struct error *error) {
    struct run_options *run = &settings->run;
    free(settings->per);
    free(run->group_fields);
    settings->per = memory_copy(view_of(value));
    run->group_fields = memory_get_zero(strlen(value) + 1, sizeof *run->group_fields);
    run->group_count = 0;
    run->per_employee = false;
    for (char *part = settings->per; part;) {
        char *comma = strchr(part, ',');
        if (comma) *comma = '\0';
        struct view name = view_trim(view_of(part));
        if (name.length == 0) {
            error_set(error, EXIT_WRONG_USE, "--per \"%s\" has an empty field name", value);
            return error_fix(error, "write for example --per employee,\"Business Unit\"");
        }
        ((char *)part)[(size_t)(name.text - part) + name.length] = '\0';
        if (view_equal_fold(name, view_of("employee")))
            run->per_employee = true;
        else
            run->group_fields[run->group_count++] = name.text;
        part = comma ? comma + 1 : NULL;
    }
    return true;
}

static bool read_field(const char *value, struct convert_settings *settings, struct error *error) {
    struct run_options *run = &settings->run;
    const char *equals = strchr(value, '=');
    if (*value == '\0' || equals == value || (equals && equals[1] == '\0')) {
        error_set(error, EXIT_WRONG_USE, "--field \"%s\" lacks a %s", value,
                  equals && equals != value ? "title" : "name");
        return error_fix(error, "write --field NAME or --field NAME=TITLE, such as --field \"Customer City=City\"");
    }
    void *items = settings->fields;
    memory_grow(&items, &settings->field_capacity, run->field_count + 1, sizeof *settings->fields);
    settings->fields = items;
    char *name = memory_copy(view_of(value));
    struct chosen_field *field = &settings->fields[run->field_count++];
    *field = (struct chosen_field){.name = name};
    if (equals) {
        name[equals - value] = '\0';
        field->title = name + (equals - value) + 1;
    }
    run->fields = settings->fields;
    return true;
}

static void read_drop(const char *value, struct convert_settings *settings) {
    void *items = settings->run.drops;
    memory_grow(&items, &settings->drop_capacity, settings->run.drop_count + 1, sizeof *settings->run.drops);
    settings->run.drops = items;
    settings->run.drops[settings->run.drop_count++] = value;
}

static void read_companion(const char *value, struct convert_settings *settings) {
    struct run_options *run = &settings->run;
    void *items = settings->companions;
    memory_grow(&items, &settings->companion_capacity, run->companion_count + 1, sizeof *settings->companions);
    settings->companions = items;
    settings->companions[run->companion_count++] = (char *)value;
    run->companions = settings->companions;
}

/* A text that must not be empty. */
static bool read_text(const char *option, const char *value, const char **to, struct error *error) {
    *to = value;
    if (view_trim(view_of(value)).length > 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s has an empty value", option);
    return error_fix(error, "write a value behind %s, or leave the option out", option);
}

static bool read_count(const char *option, const char *value, uint64_t least, uint64_t most, size_t *to,
                       struct error *error) {
    uint64_t number = 0;
    bool is_fine = options_number(option, value, least, most, &number, error);
    *to = (size_t)number;
    return is_fine;
}

/* Bytes: a number, with K, M or G for 1024 of them and so on. */
static bool read_size(const char *option, const char *value, uint64_t least, uint64_t most, uint64_t *to,
                      struct error *error) {
    static const char units[] = "KMG";
    size_t digits = strspn(value, "0123456789");
    const char *unit = digits > 0 && digits < 12 && value[digits] ? strchr(units, value[digits] & ~0x20) : NULL;
    bool is_size = digits > 0 && digits < 12 && (unit ? value[digits + 1] == '\0' : value[digits] == '\0');
    *to = is_size ? strtoull(value, NULL, 10) << (unit ? 10 * (unit - units + 1) : 0) : 0;
    if (is_size && *to >= least && *to <= most) return true;
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is no size from %llu to %llu bytes", option, value,
              (unsigned long long)least, (unsigned long long)most);
    return error_fix(error, "write for example %s 512K, %s 16M or %s 1G", option, option, option);
}

/* --- options that are one of a few words --------------------------------------------------------- */

static const struct option_word by_words[] = {{"row", BY_ROW}, {"day", BY_DAY}, {"week", BY_WEEK}, {"month", BY_MONTH}};
static const struct option_word layout_words[] = {{"wide", LAYOUT_WIDE}, {"metric", LAYOUT_METRIC}};
static const struct option_word order_words[] = {
    {"mdy", DATE_ORDER_MDY}, {"dmy", DATE_ORDER_DMY}, {"ymd", DATE_ORDER_YMD}};
static const struct option_word error_words[] = {{"stop", 1}, {"reject", 0}};
static const struct option_word fail_words[] = {
    {"error", SEVERITY_ERROR}, {"warning", SEVERITY_WARNING}, {"never", SEVERITY_NOTE}};
static const struct option_word several_words[] = {
    {"error", SEVERAL_ERROR}, {"first", SEVERAL_FIRST}, {"split", SEVERAL_SPLIT}};
static const struct option_word reader_words[] = {{"fast", 0}, {"reference", 1}};

#define READ(option, words) read_word((option), value, (words), sizeof(words) / sizeof *(words), &word, error)

/* *is_taken false: not one of these options. */
static bool read_choice(int id, const char *value, struct run_options *run, bool *is_taken, struct error *error) {
    int word = 0;
    bool is_fine = true;
    switch (id) {
    case OPTION_BY:
        is_fine = READ("--by", by_words);
        run->by = (enum run_by)word;
        break;
    case OPTION_LAYOUT:
        is_fine = READ("--layout", layout_words);
        run->layout = (enum run_layout)word;
        break;
    case OPTION_DATE_ORDER:
        is_fine = READ("--date-order", order_words);
        run->date_order = (enum date_order)word;
        break;
    case OPTION_ON_ERROR:
        is_fine = READ("--on-error", error_words);
        run->stop_on_error = word == 1;
        break;
    case OPTION_FAIL_ON:
        is_fine = READ("--fail-on", fail_words);
        run->fail_on = (enum severity)word;
        break;
    case OPTION_SEVERAL:
        is_fine = READ("--several", several_words);
        run->has_several = true;
        run->several = (enum several)word;
        break;
    case OPTION_READER:
        is_fine = READ("--reader", reader_words);
        run->input.reference_reader = word == 1;
        break;
    default: *is_taken = false;
    }
    return is_fine;
}

static bool read_flag(int id, struct convert_settings *settings) {
    struct run_options *run = &settings->run;
    switch (id) {
    case OPTION_ACTIVE_ONLY: run->active_only = true; return true;
    case OPTION_SHOW_PRIVATE: run->show_private = true; return true;
    case OPTION_SHOW_ROW: run->show_row = true; return true;
    case OPTION_DRY_RUN: run->dry_run = true; return true;
    case OPTION_FORCE: run->force = true; return true;
    case OPTION_ALLOW_CUT: run->allow_cut = true; return true;
    case OPTION_QUIET: settings->is_quiet = true; return true;
    case OPTION_VERBOSE: settings->is_verbose = true; return true;
    case OPTION_NO_CONFIG: settings->has_no_config = true; return true;
    case OPTION_APPEND: settings->appends = true; return true;
    case OPTION_HELP: settings->wants_help = true; return true;
    default: return false;
    }
}

static bool read_value(int id, const char *value, struct convert_settings *settings, struct error *error) {
    struct run_options *run = &settings->run;
    size_t count = 0;
    bool is_fine = true;
    switch (id) {
    case OPTION_SCHEMA: return read_text("--schema", value, &run->schema, error);
    case OPTION_SCHEMA_DIR: return read_text("--schema-dir", value, &run->schema_folder, error);
    case OPTION_OUTPUT: return read_text("--output", value, &run->output, error);
    case OPTION_DATE: return read_text("--date", value, &run->date_field, error);
    case OPTION_DEFAULT_EMPLOYEE: return read_text("--default-employee", value, &run->default_employee, error);
    case OPTION_TITLE: return read_text("--title", value, &run->title, error);
    case OPTION_ZONE: return read_text("--tz", value, &settings->zone, error);
    case OPTION_PERIOD: return read_text("--period", value, &settings->period, error);
    case OPTION_LAST: return read_text("--last", value, &settings->last, error);
    case OPTION_KEEP: return read_text("--keep", value, &settings->keep, error);
    case OPTION_OUT: return read_text("--out", value, &settings->out, error);
    case OPTION_WHO: return read_text("--who", value, &settings->who, error);
    case OPTION_WHEN: return read_text("--when", value, &settings->when, error);
    case OPTION_CONFIG: return read_text("--config", value, &settings->config_file, error);
    case OPTION_WITH: read_companion(value, settings); return true;
    case OPTION_TO: return read_to(value, run, error);
    case OPTION_PER: return read_per(value, settings, error);
    case OPTION_FIELD: return read_field(value, settings, error);
    case OPTION_DROP: read_drop(value, settings); return true;
    case OPTION_FIXES: return fixes_load(value, &settings->fixes, error);
    case OPTION_ROSTER: return roster_load(value, &settings->roster, error);
    case OPTION_DATA_SOURCE: return read_data_source(value, run, error);
    case OPTION_SHEET: return read_text("--sheet", value, &run->input.sheet, error);
    case OPTION_ENCODING: return encoding_read(value, &run->input.encoding, error);
    case OPTION_DELIMITER: return delimiter_read(value, &run->input.delimiter, error);
    case OPTION_FORMAT: return report_requests_add(value, &settings->reports, error);
    case OPTION_COLOUR: return terminal_colour_word(value, &settings->colour, error);
    case OPTION_MAX_ISSUES: return read_count("--max-issues", value, 0, 1000000, &run->example_limit, error);
    case OPTION_MAX_CELL: return read_size("--max-cell", value, 1024, 1u << 30, &run->input.record_limit, error);
    case OPTION_MAX_RATIO:
        is_fine = read_count("--max-ratio", value, 1, 1000000, &count, error);
        run->input.max_ratio = (unsigned)count;
        return is_fine;
    case OPTION_JOBS:
        is_fine = read_count("-j", value, 1, WORKER_LIMIT, &count, error);
        run->workers = (unsigned)count;
        return is_fine;
    default: return error_set(error, EXIT_WRONG_USE, "an option without a reader (a mistake in st2plecto)");
    }
}

/* --- what needs several options --------------------------------------------------------------------- */

static bool use_zone_and_period(struct convert_settings *settings, struct error *error) {
    struct run_options *run = &settings->run;
    if (settings->zone && !zone_open(settings->zone, &settings->opened_zone, error)) return false;
    run->zone = settings->opened_zone;
    if (settings->period && settings->last) {
        error_set(error, EXIT_WRONG_USE, "--period and --last both say which days to take");
        return error_fix(error, "leave one of them out");
    }
    int32_t today = 0;
    if ((settings->period || settings->last || settings->keep) && !period_today(run->zone, &today, error)) return false;
    run->has_period = settings->period || settings->last;
    run->has_oldest = settings->keep != NULL;
    if (settings->keep && !period_parse_keep(settings->keep, today, &run->oldest, error)) return false;
    if (settings->last) return period_parse_last(settings->last, today, &run->period_from, &run->period_to, error);
    return !settings->period || period_parse(settings->period, today, &run->period_from, &run->period_to, error);
}

bool convert_check_together(const struct convert_settings *settings, bool is_complete, struct error *error) {
    const struct command *command = settings->command;
    const struct run_options *run = &settings->run;
    bool has_per = settings->given[OPTION_PER - OPTION_FIRST],
         has_layout = settings->given[OPTION_LAYOUT - OPTION_FIRST];
    const char *lonely = has_per ? "--per" : has_layout && run->layout == LAYOUT_METRIC ? "--layout metric" : NULL;
    /* the file's are for runs with totals; and its settings of the data type, once known, may ask for totals */
    if (run->by == BY_ROW && lonely && (is_complete || !settings->config)) {
        error_set(error, EXIT_WRONG_USE, "%s needs totals, but every row becomes a registration", lonely);
        return error_fix(error, "add --by day, --by week or --by month");
    }
    if (strcmp(command->name, "convert") == 0 && !run->output && !run->dry_run) {
        error_set(error, EXIT_WRONG_USE, "convert needs to know where to write");
        return error_fix(error, "add -o DIR (a folder that will be made), or --dry-run to see the report only");
    }
    return true;
}

/* For the properties of workbooks: SOURCE_DATE_EPOCH, else the newest input, so that the same input gives the same
 * bytes; what comes through a pipe has no date. */
static int64_t created_time(const struct convert_settings *settings) {
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = 0;
    struct error ignored = {0};
    if (fixed && *fixed && options_number("SOURCE_DATE_EPOCH", fixed, 0, 250000000000u, &seconds, &ignored))
        return (int64_t)seconds;
    error_free(&ignored);
    int64_t newest = 946684800; /* 2000-01-01 */
    for (size_t i = 0; i < settings->run.path_count; i++) {
        struct stat status;
        if (stat(settings->paths[i], &status) == 0 && status.st_mtime > newest) newest = status.st_mtime;
    }
    return newest;
}

static bool use_operands(const struct command *command, const struct option_reader *reader,
                         struct convert_settings *settings, struct error *error) {
    char **operands = NULL;
    size_t count = options_operands(reader, &operands);
    if (count == 0 && strcmp(command->name, "apply") == 0) {
        error_set(error, EXIT_WRONG_USE, "apply needs the workbook");
        return error_fix(error, "name the review.xlsx that was filled in");
    }
    if (count == 0) {
        error_set(error, EXIT_WRONG_USE, "%s needs a file", command->name);
        return error_fix(error, "name an export, a folder of exports, or - for standard input");
    }
    if (strcmp(command->name, "apply") == 0) { /* the workbook, then perhaps exports */
        settings->workbook = operands[0];
        operands++;
        if (--count == 0) return true;
    }
    if (!input_expand_paths(operands, count, &settings->paths, &settings->run.path_count, error)) return false;
    settings->run.paths = settings->paths;
    settings->run.created = created_time(settings);
    return true;
}

static void set_defaults(const struct command *command, struct convert_settings *settings) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool writes = strcmp(command->name, "convert") == 0;
    *settings = (struct convert_settings){.run = {.command = command->name,
                                                  .schema = "auto",
                                                  .to_csv = writes,
                                                  .to_jsonl = writes,
                                                  .per_employee = true,
                                                  .stop_on_error = true,
                                                  .fail_on = SEVERITY_ERROR,
                                                  .example_limit = EXAMPLES_DEFAULT,
                                                  .workers = processors < 1              ? 1
                                                             : processors > WORKER_LIMIT ? WORKER_LIMIT
                                                                                         : (unsigned)processors,
                                                  .version = ST2PLECTO_VERSION}};
}

bool convert_read_option(int id, const char *value, struct convert_settings *settings, struct error *error) {
    bool is_taken = true;
    if (read_flag(id, settings)) return true;
    if (!read_choice(id, value, &settings->run, &is_taken, error)) return false;
    return is_taken || read_value(id, value, settings, error);
}

static bool read_options(struct option_reader *reader, struct convert_settings *settings, struct error *error) {
    const char *value = NULL;
    for (;;) {
        int id = options_next(reader, &value, error);
        if (id == OPTION_END) return true;
        if (id == OPTION_WRONG) return false;
        settings->given[id - OPTION_FIRST] = true;
        if (!convert_read_option(id, value, settings, error)) return false;
    }
}

bool convert_settings_read(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                           struct error *error) {
    set_defaults(command, settings);
    struct option_reader reader;
    options_start(&reader, command->name, command->options, command->option_count, argc, argv);
    bool is_fine = read_options(&reader, settings, error);
    settings->command = command;
    if (is_fine && !settings->wants_help)
        is_fine = convert_use_config(settings, error) && convert_check_together(settings, false, error) &&
                  use_zone_and_period(settings, error) && use_operands(command, &reader, settings, error);
    is_fine =
        is_fine && (settings->wants_help || report_requests_check(&settings->reports, settings->run.force, error));
    settings->run.kept_limit = report_requests_kept(&settings->reports);
    settings->run.roster = settings->roster;
    settings->run.fixes = settings->fixes;
    options_free(&reader);
    return is_fine;
}

void convert_settings_free(struct convert_settings *settings) {
    for (size_t i = 0; settings->paths && i < settings->run.path_count; i++)
        free(settings->paths[i]);
    free(settings->paths);
    report_requests_free(&settings->reports);
    free(settings->per);
    free(settings->run.group_fields);
    for (size_t i = 0; i < settings->run.field_count; i++)
        free((char *)settings->fields[i].name);
    free(settings->fields);
    free(settings->run.drops);
    free(settings->companions);
    config_free(settings->config);
    zone_close(settings->opened_zone);
    roster_free(settings->roster);
    fixes_free(settings->fixes);
}
