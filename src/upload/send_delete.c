/* send_delete.c: a registration is deleted by Plecto's own UUID, which is looked up by the external ID. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "upload/answer.h"
#include "upload/data_source.h"
#include "upload/send_private.h"

static bool get(struct sender *sender, const char *path, const char *method, struct client_answer *answer) {
    const struct client_request request = {.method = method, .path = path};
    return client_send(sender->work->client, &request, answer, sender->error);
}

/* Whether an object of the answer is the registration with this ID. */
static bool is_registration(struct view object, const char *id) {
    struct view value;
    return (json_find_key(object, view_of(KEY_EXTERNAL_ID), &value) && json_says(value, id)) ||
           (json_find_key(object, view_of(KEY_REFERENCE), &value) && json_says(value, id));
}

/* Its UUID in `uuid`, which stays "" where Plecto has no such registration. */
static bool read_uuid(struct sender *sender, const struct client_answer *answer, const char *id,
                      char uuid[UUID_LENGTH + 1]) {
    struct json_walk walk;
    struct view list, item;
    bool is_list = answer_page(buffer_view(&answer->body), &list) && json_walk_start(&walk, list);
    size_t others = 0;
    while (is_list && json_walk_next(&walk, NULL, &item)) {
        if (is_registration(item, id) && answer_uuid(item, uuid)) return true;
        others++;
    }
    if (is_list && others == 0) return true;
    error_set(sender->error, EXIT_UPLOAD_REFUSED, "Plecto's answer about registration %s has no UUID", id);
    return error_fix(sender->error, "Nothing was deleted for it. Delete it in Plecto's own pages.");
}

static bool look_up(struct sender *sender, const char *id, char uuid[UUID_LENGTH + 1]) {
    struct client_answer answer = {0};
    struct buffer path = {0};
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&" KEY_REFERENCE "=",
                 sender->work->plan->source.uuid);
    client_add_escaped(&path, view_of(id));
    buffer_add_text(&path, "&page=1");
    char *text = buffer_take(&path);
    bool is_fine = get(sender, text, "GET", &answer);
    if (is_fine && (answer.status < 200 || answer.status >= 300))
        is_fine = client_refused(sender->work->client, &answer, sender->error);
    else if (is_fine)
        is_fine = read_uuid(sender, &answer, id, uuid);
    client_answer_free(&answer);
    free(text);
    return is_fine;
}

static bool delete_one(struct sender *sender, const char *uuid, struct client_answer *answer) {
    char *path = memory_print(PLECTO_REGISTRATIONS "%s/%s/", sender->work->plan->source.uuid, uuid);
    bool is_fine = get(sender, path, "DELETE", answer);
    free(path);
    if (!is_fine) return false;
    bool is_gone = (answer->status >= 200 && answer->status < 300) || answer->status == 404 || answer->status == 410;
    return is_gone || client_refused(sender->work->client, answer, sender->error);
}

bool send_delete(struct sender *sender, const struct plan_item *item) {
    const struct send_work *work = sender->work;
    struct client_answer answer = {0};
    char uuid[UUID_LENGTH + 1] = "", *id = NULL, *when = upload_time(work->now), *receipt = NULL;
    int64_t batch = 0;
    bool is_fine = journal_entry_line(work->journal, (int64_t)item->place, NULL, &id, sender->error) &&
                   look_up(sender, id, uuid) &&
                   journal_deleting(work->journal, work->plan->source.number, (int64_t)item->place, work->upload, when,
                                    &batch, sender->error) &&
                   (!uuid[0] || delete_one(sender, uuid, &answer));
    free(when);
    when = upload_time(work->now);
    if (is_fine) {
        receipt = uuid[0] ? client_receipt(work->client, &answer) : memory_copy(view_of("was not there"));
        is_fine =
            journal_deleted(work->journal, (int64_t)item->place, batch, answer.status, receipt, when, sender->error);
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
