/* html.c: report.html, the page a manager opens from a mail: the verdict, and below it what the verdict rests on. It
 * needs nothing but itself. */
#include <stdlib.h>

#include "render/html_page.h"
#include "render/html_private.h"

/* --- verdict --------------------------------------------------------------------------------------------- */

static void add_headline(const struct result *result, struct buffer *out) {
    struct buffer text = {0};
    report_headline(result, &text);
    if (text.length > 0) buffer_print(out, "<p><strong>%.*s</strong></p>\n", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
}

static void add_subject(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "<p>");
    html_text(out, result->schema_title && result->schema_title[0] ? result->schema_title : result->schema_name);
    buffer_add_text(out, " · ");
    if (result->file_count == 1)
        html_text(out, result->files[0].path);
    else
        words_plural(out, result->file_count, "file", "files");
    if (result->first_date) {
        buffer_add_text(out, " · ");
        html_text(out, result->first_date);
        buffer_add_text(out, " to ");
        html_text(out, result->last_date);
        buffer_add_text(out, " · ");
        words_plural(out, result->employees, "employee", "employees");
    }
    buffer_add_text(out, "</p>\n");
}

static void add_issue_counts(uint64_t errors, uint64_t warnings, struct buffer *out) {
    buffer_add_text(out, "<p>");
    if (errors + warnings == 0) {
        buffer_add_text(out, "No errors, no warnings.</p>\n");
        return;
    }
    buffer_add_text(out, "<a href=\"#issues\">");
    words_plural(out, errors, "error", "errors");
    buffer_add_text(out, " and ");
    words_plural(out, warnings, "warning", "warnings");
    buffer_add_text(out, "</a></p>\n");
}

static void add_links(const struct result *result, struct buffer *out) {
    struct buffer fix = {0};
    html_fix_title(result, &fix);
    buffer_add_char(&fix, '\0');
    struct {
        const char *name, *title;
        bool is_there;
    } links[] = {
        {"fix", fix.text, fix.text[0] != '\0'},
        {"ledger", "Ledger", true},
        {"active", "Active", result->has_active},
        {"totals", "Total rows", result->total_count > 0},
        {"periods", "Totals", result->grid.metric != NULL},
        {"issues", "All problems",
         issues_count(result->issues, SEVERITY_ERROR) + issues_count(result->issues, SEVERITY_WARNING) > 0},
        {"notes", "Notes", result->note_count > 0},
        {"charts", "Charts", true},
        {"facts", "Technical details", true},
    };
    buffer_add_text(out, "<nav aria-label=\"On this page\"><ul>\n");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (links[i].is_there) buffer_print(out, "<li><a href=\"#%s\">%s</a></li>\n", links[i].name, links[i].title);
    buffer_add_text(out, "</ul></nav>\n");
    buffer_free(&fix);
}

static void add_header(const struct result *result, const char *verdict, struct buffer *out) {
    bool is_stopped = result->publication == PUBLISHED_STOPPED;
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    uint64_t warnings = issues_count(result->issues, SEVERITY_WARNING);
    static const enum html_mood moods[] = {
        [VERDICT_ALL_IN] = MOOD_GOOD, [VERDICT_SET_ASIDE] = MOOD_MIXED, [VERDICT_NOTHING] = MOOD_BAD};
    html_verdict_start(moods[report_verdict_state(result)], verdict, out);
    add_headline(result, out);
    if (is_stopped && result->stopped_fix) {
        buffer_add_text(out, "<p>");
        html_lines(out, result->stopped_fix);
        buffer_add_text(out, "</p>\n");
    }
    if (!is_stopped) {
        add_subject(result, out);
        add_issue_counts(errors, warnings, out);
    }
    buffer_add_text(out, "</div>\n</div>\n");
    if (!is_stopped) add_links(result, out);
    buffer_add_text(out, "</header>\n");
}

/* --- page ------------------------------------------------------------------------------------------------ */

void render_html(const struct result *result, const struct html_options *options, struct buffer *out) {
    struct buffer text = {0};
    report_verdict(result, &text);
    char *verdict = buffer_take(&text);
    html_page_start(verdict, out);
    add_header(result, verdict, out);
    free(verdict);
    if (result->publication == PUBLISHED_STOPPED) {
        buffer_add_text(out, "<main></main>\n</body>\n</html>\n");
        return;
    }
    buffer_add_text(out, "<main>\n");
    html_fix(result, out);
    html_figures(result, out);
    html_grid(result, out);
    html_ledger(result, out);
    html_active(result, out);
    html_totals(result, out);
    html_issues(result, options, out);
    html_notes(result, out);
    html_section(out, "charts", "Charts");
    html_days(result, out);
    buffer_add_text(out, "<div class=\"charts\">\n");
    html_people(result, out);
    html_causes_chart(result, out);
    buffer_add_text(out, "</div>\n</section>\n");
    html_facts(result, out);
    buffer_add_text(out,
                    "</main>\n<footer><p>Made by st2plecto from the exports named above. This page has no script and "
                    "makes no network requests.</p></footer>\n</body>\n</html>\n");
}
