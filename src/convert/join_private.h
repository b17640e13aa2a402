/* join_private.h: companions while they are read, for the files of join alone. */
#ifndef ST2PLECTO_CONVERT_JOIN_PRIVATE_H
#define ST2PLECTO_CONVERT_JOIN_PRIVATE_H

#include "base/table.h"
#include "convert/join.h"
#include "schema/bind.h"

struct entry {
    struct partner *partners;
    size_t partner_count, partner_capacity;
    struct view *values;  /* one for each field of the join */
    struct view modified; /* of the record the values are of */
    bool has_record;
};

struct companion {
    const struct join *join;
    struct schema *schema; /* of the companion; NULL until asked for */
    struct table *keys;
    struct entry *entries; /* by number of the key */
    size_t entry_capacity;
    struct table *ids;  /* of its records */
    uint64_t *contents; /* hash of each */
    size_t content_capacity;
    uint64_t damaged, damaged_line, repeated, repeated_line;
    uint64_t records, inactive, without_key, without_person, differing;
    struct date_evidence dates; /* of the field that says who is first */
    char *path;                 /* the first file, for notes */
    enum person_space space;
};

struct joins {
    struct companion *companions;
    size_t count;
    bool *given;
    struct arena *arena;
    char **notes;
    size_t note_count, note_capacity;
    struct read_files files;
};

/* A companion file while it is read. */
struct reading {
    struct joins *joins;
    struct companion *companion;
    struct input *input;
    struct binding *binding;
    struct record_reader *reader;
    struct record record;
    struct cell_ref key, share;
    struct cell_ref dates[PARTNER_DATES];
    struct cell_ref *values; /* of the fields of the join */
};

/* Takes reading->record into its companion: counted, and its person or values under its key. Copies go into the arena of
 * the joins. */
void join_take_record(struct reading *reading);

/* Puts the people of each key in the order of their records, earliest first; called once, after the last record, when
 * all dates have shown whether the day comes first. */
void join_order_partners(struct companion *companion);

#endif
