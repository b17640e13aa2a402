/* apply.c: `apply REVIEW.xlsx [FILE…]`: what a reviewer decided in the workbook becomes fixes.csv, which --fixes takes. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/apply_next.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/own_inputs.h"
#include "output/formats.h"
#include "output/whole_file.h"
#include "review/compare.h"
#include "values/datetime.h"

#define SHOWN_FIXES 40
#define SHOWN_PROBLEMS 200

/* --- what the workbook says about its origin ---------------------------------------------------------------- */

/* The option that a line "name=value" of the workbook, or of a run, speaks of; NULL if apply does not have it. */
static const struct option_rule *option_of(struct view line, struct view *value) {
    const char *equals = line.length > 0 ? memchr(line.text, '=', line.length) : NULL;
    if (!equals) return NULL;
    *value = view_from(equals + 1, line.length - (size_t)(equals - line.text) - 1);
    return option_find(FOR_APPLY, view_from(line.text, (size_t)(equals - line.text)));
}

/* Whether apply takes this option from the workbook: what makes the texts of the rows, and how the workbook's own files were
 * read. Of today's files encoding and delimiter cannot be known. */
static bool is_taken(const struct convert_settings *settings, const struct option_rule *rule, bool has_own_files) {
    bool is_of_file = rule->id == OPTION_ENCODING || rule->id == OPTION_DELIMITER;
    return !convert_is_asked(settings, rule->id) && (is_of_file ? !has_own_files : rule->is_compared);
}

/* The workbook knows how it was made: apply runs so too, but for what it was told otherwise. */
static bool use_options(struct convert_settings *settings, const struct review_book *book, bool has_own_files,
                        struct error *error) {
    for (struct view rest = view_of(book->options ? book->options : ""); rest.length > 0;) {
        struct view value = {0}, line = view_trim(view_take_until(&rest, '\n'));
        const struct option_rule *rule = option_of(line, &value);
        if (!rule || value.length == 0 || !is_taken(settings, rule, has_own_files)) continue;
        if (rule->id == OPTION_FIELD && value.text[value.length - 1] == '=') value.length--; /* NAME without a title */
        void *taken = settings->taken;
        memory_grow(&taken, &settings->taken_capacity, settings->taken_count + 1, sizeof *settings->taken);
        settings->taken = taken;
        char *text = settings->taken[settings->taken_count++] = memory_copy(value);
        if (!option_take(rule, text, settings, error)) return false;
        if (rule->id == OPTION_FIELD) /* one of the configuration need not be in the file */
            settings->fields[settings->run.field_count - 1].is_standing = true;
    }
    if (settings->run.zone || !settings->zone) return true;
    if (!zone_open(settings->zone, &settings->opened_zone, error)) return false;
    settings->run.zone = settings->opened_zone;
    return true;
}

/* Its rows are those of a run with these fixes; today's are compared with them. */
static bool use_fixes(struct convert_settings *settings, const struct review_book *book, struct error *error) {
    struct view rest = view_of(book->options ? book->options : ""), value = {0};
    bool is_fine = true;
    if (settings->fixes) return true;
    while (is_fine && apply_next_value(&rest, "fixes-file=", &value)) {
        char *path = memory_copy(value);
        is_fine = access(path, R_OK) != 0 || fixes_load(path, &settings->fixes, error);
        free(path);
    }
    settings->run.fixes = settings->fixes;
    return is_fine;
}

static bool use_origin(struct convert_settings *settings, const struct review_book *book, struct error *error) {
    struct run_options *run = &settings->run;
    bool has_own_files = run->path_count > 0;
    if (strcmp(run->schema, "auto") == 0)
        run->schema = strcmp(book->schema_file, "built-in") == 0 ? book->schema : book->schema_file;
    if (!use_options(settings, book, has_own_files, error) || !use_fixes(settings, book, error)) return false;
    if (has_own_files) return true;
    settings->paths = memory_get_zero(book->input_count + 1, sizeof *settings->paths);
    for (size_t i = 0; i < book->input_count; i++)
        settings->paths[i] = memory_copy(view_of(book->inputs[i].path));
    run->paths = settings->paths;
    run->path_count = book->input_count;
    settings->reads_origin = true;
    return true;
}

/* The files of the workbook must be there, or today's be named. */
static bool check_files(const struct convert_settings *settings, const struct review_book *book, struct error *error) {
    for (size_t i = 0; i < settings->run.path_count; i++) {
        const char *path = settings->run.paths[i];
        bool is_pipe = strcmp(path, "<stdin>") == 0;
        if (!is_pipe && access(path, R_OK) == 0) continue;
        error_set(error, EXIT_CANNOT_READ, "the export %s, from which %s was made, does not exist", path,
                  settings->workbook);
        return error_fix(error, "To take the decisions to another file, such as today's export, put its name at the "
                                "end:\nst2plecto apply {file} FILE") ||
               error_fix_file(error, settings->workbook);
    }
    (void)book;
    return true;
}

/* Options that make other texts of the same rows; those that only choose rows may differ. Another file may have another
 * sheet. */
static bool is_compared(const struct convert_settings *settings, struct view line) {
    struct view value = {0};
    const struct option_rule *rule = option_of(line, &value);
    bool is_other_file = rule && rule->id == OPTION_SHEET && !settings->reads_origin;
    return rule && rule->is_compared && !is_other_file;
}

static bool has_line(const char *text, struct view wanted) {
    for (struct view rest = view_of(text); rest.length > 0;)
        if (view_equal(view_trim(view_take_until(&rest, '\n')), view_trim(wanted))) return true;
    return false;
}

/* Whether each line of `text` that is compared is in `other` too; else the option is told in these words. */
static bool check_lines(const struct convert_settings *settings, const char *text, const char *other, bool is_made,
                        struct error *error) {
    for (struct view rest = view_of(text); rest.length > 0;) {
        struct view value = {0}, line = view_trim(view_take_until(&rest, '\n'));
        if (!is_compared(settings, line) || has_line(other, line)) continue;
        const struct option_rule *rule = option_of(line, &value);
        if (is_made && value.length > 0)
            error_set(error, EXIT_WRONG_USE, "%s was made with --%s %.*s, and apply runs otherwise", settings->workbook,
                      rule->name, VIEW_ARGS(value));
        else
            error_set(error, EXIT_WRONG_USE, "%s was made without --%s, and apply runs with it", settings->workbook,
                      rule->name);
        if (settings->given[rule->id - OPTION_FIRST])
            return error_fix(error, "Leave out --%s. apply takes it from the workbook.", rule->name);
        return error_fix(error, "Run apply with --no-config. It takes the options from the workbook.");
    }
    return true;
}

static bool check_options(const struct convert_settings *settings, const struct review_book *book,
                          const struct result *result, struct error *error) {
    const char *made = book->options ? book->options : "";
    return check_lines(settings, made, result->origin, true, error) &&
           check_lines(settings, result->origin, made, false, error);
}

/* The cells of another kind of export are others, even where their IDs are the same. */
static bool check_schema(const struct convert_settings *settings, const struct review_book *book,
                         const struct result *result, struct error *error) {
    if (strcmp(book->schema, result->schema_name) == 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s was made from %s, and the export is read as %s", settings->workbook,
              book->schema, result->schema_name);
    return error_fix(error, "Name the export from which the workbook was made, or one of the same kind.");
}

/* --- who and when ----------------------------------------------------------------------------------------------- */

static const char *who(const struct convert_settings *settings) {
    const char *names[] = {settings->who, getenv("USER"), getenv("LOGNAME")};
    for (size_t i = 0; i < 3; i++)
        if (names[i] && *names[i]) return names[i];
    return "unknown";
}

static bool check_when(const struct convert_settings *settings, struct error *error) {
    struct datetime when;
    if (!settings->when || datetime_parse(view_of(settings->when), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE)
        return true;
    error_set(error, EXIT_WRONG_USE, "--when \"%s\" is not a day", settings->when);
    return error_fix(error, "Write it as 2026-01-31");
}

static char *when(const struct convert_settings *settings) {
    if (settings->when) return memory_copy(view_of(settings->when));
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = 0;
    struct error ignored = {0};
    if (!fixed || !options_number("SOURCE_DATE_EPOCH", fixed, 0, 250000000000u, &seconds, &ignored))
        seconds = (uint64_t)time(NULL);
    error_free(&ignored);
    struct buffer text = {0};
    date_print(&text, (int32_t)(seconds / 86400));
    return buffer_take(&text);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool is_known(const struct fixes *fixes, struct view line) {
    bool is_known = false;
    struct buffer text = {0};
    for (size_t i = 0; i < fixes_count(fixes) && !is_known; i++) {
        text.length = 0;
        fix_print(&text, fixes_at(fixes, i));
        is_known = view_equal(view_trim(buffer_view(&text)), view_trim(line));
    }
    buffer_free(&text);
    return is_known;
}

static bool write_fixes(const struct convert_settings *settings, const char *path, const struct review_outcome *outcome,
                        struct error *error) {
    struct fixes *before = NULL;
    struct buffer text = {0};
    buffer_add_text(&text, FIXES_HEADER "\r\n");
    bool is_there = access(path, F_OK) == 0;
    if (settings->appends && is_there && !fixes_load(path, &before, error)) {
        fixes_free(before);
        buffer_free(&text);
        return false;
    }
    for (size_t i = 0; i < fixes_count(before); i++)
        fix_print(&text, fixes_at(before, i));
    /* a quoted cell may hold line breaks, but a whole line of fixes is compared with whole ones */
    for (struct view rest = buffer_view(&outcome->fixes); rest.length > 0;) {
        const char *end = rest.text;
        for (bool quoted = false; end < rest.text + rest.length && (quoted || *end != '\n'); end++)
            quoted = quoted != (*end == '"');
        struct view line = view_from(rest.text, (size_t)(end - rest.text) + 1);
        if (!is_known(before, line)) buffer_add(&text, line);
        rest = view_from(rest.text + line.length, rest.length - line.length);
    }
    bool is_fine = whole_file_write(path, buffer_view(&text), settings->run.force || settings->appends,
                                    settings->run.watch, error);
    fixes_free(before);
    buffer_free(&text);
    return is_fine;
}

static void add_list(struct buffer *out, const struct buffer *list) {
    size_t shown = 0;
    for (struct view rest = buffer_view(list); rest.length > 0; shown++) {
        struct view line = view_take_until(&rest, '\n');
        if (shown < SHOWN_FIXES) {
            buffer_add_text(out, "  ");
            plain_add(out, view_trim(line));
            buffer_add_char(out, '\n');
        }
    }
    if (shown > SHOWN_FIXES) buffer_print(out, "  and %zu more\n", shown - SHOWN_FIXES);
}

static enum exit_code report(const struct convert_settings *settings, const struct review_book *book,
                             const char *origin, const char *path, const struct review_outcome *outcome) {
    struct buffer text = {0};
    bool has_fixes = outcome->fixes.length > 0;
    if (settings->run.dry_run) buffer_add_text(&text, "DRY RUN: ");
    plain_add_text(&text, has_fixes ? path : settings->workbook);
    buffer_add_text(&text, ": ");
    if (!has_fixes)
        buffer_add_text(&text,
                        outcome->problem_count > 0 ? "nothing was used" : "No row in the workbook has a decision yet.");
    if (outcome->cells > 0) {
        words_count(&text, outcome->cells);
        buffer_print(&text, " cell%s of %llu row%s change%s", outcome->cells == 1 ? "" : "s",
                     (unsigned long long)outcome->rows, outcome->rows == 1 ? "" : "s", outcome->cells == 1 ? "s" : "");
    }
    if (outcome->left_out > 0)
        buffer_print(&text, "%s%llu row%s left out", outcome->cells ? ", " : "", (unsigned long long)outcome->left_out,
                     outcome->left_out == 1 ? " is" : "s are");
    buffer_add_char(&text, '\n');
    add_list(&text, &outcome->list);
    if (outcome->already > 0)
        buffer_print(&text, "  %llu change%s already corrected in the export\n", (unsigned long long)outcome->already,
                     outcome->already == 1 ? " is" : "s are");
    if (outcome->later > 0) buffer_print(&text, "  %llu for later\n", (unsigned long long)outcome->later);
    if (outcome->problem_count > 0) {
        buffer_print(&text, "\nNot used: %zu\n", outcome->problem_count);
        for (size_t i = 0; i < outcome->problem_count && i < SHOWN_PROBLEMS; i++) {
            buffer_add_text(&text, "  ");
            plain_add(&text, view_of(outcome->problems[i]));
            buffer_add_char(&text, '\n');
        }
        if (outcome->problem_count > SHOWN_PROBLEMS)
            buffer_print(&text, "  and %zu more\n", outcome->problem_count - SHOWN_PROBLEMS);
    }
    if (has_fixes && !settings->run.dry_run) apply_add_next(settings, book, origin, path, &text);
    if (!has_fixes && outcome->problem_count == 0 && outcome->already == 0) {
        buffer_add_text(&text, "Choose \"fix\" or \"leave out\" in the Decision column of ");
        plain_add_text(&text, settings->workbook);
        buffer_add_text(&text, ", save it, and run the same command again.\n");
    }
    return cli_print(&text, outcome->problem_count > 0 ? EXIT_ANSWER_NO : EXIT_FINE);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* A run over today's export that writes nothing, to see what the rows say. */
static bool look(struct convert_settings *settings, const struct review_book *book, struct result *result,
                 struct error *error) {
    struct run_options *run = &settings->run;
    run->command = "validate";
    run->to[OUTPUT_CSV] = true; /* the text of registrations is compared */
    run->dry_run = true;
    run->stop_on_error = false;
    run->arguments = "";
    return check_files(settings, book, error) && run_convert(run, result, error) &&
           check_schema(settings, book, result, error) && check_options(settings, book, result, error);
}

/* Fixes of before are kept, unless the user says what becomes of them. */
static bool check_fixes_file(const struct convert_settings *settings, const char *path, struct error *error) {
    bool is_kept = !settings->run.dry_run && !settings->run.force && !settings->appends;
    if (!is_kept || whole_file_check(path, false, error)) return true;
    if (!whole_file_check(path, true, error)) return false; /* a link, which --force does not replace either */
    return error_fix(error,
                     "Name another file with -o. To keep its fixes and add those of this workbook:\n{run} --append\n"
                     "To replace it:\n{run} --force");
}

/* The workbook of a run that an error stopped has no rows. */
static bool check_rows(const struct convert_settings *settings, const struct review_book *book, struct error *error) {
    if (!book->stopped) return true;
    error_set(error, EXIT_CANNOT_READ, "%s has nothing to apply, because an error stopped the run that made it: %s",
              settings->workbook, book->stopped);
    return error_fix(error, "Do what the sheet Summary says, and convert again. The new workbook has the rows.");
}

static enum exit_code apply(struct convert_settings *settings) {
    struct error error = {0};
    struct review_book book = {0};
    struct result result = {0};
    struct review_outcome outcome = {0};
    const char *path = settings->run.output ? settings->run.output : "fixes.csv";
    bool is_dry = settings->run.dry_run;
    enum exit_code code = EXIT_FINE;
    struct row_lookup *lookup = row_lookup_create();
    bool is_fine = check_when(settings, &error) && review_read(settings->workbook, &book, &error) &&
                   check_rows(settings, &book, &error);
    if (is_fine) {
        review_ask(&book, lookup);
        settings->run.lookup = lookup;
        is_fine = use_origin(settings, &book, &error) && own_inputs_check(settings, path, settings->appends, &error) &&
                  look(settings, &book, &result, &error);
    }
    if (is_fine) {
        char *date = when(settings);
        review_compare(&book, lookup, result.schema_name, who(settings), date, &outcome);
        free(date);
        settings->run.dry_run = is_dry;
        is_fine = is_dry || outcome.fixes.length == 0 ||
                  (check_fixes_file(settings, path, &error) && write_fixes(settings, path, &outcome, &error));
    }
    if (!is_fine) convert_fix(settings, "", &error);
    code = is_fine ? report(settings, &book, result.origin, path, &outcome) : cli_fail(&error);
    review_outcome_free(&outcome);
    result_free(&result);
    row_lookup_free(lookup);
    review_book_free(&book);
    return code;
}

static enum exit_code apply_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings;
    struct error error = {0};
    enum exit_code code;
    if (!convert_settings_read(command, argc, argv, &settings, &error)) {
        code = cli_fail(&error);
    } else if (settings.wants_help) {
        code = help_print(command);
    } else {
        settings.run.watch = &cli->watch;
        code = apply(&settings);
    }
    convert_settings_free(&settings);
    return code;
}

const struct command command_apply = {
    .name = "apply",
    .summary = "turn decisions in review.xlsx into fixes.csv",
    .options = FOR_APPLY,
    .is_offline = true,
    .run = apply_main,
};
