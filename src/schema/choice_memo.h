/* choice_memo.h: the types of the files so far, by all that a choice looks at: a folder has hundreds of files of a few
 * reports, and each need be compared with all schemas only once. */
#ifndef SCHEMA_CHOICE_MEMO_H
#define SCHEMA_CHOICE_MEMO_H

#include "input/facts.h"

struct choice_memo;

/* Empty. `folder`: of the user's own schemas, whose rules for names are not known; with one nothing is kept (NULL: none).
 * Free: choice_memo_free. */
struct choice_memo *choice_memo_create(const char *folder);
void choice_memo_free(struct choice_memo *memo); /* NULL is fine */
/* The schema that was chosen for a file like this one; NULL: none was. Valid until the memo is freed. */
const char *choice_memo_find(struct choice_memo *memo, const struct input_facts *facts);
/* Keeps what schema_choose found. */
void choice_memo_add(struct choice_memo *memo, const struct input_facts *facts, const char *schema);

#endif
