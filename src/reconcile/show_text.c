/* show_text.c: the comparison on a screen. */
#include <stdlib.h>

#include "base/plain.h"
#include "base/words.h"
#include "reconcile/reconciliation.h"
#include "reconcile/side_words.h"

#define EXPLANATIONS_SHOWN 5
#define COLUMNS_SHOWN 4

static const char *const bucket_words[BUCKET_COUNT] = {
    "same", "amount differs", "on another day", "other employee", NULL, NULL, "repeated ID"};

void add_bucket_words(const struct reconciliation *reconciliation, enum bucket bucket, struct buffer *out) {
    if (bucket_words[bucket])
        buffer_add_text(out, bucket_words[bucket]);
    else
        buffer_print(out, "only %s", side_place(&reconciliation->comparison, bucket == BUCKET_ONLY_LEFT ? 0 : 1));
}

static void add_human(struct buffer *out, const struct compared_total *total, wide_integer amount) {
    decimal_print_human(out, amount, total->is_money);
}

static void add_signed(struct buffer *out, const struct compared_total *total, wide_integer amount) {
    if (amount > 0) buffer_add_char(out, '+');
    add_human(out, total, amount);
}

static void add_right(struct buffer *out, const struct buffer *text, size_t width) {
    words_right(out, view_from(text->text, text->length), width);
}

/* --- sentences -------------------------------------------------------------------------------------------------------- */

static void add_value(const struct reconciliation *reconciliation, const struct finding *finding, size_t value,
                      struct buffer *out) {
    struct view text = shown_value(reconciliation, finding, value);
    plain_add(out, text);
}

static void add_values(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    for (size_t i = 0; i < finding->value_count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        if (i == 5 && finding->value_count > 6) {
            buffer_print(out, "%zu more", finding->value_count - i);
            return;
        }
        add_value(reconciliation, finding, i, out);
    }
}

static void add_field(struct buffer *out, const struct finding *finding, size_t field) {
    if (finding->fields[field]) plain_add_text(out, finding->fields[field]);
}

/* Who counts the rows. */
static void add_lacking(const struct reconciliation *reconciliation, const struct finding *finding,
                        struct buffer *out) {
    int side = finding->side >= 0 ? finding->side : finding->amounts[finding->metric] > 0 ? 1 : 0;
    if (finding->is_only) side = 1 - side;
    buffer_print(out, ": counted %s only", side_place(&reconciliation->comparison, side));
}

/* "2 rows: 204017 (E201: the employee is missing), 204031". */
static void add_rows(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    if (finding->detail)
        plain_add_text(out, finding->detail);
    else
        add_values(reconciliation, finding, out);
}

/* "rows in Plecto that the export no longer has". */
static void add_stale(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    int side = finding->side == 0 ? 0 : 1;
    buffer_print(out, "rows %s that the %s %s", side_place(comparison, side), side_word(comparison, 1 - side),
                 plecto_side(comparison) >= 0 ? "no longer has" : "does not have");
}

/* "the employee differs: Ana Lopez, Bo Chen", or nobody on one side. */
static void add_people(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    for (int side = 0; side < 2 && finding->value_count == 2; side++) {
        if (finding->values[side][0] || !finding->values[1 - side][0]) continue;
        buffer_print(out, "the employee is missing %s: ", side_place(&reconciliation->comparison, side));
        add_value(reconciliation, finding, (size_t)(1 - side), out);
        return;
    }
    buffer_add_text(out, "the employee differs: ");
    add_values(reconciliation, finding, out);
}

/* "Technician = Ana Lopez and Status = Hold: counted left only". */
static void add_attributes(const struct reconciliation *reconciliation, const struct finding *finding,
                           struct buffer *out) {
    for (size_t i = 0; i < (finding->cause == CAUSE_ATTRIBUTES ? 2 : 1); i++) {
        if (i > 0) buffer_add_text(out, " and ");
        add_field(out, finding, i);
        buffer_add_text(out, " = ");
        add_value(reconciliation, finding, i, out);
    }
    if (finding->cause == CAUSE_ATTRIBUTE && finding->is_only) buffer_add_text(out, ", and nothing else");
    add_lacking(reconciliation, finding, out);
}

static void add_date(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    (void)reconciliation;
    add_field(out, finding, 0);
}

static void add_repeated(const struct reconciliation *reconciliation, const struct finding *finding,
                         struct buffer *out) {
    buffer_print(out, "an ID came more than once, and %s: ",
                 plecto_side(&reconciliation->comparison) >= 0 ? "Plecto keeps the last row" : "the last row counts");
    add_values(reconciliation, finding, out);
}

static void add_scale(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    buffer_print(out, "%s is that %s times ", side_place(&reconciliation->comparison, 1),
                 side_place(&reconciliation->comparison, 0));
    add_values(reconciliation, finding, out);
}

static void add_rejected(const struct reconciliation *reconciliation, const struct finding *finding,
                         struct buffer *out) {
    if (finding->is_our_verdict) {
        words_plural(out, finding->rows, "row", "rows");
        buffer_add_text(out, reconciliation->comparison.sides[0].set_aside_count > 0
                                 ? " that the last run set aside (rejected.csv)"
                                 : " that cannot be sent");
    } else {
        buffer_add_text(out, "rows that the last run set aside (rejected.csv)");
    }
    if (!finding->detail) return;
    buffer_add_text(out, ": ");
    plain_add_text(out, finding->detail);
}

static void add_unsent(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    if (plecto_side(&reconciliation->comparison) >= 0)
        buffer_add_text(out, "the newest rows are not sent yet, from ");
    else
        buffer_print(out, "the newest rows are only %s, from ",
                     side_place(&reconciliation->comparison, finding->side == 1 ? 1 : 0));
    add_values(reconciliation, finding, out);
}

static void add_retention(const struct reconciliation *reconciliation, const struct finding *finding,
                          struct buffer *out) {
    add_values(reconciliation, finding, out);
    buffer_add_text(out, " are gone");
}

/* By its value: what the rows were grouped by, the amount that weighs them, or empty cells. */
static void add_average(const struct reconciliation *reconciliation, const struct finding *finding,
                        struct buffer *out) {
    const struct side *side = &reconciliation->comparison.sides[0];
    size_t column = finding->value_count > 0 ? side_find_column(side, view_of(finding->values[0])) : SIZE_MAX;
    bool is_weighed = column != SIZE_MAX && side->columns[column].kind == COLUMN_AMOUNT;
    bool is_of_empty = finding->value_count > 0 && strcmp(finding->values[0], "empty cells as 0") == 0;
    buffer_add_text(out, is_weighed    ? "an average that is weighed by "
                         : is_of_empty ? "an average with "
                                       : "an average of averages, where the report weighs: ");
    add_values(reconciliation, finding, out);
}

static void add_counted_rows(const struct reconciliation *reconciliation, const struct finding *finding,
                             struct buffer *out) {
    words_plural(out, finding->value_count, "row", "rows");
    buffer_add_text(out, ": ");
    add_rows(reconciliation, finding, out);
}

static void add_combination(const struct reconciliation *reconciliation, const struct finding *finding,
                            struct buffer *out) {
    for (size_t i = 0; i < 2; i++) {
        const struct finding *part = finding->parts[i];
        const struct compared_total *total = &reconciliation->totals[part->metric];
        if (i > 0) buffer_add_text(out, "; and ");
        add_sentence(reconciliation, part, out);
        buffer_add_text(out, " (");
        add_signed(out, total, part->amounts[part->metric]);
        buffer_add_char(out, ')');
    }
}

/* What a cause's sentence is made of, in this order: its field, words, and what only this finding knows. */
static const struct {
    bool begins_with_field;
    const char *words;
    void (*rest)(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out);
} sentences[CAUSE_COUNT] = {
    [CAUSE_ATTRIBUTE] = {.rest = add_attributes},
    [CAUSE_ATTRIBUTES] = {.rest = add_attributes},
    [CAUSE_DATE] = {.words = "one side counts by ", .rest = add_date},
    [CAUSE_DAYS] = {.words = "the days are shifted: ", .rest = add_values},
    [CAUSE_REPEATED] = {.rest = add_repeated},
    [CAUSE_ROW] = {.words = "one row: ", .rest = add_rows},
    [CAUSE_SIGN] = {.words = "the sign is turned: ", .rest = add_values},
    [CAUSE_SCALE] = {.begins_with_field = true, .words = " ", .rest = add_scale},
    [CAUSE_COLUMN] = {true, " on one side has to do with another column: ", add_values},
    [CAUSE_ROUNDING] = {true, " is rounded row by row to ", add_values},
    [CAUSE_STALE] = {.rest = add_stale},
    [CAUSE_REJECTED] = {.rest = add_rejected},
    [CAUSE_REFUSED] = {.words = "rows that Plecto refused (refused.csv)"},
    [CAUSE_UNSENT] = {.rest = add_unsent},
    [CAUSE_RETENTION] = {.words = "all rows before ", .rest = add_retention},
    [CAUSE_PEOPLE] = {.rest = add_people},
    [CAUSE_AVERAGE] = {.rest = add_average},
    [CAUSE_ROWS] = {.rest = add_counted_rows},
    [CAUSE_COMBINATION] = {.rest = add_combination},
};

void add_sentence(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    if (sentences[finding->cause].begins_with_field) add_field(out, finding, 0);
    if (sentences[finding->cause].words) buffer_add_text(out, sentences[finding->cause].words);
    if (sentences[finding->cause].rest) sentences[finding->cause].rest(reconciliation, finding, out);
}

void add_strength(const struct finding *finding, struct buffer *out) {
    if (!finding->is_all) {
        buffer_add_text(out, "Explains a part.");
        return;
    }
    buffer_add_text(out, "Explains the whole gap");
    if (finding->matches == 1) {
        buffer_add_text(out, ": the only one of ");
        words_plural(out, finding->tried, "explanation", "explanations");
        buffer_add_text(out, " tried that gives it to the cent");
    } else if (finding->matches > 1) {
        buffer_print(out, ": one of %llu that give it to the cent, of ", (unsigned long long)finding->matches);
        words_plural(out, finding->tried, "explanation", "explanations");
        buffer_add_text(out, " tried");
    }
    buffer_add_char(out, '.');
}

/* --- the screen ------------------------------------------------------------------------------------------------------- */

void add_headline(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    const struct findings_list *found = &reconciliation->found;
    const struct compared_total *total = &reconciliation->totals[largest_total(reconciliation)];
    uint64_t differing = 0;
    for (size_t i = 0; i < comparison->unit_count; i++)
        differing += comparison->units[i].bucket != BUCKET_SAME;
    if (reconciliation->exit_code == EXIT_FINE) {
        buffer_add_text(out,
                        differing == 0 ? "The two sides are the same" : "The two sides agree within the tolerance");
        return;
    }
    if (total->left == total->right && reconciliation->has_buckets) {
        buffer_add_text(out, "The totals are equal, but ");
        words_plural(out, differing, "record differs", "records differ");
    } else {
        plain_add_text(out, total->title);
        buffer_add_text(out, " differs by ");
        add_signed(out, total, total->right - total->left);
        buffer_print(out, " (%s less %s)", side_word(comparison, 1), side_word(comparison, 0));
    }
    buffer_add_text(out, found->count > 0 && found->list[0]->is_all ? ", explained in full"
                                                                    : ": no single reason explains it");
}

static void add_sides(const struct reconciliation *reconciliation, struct buffer *out) {
    static const char *const kinds[] = {"export",           "published folder",   "download from Plecto",
                                        "answer of Plecto", "journal of uploads", "expected numbers"};
    const struct comparison *comparison = &reconciliation->comparison;
    size_t width = strlen(side_word(comparison, 0)) > strlen(side_word(comparison, 1))
                       ? strlen(side_word(comparison, 0))
                       : strlen(side_word(comparison, 1));
    for (int i = 0; i < 2; i++) {
        const struct side *side = &comparison->sides[i];
        buffer_add_text(out, "  ");
        words_left(out, view_of(side_word(comparison, i)), width + 2);
        plain_add_text(out, side->name);
        buffer_print(out, ": %s", kinds[side->kind]);
        if (side->kind != SIDE_NUMBERS) {
            buffer_add_text(out, ", ");
            words_plural(out, side->row_count - side->set_aside_count, "row", "rows");
        }
        buffer_add_char(out, '\n');
        add_left_out(reconciliation, i, "    ", out);
        if (side->is_shifting)
            buffer_add_text(
                out, "    Its registrations changed while they were read, so some may be missing here. Wait until no "
                     "upload is running, and compare again.\n");
        if (side->assumed_order)
            buffer_print(out, "    Nothing proves the order of its dates. They are read %s; --date-order says it.\n",
                         side->assumed_order);
    }
}

static void add_totals(const struct reconciliation *reconciliation, struct buffer *out) {
    size_t width = 8;
    for (size_t i = 0; i < reconciliation->total_count; i++)
        if (strlen(reconciliation->totals[i].key) > width) width = strlen(reconciliation->totals[i].key);
    buffer_add_text(out, "\n  ");
    words_left(out, view_of("Totals"), width);
    for (int i = 0; i < 2; i++)
        words_right(out, view_of(side_word(&reconciliation->comparison, i)), 18);
    buffer_add_text(out, "               gap\n");
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        const struct compared_total *total = &reconciliation->totals[i];
        const wide_integer amounts[] = {total->left, total->right, total->right - total->left};
        buffer_add_text(out, "  ");
        words_left(out, view_of(total->key), width);
        for (size_t a = 0; a < 3; a++) {
            struct buffer text = {0};
            if (a == 2)
                add_signed(&text, total, amounts[a]);
            else
                add_human(&text, total, amounts[a]);
            add_right(out, &text, 18);
            buffer_free(&text);
        }
        buffer_add_char(out, '\n');
    }
}

static void add_buckets(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    size_t shown = comparison->metric_count < COLUMNS_SHOWN ? comparison->metric_count : COLUMNS_SHOWN;
    buffer_add_text(out, "\n  Where the records are          rows");
    for (size_t m = 0; m < shown; m++) {
        buffer_add_text(out, "  ");
        words_right(out, view_of(comparison->metrics[m].title), 16);
    }
    buffer_add_char(out, '\n');
    for (int bucket = 0; bucket < BUCKET_COUNT; bucket++) {
        wide_integer amounts[METRIC_LIMIT] = {0};
        uint64_t rows = bucket_sum(comparison, (enum bucket)bucket, amounts);
        if (rows == 0) continue;
        struct buffer text = {0};
        buffer_add_text(out, "  ");
        add_bucket_words(reconciliation, (enum bucket)bucket, &text);
        words_left(out, buffer_view(&text), 24);
        text.length = 0;
        words_count(&text, rows);
        add_right(out, &text, 11);
        for (size_t m = 0; m < shown; m++) {
            text.length = 0;
            add_signed(&text, &reconciliation->totals[m], amounts[m]);
            buffer_add_text(out, "  ");
            add_right(out, &text, 16);
        }
        buffer_add_char(out, '\n');
        buffer_free(&text);
    }
    buffer_add_text(out, "  These lines add up to the gap, to the cent.\n");
}

static void add_explanations(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct findings_list *found = &reconciliation->found;
    bool is_explained = found->count > 0 && found->list[0]->is_all;
    if (reconciliation->exit_code == EXIT_FINE) return;
    buffer_add_text(out, is_explained        ? "\n  Why\n"
                         : found->count == 0 ? "\n  No single reason explains it.\n"
                                             : "\n  No single reason explains it. Nearest:\n");
    for (size_t i = 0; i < found->count && i < EXPLANATIONS_SHOWN; i++) {
        const struct finding *finding = found->list[i];
        const struct compared_total *total = &reconciliation->totals[finding->metric];
        buffer_print(out, "  %zu. ", i + 1);
        add_sentence(reconciliation, finding, out);
        buffer_add_text(out, "\n     ");
        plain_add_text(out, total->key);
        buffer_add_char(out, ' ');
        add_signed(out, total, finding->amounts[finding->metric]);
        buffer_add_text(out, ", ");
        words_plural(out, finding->rows, "row", "rows");
        buffer_add_text(out, ". ");
        add_strength(finding, out);
        buffer_add_char(out, '\n');
        if (finding->command) buffer_print(out, "     %s\n", finding->command);
        for (size_t part = 0; part < 2; part++)
            if (finding->parts[part] && finding->parts[part]->command)
                buffer_print(out, "     %s\n", finding->parts[part]->command);
    }
    if (!reconciliation->next) return;
    buffer_add_text(out,
                    reconciliation->has_buckets
                        ? "\n  Next: list every record with its part of the gap:\n  "
                        : "\n  Next: download the data source from Plecto as plecto.csv, and compare its records:\n  ");
    buffer_print(out, "%s\n", reconciliation->next);
}

void reconciliation_text(const struct reconciliation *reconciliation, struct buffer *out) {
    add_headline(reconciliation, out);
    buffer_add_char(out, '\n');
    add_sides(reconciliation, out);
    add_totals(reconciliation, out);
    if (reconciliation->has_buckets) add_buckets(reconciliation, out);
    add_explanations(reconciliation, out);
}
