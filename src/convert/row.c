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
    size_t fields = plan->field_count + 1;
    converter->values = memory_get_zero(fields, sizeof *converter->values);
    converter->amounts = memory_get_zero(fields, sizeof *converter->amounts);
    converter->filled = memory_get_zero(fields, sizeof *converter->filled);
    converter->moments = memory_get_zero(fields, sizeof *converter->moments);
    converter->known_values = memory_get_zero(fields, sizeof *converter->known_values);
    converter->sent = memory_get_zero(fields, sizeof *converter->sent);
    converter->followed = memory_get_zero(plan->followed_count + 1, sizeof *converter->followed);
    converter->extras = memory_get_zero(fields, sizeof *converter->extras);
    converter->whole_amounts = memory_get_zero(fields, sizeof *converter->whole_amounts);
    converter->whole_values = memory_get_zero(fields, sizeof *converter->whole_values);
    converter->sums_since = memory_get_zero(plan->followed_count + 1, sizeof *converter->sums_since);
    return converter;
}

void converter_free(struct converter *converter) {
    if (!converter) return;
    record_reader_destroy(converter->reader);
    arena_destroy(converter->arena);
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
    free(converter->sums_since);
    free(converter);
}

static void use_file(struct converter *converter, size_t file) {
    if (converter->file == file) return;
    record_reader_destroy(converter->reader);
    converter->file = file;
    converter->binding = converter->plan->bindings[file];
    converter->facts = input_facts(converter->inputs[file]);
    converter->reader =
        record_reader_create(converter->inputs[file], converter->binding->paths, converter->binding->path_count);
    for (size_t i = 0; i < converter->plan->field_count; i++)
        converter->moments[i].is_filled = false;
}

/* A delimiter at the end of every row: nothing stands behind it, so nothing is lost by not looking there. */
static bool has_only_empty_extras(const struct converter *converter) {
    for (size_t i = converter->facts->column_count; i < converter->record.cell_count; i++)
        if (view_trim(converter->record.cells[i].text).length > 0) return false;
    return true;
}

static void check_damage(struct converter *converter) {
    const struct record *record = &converter->record;
    switch (record->damage) {
    case DAMAGE_NONE: break;
    case DAMAGE_CELLS_MISSING:
        row_problem(converter, E101_CELLS_MISSING, SIZE_MAX, "the row has %zu cells, the header %zu",
                    record->original_count, converter->facts->column_count);
        break;
    case DAMAGE_CELLS_EXTRA:
        if (has_only_empty_extras(converter)) break;
        row_problem(converter, E102_CELLS_EXTRA, SIZE_MAX, "the row has %zu cells, the header %zu",
                    record->original_count, converter->facts->column_count);
        break;
    case DAMAGE_UNCLOSED_QUOTE:
        row_problem(converter, E103_UNCLOSED_QUOTE, SIZE_MAX,
                    "the quote opened here is not closed in its row: it swallowed lines %llu to %llu",
                    (unsigned long long)record->damage_line, (unsigned long long)record->last_line);
        break;
    case DAMAGE_NOT_JSON:
        row_problem(converter, E104_NOT_JSON, SIZE_MAX, "%.*s", VIEW_ARGS(record->damage_text));
        break;
    case DAMAGE_NOT_OBJECT: row_problem(converter, E105_NOT_OBJECT, SIZE_MAX, "this element is no record"); break;
    }
}

static uint32_t content_hash(const struct record *record) {
    uint64_t hash = record->original_count;
    for (size_t i = 0; i < record->cell_count; i++)
        hash = hash_bytes(record->cells[i].text, hash + (uint64_t)record->cells[i].kind);
    return (uint32_t)(hash ^ hash >> 32);
}

/* "row 12" of a table, "record 12" of a JSON file. */
static void say_place(const struct converter *converter, const struct identity_before *before, char *text,
                      size_t size) {
    bool is_table = input_facts(converter->inputs[before->file])->shape == SHAPE_CSV;
    snprintf(text, size, "%s %llu", is_table ? "row" : "record", (unsigned long long)before->row);
}

/* Asks whether the ID came already; in the first go only notes it. True: go on with the row. */
static bool check_id(struct converter *converter) {
    struct outcome *outcome = converter->outcome;
    size_t number = outcome->identity_count;
    if (!converter->before) {
        void *list = outcome->identities;
        memory_grow(&list, &outcome->identity_capacity, number + 1, sizeof *outcome->identities);
        outcome->identities = list;
        outcome->identities[number] =
            (struct identity){hash_bytes(converter->external_id, 0), content_hash(&converter->record),
                              (uint32_t)converter->file, converter->record.row, converter->money};
        outcome->identity_count++;
        return true;
    }
    outcome->identity_count++;
    const struct identity_before *before = &converter->before[number];
    if (before->verdict == IDENTITY_NEW) return true;
    char place[64];
    say_place(converter, before, place, sizeof place);
    const char *path = before->file == converter->file ? "" : input_facts(converter->inputs[before->file])->path;
    const char *blank = *path ? " " : "";
    struct view id = converter->external_id;
    size_t field = converter->binding->id_parts[0].field;
    if (before->verdict == IDENTITY_REPEATED) {
        row_problem(converter, W421_EXACT_REPEAT, field, "ID %.*s: the same row, cell for cell, as %s%s%s",
                    VIEW_ARGS(id), path, blank, place);
        return false;
    }
    struct buffer amount = {0};
    if (converter->has_money) {
        buffer_add_text(&amount, " and its ");
        decimal_print_human(&amount, before->money, true);
    }
    row_problem(converter, E401_DUPLICATE_ID, field,
                "ID %.*s came already in %s%s%s: Plecto keeps only the last, so that one%.*s would vanish",
                VIEW_ARGS(id), path, blank, place, VIEW_ARGS(buffer_view(&amount)));
    /* the money at stake is that of the row that would vanish */
    if (converter->has_money) converter->money = before->money;
    buffer_free(&amount);
    return false;
}

/* The ID of a share: its own, or the row's with the person's behind it. */
void row_name_shares(struct converter *converter) {
    const struct binding *binding = converter->binding;
    bool has_employee = false;
    for (size_t i = 0; i < binding->id_part_count; i++)
        has_employee = has_employee || binding->id_parts[i].field == ID_EMPLOYEE;
    struct view whole = converter->external_id, member = converter->member_id;
    for (size_t i = 0; i < converter->share_count; i++) {
        struct share *share = &converter->shares[i];
        if (share->external_id.length > 0) continue;
        converter->member_id = share->member_id;
        if (has_employee) {
            row_find_id(converter);
            share->external_id = converter->external_id;
        } else {
            share->external_id =
                arena_print(converter->arena, "%.*s:%.*s", VIEW_ARGS(whole), VIEW_ARGS(share->member_id));
        }
    }
    converter->external_id = whole;
    converter->member_id = member;
}

/* The same for every ID of the row. */
static bool check_identity(struct converter *converter) {
    if (converter->share_count == 0) return check_id(converter);
    struct view whole = converter->external_id;
    bool is_fine = true;
    for (size_t i = 0; i < converter->share_count; i++) {
        size_t problems = converter->problem_count;
        bool had_error = converter->has_error;
        converter->external_id = converter->shares[i].external_id;
        bool is_new = check_id(converter);
        if (!is_fine) { /* one message for the row */
            converter->problem_count = problems;
            converter->has_error = had_error;
        }
        is_fine = is_fine && is_new;
    }
    converter->external_id = whole;
    return is_fine;
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
    converter->outcome->inactive_rows++;
    for (size_t i = 0; i < converter->plan->followed_count; i++)
        decimal_add(&converter->outcome->inactive_sums[i], converter->followed[i]);
}

static void note_written(struct converter *converter) {
    struct outcome *outcome = converter->outcome;
    const struct moment *date = converter->date;
    outcome->first_day = date->day < outcome->first_day ? date->day : outcome->first_day;
    outcome->last_day = date->day > outcome->last_day ? date->day : outcome->last_day;
    outcome->fallback_dates += converter->is_fallback_date;
    outcome->instants += date->kind == MOMENT_INSTANT;
    outcome->local_times += date->kind == MOMENT_LOCAL;
    outcome->day_only += date->kind == MOMENT_DAY;
    outcome->people.name_only += converter->person_kind == PERSON_NAME_ONLY;
    outcome->people.id_only += converter->person_kind == PERSON_ID_ONLY;
    outcome->people.by_roster += converter->person_kind == PERSON_ROSTER;
    outcome->people.by_default += converter->person_kind == PERSON_DEFAULT;
    bool is_joined = converter->person_kind == PERSON_JOINED;
    outcome->people.joined += is_joined;
    outcome->people.id_only += is_joined && view_equal(converter->member_id, converter->member_name);
    if (date->kind == MOMENT_INSTANT && date->utc_day != date->day) {
        outcome->other_day_rows++;
        if (converter->has_money) decimal_add(&outcome->other_day_money, converter->money);
    }
}

static void write_registration(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct outcome *outcome = converter->outcome;
    outcome->registrations++;
    outcome_add_member(outcome, converter->member_id, converter->member_name);
    const struct run_options *options = plan->options;
    if (!options->to_csv && !options->to_jsonl) return;
    for (size_t i = 0; i < plan->sent_count; i++)
        converter->sent[i] = converter->values[plan->sent[i]];
    struct registration registration = {
        .external_id = converter->external_id,
        .date = view_from(converter->date->text, converter->date->length),
        .member_id = converter->member_id,
        .member_name = converter->member_name,
        .values = converter->sent,
    };
    if (options->to_jsonl) jsonl_add(&outcome->jsonl, &plan->format, &registration);
    if (options->to_csv) csv_add(&outcome->csv, &plan->format, &registration);
}

static int32_t period_start(const struct plan *plan, int32_t day) {
    int year, month, day_of_month;
    switch (plan->options->by) {
    case BY_WEEK: return date_week_start(day, &year, &month);
    case BY_MONTH: date_from_days(day, &year, &month, &day_of_month); return day - (day_of_month - 1);
    case BY_ROW:
    case BY_DAY: break;
    }
    return day;
}

static struct view tally_key(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct view member = plan->options->per_employee ? converter->member_id : view_of(plan->default_employee);
    size_t length = member.length;
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct cell *cell = row_cell(converter, plan->groups[i]);
        length += 1 + (cell ? cell->text.length : 0);
    }
    char *key = arena_get(converter->outcome->arena, length + 1);
    if (member.length) memcpy(key, member.text, member.length);
    size_t place = member.length;
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct cell *cell = row_cell(converter, plan->groups[i]);
        struct view text = cell ? view_trim(cell->text) : view_of("");
        key[place++] = '\0';
        if (text.length) memcpy(key + place, text.text, text.length);
        place += text.length;
    }
    return view_from(key, place);
}

static void add_tally(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct outcome *outcome = converter->outcome;
    void *list = outcome->tallies;
    memory_grow(&list, &outcome->tally_capacity, outcome->tally_count + 1, sizeof *outcome->tallies);
    outcome->tallies = list;
    int64_t *values = arena_get(outcome->arena, (plan->metric_count + 1) * sizeof *values);
    bool *filled = arena_get(outcome->arena, plan->metric_count + 1);
    for (size_t i = 0; i < plan->metric_count; i++) {
        size_t field = plan->metrics[i].field;
        filled[i] = field != SIZE_MAX && converter->filled[field];
        values[i] = field != SIZE_MAX ? converter->amounts[field] : 0;
    }
    struct view name = plan->options->per_employee ? converter->member_name : view_of(plan->default_employee);
    outcome->tallies[outcome->tally_count++] =
        (struct tally){period_start(plan, converter->date->day), tally_key(converter), arena_copy(outcome->arena, name),
                       values, filled};
    outcome->registrations++;
    outcome_add_member(outcome, plan->options->per_employee ? converter->member_id : name, name);
}

static void write_row(struct converter *converter) {
    if (converter->plan->options->by == BY_ROW)
        write_registration(converter);
    else
        add_tally(converter);
}

/* Whether a field is divided among several people: what is added up is, prices and averages are not. */
static bool is_divided(const struct plan *plan, size_t field) {
    const struct field *entry = &plan->schema->fields[field];
    return (entry->type == FIELD_NUMBER || entry->type == FIELD_DURATION) && entry->aggregate == AGGREGATE_SUM;
}

static void take_part(struct converter *converter, size_t index) {
    const struct plan *plan = converter->plan;
    for (size_t k = 0; k < plan->typed_count; k++) {
        size_t field = plan->typed[k];
        if (!is_divided(plan, field) || !converter->filled[field]) continue;
        int64_t part = share_part(converter->whole_amounts[field], converter->shares, converter->share_count, index,
                                  plan->schema->fields[field].is_money);
        converter->amounts[field] = part;
        if (converter->values[field].kind == VALUE_RAW) converter->values[field].kind = VALUE_NUMBER;
        if (converter->values[field].kind != VALUE_EMPTY) converter->values[field].number = part;
    }
}

/* One registration for each person, with its part. */
static void write_shares(struct converter *converter) {
    size_t size = converter->plan->field_count;
    struct view whole = converter->external_id;
    const struct moment *date = converter->date;
    memcpy(converter->whole_amounts, converter->amounts, size * sizeof *converter->amounts);
    memcpy(converter->whole_values, converter->values, size * sizeof *converter->values);
    for (size_t i = 0; i < converter->share_count; i++) {
        const struct share *share = &converter->shares[i];
        converter->external_id = share->external_id;
        converter->member_id = share->member_id;
        converter->member_name = share->member_name;
        converter->date = share->date ? share->date : date;
        take_part(converter, i);
        write_row(converter);
    }
    converter->outcome->ledger.divided += converter->share_count - 1;
    converter->external_id = whole;
    converter->date = date;
    memcpy(converter->amounts, converter->whole_amounts, size * sizeof *converter->amounts);
    memcpy(converter->values, converter->whole_values, size * sizeof *converter->values);
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

static void convert_row(struct converter *converter) {
    const struct plan *plan = converter->plan;
    converter->problem_count = 0;
    converter->has_error = false;

    check_damage(converter);
    if (!converter->has_error && row_take_total(converter)) return;
    size_t damage = converter->has_error ? converter->problem_count : PROBLEM_LIMIT;
    if (converter->binding->extra_count > 0) row_fill_extras(converter);
    row_find_person(converter);
    row_find_id(converter);
    if (converter->external_id.length > 0) row_parallel_count(converter);
    row_read_cells(converter);
    row_find_date(converter);
    if (converter->parallel_count > 1) row_divide_parallel(converter);
    if (converter->share_count > 0) row_name_shares(converter);
    if (converter->problem_count > damage) /* one message per cause: the rest follows from the damage */
        converter->problem_count = damage;

    ledger_in(&converter->outcome->ledger, converter->followed);
    converter->rows_since++;
    for (size_t i = 0; i < plan->followed_count; i++)
        decimal_add(&converter->sums_since[i], converter->followed[i]);

    if (is_outside_period(converter)) {
        finish_row(converter, LEDGER_OUTSIDE_PERIOD);
        return;
    }
    if (is_too_old(converter)) {
        finish_row(converter, LEDGER_TOO_OLD);
        return;
    }
    if (plan->repeats && repeats_are_superseded(plan->repeats, row_first_id(converter), converter->file,
                                                converter->record.row, converter->record.item)) {
        finish_row(converter, LEDGER_SUPERSEDED);
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
    if (!check_identity(converter)) {
        if (converter->has_error) {
            reject_row(converter);
            return;
        }
        row_tell_problems(converter);
        finish_row(converter, LEDGER_REPEATED);
        return;
    }
    row_tell_problems(converter);
    note_inactive(converter);
    note_written(converter);
    if (converter->share_count > 0)
        write_shares(converter);
    else
        write_row(converter);
    finish_row(converter, LEDGER_WRITTEN);
}

void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome) {
    use_file(converter, file);
    outcome_reset(outcome, converter->plan);
    converter->outcome = outcome;
    arena_reset(converter->arena);
    record_reader_start(converter->reader, block);
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
        case RECORD_DATA: convert_row(converter); break;
        }
    }
    row_close_totals(converter);
}
