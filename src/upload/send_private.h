/* send_private.h: what send.c (lists), send_list.c (one list), send_delete.c and send_base.c share. */
#ifndef UPLOAD_SEND_PRIVATE_H
#define UPLOAD_SEND_PRIVATE_H

#include "upload/answer_judge.h"
#include "upload/data_source.h"
#include "upload/line.h"
#include "upload/plecto_facts.h"
#include "upload/send.h"

struct sender {
    const struct send_work *work;
    struct send_outcome *outcome;
    struct error *error;
    struct sha256 started;
    char dashed[UUID_LENGTH + 1]; /* the data source as it is hashed */
    struct buffer hashed;         /* a registration as it is hashed */
    struct arena *arena;          /* of one list */
    struct buffer text;           /* a line read again */
    struct buffer sent;           /* the list's registrations as sent, one behind the other */
    struct buffer body;
    struct journal_item items[PLECTO_LIST_LIMIT];
    size_t item_count;
    bool is_late;                   /* the list holds those that were refused earlier */
    uint64_t silent_lists;          /* whose answers said nothing */
    bool waited_in_vain;            /* the last wait for what Plecto did not show brought nothing */
    uint64_t two_hundred_deletions; /* that Plecto answered with success */
    uint64_t done;                  /* items of the plan */
};

/* Reads the list that begins with item `first` of the plan, at most 100 registrations; the number taken, 0 on errors. */
size_t send_read_list(struct sender *sender, size_t first);

/* LIST_DOUBT: an answer of success that does not settle all of it; what it settles as taken is confirmed. */
enum list_end { LIST_TAKEN, LIST_REFUSED, LIST_DOUBT, LIST_FAILED };
/* Sends some registrations of the list. LIST_REFUSED and LIST_DOUBT fill `answer` (the caller frees it in all cases) and
 * `batch`; LIST_DOUBT fills verdict and items[0..count-1]. */
enum list_end send_list(struct sender *sender, const size_t *chosen, size_t count, struct client_answer *answer,
                        int64_t *batch, struct answer_verdict *verdict, enum answer_item *items);
/* Confirms these of the batch in the journal, and counts them. `how` (may be NULL) is added to the receipt. */
bool send_confirm(struct sender *sender, const struct journal_item *items, size_t count,
                  const struct client_answer *answer, int64_t batch, const char *how);
/* Sends some registrations of the list until each is taken, refused by itself, or not to be settled. */
bool send_settle(struct sender *sender, const size_t *chosen, size_t count);
/* Notes one that Plecto refused by itself. */
bool send_refuse_one(struct sender *sender, size_t number, const struct client_answer *answer, int64_t batch);
/* Says how far it is. */
void send_tell(struct sender *sender);
/* Deletes what an item of the plan stands for. */
bool send_delete(struct sender *sender, const struct plan_item *item);

#endif
