/* send_private.h: what send.c (lists), send_list.c (one list), send_delete.c and send_base.c share. */
#ifndef UPLOAD_SEND_PRIVATE_H
#define UPLOAD_SEND_PRIVATE_H

#include "upload/line.h"
#include "upload/plecto_facts.h"
#include "upload/send.h"

struct sender {
    const struct send_work *work;
    struct send_outcome *outcome;
    struct error *error;
    struct sha256 started;
    struct arena *arena; /* of one list */
    struct buffer text;  /* a line read again */
    struct buffer sent;  /* the list's registrations as sent, one behind the other */
    struct buffer body;
    struct journal_item items[PLECTO_LIST_LIMIT];
    size_t item_count;
    bool is_late;         /* the list holds those that were refused earlier */
    bool has_error_field; /* a field of the data source has a name that tells errors elsewhere */
    uint64_t done;        /* items of the plan */
};

/* Reads the list that begins with item `first` of the plan, at most 100 registrations; the number taken, 0 on errors. */
size_t send_read_list(struct sender *sender, size_t first);

enum list_end { LIST_TAKEN, LIST_REFUSED, LIST_FAILED };
/* Sends some registrations of the list. LIST_REFUSED fills `answer` (the caller frees it in all cases) and `batch`. */
enum list_end send_list(struct sender *sender, const size_t *chosen, size_t count, struct client_answer *answer,
                        int64_t *batch);
/* Says how far it is. */
void send_tell(struct sender *sender);
/* Deletes what an item of the plan stands for. */
bool send_delete(struct sender *sender, const struct plan_item *item);

#endif
