/* row.c: the way of one row. row_convert reads like the list of what is asked of it.
 *
 * A block may be converted twice: once to learn its external IDs, and again where some of them came already
 * (see pipeline.c). Everything a block adds up lives in its outcome, so the second go starts clean. */
#include "convert/row/row.h"

#include "base/hash.h"
#include "base/memory.h"
#include "convert/row/row_private.h"

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

/* The side of a row that --from, --active-only and the like leave out; LEDGER_WRITTEN: they do not. */
static enum ledger_side side_of_filters(const struct plan *plan, const struct row *row, struct counts *counts) {
    if (is_outside_period(plan, row)) {
        note_after_period(plan, row, counts);
        return LEDGER_OUTSIDE_PERIOD;
    }
    if (is_too_old(plan, row)) return LEDGER_TOO_OLD;
    if (plan->options->active_only && row->is_inactive) {
        note_inactive(row, counts);
        return LEDGER_INACTIVE;
    }
    return is_of_cut_period(plan, row, counts) ? LEDGER_CUT_PERIOD : LEDGER_WRITTEN;
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
    const struct record *record = &converter->row.record;
    const struct cell *cells = record->cells;
    struct unsent_values *values = converter->outcome->unsent;
    size_t *list = converter->unsent, count = converter->unsent_count, cell_count = record->cell_count;
    for (size_t i = 0; i < count;) {
        size_t number = list[i], cell = columns[number].cell;
        bool goes_on = cell >= cell_count ||
                       unsent_look_in(&columns[number], cells[cell].text, record->raw, &values[number]);
        if (goes_on)
            i++;
        else /* of those that are left the order does not matter */
            list[i] = list[--count];
    }
    converter->unsent_count = count;
}

/* Whose, which, when and how much: all that the cells say. True: they cannot be told apart. */
static bool read_row(struct converter *converter) {
    struct row *row = &converter->row;
    row_check_trailing(converter);
    bool is_damaged = row->has_error;
    size_t told = is_damaged ? row->problem_count : PROBLEM_LIMIT;
    if (converter->file.binding->computed_count > 0) row_fill_computed(converter);
    row_find_person(converter);
    row_find_id(converter);
    if (row->is_single_id)
        converter->division.listed_count = 0;
    else if (row->external_id.length > 0)
        row_count_listed(&converter->file, row, &converter->division);
    row_read_cells(converter);
    row_find_date(converter);
    if (converter->division.listed_count > 1) row_divide_listed(converter);
    row_check_person_list(converter);
    if (converter->division.count > 0) row_name_shares(converter);
    if (converter->has_odd_texts) row_check_texts(converter);
    if (row->problem_count > told) row->problem_count = told; /* one message per cause: the rest follows from the damage */
    return is_damaged;
}

/* Whether a row with an error is no record; then it is booked as what it is. Tells a header of other columns. */
static bool is_no_record(struct converter *converter) {
    if (row_is_bare_group(converter)) {
        converter->outcome->ledger.rows_in++;
        converter->outcome->ledger.rows[LEDGER_GROUP]++;
        return true;
    }
    if (row_is_title_again(converter)) {
        row_note_footer(converter);
        return true;
    }
    if (row_is_other_header(converter)) {
        converter->row.problem_count = 0;
        row_problem(converter, E109_OTHER_HEADER, SIZE_MAX,
                    "the row has labels of other columns than the header. The rows after it may be in the wrong columns");
    }
    return false;
}

/* A good row goes out. */
static void write_row(struct converter *converter) {
    if (converter->plan->vanished) row_note_vanished(converter);
    row_tell_problems(converter);
    note_inactive(&converter->row, &converter->outcome->counts);
    note_written(&converter->row, &converter->division, &converter->outcome->counts);
    row_write(converter);
    finish_row(converter, LEDGER_WRITTEN);
}

/* Books the row on the one side that it is of. */
static void book_row(struct converter *converter, bool is_not_yet) {
    const struct plan *plan = converter->plan;
    struct row *row = &converter->row;
    enum ledger_side side = plan->repeats ? side_of_state(converter) : LEDGER_WRITTEN;
    if (side == LEDGER_WRITTEN && row->is_left_out) side = LEDGER_LEFT_OUT;
    if (side != LEDGER_WRITTEN) {
        finish_row(converter, side);
        return;
    }
    /* where records have states, which one counts is asked before whether it is wanted: else an older state would stand
     * for a later one that is left out */
    bool has_states = converter->file.binding->modified_field != SIZE_MAX || plan->files_have_states;
    bool can_repeat = !is_not_yet || row->external_id.length > 0;
    if (row->has_error && plan->files_have_states && !plan->repeats) note_bad_id(converter);
    if (has_states && can_repeat && !row->has_error && !check_repeat(converter)) return;
    side = side_of_filters(plan, row, &converter->outcome->counts);
    if (side != LEDGER_WRITTEN) {
        finish_row(converter, side);
    } else if (row->has_error) {
        reject_row(converter);
    } else if (is_not_yet) {
        row_tell_problems(converter);
        finish_row(converter, LEDGER_NOT_YET);
    } else if (has_states || check_repeat(converter)) {
        write_row(converter);
    }
}

void row_convert(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct row *row = &converter->row;
    row->problem_count = 0;
    row->has_error = row->is_fixed = row->is_left_out = false;
    if (plan->options->fixes) row_apply_fixes(converter);
    row_check_damage(converter);
    converter->outcome->evidence.padded_rows += row->record.has_padding;
    if (!row->has_error && row_note_total(converter)) return;
    bool is_damaged = read_row(converter);
    if (row->has_error && is_no_record(converter)) return;
    bool is_not_yet = row->has_error && row_is_not_yet(converter);
    if (plan->options->watch_rows && !converter->seen_ids) row_show(converter);
    ledger_in(&converter->outcome->ledger, row->followed);
    row_add_to_total(converter, is_damaged);
    if (plan->options->watch_rows) { /* who watches takes all rows, and publishes none */
        finish_row(converter, LEDGER_WRITTEN);
        return;
    }
    if (!is_damaged) look_at_unsent(converter);
    book_row(converter, is_not_yet);
}
