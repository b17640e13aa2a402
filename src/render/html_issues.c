/* html_issues.c: every cause with its anchor, reason, fix and examples. The page stays small: EXAMPLES_SHOWN examples
 * in all, errors before warnings, and each cause gets a few before one gets many. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "render/html_private.h"

#define EXAMPLES_SHOWN 2000
#define EXAMPLES_FIRST 5 /* for each cause, before any gets more */

/* --- anchors --------------------------------------------------------------------------------------------- */

static char *anchor_of(const struct issue_cause *cause) {
    struct buffer text = {0};
    buffer_add_text(&text, issue_kind(cause->code)->name);
    if (!cause->field[0]) return buffer_take(&text);
    buffer_add_char(&text, '-');
    size_t length = text.length;
    html_slug(&text, cause->field);
    if (text.length == length) /* no ASCII letter in it */
        buffer_print(&text, "%08x", (unsigned)(hash_bytes(view_of(cause->field), 0) & 0xffffffffu));
    return buffer_take(&text);
}

char **html_anchors(const struct issue_cause *const *causes, size_t count) {
    char **anchors = memory_get_zero(count + 1, sizeof *anchors);
    struct table *seen = table_create();
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        anchors[i] = anchor_of(causes[i]);
        table_add(seen, view_of(anchors[i]), &is_new);
        for (int number = 2; !is_new; number++) { /* "Job #" and "Job": a slug never holds two dashes itself */
            char *first = anchor_of(causes[i]);
            free(anchors[i]);
            anchors[i] = memory_print("%s--%d", first, number);
            free(first);
            table_add(seen, view_of(anchors[i]), &is_new);
        }
    }
    table_destroy(seen);
    return anchors;
}

/* --- how many of each ------------------------------------------------------------------------------------ */

static size_t *shown_counts(const struct issue_cause *const *causes, size_t count) {
    size_t *shown = memory_get_zero(count + 1, sizeof *shown), left = EXAMPLES_SHOWN;
    static const enum severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (int round = 0; round < 2; round++)
            for (size_t i = 0; i < count; i++) {
                bool is_meant = (issue_kind(causes[i]->code)->severity == SEVERITY_ERROR) == (k == 0);
                size_t wanted = is_meant ? causes[i]->example_count - shown[i] : 0;
                if (round == 0 && wanted > EXAMPLES_FIRST) wanted = EXAMPLES_FIRST;
                if (wanted > left) wanted = left;
                shown[i] += wanted;
                left -= wanted;
            }
    return shown;
}

/* --- examples -------------------------------------------------------------------------------------------- */

/* The place is the link to the example: "row 20", and where that is. */
static void add_place(const struct result *result, const struct issue_example *example, const char *anchor,
                      size_t number, struct buffer *out) {
    buffer_print(out, "<td class=\"place\"><div><a class=\"kind\" href=\"#%s.%zu\">", anchor, number);
    if (example->row > 0)
        buffer_print(out, "row %llu", (unsigned long long)example->row);
    else
        buffer_add_text(out, "the file");
    buffer_add_text(out, "</a><br><span class=\"soft\">");
    if (example->file < result->file_count) html_text(out, result->files[example->file].path);
    if (example->line > 0)
        buffer_print(out, "<wbr>:%llu:%llu", (unsigned long long)example->line, (unsigned long long)example->column);
    buffer_add_text(out, "</span></div></td>");
}

static void add_value(const struct issue_example *example, const struct html_options *options, struct buffer *out) {
    bool is_masked = example->is_private && (!options->show_private || !example->value[0]);
    bool is_there = is_masked || example->value[0];
    buffer_print(out, "<td class=\"%s\">",
                 !is_there                                           ? "none"
                 : is_masked || strlen(example->value) <= HTML_SHORT ? "kind"
                                                                     : "value");
    if (is_masked)
        buffer_add_text(out, "(private)");
    else
        html_text(out, is_there ? example->value : "–");
    buffer_add_text(out, "</td>");
}

static void add_example(const struct result *result, const struct html_options *options,
                        const struct issue_example *example, const char *anchor, size_t number, struct buffer *out) {
    buffer_print(out, "<tr id=\"%s.%zu\"><td class=\"sentence\">", anchor, number);
    html_sentence(out, example->detail);
    buffer_add_text(out, "</td>");
    html_short_cell(out, example->person);
    html_short_cell(out, example->day);
    add_value(example, options, out);
    html_example_amount(out, example);
    html_short_cell(out, example->id);
    add_place(result, example, anchor, number, out);
    buffer_add_text(out, "</tr>\n");
}

static void add_examples(const struct result *result, const struct html_options *options,
                         const struct issue_cause *cause, const char *anchor, size_t shown, struct buffer *out) {
    static const char *const heads[] = {"What", "Employee", "Day", "Value", "Amount", "ID", "Place"};
    char *caption = memory_print("Where %s occurs", anchor);
    if (shown > 0) {
        html_table_start(out, caption, "group");
        buffer_add_text(out, "<thead><tr>");
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            html_head(out, heads[i], i == 4);
        buffer_add_text(out, "</tr></thead><tbody>\n");
        for (size_t i = 0; i < shown; i++)
            add_example(result, options, &cause->examples[i], anchor, i + 1, out);
        html_table_end(out);
    }
    free(caption);
    if (shown == cause->count) return;
    buffer_print(out, "<p class=\"soft\">Shown %zu of ", shown);
    words_count(out, cause->count);
    buffer_add_text(out, ", the largest amounts first.</p>\n");
}

/* --- causes ---------------------------------------------------------------------------------------------- */

/* The first sentence; what a person at the command line would type is folded below it. */
static void add_fix(const struct result *result, const struct issue_cause *cause, struct buffer *out) {
    char *fix = render_fix(result, cause, NULL, ""), *commands = issue_fix_cut(fix);
    buffer_add_text(out, "<p><strong>Fix:</strong> ");
    html_text(out, fix);
    buffer_add_text(out, "</p>\n");
    if (commands) buffer_add_text(out, "<details class=\"soft\"><summary>Commands for it</summary>\n<p>");
    for (char *line = commands, *next; line; line = next) {
        next = issue_fix_cut(line);
        bool is_command = strncmp(line, "st2plecto ", 10) == 0;
        buffer_print(out, "%s%s", line == commands ? "" : "<br>", is_command ? "<code>" : "");
        html_text(out, line);
        buffer_add_text(out, is_command ? "</code>" : "");
    }
    if (commands) buffer_add_text(out, "</p>\n</details>\n");
    free(fix);
}

static void add_cause(const struct result *result, const struct html_options *options, const struct issue_cause *cause,
                      const char *anchor, size_t shown, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(cause->code);
    bool is_error = kind->severity == SEVERITY_ERROR;
    buffer_print(out, "<section id=\"%s\" class=\"cause %s\">\n<h3><span class=\"badge\">%s</span> ", anchor,
                 is_error ? "error" : "warning", is_error ? "Error" : "Warning");
    html_capital(out, kind->title);
    if (cause->field[0]) {
        buffer_add_text(out, ": ");
        html_text(out, cause->field);
    }
    buffer_print(out, " <a class=\"anchor\" href=\"#%s\" aria-label=\"Link to %s\">#</a></h3>\n<p><strong>", anchor,
                 anchor);
    words_plural(out, cause->count, "time", "times");
    buffer_add_text(out, "</strong>");
    if (cause->money_count > 0) {
        buffer_add_text(out, ", <strong>");
        decimal_print_human(out, cause->money, true);
        buffer_add_text(out, "</strong> affected");
    }
    buffer_print(out, " <span class=\"soft\">· %s %s</span></p>\n<p>", kind->name, kind->slug);
    html_sentence(out, kind->reason);
    buffer_add_text(out, "</p>\n");
    add_fix(result, cause, out);
    add_examples(result, options, cause, anchor, shown, out);
    buffer_add_text(out, "</section>\n");
}

static void add_summary(const struct result *result, const struct issue_cause *const *causes, size_t count,
                        const size_t *shown, struct buffer *out) {
    uint64_t all = 0, told = 0;
    for (size_t i = 0; i < count; i++) {
        all += causes[i]->count;
        told += shown[i];
    }
    buffer_add_text(out, "<p>");
    words_plural(out, issues_count(result->issues, SEVERITY_ERROR), "error", "errors");
    buffer_add_text(out, " and ");
    words_plural(out, issues_count(result->issues, SEVERITY_WARNING), "warning", "warnings");
    buffer_add_text(out, " of ");
    words_plural(out, count, "kind", "kinds");
    if (told < all) {
        buffer_add_text(out, ". Shown are ");
        words_count(out, told);
        buffer_add_text(out, " of ");
        words_count(out, all);
        buffer_add_text(out, "; the counts are complete");
    }
    buffer_add_text(out, ".</p>\n");
}

void html_issues(const struct result *result, const struct html_options *options, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    html_section(out, "issues", "All problems");
    if (count == 0) {
        buffer_add_text(out, "<p>None: every row passed every check.</p>\n</section>\n");
        return;
    }
    size_t *shown = shown_counts(causes, count);
    char **anchors = html_anchors(causes, count);
    add_summary(result, causes, count, shown, out);
    for (size_t i = 0; i < count; i++) {
        add_cause(result, options, causes[i], anchors[i], shown[i], out);
        free(anchors[i]);
    }
    buffer_add_text(out, "</section>\n");
    free(anchors);
    free(shown);
}
