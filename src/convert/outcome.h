/* outcome.h: what became of one block: bytes to write, ledger, issues, counts, IDs, totals; made by a worker, merged in
 * block order into the pass. */
#ifndef CONVERT_OUTCOME_H
#define CONVERT_OUTCOME_H

#include "convert/evidence.h"
#include "convert/id_form.h"
#include "convert/identity.h"
#include "convert/plan.h"
#include "convert/total_proof.h"
#include "ledger/counts.h"
#include "ledger/day_sums.h"
#include "ledger/ledger.h"

/* Rows and amounts between total rows, and the total row itself. */
struct total_event {
    uint64_t rows;    /* data rows since the event before */
    uint64_t damaged; /* of these, rows whose cells cannot be told apart */
    size_t amounts;   /* place of their sums in outcome.total_sums, and of the cells that could not be read in
                         outcome.total_unread and total_ranges (followed_count of each) */
    size_t columns, column_count; /* place of their column_sums; 0 columns where no proof is asked for */
    size_t cells;                 /* place of the row's own numbers in outcome.total_cells (column_count of them) */
    bool is_candidate;            /* only its numbers can prove that it is a total row */
    bool is_labelled;             /* a candidate that calls itself "Total" */
    bool is_average;              /* it calls itself "Average": it is over the rows, and no sum */
    bool is_total;  /* false: the rest of the block, no total row */
    uint64_t row, line;
    bool has_count;
    int64_t count;  /* the count of rows it states */
    size_t stated;  /* place in outcome.total_stated: its amounts */
    char group[64]; /* value of the group in force, cut to fit */
};

/* One row for an aggregate. */
struct tally {
    int32_t day;           /* first day of its period */
    uint32_t key;          /* number in outcome.tally_keys: member and group values, NUL between them */
    uint32_t name;         /* number in outcome.tally_names: the member's */
    int64_t instant;       /* of its date: the latest name counts */
    const int64_t *values; /* one for each metric */
    const bool *filled;    /* whether the metric has a value in this row */
};

/* Numbers + 1 of a member's ID alone and of its name among the keys and names of tallies; 0: none yet. */
struct tally_numbers {
    uint32_t key, name;
};

struct outcome {
    struct buffer texts[OUTPUT_ROW_COUNT], rejected;
    struct sha256_waiting waiting; /* of these, once they are written; they stay until it is hashed */
    struct ledger ledger;
    struct issues *issues;
    struct counts counts;
    struct evidence evidence;
    struct unsent_values *unsent; /* of the file's columns that are not sent (plan.unsent); owned */
    size_t unsent_count;
    struct day_sums day_sums;    /* of the registrations, or of the rows that went into aggregates */
    struct identity *identities; /* rows fit to be written, in order */
    size_t identity_count, identity_capacity;
    uint64_t *bad_ids; /* hashes of the IDs of rows in error, where another file may hold the record put right */
    size_t bad_id_count, bad_id_capacity;
    struct odd_ids odd_ids; /* of these rows */
    struct tally *tallies;
    size_t tally_count, tally_capacity;
    struct table *tally_keys, *tally_names;
    struct tally_numbers *tally_numbers; /* by number of the member in day_sums */
    size_t numbered_count, numbered_capacity;
    struct arena *arena; /* what tallies point to */
    struct total_event *events;
    size_t event_count, event_capacity;
    wide_integer *total_sums;
    size_t total_sum_count, total_sum_capacity;
    uint64_t *total_unread;
    size_t total_unread_capacity;
    struct value_range *total_ranges;
    size_t total_range_capacity;
    struct column_sum *total_columns;
    size_t total_column_count, total_column_capacity;
    int64_t *total_cells; /* INT64_MIN: no number */
    size_t total_cell_count, total_cell_capacity;
    int64_t *total_stated; /* INT64_MIN: nothing stated */
    size_t total_stated_count, total_stated_capacity;
};

void outcome_start(struct outcome *outcome, const struct plan *plan);
void outcome_reset(struct outcome *outcome);
void outcome_free(struct outcome *outcome);

#endif
