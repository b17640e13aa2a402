/* reconciliation.c: see reconciliation.h. */
#include "reconcile/reconciliation.h"

#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect.h"
#include "reconcile/grain.h"
#include "reconcile/row_reasons.h"

void reconciliation_free(struct reconciliation *reconciliation) {
    findings_list_free(&reconciliation->found);
    free(reconciliation->next);
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        free(reconciliation->totals[i].title);
        free(reconciliation->totals[i].key);
    }
    free(reconciliation->totals);
    comparison_free(&reconciliation->comparison);
}

/* Totals of employees and periods: what gives the right side's totals is looked for among the left side's records. */
static void explain_totals(struct reconciliation *reconciliation, struct comparison *records) {
    const struct comparison *comparison = &reconciliation->comparison;
    if (records->sides[0].by && strcmp(records->sides[0].by, "row") == 0)
        search_totals(records, comparison, &reconciliation->found);
    if (reconciliation->found.count == 0) explain(comparison, &reconciliation->found);
}

bool reconciliation_make(struct reconciliation *reconciliation, struct error *error) {
    struct comparison *comparison = &reconciliation->comparison, records = {0};
    bool is_coarse = grain_is_coarse(comparison);
    reconciliation->has_buckets = true;
    if (is_coarse && !grain_add_up(comparison, &records, error)) return false;
    if (!comparison_make(comparison, error)) {
        side_free(&records.sides[0]);
        return false;
    }
    reconciliation->totals = memory_get_zero(comparison->metric_count + 1, sizeof *reconciliation->totals);
    for (size_t i = 0; i < comparison->metric_count; i++) {
        const struct compared *metric = &comparison->metrics[i];
        reconciliation->totals[reconciliation->total_count++] =
            (struct compared_total){.title = memory_copy(view_of(metric->title)),
                                    .key = memory_copy(view_of(metric->title)),
                                    .left = metric->sums[0],
                                    .right = metric->sums[1],
                                    .is_money = metric->is_money,
                                    .places = metric->places};
    }
    if (is_coarse)
        explain_totals(reconciliation, &records);
    else
        explain(comparison, &reconciliation->found);
    row_reasons_add(is_coarse ? &records : comparison, &reconciliation->found);
    side_free(&records.sides[0]);
    reconciliation->exit_code = comparison->is_over ? EXIT_ANSWER_NO : EXIT_FINE;
    return true;
}

static wide_integer gap_size(const struct compared_total *total) {
    return amount_size(total->right - total->left);
}

size_t largest_total(const struct reconciliation *reconciliation) {
    size_t best = 0;
    for (size_t i = 1; i < reconciliation->total_count; i++)
        if (gap_size(&reconciliation->totals[i]) > gap_size(&reconciliation->totals[best])) best = i;
    return best;
}

void add_amount(struct buffer *out, const struct compared_total *total, wide_integer amount) {
    decimal_print_wide(out, amount, total->is_money ? 2 : total->places);
}

struct view shown_value(const struct reconciliation *reconciliation, const struct finding *finding, size_t value) {
    if (finding->is_value_private && !reconciliation->show_private) return view_of("***");
    return view_of(finding->values[value]);
}
