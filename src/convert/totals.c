/* totals.c: what a total row states against what we added up. A column's total may be its sum or, as set in
 * the report, its average (schemas/servicetitan.md, "Web reports and workbooks"); percentages there are weighted and
 * are not compared. */
#include "convert/totals.h"

#include <stdlib.h>

#include "base/memory.h"

void totals_start(struct totals *totals, const struct plan *plan) {
    *totals = (struct totals){.file = SIZE_MAX};
    totals->group_sums = memory_get_zero(plan->followed_count + 1, sizeof *totals->group_sums);
    totals->file_sums = memory_get_zero(plan->followed_count + 1, sizeof *totals->file_sums);
}

void totals_free(struct totals *totals) {
    free(totals->group_sums);
    free(totals->file_sums);
    for (size_t i = 0; i < totals->found_count; i++) {
        free(totals->found[i].kind);
        free(totals->found[i].group);
        free(totals->found[i].text);
    }
    free(totals->found);
    *totals = (struct totals){0};
}

enum agreement { AGREES, AGREES_AVERAGE, NOT_STATED, DIFFERS };

static enum agreement compare(int64_t stated, wide_integer sum, uint64_t rows) {
    if (stated == INT64_MIN) return NOT_STATED;
    if (stated == sum) return AGREES;
    if (rows > 0 && (stated == decimal_average(sum, rows, 2) || stated == decimal_average(sum, rows, 4)))
        return AGREES_AVERAGE;
    return DIFFERS;
}

/* Columns that differ if the row is taken as the total of these rows. */
static size_t differences(const struct plan *plan, const int64_t *stated, const struct total_event *event,
                          uint64_t rows, const wide_integer *sums) {
    size_t count = event->has_count && event->count != (int64_t)rows ? 1 : 0;
    for (size_t i = 0; i < plan->followed_count; i++)
        count += compare(stated[i], sums[i], rows) == DIFFERS;
    return count;
}

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
                             size_t file, const int64_t *stated, uint64_t rows, const wide_integer *sums,
                             const char *kind) {
    if (event->has_count && event->count != (int64_t)rows) {
        char *text = memory_print("the %s states %lld rows, there are %llu", kind, (long long)event->count,
                                  (unsigned long long)rows);
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
        if (compare(stated[i], sums[i], rows) == DIFFERS)
            add_difference(plan, issues, event, file, i, stated[i], sums[i], kind);
}

static char *describe(const struct plan *plan, const struct total_event *event, const int64_t *stated, uint64_t rows,
                      const wide_integer *sums, bool agrees) {
    struct buffer text = {0};
    buffer_add_text(&text, agrees ? "agrees with the rows" : "does not agree with the rows");
    size_t compared = 0;
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum agreement agreement = compare(stated[i], sums[i], rows);
        compared += agreement == AGREES;
        if (agreement == AGREES_AVERAGE)
            buffer_print(&text, "; %s holds the average, which is no sum", plan->followed_titles[i]);
    }
    buffer_print(&text, " (%llu rows, %zu sums compared; a percentage there is weighted and not compared)",
                 (unsigned long long)rows, compared);
    (void)event;
    return buffer_take(&text);
}

static void check(struct totals *totals, const struct plan *plan, const struct outcome *outcome,
                  const struct total_event *event, struct issues *issues) {
    const int64_t *stated = outcome->total_stated + event->stated;
    size_t group_differences =
        totals->group_rows == 0 ? SIZE_MAX : differences(plan, stated, event, totals->group_rows, totals->group_sums);
    size_t file_differences = differences(plan, stated, event, totals->file_rows, totals->file_sums);
    /* whichever it fits better; a tie (one group only, or no groups) is the grand total unless groups are open */
    bool is_grand = file_differences < group_differences ||
                    (file_differences == group_differences && (event->group[0] == '\0' || totals->group_rows == 0));
    uint64_t rows = is_grand ? totals->file_rows : totals->group_rows;
    const wide_integer *sums = is_grand ? totals->file_sums : totals->group_sums;
    bool agrees = (is_grand ? file_differences : group_differences) == 0;
    const char *kind = is_grand ? "grand total" : "subtotal";
    if (!agrees) tell_differences(plan, issues, event, totals->file, stated, rows, sums, kind);
    totals->found = memory_resize(totals->found, (totals->found_count + 1) * sizeof *totals->found);
    totals->found[totals->found_count++] = (struct result_total){
        .file = (uint32_t)totals->file,
        .row = event->row,
        .line = event->line,
        .kind = memory_copy(view_of(kind)),
        .group = memory_copy(view_of(is_grand ? "" : event->group)),
        .agrees = agrees,
        .text = describe(plan, event, stated, rows, sums, agrees),
    };
    totals->group_rows = 0;
    memset(totals->group_sums, 0, plan->followed_count * sizeof *totals->group_sums);
}

void totals_merge(struct totals *totals, const struct plan *plan, const struct outcome *outcome, size_t file,
                  struct issues *issues) {
    if (totals->file != file) {
        totals->file = file;
        totals->group_rows = totals->file_rows = 0;
        memset(totals->group_sums, 0, (plan->followed_count + 1) * sizeof *totals->group_sums);
        memset(totals->file_sums, 0, (plan->followed_count + 1) * sizeof *totals->file_sums);
    }
    for (size_t i = 0; i < outcome->event_count; i++) {
        const struct total_event *event = &outcome->events[i];
        totals->group_rows += event->rows;
        totals->file_rows += event->rows;
        for (size_t k = 0; k < plan->followed_count; k++) {
            decimal_add(&totals->group_sums[k], outcome->total_sums[event->amounts + k]);
            decimal_add(&totals->file_sums[k], outcome->total_sums[event->amounts + k]);
        }
        if (event->is_total) check(totals, plan, outcome, event, issues);
    }
}
