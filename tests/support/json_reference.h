/* json_reference.h: what cJSON finds in JSON records, to check the program's own reader against. */
#ifndef SUPPORT_JSON_REFERENCE_H
#define SUPPORT_JSON_REFERENCE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "input/input.h"
#include "input/json/extract.h"

struct json_reference;

/* Of objects: `paths` (dotted, no lists) are the cells wanted. The texts must outlive it. */
struct json_reference *json_reference_create(const struct view *paths, size_t count);
void json_reference_destroy(struct json_reference *reference);
/* The cells of `text`, one whole object that json_scan_all found valid; `cells` are CELL_ABSENT before. False: cJSON
 * refuses it. */
bool json_reference_object(struct json_reference *reference, struct view text, struct arena *arena, struct cell *cells);
/* Whether a wanted key came twice in the object read last. */
bool json_reference_repeated(const struct json_reference *reference);
/* The same of a list, one cell for each item. */
bool json_reference_row(struct json_reference *reference, struct view text, struct arena *arena, struct json_row *row);

/* --- records ---------------------------------------------------------------------------------------------------------- */

struct json_check;

/* Checks records of a reader that was made with the same facts and paths; both must outlive it. */
struct json_check *json_check_create(const struct input_facts *facts, const struct view *paths, size_t count);
void json_check_destroy(struct json_check *check);
/* Whether a record has the cells and the damage that cJSON and the strict scan find; `end`: of its block. Else `why` says
 * what differs. */
bool json_check_record(struct json_check *check, const struct record *record, const char *end, struct buffer *why);

#endif
