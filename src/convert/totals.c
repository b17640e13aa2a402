/* totals.c: the way through the files: which total rows come after their rows (totals_after.c), and which before them
 * (totals_first.c). */
#include "convert/totals.h"

#include <stdlib.h>

#include "base/memory.h"
#include "convert/totals_private.h"

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

static void start_file(struct totals *totals, const struct plan *plan, size_t file, struct issues *issues) {
    totals_end(totals, plan, issues);
    totals->file = file;
    totals->is_in_order = false;
    total_sums_reset(&totals->group, plan->followed_count, totals->column_room);
    total_sums_reset(&totals->all, plan->followed_count, totals->column_room);
}

static void follow(struct totals *totals, const struct plan *plan, const struct outcome *outcome,
                   const struct total_event *event, struct issues *issues) {
    totals_make_room(totals, event->column_count);
    if (event->rows > 0) totals_release(totals, plan, false, issues);
    total_sums_add_event(&totals->group, outcome, event, plan->followed_count);
    total_sums_add_event(&totals->all, outcome, event, plan->followed_count);
    if (event->is_total)
        totals_judge(totals, plan, event, outcome->total_stated + event->stated, outcome->total_cells + event->cells, issues);
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
    totals_release(totals, plan, true, issues);
}
