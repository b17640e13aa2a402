/* send_delete.c: a registration is deleted by Plecto's own UUID, which is looked up by the external ID. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/send_look.h"

#define LOOKED_AT 3     /* of the deletions that Plecto answers with success the first are looked at, */
#define LOOKED_EVERY 20 /* then one in so many */

static bool delete_one(struct sender *sender, const char *uuid, struct client_answer *answer) {
    char *path = memory_print(PLECTO_REGISTRATIONS "%s/%s/", sender->work->plan->source.uuid, uuid);
    const struct client_request request = {.method = "DELETE", .path = path};
    bool is_fine = client_send(sender->work->client, &request, answer, sender->error);
    free(path);
    if (!is_fine) return false;
    bool is_gone = (answer->status >= 200 && answer->status < 300) || answer->status == 404 || answer->status == 410;
    return is_gone || client_refused(sender->work->client, answer, sender->error);
}

/* 404 may be about the address; and what was answered with success may be there all the same. */
static bool is_worth_a_look(struct sender *sender, long status) {
    if (status >= 300) return true;
    uint64_t number = sender->two_hundred_deletions++;
    return number < LOOKED_AT || number % LOOKED_EVERY == 0;
}

static bool check_gone(struct sender *sender, const char *id, const struct client_answer *answer) {
    static const int waits[] = PLECTO_LOOK_AGAIN;
    enum look_end end = LOOK_SAME;
    double waited = 0;
    if (!is_worth_a_look(sender, answer->status)) return true;
    for (size_t round = 0; end != LOOK_NONE; round++) {
        end = send_look(sender, view_of(id), view_from(NULL, 0), NULL);
        if (end == LOOK_FAILED) return false;
        if (end == LOOK_UNCLEAR) return send_unclear(sender, id);
        bool is_over = answer->status >= 300 || round == sizeof waits / sizeof *waits;
        if (end != LOOK_NONE && (is_over || !client_wait(sender->work->client, waits[round], &waited))) break;
    }
    if (end == LOOK_NONE) return true;
    error_set(sender->error, EXIT_UPLOAD_REFUSED,
              "Plecto answered the deletion of registration %s with %ld, but the registration is still there", id,
              answer->status);
    return error_fix(sender->error, "Delete it in Plecto's own pages, or run this again. The journal still knows it.");
}

/* Its UUID, "" where Plecto has no such registration. */
static bool look_up(struct sender *sender, const char *id, char uuid[UUID_LENGTH + 1]) {
    enum look_end end = send_look(sender, view_of(id), view_from(NULL, 0), uuid);
    if (end == LOOK_FAILED) return false;
    if (end == LOOK_UNCLEAR) return send_unclear(sender, id);
    if (end == LOOK_NONE || uuid[0]) return true;
    error_set(sender->error, EXIT_UPLOAD_REFUSED, "Plecto's answer about registration %s has no UUID", id);
    return error_fix(sender->error, "Nothing was deleted for it. Delete it in Plecto's own pages.");
}

bool send_delete(struct sender *sender, const struct plan_item *item) {
    const struct send_work *work = sender->work;
    struct client_answer answer = {0};
    char uuid[UUID_LENGTH + 1] = "", *id = NULL, *when = upload_time(work->now), *receipt = NULL;
    int64_t batch = 0;
    bool is_fine = journal_entry_line(work->journal, (int64_t)item->place, NULL, &id, sender->error) &&
                   look_up(sender, id, uuid) &&
                   journal_deleting(work->journal, work->plan->source.number, (int64_t)item->place, work->upload, when,
                                    &batch, sender->error);
    bool is_asked = is_fine && uuid[0];
    is_fine = is_fine && (!is_asked || (delete_one(sender, uuid, &answer) && check_gone(sender, id, &answer)));
    free(when);
    when = upload_time(work->now);
    if (is_fine) {
        receipt = uuid[0] ? client_receipt(work->client, &answer) : memory_copy(view_of("was not there"));
        is_fine =
            journal_deleted(work->journal, (int64_t)item->place, batch, answer.status, receipt, when, sender->error);
    } else if (is_asked && answer.status > 0) { /* answered, and it is there: as it was before */
        struct error second = {0};
        journal_delete_failed(work->journal, (int64_t)item->place, batch, answer.status, when, &second);
        error_free(&second);
    }
    if (is_fine) {
        sender->outcome->deleted += uuid[0] != '\0';
        sender->outcome->not_there += uuid[0] == '\0';
        sender->done++;
        send_tell(sender);
    }
    client_answer_free(&answer);
    free(receipt);
    free(when);
    free(id);
    return is_fine;
}
