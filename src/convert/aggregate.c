/* aggregate.c: groups by day and key (member and group values); one accumulator for each metric.
 *
 * Keys and names are few and their texts are looked up once for each block: its tallies have numbers for them. A row
 * then costs one look into a table of groups by day and number of the key, and the accumulators of the group, which are
 * asked for some rows ahead because memory takes its time.
 *
 * What a row waits for is memory, so a group and its sums lie together and the sums have 64 bits, with the rest aside: wide
 * sums in the groups take 9 % more processor time on T2 (29,280 groups, -j 1, least of 15 runs in turn). */
#include "convert/aggregate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/aggregate_private.h"

#define ROWS_AHEAD 12

struct aggregate *aggregate_create(const struct plan *plan) {
    struct aggregate *aggregate = memory_get_zero(1, sizeof *aggregate);
    aggregate->plan = plan;
    aggregate->keys = table_create();
    aggregate->names = table_create();
    aggregate->group_size = sizeof(struct group) + plan->metric_count * sizeof(struct accumulator);
    for (size_t i = 0; i < plan->metric_count; i++)
        aggregate->has_extremes = aggregate->has_extremes || plan->metrics[i].kind == AGGREGATE_MINIMUM ||
                                  plan->metrics[i].kind == AGGREGATE_MAXIMUM;
    return aggregate;
}

void aggregate_free(struct aggregate *aggregate) {
    if (!aggregate) return;
    table_destroy(aggregate->keys);
    table_destroy(aggregate->names);
    free(aggregate->slots);
    free(aggregate->groups);
    free(aggregate->rests);
    free(aggregate->extremes);
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
        const struct group *group = aggregate_group(aggregate, i);
        *find_slot(aggregate, group->day, group->key) = (struct slot){group->day, group->key, (uint32_t)i + 1};
    }
}

static struct view member_of_key(const struct aggregate *aggregate, size_t number) {
    struct view key = table_key(aggregate->keys, number);
    const char *end = key.length ? memchr(key.text, '\0', key.length) : NULL;
    return end ? view_from(key.text, (size_t)(end - key.text)) : key;
}

struct view aggregate_member(const struct aggregate *aggregate, const struct group *group) {
    return member_of_key(aggregate, group->key);
}

uint32_t *aggregate_number_members(const struct aggregate *aggregate, struct table *members) {
    size_t count = table_count(aggregate->keys);
    uint32_t *numbers = memory_get_zero(count + 1, sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)table_add(members, member_of_key(aggregate, i), NULL);
    return numbers;
}

bool aggregate_name_is_later(const struct aggregate *aggregate, uint32_t name, int64_t named, uint32_t other,
                             int64_t other_named) {
    if (named != other_named) return named > other_named;
    return view_compare(table_key(aggregate->names, name), table_key(aggregate->names, other)) < 0;
}

/* The latest of the names that are more than the ID. */
static void keep_name(const struct aggregate *aggregate, struct group *group, uint32_t name, int64_t instant) {
    if (group->name == name) {
        group->named = instant > group->named ? instant : group->named;
        return;
    }
    struct view member = aggregate_member(aggregate, group), old = table_key(aggregate->names, group->name),
                new = table_key(aggregate->names, name);
    bool has_old = !view_equal(old, member), has_new = !view_equal(new, member);
    if (!has_new || (has_old && !aggregate_name_is_later(aggregate, name, instant, group->name, group->named))) return;
    group->name = name;
    group->named = instant;
}

static void make_extremes(struct aggregate *aggregate, size_t number) {
    size_t metrics = aggregate->plan->metric_count;
    void *extremes = aggregate->extremes;
    memory_grow(&extremes, &aggregate->extremes_capacity, (number + 1) * metrics + 1, sizeof *aggregate->extremes);
    aggregate->extremes = extremes;
    for (size_t i = 0; i < metrics; i++)
        aggregate->extremes[number * metrics + i] = (struct extremes){INT64_MAX, INT64_MIN};
}

/* The number of the group, made with this name if it is new. Does not look at a group that is there, which may be far
 * away in memory. */
static size_t find_group(struct aggregate *aggregate, int32_t day, uint32_t key, uint32_t name) {
    if (aggregate->group_count * 2 >= aggregate->slot_count) grow_slots(aggregate);
    struct slot *slot = find_slot(aggregate, day, key);
    if (slot->group) return slot->group - 1;
    size_t number = aggregate->group_count++;
    void *groups = aggregate->groups;
    memory_grow(&groups, &aggregate->group_capacity, number + 1, aggregate->group_size);
    aggregate->groups = groups;
    struct group *group = aggregate_group(aggregate, number);
    memset(group, 0, aggregate->group_size);
    group->day = day;
    group->key = key;
    group->name = name;
    group->named = INT64_MIN;
    if (aggregate->has_extremes) make_extremes(aggregate, number);
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

static void widen(struct extremes *extremes, int64_t least, int64_t most) {
    extremes->minimum = least < extremes->minimum ? least : extremes->minimum;
    extremes->maximum = most > extremes->maximum ? most : extremes->maximum;
}

wide_integer aggregate_sum(const struct aggregate *aggregate, size_t number, size_t metric) {
    size_t place = number * aggregate->plan->metric_count + metric;
    return aggregate_group(aggregate, number)->metrics[metric].sum +
           (place < aggregate->rest_count ? aggregate->rests[place] : 0);
}

/* Adds where the sum, or what is added, may need more than 64 bits. */
static __attribute__((noinline)) void add_wide(struct aggregate *aggregate, size_t number, size_t metric,
                                               wide_integer value) {
    size_t place = number * aggregate->plan->metric_count + metric;
    int64_t *sum = &aggregate_group(aggregate, number)->metrics[metric].sum;
    wide_integer whole = aggregate_sum(aggregate, number, metric) + value;
    *sum = whole >= INT64_MIN && whole <= INT64_MAX ? (int64_t)whole : 0;
    if (place >= aggregate->rest_count && *sum == whole) return;
    void *rests = aggregate->rests;
    memory_grow(&rests, &aggregate->rest_capacity, place + 1, sizeof *aggregate->rests);
    aggregate->rests = rests;
    while (aggregate->rest_count <= place)
        aggregate->rests[aggregate->rest_count++] = 0;
    aggregate->rests[place] = whole - *sum;
}

static void add_values(struct aggregate *aggregate, size_t number, const struct tally *tally) {
    size_t metrics = aggregate->plan->metric_count;
    struct accumulator *accumulators = aggregate_group(aggregate, number)->metrics;
    for (size_t k = 0; k < metrics; k++) {
        if (!tally->filled[k]) continue;
        int64_t sum;
        if (!__builtin_add_overflow(accumulators[k].sum, tally->values[k], &sum))
            accumulators[k].sum = sum;
        else
            add_wide(aggregate, number, k, tally->values[k]);
        accumulators[k].count++;
        if (aggregate->has_extremes)
            widen(&aggregate->extremes[number * metrics + k], tally->values[k], tally->values[k]);
    }
}

/* Tells the processor that a group comes soon. */
static void expect(const struct aggregate *aggregate, uint32_t group) {
    const char *begin = aggregate->groups + group * aggregate->group_size;
    for (size_t offset = 0; offset < aggregate->group_size; offset += 64)
        __builtin_prefetch(begin + offset, 1);
    __builtin_prefetch(begin + aggregate->group_size - 1, 1);
}

/* The same for its slot. */
static void expect_slot(const struct aggregate *aggregate, const struct tally *tally) {
    if (aggregate->slot_count == 0) return;
    __builtin_prefetch(&aggregate->slots[first_place(aggregate, tally->day, aggregate->key_map[tally->key])]);
}

void aggregate_add(struct aggregate *aggregate, const struct outcome *outcome) {
    size_t count = outcome->tally_count;
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
        struct group *group = aggregate_group(aggregate, aggregate->found[i]);
        group->rows++;
        keep_name(aggregate, group, aggregate->name_map[tally->name], tally->instant);
        add_values(aggregate, aggregate->found[i], tally);
    }
}

void aggregate_merge(struct aggregate *into, const struct aggregate *from) {
    size_t metrics = from->plan->metric_count;
    map_texts(into->keys, from->keys, &into->key_map, &into->key_room);
    map_texts(into->names, from->names, &into->name_map, &into->name_room);
    for (size_t i = 0; i < from->group_count; i++) {
        const struct group *group = aggregate_group(from, i);
        size_t number = find_group(into, group->day, into->key_map[group->key], into->name_map[group->name]);
        struct group *to = aggregate_group(into, number);
        to->rows += group->rows;
        keep_name(into, to, into->name_map[group->name], group->named);
        for (size_t k = 0; k < metrics; k++) {
            add_wide(into, number, k, aggregate_sum(from, i, k));
            to->metrics[k].count += group->metrics[k].count;
            if (!into->has_extremes) continue;
            const struct extremes *extremes = &from->extremes[i * metrics + k];
            widen(&into->extremes[number * metrics + k], extremes->minimum, extremes->maximum);
        }
    }
}
