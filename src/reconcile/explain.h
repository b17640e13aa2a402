/* explain.h: what may explain a gap: causes, each tested to the cent against the records that differ. */
#ifndef RECONCILE_EXPLAIN_H
#define RECONCILE_EXPLAIN_H

#include "reconcile/compare.h"

/* In the order in which they are tried; what explains the whole gap is listed in this order. */
enum cause {
    CAUSE_ATTRIBUTE,
    CAUSE_DATE,
    CAUSE_DAYS,
    CAUSE_ATTRIBUTES,
    CAUSE_REPEATED,
    CAUSE_ROW,
    CAUSE_SIGN,
    CAUSE_SCALE,
    CAUSE_COLUMN,
    CAUSE_ROUNDING,
    CAUSE_STALE,
    CAUSE_REJECTED,
    CAUSE_REFUSED,
    CAUSE_UNSENT,
    CAUSE_RETENTION,
    CAUSE_PEOPLE,
    CAUSE_AVERAGE,
    CAUSE_ROWS,
    CAUSE_COMBINATION,
    CAUSE_COUNT
};
/* "attribute". */
extern const char *const cause_names[CAUSE_COUNT];

/* Which facets of which unit a finding explains. */
struct covered {
    uint32_t unit;
    uint64_t facets;
};

struct finding {
    enum cause cause;
    char *fields[2]; /* owned; NULL: none */
    char **values;   /* owned */
    size_t value_count;
    bool is_value_private; /* values are shown masked */
    bool is_list;          /* the report has a list, even of one */
    wide_integer *amounts; /* owned; by metric: its part of the gap */
    uint64_t rows;
    struct covered *covered; /* owned; by unit, ascending */
    size_t covered_count, covered_capacity;
    size_t metric; /* the one to name */
    bool is_all;   /* it explains the gap of every metric */
    bool is_whole; /* and every record that differs */
    int side;      /* whose the rows are that the other side does not count: 0, 1; -1: it is of both */
    bool is_only;  /* the other side counts nothing but these values */
    bool is_our_verdict; /* CAUSE_REJECTED: by the rows themselves, not by a rejected.csv */
    char *detail;        /* owned; the rows with what is known of each, for people; or NULL */
    bool is_weak;  /* holds, but a combination of two others says more */
    uint64_t tried, matches;
    char *command;            /* owned; the way out, or NULL */
    struct finding *parts[2]; /* of a combination; owned */
};

struct findings_list {
    struct finding **list; /* owned */
    size_t count, capacity;
    uint64_t tried; /* candidates looked at */
};

/* Looks for causes; the list is in the order of the report. Free: findings_list_free. */
void explain(const struct comparison *comparison, struct findings_list *found);
void findings_list_free(struct findings_list *found);
void finding_free(struct finding *finding);

/* --- for the files that look for causes -------------------------------------------------------------------------------- */

struct finding *finding_create(const struct comparison *comparison, enum cause cause);
void finding_set_field(struct finding *finding, size_t place, const char *field);
void finding_add_value(struct finding *finding, struct view value);
/* Units come in ascending order. */
void finding_cover(struct finding *finding, uint32_t unit, uint64_t facets);
/* Takes the finding over as it is, as the last of the list. */
void findings_take(struct findings_list *found, struct finding *finding);
/* Takes the finding over, or frees it if it covers nothing. Amounts are made of what it covers. */
void findings_add(const struct comparison *comparison, struct findings_list *found, struct finding *finding);

/* find_presence.c: rows that only one side has. */
void find_presence(const struct comparison *comparison, struct findings_list *found);
/* find_moments.c: another date column, a shift of days. */
void find_moments(const struct comparison *comparison, struct findings_list *found);
/* find_amounts.c: signs, scales, other money columns, rounding; repeated IDs; people. */
void find_amounts(const struct comparison *comparison, struct findings_list *found);
void find_others(const struct comparison *comparison, struct findings_list *found);

#endif
