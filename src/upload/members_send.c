/* members_send.c: members are looked up in Plecto's list, created one by one, and looked up again: an answer goes before its
 * status, and the list before the answer. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "render/json_write.h"
#include "upload/answer.h"
#include "upload/data_source.h"
#include "upload/members.h"
#include "upload/pages.h"
#include "upload/plecto_facts.h"

/* --- looking ---------------------------------------------------------------------------------------------------------- */

/* What a member of Plecto's list says under the first of these keys that it has; empty where it says nothing. */
static void add_value(struct view item, const char *const *keys, size_t count, struct buffer *out) {
    struct view value;
    for (size_t i = 0; i < count && out->length == 0; i++)
        if (json_find_key(item, view_of(keys[i]), &value) && !json_is_null(value)) json_add_plain(out, value);
}

/* The one of the list whose ID it is, and the one whose address it is. */
static void compare(struct member *member, struct view provider, struct view id, struct view email) {
    bool is_same_email = member->email && email.length > 0 && view_equal_fold(email, view_of(member->email));
    if (view_equal(provider, view_of(member->provider)) && view_equal(id, view_of(member->id))) {
        member->is_found = true;
        member->is_email_there = is_same_email;
        free(member->plecto_email);
        member->plecto_email = email.length > 0 ? memory_copy(email) : NULL;
        return;
    }
    if (!is_same_email) return;
    member->is_found_by_email = true;
    free(member->words);
    member->words = id.length == 0 ? NULL : memory_print("%.*s ID %.*s", VIEW_ARGS(provider), VIEW_ARGS(id));
}

static void take_item(void *context, struct view item) {
    static const char *const providers[] = {KEY_UPDATING_PROVIDER}, *const ids[] = {KEY_UPDATING_ID},
                             *const emails[] = {KEY_UPDATING_EMAIL, "email"};
    struct members *members = context;
    struct buffer provider = {0}, id = {0}, email = {0};
    add_value(item, providers, 1, &provider);
    add_value(item, ids, 1, &id);
    add_value(item, emails, 2, &email);
    for (size_t i = 0; i < members->count; i++)
        compare(&members->list[i], buffer_view(&provider), buffer_view(&id), buffer_view(&email));
    buffer_free(&provider);
    buffer_free(&id);
    buffer_free(&email);
}

static bool look(struct members *members, struct client *client, struct error *error) {
    for (size_t i = 0; i < members->count; i++)
        members->list[i].is_found = members->list[i].is_found_by_email = members->list[i].is_email_there = false;
    enum pages_end end = pages_read(client, PLECTO_MEMBERS, take_item, members, error);
    members->is_list_shown = end == PAGES_READ;
    return end != PAGES_FAILED;
}

static void count(struct members *members) {
    memset(members->counts, 0, sizeof members->counts);
    for (size_t i = 0; i < members->count; i++)
        members->counts[members->list[i].state]++;
}

bool members_match(struct members *members, struct client *client, struct error *error) {
    if (!look(members, client, error)) return false;
    for (size_t i = 0; i < members->count; i++) {
        struct member *member = &members->list[i];
        bool has_other_id = member->words != NULL;
        if (member->is_found && member->is_found_by_email) { /* two profiles of one person, or an address of another */
            if (!has_other_id) member->words = memory_copy(view_of("no ID, and this ID with another profile"));
            member->state = MEMBER_OTHER_ID;
        } else if (member->is_found)
            member->state = MEMBER_MATCHED;
        else if (!member->email)
            member->state = MEMBER_WITHOUT_EMAIL;
        else if (member->is_found_by_email)
            member->state = has_other_id ? MEMBER_OTHER_ID : MEMBER_UNLINKED;
        else
            member->state = MEMBER_NEW;
    }
    count(members);
    return true;
}

/* --- creating --------------------------------------------------------------------------------------------------------- */

static bool is_to_send(const struct member *member) {
    return member->state == MEMBER_NEW || member->state == MEMBER_UNLINKED;
}

/* Documented keys; `teams` must be there and may be empty. The caller frees. */
static char *body_of(const struct member *member) {
    struct buffer body = {0};
    buffer_add_char(&body, '{');
    json_text(&body, "name", member->name);
    json_text(&body, KEY_UPDATING_PROVIDER, member->provider);
    json_text(&body, KEY_UPDATING_ID, member->id);
    json_text(&body, KEY_UPDATING_EMAIL, member->email);
    json_flag(&body, "is_active", true);
    json_key(&body, "teams");
    buffer_add_text(&body, "[]}");
    return buffer_take(&body);
}

/* Whether an answer is about this member: it has a UUID, or names the ID. */
static bool is_named(const struct member *member, struct view body) {
    struct view id;
    char uuid[UUID_LENGTH + 1];
    struct buffer text = {0};
    if (!json_is_valid(body)) return false;
    if (json_find_key(body, view_of(KEY_UPDATING_ID), &id)) json_add_plain(&text, id);
    bool is_same = view_equal(buffer_view(&text), view_of(member->id));
    bool is_other = text.length > 0 && !is_same;
    buffer_free(&text);
    return is_same || (!is_other && answer_uuid(body, uuid));
}

static void keep_words(const struct client *client, struct member *member, const struct client_answer *answer) {
    struct buffer words = {0};
    client_words(client, answer, &words);
    free(member->words);
    member->words = buffer_take(&words);
}

static bool post(struct member *member, struct client *client, struct error *error) {
    static const long refusals[] = PLECTO_REFUSED_LIST;
    struct client_answer answer = {0};
    char *body = body_of(member);
    const struct client_request request = {
        .method = "POST", .path = PLECTO_MEMBERS, .body = view_of(body), .is_once = true};
    bool is_fine = client_send(client, &request, &answer, error), is_refusal = false;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        is_refusal = is_refusal || answer.status == refusals[i];
    if (!is_fine) {
        if (answer.is_in_doubt) error_fix(error, "Run it again. Who exists by then is matched.");
    } else if (is_refusal || (answer.status >= 200 && answer.status < 300)) {
        member->status = answer.status;
        member->is_named = is_named(member, buffer_view(&answer.body));
        keep_words(client, member, &answer);
    } else {
        is_fine = client_refused(client, &answer, error);
    }
    client_answer_free(&answer);
    free(body);
    return is_fine;
}

static bool is_taken(const struct member *member) {
    return member->status >= 200 && member->status < 300;
}

/* Whether a refusal says that there is such a member. */
static bool says_exists(const char *words) {
    static const char *const signs[] = {"already", "exist", "unique", "duplicate"};
    for (const char *at = words ? words : ""; *at; at++)
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            if (view_starts_with_fold(view_of(at), signs[i])) return true;
    return false;
}

static void settle(struct member *member, bool is_list_shown) {
    bool is_there =
        is_list_shown ? member->is_found || member->is_found_by_email : is_taken(member) && member->is_named;
    if (is_there)
        member->state = member->state == MEMBER_NEW && is_taken(member) ? MEMBER_CREATED : MEMBER_MATCHED;
    else if (is_taken(member))
        member->state = MEMBER_UNSEEN;
    else
        member->state = says_exists(member->words) ? MEMBER_MATCHED : MEMBER_REFUSED;
}

/* Whether some that Plecto said it took are not in its list. */
static bool lacks_some(const struct members *members) {
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];
        if (is_to_send(member) && is_taken(member) && !member->is_found && !member->is_found_by_email) return true;
    }
    return false;
}

/* What is to be seen now; what was created a moment ago may take some time. */
static bool look_again(struct members *members, struct client *client, struct error *error) {
    static const int waits[] = PLECTO_LOOK_AGAIN;
    double waited = 0;
    bool was_shown = members->is_list_shown;
    for (size_t round = 0; was_shown; round++) {
        if (!look(members, client, error)) return false;
        bool is_over = !members->is_list_shown || !lacks_some(members) || round == sizeof waits / sizeof *waits;
        if (is_over || !client_wait(client, waits[round], &waited)) break;
    }
    return client_may_go_on(client, error);
}

bool members_create(struct members *members, struct client *client, struct error *error) {
    bool is_fine = true, was_sent = false;
    for (size_t i = 0; is_fine && i < members->count; i++) {
        if (!is_to_send(&members->list[i])) continue;
        is_fine = client_may_go_on(client, error) && post(&members->list[i], client, error);
        was_sent = true;
    }
    is_fine = is_fine && (!was_sent || look_again(members, client, error));
    for (size_t i = 0; i < members->count; i++)
        if (is_to_send(&members->list[i]) && members->list[i].status != 0)
            settle(&members->list[i], members->is_list_shown);
    count(members);
    return is_fine;
}
