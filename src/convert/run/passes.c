/* run_passes.c: what a column means is often known only when all of it was read: the order of its dates, what commas in
 * its names are, whether shares are percent. A pass assumes it, and another is made if the file proves other. */
#include <stdlib.h>

#include "convert/run/run_private.h"

#define PASS_LIMIT 4

static void assume_orders(struct plan *plan) {
    for (size_t i = 0; i < plan->field_count; i++) {
        enum date_order declared = plan->schema->fields[i].date_order;
        if (plan->options->date_order != DATE_ORDER_UNKNOWN) declared = plan->options->date_order;
        plan->orders[i] = declared != DATE_ORDER_UNKNOWN ? declared : DATE_ORDER_MDY;
    }
}

/* Puts the proved orders into the plan; true if one differs from what the pass assumed. */
static bool correct_orders(struct run *run) {
    struct plan *plan = &run->plan;
    bool differs = false;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct field *field = &plan->schema->fields[i];
        if (plan->options->date_order != DATE_ORDER_UNKNOWN || field->date_order != DATE_ORDER_UNKNOWN ||
            run->evidence.columns[i].dates.slashed == 0)
            continue;
        enum date_order proved = evidence_order(&run->evidence.columns[i]);
        differs = differs || proved != plan->orders[i];
        plan->orders[i] = proved;
    }
    return differs;
}

/* What commas in names mean, and whether shares are 0 to 1, in the same way. */
static bool correct_names(struct run *run) {
    struct plan *plan = &run->plan;
    bool differs = false;
    for (size_t i = 0; i < plan->field_count; i++) {
        if (plan->schema->fields[i].commas != COMMAS_AUTO) continue;
        enum name_commas decided = comma_evidence_decide(&run->evidence.columns[i].commas);
        differs = differs || decided != plan->commas[i];
        plan->commas[i] = decided;
    }
    bool has_shares = false;
    for (size_t i = 0; i < plan->field_count; i++)
        has_shares = has_shares || (plan->schema->fields[i].derive == DERIVE_SHARE && plan->is_typed[i]);
    bool are_parts = has_shares && run->evidence.shares_over_one == 0;
    differs = differs || are_parts != plan->shares_are_parts;
    plan->shares_are_parts = are_parts;
    return differs;
}

/* Takes a pass back, so that another can begin. */
static bool undo_pass(struct run *run, struct error *error) {
    struct result *result = run->result;
    run_discard_output(run);
    run_end_pass(run);
    ledger_free(&result->ledger);
    free(result->columns);
    issues_reset(result->issues);
    issues_merge(result->issues, run->early_issues);
    for (size_t i = 0; i < result->total_count; i++) {
        free(result->totals[i].kind);
        free(result->totals[i].group);
        free(result->totals[i].text);
    }
    result->total_count = 0;
    for (size_t i = run->early_notes; i < result->note_count; i++)
        free(result->notes[i]);
    result->note_count = run->early_notes;
    for (size_t i = 0; i < run->file_count; i++)
        if (!input_rewind(run->inputs[i], error)) return false;
    return true;
}

/* A pass assumes what dates, commas and shares mean and which rows count; if the file proves other, it is read
 * again. What is proved does not depend on what was assumed, so this ends. */
bool run_passes(struct run *run, struct error *error) {
    assume_orders(&run->plan);
    run->early_notes = run->result->note_count;
    run->early_issues = issues_create(run_kept_limit(run->options));
    issues_merge(run->early_issues, run->result->issues);
    for (int pass = 1;; pass++) {
        if (!run_pass(run, error)) return false;
        bool has_orders = correct_orders(run), has_names = correct_names(run), again = has_orders || has_names;
        if (pass == PASS_LIMIT) return true;
        if (!again && run->repeated.count > 0 && !run->repeats && !run_examine_repeats(run, &again, error))
            return false;
        if (!again) return true;
        if (!undo_pass(run, error)) return false;
    }
}
