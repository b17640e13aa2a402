/* next.c: what to do after this run: a whole command that works on this very case, and a sentence before it where one is
 * needed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "convert/run/run_private.h"

static char *quoted(const char *folder, const char *name) {
    struct buffer text = {0};
    char *path = name ? memory_print("%s/%s", folder, name) : memory_copy(view_of(folder));
    words_shell(&text, path);
    free(path);
    return buffer_take(&text);
}

/* This run's command with other parts (run_options.h). */
static char *rewritten(const struct run *run, const char *command, const char *drops, const char *files,
                       const char *adds) {
    const struct run_options *options = run->options;
    return options->rewrite ? options->rewrite(options->context, command, drops, files, adds) : NULL;
}

/* convert with what the run had, and `adds` ("" or one option); into the folder that is there (`is_again`), or a new one. */
static char *convert_line(const struct run *run, const char *adds, bool is_again) {
    struct buffer words = {0};
    bool keeps_folder = is_again || (run->options->output && strcmp(run->options->command, "convert") == 0 &&
                                     !outdir_is_in_the_way(run->options->output));
    buffer_add_text(&words, adds);
    if (is_again) buffer_add_text(&words, words.length ? " --force" : "--force");
    if (!keeps_folder) {
        char *folder = outdir_free_name("plecto");
        buffer_print(&words, "%s-o %s", words.length ? " " : "", folder);
        free(folder);
    }
    buffer_add_char(&words, '\0');
    const char *option = adds[0] ? adds + 2 : ""; /* without its dashes; one that the run had goes */
    char drops[64];
    snprintf(drops, sizeof drops, "force dry-run%s %.*s", keeps_folder ? "" : " output format",
             (int)strcspn(option, " "), option);
    char *line = rewritten(run, "convert", drops, NULL, words.text);
    buffer_free(&words);
    return line;
}

/* "--date 'Invoiced On'" */
static char *option_with(const char *option, const char *column) {
    struct buffer text = {0};
    buffer_print(&text, "%s ", option);
    words_shell(&text, column);
    return buffer_take(&text);
}

/* "--employee 'Sold By'", "--date 'Invoiced On'": where another column of the cause's file could serve; else NULL. */
static char *other_column(const struct result *result, const struct issue_cause *cause) {
    bool is_column = cause->code == E106_MISSING_COLUMN;
    bool needs_person =
        cause->code == E201_MISSING_EMPLOYEE || (is_column && strcmp(cause->field, ISSUE_FIELD_EMPLOYEE) == 0);
    bool needs_date = cause->code == E203_MISSING_DATE || (is_column && strcmp(cause->field, ISSUE_FIELD_DATE) == 0);
    for (size_t i = 0; i < result->file_count; i++) {
        const struct result_file *file = &result->files[i];
        bool has_person = needs_person && file->other_people_count > 0;
        if (issue_cause_in(cause, i) == 0 || !(has_person || (needs_date && file->other_dates_count > 0))) continue;
        return has_person ? option_with("--employee", file->other_people[0])
                          : option_with("--date", file->other_dates[0]);
    }
    return NULL;
}

/* An error of a whole file or column, such as a scale that nothing proves: setting rows aside does not answer it. */
static bool is_of_no_row(const struct result *result, const struct issue_cause *cause) {
    const struct issue_example *example = cause->example_count > 0 ? &cause->examples[0] : NULL;
    if (!example || issue_kind(cause->code)->severity != SEVERITY_ERROR) return false;
    return example->row == 0 ||
           (example->file < result->file_count && example->row <= result->files[example->file].header_row);
}

/* The first cause that is an error, those of no row before the others; NULL: none. */
static const struct issue_cause *first_error(const struct result *result) {
    const struct issue_cause *const *causes, *first = NULL;
    size_t count = issues_causes(result->issues, &causes);
    for (size_t i = 0; i < count; i++) {
        if (is_of_no_row(result, causes[i])) return causes[i];
        if (!first && issue_kind(causes[i]->code)->severity == SEVERITY_ERROR) first = causes[i];
    }
    return first;
}

/* Whether --on-error reject would not help: no row is good, or an error is of no row. */
static bool needs_answer(const struct result *result) {
    const struct issue_cause *first = first_error(result);
    return first && (result->ledger.rows[LEDGER_WRITTEN] == 0 || is_of_no_row(result, first));
}

/* reconcile with what --expect said lists the records that make the difference; it takes one export. */
static char *reconcile_line(const struct run *run) {
    return run->file_count == 1 ? rewritten(run, "reconcile", "force dry-run output format", NULL, "") : NULL;
}

/* What helps where --on-error reject would not. */
static char *remedy(const struct run *run, struct result *result) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    bool is_again = strcmp(run->options->command, "validate") != 0 && result->publication == PUBLISHED_REPORTS;
    const struct issue_cause *first = first_error(result);
    char *option = NULL;
    for (size_t i = 0; i < count && !option; i++)
        option = other_column(result, causes[i]);
    if (!option && first && first->code == E108_NO_MONEY_SENT) option = option_with("--field", first->field);
    if (option) {
        char *line = convert_line(run, option, is_again);
        free(option);
        return line;
    }
    if (!first) return NULL;
    if (first->code == E306_AMBIGUOUS_DATE && run->options->date_order == DATE_ORDER_UNKNOWN)
        return convert_line(run, "--date-order mdy", is_again);
    if (first->code == E311_PERCENT_SCALE && run->options->percent_scale == 0) {
        result->next_note = memory_copy(view_of("if 0.47 means 47% in this column (else --percent 100)"));
        return convert_line(run, "--percent 1", is_again);
    }
    char *line = first->code == E703_NUMBER_DIFFERS ? reconcile_line(run) : NULL;
    if (line) result->next_note = memory_copy(view_of("to see what makes the difference"));
    return line ? line : memory_print("st2plecto explain %s", issue_kind(first->code)->name);
}

/* Errors that are corrected elsewhere than in the export: what is to be corrected. */
static const char *corrected_place(enum issue_code code) {
    switch (code) {
    case E501_UNKNOWN_PERSON:
    case E502_TWO_PEOPLE: return "the roster";
    case E602_STALE_FIX: return "the fixes file";
    default: return NULL;
    }
}

/* The one place for all errors; NULL: the export has errors of its own. */
static const char *only_place(const struct result *result) {
    const struct issue_cause *const *causes;
    const char *place = NULL;
    size_t count = issues_causes(result->issues, &causes);
    for (size_t i = 0; i < count; i++) {
        if (issue_kind(causes[i]->code)->severity != SEVERITY_ERROR) continue;
        const char *own = corrected_place(causes[i]->code);
        if (!own || (place && own != place)) return NULL;
        place = own;
    }
    return place;
}

/* The rows that are wrong are lost to Plecto by the command, which is to be said. */
static void note_rejected(struct result *result) {
    const struct ledger *ledger = &result->ledger;
    uint64_t rows = ledger->rows[LEDGER_REJECTED];
    size_t money = result_money_column(result);
    if (rows == 0) return;
    struct buffer text = {0};
    const char *place = only_place(result);
    buffer_print(&text, "correct %s", place ? place : "");
    if (!place) words_plural(&text, rows, "row", "rows");
    buffer_print(&text, "%s. Or convert without ", place ? " as the fix says" : " and export again");
    if (place)
        words_plural(&text, rows, "row", "rows");
    else
        buffer_add_text(&text, rows == 1 ? "it" : "them");
    buffer_add_text(&text, " (");
    if (money < ledger->column_count && ledger->sums[LEDGER_REJECTED][money] != 0)
        decimal_print_human(&text, ledger->sums[LEDGER_REJECTED][money], true);
    else
        buffer_add_text(&text, rows == 1 ? "it" : "they");
    buffer_add_text(&text, " will be missing in Plecto)");
    result->next_note = buffer_take(&text);
}

/* An option that the fix of the first error, or of a warning, has given and that keeps the rows; else without them. */
static void next_convert(const struct run *run, struct result *result, bool sets_aside, bool is_again) {
    const struct issue_cause *const *causes, *first = first_error(result);
    size_t count = issues_causes(result->issues, &causes);
    bool is_encoding =
        first && first->code == E309_NOT_TEXT && first->example_count > 0 && strstr(first->examples[0].detail, "UTF-8");
    if (sets_aside && is_encoding) {
        result->next_note = memory_copy(view_of("if Excel or another Windows program saved the file"));
        result->next = convert_line(run, "--encoding windows-1252", is_again);
        return;
    }
    if (sets_aside) {
        note_rejected(result);
        result->next = convert_line(run, "--on-error reject", is_again);
        return;
    }
    for (size_t i = 0; i < count && !first; i++) {
        if (causes[i]->code != W621_NO_TIME_ZONE && causes[i]->code != W624_MIXED_CLOCKS) continue;
        result->next_note = memory_copy(view_of("with your company's time zone (America/Chicago is an example)"));
        result->next = convert_line(run, "--tz America/Chicago", is_again);
        return;
    }
    if (issues_count(result->issues, SEVERITY_WARNING) > 0)
        result->next_note = memory_copy(view_of("when what is warned of above is settled or accepted"));
    result->next = convert_line(run, "", is_again);
}

/* The rows to be corrected are in review.xlsx. */
static void next_review(const struct run *run, struct result *result) {
    char *path = quoted(run->options->output, output_name(OUTPUT_REVIEW));
    result->next_note =
        memory_print("correct the rows in %s/%s, then", run->options->output, output_name(OUTPUT_REVIEW));
    result->next = rewritten(run, "apply", "output force dry-run fixes", path, "");
    free(path);
}

static void next_published(const struct run *run, struct result *result, bool has_errors) {
    const struct run_options *options = run->options;
    const char *name = output_name(options->csv_is_unwanted ? OUTPUT_XLSX : OUTPUT_CSV);
    bool has_table = options->to[OUTPUT_CSV] || options->to[OUTPUT_XLSX];
    if (has_errors && options->to[OUTPUT_REVIEW]) {
        next_review(run, result);
        return;
    }
    if (has_errors && options->by != BY_ROW)
        result->next_note =
            memory_print("the totals lack the rows in %s/%s. Correct them in ServiceTitan, or with --to review, "
                         "and convert the whole export again. To see what sending these totals changes",
                         options->output, output_name(OUTPUT_REJECTED));
    else if (has_errors)
        result->next_note =
            memory_print("correct the rows in %s/%s and convert that file. To see what sending the others "
                         "changes",
                         options->output, output_name(OUTPUT_REJECTED));
    else if (has_table)
        result->next_note =
            memory_print(options->to[OUTPUT_JSONL] ? "import %s/%s in Plecto, or see what sending it changes"
                                                   : "import %s/%s in Plecto",
                         options->output, name);
    if (!options->to[OUTPUT_JSONL]) return;
    char *folder = quoted(options->output, NULL);
    result->next = memory_print("st2plecto plan %s", folder);
    free(folder);
}

/* `run` started it: nobody types this command again. */
static void next_of_run(const struct setting_place *place, struct result *result) {
    if (issues_count(result->issues, SEVERITY_ERROR) > 0)
        result->next_note =
            memory_copy(view_of("correct the rows in the export, or set them aside as said above, then"));
    result->next = memory_copy(view_of(place->again));
}

void run_fill_next(const struct run *run, struct result *result) {
    const struct run_options *options = run->options;
    enum publication publication = result->publication;
    bool is_validate = strcmp(options->command, "validate") == 0;
    bool has_errors = issues_count(result->issues, SEVERITY_ERROR) > 0;
    if (publication == PUBLISHED_UNBALANCED || publication == PUBLISHED_STOPPED) return;
    if (options->place && publication != PUBLISHED)
        next_of_run(options->place, result);
    else if (needs_answer(result))
        result->next = remedy(run, result);
    else if (publication == PUBLISHED && !is_validate)
        next_published(run, result, has_errors);
    else if (publication == PUBLISHED_REPORTS && !is_validate && options->to[OUTPUT_REVIEW])
        next_review(run, result);
    else if (publication == PUBLISHED_REPORTS && !is_validate)
        next_convert(run, result, true, true);
    else
        next_convert(run, result, has_errors && options->stop_on_error, false);
}
