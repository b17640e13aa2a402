/* presence.h: the rows that one side has and the other lacks, as sets, for the finders. */
#ifndef RECONCILE_PRESENCE_H
#define RECONCILE_PRESENCE_H

#include "reconcile/explain.h"

/* Rows of one side: those that stand for a record, and which of them the other side lacks. */
struct presence {
    int side;
    uint32_t *units;  /* owned; of the standing rows */
    uint32_t *rows;   /* owned; the same rows of the side */
    bool *is_missing; /* owned; by place in these lists */
    size_t count, missing;
};

void presence_make(const struct comparison *comparison, int side, struct presence *presence);
/* All rows of a side, each for itself and none of them missing, as attributes_make wants them. */
void presence_of_all(const struct comparison *comparison, int side, struct presence *presence);
void presence_free(struct presence *presence);

/* A column whose values may be a cause, with the values as small numbers. */
struct attribute {
    size_t column;
    const struct side_column *from;
    const uint32_t *places;   /* the side's rows, by place (presence.rows) */
    uint32_t *of_text;        /* owned; by number of a text: its value + 1; UINT32_MAX: none */
    uint32_t *first;          /* owned; by value: a place that has it */
    uint32_t *rows, *missing; /* owned; by value */
    size_t value_count, capacity;
};

/* The value of a place; UINT32_MAX: empty. */
static inline uint32_t attribute_value(const struct attribute *attribute, size_t place) {
    int64_t text = side_cell(attribute->from, attribute->places[place]);
    uint32_t value = text == NO_AMOUNT ? UINT32_MAX : attribute->of_text[text];
    return value == UINT32_MAX ? value : value - 1;
}

/* The attributes of the side, likeliest causes first. The caller frees with attributes_free. */
struct attribute *attributes_make(const struct comparison *comparison, const struct presence *presence, size_t *count);
void attributes_free(struct attribute *attributes, size_t count);
/* How Plecto calls the column. */
const char *attribute_title(const struct comparison *comparison, int side, size_t column);
/* A finding whose values and fields are those of one or two attributes (`second` may be NULL). */
struct finding *attribute_finding(const struct comparison *comparison, const struct presence *presence,
                                  const struct attribute *first, uint32_t value, const struct attribute *second,
                                  uint32_t other);

#endif
