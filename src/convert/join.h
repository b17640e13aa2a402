/* join.h: companion exports (--with FILE): records that name the person, or hold a value, for the rows of another
 * export. Read whole before the run, as little of them as the schema asks for; then only looked at. */
#ifndef CONVERT_JOIN_H
#define CONVERT_JOIN_H

#include "input/input.h"
#include "input/read_files.h"
#include "schema/schema.h"

struct joins;

/* What orders the people of a row: the date that the schema names, else when the record was made. */
enum partner_date { PARTNER_ORDER, PARTNER_CREATED, PARTNER_DATES };

/* A date in nanoseconds, if read month first and if day first; INT64_MAX: none. */
struct partner_time {
    int64_t month_first, day_first;
};

/* A person that a companion record names. Texts belong to the joins. */
struct partner {
    struct view id, name; /* one of them may be empty */
    int64_t share;        /* as the record has it, ten-thousandths; 0 where there is none */
    bool has_share;
    /* of the person's earliest record: when, and its ID */
    struct partner_time when[PARTNER_DATES];
    struct view record;
};

/* Reads the companions of `schema` among `paths`. Each file is recognised by its content among the schemas that
 * plecto.joins names. EXIT_WRONG_USE for a file that fits none (with what would), EXIT_CANNOT_READ as for any
 * export. What was noticed (records without key, inactive ones, keys that come twice with other values) is kept as
 * notes. `zone`: for the order of dates; may be NULL. Free: joins_free. */
bool joins_load(const struct schema *schema, char *const *paths, size_t path_count, const char *schema_folder,
                const struct input_options *input, struct joins **joins, struct error *error);
void joins_free(struct joins *joins); /* NULL is fine */
/* Whether a companion was given, for each join of the schema. */
const bool *joins_given(const struct joins *joins);
/* Where the persons' IDs of a join belong. */
enum person_space joins_space(const struct joins *joins, size_t join);
/* The value of the companion's field number `field` for a key; false if no record has the key. */
bool joins_value(const struct joins *joins, size_t join, struct view key, size_t field, struct view *value);
/* The people of a key, each once, earliest first (by the join's order, then by the record's creation, then by its ID, so
 * that the order of the file decides nothing); NULL and 0 if there are none. Safe from many threads. */
const struct partner *joins_people(const struct joins *joins, size_t join, struct view key, size_t *count);
/* The companions, and the schema files by which they were read. NULL has none. */
const struct read_files *joins_files(const struct joins *joins);
/* What is worth telling about the companions, a sentence each. */
size_t joins_note_count(const struct joins *joins);
const char *joins_note(const struct joins *joins, size_t index);

#endif
