/* fetch.c: see fetch.h. A day more is asked for at each end, because Plecto's zone is not known (plecto_facts.h); what is of
 * other days is left out here. */
#include "upload/fetch.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "upload/answer.h"
#include "upload/plecto_facts.h"

#define PAGE_LIMIT 1000000u

struct fetching {
    struct client *client;
    const char *uuid;
    int32_t from, to;
    const struct zone *zone;
    struct buffer *lines, first; /* first: registration of the page before */
    struct error *error;
};

static char *page_path(const struct fetching *fetching, unsigned long page) {
    struct buffer path = {0};
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&start_date=", fetching->uuid);
    date_print(&path, fetching->from - 1);
    buffer_add_text(&path, "T00:00:00&end_date=");
    date_print(&path, fetching->to + 2);
    buffer_print(&path, "T00:00:00&page=%lu", page);
    return buffer_take(&path);
}

/* One without a date, or with one that cannot be read, is kept: the comparison names it. */
static bool is_of_days(const struct fetching *fetching, struct view object) {
    struct view value;
    struct datetime when = {0};
    struct buffer text = {0};
    if (!json_find_key(object, view_of(KEY_DATE), &value)) return true;
    json_add_plain(&text, value);
    bool is_read = datetime_parse(buffer_view(&text), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE;
    buffer_free(&text);
    if (!is_read) return true;
    if (fetching->zone && when.has_time && when.zone != ZONE_NONE) {
        int64_t instant = datetime_seconds(&when) - (when.zone == ZONE_OFFSET ? when.offset : 0);
        datetime_from_seconds(instant + zone_offset_at(fetching->zone, instant), &when);
    }
    int32_t day = date_to_days(when.year, when.month, when.day);
    return day >= fetching->from && day <= fetching->to;
}

static bool take_page(struct fetching *fetching, const struct client_answer *answer, bool *is_last) {
    struct json_walk walk;
    struct view list, item, body = buffer_view(&answer->body);
    bool is_first = true;
    if (!answer_page(body, &list)) {
        error_set(fetching->error, EXIT_UPLOAD_REFUSED, "Plecto's answer has no list of registrations");
        return error_fix(fetching->error, "Check --url. It must be the address of API v2.");
    }
    *is_last = answer_is_last(body) || json_count_members(list) == 0;
    if (!json_walk_start(&walk, list)) return true;
    while (json_walk_next(&walk, NULL, &item)) {
        if (is_first && view_equal(item, buffer_view(&fetching->first))) { /* the server does not turn pages */
            *is_last = true;
            return true;
        }
        if (is_first) {
            fetching->first.length = 0;
            buffer_add(&fetching->first, item);
        }
        is_first = false;
        if (!is_of_days(fetching, item)) continue;
        buffer_add(fetching->lines, item);
        buffer_add_char(fetching->lines, '\n');
    }
    return true;
}

static bool read_page(struct fetching *fetching, unsigned long page, bool *is_last) {
    struct client_answer answer = {0};
    char *path = page_path(fetching, page);
    const struct client_request request = {.method = "GET", .path = path};
    bool is_fine = client_send(fetching->client, &request, &answer, fetching->error);
    if (is_fine && answer.status == 404 && page > 1)
        *is_last = true; /* after the last page */
    else if (is_fine && (answer.status < 200 || answer.status >= 300))
        is_fine = client_refused(fetching->client, &answer, fetching->error);
    else if (is_fine)
        is_fine = take_page(fetching, &answer, is_last);
    client_answer_free(&answer);
    free(path);
    return is_fine;
}

bool fetch_registrations(struct client *client, const char *uuid, int32_t from, int32_t to, const struct zone *zone,
                         struct buffer *lines, struct error *error) {
    struct fetching fetching = {
        .client = client, .uuid = uuid, .from = from, .to = to, .zone = zone, .lines = lines, .error = error};
    bool is_fine = true, is_last = false;
    for (unsigned long page = 1; is_fine && !is_last && page < PAGE_LIMIT; page++)
        is_fine = read_page(&fetching, page, &is_last);
    buffer_free(&fetching.first);
    return is_fine;
}
