/* aggregate_private.h: what aggregate.c adds up and aggregate_write.c writes. */
#ifndef CONVERT_AGGREGATE_PRIVATE_H
#define CONVERT_AGGREGATE_PRIVATE_H

#include "base/table.h"
#include "convert/aggregate.h"

/* Half of a wide sum's room and no more, because memory is what a row of an aggregate waits for: see aggregate_sum. */
struct accumulator {
    int64_t sum;    /* what fits of it; the rest is in aggregate.rests */
    uint64_t count; /* rows with a value */
};

struct extremes {
    int64_t minimum, maximum;
};

struct group {
    int32_t day;
    uint32_t key;  /* number among the keys */
    uint32_t name; /* number of the latest name, of equally late ones the least, so that it does not depend on the order; the
                      ID only where no row has a name */
    int64_t named; /* when that was */
    uint64_t rows;
    struct accumulator metrics[]; /* metric_count of them: what a row adds to lies in two lines of the cache */
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
    char *groups; /* struct group, each of group_size bytes */
    size_t group_size, group_count, group_capacity;
    wide_integer *rests; /* by metric of each group, as far as one was needed: what does not fit 64 bits of a sum */
    size_t rest_count, rest_capacity;
    bool has_extremes;         /* a metric asks for them */
    struct extremes *extremes; /* by metric of each group; NULL without has_extremes */
    size_t extremes_capacity;
    uint32_t *key_map, *name_map; /* a block's numbers to ours */
    size_t key_room, name_room;
    uint32_t *found; /* groups of a block's tallies */
    size_t found_room;
};

/* Group number `number`. */
static inline struct group *aggregate_group(const struct aggregate *aggregate, size_t number) {
    return (struct group *)(void *)(aggregate->groups + number * aggregate->group_size);
}

/* The whole sum of a metric of a group. */
wide_integer aggregate_sum(const struct aggregate *aggregate, size_t number, size_t metric);
/* The member's ID of a group. */
struct view aggregate_member(const struct aggregate *aggregate, const struct group *group);
/* The members of all keys, each once, into an empty table; returns their numbers by key, which the caller frees. Texts are
 * looked up once a key, not once a group. */
uint32_t *aggregate_number_members(const struct aggregate *aggregate, struct table *members);

/* The periods of the groups. */
struct periods {
    int32_t *days;     /* owned; the first day of each, in order */
    uint32_t *of_group; /* owned; its place in `days`, by group */
    size_t count;
};
void aggregate_find_periods(const struct aggregate *aggregate, struct periods *periods);
void aggregate_free_periods(struct periods *periods);
/* Whether a name of one moment goes before another: the later one, of equally late ones the least. Numbers among the names. */
bool aggregate_name_is_later(const struct aggregate *aggregate, uint32_t name, int64_t named, uint32_t other,
                             int64_t other_named);
/* "2025-10-20", "2025-W43", "2025-10". */
void aggregate_add_period(struct buffer *out, enum run_by by, int32_t day);

#endif
