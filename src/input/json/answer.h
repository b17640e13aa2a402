/* answer.h: what the keys around `data` of one ServiceTitan answer said. Facts of the envelopes:
 * list {page,pageSize,totalCount,hasMore,data}, export {hasMore,continueFrom,data}, report {fields,…,data},
 * error {type,title,status,traceId,errors,data}, login error {error,error_description}. */
#ifndef INPUT_JSON_ANSWER_H
#define INPUT_JSON_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/view.h"
#include "input/facts.h"

struct json_answer {
    bool page, has_more_given, has_more, continue_from, fields, total_given, null_data, id;
    uint64_t total;                                       /* totalCount, where it is a number */
    uint64_t records;                                     /* elements of data */
    bool data;                                            /* a list of elements was there */
    struct view title, status, trace, error, description; /* raw JSON values; title … description are copies */
};

#define BOUNDS_LIMIT 16 /* texts; a file of more requests than that has no one period */

/* Takes note of one key and its raw, valid value; copies texts into `arena`. */
void json_answer_note(struct json_answer *answer, struct arena *arena, struct view key, struct view value);
/* Keeps what is around the records and bounds a date, "completedBefore=2025-11-01" (values/bounds_text.h) in facts->bounds, each text once; copies live in
 * `arena`, the array is the caller's to free. */
void json_answer_note_bounds(struct input_facts *facts, struct arena *arena, struct view key, struct view value);
/* Keeps the names of what restricts the answer otherwise, "filter businessUnitId", there too; never a value, which could be a
 * secret. Of pages without the first it is "filter page" (request.c). */
void json_answer_note_filters(struct input_facts *facts, struct arena *arena, struct view key, struct view value);
void json_answer_add_filter(struct input_facts *facts, struct arena *arena, struct view name);
/* Keeps a bound or filter of the request; takes `text` over. */
void json_answer_add_text(struct input_facts *facts, struct arena *arena, char *text);
/* Whether this is an answer of the error kind; then fills `error` (EXIT_CANNOT_READ, with title and status)
 * for an answer at `line`:`column` of `name` and returns true. */
bool json_answer_is_error(const struct json_answer *answer, const char *name, uint64_t line, uint64_t column,
                          struct error *error);

/* What the answers together say about being complete. */
struct json_totals {
    uint64_t answers, records;
    bool has_more;      /* of the last answer */
    uint64_t last_line; /* where the last answer began */
    bool any_total, all_same;
    uint64_t last_total, sum; /* sum of the totals, equal ones that follow each other taken once */
};

/* Adds a finished answer. */
void json_totals_add(struct json_totals *totals, const struct json_answer *answer, uint64_t line);
/* NULL, or a new text (the caller frees it) that says why the export is cut off. */
char *json_totals_cut_reason(const struct json_totals *totals);

/* --- columns (columns.c) ----------------------------------------------------------------- */

/* The columns of a report answer from its raw `fields`; labels and names live in `arena`, the array is
 * the caller's to free. False: `fields` is not a list of objects with a label or a name. */
bool json_columns_of_fields(struct view fields, struct arena *arena, struct input_column **columns, size_t *count);

/* Collects leaf paths over records. */
struct json_paths_seen;
struct json_paths_seen *json_paths_seen_create(void);
void json_paths_seen_destroy(struct json_paths_seen *seen);
/* Adds the leaf paths of one object; what is not valid is taken up to its fault. */
void json_paths_seen_add(struct json_paths_seen *seen, struct view object);
/* The columns in order of appearance; a path that was only ever null or {} is left out if deeper paths
 * under it were seen. Ownership as above. */
void json_paths_seen_columns(const struct json_paths_seen *seen, struct arena *arena, struct input_column **columns,
                             size_t *count);

#endif
