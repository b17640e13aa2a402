/* html_parts.c: what each employee has, and which causes the issues have, as bars with their tables. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_private.h"

#define BARS 25    /* drawn; the rest is one bar */
#define LISTED 500 /* in the table of people; the rest is one row */

static void free_items(struct draw_item *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(items[i].label);
        free(items[i].title);
    }
    free(items);
}

static void add_figure(const struct draw_chart *chart, struct buffer *out) {
    buffer_add_text(out, "<figure><figcaption>");
    html_text(out, chart->title);
    buffer_add_text(out, "</figcaption>\n");
    draw_bars(chart, out);
    buffer_add_text(out, "</figure>\n");
}

/* --- employees ------------------------------------------------------------------------------------------- */

static const char *name_of(const struct result_part *person) {
    return person->title && person->title[0] ? person->title : person->key;
}

/* column_count: rows. */
static wide_integer value_of(const struct result *result, const struct result_part *part, size_t column) {
    return column < result->ledger.column_count ? part->sums[column] : (wide_integer)part->rows * DECIMAL_SCALE;
}

static struct draw_item *people_items(const struct result *result, size_t column, size_t *count) {
    size_t drawn = result->person_count > BARS ? BARS : result->person_count;
    struct draw_item *items = memory_get_zero(drawn + 1, sizeof *items);
    *count = drawn;
    for (size_t i = 0; i < drawn; i++) {
        const struct result_part *person = &result->people[i];
        wide_integer value = value_of(result, person, column);
        items[i] = (struct draw_item){.label = memory_copy(view_of(name_of(person))),
                                      .title = memory_copy(view_of(name_of(person))),
                                      .value = value,
                                      .kind = value < 0 ? "bar minus" : "bar"};
    }
    if (drawn == result->person_count) return items;
    struct draw_item *rest = &items[(*count)++];
    for (size_t i = drawn; i < result->person_count; i++)
        decimal_add(&rest->value, value_of(result, &result->people[i], column));
    rest->label = memory_print("%zu others", result->person_count - drawn);
    rest->title = memory_print("%zu others together", result->person_count - drawn);
    rest->kind = "bar rest";
    return items;
}

static void add_person(const struct result *result, const struct result_part *person, struct buffer *out) {
    buffer_add_text(out, "<tr>");
    html_row_head(out, name_of(person));
    html_text_cell(out, person->key);
    html_count_cell(out, person->rows);
    html_column_cells(result, person->sums, out);
    buffer_add_text(out, "</tr>\n");
}

static void add_other_people(const struct result *result, struct buffer *out) {
    struct result_part rest = {0};
    char *name = memory_print("%zu others", result->person_count - LISTED);
    rest.title = name;
    rest.key = "";
    rest.sums = memory_get_zero(result->ledger.column_count + 1, sizeof *rest.sums);
    for (size_t i = LISTED; i < result->person_count; i++) {
        rest.rows += result->people[i].rows;
        for (size_t k = 0; k < result->ledger.column_count; k++)
            decimal_add(&rest.sums[k], result->people[i].sums[k]);
    }
    add_person(result, &rest, out);
    free(rest.sums);
    free(name);
}

static void add_people_table(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "<details><summary>Numbers per employee</summary>\n");
    html_table_start(out, "Rows and amounts per employee", "group");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Employee", false);
    html_head(out, "ID", false);
    html_head(out, "Rows", true);
    html_column_heads(result, out);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < result->person_count && i < LISTED; i++)
        add_person(result, &result->people[i], out);
    if (result->person_count > LISTED) add_other_people(result, out);
    html_table_end(out);
    buffer_add_text(out, "</details>\n");
}

void html_people(const struct result *result, struct buffer *out) {
    size_t column = result_money_column(result), count = 0;
    bool is_money = column < result->ledger.column_count;
    if (result->person_count == 0) return;
    const char *subject = is_money ? result->columns[column].title : "Rows";
    struct draw_item *items = people_items(result, column, &count);
    struct buffer title = {0}, detail = {0};
    buffer_print(&title, "%s per employee", subject);
    words_plural(&detail, result->person_count, "employee", "employees");
    buffer_print(&detail, ", %s first: %s with ", is_money ? "the largest amount" : "as they are listed",
                 items[0].title);
    decimal_print_human(&detail, items[0].value, is_money);
    buffer_add_text(&detail, ". All numbers are in the table below the picture.");
    struct draw_chart chart = {.name = "people-chart",
                               .title = buffer_take(&title),
                               .detail = buffer_take(&detail),
                               .is_money = is_money,
                               .items = items,
                               .count = count};
    buffer_print(out, "<div class=\"chart\"><h3>%s per employee</h3>\n", is_money ? "Money" : "Rows");
    add_figure(&chart, out);
    add_people_table(result, out);
    buffer_add_text(out, "</div>\n");
    free((char *)chart.title);
    free((char *)chart.detail);
    free_items(items, count);
}

/* --- issues by cause ------------------------------------------------------------------------------------- */

static char *cause_text(const struct issue_cause *cause, bool is_short) {
    const struct issue_kind *kind = issue_kind(cause->code);
    const char *severity = kind->severity == SEVERITY_ERROR ? "Error" : "Warning";
    const char *colon = cause->field[0] ? ": " : "";
    if (is_short) return memory_print("%s%s%s", kind->title, colon, cause->field);
    return memory_print("%s %s, %s%s%s", severity, kind->name, kind->title, colon, cause->field);
}

static struct draw_item *cause_items(const struct issue_cause *const *causes, size_t all, size_t *count) {
    size_t drawn = all > BARS ? BARS : all;
    struct draw_item *items = memory_get_zero(drawn + 1, sizeof *items);
    *count = drawn;
    for (size_t i = 0; i < drawn; i++)
        items[i] = (struct draw_item){.label = cause_text(causes[i], true),
                                      .title = cause_text(causes[i], false),
                                      .value = (wide_integer)causes[i]->count * DECIMAL_SCALE,
                                      .kind = issue_kind(causes[i]->code)->severity == SEVERITY_ERROR ? "bar error"
                                                                                                      : "bar warning"};
    if (drawn == all) return items;
    struct draw_item *rest = &items[(*count)++];
    for (size_t i = drawn; i < all; i++)
        decimal_add(&rest->value, (wide_integer)causes[i]->count * DECIMAL_SCALE);
    rest->label = memory_print("%zu other kinds", all - drawn);
    rest->title = memory_print("%zu other kinds together", all - drawn);
    rest->kind = "bar rest";
    return items;
}

static void add_cause(const struct issue_cause *cause, const char *anchor, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(cause->code);
    buffer_print(out, "<tr><th scope=\"row\"><a href=\"#%s\">", anchor);
    html_capital(out, kind->title);
    buffer_add_text(out, "</a></th>");
    html_text_cell(out, kind->severity == SEVERITY_ERROR ? "error" : "warning");
    html_text_cell(out, cause->field[0] ? cause->field : "–");
    html_count_cell(out, cause->count);
    if (cause->money_count > 0)
        html_amount_cell(out, cause->money, true);
    else
        buffer_add_text(out, "<td class=\"n\">–</td>");
    buffer_add_text(out, "</tr>\n");
}

static void add_causes_table(const struct issue_cause *const *causes, size_t count, struct buffer *out) {
    static const char *const heads[] = {"Problem", "Severity", "Column", "Times", "Amount affected"};
    char **anchors = html_anchors(causes, count);
    buffer_add_text(out, "<details><summary>Numbers by problem</summary>\n");
    html_table_start(out, "Problems by kind", "group");
    buffer_add_text(out, "<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        html_head(out, heads[i], i >= 3);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        add_cause(causes[i], anchors[i], out);
        free(anchors[i]);
    }
    free(anchors);
    html_table_end(out);
    buffer_add_text(out, "</details>\n");
}

void html_causes_chart(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t all = issues_causes(result->issues, &causes), count = 0;
    if (all == 0) return;
    struct draw_item *items = cause_items(causes, all, &count);
    struct buffer detail = {0};
    words_plural(&detail, all, "kind of problem", "kinds of problem");
    buffer_print(&detail, ", errors before warnings. The first is %s. All numbers are in the table below the picture.",
                 items[0].title);
    struct draw_chart chart = {.name = "causes-chart",
                               .title = "How often each problem occurs",
                               .detail = buffer_take(&detail),
                               .items = items,
                               .count = count};
    buffer_add_text(out, "<div class=\"chart\"><h3>Problems</h3>\n");
    add_figure(&chart, out);
    buffer_add_text(out, "<p class=\"legend\"><span class=\"key error\"></span>error <span class=\"key warning\">"
                         "</span>warning</p>\n");
    add_causes_table(causes, all, out);
    buffer_add_text(out, "</div>\n");
    free((char *)chart.detail);
    free_items(items, count);
}
