/* join_record.c: a companion's records, as what the rows of their key ask for: people or values, and which record counts. */
#include "base/hash.h"
#include "base/memory.h"
#include "convert/join_private.h"
#include "values/boolean.h"
#include "values/point_zero.h"
#include "values/zone.h"

static struct view cell_text(const struct reading *reading, struct cell_ref cell) {
    if (cell.kind != REF_CELL || cell.index >= reading->record.cell_count) return view_of("");
    const struct cell *found = &reading->record.cells[cell.index];
    struct view text = view_trim(found->text);
    return found->kind == CELL_NESTED || placeholder_text(text) ? view_of("") : text;
}

#define SECOND 1000000000 /* nanoseconds */

/* The fraction of a second in nanoseconds: nine digits at most. */
static int64_t fraction_of(const char *digits) {
    int64_t fraction = 0, unit = SECOND / 10;
    for (; *digits; digits++, unit /= 10)
        fraction += (*digits - '0') * unit;
    return fraction;
}

/* The moment of a date read in this order, in nanoseconds; INT64_MAX where there is none. `evidence` may be NULL. */
static int64_t moment_of(struct view text, enum date_order order, struct date_evidence *evidence) {
    struct datetime value;
    if (text.length == 0 || datetime_parse(text, order, &value, evidence) != DATETIME_FINE) return INT64_MAX;
    int64_t seconds = datetime_seconds(&value) - (value.zone == ZONE_OFFSET ? value.offset : 0);
    int64_t limit = INT64_MAX / SECOND - 1; /* the years 1678 to 2261 */
    if (seconds > limit || seconds < -limit) return seconds > 0 ? INT64_MAX - 1 : INT64_MIN;
    return seconds * SECOND + fraction_of(value.fraction);
}

/* Below 0: the record of `one` is the earlier one. Numbers of IDs are compared as numbers. */
static int compare_records(const struct partner *one, const struct partner *other, bool is_day_first) {
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        int64_t a = is_day_first ? one->when[i].day_first : one->when[i].month_first;
        int64_t b = is_day_first ? other->when[i].day_first : other->when[i].month_first;
        if (a != b) return a < b ? -1 : 1;
    }
    if (one->record.length != other->record.length) return one->record.length < other->record.length ? -1 : 1;
    return view_compare(one->record, other->record);
}

/* The earlier of a person's records counts, whichever way its dates are read. */
static void take_earlier(struct partner *known, const struct partner *partner) {
    bool is_earlier = compare_records(partner, known, false) < 0;
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        if (partner->when[i].month_first < known->when[i].month_first)
            known->when[i].month_first = partner->when[i].month_first;
        if (partner->when[i].day_first < known->when[i].day_first)
            known->when[i].day_first = partner->when[i].day_first;
    }
    if (is_earlier) known->record = partner->record;
}

/* Each person once; of several records the shares add up, and the earliest counts. */
static void add_partner(struct reading *reading, struct entry *entry, struct partner partner) {
    for (size_t i = 0; i < entry->partner_count; i++) {
        struct partner *known = &entry->partners[i];
        bool is_same = partner.id.length ? view_equal(known->id, partner.id) : view_equal(known->name, partner.name);
        if (!is_same) continue;
        if (partner.has_share && reading->companion->join->share) known->share += partner.share;
        partner.record = arena_copy(reading->joins->arena, partner.record);
        take_earlier(known, &partner);
        return;
    }
    void *list = entry->partners;
    memory_grow(&list, &entry->partner_capacity, entry->partner_count + 1, sizeof *entry->partners);
    entry->partners = list;
    partner.id = arena_copy(reading->joins->arena, partner.id);
    partner.name = arena_copy(reading->joins->arena, partner.name);
    partner.record = arena_copy(reading->joins->arena, partner.record);
    entry->partners[entry->partner_count++] = partner;
}

static void take_person(struct reading *reading, struct entry *entry) {
    const struct binding *binding = reading->binding;
    struct partner partner = {0};
    for (size_t i = 0; i < binding->person_count && i < 1; i++) {
        partner.id = id_without_zero(cell_text(reading, binding->people[i].id_cell));
        partner.name = cell_text(reading, binding->people[i].name_cell);
    }
    if (view_is(partner.id, "0")) partner.id = view_of("");
    if (partner.id.length == 0 && partner.name.length == 0) {
        reading->companion->without_person++;
        return;
    }
    int64_t share = 0;
    enum decimal_reason reason = decimal_parse(cell_text(reading, reading->share), &decimal_style_default, &share);
    partner.has_share = decimal_has_value(reason);
    partner.share = partner.has_share ? share : 0;
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        struct view date = cell_text(reading, reading->dates[i]);
        struct date_evidence *evidence = i == PARTNER_ORDER ? &reading->companion->dates : NULL;
        partner.when[i].month_first = moment_of(date, DATE_ORDER_MDY, evidence);
        partner.when[i].day_first = moment_of(date, DATE_ORDER_DMY, NULL);
    }
    if (binding->id_count > 0) partner.record = cell_text(reading, binding->cell_of_field[binding->ids[0]]);
    add_partner(reading, entry, partner);
}

/* Of records with one key the one changed last counts. */
static void take_values(struct reading *reading, struct entry *entry) {
    size_t count = reading->companion->join->field_count;
    size_t modified_field = reading->binding->modified_field;
    struct view modified =
        modified_field == SIZE_MAX ? view_of("") : cell_text(reading, reading->binding->cell_of_field[modified_field]);
    bool differs = false;
    for (size_t i = 0; entry->has_record && i < count; i++)
        differs = differs || !view_equal(entry->values[i], cell_text(reading, reading->values[i]));
    if (differs) reading->companion->differing++;
    int64_t now = moment_of(modified, DATE_ORDER_MDY, NULL), then = moment_of(entry->modified, DATE_ORDER_MDY, NULL);
    bool is_later = now != INT64_MAX && then != INT64_MAX && now > then; /* without dates the first one counts */
    if (entry->has_record && !is_later) return;
    if (!entry->values) entry->values = arena_get(reading->joins->arena, (count + 1) * sizeof *entry->values);
    for (size_t i = 0; i < count; i++)
        entry->values[i] = arena_copy(reading->joins->arena, cell_text(reading, reading->values[i]));
    entry->modified = arena_copy(reading->joins->arena, modified);
    entry->has_record = true;
}

static bool is_inactive(const struct reading *reading) {
    size_t field = reading->binding->active_field;
    bool active = true;
    if (field == SIZE_MAX) return false;
    return boolean_parse(cell_text(reading, reading->binding->cell_of_field[field]), &active) && !active;
}

/* Cells behind the header's that are all empty are no damage. */
static bool is_damaged(const struct reading *reading) {
    const struct record *record = &reading->record;
    if (record->damage != DAMAGE_CELLS_EXTRA) return record->damage != DAMAGE_NONE;
    for (size_t i = input_facts(reading->input)->column_count; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return true;
    return false;
}

/* Whether a record with this ID came already with other content: then which of the two holds is not known here. */
static bool is_another_state(struct reading *reading) {
    const struct binding *binding = reading->binding;
    if (binding->id_count == 0) return false;
    struct view id = cell_text(reading, binding->cell_of_field[binding->ids[0]]);
    if (id.length == 0) return false;
    uint64_t content = 0;
    for (size_t i = 0; i < reading->record.cell_count; i++)
        content = hash_bytes(reading->record.cells[i].text, content + i);
    struct companion *companion = reading->companion;
    bool is_new;
    size_t number = table_add(companion->ids, id, &is_new);
    void *contents = companion->contents;
    memory_grow(&contents, &companion->content_capacity, number + 1, sizeof *companion->contents);
    companion->contents = contents;
    if (is_new) companion->contents[number] = content;
    return companion->contents[number] != content;
}

void join_take_record(struct reading *reading) {
    struct companion *companion = reading->companion;
    if (reading->record.kind != RECORD_DATA) return;
    if (is_damaged(reading)) {
        if (companion->damaged++ == 0) companion->damaged_line = reading->record.line;
        return;
    }
    companion->records++;
    if (companion->join->is_people && is_another_state(reading) && companion->repeated++ == 0)
        companion->repeated_line = reading->record.line;
    struct view key = id_without_zero(cell_text(reading, reading->key));
    if (key.length == 0) {
        companion->without_key++;
        return;
    }
    if (companion->join->is_people && is_inactive(reading)) {
        companion->inactive++;
        return;
    }
    bool is_new;
    size_t number = table_add(companion->keys, key, &is_new);
    void *entries = companion->entries;
    memory_grow(&entries, &companion->entry_capacity, number + 1, sizeof *companion->entries);
    companion->entries = entries;
    if (is_new) companion->entries[number] = (struct entry){0};
    if (companion->join->is_people)
        take_person(reading, &companion->entries[number]);
    else
        take_values(reading, &companion->entries[number]);
}

/* --- who is first --- */

/* The earliest first. */
static void put_in_order(struct entry *entry, bool is_day_first) {
    for (size_t i = 1; i < entry->partner_count; i++) {
        struct partner moved = entry->partners[i];
        size_t place = i;
        for (; place > 0 && compare_records(&moved, &entry->partners[place - 1], is_day_first) < 0; place--)
            entry->partners[place] = entry->partners[place - 1];
        entry->partners[place] = moved;
    }
}

void join_order_partners(struct companion *companion) {
    const struct date_evidence *dates = &companion->dates;
    bool is_day_first = dates->first_over > 0 && dates->second_over == 0;
    if (!companion->join->is_people) return;
    for (size_t i = 0; i < table_count(companion->keys); i++)
        put_in_order(&companion->entries[i], is_day_first);
}
