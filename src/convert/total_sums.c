/* total_sums.c: what rows add up to, and what a total row states beside it. A column's total may be its sum or, as set in
 * the report, its average (schemas/servicetitan.md, "Web reports and workbooks"); percentages there are weighted and
 * are not compared. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/totals_private.h"
#include "schema/label_words.h"

void total_sums_start(struct total_sums *sums, size_t followed) {
    sums->sums = memory_get_zero(followed + 1, sizeof *sums->sums);
    sums->unread = memory_get_zero(followed + 1, sizeof *sums->unread);
    sums->ranges = memory_get_zero(followed + 1, sizeof *sums->ranges);
}

void total_sums_free(struct total_sums *sums) {
    free(sums->sums);
    free(sums->unread);
    free(sums->ranges);
    free(sums->columns);
}

void total_sums_reset(struct total_sums *sums, size_t followed, size_t columns) {
    sums->rows = sums->damaged = 0;
    memset(sums->sums, 0, followed * sizeof *sums->sums);
    memset(sums->unread, 0, followed * sizeof *sums->unread);
    memset(sums->ranges, 0, followed * sizeof *sums->ranges);
    if (sums->columns) memset(sums->columns, 0, columns * sizeof *sums->columns);
}

void total_sums_add_event(struct total_sums *sums, const struct outcome *outcome, const struct total_event *event,
                          size_t followed) {
    sums->rows += event->rows;
    sums->damaged += event->damaged;
    for (size_t i = 0; i < followed; i++) {
        decimal_add(&sums->sums[i], outcome->total_sums[event->amounts + i]);
        sums->unread[i] += outcome->total_unread[event->amounts + i];
        value_range_add(&sums->ranges[i], &outcome->total_ranges[event->amounts + i]);
    }
    for (size_t i = 0; i < event->column_count; i++)
        column_sum_add(&sums->columns[i], &outcome->total_columns[event->columns + i]);
}

void total_sums_make_room(struct total_sums *sums, size_t before, size_t columns) {
    sums->columns = memory_resize(sums->columns, (columns + 1) * sizeof *sums->columns);
    memset(sums->columns + before, 0, (columns - before) * sizeof *sums->columns);
}

void totals_make_room(struct totals *totals, size_t columns) {
    if (columns <= totals->column_room) return;
    total_sums_make_room(&totals->group, totals->column_room, columns);
    total_sums_make_room(&totals->all, totals->column_room, columns);
    totals->column_room = columns;
}

int64_t *total_numbers_copy(const struct plan *plan, const struct total_event *event, const int64_t *stated,
                            const int64_t *cells) {
    size_t followed = plan->followed_count, columns = event->column_count;
    int64_t *copy = memory_get_zero(followed + columns + 1, sizeof *copy);
    if (followed > 0) memcpy(copy, stated, followed * sizeof *copy);
    if (columns > 0) memcpy(copy + followed, cells, columns * sizeof *copy);
    return copy;
}

void total_sums_add(struct total_sums *into, const struct total_sums *from, size_t followed, size_t columns) {
    into->rows += from->rows;
    into->damaged += from->damaged;
    for (size_t i = 0; i < followed; i++) {
        decimal_add(&into->sums[i], from->sums[i]);
        into->unread[i] += from->unread[i];
        value_range_add(&into->ranges[i], &from->ranges[i]);
    }
    for (size_t i = 0; i < columns; i++)
        column_sum_add(&into->columns[i], &from->columns[i]);
}

/* --- comparing ------------------------------------------------------------------------------------------------- */

#define CENT (DECIMAL_SCALE / 100) /* no quotient is rounded by more */

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
            wide_integer scaled = sums->sums[over] * DECIMAL_SCALE, off = stated * divisor - scaled;
            if (off > divisor * CENT || -off > divisor * CENT) continue; /* nearly all: told without dividing */
            if (stated == decimal_average(scaled, (uint64_t)divisor, 2) ||
                stated == decimal_average(scaled, (uint64_t)divisor, 4))
                return true;
        }
    return false;
}

/* Whether the row states the column's sum. */
static bool is_sum(const int64_t *stated, const struct total_sums *sums, size_t column) {
    return stated[column] != INT64_MIN && stated[column] == sums->sums[column];
}

/* Whether the amount can only be an average, weighted by whatever: no sum of amounts that are not below zero is less than
 * the greatest of them. Two other columns must state their sums, so that the row is a total beyond doubt, and the label must not be one
 * of money that is summed, such as Revenue: there the total is wrong, or a row. */
static bool is_weighted(const struct plan *plan, const int64_t *stated, const struct total_sums *sums, size_t column) {
    struct view label = view_of(plan->schema->fields[plan->followed[column]].name);
    if (label_is_money(label) && !label_is_average(label)) return false;
    const struct value_range *range = &sums->ranges[column];
    if (!range->is_known || range->least < 0 || stated[column] < range->least || stated[column] >= range->most ||
        stated[column] == 0)
        return false;
    size_t agreements = 0;
    for (size_t i = 0; i < plan->followed_count; i++)
        agreements += is_sum(stated, sums, i) && stated[i] != 0;
    return agreements >= 2;
}

enum total_agreement total_compare(const struct plan *plan, const int64_t *stated, const struct total_sums *sums,
                              size_t column) {
    int64_t amount = stated[column];
    wide_integer sum = sums->sums[column];
    if (amount == INT64_MIN) return TOTAL_NOT_STATED;
    if (is_sum(stated, sums, column)) return TOTAL_AGREES;
    if (sums->unread[column] > 0 || sums->damaged > 0) return TOTAL_NOT_READ;
    bool is_average = sums->rows > 1 &&
                      (amount == decimal_average(sum, sums->rows, 2) || amount == decimal_average(sum, sums->rows, 4) ||
                       is_ratio(amount, sums, plan->followed_count, column) ||
                       is_weighted(plan, stated, sums, column));
    return is_average ? TOTAL_AGREES_AVERAGE : TOTAL_DIFFERS;
}

bool total_count_differs(const struct total_event *event, const struct total_sums *sums) {
    return event->has_count && event->count != (int64_t)sums->rows && sums->damaged == 0;
}

size_t total_differences(const struct plan *plan, const int64_t *stated, const struct total_event *event,
                         const struct total_sums *sums, size_t most) {
    size_t count = total_count_differs(event, sums);
    for (size_t i = 0; i < plan->followed_count && count <= most; i++)
        count += total_compare(plan, stated, sums, i) == TOTAL_DIFFERS;
    return count;
}

size_t total_agreements(const struct plan *plan, const int64_t *stated, const struct total_sums *sums) {
    size_t count = 0;
    for (size_t i = 0; i < plan->followed_count; i++)
        count += is_sum(stated, sums, i);
    return count;
}

size_t total_compared(const struct plan *plan, const int64_t *stated, const struct total_sums *sums) {
    size_t count = 0;
    for (size_t i = 0; i < plan->followed_count; i++) {
        enum total_agreement agreement = total_compare(plan, stated, sums, i);
        count += agreement == TOTAL_AGREES || agreement == TOTAL_DIFFERS;
    }
    return count;
}
