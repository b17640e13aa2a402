/* write.c: a good row as registrations, or as tallies of an aggregate; divided where it is several people's. */
#include <stdint.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/row/row_private.h"
#include "values/nothing.h"

/* What the row, or its part, brings to its employee and its day. */
static void note_part(struct converter *converter, size_t member) {
    const struct plan *plan = converter->plan;
    for (size_t i = 0; i < plan->followed_count; i++) {
        size_t field = plan->followed[i];
        converter->row.brought[i] = converter->fields[field].is_filled ? converter->fields[field].amount : 0;
    }
    day_sums_add(&converter->outcome->day_sums, member, converter->row.date->day, converter->row.brought);
}

static void write_registration(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct outcome *outcome = converter->outcome;
    outcome->counts.of[COUNT_REGISTRATIONS]++;
    note_part(converter, day_sums_member(&outcome->day_sums, converter->row.member_id, converter->row.member_name));
    const struct registration registration = {
        .external_id = converter->row.external_id,
        .date = view_from(converter->row.date->text, converter->row.date->length),
        .member_id = converter->row.member_id,
        .member_name = converter->row.member_name,
        .values = converter->sent,
    };
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        if (plan->options->to[i]) output_kinds[i].add(&outcome->texts[i], &plan->format, &registration);
}

/* Empty, a word for nothing, an error of a spreadsheet: one group, as one missing value is sent for all of them. */
static bool stands_for_nothing(struct view text) {
    size_t word = nothing_word(text);
    return (word != SIZE_MAX && !nothing_may_be_text(word)) || nothing_error(text);
}

/* Member and group values with NUL between them, in the converter's scratch. */
static struct view tally_key(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct buffer *key = &converter->scratch;
    key->length = 0;
    buffer_add(key, plan->options->per_employee ? converter->row.member_id : view_of(plan->default_employee));
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct cell *cell = row_cell(converter, plan->groups[i]);
        buffer_add_char(key, '\0');
        struct view text = cell ? view_trim(cell->text) : view_of("");
        if (!stands_for_nothing(text)) buffer_add(key, text);
    }
    return buffer_view(key);
}

/* What is known of the member; nothing where it is new. */
static struct tally_numbers *numbers_of(struct outcome *outcome, size_t member) {
    if (member >= outcome->numbered_count) {
        void *numbers = outcome->tally_numbers;
        memory_grow(&numbers, &outcome->numbered_capacity, member + 1, sizeof *outcome->tally_numbers);
        outcome->tally_numbers = numbers;
        outcome->tally_numbers[member] = (struct tally_numbers){0};
        outcome->numbered_count = member + 1; /* they come in order */
    }
    return &outcome->tally_numbers[member];
}

/* Numbers of the tally's key and name; those of a member are looked up once a block. */
static void number_tally(struct converter *converter, struct view name, size_t member, struct tally *tally) {
    const struct plan *plan = converter->plan;
    struct outcome *outcome = converter->outcome;
    struct tally_numbers *known = numbers_of(outcome, member);
    bool is_member = plan->group_count == 0 && plan->options->per_employee; /* the key is the member's ID alone */
    tally->key = is_member && known->key > 0 ? known->key - 1
                                             : (uint32_t)table_add(outcome->tally_keys, tally_key(converter), NULL);
    if (is_member) known->key = tally->key + 1;
    bool is_same = view_equal(outcome->day_sums.names[member], name);
    if (is_same && known->name > 0) {
        tally->name = known->name - 1;
        return;
    }
    tally->name = (uint32_t)table_add(outcome->tally_names, name, NULL);
    if (is_same) known->name = tally->name + 1;
}

static void add_tally(struct converter *converter) {
    const struct plan *plan = converter->plan;
    struct outcome *outcome = converter->outcome;
    void *list = outcome->tallies;
    memory_grow(&list, &outcome->tally_capacity, outcome->tally_count + 1, sizeof *outcome->tallies);
    outcome->tallies = list;
    int64_t *values = arena_get(outcome->arena, plan->metric_count * (sizeof *values + sizeof(bool)) + 1);
    bool *filled = (bool *)(values + plan->metric_count); /* behind them: one piece of memory a row */
    for (size_t i = 0; i < plan->metric_count; i++) {
        size_t field = plan->metrics[i].field;
        filled[i] = field != SIZE_MAX && (plan->metrics[i].counts_true
                                              ? converter->fields[field].value.kind == VALUE_BOOLEAN
                                              : converter->fields[field].is_filled);
        values[i] = field != SIZE_MAX ? converter->fields[field].amount : 0;
    }
    struct view name = plan->options->per_employee ? converter->row.member_name : view_of(plan->default_employee);
    size_t member =
        day_sums_member(&outcome->day_sums, plan->options->per_employee ? converter->row.member_id : name, name);
    struct tally *tally = &outcome->tallies[outcome->tally_count++];
    int32_t day = cut_first_day(plan->options->by, converter->row.date->day);
    *tally = (struct tally){.day = day, .instant = converter->row.date->instant, .values = values, .filled = filled};
    number_tally(converter, name, member, tally);
    outcome->counts.of[COUNT_REGISTRATIONS]++;
    note_part(converter, member);
}

static void write_one(struct converter *converter) {
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

/* The fields of one of the people: its piece of what is divided. */
static void assign_share(struct converter *converter, size_t index) {
    const struct plan *plan = converter->plan;
    const struct division *division = &converter->division;
    for (size_t k = 0; k < plan->typed_count; k++) {
        size_t field = plan->typed[k];
        struct field_state *state = &converter->fields[field];
        if (!is_divided(plan, field) || !state->is_filled) continue;
        state->amount = share_of(division->whole[field].amount, division->shares, division->count, index,
                                 plan->schema->fields[field].is_money);
        if (state->value.kind == VALUE_RAW) state->value.kind = VALUE_NUMBER;
        if (state->value.kind != VALUE_EMPTY) state->value.number = state->amount;
    }
}

/* One registration for each person, with its piece. */
static void write_shares(struct converter *converter) {
    struct row *row = &converter->row;
    const struct division *division = &converter->division;
    size_t size = converter->plan->field_count * sizeof *converter->fields;
    struct view whole = row->external_id;
    const struct moment *date = row->date;
    memcpy(division->whole, converter->fields, size);
    for (size_t i = 0; i < division->count; i++) {
        const struct share *share = &division->shares[i];
        row->external_id = share->external_id;
        row->member_id = share->member_id;
        row->member_name = share->member_name;
        row->date = share->date ? share->date : date;
        assign_share(converter, i);
        write_one(converter);
    }
    converter->outcome->ledger.divided += division->count - 1;
    row->external_id = whole;
    row->date = date;
    memcpy(converter->fields, division->whole, size);
}

void row_write(struct converter *converter) {
    if (converter->division.count > 0)
        write_shares(converter);
    else
        write_one(converter);
}
