/* profile.h: what the values of each column prove: read once, front to back, for `inspect` and `schema init`. */
#ifndef CLI_PROFILE_H
#define CLI_PROFILE_H

#include "cli/distinct.h"
#include "convert/total_proof.h"
#include "input/input.h"
#include "values/datetime.h"

enum profile_type {
    PROFILE_EMPTY, /* no value at all */
    PROFILE_BOOLEAN,
    PROFILE_INTEGER,
    PROFILE_NUMBER,
    PROFILE_MONEY,   /* numbers, some with a dollar sign */
    PROFILE_PERCENT, /* numbers with a percent sign */
    PROFILE_DATE,    /* days; also moments that are all at midnight */
    PROFILE_DATETIME,
    PROFILE_DURATION,
    PROFILE_ID, /* different in (nearly) every row, without blanks */
    PROFILE_TEXT,
    PROFILE_NESTED /* JSON lists and objects */
};

/* What a column's slashed dates prove. */
enum profile_order {
    PROFILE_ORDER_NONE, /* no date of the form N/N/YYYY */
    PROFILE_ORDER_MDY,
    PROFILE_ORDER_DMY,
    PROFILE_ORDER_EITHER,    /* 2/2/2025: reads the same */
    PROFILE_ORDER_AMBIGUOUS, /* 3/4/2025 and nothing to decide it */
    PROFILE_ORDER_MIXED      /* 13/4/2025 and 4/13/2025 */
};

/* A value kept as evidence. */
struct profile_sample {
    char *text;   /* owned; NULL: none */
    uint64_t row; /* as record.row */
};

/* Values that could be read as one kind. */
struct profile_kind {
    uint64_t fits;
    struct profile_sample misfit; /* the first that could not */
    bool is_given_up;             /* more misfits than a few, and more than fits: not looked at any more */
};
enum { KIND_BOOLEAN, KIND_NUMBER, KIND_DATE, KIND_DURATION, KIND_COUNT };

struct profile_column {
    struct view label, name; /* the input's */
    uint64_t filled;         /* values that are no placeholders */
    uint64_t placeholders;   /* N/A, -, 0001-01-01 … */
    uint64_t nested;
    uint64_t lists; /* JSON lists of plain values */
    struct profile_kind kinds[KIND_COUNT];
    uint64_t with_dollar, with_percent, with_fraction, with_leading_zero,
        with_digit_flag;                        /* of numbers; 0/1 booleans */
    uint64_t with_time, at_midnight, with_zone; /* of dates */
    struct date_evidence dates;
    struct profile_sample first;                                    /* the first value */
    struct profile_sample month_first, day_first, ambiguous, timed; /* the first that proves it */
    uint64_t total_sums, total_averages; /* total rows whose number is its sum; an average of it */
    struct distinct values;
    uint64_t things; /* values that name no person: "HVAC - Service", "Gold Plan" */
    uint64_t people; /* values written as names are: "Ana Lopez", "Lopez, Ana" */
    bool is_no_id; /* a value that no ID looks like; `values` is not kept any more */
};

struct profile {
    struct profile_column *columns;
    size_t column_count;
    uint64_t rows; /* data rows */
    uint64_t blank, group, damaged;
    uint64_t totals;                /* rows that their numbers prove to be totals: counted as rows, and not looked at */
    bool has_totals;                /* it is a table: they are looked for */
    struct column_sum *group_sums;  /* owned; by column, since the last of them */
    struct column_sum *file_sums;   /* owned; of all rows before */
    uint64_t group_rows, file_rows; /* the rows of these */
    int64_t *kept;                  /* owned; numbers of the first rows, by row and column, INT64_MIN where there is none */
    size_t kept_rows;
    uint64_t *cell_hashes; /* owned; of the trimmed cells of the first rows, by row and column; 0: empty */
    size_t hashed_rows, hash_capacity;
};

#define PROFILE_HASHES (4u << 20) /* cells of which the hash is kept */
#define PROFILE_KEPT 64 /* rows of which the numbers are kept */

/* Reads all of `input` (from its present place, usually the first record). The views stay the input's. */
bool profile_read(struct input *input, struct profile *profile, struct error *error);
void profile_free(struct profile *profile);

/* The narrowest type that ALL values of the column have. */
enum profile_type profile_type(const struct profile_column *column);
/* The same, where up to one value in ten may differ; `*misfit` is then the first that does (NULL if all fit). */
enum profile_type profile_likely_type(const struct profile_column *column, const struct profile_sample **misfit);
/* Whether values of the type are numbers, of whatever kind. */
bool profile_is_number(enum profile_type type);
enum profile_order profile_order(const struct profile_column *column);
/* Whether no value comes twice (among at least two). */
bool profile_is_distinct(const struct profile_column *column);

/* "date, month first"; static texts joined. */
void profile_add_type(struct buffer *out, const struct profile_column *column);
/* One example as evidence: "10/20/2025 (row 7) proves month first". `is_masked`: letters as x, digits as 9. */
void profile_add_evidence(struct buffer *out, const struct profile_column *column, bool is_masked);
/* Letters as x, digits as 9, the rest as it is: what kind of text it is, not whose. */
void profile_add_masked(struct buffer *out, struct view text);

#endif
