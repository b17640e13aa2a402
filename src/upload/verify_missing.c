/* verify_missing.c: what no page had. Plecto deletes by itself what is older than a data source keeps (plecto_facts.h): where it
 * took all of some registrations, has nothing of their days, and nothing older, they are no difference. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "upload/answer.h"
#include "upload/days.h"
#include "upload/plecto_facts.h"
#include "upload/registrations.h"
#include "upload/verify_private.h"

#define ASKED_ALONE 100 /* the most that are asked for one by one */

/* The oldest day among the first registrations that Plecto has from day `from` to day `to`; "" if there are none. False with
 * the error set; where the answer cannot be read `*is_known` is false. */
static bool ask_oldest(struct verifier *verifier, int32_t from, int32_t to, char oldest[11], bool *is_known) {
    struct client_answer answer = {0};
    struct json_walk walk;
    struct view list, item;
    char *path = registrations_path(verifier->source->uuid, from, to, 1);
    const struct client_request request = {.method = "GET", .path = path};
    bool is_fine = client_send(verifier->client, &request, &answer, verifier->error);
    oldest[0] = '\0';
    *is_known = is_fine && answer.status >= 200 && answer.status < 300 &&
                answer_page(buffer_view(&answer.body), &list) && json_walk_start(&walk, list);
    while (*is_known && json_walk_next(&walk, NULL, &item)) {
        char day[11];
        if (!answer_is_of(item, verifier->source->uuid)) continue;
        verify_local_day(verifier, item, day);
        *is_known = day[0] != '\0';
        if (!oldest[0] || strcmp(day, oldest) < 0) memcpy(oldest, day, sizeof day);
    }
    verifier->result->pages++;
    client_answer_free(&answer);
    free(path);
    return is_fine;
}

/* Whether Plecto took it, as far as the journal knows. */
static bool was_taken(struct verifier *verifier, struct view id, bool *is_taken) {
    struct journal_entry entry;
    *is_taken = false;
    if (verifier->source->number == 0) return true;
    if (!journal_lookup(verifier->journal, verifier->source->number, id, &entry, verifier->error)) return false;
    *is_taken = entry.number != 0 && entry.is_confirmed;
    return true;
}

/* Where no page had anything: what Plecto has behind the folder's days. */
static bool find_oldest(struct verifier *verifier) {
    char oldest[11];
    bool is_known = false;
    if (verifier->oldest_seen[0] || !verifier->last_asked[0]) return true;
    int32_t last = 0;
    day_number(verifier->last_asked, &last);
    if (last > verifier->today - PLECTO_RETENTION_LEAST) return true; /* too young for it */
    if (!ask_oldest(verifier, last + 1, verifier->today + 2, oldest, &is_known)) return false;
    if (is_known && oldest[0] && strcmp(oldest, verifier->last_asked) > 0) day_set(verifier->oldest_seen, last + 1);
    return true;
}

/* Marks those that its retention may have taken; `newest` becomes their newest day, "" if there are none. */
static bool mark_retirable(struct verifier *verifier, char newest[11], char oldest[11]) {
    newest[0] = oldest[0] = '\0';
    for (size_t i = 0; verifier->oldest_seen[0] && i < table_count(verifier->ids); i++) {
        struct place *place = &verifier->places[i];
        struct line line;
        if (place->is_seen) continue;
        if (!verify_read_line(verifier, place, &line)) return false;
        struct view day = line_day(&line);
        if (day.length != 10 || view_compare(day, view_of(verifier->oldest_seen)) >= 0) continue;
        if (!was_taken(verifier, line.external_id, &place->is_retirable)) return false;
        if (!place->is_retirable) continue;
        if (view_compare(day, view_of(newest)) > 0) day_take(newest, day);
        if (!oldest[0] || view_compare(day, view_of(oldest)) < 0) day_take(oldest, day);
    }
    return true;
}

/* Whether it was the retention: they are old enough, and Plecto has nothing older. */
static bool is_retention(struct verifier *verifier, const char *newest, const char *oldest, bool *is_it) {
    char older[11];
    bool is_known = false;
    int32_t first = 0, last = 0;
    *is_it = day_number(newest, &last) && last <= verifier->today - PLECTO_RETENTION_LEAST;
    if (!*is_it) return true;
    day_number(oldest, &first);
    if (!ask_oldest(verifier, date_to_days(1990, 1, 1), first, older, &is_known)) return false;
    *is_it = is_known && (!older[0] || strcmp(older, verifier->oldest_seen) >= 0);
    return true;
}

/* Asks for one by its ID. Where registrations come or go while the pages are read, the pages shift, and one is on none. */
static bool ask_alone(struct verifier *verifier, struct view id) {
    struct buffer path = {0};
    struct client_answer answer = {0};
    struct json_walk walk;
    struct view list, item;
    buffer_print(&path, PLECTO_REGISTRATIONS "?" KEY_DATA_SOURCE "=%s&" KEY_REFERENCE "=", verifier->source->uuid);
    client_add_escaped(&path, id);
    buffer_add_text(&path, "&page=1");
    char *text = buffer_take(&path);
    const struct client_request request = {.method = "GET", .path = text};
    bool is_fine = client_send(verifier->client, &request, &answer, verifier->error);
    bool has_list = is_fine && answer.status >= 200 && answer.status < 300 &&
                    answer_page(buffer_view(&answer.body), &list) && json_walk_start(&walk, list);
    while (is_fine && has_list && json_walk_next(&walk, NULL, &item))
        if (answer_is_of(item, verifier->source->uuid) && answer_has_id(item, id)) /* others were on the pages */
            is_fine = verify_take_item(verifier, item);
    verifier->result->pages++;
    client_answer_free(&answer);
    free(text);
    return is_fine;
}

/* Asks for those that none of several pages had. More than these are no matter of pages that shifted. */
static bool ask_for_missing(struct verifier *verifier) {
    size_t missing = 0;
    for (size_t i = 0; i < table_count(verifier->ids); i++)
        missing += !verifier->places[i].is_seen;
    bool is_few = verifier->result->pages > 1 && missing <= ASKED_ALONE;
    for (size_t i = 0; is_few && i < table_count(verifier->ids); i++) {
        struct line line;
        if (verifier->places[i].is_seen) continue;
        if (!verify_read_line(verifier, &verifier->places[i], &line)) return false;
        char *id = memory_copy(line.external_id);
        bool is_fine = ask_alone(verifier, view_of(id));
        free(id);
        if (!is_fine) return false;
    }
    return true;
}

bool verify_missing(struct verifier *verifier) {
    char newest[11], oldest[11];
    bool is_it = false;
    if (!ask_for_missing(verifier)) return false;
    if (!find_oldest(verifier) || !mark_retirable(verifier, newest, oldest) ||
        !is_retention(verifier, newest, oldest, &is_it))
        return false;
    if (is_it) memcpy(verifier->result->retired_before, verifier->oldest_seen, sizeof verifier->oldest_seen);
    for (size_t i = 0; i < table_count(verifier->ids); i++) {
        const struct place *place = &verifier->places[i];
        struct line line;
        if (place->is_seen) continue;
        if (is_it && place->is_retirable) {
            verifier->result->retired++;
            continue;
        }
        if (!verify_read_line(verifier, place, &line)) return false;
        verify_count_published(verifier, &line);
        verify_add_detail(verifier, VERIFY_MISSING, line.external_id, line_day(&line), line_person(&line));
    }
    return true;
}
