/* plan.c: a plan that was made: what it costs, and its end. */
#include "upload/plan.h"

#include <stdlib.h>

#include "upload/plan_private.h"
#include "upload/plecto_facts.h"

void upload_plan_free_detail(struct plan_detail *detail) {
    for (size_t i = 0; i < detail->difference_count; i++) {
        free(detail->differences[i].before);
        free(detail->differences[i].after);
    }
    free(detail->differences);
    free(detail->id);
    free(detail->day);
    free(detail->person);
}

static void free_groups(struct plan_group *groups, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(groups[i].key);
        free(groups[i].title);
    }
    free(groups);
}

void upload_plan_free(struct upload_plan *plan) {
    for (size_t i = 0; i < plan->field_count; i++)
        free(plan->fields[i].title);
    for (size_t i = 0; i < plan->detail_count; i++)
        upload_plan_free_detail(&plan->details[i]);
    for (size_t i = 0; i < plan->profile_count; i++) {
        free(plan->profiles[i].provider);
        free(plan->profiles[i].id);
        free(plan->profiles[i].name);
    }
    free_groups(plan->people, plan->person_count);
    free_groups(plan->days, plan->day_count);
    free(plan->items);
    free(plan->fields);
    free(plan->details);
    free(plan->profiles);
    free(plan->folder);
    free(plan->schema);
    free(plan->totals);
    free(plan->journal);
    free(plan->unstated);
    journal_source_free(&plan->source);
    *plan = (struct upload_plan){0};
}

bool upload_plan_is_empty(const struct upload_plan *plan) {
    return plan->item_count == 0;
}

uint64_t upload_plan_requests(const struct upload_plan *plan) {
    uint64_t lists = (plan->send_count + PLECTO_LIST_LIMIT - 1) / PLECTO_LIST_LIMIT;
    return lists + 2 * (plan->item_count - plan->send_count);
}
