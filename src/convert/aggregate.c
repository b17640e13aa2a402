/* aggregate.c: groups by day and key (member and group values); one accumulator for each metric.
 *
 * Keys and names are few and their texts are looked up once for each block: its tallies have numbers for them. A row
 * then costs one look into a table of groups by day and number of the key, and the accumulators of the group, which are
 * asked for some rows ahead because memory takes its time. */
#include "convert/aggregate.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/moment.h"

#define ROWS_AHEAD 12

struct accumulator {
    wide_integer sum;
    uint64_t count; /* rows with a value */
    int64_t minimum, maximum;
};

struct group {
    int32_t day;
    uint32_t key;  /* number among the keys */
    uint32_t name; /* number of the least name met, so that it does not depend on the order */
    uint64_t rows;
};

struct slot {
    int32_t day;
    uint32_t key;
    uint32_t group; /* number + 1; 0: free */
};

struct aggregate {
    const struct plan *plan;
    struct table *keys, *names;
    struct slot *slots; /* open addressing; a power of two */
    size_t slot_count;
    struct group *groups;
    size_t group_count, group_capacity;
    struct accumulator *accumulators; /* metric_count for each group */
    size_t accumulator_capacity;
    uint32_t *key_map, *name_map; /* a block's numbers to ours */
    size_t key_room, name_room;
    uint32_t *found; /* groups of a block's tallies */
    size_t found_room;
};

struct aggregate *aggregate_create(const struct plan *plan) {
    struct aggregate *aggregate = memory_get_zero(1, sizeof *aggregate);
    aggregate->plan = plan;
    aggregate->keys = table_create();
    aggregate->names = table_create();
    return aggregate;
}

void aggregate_free(struct aggregate *aggregate) {
    if (!aggregate) return;
    table_destroy(aggregate->keys);
    table_destroy(aggregate->names);
    free(aggregate->slots);
    free(aggregate->groups);
    free(aggregate->accumulators);
    free(aggregate->key_map);
    free(aggregate->name_map);
    free(aggregate->found);
    free(aggregate);
}

/* Where the search for a group begins. */
static size_t first_place(const struct aggregate *aggregate, int32_t day, uint32_t key) {
    uint64_t mixed = ((uint64_t)key << 32 | (uint32_t)day) * 0x9e3779b97f4a7c15u;
    return (size_t)(mixed >> 32) & (aggregate->slot_count - 1);
}

static struct slot *find_slot(const struct aggregate *aggregate, int32_t day, uint32_t key) {
    size_t mask = aggregate->slot_count - 1, place = first_place(aggregate, day, key);
    while (aggregate->slots[place].group && (aggregate->slots[place].day != day || aggregate->slots[place].key != key))
        place = (place + 1) & mask;
    return &aggregate->slots[place];
}

static void grow_slots(struct aggregate *aggregate) {
    free(aggregate->slots);
    aggregate->slot_count = aggregate->slot_count ? aggregate->slot_count * 2 : 256;
    aggregate->slots = memory_get_zero(aggregate->slot_count, sizeof *aggregate->slots);
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const struct group *group = &aggregate->groups[i];
        *find_slot(aggregate, group->day, group->key) = (struct slot){group->day, group->key, (uint32_t)i + 1};
    }
}

static void keep_least_name(const struct aggregate *aggregate, struct group *group, uint32_t name) {
    if (group->name == name) return;
    if (view_compare(table_key(aggregate->names, name), table_key(aggregate->names, group->name)) < 0)
        group->name = name;
}

/* The number of the group, made with this name if it is new. Does not look at a group that is there, which may be far
 * away in memory. */
static size_t find_group(struct aggregate *aggregate, int32_t day, uint32_t key, uint32_t name) {
    if (aggregate->group_count * 2 >= aggregate->slot_count) grow_slots(aggregate);
    struct slot *slot = find_slot(aggregate, day, key);
    if (slot->group) return slot->group - 1;
    size_t number = aggregate->group_count++, metrics = aggregate->plan->metric_count;
    void *groups = aggregate->groups, *accumulators = aggregate->accumulators;
    memory_grow(&groups, &aggregate->group_capacity, number + 1, sizeof *aggregate->groups);
    memory_grow(&accumulators, &aggregate->accumulator_capacity, (number + 1) * metrics + 1,
                sizeof *aggregate->accumulators);
    aggregate->groups = groups;
    aggregate->accumulators = accumulators;
    aggregate->groups[number] = (struct group){day, key, name, 0};
    for (size_t i = 0; i < metrics; i++)
        aggregate->accumulators[number * metrics + i] = (struct accumulator){0, 0, INT64_MAX, INT64_MIN};
    *slot = (struct slot){day, key, (uint32_t)number + 1};
    return number;
}

/* Our numbers of the texts in a block's table. */
static void map_texts(struct table *ours, const struct table *theirs, uint32_t **map, size_t *room) {
    size_t count = table_count(theirs);
    void *numbers = *map;
    memory_grow(&numbers, room, count + 1, sizeof **map);
    *map = numbers;
    for (size_t i = 0; i < count; i++)
        (*map)[i] = (uint32_t)table_add(ours, table_key(theirs, i), NULL);
}

static void add_values(struct accumulator *accumulator, const struct tally *tally, size_t metrics) {
    for (size_t k = 0; k < metrics; k++, accumulator++) {
        if (!tally->filled[k]) continue;
        accumulator->sum += tally->values[k];
        accumulator->count++;
        accumulator->minimum = tally->values[k] < accumulator->minimum ? tally->values[k] : accumulator->minimum;
        accumulator->maximum = tally->values[k] > accumulator->maximum ? tally->values[k] : accumulator->maximum;
    }
}

/* Tells the processor that a group and its accumulators come soon. */
static void expect(const struct aggregate *aggregate, uint32_t group) {
    size_t metrics = aggregate->plan->metric_count;
    __builtin_prefetch(&aggregate->groups[group], 1);
    const char *begin = (const char *)&aggregate->accumulators[group * metrics];
    for (size_t offset = 0; offset < metrics * sizeof(struct accumulator); offset += 64)
        __builtin_prefetch(begin + offset, 1);
}

/* The same for its slot. */
static void expect_slot(const struct aggregate *aggregate, const struct tally *tally) {
    if (aggregate->slot_count == 0) return;
    __builtin_prefetch(&aggregate->slots[first_place(aggregate, tally->day, aggregate->key_map[tally->key])]);
}

void aggregate_add(struct aggregate *aggregate, const struct outcome *outcome) {
    size_t metrics = aggregate->plan->metric_count, count = outcome->tally_count;
    map_texts(aggregate->keys, outcome->tally_keys, &aggregate->key_map, &aggregate->key_room);
    map_texts(aggregate->names, outcome->tally_names, &aggregate->name_map, &aggregate->name_room);
    void *found = aggregate->found;
    memory_grow(&found, &aggregate->found_room, count + 1, sizeof *aggregate->found);
    aggregate->found = found;
    for (size_t i = 0; i < count; i++) {
        const struct tally *tally = &outcome->tallies[i];
        if (i + ROWS_AHEAD < count) expect_slot(aggregate, &outcome->tallies[i + ROWS_AHEAD]);
        aggregate->found[i] = (uint32_t)find_group(aggregate, tally->day, aggregate->key_map[tally->key],
                                                   aggregate->name_map[tally->name]);
    }
    for (size_t i = 0; i < count; i++) {
        if (i + ROWS_AHEAD < count) expect(aggregate, aggregate->found[i + ROWS_AHEAD]);
        const struct tally *tally = &outcome->tallies[i];
        struct group *group = &aggregate->groups[aggregate->found[i]];
        group->rows++;
        keep_least_name(aggregate, group, aggregate->name_map[tally->name]);
        add_values(&aggregate->accumulators[aggregate->found[i] * metrics], tally, metrics);
    }
}

void aggregate_merge(struct aggregate *into, const struct aggregate *from) {
    size_t metrics = from->plan->metric_count;
    map_texts(into->keys, from->keys, &into->key_map, &into->key_room);
    map_texts(into->names, from->names, &into->name_map, &into->name_room);
    for (size_t i = 0; i < from->group_count; i++) {
        const struct group *group = &from->groups[i];
        size_t number = find_group(into, group->day, into->key_map[group->key], into->name_map[group->name]);
        into->groups[number].rows += group->rows;
        keep_least_name(into, &into->groups[number], into->name_map[group->name]);
        for (size_t k = 0; k < metrics; k++) {
            struct accumulator *to = &into->accumulators[number * metrics + k];
            const struct accumulator *other = &from->accumulators[i * metrics + k];
            to->sum += other->sum;
            to->count += other->count;
            to->minimum = other->minimum < to->minimum ? other->minimum : to->minimum;
            to->maximum = other->maximum > to->maximum ? other->maximum : to->maximum;
        }
    }
}

/* A group's place in the output: by day, then by key bytes. */
struct place {
    int32_t day;
    struct view key;
    size_t number;
};

static int compare_places(const void *left, const void *right) {
    const struct place *a = left, *b = right;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return view_compare(a->key, b->key);
}

/* "2025-10-20", "2025-W43", "2025-10". */
static void add_period(struct buffer *out, enum run_by by, int32_t day) {
    int year, month, day_of_month;
    date_from_days(day, &year, &month, &day_of_month);
    if (by == BY_WEEK) {
        int week;
        date_week_start(day, &year, &week);
        buffer_print(out, "%04d-W%02d", year, week);
    } else if (by == BY_MONTH) {
        buffer_print(out, "%04d-%02d", year, month);
    } else {
        date_print(out, day);
    }
}

/* A part of the ID; its own colons are escaped, so that two different groups never share an ID. */
static void add_id_part(struct buffer *out, struct view part) {
    buffer_add_char(out, ':');
    for (size_t i = 0; i < part.length; i++) {
        if (part.text[i] == ':')
            buffer_add_text(out, "%3A");
        else if (part.text[i] == '%')
            buffer_add_text(out, "%25");
        else
            buffer_add_char(out, part.text[i]);
    }
}

static int places_of(const struct plan *plan, size_t metric) {
    size_t field = plan->metrics[metric].field;
    if (field == SIZE_MAX) return 0;
    return plan->schema->fields[field].places ? plan->schema->fields[field].places : 2;
}

/* numerator / denominator, rounded half-even, in ten-thousandths; false if the denominator is 0. */
static bool ratio(wide_integer numerator, wide_integer denominator, bool is_percent, int places, int64_t *value) {
    if (denominator == 0) return false;
    wide_integer factor = (wide_integer)DECIMAL_SCALE * (is_percent ? 100 : 1);
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    if (denominator > (wide_integer)INT64_MAX || numerator > (wide_integer)INT64_MAX * 1000 ||
        numerator < -(wide_integer)INT64_MAX * 1000)
        return false;
    /* sum/count of decimal_average takes a count: the scaled denominator is one */
    wide_integer quotient = decimal_average(numerator * factor, (uint64_t)denominator, places);
    if (quotient > INT64_MAX || quotient < INT64_MIN) return false;
    *value = (int64_t)quotient;
    return true;
}

/* The value of a metric in a group. */
static struct value metric_value(const struct aggregate *aggregate, size_t number, size_t index) {
    const struct plan *plan = aggregate->plan;
    const struct metric *metric = &plan->metrics[index];
    struct value value = {.kind = VALUE_NUMBER};
    if (metric->field == SIZE_MAX) {
        value.number = (int64_t)aggregate->groups[number].rows * DECIMAL_SCALE;
        return value;
    }
    const struct field *field = &plan->schema->fields[metric->field];
    const struct accumulator *all = &aggregate->accumulators[number * plan->metric_count];
    const struct accumulator *own = &all[index];
    if (field->type == FIELD_DURATION && metric->kind != AGGREGATE_COUNT) value.kind = VALUE_DURATION;
    wide_integer result = 0;
    switch (metric->kind) {
    case AGGREGATE_COUNT: value.number = (int64_t)own->count * DECIMAL_SCALE; return value;
    case AGGREGATE_RATIO:
        if (!ratio(all[metric->numerator].sum, all[metric->denominator].sum, field->is_percent, places_of(plan, index),
                   &value.number))
            value.kind = VALUE_EMPTY;
        return value;
    case AGGREGATE_SUM: result = own->sum; break;
    case AGGREGATE_AVERAGE:
        if (own->count) result = decimal_average(own->sum, own->count, places_of(plan, index));
        break;
    case AGGREGATE_MINIMUM: result = own->minimum; break;
    case AGGREGATE_MAXIMUM: result = own->maximum; break;
    case AGGREGATE_NONE:
    case AGGREGATE_GROUP: break;
    }
    bool needs_value = metric->kind != AGGREGATE_SUM;
    if ((needs_value && own->count == 0) || result > INT64_MAX || result < INT64_MIN) {
        value.kind = VALUE_EMPTY;
        return value;
    }
    value.number = (int64_t)result;
    return value;
}

static void write_one(struct aggregate *aggregate, struct registration *registration, struct buffer *jsonl,
                      struct buffer *csv) {
    if (jsonl) jsonl_add(jsonl, &aggregate->plan->format, registration);
    if (csv) csv_add(csv, &aggregate->plan->format, registration);
}

/* The registrations of one group: one, or with --layout metric one for each metric that has a value. */
static uint64_t write_group(struct aggregate *aggregate, const struct place *place, struct buffer *jsonl,
                            struct buffer *csv) {
    const struct plan *plan = aggregate->plan;
    struct moment noon;
    moment_noon(place->day, plan->options->zone, &noon);
    struct buffer id = {0};
    buffer_add_text(&id, plan->schema->name);
    buffer_add_char(&id, ':');
    add_period(&id, plan->options->by, place->day);
    struct value *values = memory_get_zero(plan->group_count + plan->metric_count + 2, sizeof *values);
    struct view member = place->key, rest = place->key;
    for (size_t part = 0; part <= plan->group_count; part++) {
        const char *end = memchr(rest.text, '\0', rest.length);
        size_t length = end ? (size_t)(end - rest.text) : rest.length;
        struct view text = view_from(rest.text, length);
        add_id_part(&id, text);
        if (part == 0)
            member = text;
        else
            values[part - 1] = (struct value){.kind = text.length ? VALUE_TEXT : VALUE_EMPTY, .text = text};
        if (end) rest = view_from(end + 1, rest.length - length - 1);
    }
    struct registration registration = {.external_id = buffer_view(&id),
                                        .date = view_from(noon.text, noon.length),
                                        .member_id = member,
                                        .member_name =
                                            table_key(aggregate->names, aggregate->groups[place->number].name),
                                        .values = values};
    uint64_t written = 0;
    size_t id_length = id.length, column = plan->group_count;
    for (size_t i = 0; i < plan->metric_count; i++) {
        if (!plan->metrics[i].is_written) continue;
        struct value value = metric_value(aggregate, place->number, i);
        if (plan->options->layout == LAYOUT_WIDE) {
            values[column++] = value;
            continue;
        }
        if (value.kind == VALUE_EMPTY) continue;
        if (value.kind == VALUE_DURATION) /* one column holds all metrics: seconds */
            value.kind = VALUE_NUMBER;
        size_t field = plan->metrics[i].field;
        struct view name = view_of(field == SIZE_MAX ? "Count" : plan_title(plan, field));
        values[column] = (struct value){.kind = VALUE_TEXT, .text = name};
        values[column + 1] = value;
        id.length = id_length;
        add_id_part(&id, name);
        registration.external_id = buffer_view(&id);
        write_one(aggregate, &registration, jsonl, csv);
        written++;
    }
    if (plan->options->layout == LAYOUT_WIDE) {
        write_one(aggregate, &registration, jsonl, csv);
        written = 1;
    }
    free(values);
    buffer_free(&id);
    return written;
}

uint64_t aggregate_write(struct aggregate *aggregate, struct buffer *jsonl, struct buffer *csv) {
    size_t count = aggregate->group_count;
    struct place *places = memory_get_zero(count + 1, sizeof *places);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){aggregate->groups[i].day, table_key(aggregate->keys, aggregate->groups[i].key), i};
    qsort(places, count, sizeof *places, compare_places);
    uint64_t written = 0;
    for (size_t i = 0; i < count; i++)
        written += write_group(aggregate, &places[i], jsonl, csv);
    free(places);
    return written;
}
