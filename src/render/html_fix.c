/* html_fix.c: what the reader has to do, right below the verdict: the rows to fix, each with its employee, day, amount and
 * way, and the next command. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_private.h"

#define ROWS_SHOWN 20

/* A row with its errors, which are `errors[first]` and the `count` - 1 after it. */
struct bad_row {
    size_t first, count;
    wide_integer size; /* of its amount; -1: none */
};
struct row_error {
    const struct issue_example *example;
    const struct issue_cause *cause;
    const char *anchor;
    size_t number; /* as it was found: items of one record share its row, and not every qsort keeps the order of equals */
};
struct row_errors {
    struct row_error *errors;
    size_t error_count;
    struct bad_row *rows;
    size_t row_count;
};

static int compare_errors(const void *left, const void *right) {
    const struct row_error *one = left, *other = right;
    const struct issue_example *a = one->example, *b = other->example;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return one->number < other->number ? -1 : one->number > other->number;
}

/* The largest amounts first, then as the files have them. */
static int compare_rows(const void *left, const void *right) {
    const struct bad_row *a = left, *b = right;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* The rows that the examples of errors name. */
static struct row_errors collect(const struct issue_cause *const *causes, char *const *anchors, size_t count) {
    struct row_errors list = {0};
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += causes[i]->example_count;
    list.errors = memory_get_zero(most + 1, sizeof *list.errors);
    list.rows = memory_get_zero(most + 1, sizeof *list.rows);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < causes[i]->example_count && issue_kind(causes[i]->code)->severity == SEVERITY_ERROR; k++)
            if (causes[i]->examples[k].row > 0) {
                list.errors[list.error_count] =
                    (struct row_error){&causes[i]->examples[k], causes[i], anchors[i], list.error_count};
                list.error_count++;
            }
    qsort(list.errors, list.error_count, sizeof *list.errors, compare_errors);
    for (size_t i = 0; i < list.error_count; i++) {
        const struct issue_example *one = list.errors[i].example;
        const struct issue_example *before = i > 0 ? list.errors[i - 1].example : NULL;
        if (before && before->file == one->file && before->row == one->row)
            list.rows[list.row_count - 1].count++;
        else
            list.rows[list.row_count++] = (struct bad_row){i, 1, issue_example_size(one)};
    }
    qsort(list.rows, list.row_count, sizeof *list.rows, compare_rows);
    return list;
}

/* --- the table ------------------------------------------------------------------------------------------- */

/* The fix's sentence; its commands are below, with the cause. */
static void add_way(const struct result *result, const struct issue_cause *cause, struct buffer *out) {
    char *fix = render_fix(result, cause, NULL, "");
    issue_fix_cut(fix);
    html_sentence(out, fix);
    free(fix);
}

/* Its place, a link to the problem. */
static void add_place(const struct result *result, const struct issue_example *example, const char *anchor,
                      struct buffer *out) {
    buffer_print(out, "<th scope=\"row\" class=\"kind\"><a href=\"#%s\">row %llu</a>", anchor,
                 (unsigned long long)example->row);
    if (result->file_count > 1 && example->file < result->file_count) {
        buffer_add_text(out, "<br><span class=\"soft\">");
        html_text(out, result->files[example->file].path);
        buffer_add_text(out, "</span>");
    }
    buffer_add_text(out, "</th>");
}

static void add_row(const struct result *result, const struct row_errors *list, const struct bad_row *row,
                    struct buffer *out) {
    const struct row_error *errors = &list->errors[row->first];
    const struct issue_example *first = errors[0].example;
    buffer_add_text(out, "<tr>");
    add_place(result, first, errors[0].anchor, out);
    html_short_cell(out, first->person);
    html_short_cell(out, first->day);
    html_example_amount(out, first);
    buffer_add_text(out, "<td class=\"sentence\"><div>");
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) buffer_add_text(out, "<br>");
        html_sentence(out, errors[i].example->detail);
    }
    buffer_add_text(out, "</div></td><td class=\"sentence\"><div>");
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0 && errors[i].cause == errors[i - 1].cause) continue;
        if (i > 0) buffer_add_text(out, "<br>");
        add_way(result, errors[i].cause, out);
    }
    buffer_add_text(out, "</div></td></tr>\n");
}

static void add_heads(const struct result *result, struct buffer *out) {
    const struct result_file *file = result->file_count == 1 ? &result->files[0] : NULL;
    size_t money = result_money_column(result);
    html_head(out, "Place", false);
    html_head(out, file && file->employee_label ? file->employee_label : "Employee", false);
    html_head(out, file && file->date_label ? file->date_label : "Day", false);
    html_head(out, money < result->ledger.column_count ? result->columns[money].title : "Amount", true);
    html_head(out, "What is wrong", false);
    html_head(out, "How to fix it", false);
}

static void add_table(const struct result *result, const struct row_errors *list, struct buffer *out) {
    size_t shown = list->row_count < ROWS_SHOWN ? list->row_count : ROWS_SHOWN;
    uint64_t all = result->ledger.rows[LEDGER_REJECTED];
    if (shown == 0) return;
    html_table_start(out, "The largest amounts first", "region");
    buffer_add_text(out, "<thead><tr>");
    add_heads(result, out);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < shown; i++)
        add_row(result, list, &list->rows[i], out);
    html_table_end(out);
    if (shown >= all) return;
    buffer_print(out, "<p class=\"soft\">These are %zu of ", shown);
    words_plural(out, all, "row", "rows");
    buffer_add_text(out, result->output_folder ? ". The file rejected.csv has all of them.</p>\n" : ".</p>\n");
}

/* Errors that are of no row: a column that is missing, a number that was expected. */
static void add_others(const struct result *result, const struct issue_cause *const *causes, char *const *anchors,
                       size_t count, struct buffer *out) {
    bool is_open = false;
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        bool has_rows =
            result->ledger.rows[LEDGER_REJECTED] > 0 && causes[i]->example_count > 0 && causes[i]->examples[0].row > 0;
        if (kind->severity != SEVERITY_ERROR || has_rows) continue;
        buffer_print(out, "%s<li><a href=\"#%s\">", is_open ? "" : "<ul>\n", anchors[i]);
        html_sentence(out, causes[i]->example_count > 0 ? causes[i]->examples[0].detail : kind->title);
        buffer_add_text(out, "</a> ");
        add_way(result, causes[i], out);
        buffer_add_text(out, "</li>\n");
        is_open = true;
    }
    if (is_open) buffer_add_text(out, "</ul>\n");
}

/* --- next ------------------------------------------------------------------------------------------------ */

static void add_next(const struct result *result, struct buffer *out) {
    if (!result->next && !result->next_note) return;
    buffer_add_text(out, "<p>");
    html_capital(out, result->next_note ? result->next_note : "To go on");
    buffer_add_text(out, result->next ? ":</p>\n" : ".</p>\n");
    if (!result->next) return;
    buffer_add_text(out, "<pre><code>");
    html_text(out, result->next);
    buffer_add_text(out, "</code></pre>\n");
}

void html_fix_title(const struct result *result, struct buffer *out) {
    size_t before = out->length;
    report_fix_count(result, out);
    if (out->length == before && (result->next || result->next_note)) buffer_add_text(out, "Next");
}

void html_fix(const struct result *result, struct buffer *out) {
    struct buffer title = {0};
    html_fix_title(result, &title);
    buffer_add_char(&title, '\0');
    if (title.text[0]) {
        const struct issue_cause *const *causes;
        size_t count = issues_causes(result->issues, &causes);
        char **anchors = html_anchors(causes, count);
        struct row_errors list = collect(causes, anchors, count);
        html_section(out, "fix", title.text);
        if (result->ledger.rows[LEDGER_REJECTED] > 0) add_table(result, &list, out);
        add_others(result, causes, anchors, count, out);
        add_next(result, out);
        buffer_add_text(out, "</section>\n");
        for (size_t i = 0; i < count; i++)
            free(anchors[i]);
        free(anchors);
        free(list.errors);
        free(list.rows);
    }
    buffer_free(&title);
}
