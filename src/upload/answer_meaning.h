/* answer_meaning.h: what the words mean that may stand in an answer of Plecto, or of whoever answers in its place. All of
 * them are *assumed*: no page names the keys of an answer. */
#ifndef UPLOAD_ANSWER_MEANING_H
#define UPLOAD_ANSWER_MEANING_H

#include <stdbool.h>

#include "base/view.h"

#define ANSWER_WORD_LENGTH 40

/* What a key means. MEANS_COUNT is a key of what came in, MEANS_GOOD one of what was done with it, MEANS_DOUBT one of what is
 * done later, or not for good ("queued", "preview"). */
enum meaning {
    MEANS_UNKNOWN,
    MEANS_GOOD,
    MEANS_ERROR,
    MEANS_SUCCESS,
    MEANS_STATUS,
    MEANS_WORDS,
    MEANS_COUNT,
    MEANS_DOUBT
};

enum meaning answer_meaning(struct view key);

/* Letters and digits of a JSON value in lower case: "Non-Field_Errors" is "nonfielderrors". Cut at ANSWER_WORD_LENGTH. */
void answer_word(struct view value, char word[ANSWER_WORD_LENGTH + 1]);

/* Whether a JSON text says that all is well, and nothing else; whether it speaks of a failure. */
bool answer_is_good_text(struct view value);
bool answer_is_bad_text(struct view value);
/* Whether a JSON value says no: false, 0, "no", or a word of failure. */
bool answer_is_false(struct view value);
/* Whether a JSON value under a key of errors says that there is one. */
bool answer_tells(struct view value);
/* A whole number of at most nine digits, or a text that is one; false for others. */
bool answer_count(struct view value, long *number);

#endif
