/* fetch.c: see fetch.h. */
#include "upload/fetch.h"

#include "base/hash.h"
#include "base/table.h"
#include "upload/answer.h"
#include "upload/data_source.h"
#include "upload/registrations.h"

struct fetching {
    struct table *seen; /* hashes */
    int32_t from, to;
    const struct zone *zone;
    struct buffer *lines;
    bool *changes;
};

/* Whether a page before had this very registration: pages shift where one comes while they are read. Two that have no UUID may
 * be alike. */
static bool is_again(const struct fetching *fetching, struct view object) {
    char uuid[UUID_LENGTH + 1], text[65];
    bool is_new = true;
    if (!answer_uuid(object, uuid)) return false;
    sha256_of(object, text);
    table_add(fetching->seen, view_of(text), &is_new);
    return !is_new;
}

/* One without a date, or with one that cannot be read, is kept: the comparison names it. What is of other days is left out. */
static bool take(void *context, struct view object) {
    const struct fetching *fetching = context;
    int32_t day;
    if (registration_day(object, fetching->zone, &day) && (day < fetching->from || day > fetching->to)) return true;
    if (is_again(fetching, object)) {
        *fetching->changes = true;
        return true;
    }
    buffer_add(fetching->lines, object);
    buffer_add_char(fetching->lines, '\n');
    return true;
}

bool fetch_registrations(struct client *client, const char *uuid, int32_t from, int32_t to, const struct zone *zone,
                         struct buffer *lines, bool *changes, struct error *error) {
    struct fetching fetching = {
        .seen = table_create(), .from = from, .to = to, .zone = zone, .lines = lines, .changes = changes};
    uint64_t pages = 0;
    bool is_fine = registrations_read(client, uuid, from, to, take, &fetching, &pages, changes, error);
    table_destroy(fetching.seen);
    return is_fine;
}
