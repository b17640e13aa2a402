/* totals.c: what a total row states against what we added up. A column's total may be its sum or, as set in
 * the report, its average (schemas/servicetitan.md, "Web reports and workbooks"); percentages there are weighted and
 * are not compared. */
#include "convert/totals.h"

#include <stdlib.h>

#include "base/memory.h"
#include "convert/total_proof.h"
#include "convert/totals_private.h"

void total_sums_start(struct total_sums *sums, size_t followed) {
    sums->sums = memory_get_zero(followed + 1, sizeof *sums->sums);
    sums->unread = memory_get_zero(followed + 1, sizeof *sums->unread);
}

void total_sums_free(struct total_sums *sums) {
    free(sums->sums);
    free(sums->unread);
    free(sums->columns);
}

void totals_start(struct totals *totals, const struct plan *plan) {
    *totals = (struct totals){.file = SIZE_MAX};
    total_sums_start(&totals->group, plan->followed_count);
    total_sums_start(&totals->all, plan->followed_count);
    totals->is_average = memory_get_zero(plan->followed_count + 1, sizeof *totals->is_average);
}

void totals_free(struct totals *totals) {
    total_sums_free(&totals->group);
    total_sums_free(&totals->all);
    for (size_t i = 0; i < totals->found_count; i++) {
        free(totals->found[i].kind);
        free(totals->found[i].group);
        free(totals->found[i].text);
    }
    free(totals->found);
    free(totals->held.stated);
    totals_first_free(&totals->first);
    free(totals->is_average);
    free(totals->refuted);
    *totals = (struct totals){0};
}

static void reset_sums(struct total_sums *sums, size_t followed, size_t columns) {
    sums->rows = sums->damaged = 0;
    memset(sums->sums, 0, followed * sizeof *sums->sums);
    memset(sums->unread, 0, followed * sizeof *sums->unread);
    if (sums->columns) memset(sums->columns, 0, columns * sizeof *sums->columns);
}

void total_sums_add_event(struct total_sums *sums, const struct outcome *outcome, const struct total_event *event,
                          size_t followed) {
    sums->rows += event->rows;
    sums->damaged += event->damaged;
    for (size_t i = 0; i < followed; i++) {
        decimal_add(&sums->sums[i], outcome->total_sums[event->amounts + i]);
        sums->unread[i] += outcome->total_unread[event->amounts + i];
    }
    for (size_t i = 0; i < event->column_count; i++)
        column_sum_add(&sums->columns[i], &outcome->total_columns[event->columns + i]);
}

/* --- comparing ------------------------------------------------------------------------------------------------- */

enum agreement { AGREES, AGREES_AVERAGE, NOT_STATED, NOT_READ, DIFFERS };

/* Whether the amount is what two of the sums give divided: the average of a column, weighted by another. */
static bool is_ratio(int64_t stated, const struct total_sums *sums, size_t count, size_t own) {
    if (stated == 0) return false;
    for (size_t over = 0; over < count; over++)
        for (size_t under = 0; under < count; under++) {
            bool is_other = over != under && over != own && under != own;
            wide_integer divisor = sums->sums[under];
            if (!is_other || divisor <= 0 || divisor > INT64_MAX || sums->sums[over] > INT64_MAX ||
                sums->sums[over] < -INT64_MAX)
                continue;
            wide_integer scaled = sums->sums[over] * DECIMAL_SCALE;
            if (stated == decimal_average(scaled, (uint64_t)divisor, 2) ||
                stated == decimal_average(scaled, (uint64_t)divisor, 4))
                return true;
        }
    return false;
}

static enum agreement compare(const struct plan *plan, const int64_t *stated, const struct total_sums *sums,
                              size_t column) {
    int64_t amount = stated[column];
    wide_integer sum = sums->sums[column];
    if (amount == INT64_MIN) return NOT_STATED;
    if (amount == sum) return AGREES;
    if (sums->unread[column] > 0 || sums->damaged > 0) return NOT_READ;
    bool is_average = sums->rows > 1 &&
                      (amount == decimal_average(sum, sums->rows, 2) || amount == decimal_average(sum, sums->rows, 4) ||
                       is_ratio(amount, sums, plan->followed_count, column));
    return is_average ? AGREES_AVERAGE : DIFFERS;
}

static bool count_differs(const struct total_event *event, const struct total_sums *sums) {
    return event->has_count && event->count != (int64_t)sums->rows && sums->damaged == 0;
}

/* Columns that differ if the row is taken as the total of these rows. */
size_t total_differences(const struct plan *plan, const int64_t *stated, const struct total_event *event,
                         const struct total_sums *sums) {
    size_t count = count_differs(event, sums);
    for (size_t i = 0; i < plan->followed_count; i++)
        count += compare(plan, stated, sums, i) == DIFFERS;
    return count;
}

/* The same for those that agree. */
size_t total_agreements(const struct plan *plan, const int64_t *stated, const struct total_sums *sums) {
    size_t count = 0;
    for (size_t i = 0; i < plan->followed_count; i++)
        count += compare(plan, stated, sums, i) == AGREES;
    return count;
}

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
    if (count_differs(event, sums)) {
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
        if (compare(plan, stated, sums, i) == DIFFERS)
            add_difference(plan, issues, event, file, i, stated[i], sums->sums[i], kind);
}

/* Sums that the row states and that could be compared, whether they agree or not. */
static size_t compared_sums(const struct plan *plan, const int64_t *stated, const struct total_sums *sums) {
    size_t count = 0;
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum agreement agreement = compare(plan, stated, sums, i);
        count += agreement == AGREES || agreement == DIFFERS;
    }
    return count;
}

static char *describe(const struct plan *plan, const int64_t *stated, const struct total_sums *sums, bool agrees,
                      size_t compared) {
    struct buffer text = {0};
    size_t count = compared_sums(plan, stated, sums);
    if (!agrees)
        buffer_add_text(&text, "does not agree with the rows");
    else
        buffer_add_text(&text, compared > 0 ? "agrees with the rows" : "cannot be compared with the rows");
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum agreement agreement = compare(plan, stated, sums, i);
        if (agreement == AGREES_AVERAGE)
            buffer_print(&text, ". %s has the average, which is not a sum", plan->followed_titles[i]);
        if (agreement == NOT_READ)
            buffer_print(&text, ". %s is not compared, because some cells of its rows could not be read",
                         plan->followed_titles[i]);
    }
    buffer_print(&text, " (%llu row%s, %zu sum%s compared; percentages are weighted and not compared)",
                 (unsigned long long)sums->rows, sums->rows == 1 ? "" : "s", count, count == 1 ? "" : "s");
    return buffer_take(&text);
}

/* A row of averages: it is known by its name, and nothing of it is compared. */
void totals_report_average(struct totals *totals, const struct total_event *event) {
    totals->found = memory_resize(totals->found, (totals->found_count + 1) * sizeof *totals->found);
    totals->found[totals->found_count++] = (struct result_total){
        .file = (uint32_t)totals->file,
        .row = event->row,
        .line = event->line,
        .kind = memory_copy(view_of(TOTAL_AVERAGE)),
        .group = memory_copy(view_of("")),
        .agrees = true,
        .text = memory_copy(view_of("has the averages of the rows, which are not compared")),
    };
}

void totals_report(struct totals *totals, const struct plan *plan, const struct total_event *event,
                   const int64_t *stated, const struct total_sums *sums, const char *kind, struct issues *issues) {
    bool agrees = total_differences(plan, stated, event, sums) == 0;
    size_t compared = compared_sums(plan, stated, sums) + (event->has_count && sums->damaged == 0);
    if (!agrees) tell_differences(plan, issues, event, totals->file, stated, sums, kind);
    for (size_t i = 0; i < plan->followed_count; i++)
        if (compare(plan, stated, sums, i) == AGREES_AVERAGE) totals->is_average[i] = true;
    totals->found = memory_resize(totals->found, (totals->found_count + 1) * sizeof *totals->found);
    totals->found[totals->found_count++] = (struct result_total){
        .file = (uint32_t)totals->file,
        .row = event->row,
        .line = event->line,
        .kind = memory_copy(view_of(kind)),
        .group = memory_copy(view_of(strcmp(kind, TOTAL_GRAND) == 0 ? "" : event->group)),
        .agrees = agrees,
        .compared = compared,
        .text = describe(plan, stated, sums, agrees, compared),
    };
}

static void check(struct totals *totals, const struct plan *plan, const struct total_event *event,
                  const int64_t *stated, struct issues *issues) {
    bool has_group = totals->group.rows > 0;
    size_t group_differences = has_group ? total_differences(plan, stated, event, &totals->group) : SIZE_MAX;
    size_t file_differences = total_differences(plan, stated, event, &totals->all);
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
    reset_sums(&totals->group, plan->followed_count, totals->column_room);
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

/* What is held is no total if a row comes after it, else one. */
static void release(struct totals *totals, const struct plan *plan, bool is_total, struct issues *issues) {
    if (!totals->held.is_open) return;
    totals->held.is_open = false;
    if (is_total)
        check(totals, plan, &totals->held.event, totals->held.stated, issues);
    else
        refute(totals, &totals->held.event, totals->held.stated + plan->followed_count);
}

static void hold(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                 const int64_t *cells) {
    size_t followed = plan->followed_count;
    struct held_total *held = &totals->held;
    held->is_open = true;
    held->event = *event;
    held->stated = memory_resize(held->stated, (followed + event->column_count + 1) * sizeof *held->stated);
    if (followed > 0) memcpy(held->stated, stated, followed * sizeof *stated);
    if (event->column_count > 0) memcpy(held->stated + followed, cells, event->column_count * sizeof *cells);
}

/* Whether a row with a number where the ID is states what these rows are: as many, or one of their sums and no other. What
 * could not be read of them may be a sum. */
static bool states_rows(const struct plan *plan, const struct total_event *event, const int64_t *stated,
                        const struct total_sums *sums) {
    if (sums->rows == 0) return false;
    if (event->has_count && event->count == (int64_t)sums->rows) return true;
    size_t agreeing = 0;
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum agreement agreement = compare(plan, stated, sums, i);
        if (agreement == DIFFERS) return false;
        agreeing += agreement == AGREES || agreement == NOT_READ;
    }
    return agreeing > 1 || (agreeing > 0 && sums->rows > 1);
}

static void judge(struct totals *totals, const struct plan *plan, const struct total_event *event,
                  const int64_t *stated, const int64_t *cells, struct issues *issues) {
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

/* --- the way through a file --------------------------------------------------------------------------------------- */

void total_sums_make_room(struct total_sums *sums, size_t before, size_t columns) {
    sums->columns = memory_resize(sums->columns, (columns + 1) * sizeof *sums->columns);
    memset(sums->columns + before, 0, (columns - before) * sizeof *sums->columns);
}

void total_sums_add(struct total_sums *into, const struct total_sums *from, size_t followed, size_t columns) {
    into->rows += from->rows;
    into->damaged += from->damaged;
    for (size_t i = 0; i < followed; i++) {
        decimal_add(&into->sums[i], from->sums[i]);
        into->unread[i] += from->unread[i];
    }
    for (size_t i = 0; i < columns; i++)
        column_sum_add(&into->columns[i], &from->columns[i]);
}

void totals_take(struct totals *totals, const struct plan *plan, const struct total_event *event, const int64_t *stated,
                 const int64_t *cells, const struct total_sums *after, struct issues *issues) {
    judge(totals, plan, event, stated, cells, issues);
    if (after->rows > 0) release(totals, plan, false, issues);
    total_sums_add(&totals->group, after, plan->followed_count, totals->column_room);
    total_sums_add(&totals->all, after, plan->followed_count, totals->column_room);
}

static void start_file(struct totals *totals, const struct plan *plan, size_t file, struct issues *issues) {
    totals_end(totals, plan, issues);
    totals->file = file;
    totals->is_in_order = false;
    reset_sums(&totals->group, plan->followed_count, totals->column_room);
    reset_sums(&totals->all, plan->followed_count, totals->column_room);
}

static void follow(struct totals *totals, const struct plan *plan, const struct outcome *outcome,
                   const struct total_event *event, struct issues *issues) {
    if (event->column_count > totals->column_room) {
        total_sums_make_room(&totals->group, totals->column_room, event->column_count);
        total_sums_make_room(&totals->all, totals->column_room, event->column_count);
        totals->column_room = event->column_count;
    }
    if (event->rows > 0 || event->is_total) release(totals, plan, false, issues);
    total_sums_add_event(&totals->group, outcome, event, plan->followed_count);
    total_sums_add_event(&totals->all, outcome, event, plan->followed_count);
    if (event->is_total)
        judge(totals, plan, event, outcome->total_stated + event->stated, outcome->total_cells + event->cells, issues);
}

void totals_merge(struct totals *totals, const struct plan *plan, const struct outcome *outcome, size_t file,
                  struct issues *issues) {
    if (totals->file != file) start_file(totals, plan, file, issues);
    for (size_t i = 0; i < outcome->event_count; i++) {
        const struct total_event *event = &outcome->events[i];
        bool is_first = event->is_total && event->rows == 0 && totals->all.rows == 0 && !totals->is_in_order;
        if (is_first || totals->first.count > 0)
            totals_first_add(totals, plan, outcome, event, issues);
        else
            follow(totals, plan, outcome, event, issues);
    }
}

void totals_end(struct totals *totals, const struct plan *plan, struct issues *issues) {
    totals_first_end(totals, plan, issues);
    release(totals, plan, true, issues);
}
