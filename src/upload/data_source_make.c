/* data_source_make.c: see data_source_make.h. */
#include "upload/data_source_make.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "upload/answer.h"
#include "upload/pages.h"
#include "upload/plecto_facts.h"

struct maker {
    const struct published *published;
    struct client *client;
    const char *title;
    struct error *error;
};

/* --- asking ----------------------------------------------------------------------------------------------------------- */

/* Data sources of a title, and the UUID of the first. */
struct found {
    const char *title;
    size_t count;
    char *uuid;
};

static void count_title(void *context, struct view item) {
    struct found *found = context;
    struct view title;
    char uuid[UUID_LENGTH + 1];
    bool is_same = (json_find_key(item, view_of("title"), &title) || json_find_key(item, view_of("name"), &title)) &&
                   json_says(title, found->title);
    if (!is_same || !answer_uuid(item, uuid)) return;
    if (found->count++ == 0) memcpy(found->uuid, uuid, sizeof uuid);
}

/* How many data sources of this title Plecto has. A user with least rights may not see the list. */
/* NOLINTNEXTLINE(readability-non-const-parameter): count_title writes it */
static enum pages_end look_up(const struct maker *maker, size_t *count, char uuid[UUID_LENGTH + 1]) {
    struct found found = {.title = maker->title, .uuid = uuid};
    enum pages_end end = pages_read(maker->client, PLECTO_DATA_SOURCES, count_title, &found, maker->error);
    *count = found.count;
    return end;
}

/* --- making ----------------------------------------------------------------------------------------------------------- */

/* The fields in the form of public code (plecto_facts.h). */
static cJSON *fields_with_inputs(const cJSON *fields) {
    static const char *const inputs[][2] = {{"number", "NumberInput"},     {"date", "DateInput"}, {"datetime", "DateTimeInput"},
                                            {"duration", "NumberInput"}, {"boolean", "CheckboxInput"}};
    cJSON *list = cJSON_CreateArray();
    const cJSON *field;
    cJSON_ArrayForEach(field, fields) {
        const cJSON *title = cJSON_GetObjectItemCaseSensitive(field, "title");
        const cJSON *type = cJSON_GetObjectItemCaseSensitive(field, "type");
        const char *input = "TextInput";
        for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
            if (cJSON_IsString(type) && strcmp(type->valuestring, inputs[i][0]) == 0) input = inputs[i][1];
        cJSON *made = cJSON_CreateObject();
        cJSON_AddStringToObject(made, "name", cJSON_IsString(title) ? title->valuestring : "");
        cJSON_AddStringToObject(made, "input", input);
        cJSON_AddStringToObject(made, "default_value", "");
        cJSON_AddItemToArray(list, made);
    }
    return list;
}

/* datasource.json, with another title if one is given. The caller frees. */
static char *make_body(const struct maker *maker, bool has_inputs) {
    struct buffer bytes = {0};
    if (!published_data_source(maker->published, &bytes, maker->error)) return NULL;
    cJSON *json = cJSON_ParseWithLength(bytes.text ? bytes.text : "", bytes.length);
    char *body = NULL;
    if (cJSON_IsObject(json)) {
        cJSON_ReplaceItemInObjectCaseSensitive(json, "title", cJSON_CreateString(maker->title));
        if (has_inputs)
            cJSON_ReplaceItemInObjectCaseSensitive(json, "fields",
                                                   fields_with_inputs(cJSON_GetObjectItemCaseSensitive(json, "fields")));
        body = cJSON_PrintUnformatted(json);
    }
    if (!body)
        error_set(maker->error, EXIT_CANNOT_READ, "%s/datasource.json is not a JSON object", maker->published->folder);
    cJSON_Delete(json);
    buffer_free(&bytes);
    return body;
}

/* Whether a key stands at the beginning of the text, and ends there. */
static bool is_key(struct view text, const char *key) {
    size_t length = strlen(key);
    if (!view_starts_with(text, key)) return false;
    return text.length == length || strchr("\"'`:]. ", text.text[length]) != NULL;
}

/* Whether a refusal speaks of the keys of the other form: as a key, or in words ("fields[0].input: This field is required"). */
static bool wants_inputs(const struct client_answer *answer) {
    struct view body = buffer_view(&answer->body);
    if (answer->status != 400 || !json_is_valid(body)) return false;
    for (size_t i = 0; i + 1 < body.length; i++) {
        struct view rest = view_from(body.text + i + 1, body.length - i - 1);
        if (strchr("\"'`[.", body.text[i]) && (is_key(rest, "input") || is_key(rest, "name"))) return true;
    }
    return false;
}

static bool lost(const struct maker *maker, char uuid[UUID_LENGTH + 1], bool *was_lost) {
    struct error first = *maker->error; /* why the answer is not known: told if nothing better is found */
    *maker->error = (struct error){0};
    size_t count = 0;
    if (look_up(maker, &count, uuid) == PAGES_READ && count == 1) {
        error_free(&first);
        *was_lost = true;
        return true;
    }
    error_free(maker->error);
    *maker->error = first;
    return error_fix(
        maker->error,
        count == 0 ? "Check whether Plecto has a data source \"%s\" now. If it does, upload with --data-source UUID. "
                     "If not, run this again."
                   : "Plecto has several data sources \"%s\" now. Find the new one there, and upload with "
                     "--data-source UUID.",
        maker->title);
}

/* It was made, and the answer does not say which it is: the only one of this title is it. */
static bool find_made(const struct maker *maker, bool was_free, char uuid[UUID_LENGTH + 1]) {
    size_t count = 0;
    if (was_free && look_up(maker, &count, uuid) == PAGES_READ && count == 1) return true;
    error_free(maker->error);
    *maker->error = (struct error){0};
    error_set(maker->error, EXIT_UPLOAD_REFUSED, "Plecto created the data source \"%s\", but its answer has no UUID",
              maker->title);
    return error_fix(maker->error,
                     "Copy the UUID from the address of its page in Plecto, and upload with --data-source UUID.");
}

static bool refused(const struct maker *maker, const struct client_answer *answer) {
    client_refused(maker->client, answer, maker->error);
    if (answer->status != 400 && answer->status != 422 && answer->status != 405) return false;
    return error_fix(maker->error,
                     "Create the data source in Plecto, with the fields of %s/datasource.json. Then copy the UUID from the "
                     "address of its page:\nst2plecto upload %s --data-source UUID",
                     maker->published->folder, maker->published->folder);
}

/* `*is_other_form` is set where the answer asks for the other form of the fields, and nothing was made. */
static bool post(const struct maker *maker, const char *body, bool was_free, char uuid[UUID_LENGTH + 1],
                 bool *was_lost, bool *is_other_form) {
    struct client_answer answer = {0};
    const struct client_request request = {
        .method = "POST", .path = PLECTO_DATA_SOURCES, .body = view_of(body), .is_once = true};
    bool is_fine = client_send(maker->client, &request, &answer, maker->error);
    if (!is_fine && answer.is_in_doubt && was_free)
        is_fine = lost(maker, uuid, was_lost);
    else if (!is_fine && answer.is_in_doubt)
        error_fix(maker->error,
                  "Plecto may have one more data source \"%s\" now. Look there first. If it does, upload with "
                  "--data-source UUID. If not, run this again.",
                  maker->title);
    else if (is_fine && is_other_form && wants_inputs(&answer))
        *is_other_form = true;
    else if (is_fine && (answer.status < 200 || answer.status >= 300))
        is_fine = refused(maker, &answer);
    else if (is_fine && !answer_uuid(buffer_view(&answer.body), uuid))
        is_fine = find_made(maker, was_free, uuid);
    client_answer_free(&answer);
    return is_fine;
}

bool data_source_make(const struct published *published, const char *title, bool may_repeat, struct client *client,
                      char uuid[UUID_LENGTH + 1], bool *was_lost, struct error *error) {
    const struct maker maker = {published, client, title, error};
    size_t count = 0;
    *was_lost = false;
    enum pages_end end = look_up(&maker, &count, uuid);
    if (end == PAGES_FAILED) return false;
    if (count > 0 && !may_repeat) {
        error_set(error, EXIT_WRONG_USE, "Plecto has a data source \"%s\" already: %s", title, uuid);
        return error_fix(
            error,
            "Give the new one another name with --title, or add --another for a second one with this title. If the one "
            "that is there is for these registrations:\nst2plecto upload %s --data-source %s",
            published->folder, uuid);
    }
    bool is_other_form = false, was_free = end == PAGES_READ && count == 0;
    char *body = make_body(&maker, false);
    bool is_fine = body && post(&maker, body, was_free, uuid, was_lost, &is_other_form);
    cJSON_free(body);
    if (!is_fine || !is_other_form) return is_fine;
    body = make_body(&maker, true);
    is_fine = body && post(&maker, body, was_free, uuid, was_lost, NULL);
    cJSON_free(body);
    return is_fine;
}
