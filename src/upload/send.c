/* send.c: see send.h. */
#include "upload/send.h"

#include <stdlib.h>

#include "base/memory.h"
#include "upload/answer.h"
#include "upload/send_look.h"
#include "upload/send_private.h"

#define ARENA_PIECE (256u << 10)

/* --- refused ---------------------------------------------------------------------------------------------------------- */

/* One that Plecto refused by itself. */
bool send_refuse_one(struct sender *sender, size_t number, const struct client_answer *answer, int64_t batch) {
    const struct send_work *work = sender->work;
    struct send_outcome *outcome = sender->outcome;
    struct buffer text = {0};
    client_words(work->client, answer, &text);
    if (text.length == 0) buffer_add_text(&text, "(no words)");
    char *words = buffer_take(&text), *when = upload_time(work->now);
    /* a clock that was set back must not make it look like a refusal of an earlier upload, which is forgotten at the end */
    const char *tried = strcmp(when, work->started) < 0 ? work->started : when;
    bool is_fine = journal_refused(work->journal, work->plan->source.number, batch, &sender->items[number],
                                   answer->status, words, tried, sender->error);
    outcome->refused++;
    sender->done++;
    if (!outcome->first_id) {
        outcome->first_status = answer->status;
        outcome->first_id = memory_copy(sender->items[number].external_id);
        outcome->first_words = memory_copy(view_of(words));
    }
    if (is_fine && !sender->is_late && outcome->confirmed == 0 && outcome->refused >= SEND_REFUSED_IN_A_ROW) {
        is_fine =
            error_set(sender->error, EXIT_UPLOAD_REFUSED,
                      "Plecto refused the first %d registrations and accepted none: %s", SEND_REFUSED_IN_A_ROW, words);
        error_fix(sender->error,
                  "All of them are affected. Compare the fields of the data source in Plecto with datasource.json.");
    }
    free(words);
    free(when);
    send_tell(sender);
    return is_fine;
}

static bool settle(struct sender *sender, const size_t *chosen, size_t count, bool is_known_bad);

/* The answer says which ones are bad: the others go as one list; each marked one goes alone, to be sure. */
/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before */
static bool settle_marked(struct sender *sender, const size_t *chosen, size_t count, const bool *marks) {
    size_t good[PLECTO_LIST_LIMIT], good_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!marks[i]) good[good_count++] = chosen[i];
    if (!settle(sender, good, good_count, false)) return false;
    for (size_t i = 0; i < count; i++)
        if (marks[i] && !settle(sender, &chosen[i], 1, false)) return false;
    return true;
}

/* The answer does not say it: the bad ones are in one half or the other. Where the first half is taken as a whole, the
 * second must hold them, and is not sent as a whole again. */
/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before */
static bool settle_halves(struct sender *sender, const size_t *chosen, size_t count) {
    size_t first = (count + 1) / 2;
    uint64_t refused = sender->outcome->refused;
    if (!settle(sender, chosen, first, false)) return false;
    return settle(sender, chosen + first, count - first, sender->outcome->refused == refused);
}

/* Sends these registrations of the list until each is taken or refused by itself. */
/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before */
static bool settle(struct sender *sender, const size_t *chosen, size_t count, bool is_known_bad) {
    struct client_answer answer = {0};
    struct answer_verdict verdict = {0};
    enum answer_item items[PLECTO_LIST_LIMIT];
    bool marks[PLECTO_LIST_LIMIT];
    int64_t batch = 0;
    if (count == 0) return true;
    if (is_known_bad && count > 1) return settle_halves(sender, chosen, count);
    enum list_end end = send_list(sender, chosen, count, &answer, &batch, &verdict, items);
    bool is_fine = end != LIST_FAILED;
    struct view body = buffer_view(&answer.body);
    bool is_general = end == LIST_REFUSED && answer_complains_about(body, KEY_DATA_SOURCE);
    if (is_general)
        is_fine = client_refused(sender->work->client, &answer, sender->error);
    else if (end == LIST_REFUSED && count == 1)
        is_fine = send_refuse_one(sender, chosen[0], &answer, batch);
    else if (end == LIST_DOUBT)
        is_fine = send_settle_doubt(sender, chosen, count, &verdict, items, &answer, batch);
    bool has_marks = end == LIST_REFUSED && count > 1 && answer_marks(body, count, marks);
    client_answer_free(&answer);
    if (end != LIST_REFUSED || is_general || count == 1) return is_fine;
    return has_marks ? settle_marked(sender, chosen, count, marks) : settle_halves(sender, chosen, count);
}

/* NOLINTNEXTLINE(misc-no-recursion): alone, or shorter than the list before */
bool send_settle(struct sender *sender, const size_t *chosen, size_t count) {
    return settle(sender, chosen, count, false);
}

/* --- the whole -------------------------------------------------------------------------------------------------------- */

static bool send_all(struct sender *sender) {
    const struct upload_plan *plan = sender->work->plan;
    size_t all[PLECTO_LIST_LIMIT];
    for (size_t i = 0; i < PLECTO_LIST_LIMIT; i++)
        all[i] = i;
    for (size_t first = 0; first < plan->send_count;) {
        size_t count = send_read_list(sender, first);
        if (count == 0 || !settle(sender, all, count, false)) return false;
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
