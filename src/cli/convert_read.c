/* convert_read.c: a command line into run_options. Each option is read as the table says; what needs several options
 * (period and zone, paths) is done when all are known. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/own_inputs.h"
#include "cli/period.h"
#include "version.h"

#define EXAMPLES_DEFAULT 5
#define SMALL_BYTES (128 << 10)

/* --- what needs several options --------------------------------------------------------------------- */

/* The fix is the command with another zone, not with one more. */
static bool fail_zone(const struct convert_settings *settings, struct error *error) {
    if (settings->run.place) return false;
    char *call = command_line_rewrite(&settings->line, settings->command, "tz", NULL, "");
    error_fix_run(error, call);
    free(call);
    return false;
}

static bool use_zone_and_period(struct convert_settings *settings, struct error *error) {
    struct run_options *run = &settings->run;
    if (settings->zone && !zone_open(settings->zone, &settings->opened_zone, error)) return fail_zone(settings, error);
    run->zone = settings->opened_zone;
    if (settings->period && settings->last) {
        error_set(error, EXIT_WRONG_USE, "--period and --last both choose the days");
        return error_fix(error, "Use only one of them.");
    }
    int32_t today = 0;
    if ((settings->period || settings->last || settings->max_age) && !period_today(run->zone, &today, error)) return false;
    run->has_period = settings->period || settings->last;
    run->is_last = settings->last != NULL;
    run->has_oldest = settings->max_age != NULL;
    if (settings->max_age && !period_parse_max_age(settings->max_age, today, &run->oldest, error)) return false;
    if (settings->last) return period_parse_last(settings->last, today, &run->period_from, &run->period_to, error);
    return !settings->period || period_parse(settings->period, today, &run->period_from, &run->period_to, error);
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

/* Whether all inputs are files that one thread reads before another one has started: 100 rows take a quarter less processor
 * time so (scripts/bench, small), and what is packed seldom holds more than ten times as much. */
static bool inputs_are_small(const struct convert_settings *settings) {
    off_t bytes = 0;
    for (size_t i = 0; i < settings->run.path_count && bytes <= SMALL_BYTES; i++) {
        struct stat status;
        if (stat(settings->paths[i], &status) != 0 || !S_ISREG(status.st_mode)) return false;
        bytes += status.st_size;
    }
    return settings->run.path_count > 0 && bytes <= SMALL_BYTES;
}

/* Files that the command reads as something else than exports: they may lie among these. The caller frees the list. */
static char **other_files(const struct convert_settings *settings, size_t *count) {
    const struct read_files *rosters = roster_files(settings->roster);
    size_t roster_count = rosters ? rosters->count : 0;
    char **others = memory_get_zero(settings->run.companion_count + roster_count + 1, sizeof *others);
    *count = 0;
    for (size_t i = 0; i < settings->run.companion_count; i++)
        others[(*count)++] = settings->companions[i];
    for (size_t i = 0; i < roster_count; i++)
        others[(*count)++] = rosters->list[i].path;
    return others;
}

/* Of reconcile: two sides, or one and numbers. */
static bool use_sides(char **operands, size_t count, struct convert_settings *settings, struct error *error) {
    struct reconcile_wishes *wishes = &settings->reconcile;
    bool has_numbers = wishes->expect_count > 0 || wishes->expect_file;
    bool is_shown_whole = wishes->format == RECONCILE_TEXT || wishes->format == RECONCILE_JSON;
    if (wishes->audit && (count != 1 || has_numbers || !is_shown_whole || wishes->format_file)) {
        error_set(error, EXIT_WRONG_USE, "--day-audit is a table of one side, as text or json");
        return error_fix(error, "Name one export:\nst2plecto reconcile FILE --day-audit all");
    }
    bool has_journal = wishes->journal != NULL && !has_numbers, is_fetched = settings->sent.data_source != NULL;
    if (is_fetched && (has_numbers || has_journal || wishes->audit)) {
        error_set(error, EXIT_WRONG_USE, "--data-source is the right side, and another one is given too");
        return error_fix(error, "Name one right side only.");
    }
    if (count != (has_numbers || has_journal || is_fetched || wishes->audit ? 1u : 2u)) {
        bool is_one = has_numbers || has_journal || is_fetched;
        error_set(error, EXIT_WRONG_USE, is_one ? "reconcile with --expect, --journal or --data-source needs one side" : "reconcile needs two sides");
        return error_fix(error, "Name the left and the right side, or one side and the number to expect: --expect \"Jobs Total=99.00\"");
    }
    wishes->sides[0] = operands[0];
    wishes->sides[1] = has_numbers || wishes->audit || is_fetched ? NULL : has_journal ? wishes->journal : operands[1];
    return true;
}

/* Of trace: an ID, and perhaps the folder. */
static bool use_id(char **operands, size_t count, struct convert_settings *settings, struct error *error) {
    if (count == 0 || count > 2) {
        error_set(error, EXIT_WRONG_USE, "trace needs an ID");
        return error_fix(error, "Name the external ID and the published folder, such as:\nst2plecto trace 100230 plecto");
    }
    settings->reconcile.sides[0] = operands[0];
    settings->reconcile.sides[1] = count > 1 ? operands[1] : "plecto";
    return true;
}

static void copy_paths(struct convert_settings *settings, char *const *paths, size_t count) {
    settings->paths = memory_get_zero(count + 1, sizeof *settings->paths);
    for (size_t i = 0; i < count; i++)
        settings->paths[i] = memory_copy(view_of(paths[i]));
    settings->run.paths = settings->paths;
    settings->run.path_count = count;
}

/* `whole`: has read the same line, or NULL. */
static bool use_operands(const struct command *command, const struct option_reader *reader,
                         const struct convert_settings *whole, struct convert_settings *settings,
                         struct error *error) {
    char **operands = NULL;
    size_t count = options_operands(reader, &operands);
    if (strcmp(command->name, "trace") == 0) return use_id(operands, count, settings, error);
    if (strcmp(command->name, "reconcile") == 0) return use_sides(operands, count, settings, error);
    if (count == 0 && strcmp(command->name, "apply") == 0) {
        error_set(error, EXIT_WRONG_USE, "apply needs the workbook");
        return error_fix(error, "Name the workbook that convert --to review wrote, such as:\nst2plecto apply plecto/review.xlsx");
    }
    if (count == 0) {
        error_set(error, EXIT_WRONG_USE, "%s needs a file", command->name);
        return error_fix(error, "Name an export, a folder of exports, or - for standard input.");
    }
    if (strcmp(command->name, "apply") == 0) { /* the workbook, then perhaps exports */
        settings->workbook = operands[0];
        operands++;
        if (--count == 0) return true;
    }
    if (whole) {
        copy_paths(settings, whole->paths, whole->run.path_count);
        settings->run.created = whole->run.created;
        settings->run.workers = whole->run.workers;
        return true;
    }
    size_t other_count = 0;
    char **others = other_files(settings, &other_count);
    bool is_fine = input_expand_paths(operands, count, others, other_count, settings->run.is_recursive,
                                      &settings->paths, &settings->run.path_count, &settings->skipped, error);
    free(others);
    if (!is_fine) return false;
    settings->run.paths = settings->paths;
    settings->run.skipped = &settings->skipped;
    settings->run.created = created_time(settings);
    if (!convert_is_asked(settings, OPTION_THREADS) && inputs_are_small(settings)) settings->run.workers = 1;
    return true;
}

static void set_defaults(const struct command *command, struct convert_settings *settings) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool writes = strcmp(command->name, "convert") == 0;
    *settings = (struct convert_settings){.run = {.command = command->name,
                                                  .schema = "auto",
                                                  .to = {[OUTPUT_CSV] = writes, [OUTPUT_JSONL] = writes},
                                                  .per_employee = true,
                                                  .stop_on_error = true,
                                                  .fail_on = SEVERITY_ERROR,
                                                  .example_limit = EXAMPLES_DEFAULT,
                                                  .workers = processors < 1              ? 1
                                                             : processors > WORKER_LIMIT ? WORKER_LIMIT
                                                                                         : (unsigned)processors,
                                                  .version = ST2PLECTO_VERSION}};
    upload_settings_start(&settings->sent);
}

/* A run that is over before it began has reports too: of the formats that are asked for, and about the files. */
static void keep_for_reports(struct option_reader *reader, struct convert_settings *settings) {
    char **operands = NULL;
    options_read_rest(reader, OPTION_FORMAT, settings);
    if (settings->paths) return;
    size_t count = options_operands(reader, &operands);
    copy_paths(settings, operands, count);
}

/* The configuration may lie beside the inputs. */
static bool use_config(const struct command *command, const struct option_reader *reader,
                       struct convert_settings *settings, struct error *error) {
    char **operands = NULL;
    size_t count = options_operands(reader, &operands);
    bool has_workbook = strcmp(command->name, "apply") == 0 && count > 0;
    return convert_use_config(settings, operands + has_workbook, count - has_workbook, error);
}

static bool read_line(const struct command *command, int argc, char **argv, const struct convert_settings *whole,
                      struct convert_settings *settings, struct error *error) {
    set_defaults(command, settings);
    command_line_keep(&settings->line, command, argc, argv);
    struct option_reader reader;
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, settings, settings->given, error);
    settings->command = command;
    settings->argv = argv;
    settings->argc = argc;
    settings->run.describe = convert_describe;
    settings->run.context = settings;
    if (is_fine && !settings->wants_help)
        is_fine = use_config(command, &reader, settings, error) && use_operands(command, &reader, whole, settings, error) &&
                  convert_check_together(settings, false, error) && use_zone_and_period(settings, error);
    is_fine =
        is_fine && (settings->wants_help || (own_inputs_check_all(settings, error) &&
                                             report_requests_check(&settings->reports, settings->run.force, error)));
    settings->run.kept_limit = report_requests_kept(&settings->reports);
    settings->run.roster = settings->roster;
    settings->run.fixes = settings->fixes;
    if (!is_fine) {
        keep_for_reports(&reader, settings);
        own_inputs_drop_reports(settings);
        settings->run.force = false; /* what the options name may not be known yet: only reports of ours are replaced */
    }
    options_free(&reader);
    return is_fine;
}

bool convert_settings_read(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                           struct error *error) {
    return read_line(command, argc, argv, NULL, settings, error);
}

bool convert_settings_read_again(const struct convert_settings *whole, struct convert_settings *settings,
                                 struct error *error) {
    return read_line(whole->command, whole->argc, whole->argv, whole, settings, error);
}

void convert_settings_take_paths(struct convert_settings *settings, char *const *paths, size_t count) {
    for (size_t i = 0; settings->paths && i < settings->run.path_count; i++)
        free(settings->paths[i]);
    free(settings->paths);
    copy_paths(settings, paths, count);
    settings->run.created = created_time(settings);
}

void convert_settings_free(struct convert_settings *settings) {
    for (size_t i = 0; settings->paths && i < settings->run.path_count; i++)
        free(settings->paths[i]);
    free(settings->paths);
    report_requests_free(&settings->reports);
    reconcile_wishes_free(&settings->reconcile);
    command_line_free(&settings->line);
    free(settings->per);
    for (size_t i = 0; i < settings->taken_count; i++)
        free(settings->taken[i]);
    free(settings->taken);
    free(settings->run.group_fields);
    for (size_t i = 0; i < settings->run.field_count; i++)
        free((char *)settings->fields[i].name);
    free(settings->fields);
    free(settings->run.drops);
    free(settings->companions);
    skipped_files_free(&settings->skipped);
    config_free(settings->config);
    read_files_free(&settings->files);
    zone_close(settings->opened_zone);
    roster_free(settings->roster);
    fixes_free(settings->fixes);
}
