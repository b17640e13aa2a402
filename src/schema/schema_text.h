/* schema_text.h: a schema's text gone through for its labels, paths and marks only: to load all schemas takes longer than
 * to read a small export. Private to schema/. */
#ifndef SCHEMA_SCHEMA_TEXT_H
#define SCHEMA_SCHEMA_TEXT_H

#include "base/view.h"

/* What a string of a schema is. */
enum schema_string {
    STRING_OTHER,
    STRING_LABEL, /* "name" and "aliases" (of the schema, too) */
    STRING_PATH,  /* "path", and the lists of "explode" and "count" */
    STRING_MARK,  /* "signature" */
    STRING_TITLE  /* "titles" */
};

/* Calls `take` for each string of a schema's text that is one of these, in order. Texts that are no schema are gone
 * through as well as can be. */
void schema_text_each(struct view text, void (*take)(void *context, enum schema_string kind, struct view string),
                      void *context);

#endif
