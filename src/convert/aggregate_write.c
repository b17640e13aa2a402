/* aggregate_write.c: registrations of the groups, in order of period, member and group values.
 *
 * What all groups of a day share is made once a day, and keys are compared as texts once each, not once a group. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/aggregate_private.h"
#include "convert/moment.h"

/* What is written where, and what the groups of a day share. */
struct writing {
    const struct aggregate *aggregate;
    struct buffer *const *texts; /* by output; NULL: not asked for */
    struct buffer id;            /* of the registration at hand */
    struct value *values;
    const struct value **columns; /* of them, in their order */
    size_t day_length; /* of the id: schema and period */
    int32_t day;
    struct moment noon;
};

/* --- order ------------------------------------------------------------------------------------- */

struct ranked_key {
    struct view text;
    size_t number;
};

static int compare_keys(const void *left, const void *right) {
    const struct ranked_key *a = left, *b = right;
    return view_compare(a->text, b->text);
}

/* Rank of each key among all by bytes; the caller frees it. */
static uint32_t *rank_keys(const struct table *keys) {
    size_t count = table_count(keys);
    struct ranked_key *sorted = memory_get_zero(count + 1, sizeof *sorted);
    uint32_t *ranks = memory_get_zero(count + 1, sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct ranked_key){table_key(keys, i), i};
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < count; i++)
        ranks[sorted[i].number] = (uint32_t)i;
    free(sorted);
    return ranks;
}

/* Numbers `from` of groups in the order of what each is of, which is less than `count`; those of the same stay as they are. */
static void sort_groups(const uint32_t *from, size_t group_count, const uint32_t *of_group, size_t count, uint32_t *to) {
    uint32_t *places = memory_get_zero(count + 1, sizeof *places); /* where the next group of each goes */
    for (size_t i = 0; i < group_count; i++)
        places[of_group[i] + 1]++;
    for (size_t i = 0; i < count; i++)
        places[i + 1] += places[i];
    for (size_t i = 0; i < group_count; i++)
        to[places[of_group[from[i]]]++] = from[i];
    free(places);
}

/* The numbers of all groups in the order of the output: by day, then by key bytes; the caller frees them. Periods and keys are
 * few and numbered in order, so that groups are put to their places without comparisons. */
static uint32_t *put_in_order(const struct aggregate *aggregate) {
    size_t count = aggregate->group_count;
    uint32_t *ranks = rank_keys(aggregate->keys), *rank_of_group = memory_get_zero(count + 1, sizeof *rank_of_group);
    uint32_t *order = memory_get_zero(count + 1, sizeof *order), *by_key = memory_get_zero(count + 1, sizeof *by_key);
    struct periods periods;
    aggregate_find_periods(aggregate, &periods);
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        rank_of_group[i] = ranks[aggregate_group(aggregate, i)->key];
    }
    sort_groups(order, count, rank_of_group, table_count(aggregate->keys), by_key);
    sort_groups(by_key, count, periods.of_group, periods.count, order);
    free(ranks);
    free(rank_of_group);
    free(by_key);
    aggregate_free_periods(&periods);
    return order;
}

/* --- texts and values --------------------------------------------------------------------------- */

void aggregate_add_period(struct buffer *out, enum run_by by, int32_t day) {
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

/* Averages and ratios have up to four decimals; lengths of time hundredths of a second. */
static int places_of(const struct plan *plan, size_t metric) {
    size_t field = plan->metrics[metric].field;
    return field != SIZE_MAX && plan->schema->fields[field].type == FIELD_DURATION ? 2 : DECIMAL_PLACES;
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
        value.number = (int64_t)aggregate_group(aggregate, number)->rows * DECIMAL_SCALE;
        return value;
    }
    const struct field *field = &plan->schema->fields[metric->field];
    const struct accumulator *all = aggregate_group(aggregate, number)->metrics, *own = &all[index];
    size_t place = number * plan->metric_count + index;
    if (field->type == FIELD_DURATION && metric->kind != AGGREGATE_COUNT) value.kind = VALUE_DURATION;
    wide_integer result = 0;
    switch (metric->kind) {
    case AGGREGATE_COUNT:
        value.number = metric->counts_true ? (int64_t)aggregate_sum(aggregate, number, index) : (int64_t)own->count * DECIMAL_SCALE;
        if (own->count == 0) value.kind = VALUE_EMPTY;
        return value;
    case AGGREGATE_RATIO:
        if (plan->metrics[metric->numerator].kind == AGGREGATE_NONE ||
            plan->metrics[metric->denominator].kind == AGGREGATE_NONE || all[metric->numerator].count == 0 ||
            !ratio(aggregate_sum(aggregate, number, metric->numerator), aggregate_sum(aggregate, number, metric->denominator),
                   field->is_percent, places_of(plan, index), &value.number))
            value.kind = VALUE_EMPTY;
        return value;
    case AGGREGATE_SUM: result = aggregate_sum(aggregate, number, index); break;
    case AGGREGATE_AVERAGE:
        if (own->count) result = decimal_average(aggregate_sum(aggregate, number, index), own->count, places_of(plan, index));
        break;
    case AGGREGATE_MINIMUM: result = aggregate->extremes[place].minimum; break;
    case AGGREGATE_MAXIMUM: result = aggregate->extremes[place].maximum; break;
    case AGGREGATE_NONE: /* the schema sums it, the file proves that it is an average */
    case AGGREGATE_GROUP: value.kind = VALUE_EMPTY; return value;
    }
    if (own->count == 0 || /* nothing is not zero */
        result > INT64_MAX || result < INT64_MIN) {
        value.kind = VALUE_EMPTY;
        return value;
    }
    value.number = (int64_t)result;
    return value;
}

static void write_one(struct writing *writing, const struct registration *registration) {
    const struct output_format *format = &writing->aggregate->plan->format;
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        if (writing->texts[i]) output_kinds[i].add(writing->texts[i], format, registration);
}

/* --- registrations ------------------------------------------------------------------------------- */

static void begin_day(struct writing *writing, int32_t day) {
    const struct plan *plan = writing->aggregate->plan;
    writing->day = day;
    moment_noon(day, plan->options->zone, &writing->noon);
    writing->id.length = 0;
    buffer_add_text(&writing->id, plan->schema->name);
    buffer_add_char(&writing->id, ':');
    aggregate_add_period(&writing->id, plan->options->by, day);
    writing->day_length = writing->id.length;
}

/* Adds the parts of a group's key to the ID at hand, and puts the group values to the values; returns the member's ID. */
static struct view take_key(struct writing *writing, struct view key) {
    struct view member = key, rest = key;
    for (size_t part = 0; part <= writing->aggregate->plan->group_count; part++) {
        const char *end = memchr(rest.text, '\0', rest.length);
        size_t length = end ? (size_t)(end - rest.text) : rest.length;
        struct view text = view_from(rest.text, length);
        add_id_part(&writing->id, text);
        if (part == 0)
            member = text;
        else
            writing->values[part - 1] = (struct value){.kind = text.length ? VALUE_TEXT : VALUE_EMPTY, .text = text};
        if (end) rest = view_from(end + 1, rest.length - length - 1);
    }
    return member;
}

/* The registrations of one group: one, or with --layout metric one for each metric that has a value. */
static uint64_t write_group(struct writing *writing, size_t number) {
    const struct aggregate *aggregate = writing->aggregate;
    const struct plan *plan = aggregate->plan;
    const struct group *group = aggregate_group(aggregate, number);
    struct value *values = writing->values;
    struct buffer *id = &writing->id;
    if (writing->day_length == 0 || writing->day != group->day) begin_day(writing, group->day);
    id->length = writing->day_length;
    struct view member = take_key(writing, table_key(aggregate->keys, group->key));
    struct registration registration = {.external_id = buffer_view(id),
                                        .date = view_from(writing->noon.text, writing->noon.length),
                                        .member_id = member,
                                        .member_name = table_key(aggregate->names, group->name),
                                        .values = writing->columns};
    uint64_t written = 0;
    size_t id_length = id->length, column = plan->group_count;
    for (size_t i = 0; i < plan->metric_count; i++) {
        if (!plan->metrics[i].is_written) continue;
        struct value value = metric_value(aggregate, number, i);
        if (plan->options->layout == LAYOUT_WIDE) {
            values[column++] = value;
            continue;
        }
        if (value.kind == VALUE_EMPTY) continue;
        if (value.kind == VALUE_DURATION) /* one column holds all metrics: seconds */
            value.kind = VALUE_NUMBER;
        struct view name = view_of(plan->metrics[i].title);
        values[column] = (struct value){.kind = VALUE_TEXT, .text = name};
        values[column + 1] =
            (struct value){.kind = VALUE_TEXT, .text = view_of(plan_metric_kind(plan, &plan->metrics[i]))};
        values[column + 2] = value;
        id->length = id_length;
        add_id_part(id, name);
        registration.external_id = buffer_view(id);
        write_one(writing, &registration);
        written++;
    }
    if (plan->options->layout == LAYOUT_WIDE) {
        write_one(writing, &registration);
        written = 1;
    }
    return written;
}

/* A name and when it was: see struct group. */
struct latest_name {
    bool is_known;
    uint32_t name;
    int64_t named;
};

/* A member has one name in all groups: the latest one known. */
static void spread_names(struct aggregate *aggregate) {
    struct table *members = table_create();
    uint32_t *member_of_key = aggregate_number_members(aggregate, members);
    struct latest_name *latest = memory_get_zero(table_count(members) + 1, sizeof *latest);
    for (size_t i = 0; i < aggregate->group_count; i++) {
        const struct group *group = aggregate_group(aggregate, i);
        size_t member = member_of_key[group->key];
        struct latest_name *best = &latest[member];
        if (view_equal(table_key(aggregate->names, group->name), table_key(members, member))) continue; /* the ID is no name */
        if (!best->is_known || aggregate_name_is_later(aggregate, group->name, group->named, best->name, best->named))
            *best = (struct latest_name){true, group->name, group->named};
    }
    for (size_t i = 0; i < aggregate->group_count; i++) {
        struct group *group = aggregate_group(aggregate, i);
        const struct latest_name *best = &latest[member_of_key[group->key]];
        if (best->is_known) group->name = best->name;
    }
    free(latest);
    free(member_of_key);
    table_destroy(members);
}

uint64_t aggregate_write(struct aggregate *aggregate, struct buffer *const texts[OUTPUT_ROW_COUNT]) {
    const struct plan *plan = aggregate->plan;
    struct writing writing = {.aggregate = aggregate, .texts = texts};
    size_t columns = plan->group_count + plan->metric_count + 3;
    writing.values = memory_get_zero(columns, sizeof *writing.values);
    writing.columns = memory_get_zero(columns, sizeof *writing.columns);
    for (size_t i = 0; i < columns; i++)
        writing.columns[i] = &writing.values[i];
    uint32_t *order = put_in_order(aggregate);
    if (plan->options->per_employee) spread_names(aggregate);
    uint64_t written = 0;
    for (size_t i = 0; i < aggregate->group_count; i++)
        written += write_group(&writing, order[i]);
    free(order);
    free(writing.values);
    free(writing.columns);
    buffer_free(&writing.id);
    return written;
}
