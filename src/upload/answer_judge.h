/* answer_judge.h: what an answer of success (2xx) says of the registrations that were sent. What it says goes before its
 * status: 201 with half of them, or with an error inside, confirms nothing of the others. */
#ifndef UPLOAD_ANSWER_JUDGE_H
#define UPLOAD_ANSWER_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

struct answer_sent {
    struct view external_id; /* as text */
    struct view line;        /* the object that was sent: its own fields, echoed, are no word of the server's */
};

enum answer_item {
    ANSWER_OPEN,   /* the answer does not settle it */
    ANSWER_TAKEN,  /* named without an error */
    ANSWER_REFUSED /* named with an error */
};

enum answer_kind {
    ANSWER_SAYS_ALL,   /* every ID that was sent is in it, without an error */
    ANSWER_SAYS_OTHER, /* errors, counts below what was sent, strange words, or some of the IDs: see the items */
    ANSWER_SAYS_NOTHING /* nothing of the kind: no body, {}, [], {"status": "success"}, a list without IDs as long as sent;
                           or all IDs beside words that are not known, or nothing but what was sent, as a mirror says it */
};

struct answer_verdict {
    enum answer_kind kind;
    bool has_error; /* it says that something failed */
};

/* Judges an answer with `status` (200 to 299) and `body` (JSON, or blank) to a list of `count` registrations. Fills
 * items[0..count-1]. 202 promises a later time: it settles nothing by itself. Whatever is in doubt is ANSWER_OPEN. */
struct answer_verdict answer_judge(long status, struct view body, const struct answer_sent *sent, size_t count,
                                   enum answer_item *items);

#endif
