/* answer.h: what Plecto answered, read tolerantly: plecto_facts.h says what is only assumed about its form. */
#ifndef UPLOAD_ANSWER_H
#define UPLOAD_ANSWER_H

#include <stdbool.h>

#include "base/buffer.h"

/* Appends the server's own words in one line: {"Revenue": ["A valid number is required."]} as "Revenue: A valid number is
 * required."; a page of HTML as its text. At most 400 bytes; control characters become blanks. */
void answer_words(struct view body, struct buffer *out);

/* For a refused list of `count`: `marks[i]` is set where the answer has something to say about registration i. False if
 * the answer is no list of so many, or marks none: then it does not help. (Answers of success: answer_judge.h.) */
bool answer_marks(struct view body, size_t count, bool *marks);
/* Whether the answer, an object, complains about this key: then it is not about one registration. */
bool answer_complains_about(struct view body, const char *key);

/* The list of an answer to GET: bare, or under a key of PLECTO_PAGE_KEYS; false if there is none. */
bool answer_page(struct view body, struct view *list);
/* Whether the answer says that no page follows: "next": null. */
bool answer_is_last(struct view body);
/* Whether it says that there is no such page: 404, or 400 with words about the page, to one that is not the first. */
bool answer_is_behind(long status, struct view body, unsigned long page);
/* Plecto's UUID of the thing that an object stands for. */
bool answer_uuid(struct view object, char uuid[37]);

/* Whether a registration in an answer may be of this data source: false where it names another, in whatever spelling. */
bool answer_is_of(struct view object, const char *data_source);

/* Whether a registration has this external ID, under either of its names. */
bool answer_has_id(struct view object, struct view id);

#endif
