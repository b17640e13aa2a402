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
    counts_start(&outcome->counts, plan->followed_count);
    evidence_start(&outcome->evidence, plan->field_count);
    day_sums_start(&outcome->day_sums, plan->followed_count);
    outcome->unsent_count = plan->unsent_most;
    outcome->unsent = memory_get_zero(plan->unsent_most + 1, sizeof *outcome->unsent);
    outcome->arena = arena_create(1 << 16);
    outcome->tally_keys = table_create();
    outcome->tally_names = table_create();
}

void outcome_reset(struct outcome *outcome) {
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        outcome->texts[i].length = 0;
    outcome->rejected.length = 0;
    ledger_reset(&outcome->ledger);
    issues_reset(outcome->issues);
    counts_reset(&outcome->counts);
    evidence_reset(&outcome->evidence);
    memset(outcome->unsent, 0, outcome->unsent_count * sizeof *outcome->unsent);
    day_sums_reset(&outcome->day_sums);
    outcome->identity_count = outcome->tally_count = outcome->numbered_count = outcome->event_count = 0;
    outcome->bad_id_count = outcome->odd_ids.count = 0;
    outcome->total_sum_count = outcome->total_stated_count = 0;
    outcome->total_column_count = outcome->total_cell_count = 0;
    arena_reset(outcome->arena);
    table_clear(outcome->tally_keys);
    table_clear(outcome->tally_names);
}

void outcome_free(struct outcome *outcome) {
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        buffer_free(&outcome->texts[i]);
    buffer_free(&outcome->rejected);
    ledger_free(&outcome->ledger);
    issues_free(outcome->issues);
    counts_free(&outcome->counts);
    evidence_free(&outcome->evidence);
    day_sums_free(&outcome->day_sums);
    free(outcome->identities);
    free(outcome->bad_ids);
    odd_ids_free(&outcome->odd_ids);
    free(outcome->tallies);
    table_destroy(outcome->tally_keys);
    table_destroy(outcome->tally_names);
    free(outcome->tally_numbers);
    arena_destroy(outcome->arena);
    free(outcome->events);
    free(outcome->total_sums);
    free(outcome->total_stated);
    free(outcome->unsent);
    free(outcome->total_unread);
    free(outcome->total_ranges);
    free(outcome->total_columns);
    free(outcome->total_cells);
}
