/* reconciliation.c: see reconciliation.h. */
#include "reconcile/reconciliation.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "reconcile/expect.h"
#include "reconcile/grain.h"

void reconciliation_free(struct reconciliation *reconciliation) {
    findings_list_free(&reconciliation->found);
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

/* --- the way out ------------------------------------------------------------------------------------------------------ */

static void add_paths(struct buffer *out, const struct side *side) {
    buffer_add_char(out, ' ');
    words_shell(out, side->name);
}

static void add_both(const struct reconciliation *reconciliation, struct buffer *out, const char *option,
                     const char *value) {
    const struct comparison *comparison = &reconciliation->comparison;
    buffer_add_text(out, "st2plecto reconcile");
    add_paths(out, &comparison->sides[0]);
    if (reconciliation->has_buckets) add_paths(out, &comparison->sides[1]);
    buffer_print(out, " %s ", option);
    words_shell(out, value);
}

static bool is_inactive(const struct finding *finding) {
    return finding->fields[0] && view_find_fold(view_of(finding->fields[0]), "active") != SIZE_MAX &&
           values_equal(view_of(finding->values[0]), view_of("false"));
}

static void add_filter(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    const struct side *left = &reconciliation->comparison.sides[0];
    if (is_inactive(finding) && left->kind == SIDE_EXPORT) {
        buffer_add_text(out, "st2plecto convert");
        add_paths(out, left);
        buffer_add_text(out, " -o plecto --active-only");
        return;
    }
    if (is_inactive(finding)) {
        buffer_add_text(out, "In Plecto's formula, add the filter \"Active is true\".");
        return;
    }
    buffer_add_text(out, "In Plecto's formula, add the filter ");
    for (size_t i = 0; i < finding->value_count && i < 2; i++) {
        struct view value = shown_value(reconciliation, finding, i);
        buffer_print(out, "%s\"%s is not %.*s\"", i > 0 ? " or " : "", finding->fields[i], VIEW_ARGS(value));
    }
    buffer_add_char(out, '.');
}

static void add_way_out(const struct reconciliation *reconciliation, const struct finding *finding,
                        struct buffer *out) {
    int source = source_side(&reconciliation->comparison);
    const struct side *left = &reconciliation->comparison.sides[source],
                      *right = &reconciliation->comparison.sides[1 - source];
    switch (finding->cause) {
    case CAUSE_ATTRIBUTE:
    case CAUSE_ATTRIBUTES: add_filter(reconciliation, finding, out); break;
    case CAUSE_DATE: add_both(reconciliation, out, "--date", finding->fields[0]); break;
    case CAUSE_DAYS:
        if (view_is(view_of(finding->values[0]), "UTC") && left->kind == SIDE_EXPORT) {
            add_both(reconciliation, out, "--tz", "UTC");
            break;
        }
        buffer_add_text(out, "Set the same time zone and the same days for both reports.");
        break;
    case CAUSE_UNSENT:
    case CAUSE_ROWS:
    case CAUSE_ROW:
        if (right->kind == SIDE_FOLDER) {
            buffer_add_text(out, "st2plecto convert");
            add_paths(out, left);
            buffer_add_text(out, " -o");
            add_paths(out, right);
            buffer_add_text(out, " --force");
        } else if (right->kind == SIDE_PLECTO_ANSWER || right->kind == SIDE_PLECTO_FILE) {
            buffer_add_text(out, "st2plecto upload plecto");
        }
        break;
    case CAUSE_STALE:
        if (right->kind == SIDE_PLECTO_ANSWER || right->kind == SIDE_PLECTO_FILE)
            buffer_add_text(out, "st2plecto upload plecto --vanished delete");
        break;
    case CAUSE_REPEATED: buffer_add_text(out, "Make each ID unique: \"id\" in a schema can combine columns."); break;
    case CAUSE_PEOPLE: buffer_add_text(out, "List both names for one person in a roster: --roster FILE"); break;
    case CAUSE_REJECTED: buffer_add_text(out, "st2plecto explain E201"); break;
    default: break;
    }
}

static void add_command(const struct reconciliation *reconciliation, struct finding *finding) {
    struct buffer text = {0};
    if (!finding || finding->command) return;
    add_way_out(reconciliation, finding, &text);
    if (text.length > 0) finding->command = buffer_take(&text);
    buffer_free(&text);
    add_command(reconciliation, finding->parts[0]);
    add_command(reconciliation, finding->parts[1]);
}

void reconciliation_add_commands(struct reconciliation *reconciliation) {
    for (size_t i = 0; i < reconciliation->found.count; i++)
        add_command(reconciliation, reconciliation->found.list[i]);
}
