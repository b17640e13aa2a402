/* send_look.c: see send_look.h. */
#include "upload/send_look.h"
#include "upload/pages.h"

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

/* What is asked for, and what the pages showed so far. */
struct look {
    struct sender *sender;
    struct view id, line; /* line: empty where any registration of the ID will do */
    char *uuid;           /* NULL: nobody asks for it */
    enum look_end end;
    bool is_over;
    char page_before[65]; /* its hash */
};

/* False where the answer is no list. */
static bool read_page(struct look *look, struct view body) {
    const struct send_work *work = look->sender->work;
    struct json_walk walk;
    struct view list, item;
    bool has_others = false, is_ours = true;
    if (!answer_page(body, &list) || !json_walk_start(&walk, list)) return false;
    if (page_is_repeated(look->page_before, body)) {
        look->is_over = true;
        return true;
    }
    while (json_walk_next(&walk, NULL, &item)) {
        bool is_of_source = answer_is_of(item, work->plan->source.uuid);
        is_ours = is_ours && is_of_source;
        if (!is_of_source || !answer_has_id(item, look->id)) {
            has_others = true;
            continue;
        }
        if (look->uuid && !look->uuid[0] && !answer_uuid(item, look->uuid)) look->uuid[0] = '\0';
        look->is_over = look->line.length == 0 || is_as_sent(work->published, look->line, item);
        look->end = look->is_over ? LOOK_SAME : LOOK_OTHER;
        if (look->is_over) return true;
    }
    if (look->end == LOOK_NONE && has_others) look->end = LOOK_UNCLEAR;
    look->is_over = look->end != LOOK_UNCLEAR || !has_others || answer_is_last(body);
    if (look->end == LOOK_UNCLEAR && look->is_over && is_ours) look->end = LOOK_NONE; /* all pages were seen */
    return true;
}

static bool refused_to_show(struct sender *sender, const struct client_answer *answer) {
    client_refused(sender->work->client, answer, sender->error);
    return error_fix(
        sender->error,
        "st2plecto reads back what Plecto's answers do not confirm. Give the integration user the right to "
        "read registrations. What is in doubt is sent again by the next upload.");
}

/* False with the error set. */
static bool ask_page(struct look *look, unsigned page) {
    struct sender *sender = look->sender;
    struct client_answer answer = {0};
    struct buffer path = {0};
    /* public code and pages call the filter by either name (plecto_facts.h) */
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&" KEY_REFERENCE "=",
                 sender->work->plan->source.uuid);
    client_add_escaped(&path, look->id);
    buffer_print(&path, "&page=%u", page);
    char *text = buffer_take(&path);
    const struct client_request request = {.method = "GET", .path = text};
    bool is_fine = client_send(sender->work->client, &request, &answer, sender->error);
    if (is_fine && answer_is_behind(answer.status, buffer_view(&answer.body), page)) {
        look->is_over = true; /* behind the last page */
        look->end = LOOK_NONE;
    } else if (is_fine && (answer.status < 200 || answer.status >= 300)) {
        is_fine = refused_to_show(sender, &answer);
    } else if (is_fine) {
        is_fine = read_page(look, buffer_view(&answer.body)) || unreadable(sender, look->id);
    }
    client_answer_free(&answer);
    free(text);
    return is_fine;
}

enum look_end send_look(struct sender *sender, struct view id, struct view line, char uuid[UUID_LENGTH + 1]) {
    struct look look = {.sender = sender, .id = id, .line = line, .uuid = uuid, .end = LOOK_NONE};
    if (uuid) uuid[0] = '\0';
    for (unsigned page = 1; !look.is_over && page <= LOOK_PAGES; page++)
        if (!ask_page(&look, page)) return LOOK_FAILED;
    return look.end;
}

bool send_unclear(struct sender *sender, const char *id) {
    error_set(sender->error, EXIT_UPLOAD_REFUSED,
              "asked for registration %s, Plecto shows others, so whether it is there is not known", id);
    return error_fix(sender->error, "Nothing more was deleted. Look at it in Plecto. The journal still knows it.");
}
