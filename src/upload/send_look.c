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
