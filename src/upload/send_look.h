/* send_look.h: a registration looked up in Plecto by its external ID, and compared with what was sent. */
#ifndef UPLOAD_SEND_LOOK_H
#define UPLOAD_SEND_LOOK_H

#include "upload/data_source.h"
#include "upload/send_private.h"

#define LOOK_PAGES 10

enum look_end {
    LOOK_FAILED, /* the error is set */
    LOOK_NONE,   /* Plecto shows no such registration */
    LOOK_UNCLEAR, /* it shows others, which were not asked for, and not this one: whether it is there is not known */
    LOOK_OTHER,  /* it has one of this ID that is not what was sent */
    LOOK_SAME
};

/* Asks for the registration `id`. With `line`, the object that was sent, each field of it must be in the answer with the
 * same meaning (employees may be named by UUID only), else LOOK_OTHER; without, one of this ID is LOOK_SAME. `uuid` (may be
 * NULL) becomes Plecto's own as it came, "" where there is none. An answer with others
 * is turned over page by page, up to LOOK_PAGES: that Plecto obeys the filter is *assumed*. An answer that is no list of
 * registrations, or that cannot be had, is EXIT_UPLOAD_REFUSED. */
enum look_end send_look(struct sender *sender, struct view id, struct view line, char uuid[UUID_LENGTH + 1]);

/* Sets the error of LOOK_UNCLEAR where that may not be taken for "not there". Returns false. */
bool send_unclear(struct sender *sender, const char *id);

/* After a list whose answer settles not all: reads back what is in doubt of it (`chosen`, as sent with `batch`), sends alone
 * what is not there, and refuses what the answer names with an error. False with an error. */
bool send_settle_doubt(struct sender *sender, const size_t *chosen, size_t count, const struct answer_verdict *verdict,
                       const enum answer_item *items, const struct client_answer *answer, int64_t batch);

#endif
