/* plan_html.c: the plan as a page for those who decide: one file, no script, no request, in the dress of report.html. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "render/html_page.h"
#include "render/html_words.h"
#include "upload/plan_private.h"

#define GROUPS_LISTED 500

/* --- head ------------------------------------------------------------------------------------------------------------- */

static void add_links(const struct upload_plan *plan, struct buffer *out) {
    const struct {
        const char *name, *title;
        bool is_there;
    } links[] = {
        {"figures", "In figures", true},
        {"changes", "Changes", plan->detail_count > 0},
        {"fields", "Fields", true},
        {"employees", "Employees", plan->person_count > 0},
        {"days", "Days", plan->day_count > 0},
        {"profiles", "New profiles", plan->profile_count > 0},
        {"facts", "Facts", true},
    };
    buffer_add_text(out, "<nav aria-label=\"On this page\"><ul>\n");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (links[i].is_there) buffer_print(out, "<li><a href=\"#%s\">%s</a></li>\n", links[i].name, links[i].title);
    buffer_add_text(out, "</ul></nav>\n");
}

static void add_header(const struct upload_plan *plan, const char *verdict, struct buffer *out) {
    bool is_empty = upload_plan_is_empty(plan);
    html_verdict_start(is_empty ? MOOD_GOOD : MOOD_MIXED, verdict, out);
    buffer_add_text(out, "<p>");
    html_text(out, plan->schema);
    buffer_add_text(out, " · ");
    html_text(out, plan->folder);
    if (plan->first_day[0]) {
        buffer_add_text(out, " · ");
        html_text(out, plan->first_day);
        buffer_add_text(out, " to ");
        html_text(out, plan->last_day);
    }
    buffer_add_text(out, is_empty ? "</p>\n<p>Plecto has all of it.</p>\n" : "</p>\n<p>Nothing is sent yet.</p>\n");
    buffer_add_text(out, "</div>\n</div>\n");
    add_links(plan, out);
    buffer_add_text(out, "</header>\n");
}

/* --- figures ---------------------------------------------------------------------------------------------------------- */

static void add_figures(const struct upload_plan *plan, struct buffer *out) {
    html_section(out, "figures", "In figures");
    buffer_add_text(out, "<dl class=\"figures\">\n");
    for (int kind = 0; kind < PLAN_KIND_COUNT; kind++) {
        bool is_always = kind == PLAN_NEW || kind == PLAN_CHANGED || kind == PLAN_UNCHANGED || kind == PLAN_VANISHED;
        if (!is_always && plan->counts[kind] == 0) continue;
        const char *name = upload_plan_kind_name((enum plan_kind)kind);
        buffer_print(out, "<div class=\"figure\"><dt>%c%s</dt><dd>", name[0] - 'a' + 'A', name + 1);
        words_count(out, plan->counts[kind]);
        buffer_add_text(out, "</dd></div>\n");
    }
    buffer_add_text(out, "</dl>\n");
    if (plan->money_field < plan->field_count) {
        const struct plan_field *field = &plan->fields[plan->money_field];
        buffer_add_text(out, "<p>");
        html_text(out, field->title);
        buffer_add_text(out, " of what is new, changed or vanished: ");
        decimal_print_human(out, field->before, true);
        buffer_add_text(out, " before, ");
        decimal_print_human(out, field->after, true);
        buffer_add_text(out, " after.</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

/* --- changes ---------------------------------------------------------------------------------------------------------- */

static void add_value(struct buffer *out, const char *text) {
    buffer_add_text(out, "<td class=\"value\">");
    html_text(out, *text ? text : "–");
    buffer_add_text(out, "</td>");
}

/* A row for each field that changes; one row where the whole registration is new or vanished. */
static void add_detail(const struct upload_plan *plan, const struct plan_detail *detail, struct buffer *out) {
    size_t rows = detail->difference_count > 0 ? detail->difference_count : 1;
    for (size_t i = 0; i < rows; i++) {
        buffer_add_text(out, "<tr>");
        html_row_head(out, detail->id);
        html_text_cell(out, detail->day);
        html_text_cell(out, detail->person);
        html_text_cell(out, upload_plan_kind_name(detail->kind));
        if (detail->difference_count > 0) {
            const struct plan_difference *difference = &detail->differences[i];
            html_text_cell(out, plan->fields[difference->field].title);
            add_value(out, difference->before);
            add_value(out, difference->after);
        } else {
            bool has_money = plan->money_field < plan->field_count;
            bool is_gone = detail->kind == PLAN_EXPIRED ||
                           ((detail->kind == PLAN_VANISHED || detail->kind == PLAN_PART_GONE) && plan->options.vanished == VANISHED_DELETE);
            bool is_new = detail->kind == PLAN_NEW;
            html_text_cell(out, has_money ? plan->fields[plan->money_field].title : "–");
            struct buffer before = {0}, after = {0};
            if (has_money && !is_new) decimal_print_human(&before, detail->before, true);
            if (has_money && !is_gone) decimal_print_human(&after, detail->after, true);
            char *before_text = buffer_take(&before), *after_text = buffer_take(&after);
            add_value(out, before_text);
            add_value(out, after_text);
            free(before_text);
            free(after_text);
        }
        buffer_add_text(out, "</tr>\n");
    }
}

static void add_heads(struct buffer *out, const char *const *titles, size_t count, size_t first_number) {
    buffer_add_text(out, "<thead><tr>");
    for (size_t i = 0; i < count; i++)
        html_head(out, titles[i], i >= first_number);
    buffer_add_text(out, "</tr></thead><tbody>\n");
}

static void add_changes(const struct upload_plan *plan, struct buffer *out) {
    static const char *const titles[] = {"ID", "Day", "Employee", "Kind", "Field", "Before", "After"};
    if (plan->detail_count == 0) return;
    html_section(out, "changes", "Changes, largest amounts first");
    html_table_start(out, "Changes of registrations, field by field", "region");
    add_heads(out, titles, 7, 7);
    for (size_t i = 0; i < plan->detail_count; i++)
        add_detail(plan, &plan->details[i], out);
    html_table_end(out);
    if (plan->detail_count < plan->detail_total) {
        buffer_add_text(out, "<p class=\"soft\">Shown ");
        words_count(out, plan->detail_count);
        buffer_add_text(out, " of ");
        words_plural(out, plan->detail_total, "registration", "registrations");
        buffer_add_text(out, ".</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

/* --- sums ------------------------------------------------------------------------------------------------------------- */

static void add_fields(const struct upload_plan *plan, struct buffer *out) {
    static const char *const titles[] = {"Field", "Changed", "Emptied", "Before", "After", "Difference"};
    html_section(out, "fields", "Fields");
    buffer_add_text(out,
                    "<p>Plecto replaces a registration as a whole. A field that is empty or missing loses its value "
                    "there.</p>\n");
    html_table_start(out, "Fields that change, and their money", "region");
    add_heads(out, titles, 6, 1);
    size_t shown = 0;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct plan_field *field = &plan->fields[i];
        if (field->changed == 0 && !field->is_money) continue;
        shown++;
        buffer_add_text(out, "<tr>");
        html_row_head(out, field->title);
        html_count_cell(out, field->changed);
        html_count_cell(out, field->emptied);
        if (field->is_money) {
            html_amount_cell(out, field->before, true);
            html_amount_cell(out, field->after, true);
            html_amount_cell(out, field->after - field->before, true);
        } else {
            buffer_add_text(out, "<td class=\"n\">–</td><td class=\"n\">–</td><td class=\"n\">–</td>");
        }
        buffer_add_text(out, "</tr>\n");
    }
    if (shown == 0) buffer_add_text(out, "<tr><td colspan=\"6\">No field changes.</td></tr>\n");
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

static void add_groups(const struct plan_group *groups, size_t count, const char *name, const char *title,
                       struct buffer *out) {
    const char *const titles[] = {title, "New", "Changed", "Unchanged", "Vanished", "Before", "After"};
    if (count == 0) return;
    html_section(out, name, title);
    html_table_start(out, strcmp(name, "days") == 0 ? "Registrations by day" : "Registrations by employee", "region");
    add_heads(out, titles, 7, 1);
    for (size_t i = 0; i < count && i < GROUPS_LISTED; i++) {
        const uint64_t *counts = groups[i].counts;
        buffer_add_text(out, "<tr>");
        html_row_head(out, groups[i].title ? groups[i].title : groups[i].key);
        html_count_cell(out, counts[PLAN_NEW]);
        html_count_cell(out, counts[PLAN_CHANGED] + counts[PLAN_AGAIN] + counts[PLAN_REFUSED]);
        html_count_cell(out, counts[PLAN_UNCHANGED]);
        html_count_cell(out, counts[PLAN_VANISHED] + counts[PLAN_PART_GONE] + counts[PLAN_EXPIRED]);
        html_amount_cell(out, groups[i].before, true);
        html_amount_cell(out, groups[i].after, true);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    if (count > GROUPS_LISTED) {
        buffer_add_text(out, "<p class=\"soft\">And ");
        words_count(out, count - GROUPS_LISTED);
        buffer_add_text(out, " more.</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

static void add_profiles(const struct upload_plan *plan, struct buffer *out) {
    static const char *const titles[] = {"Employee", "Provider", "ID", "Registrations"};
    if (plan->profile_count == 0) return;
    html_section(out, "profiles", "Employee profiles that Plecto would create");
    buffer_add_text(out, "<p>Plecto creates a profile without a login for each ID it does not know. Merged profiles "
                         "cannot be separated again.</p>\n");
    html_table_start(out, "New employee profiles", "region");
    add_heads(out, titles, 4, 3);
    for (size_t i = 0; i < plan->profile_count && i < GROUPS_LISTED; i++) {
        buffer_add_text(out, "<tr>");
        html_row_head(out, plan->profiles[i].name);
        html_text_cell(out, plan->profiles[i].provider);
        html_text_cell(out, plan->profiles[i].id);
        html_count_cell(out, plan->profiles[i].count);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

/* --- facts ------------------------------------------------------------------------------------------------------------ */

static void add_fact(struct buffer *out, const char *name, const char *value) {
    buffer_print(out, "<div><dt>%s</dt><dd>", name);
    html_text(out, value && *value ? value : "–");
    buffer_add_text(out, "</dd></div>\n");
}

static void add_facts(const struct upload_plan *plan, struct buffer *out) {
    char *requests = memory_print("%llu at least", (unsigned long long)upload_plan_requests(plan));
    struct buffer notes = {0};
    html_section(out, "facts", "Facts");
    buffer_add_text(out, "<dl class=\"facts\">\n");
    add_fact(out, "Data source", plan->source.uuid ? plan->source.uuid : "not known yet");
    add_fact(out, "Its title", plan->source.title);
    add_fact(out, "A registration is", strcmp(plan->totals, "row") == 0 ? "a row of the export" : plan->totals);
    add_fact(out, "Journal", plan->journal);
    add_fact(out, "Requests", requests);
    buffer_add_text(out, "</dl>\n");
    upload_plan_notes(plan, &notes);
    if (notes.length > 0) {
        char *text = buffer_take(&notes);
        buffer_add_text(out, "<pre>");
        html_text(out, text);
        buffer_add_text(out, "</pre>\n");
        free(text);
    }
    buffer_add_text(out, "</section>\n");
    free(requests);
}

void upload_plan_html(const struct upload_plan *plan, struct buffer *out) {
    struct buffer text = {0};
    upload_plan_verdict(plan, &text);
    char *verdict = buffer_take(&text);
    html_page_start(verdict, out);
    add_header(plan, verdict, out);
    buffer_add_text(out, "<main>\n");
    add_figures(plan, out);
    add_changes(plan, out);
    add_fields(plan, out);
    add_groups(plan->people, plan->person_count, "employees", "Employees", out);
    add_groups(plan->days, plan->day_count, "days", "Days", out);
    add_profiles(plan, out);
    add_facts(plan, out);
    buffer_add_text(out, "</main>\n<footer><p>Made by st2plecto from the folder and the journal named above. This page "
                         "has no script and makes no network requests.</p></footer>\n</body>\n</html>\n");
    free(verdict);
}
