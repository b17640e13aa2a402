/* plan.h: what an upload would change in Plecto: the folder against the journal. Nothing is sent to make it.
 *
 * One pass over the registrations with a look-up in the journal for each; what is to be sent is kept as places in the
 * file, so memory is 24 bytes for each of those and two bits for each entry of the journal, never the registrations. */
#ifndef UPLOAD_PLAN_H
#define UPLOAD_PLAN_H

#include "base/table.h"
#include "upload/data_source.h"
#include "values/decimal.h"

enum plan_kind {
    PLAN_NEW,
    PLAN_CHANGED,
    PLAN_AGAIN,   /* sent earlier, and whether Plecto took it is not known; or --resend */
    PLAN_REFUSED, /* refused earlier, same content: tried once more, behind all others */
    PLAN_UNCHANGED,
    PLAN_VANISHED, /* in the journal, within the folder's days, and not in the folder */
    PLAN_PART_GONE, /* in the journal, of a person whom a record of the folder no longer names */
    PLAN_EXPIRED,  /* in the journal, older than --max-age */
    PLAN_TOO_OLD,  /* in the folder, older than --max-age: not sent */
    PLAN_KIND_COUNT
};

enum vanished_action { VANISHED_REPORT, VANISHED_ZERO, VANISHED_DELETE };

struct plan_options {
    enum vanished_action vanished;
    char oldest[11]; /* --max-age: the first day that is kept; "" if all are */
    bool resends;    /* --resend: what is confirmed is sent again too, if that was before this batch: */
    int64_t resent_from;
    size_t details; /* changes told one by one, largest money first */
};

/* One thing to be sent or deleted. */
struct plan_item {
    uint64_t place; /* of the line in registrations.jsonl; for vanished and expired ones the number of the entry */
    uint64_t check; /* of the line, to see that it is the same when it is read again */
    uint32_t length;
    uint32_t kind; /* enum plan_kind */
};

/* A field of the registrations, what changes in it. The first are the folder's fields, in their order; then the employee,
 * the date, and fields that only registrations sent earlier have. */
struct plan_field {
    char *title;
    bool is_money;
    uint64_t changed, emptied;  /* registrations; emptied ones had a value and would have none */
    wide_integer before, after; /* money of all that is new, changed or vanished */
};

struct plan_difference {
    size_t field;
    char *before, *after; /* as a person reads them, "" where empty */
    bool is_emptied;
};

struct plan_detail {
    enum plan_kind kind;
    char *id, *day, *person;
    wide_integer before, after; /* of the first money field */
    struct plan_difference *differences;
    size_t difference_count;
    uint64_t order;
};

/* What one employee, or one day, has of it. */
struct plan_group {
    char *key, *title; /* title NULL for days */
    uint64_t counts[PLAN_KIND_COUNT];
    wide_integer before, after; /* of the first money field */
};

struct plan_person { /* an employee profile that Plecto would make */
    char *provider, *id, *name;
    uint64_t count;
};

struct upload_plan {
    struct plan_options options;
    char *folder, *schema, *totals, *journal;
    struct journal_source source; /* uuid NULL: none is known yet */
    char first_day[11], last_day[11];
    uint64_t counts[PLAN_KIND_COUNT];
    char *unstated;           /* why the period of a file is not believed (published.h) */
    uint64_t zeroed_before;   /* vanished ones that are sent as zero already */
    uint64_t held_back;       /* in rejected.csv, and known to Plecto: not touched */
    uint64_t held_without_id; /* rows of rejected.csv without a registration's ID: which are theirs cannot be told */
    uint64_t known_in_period; /* entries of the journal within the folder's days */
    bool is_vanished_blocked; /* held_without_id > 0: neither zero nor delete */
    uint64_t known;           /* entries of the journal, of whatever day */
    char newest_day[11];      /* of the folder and the journal; "" if there is none */
    uint64_t without_offset;  /* registrations whose date has no offset from UTC */
    wide_integer vanished_money, expired_money; /* of the first money field: what becomes 0, or is deleted */
    struct plan_item *items;  /* in the order in which they are sent */
    size_t item_count, item_capacity;
    size_t send_count; /* the first ones, that are sent; the others are deletions */
    struct plan_field *fields;
    size_t field_count, field_capacity;
    size_t money_field; /* the first one that is money; field_count if none */
    struct plan_detail *details;
    size_t detail_count, detail_capacity;
    uint64_t detail_total; /* new, changed and vanished ones, told or not */
    struct plan_group *people, *days;
    size_t person_count, day_count, person_capacity, day_capacity;
    struct plan_person *profiles;
    size_t profile_count, profile_capacity;
};

/* Makes it; reads all of registrations.jsonl and checks its hash. EXIT_WRONG_USE, EXIT_CANNOT_READ. Free: plan_free, in
 * both cases. `source` is copied. */
bool upload_plan_make(struct published *published, struct journal *journal, const struct journal_source *source,
                      const struct plan_options *options, struct upload_plan *plan, struct error *error);
void upload_plan_free(struct upload_plan *plan);

/* Whether anything is to be sent or deleted. */
bool upload_plan_is_empty(const struct upload_plan *plan);
/* The lists of at most 100 that send_count registrations take at least, and two requests for each deletion. */
uint64_t upload_plan_requests(const struct upload_plan *plan);

/* The renderings. Control characters of texts are made visible. */
void upload_plan_text(const struct upload_plan *plan, bool is_quiet, bool is_verbose, struct buffer *out);
void upload_plan_json(const struct upload_plan *plan, struct buffer *out);
void upload_plan_html(const struct upload_plan *plan, struct buffer *out);
/* The verdict alone: "PLAN: 12 new, 3 changed, 4,300 unchanged". */
void upload_plan_verdict(const struct upload_plan *plan, struct buffer *out);
/* Words of a kind: "new", "changed", "sent again" … */
const char *upload_plan_kind_name(enum plan_kind kind);

#endif
