/* row.c: the way of one row. row_convert reads like the list of what is asked of it.
 *
 * A block may be converted twice: once to learn its external IDs, and again where some of them came already
 * (see pipeline.c). Everything a block adds up lives in its outcome, so the second go starts clean. */
#include "convert/row/row.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "convert/row/row_private.h"

struct converter *converter_create(const struct plan *plan, struct input **inputs) {
    struct converter *converter = memory_get_zero(1, sizeof *converter);
    converter->plan = plan;
    converter->inputs = inputs;
    converter->file.number = SIZE_MAX;
    converter->arena = arena_create(1 << 16);
    converter->is_all_json = true;
    for (size_t i = 0; i < plan->file_count; i++)
        converter->is_all_json &= input_facts(inputs[i])->shape != SHAPE_CSV;
    size_t fields = plan->field_count + 1, followed = plan->followed_count + 1;
    converter->fields = memory_get_zero(fields, sizeof *converter->fields);
    converter->unknown = memory_get_zero(fields, sizeof *converter->unknown);
    converter->sent = memory_get_zero(plan->sent_count + 1, sizeof *converter->sent);
    for (size_t i = 0; i < plan->sent_count; i++)
        converter->sent[i] = &converter->fields[plan->sent[i]].value;
    converter->file.typed = memory_get_zero(fields, sizeof *converter->file.typed);
    converter->row.computed = memory_get_zero(fields, sizeof *converter->row.computed);
    converter->row.followed = memory_get_zero(followed, sizeof *converter->row.followed);
    converter->row.brought = memory_get_zero(followed, sizeof *converter->row.brought);
    converter->division.whole = memory_get_zero(fields, sizeof *converter->division.whole);
    converter->since.sums = memory_get_zero(followed, sizeof *converter->since.sums);
    converter->since.unread = memory_get_zero(followed, sizeof *converter->since.unread);
    converter->since.ranges = memory_get_zero(followed, sizeof *converter->since.ranges);
    converter->unsent = memory_get_zero(plan->unsent_most + 1, sizeof *converter->unsent);
    return converter;
}

void converter_free(struct converter *converter) {
    if (!converter) return;
    record_reader_destroy(converter->file.reader);
    table_destroy(converter->file.labels);
    arena_destroy(converter->arena);
    buffer_free(&converter->scratch);
    for (size_t i = 0; i < converter->plan->field_count; i++) {
        free(converter->fields[i].moment);
        row_forget_unknown(&converter->unknown[i]);
        free(converter->unknown[i].words);
    }
    free(converter->unknown);
    free(converter->fields);
    free(converter->sent);
    free(converter->file.typed);
    free(converter->row.computed);
    free(converter->row.followed);
    free(converter->row.brought);
    free(converter->division.whole);
    free(converter->since.sums);
    free(converter->since.unread);
    free(converter->since.ranges);
    free(converter->since.columns);
    free(converter->unsent);
    free(converter);
}

static void use_file(struct converter *converter, size_t file) {
    if (converter->file.number == file) return;
    record_reader_destroy(converter->file.reader);
    table_destroy(converter->file.labels);
    converter->file.labels = NULL;
    converter->file.number = file;
    converter->row.record = (struct record){0};
    converter->file.binding = converter->plan->bindings[file];
    converter->file.facts = input_facts(converter->inputs[file]);
    converter->file.reader = record_reader_create(converter->inputs[file], converter->file.binding->paths,
                                                  converter->file.binding->path_count);
    record_reader_reuse_cells(converter->file.reader);
    for (size_t i = 0; i < converter->plan->field_count; i++)
        if (converter->fields[i].moment) converter->fields[i].moment->is_filled = false;
    row_plan_cells(converter);
}

/* A delimiter at the end of every row: nothing stands behind it, so nothing is lost by not looking there. In one row only
 * it may come from a comma too many, which has moved the cells. */
static bool has_only_trailing_cells(const struct open_file *file, const struct row *row) {
    const struct record *record = &row->record;
    const struct input_facts *facts = file->facts;
    if (record->original_count !=
        facts->column_count - (facts->group_column != SIZE_MAX && facts->group_column > 0) + facts->trailing_cells)
        return false;
    for (size_t i = facts->column_count; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return false;
    return true;
}

/* The contrary: where every row ends with a delimiter, one without it lacks a cell. */
static void check_trailing(struct converter *converter) {
    const struct record *record = &converter->row.record;
    if (converter->file.facts->trailing_cells == 0 || record->damage != DAMAGE_NONE) return;
    row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the other rows have %zu",
                record->original_count, record->original_count + converter->file.facts->trailing_cells);
}

static void check_damage(struct converter *converter) {
    const struct record *record = &converter->row.record;
    switch (record->damage) {
    case DAMAGE_NONE:
        if (record->is_doubtful)
            row_problem(
                converter, W125_LOOSE_QUOTES, SIZE_MAX,
                "a quotation mark is in the middle of a cell. Cells may be in the wrong columns");
        break;
    case DAMAGE_CELLS_MISSING:
        row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the header has %zu",
                    record->original_count, converter->file.facts->column_count);
        break;
    case DAMAGE_CELLS_EXTRA:
        if (has_only_trailing_cells(&converter->file, &converter->row)) break;
        row_problem(converter, E102_CELLS_EXTRA, SIZE_MAX, "the row has %zu cells, the header has %zu",
                    record->original_count, converter->file.facts->column_count);
        break;
    case DAMAGE_UNCLOSED_QUOTE:
        row_problem(converter, E103_UNCLOSED_QUOTE, SIZE_MAX,
                    "the quote that opens here does not close in its row. Lines %llu to %llu became part of it",
                    (unsigned long long)record->damage_line, (unsigned long long)record->last_line);
        break;
    case DAMAGE_TOO_LARGE:
        row_problem(converter, E107_TOO_LARGE, SIZE_MAX, "the record has %.*s. --max-cell allows %llu.",
                    VIEW_ARGS(record->damage_text), (unsigned long long)converter->file.facts->record_limit);
        break;
    case DAMAGE_NOT_JSON:
        row_problem(converter, E104_NOT_JSON, SIZE_MAX, "%.*s", VIEW_ARGS(record->damage_text));
        break;
    case DAMAGE_NOT_OBJECT: row_problem(converter, E105_NOT_OBJECT, SIZE_MAX, "this element is not a record"); break;
    }
}

static bool is_outside_period(const struct plan *plan, const struct row *row) {
    const struct run_options *options = plan->options;
    return options->has_period && row->date &&
           (row->date->day < options->period_from || row->date->day > options->period_to);
}

static bool is_too_old(const struct plan *plan, const struct row *row) {
    return plan->has_oldest && row->date && row->date->day < plan->oldest;
}

/* A row behind the filter, of the week or month in which the filter ends, proves that this is cut. */
static void note_after_period(const struct plan *plan, const struct row *row, struct counts *counts) {
    const struct cut_periods *cuts = &plan->cuts;
    counts->of[COUNT_AFTER_PERIOD] +=
        cuts->may_end && row->date->day > cuts->last && row->date->day <= cuts->end_last;
}

/* Whether the row is of a week or month that is cut and therefore left out; notes it where it is not left out. */
static bool is_of_cut_period(const struct plan *plan, const struct row *row, struct counts *counts) {
    const struct cut_unit *unit = row->date ? cut_periods_at(&plan->cuts, plan->options->by, row->date->day) : NULL;
    if (!unit) return false;
    if (unit->policy == CUT_DROP) return true;
    if (row->has_error) return false;
    counts->of[unit->policy == CUT_ALLOW ? COUNT_CUT_ALLOWED : COUNT_CUT_REFUSED]++;
    counts_add_amounts(counts, COUNT_SUM_CUT, row->followed);
    bool is_first = unit->policy == CUT_REFUSE && row->date->day < counts->first_cut_day;
    if (is_first) counts->first_cut_day = row->date->day;
    return false;
}

static void note_inactive(const struct row *row, struct counts *counts) {
    if (!row->is_inactive) return;
    counts->of[COUNT_INACTIVE]++;
    counts_add_amounts(counts, COUNT_SUM_INACTIVE, row->followed);
}

static void note_written(const struct row *row, const struct division *division, struct counts *counts) {
    const struct moment *date = row->date;
    counts_add_day(counts, date->day);
    for (size_t i = 1; i < division->count; i++) /* the records that a row lists have dates of their own */
        if (division->shares[i].date) counts_add_day(counts, division->shares[i].date->day);
    counts->of[COUNT_FALLBACK_DATES] += row->is_fallback_date;
    counts->of[COUNT_INSTANTS] += date->kind == MOMENT_INSTANT;
    counts->of[COUNT_LOCAL_TIMES] += date->kind == MOMENT_LOCAL;
    counts->of[COUNT_DAYS_ONLY] += date->kind == MOMENT_DAY;
    counts->of[COUNT_NAME_ONLY] += row->person_kind == PERSON_NAME_ONLY;
    counts->of[COUNT_ID_ONLY] += row->person_kind == PERSON_ID_ONLY;
    counts->of[COUNT_BY_ROSTER] += row->person_kind == PERSON_ROSTER;
    counts->of[COUNT_BY_DEFAULT] += row->person_kind == PERSON_DEFAULT;
    bool is_joined = row->person_kind == PERSON_JOINED;
    counts->of[COUNT_BY_COMPANION] += is_joined;
    counts->of[COUNT_ID_ONLY] += is_joined && view_equal(row->member_id, row->member_name);
    if (date->kind == MOMENT_INSTANT && date->utc_day != date->day) {
        counts->of[COUNT_OTHER_DAYS]++;
        if (row->has_money) decimal_add(&counts->other_day_money, row->money);
    }
}

/* Books the row on its side. */
static void finish_row(struct converter *converter, enum ledger_side side) {
    ledger_out(&converter->outcome->ledger, side, converter->row.followed);
}

/* A row in error is a state of its record too, but its ID is not taken. */
static void note_bad_id(struct converter *converter) {
    struct outcome *outcome = converter->outcome;
    struct view id = row_first_id(converter);
    if (id.length == 0) return;
    void *list = outcome->bad_ids;
    memory_grow(&list, &outcome->bad_id_capacity, outcome->bad_id_count + 1, sizeof *outcome->bad_ids);
    outcome->bad_ids = list;
    outcome->bad_ids[outcome->bad_id_count++] = hash_bytes(id, 0);
}

static void reject_row(struct converter *converter) {
    row_tell_problems(converter);
    row_reject(converter);
    finish_row(converter, LEDGER_REJECTED);
}

/* False: the row's ID came already, and the row is booked as what that makes it. */
static bool check_repeat(struct converter *converter) {
    if (row_check_identity(converter)) return true;
    if (converter->row.has_error) {
        reject_row(converter);
        return false;
    }
    row_tell_problems(converter);
    finish_row(converter, LEDGER_REPEATED);
    return false;
}

/* The side of a row whose record another row stands for; LEDGER_WRITTEN: of no such row. Counts the row that is taken. */
static enum ledger_side side_of_state(struct converter *converter) {
    const struct record *record = &converter->row.record;
    struct counts *counts = &converter->outcome->counts;
    switch (repeats_state(converter->plan->repeats, row_first_id(converter), converter->file.number, record->row,
                          record->item)) {
    case REPEAT_OPEN: return LEDGER_WRITTEN;
    case REPEAT_SUPERSEDED: return LEDGER_SUPERSEDED;
    case REPEAT_SAME: return LEDGER_REPEATED;
    case REPEAT_TAKEN: break;
    }
    counts->of[COUNT_TAKEN_STATES]++;
    counts_add_amounts(counts, COUNT_SUM_TAKEN, converter->row.followed);
    return LEDGER_WRITTEN;
}

/* The cells that no field takes. */
static void look_at_unsent(struct converter *converter) {
    const struct unsent_column *columns = converter->plan->unsent[converter->file.number].list;
    const struct cell *cells = converter->row.record.cells;
    struct unsent_values *values = converter->outcome->unsent;
    size_t *list = converter->unsent, count = converter->unsent_count, cell_count = converter->row.record.cell_count;
    for (size_t i = 0; i < count;) {
        size_t number = list[i], cell = columns[number].cell;
        bool goes_on = cell >= cell_count || unsent_look(&columns[number], cells[cell].text, &values[number]);
        if (goes_on)
            i++;
        else /* of those that are left the order does not matter */
            list[i] = list[--count];
    }
    converter->unsent_count = count;
}

static void convert_row(struct converter *converter) {
    const struct plan *plan = converter->plan;
    converter->row.problem_count = 0;
    converter->row.has_error = false;
    converter->row.is_fixed = converter->row.is_left_out = false;

    if (plan->options->fixes) row_apply_fixes(converter);
    check_damage(converter);
    converter->outcome->evidence.padded_rows += converter->row.record.has_padding;
    if (!converter->row.has_error && row_note_total(converter)) return;
    check_trailing(converter);
    size_t damage = converter->row.has_error ? converter->row.problem_count : PROBLEM_LIMIT;
    if (converter->file.binding->computed_count > 0) row_fill_computed(converter);
    row_find_person(converter);
    row_find_id(converter);
    if (converter->row.is_single_id)
        converter->division.listed_count = 0;
    else if (converter->row.external_id.length > 0)
        row_count_listed(&converter->file, &converter->row, &converter->division);
    row_read_cells(converter);
    row_find_date(converter);
    if (converter->division.listed_count > 1) row_divide_listed(converter);
    row_check_person_list(converter);
    if (converter->division.count > 0) row_name_shares(converter);
    if (converter->has_odd_texts) row_check_texts(converter);
    if (converter->row.problem_count > damage) /* one message per cause: the rest follows from the damage */
        converter->row.problem_count = damage;

    if (converter->row.has_error && row_is_bare_group(converter)) {
        converter->outcome->ledger.rows_in++;
        converter->outcome->ledger.rows[LEDGER_GROUP]++;
        return;
    }
    if (converter->row.has_error && row_is_title_again(converter)) {
        row_note_footer(converter);
        return;
    }
    if (converter->row.has_error && row_is_other_header(converter)) {
        converter->row.problem_count = 0;
        row_problem(converter, E109_OTHER_HEADER, SIZE_MAX,
                    "the row has labels of other columns than the header. The rows after it may be in the wrong columns");
    }
    bool is_not_yet = converter->row.has_error && row_is_not_yet(converter);
    if (plan->options->watch_rows && !converter->seen_ids) row_show(converter);

    ledger_in(&converter->outcome->ledger, converter->row.followed);
    row_add_to_total(converter, damage < PROBLEM_LIMIT);
    if (damage == PROBLEM_LIMIT) look_at_unsent(converter);

    enum ledger_side state = plan->repeats ? side_of_state(converter) : LEDGER_WRITTEN;
    if (state != LEDGER_WRITTEN) {
        finish_row(converter, state);
        return;
    }
    if (converter->row.is_left_out) {
        finish_row(converter, LEDGER_LEFT_OUT);
        return;
    }
    /* where records have states, which one counts is asked before whether it is wanted: else an older state would stand
     * for a later one that is left out */
    bool has_states = converter->file.binding->modified_field != SIZE_MAX || plan->files_have_states;
    bool can_repeat = !is_not_yet || converter->row.external_id.length > 0;
    if (converter->row.has_error && plan->files_have_states && !plan->repeats) note_bad_id(converter);
    if (has_states && can_repeat && !converter->row.has_error && !check_repeat(converter)) return;
    if (is_outside_period(converter->plan, &converter->row)) {
        note_after_period(plan, &converter->row, &converter->outcome->counts);
        finish_row(converter, LEDGER_OUTSIDE_PERIOD);
        return;
    }
    if (is_too_old(converter->plan, &converter->row)) {
        finish_row(converter, LEDGER_TOO_OLD);
        return;
    }
    if (plan->options->active_only && converter->row.is_inactive) {
        note_inactive(&converter->row, &converter->outcome->counts);
        finish_row(converter, LEDGER_INACTIVE);
        return;
    }
    if (is_of_cut_period(plan, &converter->row, &converter->outcome->counts)) {
        finish_row(converter, LEDGER_CUT_PERIOD);
        return;
    }
    if (converter->row.has_error) {
        reject_row(converter);
        return;
    }
    if (is_not_yet) {
        row_tell_problems(converter);
        finish_row(converter, LEDGER_NOT_YET);
        return;
    }
    if (!has_states && !check_repeat(converter)) return;
    if (plan->vanished) row_note_vanished(converter);
    row_tell_problems(converter);
    note_inactive(&converter->row, &converter->outcome->counts);
    note_written(&converter->row, &converter->division, &converter->outcome->counts);
    row_write(converter);
    finish_row(converter, LEDGER_WRITTEN);
}

/* A row, and what apply asks about it. */
static void convert_data(struct converter *converter) {
    size_t csv_before = converter->outcome->texts[OUTPUT_CSV].length;
    convert_row(converter);
    if (converter->plan->options->lookup) row_note_found(converter, csv_before);
}

void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome) {
    use_file(converter, file);
    outcome_reset(outcome);
    converter->outcome = outcome;
    arena_reset(converter->arena);
    record_reader_start(converter->file.reader, block);
    converter->unsent_count = converter->plan->unsent[file].count;
    for (size_t i = 0; i < converter->unsent_count; i++)
        converter->unsent[i] = i;
    converter->has_odd_texts =
        !block->is_plain && !texts_are_plain(buffer_view(&block->bytes), converter->file.facts->shape != SHAPE_CSV);
}

void convert_block(struct converter *converter, const struct block *block, size_t file,
                   const struct identity_before *before, struct outcome *outcome) {
    converter_begin(converter, block, file, outcome);
    converter->seen_ids = before;
    row_start_totals(converter);
    while (record_reader_next(converter->file.reader, &converter->row.record)) {
        switch (converter->row.record.kind) {
        case RECORD_BLANK:
            outcome->ledger.rows_in++;
            outcome->ledger.rows[LEDGER_BLANK]++;
            break;
        case RECORD_HEADER:
            row_note_line(converter, W126_REPEATED_HEADER, "this row repeats the header. It counts as a blank row");
            break;
        case RECORD_FOOTER: row_note_footer(converter); break;
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
