/* verify.h: reads the registrations of the folder's period back from Plecto and compares them with what was published,
 * field by field, by what they say: numbers as numbers, times as moments. */
#ifndef UPLOAD_VERIFY_H
#define UPLOAD_VERIFY_H

#include "upload/client.h"
#include "upload/data_source.h"
#include "values/decimal.h"

enum verify_kind { VERIFY_SAME, VERIFY_DIFFERENT, VERIFY_MISSING, VERIFY_FOREIGN, VERIFY_KIND_COUNT };

struct verify_difference {
    char *title, *published, *plecto; /* "" where empty */
};
struct verify_detail {
    enum verify_kind kind; /* not VERIFY_SAME */
    char *id, *day, *person;
    struct verify_difference *differences;
    size_t difference_count;
};

/* What an employee, or a day, has in the folder and in Plecto. */
struct verify_group {
    char *key, *title; /* title NULL for days */
    uint64_t published, plecto;                   /* registrations */
    wide_integer published_money, plecto_money; /* of the money field */
};
struct verify_groups {
    struct table *numbers; /* of keys */
    struct verify_group *list;
    size_t count, capacity;
};
enum verify_side { VERIFY_PUBLISHED, VERIFY_PLECTO };

struct verify_result {
    uint64_t counts[VERIFY_KIND_COUNT];
    uint64_t sent_earlier;   /* of the foreign ones: the journal sent them, and they vanished at the source since */
    uint64_t zeroed;         /* vanished at the source, and in Plecto as 0, as sent: neither foreign nor different */
    uint64_t held_back;      /* in Plecto and in rejected.csv */
    uint64_t without_person; /* answers that do not tell the person: not compared */
    uint64_t pages;
    uint64_t retired; /* Plecto took them, and holds nothing of their days or earlier: its retention; neither missing nor different */
    char retired_before[11]; /* the oldest day that Plecto has of the data source */
    char *money_field; /* the first field that is money; NULL: none */
    struct verify_group total;
    struct verify_groups people, days;
    int64_t zone_seconds; /* all dates in Plecto are later by this: a zone, and counted as no other difference; 0: none */
    struct verify_detail *details; /* at most `shown` of each kind */
    size_t detail_count, detail_capacity;
};

/* EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED, EXIT_CANNOT_READ, EXIT_WRONG_USE. `today`: days since 1970. `shown`: details of each kind. Free:
 * verify_free, in both cases. */
bool verify_run(struct published *published, struct journal *journal, const struct journal_source *source,
                struct client *client, int32_t today, size_t shown, struct verify_result *result,
                struct error *error);
void verify_free(struct verify_result *result);
bool verify_is_same(const struct verify_result *result);

/* Counts one registration, and its money, on one side of a group of this key, made if new. */
void verify_groups_add(struct verify_groups *groups, enum verify_side side, struct view key, struct view title,
                       wide_integer amount);
void verify_groups_free(struct verify_groups *groups);
/* The money by employee and day where the two sides differ, the largest first, at most `shown` of each; all of it as JSON. */
void verify_groups_text(const struct verify_result *result, size_t shown, struct buffer *out);
void verify_groups_json(const struct verify_result *result, struct buffer *out);

/* The verdict: "SAME: 62 registrations …" or "DIFFERS: …". */
void verify_verdict(const struct verify_result *result, struct buffer *out);
void verify_text(const struct verify_result *result, bool is_quiet, size_t shown, struct buffer *out);
void verify_json(const struct verify_result *result, struct buffer *out);

/* --- one difference of all dates (verify_zone.c) --- */

struct verify_zone {
    uint64_t compared;   /* dates */
    uint64_t date_alone; /* registrations in which nothing but the date differs */
    int64_t seconds;     /* between the last two that were compared */
    bool is_mixed;       /* not all the same, or not to be compared */
};
/* Notes the date of a registration, as published and in Plecto (raw values). */
void verify_zone_note(struct verify_zone *zone, struct view published, struct view plecto);
/* At the end: where all differ by one time that zones differ by, that is reported once, and no longer for each. */
void verify_zone_settle(const struct verify_zone *zone, struct verify_result *result);
/* Seconds from one moment to the other; one of Plecto's without a zone is UTC. False where one is no moment with a time, or
 * what was published has no offset. */
bool verify_time_between(struct view published, struct view plecto, int64_t *seconds);

/* --- apart for the tests (verify_compare.c) --- */

/* Whether two raw values say the same in a field of this type: null, "" and absent (empty views) are one; numbers may be
 * texts; moments may be in another zone, or without fraction; durations seconds or H:MM:SS. */
bool verify_same_value(enum plecto_type type, struct view published, struct view plecto);
/* A raw number, or a text that is one, exactly. */
bool verify_number(struct view value, int64_t *number);
/* The raw value of a field in an answer: under its title or its slug, at the top or in an object of fields; an empty view
 * if it is not there. `key` is raw. */
struct view verify_find(struct view object, struct view key);

#endif
