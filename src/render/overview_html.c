/* overview_html.c: overview.html, the page that says of every data source of a night whether it is in. */
#include "render/html_page.h"
#include "render/html_private.h"
#include "render/overview_render.h"

#include <stdlib.h>
#include <string.h>

static void add_header(const struct overview *overview, struct buffer *out) {
    static const enum html_mood moods[] = {
        [VERDICT_ALL_IN] = MOOD_GOOD, [VERDICT_SET_ASIDE] = MOOD_MIXED, [VERDICT_NOTHING] = MOOD_BAD};
    struct buffer text = {0};
    overview_verdict(overview, &text);
    char *verdict = buffer_take(&text);
    html_page_start(verdict, out);
    html_verdict_start(moods[overview_state(overview)], verdict, out);
    free(verdict);
    size_t kept = 0;
    for (size_t i = 0; i < overview->source_count; i++)
        kept += !overview->sources[i].is_renewed && overview->sources[i].folder;
    if (kept > 0) {
        buffer_add_text(out, "<p>");
        words_plural(out, kept, "data source is from an earlier run", "data sources are from an earlier run");
        buffer_add_text(out, ".</p>\n");
    }
    buffer_add_text(out, "</div>\n</div>\n</header>\n");
}

static void add_name(const struct overview_source *source, struct buffer *out) {
    buffer_add_text(out, "<th scope=\"row\">");
    if (source->folder) {
        buffer_add_text(out, "<a href=\"");
        html_text(out, source->folder);
        buffer_add_text(out, "/report.html\">");
    }
    html_text(out, source->name);
    if (source->folder) buffer_add_text(out, "</a>");
    buffer_add_text(out, "</th>");
}

/* What a cell says below its first line; texts of ours and from outside, a fix in several lines. */
static void add_small(const char *text, struct buffer *out) {
    if (!text) return;
    buffer_add_text(out, "<br><span class=\"soft\">");
    html_lines(out, text);
    buffer_add_text(out, "</span>");
}

static void add_small_count(uint64_t count, const char *one, const char *several, struct buffer *out) {
    struct buffer text = {0};
    words_plural(&text, count, one, several);
    buffer_add_char(&text, '\0');
    add_small(text.text, out);
    buffer_free(&text);
}

static bool needs_a_look(const struct overview_source *source) {
    return source->verdict && (source->state != VERDICT_ALL_IN || source->stopped);
}

static void add_verdict(const struct overview_source *source, struct buffer *out) {
    struct buffer age = {0};
    overview_age(source, &age);
    buffer_add_char(&age, '\0');
    buffer_add_text(out, "<td>");
    if (needs_a_look(source)) buffer_add_text(out, "<span class=\"badge kind\">");
    html_text(out, source->verdict ? source->verdict : "–");
    if (needs_a_look(source)) buffer_add_text(out, "</span>");
    add_small(age.length > 1 ? age.text : NULL, out);
    add_small(source->headline, out);
    add_small(source->note, out);
    add_small(source->stopped, out);
    add_small(source->stopped_fix, out);
    buffer_add_text(out, "</td>");
    buffer_free(&age);
}

static void add_days(const struct overview_source *source, struct buffer *out) {
    buffer_add_text(out, "<td class=\"kind\">");
    html_text(out, source->first_date ? source->first_date : "–");
    if (source->last_date && source->first_date && strcmp(source->first_date, source->last_date) != 0) {
        buffer_add_text(out, "<br>to ");
        html_text(out, source->last_date);
    }
    buffer_add_text(out, "</td>");
}

static void add_rows(uint64_t rows, uint64_t files, struct buffer *out) {
    buffer_add_text(out, "<td class=\"n\">");
    words_count(out, rows);
    add_small_count(files, "file", "files", out);
    buffer_add_text(out, "</td>");
}

static void add_issues(uint64_t errors, uint64_t warnings, struct buffer *out) {
    buffer_add_text(out, errors + warnings > 0 ? "<td class=\"n\">" : "<td class=\"n none\">–");
    if (errors > 0) words_plural(out, errors, "error", "errors");
    if (errors > 0 && warnings > 0) buffer_add_text(out, "<br>");
    if (warnings > 0) words_plural(out, warnings, "warning", "warnings");
    buffer_add_text(out, "</td>");
}

/* The amount, and below it which one it is. */
static void add_amount(const struct overview_source *source, struct buffer *out) {
    if (!source->has_money) {
        buffer_add_text(out, "<td class=\"n none\">–</td>");
        return;
    }
    buffer_add_text(out, source->money_written < 0 ? "<td class=\"n minus\">" : "<td class=\"n\">");
    decimal_print_human(out, source->money_written, true);
    add_small(source->money_title, out);
    buffer_add_text(out, "</td>");
}

static void add_source(const struct overview_source *source, struct buffer *out) {
    static const char *const rows[] = {[VERDICT_ALL_IN] = "<tr>",
                                       [VERDICT_SET_ASIDE] = "<tr class=\"warning\">",
                                       [VERDICT_NOTHING] = "<tr class=\"error\">"};
    buffer_add_text(out, source->stopped ? rows[VERDICT_NOTHING] : rows[source->state]);
    add_name(source, out);
    add_verdict(source, out);
    add_days(source, out);
    add_rows(source->rows, source->files, out);
    html_count_cell(out, source->registrations);
    add_amount(source, out);
    add_issues(source->errors, source->warnings, out);
    buffer_add_text(out, "</tr>\n");
}

static void add_sources(const struct overview *overview, struct buffer *out) {
    static const struct {
        const char *title;
        bool is_number;
    } heads[] = {{"Data source", false},  {"Verdict", false},       {"Days", false}, {"Rows", true},
                 {"Registrations", true}, {"Amount written", true}, {"Issues", true}};
    html_section(out, "sources", "Data sources");
    html_table_start(out, "A line for each data source", "region");
    buffer_add_text(out, "<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        html_head(out, heads[i].title, heads[i].is_number);
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < overview->source_count; i++)
        add_source(&overview->sources[i], out);
    const struct overview_totals totals = overview_totals(overview);
    buffer_add_text(out, "<tr>");
    html_row_head(out, "All");
    buffer_add_text(out, "<td></td><td></td>");
    add_rows(totals.rows, totals.files, out);
    html_count_cell(out, totals.registrations);
    buffer_add_text(out, "<td></td>");
    add_issues(totals.errors, totals.warnings, out);
    buffer_add_text(out, "</tr>\n");
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

static void start_files(const char *name, const char *title, struct buffer *out) {
    html_section(out, name, title);
    html_table_start(out, title, "group");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "File", false);
    html_head(out, "Why", false);
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
}

static void add_file(const char *path, const char *reason, const char *fix, struct buffer *out) {
    buffer_add_text(out, "<tr>");
    html_row_head(out, path);
    buffer_add_text(out, "<td>");
    html_text(out, reason);
    add_small(fix, out);
    buffer_add_text(out, "</td></tr>\n");
}

void render_overview_html(const struct overview *overview, struct buffer *out) {
    add_header(overview, out);
    buffer_add_text(out, "<main>\n");
    add_sources(overview, out);
    if (overview->unsorted_count > 0) {
        start_files("not-recognized", "Files that were not recognized", out);
        for (size_t i = 0; i < overview->unsorted_count; i++)
            add_file(overview->unsorted[i].path, overview->unsorted[i].reason, overview->unsorted[i].fix, out);
        html_table_end(out);
        buffer_add_text(out, "</section>\n");
    }
    if (overview->skipped && overview->skipped->count > 0) {
        start_files("skipped", "Files that are no exports and were not read", out);
        for (size_t i = 0; i < overview->skipped->count; i++) {
            const struct skipped_file *file = &overview->skipped->list[i];
            add_file(file->path, file->reason, skipped_advice(file), out);
        }
        html_table_end(out);
        buffer_add_text(out, "</section>\n");
    }
    buffer_add_text(out, "</main>\n<footer><p>Made by st2plecto. This page has no script and makes no network "
                         "requests.</p></footer>\n</body>\n</html>\n");
}
