/* registrations.c: see registrations.h. */
#include "upload/registrations.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "upload/answer.h"
#include "upload/pages.h"
#include "upload/plecto_facts.h"

#define PAGE_LIMIT 1000000u

struct reading {
    struct client *client;
    const char *uuid; /* of the data source */
    registration_taker *take;
    void *context;
    struct buffer count; /* what the first page says how many there are, as it is written; empty: nothing yet */
    bool changes;        /* a later page says otherwise */
    char first[65]; /* the hash of the first registration of the page before */
    struct error *error;
};

char *registrations_path(const char *uuid, int32_t from, int32_t to, unsigned long page) {
    struct buffer path = {0};
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&start_date=", uuid);
    date_print(&path, from);
    buffer_add_text(&path, "T00:00:00&end_date=");
    date_print(&path, to);
    buffer_print(&path, "T00:00:00&page=%lu", page);
    return buffer_take(&path);
}

bool registration_day(struct view object, const struct zone *zone, int32_t *day) {
    struct view value;
    struct datetime when = {0};
    struct buffer text = {0};
    if (!json_find_key(object, view_of(KEY_DATE), &value)) return false;
    json_add_plain(&text, value);
    bool is_read = datetime_parse(buffer_view(&text), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE;
    buffer_free(&text);
    if (!is_read) return false;
    if (zone && when.has_time && when.zone != ZONE_NONE) {
        int64_t instant = datetime_seconds(&when) - (when.zone == ZONE_OFFSET ? when.offset : 0);
        datetime_from_seconds(instant + zone_offset_at(zone, instant), &when);
    }
    *day = date_to_days(when.year, when.month, when.day);
    return true;
}

/* Pages shift where registrations come or go while they are read: one that went moves another to a page that was read. */
static void compare_counts(struct reading *reading, struct view body) {
    struct view value;
    if (!json_is_object(view_trim(body)) || !json_find_key(body, view_of("count"), &value)) return;
    if (reading->count.length == 0)
        buffer_add(&reading->count, value);
    else if (!view_equal(buffer_view(&reading->count), value))
        reading->changes = true;
}

static bool take_page(struct reading *reading, const struct client_answer *answer, bool *is_last) {
    struct json_walk walk;
    struct view list, item, body = buffer_view(&answer->body);
    bool is_first = true;
    if (!answer_page(body, &list)) {
        error_set(reading->error, EXIT_UPLOAD_REFUSED, "Plecto's answer has no list of registrations");
        return error_fix(reading->error, "Check --url. It must be the address of API v2.");
    }
    compare_counts(reading, body);
    *is_last = answer_is_last(body) || json_count_members(list) == 0;
    if (!json_walk_start(&walk, list)) return true;
    while (json_walk_next(&walk, NULL, &item)) {
        if (is_first && page_is_repeated(reading->first, item)) {
            *is_last = true;
            return true;
        }
        is_first = false;
        if (answer_is_of(item, reading->uuid) && !reading->take(reading->context, item)) return false;
    }
    return true;
}

static bool read_page(struct reading *reading, const char *path, unsigned long page, bool *is_last) {
    struct client_answer answer = {0};
    const struct client_request request = {.method = "GET", .path = path};
    bool is_fine = client_send(reading->client, &request, &answer, reading->error);
    if (is_fine && answer_is_behind(answer.status, buffer_view(&answer.body), page))
        *is_last = true; /* after the last page */
    else if (is_fine && (answer.status < 200 || answer.status >= 300))
        is_fine = client_refused(reading->client, &answer, reading->error);
    else if (is_fine)
        is_fine = take_page(reading, &answer, is_last);
    client_answer_free(&answer);
    return is_fine;
}

bool registrations_read(struct client *client, const char *uuid, int32_t from, int32_t to, registration_taker *take,
                        void *context, uint64_t *pages, bool *changes, struct error *error) {
    struct reading reading = {.client = client, .uuid = uuid, .take = take, .context = context, .error = error};
    bool is_fine = true, is_last = false;
    for (unsigned long page = 1; is_fine && !is_last && page < PAGE_LIMIT; page++) {
        char *path = registrations_path(uuid, from - 1, to + 2, page);
        is_fine = read_page(&reading, path, page, &is_last);
        ++*pages;
        free(path);
    }
    buffer_free(&reading.count);
    if (changes) *changes = *changes || reading.changes;
    return is_fine;
}
