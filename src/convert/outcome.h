/* outcome.h: what became of one block: bytes to write, ledger, issues, IDs, totals; made by a worker, taken in
 * block order by the writer. */
#ifndef CONVERT_OUTCOME_H
#define CONVERT_OUTCOME_H

#include "convert/identity.h"
#include "convert/plan.h"
#include "ledger/day_sums.h"
#include "people/names.h"

/* Evidence about the order of dates in one column, beyond what the texts prove. */
struct column_evidence {
    struct date_evidence dates;
    uint64_t month_first_in_period; /* ambiguous values that fall into --period if read month first */
    uint64_t day_first_in_period;
};

/* Rows and amounts between total rows, and the total row itself. */
struct total_event {
    uint64_t rows;  /* data rows since the event before */
    size_t amounts; /* place of their sums in outcome.total_sums (followed_count of them) */
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
    const int64_t *values; /* one for each metric */
    const bool *filled;    /* whether the metric has a value in this row */
};

/* A member as met in one block. */
struct member_tally {
    struct view name; /* at first; in the outcome's arena */
    uint64_t registrations;
    uint32_t tally_key,
        tally_name; /* number + 1 of the ID alone and of the name among the keys and names of tallies; 0: none yet */
};

struct people_counts {
    uint64_t name_only, id_only, by_default, by_roster, by_alias, joined;
};

#define KNOWN_DAYS 512 /* more than a year */

struct known_day {
    bool is_known;
    int32_t day;
    size_t number; /* in outcome.days */
};

struct outcome {
    struct buffer jsonl, csv, rejected;
    struct sha256_waiting waiting; /* of these, once they are written; they stay until it is hashed */
    struct ledger ledger;
    struct issues *issues;
    struct column_evidence *evidence; /* by field */
    struct identity *identities;      /* rows fit to be written, in order */
    size_t identity_count, identity_capacity;
    struct tally *tallies;
    size_t tally_count, tally_capacity;
    struct table *tally_keys, *tally_names;
    struct arena *arena;                 /* what tallies point to */
    struct table *members;               /* member IDs of written registrations */
    struct member_tally *member_tallies; /* by number of the ID */
    size_t member_capacity;
    struct parts member_parts;               /* by number of the ID */
    struct table *days;                      /* of written registrations, four bytes each (int32_t) */
    struct parts day_parts;                  /* by number of the day */
    struct known_day known_days[KNOWN_DAYS]; /* numbers of days met, by day modulo their count */
    struct table *other_names;               /* "ID, NUL, name" where an ID comes with another name than at first */
    struct total_event *events;
    size_t event_count, event_capacity;
    wide_integer *total_sums;
    size_t total_sum_count, total_sum_capacity;
    int64_t *total_stated; /* INT64_MIN: nothing stated */
    size_t total_stated_count, total_stated_capacity;
    struct people_counts people;
    struct comma_evidence *commas; /* by field */
    uint64_t shares_over_one;      /* shares above 1 met by plecto.derive */
    uint64_t several_rows;         /* rows whose employee cell names several people */
    uint64_t joined_rows;          /* rows for which a companion has several people */
    uint64_t fallback_dates;       /* written rows that took a later date field */
    uint64_t other_day_rows;       /* written rows whose day in UTC is another one */
    wide_integer other_day_money;
    uint64_t registrations;
    uint64_t rejected_rows;
    uint64_t fixed_rows, fixed_cells, fixed_already; /* by --fixes */
    wide_integer *fixed_sums;                        /* what that makes of the followed columns */
    uint64_t inactive_rows;                          /* Active is false, among written (or filtered as inactive) */
    wide_integer *inactive_sums;
    uint64_t instants, local_times, day_only; /* kinds of default dates met */
    int32_t first_day, last_day;              /* of written rows; INT32_MAX, INT32_MIN if none */
};

void outcome_start(struct outcome *outcome, const struct plan *plan);
void outcome_reset(struct outcome *outcome, const struct plan *plan);
void outcome_free(struct outcome *outcome);
/* Notes a registration of a member: its number. */
size_t outcome_add_member(struct outcome *outcome, struct view id, struct view name);
/* Notes what a row brings to its member and its day; `amounts` of the followed columns. */
void outcome_add_part(struct outcome *outcome, size_t member, int32_t day, const int64_t *amounts);

#endif
