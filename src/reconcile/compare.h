/* compare.h: two sides joined by ID: what each record is in both, in which bucket it is, and what that does to each amount. */
#ifndef RECONCILE_COMPARE_H
#define RECONCILE_COMPARE_H

#include "reconcile/side.h"

#define NO_ROW UINT32_MAX
#define METRIC_LIMIT 32

/* In the order of the report. */
enum bucket {
    BUCKET_SAME,
    BUCKET_AMOUNT,
    BUCKET_DATE,
    BUCKET_PEOPLE,
    BUCKET_ONLY_LEFT,
    BUCKET_ONLY_RIGHT,
    BUCKET_REPEATED,
    BUCKET_COUNT
};
/* "only-left". */
extern const char *const bucket_names[BUCKET_COUNT];

/* What is compared and added up; without a common amount it is the count of rows. */
struct compared {
    char *title;       /* Plecto's; owned */
    size_t columns[2]; /* of the left and the right side; SIZE_MAX: each row counts 1 */
    bool is_money;
    int places;
    wide_integer sums[2]; /* over the rows that count */
};

/* A condition a row has to meet: FIELD=VALUE. */
struct condition {
    char *field, *value; /* owned */
};

/* What of a unit wants an explanation: a bit for each metric whose amount differs, and these. */
#define FACET_PRESENCE (1ull << METRIC_LIMIT) /* the row is on one side only */
#define FACET_DATE (FACET_PRESENCE << 1)
#define FACET_PEOPLE (FACET_PRESENCE << 2)
#define FACET_METRICS (FACET_PRESENCE - 1)

/* A record, or an earlier row of an ID that is repeated on one side. */
struct unit {
    uint32_t rows[2]; /* NO_ROW: the side does not have it */
    uint32_t metrics; /* facets that are metrics */
    bool counts[2];   /* the row meets period and conditions; false without a row */
    uint8_t bucket;   /* enum bucket */
    uint8_t marks;    /* the other facets */
};
_Static_assert(sizeof(struct unit) == 16, "there are as many as records");

static inline uint64_t unit_facets(const struct unit *unit) {
    return unit->metrics | (uint64_t)unit->marks << METRIC_LIMIT;
}

struct scope {
    bool has_period;
    int32_t from, to;
    const struct condition *conditions;
    size_t condition_count;
};

struct comparison {
    struct side sides[2];
    struct table *pool;      /* texts of both; owned */
    const struct zone *zone; /* or NULL */
    struct scope scope;
    struct compared *metrics; /* owned; at most METRIC_LIMIT */
    size_t metric_count;
    struct id_numbers ids; /* until the sides are joined */
    struct unit *units;    /* owned */
    size_t unit_count;
    const char *grain;     /* "record" */
    int64_t tolerance;     /* ten-thousandths, of a record and metric */
    bool has_thread;       /* a second thread may help */
    bool counts_sent_only; /* with bare numbers: rows that `convert` sets aside are not of the left side */
    bool is_over;          /* a bucket but `same` has a row, or amounts differ by more than the tolerance */
};

/* Chooses the metrics, joins and sorts into buckets. EXIT_WRONG_USE where the sides cannot be brought together;
 * EXIT_NOT_BALANCED where the buckets do not add up to the gap. */
bool comparison_make(struct comparison *comparison, struct error *error);
/* Whether work on all rows is worth a second thread, and may have it. */
bool comparison_uses_thread(const struct comparison *comparison);
/* Gives the IDs of both sides their numbers, if they do not have them yet. */
void comparison_number_ids(struct comparison *comparison);
void comparison_free(struct comparison *comparison);

/* The amount of a row for a metric; an empty cell is 0. */
int64_t row_amount(const struct comparison *comparison, int side, uint32_t row, size_t metric);
/* What a unit is of the gap (right less left). */
wide_integer unit_difference(const struct comparison *comparison, const struct unit *unit, size_t metric);
/* The gap of a metric: right less left. */
wide_integer comparison_gap(const struct comparison *comparison, size_t metric);
/* Adds to `amounts`, by metric, what the units of a bucket are of the gap; returns how many units it has. */
uint64_t bucket_sum(const struct comparison *comparison, enum bucket bucket, wide_integer *amounts);
/* How large an amount is, without its sign. */
static inline wide_integer amount_size(wide_integer amount) {
    return amount < 0 ? -amount : amount;
}
/* The text of a cell, empty where there is none. */
struct view cell_text(const struct comparison *comparison, int side, size_t column, uint32_t row);
/* Whether two rows are on one day; without a date on both sides they are. */
bool rows_same_day(const struct comparison *comparison, uint32_t left, uint32_t right);
/* Whether a row meets the scope. */
bool row_in_scope(const struct comparison *comparison, int side, uint32_t row);
/* The row's external ID. */
struct view row_id(const struct comparison *comparison, int side, uint32_t row);
/* The side that is ServiceTitan's: the left one, unless that is what Plecto has and the right one is an export. */
int source_side(const struct comparison *comparison);
/* Whether two texts of a condition are one: without regard to case; yes and no in any spelling. */
bool values_equal(struct view left, struct view right);

#endif
