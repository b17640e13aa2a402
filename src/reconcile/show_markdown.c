/* show_markdown.c: the comparison as Markdown, for tickets and mails. */
#include "base/plain.h"
#include "base/words.h"
#include "reconcile/reconciliation.h"
#include "reconcile/side_words.h"

/* Text from outside in a table: no bar ends its cell. */
static void add_text(struct buffer *out, struct view text) {
    struct buffer plain = {0};
    plain_add(&plain, text);
    for (size_t i = 0; i < plain.length; i++) {
        if (strchr("|\\`*_<>[]#", plain.text[i])) buffer_add_char(out, '\\');
        buffer_add_char(out, plain.text[i]);
    }
    buffer_free(&plain);
}

static void add_cell(struct buffer *out, const struct compared_total *total, wide_integer amount) {
    buffer_add_text(out, " | ");
    decimal_print_human(out, amount, total->is_money);
}

static void add_bucket(const struct reconciliation *reconciliation, enum bucket bucket, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    wide_integer amounts[METRIC_LIMIT] = {0};
    uint64_t rows = bucket_sum(comparison, bucket, amounts);
    buffer_add_text(out, "| ");
    add_bucket_words(reconciliation, bucket, out);
    buffer_add_text(out, " | ");
    words_count(out, rows);
    for (size_t m = 0; m < comparison->metric_count; m++)
        add_cell(out, &reconciliation->totals[m], amounts[m]);
    buffer_add_text(out, " |\n");
}

static void add_buckets(const struct reconciliation *reconciliation, struct buffer *out) {
    buffer_add_text(out, "\n| Records | Rows");
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        buffer_add_text(out, " | ");
        add_text(out, view_of(reconciliation->totals[i].key));
    }
    buffer_add_text(out, " |\n|---|--:");
    for (size_t i = 0; i < reconciliation->total_count; i++)
        buffer_add_text(out, "|--:");
    buffer_add_text(out, "|\n");
    for (int bucket = 0; bucket < BUCKET_COUNT; bucket++)
        add_bucket(reconciliation, (enum bucket)bucket, out);
}

static void add_explanation(const struct reconciliation *reconciliation, size_t number, struct buffer *out) {
    const struct finding *finding = reconciliation->found.list[number];
    const struct compared_total *total = &reconciliation->totals[finding->metric];
    struct buffer sentence = {0};
    buffer_print(out, "%zu. ", number + 1);
    add_sentence(reconciliation, finding, &sentence);
    add_text(out, buffer_view(&sentence));
    buffer_free(&sentence);
    buffer_add_text(out, ". ");
    add_text(out, view_of(total->key));
    buffer_add_char(out, ' ');
    decimal_print_human(out, finding->amounts[finding->metric], total->is_money);
    buffer_add_text(out, ", ");
    words_plural(out, finding->rows, "row", "rows");
    buffer_add_text(out, ". ");
    add_strength(finding, out);
    buffer_add_char(out, '\n');
    if (finding->command) buffer_print(out, "\n       %s\n\n", finding->command);
    for (size_t part = 0; part < 2; part++)
        if (finding->parts[part] && finding->parts[part]->command)
            buffer_print(out, "\n       %s\n\n", finding->parts[part]->command);
}

void reconciliation_markdown(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct findings_list *found = &reconciliation->found;
    buffer_add_text(out, "# ");
    add_headline(reconciliation, out);
    buffer_print(out, "\n\n| Amount | %s | %s | gap |\n|---|--:|--:|--:|\n", side_word(&reconciliation->comparison, 0),
                 side_word(&reconciliation->comparison, 1));
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        const struct compared_total *total = &reconciliation->totals[i];
        buffer_add_text(out, "| ");
        add_text(out, view_of(total->key));
        add_cell(out, total, total->left);
        add_cell(out, total, total->right);
        add_cell(out, total, total->right - total->left);
        buffer_add_text(out, " |\n");
    }
    struct buffer left_out = {0};
    for (int side = 0; side < 2; side++)
        add_left_out(reconciliation, side, "\n", &left_out);
    add_text(out, buffer_view(&left_out));
    buffer_free(&left_out);
    if (reconciliation->has_buckets) add_buckets(reconciliation, out);
    if (reconciliation->exit_code == EXIT_FINE) return;
    bool is_explained = found->count > 0 && found->list[0]->is_all;
    buffer_add_text(out, is_explained ? "\n" : "\nNo single reason explains it.\n\n");
    for (size_t i = 0; i < found->count; i++)
        add_explanation(reconciliation, i, out);
    if (reconciliation->next) buffer_print(out, "\n    %s\n", reconciliation->next);
}
