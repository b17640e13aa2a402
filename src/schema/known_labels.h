/* known_labels.h: the labels of all schemas, by which a header row is known among title lines. */
#ifndef SCHEMA_KNOWN_LABELS_H
#define SCHEMA_KNOWN_LABELS_H

#include "input/facts.h"

struct known_labels;

/* The built-in schemas, those in `folder` and `schema` if it is a file's path (both may be NULL, and must outlive it). Collects
 * nothing until the first label is asked for: most files have their header in the first row. */
struct known_labels *known_labels_create(const char *schema, const char *folder);
void known_labels_free(struct known_labels *labels); /* NULL is fine */
/* Whether a label is a name or alias in one of the schemas, compared as labels are (schema/bind.h). */
bool known_labels_has(struct known_labels *labels, struct view label);
/* The same for input_options; valid as long as `labels`. */
struct label_judge known_labels_judge(struct known_labels *labels);

#endif
