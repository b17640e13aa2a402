/* row.c: the way of one row. row_convert reads like the list of what is asked of it.
 *
 * A block may be converted twice: once to learn its external IDs, and again where some of them came already
 * (see pipeline.c). Everything a block adds up lives in its outcome, so the second go starts clean. */
#include "convert/row.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "convert/row_private.h"

struct converter *converter_create(const struct plan *plan, struct input **inputs) {
    struct converter *converter = memory_get_zero(1, sizeof *converter);
    converter->plan = plan;
    converter->inputs = inputs;
    converter->file = SIZE_MAX;
    converter->arena = arena_create(1 << 16);
    converter->is_all_json = true;
    for (size_t i = 0; i < plan->file_count; i++)
        converter->is_all_json &= input_facts(inputs[i])->shape != SHAPE_CSV;
    size_t fields = plan->field_count + 1;
    converter->values = memory_get_zero(fields, sizeof *converter->values);
    converter->amounts = memory_get_zero(fields, sizeof *converter->amounts);
    converter->filled = memory_get_zero(fields, sizeof *converter->filled);
    converter->moments = memory_get_zero(fields, sizeof *converter->moments);
    converter->known_values = memory_get_zero(fields, sizeof *converter->known_values);
    converter->sent = memory_get_zero(fields, sizeof *converter->sent);
    converter->followed = memory_get_zero(plan->followed_count + 1, sizeof *converter->followed);
    converter->part = memory_get_zero(plan->followed_count + 1, sizeof *converter->part);
    converter->extras = memory_get_zero(fields, sizeof *converter->extras);
    converter->whole_amounts = memory_get_zero(fields, sizeof *converter->whole_amounts);
    converter->whole_values = memory_get_zero(fields, sizeof *converter->whole_values);
    converter->steps = memory_get_zero(fields, sizeof *converter->steps);
    converter->sums_since = memory_get_zero(plan->followed_count + 1, sizeof *converter->sums_since);
    return converter;
}

void converter_free(struct converter *converter) {
    if (!converter) return;
    record_reader_destroy(converter->reader);
    arena_destroy(converter->arena);
    buffer_free(&converter->scratch);
    free(converter->values);
    free(converter->extras);
    free(converter->whole_amounts);
    free(converter->whole_values);
    free(converter->amounts);
    free(converter->filled);
    free(converter->moments);
    free(converter->known_values);
    free(converter->sent);
    free(converter->followed);
    free(converter->part);
    free(converter->steps);
    free(converter->sums_since);
    free(converter);
}

static void use_file(struct converter *converter, size_t file) {
    if (converter->file == file) return;
    record_reader_destroy(converter->reader);
    converter->file = file;
    converter->record = (struct record){0};
    converter->binding = converter->plan->bindings[file];
    converter->facts = input_facts(converter->inputs[file]);
    converter->reader =
        record_reader_create(converter->inputs[file], converter->binding->paths, converter->binding->path_count);
    record_reader_reuse_cells(converter->reader);
    for (size_t i = 0; i < converter->plan->field_count; i++)
        converter->moments[i].is_filled = false;
    row_plan_cells(converter);
}

/* A delimiter at the end of every row: nothing stands behind it, so nothing is lost by not looking there. In one row only
 * it may come from a comma too many, which has moved the cells. */
static bool has_only_trailing_cells(const struct converter *converter) {
    const struct record *record = &converter->record;
    const struct input_facts *facts = converter->facts;
    if (record->original_count !=
        facts->column_count - (facts->group_column != SIZE_MAX && facts->group_column > 0) + facts->trailing_cells)
        return false;
    for (size_t i = facts->column_count; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return false;
    return true;
}

/* The contrary: where every row ends with a delimiter, one without it lacks a cell. */
static void check_trailing(struct converter *converter) {
    const struct record *record = &converter->record;
    if (converter->facts->trailing_cells == 0 || record->damage != DAMAGE_NONE) return;
    row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the others %zu",
                record->original_count, record->original_count + converter->facts->trailing_cells);
}

static void check_damage(struct converter *converter) {
    const struct record *record = &converter->record;
    switch (record->damage) {
    case DAMAGE_NONE:
        if (record->is_doubtful)
            row_problem(
                converter, W125_LOOSE_QUOTES, SIZE_MAX,
                "a quote stands inside of a cell where it is neither doubled nor closes it: cells may be moved");
        break;
    case DAMAGE_CELLS_MISSING:
        row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the header %zu",
                    record->original_count, converter->facts->column_count);
        break;
    case DAMAGE_CELLS_EXTRA:
        if (has_only_trailing_cells(converter)) break;
        row_problem(converter, E102_CELLS_EXTRA, SIZE_MAX, "the row has %zu cells, the header %zu",
                    record->original_count, converter->facts->column_count);
        break;
    case DAMAGE_UNCLOSED_QUOTE:
        row_problem(converter, E103_UNCLOSED_QUOTE, SIZE_MAX,
                    "the quote opened here is not closed in its row: it swallowed lines %llu to %llu",
                    (unsigned long long)record->damage_line, (unsigned long long)record->last_line);
        break;
    case DAMAGE_TOO_LARGE:
        row_problem(converter, E107_TOO_LARGE, SIZE_MAX, "the record has %.*s, more than --max-cell allows (%llu)",
                    VIEW_ARGS(record->damage_text), (unsigned long long)converter->facts->record_limit);
        break;
    case DAMAGE_NOT_JSON:
        row_problem(converter, E104_NOT_JSON, SIZE_MAX, "%.*s", VIEW_ARGS(record->damage_text));
        break;
    case DAMAGE_NOT_OBJECT: row_problem(converter, E105_NOT_OBJECT, SIZE_MAX, "this element is no record"); break;
    }
}

static bool is_outside_period(const struct converter *converter) {
    const struct run_options *options = converter->plan->options;
    return options->has_period && converter->date &&
           (converter->date->day < options->period_from || converter->date->day > options->period_to);
}

static bool is_too_old(const struct converter *converter) {
    return converter->plan->has_oldest && converter->date && converter->date->day < converter->plan->oldest;
}

static void note_inactive(struct converter *converter) {
    if (!converter->is_inactive) return;
    converter->outcome->counts.of[COUNT_INACTIVE]++;
    counts_add_amounts(&converter->outcome->counts, COUNT_SUM_INACTIVE, converter->followed);
}

static void note_written(struct converter *converter) {
    struct counts *counts = &converter->outcome->counts;
    const struct moment *date = converter->date;
    counts_add_day(counts, date->day);
    counts->of[COUNT_FALLBACK_DATES] += converter->is_fallback_date;
    counts->of[COUNT_INSTANTS] += date->kind == MOMENT_INSTANT;
    counts->of[COUNT_LOCAL_TIMES] += date->kind == MOMENT_LOCAL;
    counts->of[COUNT_DAYS_ONLY] += date->kind == MOMENT_DAY;
    counts->of[COUNT_NAME_ONLY] += converter->person_kind == PERSON_NAME_ONLY;
    counts->of[COUNT_ID_ONLY] += converter->person_kind == PERSON_ID_ONLY;
    counts->of[COUNT_BY_ROSTER] += converter->person_kind == PERSON_ROSTER;
    counts->of[COUNT_BY_DEFAULT] += converter->person_kind == PERSON_DEFAULT;
    bool is_joined = converter->person_kind == PERSON_JOINED;
    counts->of[COUNT_BY_COMPANION] += is_joined;
    counts->of[COUNT_ID_ONLY] += is_joined && view_equal(converter->member_id, converter->member_name);
    if (date->kind == MOMENT_INSTANT && date->utc_day != date->day) {
        counts->of[COUNT_OTHER_DAYS]++;
        if (converter->has_money) decimal_add(&counts->other_day_money, converter->money);
    }
}

/* Books the row on its side. */
static void finish_row(struct converter *converter, enum ledger_side side) {
    ledger_out(&converter->outcome->ledger, side, converter->followed);
}

static void reject_row(struct converter *converter) {
    row_tell_problems(converter);
    row_reject(converter);
    finish_row(converter, LEDGER_REJECTED);
}

/* False: the row's ID came already, and the row is booked as what that makes it. */
static bool take_identity(struct converter *converter) {
    if (row_check_identity(converter)) return true;
    if (converter->has_error) {
        reject_row(converter);
        return false;
    }
    row_tell_problems(converter);
    finish_row(converter, LEDGER_REPEATED);
    return false;
}

static void convert_row(struct converter *converter) {
    const struct plan *plan = converter->plan;
    converter->problem_count = 0;
    converter->has_error = false;
    converter->is_fixed = converter->is_left_out = false;

    if (plan->options->fixes) row_apply_fixes(converter);
    check_damage(converter);
    if (!converter->has_error && row_take_total(converter)) return;
    check_trailing(converter);
    size_t damage = converter->has_error ? converter->problem_count : PROBLEM_LIMIT;
    if (converter->binding->computed_count > 0) row_fill_extras(converter);
    row_find_person(converter);
    row_find_id(converter);
    if (converter->external_id.length > 0) row_parallel_count(converter);
    row_read_cells(converter);
    row_find_date(converter);
    if (converter->parallel_count > 1) row_divide_parallel(converter);
    row_check_person_list(converter);
    if (converter->share_count > 0) row_name_shares(converter);
    if (converter->has_odd_texts) row_check_texts(converter);
    if (converter->problem_count > damage) /* one message per cause: the rest follows from the damage */
        converter->problem_count = damage;

    ledger_in(&converter->outcome->ledger, converter->followed);
    converter->rows_since++;
    for (size_t i = 0; i < plan->followed_count; i++)
        decimal_add(&converter->sums_since[i], converter->followed[i]);

    if (plan->repeats && repeats_are_superseded(plan->repeats, row_first_id(converter), converter->file,
                                                converter->record.row, converter->record.item)) {
        finish_row(converter, LEDGER_SUPERSEDED);
        return;
    }
    if (converter->is_left_out) {
        finish_row(converter, LEDGER_LEFT_OUT);
        return;
    }
    /* where records have states, which one counts is asked before whether it is wanted: else an older state would stand
     * for a later one that is left out */
    bool has_states = converter->binding->modified_field != SIZE_MAX;
    if (has_states && !converter->has_error && !take_identity(converter)) return;
    if (is_outside_period(converter)) {
        finish_row(converter, LEDGER_OUTSIDE_PERIOD);
        return;
    }
    if (is_too_old(converter)) {
        finish_row(converter, LEDGER_TOO_OLD);
        return;
    }
    if (plan->options->active_only && converter->is_inactive) {
        note_inactive(converter);
        finish_row(converter, LEDGER_INACTIVE);
        return;
    }
    if (converter->has_error) {
        reject_row(converter);
        return;
    }
    if (!has_states && !take_identity(converter)) return;
    row_tell_problems(converter);
    note_inactive(converter);
    note_written(converter);
    row_write(converter);
    finish_row(converter, LEDGER_WRITTEN);
}

/* A row, and what apply asks about it. */
static void convert_data(struct converter *converter) {
    size_t csv_before = converter->outcome->csv.length;
    convert_row(converter);
    if (converter->plan->options->lookup) row_note_found(converter, csv_before);
}

void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome) {
    use_file(converter, file);
    outcome_reset(outcome);
    converter->outcome = outcome;
    arena_reset(converter->arena);
    record_reader_start(converter->reader, block);
    converter->has_odd_texts =
        !block->is_plain && !texts_are_plain(buffer_view(&block->bytes), converter->facts->shape != SHAPE_CSV);
}

void convert_block(struct converter *converter, const struct block *block, size_t file,
                   const struct identity_before *before, struct outcome *outcome) {
    converter_begin(converter, block, file, outcome);
    converter->before = before;
    converter->rows_since = 0;
    memset(converter->sums_since, 0, (converter->plan->followed_count + 1) * sizeof *converter->sums_since);
    while (record_reader_next(converter->reader, &converter->record)) {
        switch (converter->record.kind) {
        case RECORD_BLANK:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_BLANK]++;
            break;
        case RECORD_GROUP:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_GROUP]++;
            break;
        case RECORD_EMPTY:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_EMPTY]++;
            break;
        case RECORD_DATA: convert_data(converter); break;
        }
    }
    row_close_totals(converter);
}
