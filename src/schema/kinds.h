/* kinds.h: kinds of the API's records that are none of the built-in schemas (schemas/api/kinds.json), so that none of them is
 * taken for one. Private to schema/. */
#ifndef SCHEMA_KINDS_H
#define SCHEMA_KINDS_H

#include "input/input.h"
#include "schema/schema.h"

/* A kind of record that is none of the built-in ones, from schemas/api/kinds.json by scripts/embed-kinds: nothing is parsed at
 * run time. */
struct api_kind {
    const char *name;        /* a plural, as messages say it: "leads" */
    const char *const *keys; /* of its records, at top level; ends with NULL */
};
extern const struct api_kind api_kinds[];
extern const size_t api_kind_count;

/* Whether records of the API are surely of a built-in schema: the file has two of its keys at least, one of which no
 * other built-in schema and no other kind has, and is no better like another kind. True for all else (web reports,
 * schemas of the user's own). If false, `looks_like` names the kind it is most like ("leads"), or is NULL; the caller
 * frees. */
bool kinds_are_sure(const struct schema *schema, const struct input_facts *facts, char **looks_like);

#endif
