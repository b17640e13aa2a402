/* outcome.c: making, emptying and freeing the outcome of a block. Buffers keep their memory for the next one. */
#include "convert/outcome.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/table.h"

void outcome_start(struct outcome *outcome, const struct plan *plan) {
    *outcome = (struct outcome){0};
    ledger_start(&outcome->ledger, plan->followed_count);
    outcome->issues = issues_create(run_kept_limit(plan->options));
    outcome->evidence = memory_get_zero(plan->field_count + 1, sizeof *outcome->evidence);
    outcome->inactive_sums = memory_get_zero(plan->followed_count + 1, sizeof *outcome->inactive_sums);
    outcome->fixed_sums = memory_get_zero(plan->followed_count + 1, sizeof *outcome->fixed_sums);
    outcome->arena = arena_create(1 << 16);
    outcome->members = table_create();
    outcome->other_names = table_create();
    outcome->days = table_create();
    outcome->tally_keys = table_create();
    outcome->tally_names = table_create();
    parts_start(&outcome->member_parts, plan->followed_count);
    parts_start(&outcome->day_parts, plan->followed_count);
    outcome->commas = memory_get_zero(plan->field_count + 1, sizeof *outcome->commas);
    outcome_reset(outcome, plan);
}

static void empty_table(struct table **table) {
    if (table_count(*table) == 0) return;
    table_destroy(*table);
    *table = table_create();
}

size_t outcome_add_member(struct outcome *outcome, struct view id, struct view name) {
    bool is_new;
    size_t number = table_add(outcome->members, id, &is_new);
    if (is_new) {
        void *tallies = outcome->member_tallies;
        memory_grow(&tallies, &outcome->member_capacity, number + 1, sizeof *outcome->member_tallies);
        outcome->member_tallies = tallies;
        outcome->member_tallies[number] = (struct member_tally){.name = arena_copy(outcome->arena, name)};
    }
    struct member_tally *tally = &outcome->member_tallies[number];
    tally->registrations++;
    if (view_equal(tally->name, name)) return number;
    struct view key = arena_print(outcome->arena, "%.*s%c%.*s", VIEW_ARGS(id), '\0', VIEW_ARGS(name));
    table_add(outcome->other_names, key, NULL);
    return number;
}

void outcome_add_part(struct outcome *outcome, size_t member, int32_t day, const int64_t *amounts) {
    parts_add(&outcome->member_parts, member, amounts);
    struct known_day *known = &outcome->known_days[(uint32_t)day % KNOWN_DAYS];
    if (!known->is_known || known->day != day) {
        struct view key = view_from((const char *)&day, sizeof day);
        *known = (struct known_day){true, day, table_add(outcome->days, key, NULL)};
    }
    parts_add(&outcome->day_parts, known->number, amounts);
}

void outcome_reset(struct outcome *outcome, const struct plan *plan) {
    outcome->jsonl.length = outcome->csv.length = outcome->rejected.length = 0;
    ledger_reset(&outcome->ledger);
    issues_reset(outcome->issues);
    memset(outcome->evidence, 0, (plan->field_count + 1) * sizeof *outcome->evidence);
    memset(outcome->inactive_sums, 0, (plan->followed_count + 1) * sizeof *outcome->inactive_sums);
    outcome->identity_count = outcome->tally_count = outcome->event_count = 0;
    outcome->total_sum_count = outcome->total_stated_count = 0;
    arena_reset(outcome->arena);
    empty_table(&outcome->members);
    empty_table(&outcome->other_names);
    empty_table(&outcome->days);
    memset(outcome->known_days, 0, sizeof outcome->known_days);
    empty_table(&outcome->tally_keys);
    empty_table(&outcome->tally_names);
    parts_reset(&outcome->member_parts);
    parts_reset(&outcome->day_parts);
    memset(outcome->commas, 0, (plan->field_count + 1) * sizeof *outcome->commas);
    outcome->shares_over_one = outcome->several_rows = outcome->joined_rows = outcome->other_day_rows = 0;
    outcome->fallback_dates = 0;
    outcome->other_day_money = 0;
    outcome->people = (struct people_counts){0};
    outcome->fixed_rows = outcome->fixed_cells = outcome->fixed_already = 0;
    memset(outcome->fixed_sums, 0, (plan->followed_count + 1) * sizeof *outcome->fixed_sums);
    outcome->registrations = outcome->rejected_rows = outcome->inactive_rows = 0;
    outcome->instants = outcome->local_times = outcome->day_only = 0;
    outcome->first_day = INT32_MAX;
    outcome->last_day = INT32_MIN;
}

void outcome_free(struct outcome *outcome) {
    buffer_free(&outcome->jsonl);
    buffer_free(&outcome->csv);
    buffer_free(&outcome->rejected);
    ledger_free(&outcome->ledger);
    issues_free(outcome->issues);
    free(outcome->evidence);
    free(outcome->identities);
    free(outcome->tallies);
    arena_destroy(outcome->arena);
    table_destroy(outcome->members);
    table_destroy(outcome->other_names);
    table_destroy(outcome->days);
    table_destroy(outcome->tally_keys);
    table_destroy(outcome->tally_names);
    parts_free(&outcome->member_parts);
    parts_free(&outcome->day_parts);
    free(outcome->member_tallies);
    free(outcome->commas);
    free(outcome->events);
    free(outcome->total_sums);
    free(outcome->total_stated);
    free(outcome->inactive_sums);
    free(outcome->fixed_sums);
}
