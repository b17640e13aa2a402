/* text_issues.c: FILE:LINE:COLUMN: error CODE name: sentence (ID, money); the fix once for each cause. */
#include "render/text_private.h"

#include <stdlib.h>

static void add_example(const struct result *result, const struct text_options *options,
                        const struct issue_example *example, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(example->code);
    bool is_error = kind->severity == SEVERITY_ERROR;
    if (example->code != W128_UNREAD_FILE) { /* which names a file that is none of the run's */
        render_place(result, example, out);
        buffer_add_text(out, ": ");
    }
    text_colour(options, out, is_error ? "1;31" : "1;33");
    buffer_print(out, "%s %s %s", is_error ? "error" : "warning", kind->name, kind->slug);
    text_colour(options, out, "0");
    buffer_add_text(out, ": ");
    plain_add_text(out, example->detail);
    bool shows_row = example->row > 0 && example->row != example->line && example->file < result->file_count;
    if (example->id[0] || example->has_money || shows_row) {
        const char *separator = "";
        buffer_add_text(out, " (");
        if (example->id[0]) {
            buffer_add_text(out, "ID ");
            plain_add_text(out, example->id);
            separator = ", ";
        }
        if (example->has_money) {
            buffer_add_text(out, separator);
            decimal_print_human(out, example->money, true);
            separator = ", ";
        }
        if (shows_row)
            buffer_print(out, "%s%s %llu", separator, result->files[example->file].header_row > 0 ? "row" : "record",
                         (unsigned long long)example->row);
        buffer_add_char(out, ')');
    }
    buffer_add_char(out, '\n');
}

static void add_cause(const struct result *result, const struct text_options *options, const struct issue_cause *cause,
                      struct buffer *out) {
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < cause->example_count; i++)
        add_example(result, options, &cause->examples[i], out);
    if (cause->count > cause->example_count) {
        buffer_print(out, "    shown %zu of ", cause->example_count);
        words_count(out, cause->count);
        if (cause->money_count > 0) {
            buffer_add_text(out, ", together ");
            decimal_print_human(out, cause->money, true);
        }
        buffer_add_char(out, '\n');
    }
    text_colour(options, out, "36");
    struct buffer call = {0};
    if (result->call) plain_add_text(&call, result->call);
    char *command = result->call ? buffer_take(&call) : NULL;
    char *fix = render_fix(result, cause, command, FIX_INDENT);
    buffer_print(out, "    fix: %s", fix);
    free(fix);
    free(command);
    text_colour(options, out, "0");
    buffer_add_char(out, '\n');
}

void text_issues(const struct result *result, const struct text_options *options, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    uint64_t warnings = issues_count(result->issues, SEVERITY_WARNING);
    if (count == 0) return;
    if (!options->quiet) {
        buffer_add_text(out, "\nIssues: ");
        words_plural(out, errors, "error", "errors");
        buffer_add_text(out, ", ");
        words_plural(out, warnings, "warning", "warnings");
        if (count > 1 && count < errors + warnings) buffer_print(out, ", of %zu kinds", count);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < count; i++)
        add_cause(result, options, causes[i], out);
}
