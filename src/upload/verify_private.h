/* verify_private.h: what verify.c (pages against the folder), verify_missing.c (what no page had) and, below them, verify_item.c
 * (one registration), verify_figures.c (money) and verify_line.c share. */
#ifndef UPLOAD_VERIFY_PRIVATE_H
#define UPLOAD_VERIFY_PRIVATE_H

#include "upload/line.h"
#include "upload/verify.h"
#include "values/zone.h"

struct place {
    uint64_t offset;
    uint32_t length;
    bool is_seen;
    bool is_retirable; /* Plecto took it, and has nothing of its day or earlier */
};

struct verifier {
    struct published *published;
    struct journal *journal;
    const struct journal_source *source;
    struct client *client;
    struct verify_result *result;
    struct error *error;
    size_t shown;
    int32_t today;
    struct zone *zone; /* NULL: days as written */
    struct table *ids;
    struct table *foreign; /* IDs that were told, should a page come twice */
    struct place *places;
    size_t place_capacity;
    struct arena *arena;
    struct buffer line;
    struct buffer money_key; /* raw; empty: no field is money */
    struct verify_zone zone_note;
    char oldest_seen[11]; /* the oldest day of Plecto's answers; "": none yet */
    /* The days that are asked for: those the folder speaks for, and those of its registrations: totals of a week or month
     * are dated by its first day, which may lie before the folder's. */
    char first_asked[11], last_asked[11];
};

/* Counts one of this kind, and keeps its detail where it is to be shown, else NULL. */
struct verify_detail *verify_add_detail(struct verifier *verifier, enum verify_kind kind, struct view id,
                                        struct view day, struct view person);
/* The registration of a place, into verifier->line; false with the error set. */
bool verify_read_line(struct verifier *verifier, const struct place *place, struct line *line);
/* Finds the money field. */
void verify_find_money(struct verifier *verifier);
/* Its figures, and those of one in Plecto: of `line` where the folder has it, else NULL. */
void verify_count_published(struct verifier *verifier, const struct line *line);
void verify_count_plecto(struct verifier *verifier, struct view object, const struct line *line);
/* The day of an answer's date where the tenant is; "" if it is no date. */
void verify_local_day(const struct verifier *verifier, struct view object, char day[11]);
/* Compares a registration of an answer, once, or counts it as foreign: a registration_taker of a struct verifier. */
bool verify_take_item(void *context, struct view object);
void verify_free_differences(struct verify_difference *list, size_t count);
/* Behind the last page: what is missing, and what Plecto no longer keeps. */
bool verify_missing(struct verifier *verifier);

#endif
