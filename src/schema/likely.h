/* likely.h: which schemas may fit a file, by their texts alone, so that only those are loaded. Private to schema/. */
#ifndef SCHEMA_LIKELY_H
#define SCHEMA_LIKELY_H

#include "input/facts.h"

struct likely;

/* Free: likely_free. `facts` must outlive it. */
struct likely *likely_create(const struct input_facts *facts);
void likely_free(struct likely *likely);
/* No less than bind_score of the schema with this text: what it knows of the file's columns, and all that cannot be seen
 * in a text (whether the roles find a column) as if it were there. */
int likely_score(struct likely *likely, struct view text);

#endif
