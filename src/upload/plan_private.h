/* plan_private.h: what plan_make.c (which registrations), plan_compare.c (what changes in them) and plan.c (the plan as
 * it is made) share. */
#ifndef UPLOAD_PLAN_PRIVATE_H
#define UPLOAD_PLAN_PRIVATE_H

#include "upload/line.h"
#include "upload/plan.h"

struct pair {
    struct view key, value; /* raw */
};
struct pairs {
    struct pair *list;
    size_t count, capacity;
};

struct plan_maker {
    struct published *published;
    struct journal *journal;
    struct upload_plan *plan;
    struct error *error;
    struct sha256 started;
    char dashed[UUID_LENGTH + 1]; /* the data source; "" if none is known */
    struct arena *arena;         /* of one registration */
    struct table *field_numbers; /* raw keys to plan fields */
    struct table *people, *days; /* to the groups */
    struct table *profiles;      /* provider and ID to profiles + 1, in `profile_of` */
    size_t *profile_of;
    size_t profile_of_capacity;
    unsigned char *seen;     /* a bit for each number of the journal: in the folder */
    unsigned char *outdated; /* in the folder, older than --max-age */
    struct plan_parts *parts; /* of divided records (plan_parts.c); owned */
    bool has_moved;          /* some of those had a day that is kept */
    int64_t last_number;
    struct buffer sent; /* the registration as sent */
    struct pairs before, after;
    struct plan_item *late; /* refused earlier */
    size_t late_count, late_capacity;
    uint64_t order;
};

/* plan_parts.c: finds what parts of divided records the journal has, before the folder is read; notes each ID of the folder;
 * then tells whether any record with parts is there, and whether an entry is a part of one. */
bool upload_plan_parts_find(struct plan_maker *maker);
void upload_plan_parts_see(struct plan_maker *maker, struct view id);
bool upload_plan_has_parts(const struct plan_maker *maker);
bool upload_plan_is_part(struct plan_maker *maker, const struct journal_entry *entry);
void upload_plan_parts_free(struct plan_maker *maker);

/* Fields of the plan before the first registration. */
void upload_plan_start_fields(struct plan_maker *maker);
/* Counts a registration that is new (`before` NULL), changed, or vanished (`after` NULL): fields, money, group sums, and
 * keeps its details. The first money field before; after, where there was nothing before. */
wide_integer upload_plan_compare(struct plan_maker *maker, enum plan_kind kind, const struct line *before,
                         const struct line *after);
void upload_plan_free_detail(struct plan_detail *detail);
/* Those that are told, in order; the others freed. */
void upload_plan_finish_details(struct upload_plan *plan);
/* What is to be said besides, a line each: vanished ones, those in doubt, refused earlier, too old. */
void upload_plan_notes(const struct upload_plan *plan, struct buffer *out);
/* The group of this key, made if new. */
struct plan_group *upload_plan_group_of(struct table *numbers, struct plan_group **groups, size_t *count,
                                        size_t *capacity, struct view key, struct view title);

#endif
