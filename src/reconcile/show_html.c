/* show_html.c: the comparison as a page: verdict, waterfall from left to right, explanations, buckets, people and days, and
 * the records that differ. One file, no script, no request. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "reconcile/people_days.h"
#include "reconcile/reconciliation.h"
#include "reconcile/side_words.h"
#include "render/html_page.h"
#include "render/html_words.h"

#define RECORDS_SHOWN 1000
#define GROUPS_SHOWN 500

static const char *bucket_title(const struct reconciliation *reconciliation, int bucket) {
    static const char *const titles[BUCKET_COUNT] = {"Same", "Amount differs", "On another day", "Other employee", NULL,
                                                     NULL,   "Repeated ID"};
    bool is_left = bucket == BUCKET_ONLY_LEFT;
    return titles[bucket] ? titles[bucket] : side_only(&reconciliation->comparison, is_left ? 0 : 1);
}

static void add_heads(struct buffer *out, const char *first, const struct reconciliation *reconciliation,
                      bool has_rows) {
    buffer_add_text(out, "<thead><tr>");
    html_head(out, first, false);
    if (has_rows) html_head(out, "Records", true);
    for (size_t i = 0; i < reconciliation->total_count; i++)
        html_head(out, reconciliation->totals[i].key, true);
    buffer_add_text(out, "</tr></thead><tbody>\n");
}

static void add_amounts(struct buffer *out, const struct reconciliation *reconciliation, const wide_integer *amounts) {
    for (size_t i = 0; i < reconciliation->total_count; i++)
        html_amount_cell(out, amounts[i], reconciliation->totals[i].is_money);
}

/* --- waterfall -------------------------------------------------------------------------------------------------------- */

#define PLOT_HEIGHT 220
#define STEP_WIDTH 110
#define NAME_WIDTH 15u /* letters below a bar */

struct step {
    const char *name;
    wide_integer from, to;
};

/* The name below its bar, on two lines where it is longer than the bar is wide. */
static void add_step_name(struct buffer *out, const char *name, size_t x) {
    size_t length = strlen(name), cut = length;
    if (length > NAME_WIDTH)
        for (cut = length / 2; cut > 0 && name[cut] != ' ';)
            cut--;
    if (cut == 0) cut = length;
    buffer_print(out, "<text x=\"%zu\" y=\"%d\">%.*s</text>", x, PLOT_HEIGHT + 40, (int)cut, name);
    if (cut < length) buffer_print(out, "<text x=\"%zu\" y=\"%d\">%s</text>", x, PLOT_HEIGHT + 56, name + cut + 1);
}

static int height_of(wide_integer value, wide_integer low, wide_integer high) {
    return high > low ? (int)((value - low) * PLOT_HEIGHT / (high - low)) : 0;
}

/* The axis has its zero: a gap of 2 % is not to look like one of 100 %. The numbers are at the bars. */
static void add_steps(struct buffer *out, const struct step *steps, size_t count, const struct compared_total *total,
                      const char *way) {
    wide_integer low = 0, high = 0;
    for (size_t i = 0; i < count; i++) {
        low = steps[i].to < low ? steps[i].to : low;
        high = steps[i].to > high ? steps[i].to : high;
    }
    buffer_print(out, "<svg class=\"columns\" role=\"img\" width=\"%zu\" height=\"%d\"><title>%s</title>",
                 count * STEP_WIDTH, PLOT_HEIGHT + 64, way);
    for (size_t i = 0; i < count; i++) {
        bool is_total = i == 0 || i == count - 1;
        int from = height_of(steps[i].from, low, high), to = height_of(steps[i].to, low, high);
        int top = from > to ? from : to, tall = from > to ? from - to : to - from;
        buffer_print(out, "<rect class=\"bar%s\" x=\"%zu\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                     !is_total && to < from ? " error" : "", i * STEP_WIDTH + 10, PLOT_HEIGHT - top + 20,
                     STEP_WIDTH - 20, tall > 1 ? tall : 2);
        buffer_print(out, "<text x=\"%zu\" y=\"%d\">", i * STEP_WIDTH + 10, PLOT_HEIGHT - top + 14);
        decimal_print_human(out, is_total ? steps[i].to : steps[i].to - steps[i].from, total->is_money);
        buffer_add_text(out, "</text>");
        add_step_name(out, steps[i].name, i * STEP_WIDTH + 10);
    }
    buffer_add_text(out, "</svg>\n");
}

/* "From Plecto to the export, step by step". */
static void add_way(const struct reconciliation *reconciliation, struct buffer *out) {
    for (int side = 0; side < 2; side++) {
        const char *word = side_word(&reconciliation->comparison, side);
        buffer_print(out, "%s%s%s", side == 0 ? "From " : " to ", strcmp(word, "Plecto") == 0 ? "" : "the ", word);
    }
    buffer_add_text(out, ", step by step");
    buffer_add_char(out, '\0');
}

static void add_waterfall(const struct reconciliation *reconciliation, struct buffer *out) {
    struct step steps[BUCKET_COUNT + 2];
    size_t metric = largest_total(reconciliation), count = 0;
    const struct compared_total *total = &reconciliation->totals[metric];
    wide_integer at = total->left;
    struct buffer way = {0};
    if (!reconciliation->has_buckets) return;
    steps[count++] = (struct step){side_word(&reconciliation->comparison, 0), 0, at};
    for (int bucket = BUCKET_SAME + 1; bucket < BUCKET_COUNT; bucket++) {
        wide_integer amounts[METRIC_LIMIT] = {0};
        bucket_sum(&reconciliation->comparison, (enum bucket)bucket, amounts);
        if (amounts[metric] == 0) continue;
        steps[count++] = (struct step){bucket_title(reconciliation, bucket), at, at + amounts[metric]};
        at += amounts[metric];
    }
    steps[count++] = (struct step){side_word(&reconciliation->comparison, 1), 0, total->right};
    add_way(reconciliation, &way);
    html_section(out, "waterfall", way.text);
    buffer_add_text(out, "<figure class=\"scroll\"><figcaption>");
    html_text(out, total->title);
    buffer_add_text(out, "</figcaption>\n");
    add_steps(out, steps, count, total, way.text);
    buffer_add_text(out, "</figure></section>\n");
    buffer_free(&way);
}

/* --- tables ----------------------------------------------------------------------------------------------------------- */

static void add_totals(const struct reconciliation *reconciliation, struct buffer *out) {
    html_section(out, "totals", "Totals");
    html_table_start(out, "Totals of both sides", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Amount", false);
    for (int side = 0; side < 2; side++)
        html_head(out, side_word(&reconciliation->comparison, side), true);
    html_head(out, "Gap", true);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        const struct compared_total *total = &reconciliation->totals[i];
        buffer_add_text(out, "<tr>");
        html_row_head(out, total->key);
        html_amount_cell(out, total->left, total->is_money);
        html_amount_cell(out, total->right, total->is_money);
        html_amount_cell(out, total->right - total->left, total->is_money);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

/* A command to paste, or a sentence. */
static void add_command(const char *command, struct buffer *out) {
    if (!command) return;
    bool is_command = strstr(command, "st2plecto ") != NULL;
    buffer_add_text(out, is_command ? "<pre>" : "<p>");
    html_text(out, command);
    buffer_add_text(out, is_command ? "</pre>" : "</p>");
}

static void add_explanations(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct findings_list *found = &reconciliation->found;
    if (reconciliation->exit_code == EXIT_FINE) return;
    html_section(out, "why", "Why");
    if (found->count == 0 || !found->list[0]->is_all)
        buffer_print(out, "<p>No single reason explains it%s</p>\n", found->count > 0 ? ". Nearest:" : ".");
    buffer_add_text(out, "<ol>\n");
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *finding = found->list[i];
        const struct compared_total *total = &reconciliation->totals[finding->metric];
        struct buffer sentence = {0};
        add_sentence(reconciliation, finding, &sentence);
        buffer_add_text(&sentence, ". ");
        add_strength(finding, &sentence);
        char *text = buffer_take(&sentence);
        buffer_add_text(out, "<li><p>");
        html_text(out, text);
        free(text);
        buffer_add_text(out, "</p><p class=\"soft\">");
        html_text(out, total->key);
        buffer_add_char(out, ' ');
        decimal_print_human(out, finding->amounts[finding->metric], total->is_money);
        buffer_add_text(out, ", ");
        words_plural(out, finding->rows, "row", "rows");
        buffer_add_text(out, "</p>");
        add_command(finding->command, out);
        for (size_t part = 0; part < 2; part++)
            if (finding->parts[part]) add_command(finding->parts[part]->command, out);
        buffer_add_text(out, "</li>\n");
    }
    buffer_add_text(out, "</ol>");
    if (reconciliation->next)
        buffer_add_text(out,
                        reconciliation->has_buckets
                            ? "<p>To list every record with its part of the gap in a workbook:</p>"
                            : "<p>Download the data source from Plecto as plecto.csv, and compare its records:</p>");
    add_command(reconciliation->next, out);
    buffer_add_text(out, "</section>\n");
}

static void add_buckets(const struct reconciliation *reconciliation, struct buffer *out) {
    html_section(out, "buckets", "Where the records are");
    html_table_start(out, "Records and their part of the gap, which adds up exactly", "region");
    add_heads(out, "Bucket", reconciliation, true);
    for (int bucket = 0; bucket < BUCKET_COUNT; bucket++) {
        wide_integer amounts[METRIC_LIMIT] = {0};
        uint64_t rows = bucket_sum(&reconciliation->comparison, (enum bucket)bucket, amounts);
        buffer_add_text(out, "<tr>");
        html_row_head(out, bucket_title(reconciliation, bucket));
        html_count_cell(out, rows);
        add_amounts(out, reconciliation, amounts);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

static void add_groups(const struct reconciliation *reconciliation, struct buffer *out) {
    struct people_days groups;
    people_days_make(&reconciliation->comparison, &groups);
    html_section(out, "people", "By employee and day");
    html_table_start(out, "Gaps by employee and day, with the records behind them", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Employee", false);
    html_head(out, "Day", false);
    html_head(out, "Records", true);
    for (size_t i = 0; i < reconciliation->total_count; i++)
        html_head(out, reconciliation->totals[i].key, true);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < groups.count && i < GROUPS_SHOWN; i++) {
        const struct person_day *group = &groups.list[i];
        buffer_add_text(out, "<tr>");
        html_row_head(out, group->person);
        html_text_cell(out, group->day);
        buffer_print(out, "<td class=\"n\"><a href=\"#record-%u\">", group->first_unit);
        words_count(out, group->rows);
        buffer_add_text(out, "</a></td>");
        add_amounts(out, reconciliation, group->amounts);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
    people_days_free(&groups);
}

static void add_record(const struct reconciliation *reconciliation, uint32_t number, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    const struct unit *unit = &comparison->units[number];
    int side = unit->rows[0] != NO_ROW ? 0 : 1;
    wide_integer amounts[METRIC_LIMIT];
    char *id = memory_copy(row_id(comparison, side, unit->rows[side])), *person = unit_person(comparison, unit),
         *day = unit_day(comparison, unit);
    buffer_print(out, "<tr id=\"record-%u\">", number);
    html_row_head(out, id);
    html_text_cell(out, bucket_title(reconciliation, unit->bucket));
    html_text_cell(out, person);
    html_text_cell(out, day);
    for (size_t m = 0; m < comparison->metric_count; m++)
        amounts[m] = unit_difference(comparison, unit, m);
    add_amounts(out, reconciliation, amounts);
    buffer_add_text(out, "</tr>\n");
    free(id);
    free(person);
    free(day);
}

static void add_records(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    size_t shown = 0, all = 0;
    html_section(out, "records", "Records that differ");
    html_table_start(out, "Each record with its part of the gap", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "ID", false);
    html_head(out, "Bucket", false);
    html_head(out, "Employee", false);
    html_head(out, "Day", false);
    for (size_t i = 0; i < reconciliation->total_count; i++)
        html_head(out, reconciliation->totals[i].key, true);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        if (comparison->units[i].bucket == BUCKET_SAME || all++ >= RECORDS_SHOWN) continue;
        add_record(reconciliation, i, out);
        shown++;
    }
    html_table_end(out);
    if (shown < all) {
        buffer_add_text(out, "<p class=\"soft\">Shown ");
        words_count(out, shown);
        buffer_add_text(out, " of ");
        words_plural(out, all, "record", "records");
        buffer_add_text(out, ".</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

void reconciliation_html(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    struct buffer headline = {0};
    bool is_fine = reconciliation->exit_code == EXIT_FINE;
    bool is_explained = reconciliation->found.count > 0 && reconciliation->found.list[0]->is_all;
    add_headline(reconciliation, &headline);
    char *verdict = buffer_take(&headline);
    html_page_start("Reconcile", out);
    html_verdict_start(is_fine ? MOOD_GOOD : is_explained ? MOOD_MIXED : MOOD_BAD, verdict, out);
    free(verdict);
    for (int side = 0; side < 2; side++) {
        struct buffer left_out = {0};
        buffer_print(out, "<p>%s: ", side_word(comparison, side));
        html_text(out, comparison->sides[side].name);
        buffer_add_text(out, "</p>\n");
        add_left_out(reconciliation, side, "", &left_out);
        if (left_out.length == 0) continue;
        left_out.length--; /* the last line end */
        char *text = buffer_take(&left_out);
        buffer_add_text(out, "<p class=\"soft\">");
        html_lines(out, text);
        buffer_add_text(out, "</p>\n");
        free(text);
    }
    buffer_add_text(out, "</div>\n</div>\n</header>\n<main>\n");
    add_totals(reconciliation, out);
    add_waterfall(reconciliation, out);
    add_explanations(reconciliation, out);
    if (reconciliation->has_buckets) {
        add_buckets(reconciliation, out);
        add_groups(reconciliation, out);
        add_records(reconciliation, out);
    }
    buffer_add_text(out, "</main>\n</body>\n</html>\n");
}
