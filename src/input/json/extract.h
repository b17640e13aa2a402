/* extract.h: the cells of one element, taken in one strict pass over its text. (tests/support/json_reference.c lets
 * cJSON find the same.)
 *
 * How the fast ways were measured (keys.h, trail.h, marks.h, window.h): each switched off in a build by `make`, user time as
 * the median of 9 interleaved runs over 100,000 invoices, instructions by valgrind --tool=callgrind over 20,000, 74 % of
 * which are SHA-256 (callgrind's processor has no instruction for it, so the shares are four times as large without):
 *   build/tools/generate 100000 list > FILE         (T3, T3-full; ndjson: T3n; report: report answers)
 *   build/st2plecto convert -q -j 1 --on-error reject --schema scripts/bench-peers/invoices.json --to jsonl FILE
 * (--schema invoices: T3-full; --schema scripts/bench-peers/jobs.json --to csv: report answers). What buys less than 2 % on
 * every task does not stay. */
#ifndef INPUT_JSON_EXTRACT_H
#define INPUT_JSON_EXTRACT_H

#include "base/arena.h"
#include "base/json_scan.h"
#include "input/record.h"

/* Cells of a list, as many as it holds. */
struct json_row {
    struct cell *cells; /* owned; free() */
    size_t count, capacity;
};

/* Appends a cell (CELL_ABSENT) and returns it. */
struct cell *json_row_add(struct json_row *row);

struct json_paths;

/* The dotted paths as a tree of keys. The texts must outlive it. */
struct json_paths *json_paths_create(const struct view *texts, size_t count);
void json_paths_destroy(struct json_paths *paths); /* NULL is fine */
/* What json_paths_read gets from now on may be parts of `text`, in rising order, which stays unchanged until the next
 * call; they are read faster. Texts from elsewhere are read all the same. */
void json_paths_start(struct json_paths *paths, struct view text);
/* At '{': reads the object and fills `cells` (one for each path, CELL_ABSENT before). Of equal keys the
 * first counts. False: not valid (json_scan_all says why); then `cells` are of no use. Unescaped texts go to `arena`. */
bool json_paths_read(struct json_paths *paths, struct json_scan *scan, struct arena *arena, struct cell *cells);
/* Whether a wanted key came twice in the object read last: then which value counts is not said (RFC 8259, section 4). */
bool json_paths_repeated(const struct json_paths *paths);
/* At '[': reads the list into `row`. */
bool json_row_read(struct json_row *row, struct json_scan *scan, struct arena *arena);

#endif
