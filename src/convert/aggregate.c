/* aggregate.c: groups in a table keyed by day, member and group values; one accumulator for each metric. */
#include "convert/aggregate.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/moment.h"

struct accumulator {
    wide_integer sum;
    uint64_t count; /* rows with a value */
    int64_t minimum, maximum;
};

struct group {
    int32_t day;
    uint64_t rows;
    char *member_name; /* the least of those met, so that it does not depend on the order */
};

struct aggregate {
    const struct plan *plan;
    struct table *keys; /* 4 bytes of day, then the tally's key */
    struct group *groups;
    size_t group_capacity;
    struct accumulator *accumulators; /* metric_count for each group */
    size_t accumulator_capacity;
    struct buffer key;
};

struct aggregate *aggregate_create(const struct plan *plan) {
    struct aggregate *aggregate = memory_get_zero(1, sizeof *aggregate);
    aggregate->plan = plan;
    aggregate->keys = table_create();
    return aggregate;
}

void aggregate_free(struct aggregate *aggregate) {
    if (!aggregate) return;
    for (size_t i = 0; i < table_count(aggregate->keys); i++)
        free(aggregate->groups[i].member_name);
    table_destroy(aggregate->keys);
    free(aggregate->groups);
    free(aggregate->accumulators);
    buffer_free(&aggregate->key);
    free(aggregate);
}

static void keep_least_name(struct group *group, struct view name) {
    if (view_compare(name, view_of(group->member_name)) >= 0) return;
    free(group->member_name);
    group->member_name = memory_copy(name);
}

/* The number of the group with this key, made if it is new. */
static size_t find_group(struct aggregate *aggregate, int32_t day, struct view key, struct view name) {
    aggregate->key.length = 0;
    buffer_add(&aggregate->key, view_from((const char *)&day, sizeof day));
    buffer_add(&aggregate->key, key);
    bool is_new;
    size_t number = table_add(aggregate->keys, buffer_view(&aggregate->key), &is_new);
    if (!is_new) {
        keep_least_name(&aggregate->groups[number], name);
        return number;
    }
    size_t metrics = aggregate->plan->metric_count;
    void *groups = aggregate->groups, *accumulators = aggregate->accumulators;
    memory_grow(&groups, &aggregate->group_capacity, number + 1, sizeof *aggregate->groups);
    memory_grow(&accumulators, &aggregate->accumulator_capacity, (number + 1) * metrics + 1,
                sizeof *aggregate->accumulators);
    aggregate->groups = groups;
    aggregate->accumulators = accumulators;
    aggregate->groups[number] = (struct group){day, 0, memory_copy(name)};
    for (size_t i = 0; i < metrics; i++)
        aggregate->accumulators[number * metrics + i] = (struct accumulator){0, 0, INT64_MAX, INT64_MIN};
    return number;
}

void aggregate_add(struct aggregate *aggregate, const struct outcome *outcome) {
    size_t metrics = aggregate->plan->metric_count;
    for (size_t i = 0; i < outcome->tally_count; i++) {
        const struct tally *tally = &outcome->tallies[i];
        size_t number = find_group(aggregate, tally->day, tally->key, tally->member_name);
        aggregate->groups[number].rows++;
        struct accumulator *accumulator = &aggregate->accumulators[number * metrics];
        for (size_t k = 0; k < metrics; k++, accumulator++) {
            if (!tally->filled[k]) continue;
            accumulator->sum += tally->values[k];
            accumulator->count++;
            accumulator->minimum = tally->values[k] < accumulator->minimum ? tally->values[k] : accumulator->minimum;
            accumulator->maximum = tally->values[k] > accumulator->maximum ? tally->values[k] : accumulator->maximum;
        }
    }
}

void aggregate_merge(struct aggregate *into, const struct aggregate *from) {
    size_t metrics = from->plan->metric_count;
    for (size_t i = 0; i < table_count(from->keys); i++) {
        struct view key = table_key(from->keys, i);
        key = view_from(key.text + sizeof(int32_t), key.length - sizeof(int32_t));
        size_t number = find_group(into, from->groups[i].day, key, view_of(from->groups[i].member_name));
        into->groups[number].rows += from->groups[i].rows;
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
                                        .member_name = view_of(aggregate->groups[place->number].member_name),
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
    size_t count = table_count(aggregate->keys);
    struct place *places = memory_get_zero(count + 1, sizeof *places);
    for (size_t i = 0; i < count; i++) {
        struct view key = table_key(aggregate->keys, i);
        places[i] = (struct place){aggregate->groups[i].day,
                                   view_from(key.text + sizeof(int32_t), key.length - sizeof(int32_t)), i};
    }
    qsort(places, count, sizeof *places, compare_places);
    uint64_t written = 0;
    for (size_t i = 0; i < count; i++)
        written += write_group(aggregate, &places[i], jsonl, csv);
    free(places);
    return written;
}
