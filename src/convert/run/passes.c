/* run_passes.c: what a column means is often known only when all of it was read: the order of its dates, what commas in
 * its names are, whether shares are percent. A pass assumes it, and another is made if the file proves other. */
#include <stdlib.h>

#include "base/memory.h"
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"

#define PASS_LIMIT 5

static void assume_orders(struct plan *plan) {
    for (size_t i = 0; i < plan->field_count; i++) {
        enum date_order declared = plan->schema->fields[i].date_order;
        if (plan->options->date_order != DATE_ORDER_UNKNOWN) declared = plan->options->date_order;
        plan->orders[i] = declared != DATE_ORDER_UNKNOWN ? declared : DATE_ORDER_MDY;
    }
}

/* Puts the proved orders into the plan; true if one differs from what the pass assumed. */
static bool correct_orders(struct plan *plan, const struct evidence *evidence) {
    bool differs = false;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct field *field = &plan->schema->fields[i];
        if (plan->options->date_order != DATE_ORDER_UNKNOWN || field->date_order != DATE_ORDER_UNKNOWN ||
            evidence->columns[i].dates.slashed == 0)
            continue;
        enum date_order proved = evidence_order(&evidence->columns[i]);
        differs = differs || proved != plan->orders[i];
        plan->orders[i] = proved;
    }
    return differs;
}

/* Whether a column of the run proves decimal commas, and none decimal points. */
static bool run_has_commas(const struct plan *plan, const struct evidence *evidence) {
    bool has_commas = false;
    for (size_t i = 0; i < plan->field_count; i++) {
        if (plan->schema->fields[i].type != FIELD_NUMBER || !plan->is_typed[i]) continue;
        if (marks_prove_points(&evidence->columns[i].form.marks)) return false;
        has_commas = has_commas || marks_prove_commas(&evidence->columns[i].form.marks);
    }
    return has_commas;
}

static bool is_hours_minutes(const struct plan *plan, const struct field *field, const struct length_evidence *lengths) {
    enum two_parts said = plan->options->two_parts != TWO_PARTS_OPEN ? plan->options->two_parts : field->two_parts;
    if (said != TWO_PARTS_OPEN) return said == TWO_PARTS_HOURS;
    /* where no value has two parts, nothing depends on it, and the file is not read again */
    return !lengths || lengths->two_parts == 0 || !lengths_prove_minutes(lengths);
}

static void assume_forms(struct plan *plan) {
    for (size_t i = 0; i < plan->field_count; i++)
        plan->forms[i].is_hours_minutes = is_hours_minutes(plan, &plan->schema->fields[i], NULL);
}

/* The form that the column's texts prove, in place of what was assumed. */
static struct column_form proved_form(const struct plan *plan, size_t field, const struct form_evidence *evidence,
                                      bool has_commas) {
    const struct field *entry = &plan->schema->fields[field];
    struct column_form form = plan->forms[field];
    bool is_declared = entry->style.point != decimal_style_default.point;
    if (entry->type == FIELD_NUMBER && !is_declared) form.style = marks_style(&evidence->marks, has_commas);
    if (entry->type == FIELD_TEXT) form.is_quoted = texts_are_quoted(evidence->texts, evidence->quoted);
    if (entry->type == FIELD_DURATION) form.is_hours_minutes = is_hours_minutes(plan, entry, &evidence->lengths);
    if (entry->type == FIELD_DATE || entry->type == FIELD_DATETIME) {
        form.is_excel_date = days_are_numbers(&evidence->days);
        form.in_utc = evidence->days.in_utc > 0 && evidence->days.with_offset > 0 && !plan->options->zone;
    }
    return form;
}

/* Puts the proved forms into the plan; true if one differs from what the pass assumed. */
static bool correct_forms(struct plan *plan, const struct evidence *evidence) {
    bool differs = false, has_commas = run_has_commas(plan, evidence);
    for (size_t i = 0; i < plan->field_count; i++) {
        struct column_form *old = &plan->forms[i], new = proved_form(plan, i, &evidence->columns[i].form, has_commas);
        differs = differs || new.style.point != old->style.point || new.is_excel_date != old->is_excel_date ||
                  new.in_utc != old->in_utc || new.is_quoted != old->is_quoted ||
                  new.is_hours_minutes != old->is_hours_minutes;
        *old = new;
    }
    return differs;
}

/* What apply may take: dates whose order the export, the schema or an option says. */
static void settle_lookup(const struct plan *plan, const struct evidence *evidence) {
    if (!plan->options->lookup) return;
    bool *is_known = memory_get_zero(plan->field_count + 1, sizeof *is_known);
    for (size_t i = 0; i < plan->field_count; i++)
        is_known[i] = plan->options->date_order != DATE_ORDER_UNKNOWN ||
                      plan->schema->fields[i].date_order != DATE_ORDER_UNKNOWN ||
                      (evidence->columns[i].dates.slashed > 0 && plan->orders[i] != DATE_ORDER_UNKNOWN);
    row_lookup_settle_orders(plan->options->lookup, is_known, plan->field_count);
    free(is_known);
}

/* IDs: whether .0 is part of them, and whether 12E5 is a number. */
static bool correct_ids(struct plan *plan, const struct evidence *evidence) {
    const uint64_t *ids = evidence->ids;
    bool are_floats = ids[ID_POINT_ZERO] > 0 && ids[ID_DIGITS] + ids[ID_EXPONENT] + ids[ID_OTHER] == 0;
    bool have_exponents = ids[ID_EXPONENT] > 0 && ids[ID_DIGITS] > 0 && ids[ID_OTHER] == 0;
    uint64_t all = 0;
    for (size_t i = 0; i < ID_KIND_COUNT; i++)
        all += ids[i];
    bool are_quoted = texts_are_quoted(all, evidence->quoted_ids);
    bool differs = are_floats != plan->ids_are_floats || have_exponents != plan->ids_have_exponents ||
                   are_quoted != plan->ids_are_quoted;
    plan->ids_are_quoted = are_quoted;
    plan->ids_are_floats = are_floats;
    plan->ids_have_exponents = have_exponents;
    return differs;
}

/* What commas in names mean, and whether shares are 0 to 1, in the same way. */
static bool correct_names(struct plan *plan, const struct evidence *evidence) {
    bool differs = false;
    for (size_t i = 0; i < plan->field_count; i++) {
        if (plan->schema->fields[i].commas != COMMAS_AUTO) continue;
        enum name_commas decided = comma_evidence_decide(&evidence->columns[i].commas);
        differs = differs || decided != plan->commas[i];
        plan->commas[i] = decided;
    }
    bool has_shares = false;
    for (size_t i = 0; i < plan->field_count; i++)
        has_shares = has_shares || (plan->schema->fields[i].derive == DERIVE_SHARE && plan->is_typed[i]);
    bool are_parts = has_shares && evidence->shares_over_one == 0;
    differs = differs || are_parts != plan->shares_are_parts;
    plan->shares_are_parts = are_parts;
    return differs;
}

/* Rows that look like totals and are none. */
static bool correct_totals(struct plan *plan, struct totals *totals) {
    if (totals->refuted_count == 0) return false;
    size_t count = plan->refuted_count + totals->refuted_count;
    plan->refuted = memory_resize(plan->refuted, count * sizeof *plan->refuted);
    memcpy(plan->refuted + plan->refuted_count, totals->refuted, totals->refuted_count * sizeof *plan->refuted);
    plan->refuted_count = count;
    qsort(plan->refuted, count, sizeof *plan->refuted, row_place_compare);
    return true;
}

/* The week or month in which the filter ends is cut where the file has rows of it behind the filter. */
static bool correct_cuts(struct plan *plan, const struct counts *counts) {
    if (counts->of[COUNT_AFTER_PERIOD] == 0) return false;
    size_t before = plan->cuts.count;
    cut_periods_prove_end(plan->options, &plan->cuts);
    return plan->cuts.count > before;
}

static bool rewind_inputs(struct run *run, struct error *error) {
    for (size_t i = 0; i < run->file_count; i++)
        if (!input_rewind(run->inputs[i], error)) return false;
    return true;
}

/* A pass assumes what dates, commas and shares mean and which rows count; if the file proves other, it is read
 * again. What is proved does not depend on what was assumed, so this ends. */
bool run_passes(struct run *run, struct pass *pass, struct error *error) {
    assume_orders(&run->plan);
    assume_forms(&run->plan);
    for (int number = 1;; number++) {
        if (!pass_make(run, pass, error)) return false;
        bool has_orders = correct_orders(&run->plan, &pass->evidence),
             has_names = correct_names(&run->plan, &pass->evidence),
             has_forms = correct_forms(&run->plan, &pass->evidence),
             has_ids = correct_ids(&run->plan, &pass->evidence),
             has_totals = correct_totals(&run->plan, &pass->totals),
             has_cuts = correct_cuts(&run->plan, &pass->counts), has_known = run_learn_names(run, pass),
             again = has_orders || has_names || has_forms || has_ids || has_totals || has_cuts || has_known;
        settle_lookup(&run->plan, &pass->evidence);
        if (number == PASS_LIMIT) return true;
        if (!again && pass->repeated.count > 0 && !run->repeats && !run_examine_repeats(run, pass, &again, error))
            return false;
        if (!again && !run->has_asked_vanished && !run_find_vanished(run, pass, &again, error)) return false;
        if (!again) return true;
        pass_free(pass);
        if (!rewind_inputs(run, error)) return false;
    }
}
