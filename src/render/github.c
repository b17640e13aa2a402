/* github.c: workflow commands of GitHub Actions (docs.github.com, "Workflow commands": error, warning, notice). GitHub
 * shows ten annotations of a step: nine go to the largest causes, the tenth says how many more there are. */
#include "base/plain.h"

#include "render/render.h"
#include <stdlib.h>

#define SHOWN_CAUSES 9

/* Data: percent, CR and LF are escaped; properties (`is_property`) their own signs too. */
static void add_escaped(struct buffer *out, const char *text, bool is_property) {
    for (struct view rest = view_of(text); rest.length > 0;) {
        struct plain_character character = plain_character(rest);
        uint32_t c = character.value;
        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            buffer_print(out, "%%%02X", (unsigned)c);
        else
            plain_add_character(out, rest, character);
        rest = view_from(rest.text + character.length, rest.length - character.length);
    }
}

static void add_place(const struct result *result, const struct issue_example *example, struct buffer *out) {
    if (example->file >= result->file_count) return;
    const struct result_file *file = &result->files[example->file];
    buffer_add_text(out, " file=");
    add_escaped(out, file->path, true);
    if (example->line > 0)
        buffer_print(out, ",line=%llu,col=%llu", (unsigned long long)example->line,
                     (unsigned long long)example->column);
    buffer_add_char(out, ',');
}

static void add_cause(const struct result *result, const struct issue_cause *cause, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(cause->code);
    const struct issue_example *example = cause->example_count > 0 ? &cause->examples[0] : NULL;
    buffer_add_text(out, kind->severity == SEVERITY_ERROR ? "::error" : "::warning");
    size_t begin = out->length;
    if (example) add_place(result, example, out);
    if (out->length == begin) buffer_add_char(out, ' ');
    buffer_add_text(out, "title=");
    buffer_print(out, "%s %s", kind->name, kind->slug);
    buffer_add_text(out, "::");
    add_escaped(out, example ? example->detail : kind->title, false);
    if (cause->count > 1) {
        buffer_print(out, " (and %llu more", (unsigned long long)(cause->count - 1));
        if (cause->money_count > 0) {
            buffer_add_text(out, ", together ");
            decimal_print_human(out, cause->money, true);
        }
        buffer_add_char(out, ')');
    }
    buffer_add_text(out, "%0Afix: ");
    char *fix = render_fix(result, cause, NULL, "");
    add_escaped(out, fix, false);
    free(fix);
    buffer_add_char(out, '\n');
}

/* The error that stopped the run, at the file it names. */
static void add_stopped(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "::error ");
    size_t file = report_stopped_file(result);
    if (file < result->file_count) {
        buffer_add_text(out, "file=");
        add_escaped(out, result->files[file].path, true);
        buffer_add_char(out, ',');
    }
    buffer_add_text(out, "title=st2plecto::");
    add_escaped(out, result->stopped, false);
    if (result->stopped_fix) {
        buffer_add_text(out, "%0Afix: ");
        add_escaped(out, result->stopped_fix, false);
    }
    buffer_add_char(out, '\n');
}

void render_github(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    uint64_t rest = 0;
    if (result->publication == PUBLISHED_STOPPED) {
        add_stopped(result, out);
        return;
    }
    if (result->balance) {
        buffer_add_text(out, "::error title=the ledger does not balance::");
        add_escaped(out, result->balance, false);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < count; i++)
        if (i < SHOWN_CAUSES)
            add_cause(result, causes[i], out);
        else
            rest += causes[i]->count;
    if (count > SHOWN_CAUSES)
        buffer_print(out, "::%s title=st2plecto::%zu more kinds of problem with %llu issues. See the whole report\n",
                     issue_kind(causes[SHOWN_CAUSES]->code)->severity == SEVERITY_ERROR ? "error" : "warning",
                     count - SHOWN_CAUSES, (unsigned long long)rest);
}
