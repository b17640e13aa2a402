/* overview_html.c: overview.html, the page that says of every data source of a night whether it is in. */
#include "render/html_page.h"
#include "render/html_private.h"
#include "render/overview_render.h"

#include <stdlib.h>

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

/* What the verdict's cell says below the verdict; texts of ours and from outside. */
static void add_small(const char *text, struct buffer *out) {
    if (!text) return;
    buffer_add_text(out, "<br><span class=\"soft\">");
    html_text(out, text);
    buffer_add_text(out, "</span>");
}

static void add_verdict(const struct overview_source *source, struct buffer *out) {
    struct buffer age = {0};
    overview_age(source, &age);
    buffer_add_char(&age, '\0');
    buffer_add_text(out, "<td>");
    html_text(out, source->verdict ? source->verdict : "–");
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

static void add_source(const struct overview_source *source, struct buffer *out) {
    buffer_add_text(out, "<tr>");
    add_name(source, out);
    add_verdict(source, out);
    add_days(source, out);
    html_count_cell(out, source->files);
    html_count_cell(out, source->rows);
    html_count_cell(out, source->rejected);
    html_count_cell(out, source->registrations);
    if (source->has_money) {
        html_amount_cell(out, source->money_written, true);
        html_text_cell(out, source->money_title);
    } else {
        buffer_add_text(out, "<td class=\"n\">–</td><td>–</td>");
    }
    html_count_cell(out, source->errors);
    html_count_cell(out, source->warnings);
    buffer_add_text(out, "</tr>\n");
}

static void add_sources(const struct overview *overview, struct buffer *out) {
    static const struct {
        const char *title;
        bool is_number;
    } heads[] = {{"Data source", false}, {"Verdict", false},  {"Days", false},         {"Files", true},
                 {"Rows", true},         {"Set aside", true}, {"Registrations", true}, {"Amount written", true},
                 {"of", false},          {"Errors", true},    {"Warnings", true}};
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
    html_count_cell(out, totals.files);
    html_count_cell(out, totals.rows);
    html_count_cell(out, totals.rejected);
    html_count_cell(out, totals.registrations);
    buffer_add_text(out, "<td></td><td></td>");
    html_count_cell(out, totals.errors);
    html_count_cell(out, totals.warnings);
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
