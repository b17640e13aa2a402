/* show_left_out.c: what of an export is not sent or has no day, said with its money: nothing drops out in silence. */
#include <stdlib.h>

#include "base/plain.h"
#include "base/words.h"
#include "reconcile/reconciliation.h"
#include "reconcile/row_reasons.h"

/* Rows of one kind: which they are, and their sum of the first money metric. */
struct left_out {
    struct named_rows rows;
    wide_integer sum;
};

static bool has_no_day(const struct side *side, size_t row) {
    const struct side_row at = side_row_at(side, row);
    return !at.has_date && !at.has_unread_date;
}

static struct left_out collect(const struct comparison *comparison, int number, size_t metric,
                               bool (*is_one)(const struct side *, size_t)) {
    const struct side *side = &comparison->sides[number];
    struct left_out found = {0};
    for (uint32_t i = 0; i < side->row_count; i++) {
        if (!is_one(side, i)) continue;
        named_rows_add(&found.rows, i);
        if (metric != SIZE_MAX && comparison->metrics[metric].columns[number] != SIZE_MAX)
            found.sum += row_amount(comparison, number, i, metric);
    }
    return found;
}

static size_t money_of(const struct comparison *comparison) {
    for (size_t i = 0; i < comparison->metric_count; i++)
        if (comparison->metrics[i].is_money) return i;
    return SIZE_MAX;
}

static void add_sum(const struct left_out *found, size_t metric, struct buffer *out) {
    words_plural(out, found->rows.count, "row", "rows");
    if (metric == SIZE_MAX) return;
    buffer_add_text(out, " (");
    decimal_print_human(out, found->sum, true);
    buffer_add_char(out, ')');
}

static bool has_days(const struct reconciliation *reconciliation) {
    return reconciliation->comparison.scope.has_period || reconciliation->has_days;
}

void add_left_out(const struct reconciliation *reconciliation, int side, const char *indent, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    size_t metric = money_of(comparison);
    bool is_folder = comparison->sides[side].kind == SIDE_FOLDER && comparison->sides[side].set_aside_count > 0;
    if (comparison->sides[side].kind != SIDE_EXPORT && !is_folder) return;
    struct left_out set_aside = collect(comparison, side, metric, side_is_set_aside),
                    undated = collect(comparison, side, metric, has_no_day);
    if (set_aside.rows.count > 0) {
        char *detail = set_aside_detail(comparison, side, &set_aside.rows);
        buffer_add_text(out, indent);
        add_sum(&set_aside, metric, out);
        buffer_add_text(out, is_folder                      ? " set aside in rejected.csv do not count here: "
                             : comparison->counts_sent_only ? " cannot be sent to Plecto, and do not count here: "
                                                            : " cannot be sent to Plecto, and count here: ");
        plain_add_text(out, detail);
        buffer_add_char(out, '\n');
        free(detail);
    }
    if (undated.rows.count > 0 && has_days(reconciliation)) {
        buffer_add_text(out, indent);
        add_sum(&undated, metric, out);
        buffer_add_text(out, undated.rows.count == 1 ? " has" : " have");
        buffer_add_text(out, " no date, so no days include ");
        buffer_add_text(out, undated.rows.count == 1 ? "it.\n" : "them.\n");
    }
}
