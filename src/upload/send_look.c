/* send_look.c: see send_look.h. */
#include "upload/send_look.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "base/plain.h"
#include "upload/answer.h"
#include "upload/verify.h"

/* --- comparing -------------------------------------------------------------------------------------------------------- */

static bool is_person(struct view key) {
    return json_says(key, KEY_PROVIDER) || json_says(key, KEY_MEMBER_ID) || json_says(key, KEY_MEMBER_NAME);
}

static enum plecto_type type_of(const struct published *published, struct view key) {
    size_t number = table_find(published->field_keys, key);
    if (number != SIZE_MAX) return published->fields[number].type;
    return json_says(key, KEY_DATE) ? PLECTO_DATETIME : PLECTO_TEXT;
}

static bool is_as_sent(const struct published *published, struct view line, struct view object) {
    struct json_walk walk;
    struct view key, value;
    if (!json_walk_start(&walk, line)) return false;
    while (json_walk_next(&walk, &key, &value)) {
        if (json_says(key, KEY_DATA_SOURCE) || json_says(key, KEY_EXTERNAL_ID)) continue;
        struct view theirs = verify_find(object, key);
        if (is_person(key) && (theirs.length == 0 || json_is_null(theirs))) continue;
        if (!verify_same_value(type_of(published, key), value, theirs)) return false;
    }
    return true;
}

static bool has_id(struct view object, struct view id) {
    static const char *const keys[] = {KEY_EXTERNAL_ID, KEY_REFERENCE};
    bool is_found = false;
    for (size_t i = 0; i < 2 && !is_found; i++) {
        struct view value;
        struct buffer text = {0};
        if (json_find_key(object, view_of(keys[i]), &value) && !json_is_null(value)) json_add_plain(&text, value);
        is_found = view_equal(buffer_view(&text), id);
        buffer_free(&text);
    }
    return is_found;
}

/* --- looking ---------------------------------------------------------------------------------------------------------- */

static bool unreadable(struct sender *sender, struct view id) {
    struct buffer text = {0};
    buffer_add_text(&text, "Plecto's answer to the question about registration ");
    plain_add(&text, id);
    buffer_add_text(&text, " is not a list of registrations, so what Plecto holds is not known");
    char *message = buffer_take(&text);
    error_set(sender->error, EXIT_UPLOAD_REFUSED, "%s", message);
    free(message);
    return error_fix(sender->error, "Look at it in Plecto. What is in doubt is sent again by the next upload.");
}

static enum look_end read_answer(struct sender *sender, const struct client_answer *answer, struct view id,
                                 struct view line, char uuid[UUID_LENGTH + 1]) {
    struct json_walk walk;
    struct view list, item;
    enum look_end end = LOOK_NONE;
    if (!answer_page(buffer_view(&answer->body), &list) || !json_walk_start(&walk, list)) {
        unreadable(sender, id);
        return LOOK_FAILED;
    }
    while (json_walk_next(&walk, NULL, &item)) {
        if (!has_id(item, id)) continue;
        if (uuid && !uuid[0] && !answer_uuid(item, uuid)) uuid[0] = '\0';
        if (line.length == 0 || is_as_sent(sender->work->published, line, item)) return LOOK_SAME;
        end = LOOK_OTHER;
    }
    return end;
}

static bool refused_to_show(struct sender *sender, const struct client_answer *answer) {
    client_refused(sender->work->client, answer, sender->error);
    return error_fix(
        sender->error,
        "st2plecto reads back what Plecto's answers do not confirm. Give the integration user the right to "
        "read registrations. What is in doubt is sent again by the next upload.");
}

enum look_end send_look(struct sender *sender, struct view id, struct view line, char uuid[UUID_LENGTH + 1]) {
    struct client_answer answer = {0};
    struct buffer path = {0};
    /* public code and pages call the filter by either name (plecto_facts.h) */
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&" KEY_REFERENCE "=",
                 sender->work->plan->source.uuid);
    client_add_escaped(&path, id);
    buffer_add_text(&path, "&page=1");
    char *text = buffer_take(&path);
    const struct client_request request = {.method = "GET", .path = text};
    enum look_end end = LOOK_FAILED;
    if (uuid) uuid[0] = '\0';
    if (client_send(sender->work->client, &request, &answer, sender->error)) {
        if (answer.status < 200 || answer.status >= 300)
            refused_to_show(sender, &answer);
        else
            end = read_answer(sender, &answer, id, line, uuid);
    }
    client_answer_free(&answer);
    free(text);
    return end;
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
