/* send_settle.c: what becomes of a list whose answer does not say that all of it is taken: it is halved until each one that
 * is refused stands alone, or what is in doubt is looked up and sent alone where it is not there. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/answer.h"
#include "upload/send_look.h"
#include "upload/send_private.h"

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

/* The answer says which ones are bad: the others go as one list; each marked one goes alone, to be sure. */
/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before */
static bool settle_marked(struct sender *sender, const size_t *chosen, size_t count, const bool *marks) {
    size_t good[PLECTO_LIST_LIMIT], good_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!marks[i]) good[good_count++] = chosen[i];
    if (!send_settle(sender, good, good_count)) return false;
    for (size_t i = 0; i < count; i++)
        if (marks[i] && !send_settle(sender, &chosen[i], 1)) return false;
    return true;
}

/* The answer does not say it: the bad ones are in one half or the other. Where the first half is taken as a whole, the
 * second must hold them, and is not sent as a whole again. */
/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before */
static bool settle_halves(struct sender *sender, const size_t *chosen, size_t count) {
    size_t first = (count + 1) / 2, rest = count - first;
    uint64_t refused = sender->outcome->refused;
    if (!send_settle(sender, chosen, first)) return false;
    bool is_known_bad = sender->outcome->refused == refused;
    return is_known_bad && rest > 1 ? settle_halves(sender, chosen + first, rest)
                                    : send_settle(sender, chosen + first, rest);
}

/* NOLINTNEXTLINE(misc-no-recursion): each list is shorter than the one before; or alone */
bool send_settle(struct sender *sender, const size_t *chosen, size_t count) {
    struct client_answer answer = {0};
    struct answer_verdict verdict = {0};
    enum answer_item items[PLECTO_LIST_LIMIT];
    bool marks[PLECTO_LIST_LIMIT];
    int64_t batch = 0;
    if (count == 0) return true;
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

/* --- doubt ------------------------------------------------------------------------------------------------------------ */

#define SAMPLE 3
#define GIVE_UP_AFTER 10 /* so many looked for and none found: the others are not there either */

/* What is in doubt of a list, and what was found of it. */
struct doubt {
    struct sender *sender;
    const size_t *chosen; /* places in sender->items */
    size_t open[PLECTO_LIST_LIMIT], open_count;
    enum look_end found[PLECTO_LIST_LIMIT]; /* of open[i]; LOOK_FAILED: not looked for */
    size_t looked, seen;
};

static bool look_at(struct doubt *doubt, size_t i) {
    const struct journal_item *item = &doubt->sender->items[doubt->chosen[doubt->open[i]]];
    if (doubt->found[i] == LOOK_SAME) return true;
    enum look_end end = send_look(doubt->sender, item->external_id, item->line, NULL);
    if (end == LOOK_FAILED) return false;
    doubt->looked += doubt->found[i] == LOOK_FAILED;
    doubt->seen += end == LOOK_SAME;
    doubt->found[i] = end;
    return true;
}

/* The first, the last and the one in the middle, or the last alone. */
static size_t choose_sample(const struct doubt *doubt, size_t most, size_t sample[SAMPLE]) {
    size_t count = doubt->open_count;
    const size_t places[SAMPLE] = {count - 1, 0, count / 2};
    size_t length = 0;
    for (size_t i = 0; i < SAMPLE && length < most && length < count; i++)
        if (i < 2 || (places[i] != places[0] && places[i] != places[1])) sample[length++] = places[i];
    return length;
}

/* Looks at a sample; where nothing of it is found, again after a while: Plecto may show what it took only later (not so
 * where it says that something failed: then `waits_for_it` is false). */
static bool look_at_sample(struct doubt *doubt, const size_t *sample, size_t count, bool waits_for_it) {
    static const int waits[] = PLECTO_LOOK_AGAIN;
    struct sender *sender = doubt->sender;
    double waited = 0;
    for (size_t round = 0;; round++) {
        for (size_t i = 0; i < count; i++)
            if (!look_at(doubt, sample[i])) return false;
        bool is_over = !waits_for_it || round == sizeof waits / sizeof *waits || sender->waited_in_vain;
        if (doubt->seen > 0 || is_over || !client_wait(sender->work->client, waits[round], &waited)) break;
    }
    if (waits_for_it) sender->waited_in_vain = doubt->seen == 0;
    return client_may_go_on(sender->work->client, sender->error);
}

static bool look_at_all(struct doubt *doubt) {
    for (size_t i = 0; i < doubt->open_count; i++) {
        if (doubt->seen == 0 && doubt->looked >= GIVE_UP_AFTER) return true;
        if (doubt->found[i] == LOOK_FAILED && !look_at(doubt, i)) return false;
    }
    return true;
}

static bool confirm_seen(struct doubt *doubt, bool is_all, const struct client_answer *answer, int64_t batch) {
    struct journal_item items[PLECTO_LIST_LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < doubt->open_count; i++)
        if (is_all || doubt->found[i] == LOOK_SAME)
            items[count++] = doubt->sender->items[doubt->chosen[doubt->open[i]]];
    doubt->sender->outcome->seen += count;
    return count == 0 || send_confirm(doubt->sender, items, count, answer, batch, "seen in Plecto");
}

/* Alone, and yet neither confirmed nor there. */
static bool settle_alone(struct doubt *doubt, const struct answer_verdict *verdict, const struct client_answer *answer,
                         int64_t batch) {
    struct sender *sender = doubt->sender;
    size_t number = doubt->chosen[doubt->open[0]];
    if (verdict->has_error) return send_refuse_one(sender, number, answer, batch);
    struct send_outcome *outcome = sender->outcome;
    if (!outcome->first_unseen) {
        struct buffer words = {0};
        client_words(sender->work->client, answer, &words);
        outcome->first_unseen = memory_copy(sender->items[number].external_id);
        outcome->unseen_words =
            memory_print("%ld%s%.*s", answer->status, words.length > 0 ? ": " : "", VIEW_ARGS(buffer_view(&words)));
        buffer_free(&words);
    }
    outcome->unseen++;
    sender->done++;
    send_tell(sender);
    if (outcome->confirmed > 0 || outcome->unseen < SEND_REFUSED_IN_A_ROW) return true;
    error_set(sender->error, EXIT_UPLOAD_STOPPED, "Plecto answered %s, but shows none of the first %d registrations",
              outcome->unseen_words, SEND_REFUSED_IN_A_ROW);
    return error_fix(sender->error, "Look at the data source in Plecto, and whether Plecto is under maintenance.");
}

/* NOLINTNEXTLINE(misc-no-recursion): alone, or shorter than the list before */
static bool send_alone(struct doubt *doubt, const enum answer_item *items, size_t count) {
    for (size_t i = 0; i < doubt->open_count; i++)
        if (doubt->found[i] != LOOK_SAME && !send_settle(doubt->sender, &doubt->chosen[doubt->open[i]], 1))
            return false;
    for (size_t i = 0; i < count; i++)
        if (items[i] == ANSWER_REFUSED && !send_settle(doubt->sender, &doubt->chosen[i], 1)) return false;
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): alone, or shorter than the list before */
bool send_settle_doubt(struct sender *sender, const size_t *chosen, size_t count, const struct answer_verdict *verdict,
                       const enum answer_item *items, const struct client_answer *answer, int64_t batch) {
    struct doubt doubt = {.sender = sender, .chosen = chosen};
    size_t sample[SAMPLE];
    if (count == 1 && items[0] == ANSWER_REFUSED) return send_refuse_one(sender, chosen[0], answer, batch);
    for (size_t i = 0; i < count; i++)
        if (items[i] == ANSWER_OPEN) doubt.open[doubt.open_count++] = i;
    if (doubt.open_count == 0) return send_alone(&doubt, items, count);
    bool is_silent = verdict->kind == ANSWER_SAYS_NOTHING;
    bool has_few = is_silent && sender->silent_lists++ >= PLECTO_LISTS_WITH_THREE;
    size_t sample_count = choose_sample(&doubt, has_few ? 1 : SAMPLE, sample);
    if (!look_at_sample(&doubt, sample, sample_count, !verdict->has_error)) return false;
    bool is_all = is_silent && doubt.seen == sample_count;
    if (!is_all && !look_at_all(&doubt)) return false;
    if (!confirm_seen(&doubt, is_all, answer, batch)) return false;
    if (is_all) return true;
    if (count == 1) return doubt.found[0] == LOOK_SAME || settle_alone(&doubt, verdict, answer, batch);
    return send_alone(&doubt, items, count);
}
