/* totals_after.c: total rows that come after their rows: whether each is one, which rows it is of, and what it states. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/total_proof.h"
#include "convert/totals_private.h"

/* --- telling --------------------------------------------------------------------------------------------------- */

static void add_difference(const struct plan *plan, struct issues *issues, const struct total_event *event, size_t file,
                           size_t column, int64_t stated, wide_integer sum, const char *kind) {
    struct buffer text = {0};
    bool is_money = plan->schema->fields[plan->followed[column]].is_money;
    buffer_print(&text, "the %s of %s is ", kind, plan->followed_titles[column]);
    decimal_print_human(&text, stated, is_money);
    buffer_add_text(&text, " in the file; its rows add up to ");
    decimal_print_human(&text, sum, is_money);
    wide_integer difference = sum - stated;
    struct issue issue = {
        .code = E701_TOTAL_DIFFERS,
        .file = (uint32_t)file,
        .row = event->row,
        .line = event->line,
        .column = 1,
        .field = view_of(plan->followed_titles[column]),
        .detail = buffer_view(&text),
        .has_money = is_money && difference <= INT64_MAX && difference >= INT64_MIN,
        .money = (int64_t)difference,
    };
    issues_add(issues, &issue);
    buffer_free(&text);
}

static void tell_differences(const struct plan *plan, struct issues *issues, const struct total_event *event,
                             size_t file, const int64_t *stated, const struct total_sums *sums, const char *kind) {
    if (total_count_differs(event, sums)) {
        char *text = memory_print("the %s states %lld rows, there are %llu", kind, (long long)event->count,
                                  (unsigned long long)sums->rows);
        struct issue issue = {.code = E702_COUNT_DIFFERS,
                              .file = (uint32_t)file,
                              .row = event->row,
                              .line = event->line,
                              .column = 1,
                              .detail = view_of(text)};
        issues_add(issues, &issue);
        free(text);
    }
    for (size_t i = 0; i < plan->followed_count; i++)
        if (total_compare(plan, stated, sums, i) == TOTAL_DIFFERS)
            add_difference(plan, issues, event, file, i, stated[i], sums->sums[i], kind);
}

static char *describe(const struct plan *plan, const int64_t *stated, const struct total_sums *sums, bool agrees,
                      size_t compared) {
    struct buffer text = {0};
    size_t count = total_compared(plan, stated, sums);
    if (!agrees)
        buffer_add_text(&text, "does not agree with the rows");
    else
        buffer_add_text(&text, compared > 0 ? "agrees with the rows" : "cannot be compared with the rows");
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum total_agreement agreement = total_compare(plan, stated, sums, i);
        if (agreement == TOTAL_AGREES_AVERAGE)
            buffer_print(&text, ". %s has the average, which is not a sum", plan->followed_titles[i]);
        if (agreement == TOTAL_NOT_READ)
            buffer_print(&text, ". %s is not compared, because some cells of its rows could not be read",
                         plan->followed_titles[i]);
    }
    buffer_print(&text, " (%llu row%s, %zu sum%s compared; percentages are weighted and not compared)",
                 (unsigned long long)sums->rows, sums->rows == 1 ? "" : "s", count, count == 1 ? "" : "s");
    return buffer_take(&text);
}

/* Notes a total row: with the group it is of, if it is a subtotal. */
static struct result_total *add_found(struct totals *totals, const struct total_event *event, const char *kind) {
    totals->found = memory_resize(totals->found, (totals->found_count + 1) * sizeof *totals->found);
    struct result_total *found = &totals->found[totals->found_count++];
    *found = (struct result_total){
        .file = (uint32_t)totals->file,
        .row = event->row,
        .line = event->line,
        .kind = memory_copy(view_of(kind)),
        .group = memory_copy(view_of(strcmp(kind, TOTAL_SUB) == 0 ? event->group : "")),
    };
    return found;
}

void totals_report_average(struct totals *totals, const struct total_event *event) {
    struct result_total *found = add_found(totals, event, TOTAL_AVERAGE);
    found->agrees = true;
    found->text = memory_copy(view_of("has the averages of the rows, which are not compared"));
}

void totals_report(struct totals *totals, const struct plan *plan, const struct total_event *event,
                   const int64_t *stated, const struct total_sums *sums, const char *kind, struct issues *issues) {
    bool agrees = total_differences(plan, stated, event, sums, 0) == 0;
    size_t compared = total_compared(plan, stated, sums) + (event->has_count && sums->damaged == 0);
    if (!agrees) tell_differences(plan, issues, event, totals->file, stated, sums, kind);
    for (size_t i = 0; i < plan->followed_count; i++)
        if (total_compare(plan, stated, sums, i) == TOTAL_AGREES_AVERAGE) totals->is_average[i] = true;
    struct result_total *found = add_found(totals, event, kind);
    found->agrees = agrees;
    found->compared = compared;
    found->text = describe(plan, stated, sums, agrees, compared);
}

static void check(struct totals *totals, const struct plan *plan, const struct total_event *event,
                  const int64_t *stated, struct issues *issues) {
    bool has_group = totals->group.rows > 0;
    size_t group_differences = has_group ? total_differences(plan, stated, event, &totals->group, SIZE_MAX) : SIZE_MAX;
    size_t file_differences = total_differences(plan, stated, event, &totals->all, group_differences);
    /* whichever it fits better; a tie is told by the sums that agree, for a sum in which a cell could not be read may be
     * either; else (one group only, or no groups) it is the grand total unless groups are open */
    size_t group_agreements = has_group ? total_agreements(plan, stated, &totals->group) : 0;
    size_t file_agreements = total_agreements(plan, stated, &totals->all);
    bool is_tie = file_differences == group_differences;
    bool is_grand = file_differences < group_differences ||
                    (is_tie && (file_agreements > group_agreements ||
                                (file_agreements == group_agreements && (event->group[0] == '\0' || !has_group))));
    totals_report(totals, plan, event, stated, is_grand ? &totals->all : &totals->group,
                  is_grand ? TOTAL_GRAND : TOTAL_SUB, issues);
    total_sums_reset(&totals->group, plan->followed_count, totals->column_room);
}

/* --- candidates ------------------------------------------------------------------------------------------------- */

void totals_refute(struct totals *totals, const struct total_event *event) {
    void *refuted = totals->refuted;
    memory_grow(&refuted, &totals->refuted_capacity, totals->refuted_count + 1, sizeof *totals->refuted);
    totals->refuted = refuted;
    totals->refuted[totals->refuted_count++] = (struct row_place){totals->file, event->row};
}

/* The candidate is a row: the next pass takes it for one; from here on its numbers count here. */
static void refute(struct totals *totals, const struct total_event *event, const int64_t *cells) {
    totals_refute(totals, event);
    totals->group.rows++;
    totals->all.rows++;
    for (size_t i = 0; i < event->column_count; i++) {
        if (cells[i] == INT64_MIN) continue;
        column_sum_add_value(&totals->group.columns[i], cells[i]);
        column_sum_add_value(&totals->all.columns[i], cells[i]);
    }
}

void totals_release(struct totals *totals, const struct plan *plan, bool is_total, struct issues *issues) {
    if (!totals->held.is_open) return;
    totals->held.is_open = false;
    if (is_total)
        check(totals, plan, &totals->held.event, totals->held.stated, issues);
    else
        refute(totals, &totals->held.event, totals->held.stated + plan->followed_count);
}

static void hold(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                 const int64_t *cells) {
    struct held_total *held = &totals->held;
    free(held->stated);
    *held =
        (struct held_total){.is_open = true, .event = *event, .stated = total_numbers_copy(plan, event, stated, cells)};
}

/* Whether a row with a number where the ID is states what these rows are: as many, or one of their sums and no other. What
 * could not be read of them may be a sum. */
static bool states_rows(const struct plan *plan, const struct total_event *event, const int64_t *stated,
                        const struct total_sums *sums) {
    if (sums->rows == 0) return false;
    if (event->has_count && event->count == (int64_t)sums->rows) return true;
    size_t agreeing = 0;
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum total_agreement agreement = total_compare(plan, stated, sums, i);
        if (agreement == TOTAL_DIFFERS) return false;
        agreeing += agreement == TOTAL_AGREES || agreement == TOTAL_NOT_READ;
    }
    return agreeing > 1 || (agreeing > 0 && sums->rows > 1);
}

void totals_judge(struct totals *totals, const struct plan *plan, const struct total_event *event,
                  const int64_t *stated, const int64_t *cells, struct issues *issues) {
    totals_release(totals, plan, false, issues);
    if (event->is_average && totals->all.rows > 0) {
        totals_report_average(totals, event);
        return;
    }
    if (!event->is_candidate) {
        check(totals, plan, event, stated, issues);
        return;
    }
    if (event->column_count == 0) { /* only the place of the ID is in doubt */
        bool is_total = states_rows(plan, event, stated, &totals->group) || states_rows(plan, event, stated, &totals->all);
        if (is_total)
            check(totals, plan, event, stated, issues);
        else
            refute(totals, event, cells);
        return;
    }
    size_t matches = 0;
    if (totals->group.rows > 0)
        matches = total_matches(cells, totals->group.columns, event->column_count, totals->group.rows);
    if (matches == 0 && totals->all.rows > 0)
        matches = total_matches(cells, totals->all.columns, event->column_count, totals->all.rows);
    if (matches > 1 || (event->is_labelled && totals->all.rows > 0))
        check(totals, plan, event, stated, issues);
    else if (matches == 1)
        hold(totals, plan, event, stated, cells);
    else
        refute(totals, event, cells);
}

void totals_take(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                 const int64_t *cells, const struct total_sums *after, struct issues *issues) {
    totals_judge(totals, plan, event, stated, cells, issues);
    if (after->rows > 0) totals_release(totals, plan, false, issues);
    total_sums_add(&totals->group, after, plan->followed_count, totals->column_room);
    total_sums_add(&totals->all, after, plan->followed_count, totals->column_room);
}
