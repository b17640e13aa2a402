/* people_days.h: what differs, by employee and day. */
#ifndef RECONCILE_PEOPLE_DAYS_H
#define RECONCILE_PEOPLE_DAYS_H

#include "reconcile/compare.h"

struct person_day {
    char *person, *day;    /* owned */
    uint32_t first_unit;   /* the first record of it that differs */
    uint64_t rows;         /* records that differ */
    wide_integer *amounts; /* owned; by metric */
};

struct people_days {
    struct person_day *list; /* owned; in the order of the records */
    size_t count, capacity;
};

void people_days_make(const struct comparison *comparison, struct people_days *groups);
void people_days_free(struct people_days *groups);
/* The employee and day of a unit: those of the left side where it is there. The caller frees. */
char *unit_person(const struct comparison *comparison, const struct unit *unit);
char *unit_day(const struct comparison *comparison, const struct unit *unit);

#endif
