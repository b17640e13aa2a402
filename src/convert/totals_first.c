/* totals_first.c: total rows that come before their rows, as in reports whose groups are opened from a line with the sums.
 *
 * Where the first total row of a file comes before all rows, nothing is judged until the file ends: each total row is kept
 * with the rows up to the next. Such a row may be over all that follows, or over the next groups, or (a last line) over what
 * came before; it is the total of those it fits best. One without the word total is a row unless its numbers prove it: two
 * columns, or one column over two rows. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/total_proof.h"
#include "convert/totals_private.h"

/* More are judged one by one, as total rows that come after their rows are. */
#define KEPT_LIMIT 4096
/* Groups that one row may be over, short of all: a row is compared with each number of them. */
#define SPAN_LIMIT 64

static void free_one(struct first_total *total) {
    free(total->stated);
    total_sums_free(&total->after);
}

static void forget(struct first_totals *first) {
    for (size_t i = 0; i < first->count; i++)
        free_one(&first->list[i]);
    first->count = 0;
}

void totals_first_free(struct first_totals *first) {
    forget(first);
    free(first->list);
}

static void keep(struct first_totals *first, const struct plan *plan, const struct outcome *outcome,
                 const struct total_event *event) {
    size_t columns = event->column_count;
    void *list = first->list;
    memory_grow(&list, &first->capacity, first->count + 1, sizeof *first->list);
    first->list = list;
    struct first_total *kept = &first->list[first->count++];
    *kept = (struct first_total){.event = *event, .column_count = columns};
    kept->stated =
        total_numbers_copy(plan, event, outcome->total_stated + event->stated, outcome->total_cells + event->cells);
    total_sums_start(&kept->after, plan->followed_count);
    total_sums_make_room(&kept->after, 0, columns);
}

static const int64_t *cells_of(const struct first_total *total, const struct plan *plan) {
    return total->stated + plan->followed_count;
}

/* --- which rows a total is over ------------------------------------------------------------------------------------ */

/* How well a row fits as the total of some rows. */
struct fit {
    size_t differences, agreements;
    bool is_match;  /* all of its numbers fit, and one is a sum */
    bool is_proved; /* its numbers alone prove it */
};

/* What differs is counted only as far as the fit may be better than `best`: a row is compared with many rows. */
static struct fit fit_of(const struct plan *plan, const struct first_total *total, const struct total_sums *sums,
                         const struct fit *best) {
    struct fit fit = {.differences = SIZE_MAX};
    if (sums->rows == 0) return fit;
    size_t matches = total_matches(cells_of(total, plan), sums->columns, total->column_count, sums->rows);
    size_t most = matches > 0 && !best->is_proved ? SIZE_MAX : best->differences;
    fit.differences = total_differences(plan, total->stated, &total->event, sums, most);
    fit.agreements = total_agreements(plan, total->stated, sums);
    if (total->column_count == 0 && fit.differences == 0) matches = fit.agreements;
    fit.is_match = matches > 0;
    fit.is_proved = matches > 1 || (matches == 1 && sums->rows > 1);
    return fit;
}

static bool is_better(struct fit fit, struct fit than) {
    if (fit.is_proved != than.is_proved) return fit.is_proved;
    if (fit.is_match != than.is_match) return fit.is_match;
    if (fit.differences != than.differences) return fit.differences < than.differences;
    return fit.agreements > than.agreements;
}

/* What the judging of a file looks at. */
struct look {
    const struct plan *plan;
    const struct first_totals *first;
    size_t columns;          /* the most of its total rows */
    struct total_sums all;   /* the rows of the file */
    struct total_sums best;  /* what the row at hand is over */
    struct total_sums tried; /* what is compared at the moment */
    struct fit fit;          /* of the best */
    bool all_match;          /* every total row of the file fits: one is proved by the others */
};

static void clear(const struct look *look, struct total_sums *sums) {
    total_sums_reset(sums, look->plan->followed_count, look->columns);
}

static void add_after(struct look *look, struct total_sums *into, size_t index) {
    const struct first_total *total = &look->first->list[index];
    total_sums_add(into, &total->after, look->plan->followed_count, total->column_count);
}

static void compare_tried(struct look *look, size_t index, const struct total_sums *sums) {
    struct fit fit = fit_of(look->plan, &look->first->list[index], sums, &look->fit);
    if (!is_better(fit, look->fit)) return;
    look->fit = fit;
    clear(look, &look->best);
    total_sums_add(&look->best, sums, look->plan->followed_count, look->columns);
}

/* Finds the rows that the total is over: the groups after it, all rows, or the groups before it. */
static void find_rows(struct look *look, size_t index) {
    look->fit = (struct fit){.differences = SIZE_MAX};
    clear(look, &look->best);
    clear(look, &look->tried);
    for (size_t i = index; i < look->first->count && i < index + SPAN_LIMIT; i++) {
        if (look->first->list[i].after.rows == 0) continue;
        add_after(look, &look->tried, i);
        compare_tried(look, index, &look->tried);
    }
    compare_tried(look, index, &look->all);
    clear(look, &look->tried);
    for (size_t i = index; i-- > 0 && i + SPAN_LIMIT > index;) {
        if (look->first->list[i].after.rows == 0) continue;
        add_after(look, &look->tried, i);
        compare_tried(look, index, &look->tried);
    }
}

static void open_look(struct look *look, const struct plan *plan, const struct first_totals *first) {
    *look = (struct look){.plan = plan, .first = first};
    for (size_t i = 0; i < first->count; i++)
        if (first->list[i].column_count > look->columns) look->columns = first->list[i].column_count;
    struct total_sums *const sums[] = {&look->all, &look->best, &look->tried};
    for (size_t i = 0; i < 3; i++) {
        total_sums_start(sums[i], plan->followed_count);
        total_sums_make_room(sums[i], 0, look->columns);
    }
    for (size_t i = 0; i < first->count; i++)
        add_after(look, &look->all, i);
}

static void close_look(struct look *look) {
    total_sums_free(&look->all);
    total_sums_free(&look->best);
    total_sums_free(&look->tried);
}

/* Whether the row is a total, whatever its numbers say. */
static bool is_certain(const struct total_event *event) {
    return !event->is_candidate || event->is_labelled || event->is_average;
}

/* --- judging ------------------------------------------------------------------------------------------------------- */

static void judge_one(struct totals *totals, struct look *look, size_t index, struct issues *issues) {
    const struct first_total *total = &look->first->list[index];
    if (total->event.is_average) {
        totals_report_average(totals, &total->event);
        return;
    }
    find_rows(look, index);
    if (!is_certain(&total->event) && !look->fit.is_proved && !(look->all_match && look->fit.is_match)) {
        totals_refute(totals, &total->event);
        return;
    }
    bool is_grand = look->best.rows == look->all.rows;
    totals_report(totals, look->plan, &total->event, total->stated, &look->best, is_grand ? TOTAL_GRAND : TOTAL_SUB,
                  issues);
}

/* One by one, in their order. */
static void judge_in_order(struct totals *totals, const struct plan *plan, struct first_totals *first,
                           struct issues *issues) {
    totals->is_in_order = true;
    for (size_t i = 0; i < first->count; i++) {
        struct first_total *total = &first->list[i];
        totals_make_room(totals, total->column_count);
        total_sums_make_room(&total->after, total->column_count, totals->column_room);
        total->column_count = totals->column_room;
        totals_take(totals, plan, &total->event, total->stated, cells_of(total, plan), &total->after, issues);
    }
}

static bool do_all_match(struct look *look) {
    bool all_match = true;
    for (size_t i = 0; i < look->first->count && all_match; i++) {
        find_rows(look, i);
        all_match = look->first->list[i].event.is_average || look->fit.is_match;
    }
    return all_match;
}

void totals_first_end(struct totals *totals, const struct plan *plan, struct issues *issues) {
    struct first_totals *first = &totals->first;
    if (first->count == 0) return;
    struct look look;
    open_look(&look, plan, first);
    find_rows(&look, 0);
    bool comes_first = look.all.rows > 0 && (is_certain(&first->list[0].event) || look.fit.is_proved);
    look.all_match = comes_first && look.all.rows > 1 && do_all_match(&look);
    for (size_t i = 0; comes_first && i < first->count; i++)
        judge_one(totals, &look, i, issues);
    close_look(&look);
    if (!comes_first) judge_in_order(totals, plan, first, issues);
    forget(first);
}

void totals_first_add(struct totals *totals, const struct plan *plan, const struct outcome *outcome,
                      const struct total_event *event, struct issues *issues) {
    struct first_totals *first = &totals->first;
    if (first->count > 0) {
        struct first_total *last = &first->list[first->count - 1];
        if (event->column_count > last->column_count) {
            total_sums_make_room(&last->after, last->column_count, event->column_count);
            last->column_count = event->column_count;
        }
        total_sums_add_event(&last->after, outcome, event, plan->followed_count);
    }
    if (event->is_total) keep(first, plan, outcome, event);
    if (first->count <= KEPT_LIMIT) return;
    judge_in_order(totals, plan, first, issues);
    forget(first);
}
