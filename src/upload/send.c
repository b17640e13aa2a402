/* send.c: see send.h. */
#include "upload/send.h"

#include <stdlib.h>

#include "base/memory.h"
#include "upload/answer.h"
#include "upload/send_look.h"
#include "upload/send_private.h"

#define ARENA_PIECE (256u << 10)

static bool send_all(struct sender *sender) {
    const struct upload_plan *plan = sender->work->plan;
    size_t all[PLECTO_LIST_LIMIT];
    for (size_t i = 0; i < PLECTO_LIST_LIMIT; i++)
        all[i] = i;
    for (size_t first = 0; first < plan->send_count;) {
        size_t count = send_read_list(sender, first);
        if (count == 0 || !send_settle(sender, all, count)) return false;
        first += count;
    }
    for (size_t i = plan->send_count; i < plan->item_count; i++)
        if (!send_delete(sender, &plan->items[i])) return false;
    return true;
}

bool send_plan(const struct send_work *work, struct send_outcome *outcome, struct error *error) {
    *outcome = (struct send_outcome){0};
    struct sender *sender = memory_get_zero(1, sizeof *sender);
    sender->work = work;
    sender->outcome = outcome;
    data_source_dashed(view_of(work->plan->source.uuid), sender->dashed);
    sender->error = error;
    sha256_start(&sender->started);
    sender->arena = arena_create(ARENA_PIECE);
    bool is_fine = send_all(sender);
    arena_destroy(sender->arena);
    buffer_free(&sender->text);
    buffer_free(&sender->sent);
    buffer_free(&sender->body);
    buffer_free(&sender->hashed);
    free(sender);
    return is_fine;
}
