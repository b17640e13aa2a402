/* send_base.c: what each step of sending needs: the time, and word of how far it is. */
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "upload/send_private.h"
#include "values/zone.h"

char *upload_time(const char *fixed) {
    if (fixed) return memory_copy(view_of(fixed));
    struct datetime now = {.zone = ZONE_UTC};
    struct buffer text = {0};
    datetime_from_seconds((int64_t)time(NULL), &now);
    now.zone = ZONE_UTC;
    datetime_print(&text, &now, 'T');
    return buffer_take(&text);
}

void send_outcome_free(struct send_outcome *outcome) {
    free(outcome->first_id);
    free(outcome->first_words);
    free(outcome->first_unseen);
    free(outcome->unseen_words);
    *outcome = (struct send_outcome){0};
}

void send_tell(struct sender *sender) {
    const struct send_work *work = sender->work;
    const struct send_progress progress = {.done = sender->done,
                                           .total = work->plan->item_count,
                                           .refused = sender->outcome->refused,
                                           .requests = client_requests(work->client)};
    if (work->tell) work->tell(work->context, &progress);
}
