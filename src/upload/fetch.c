/* fetch.c: see fetch.h. */
#include "upload/fetch.h"

#include "upload/registrations.h"

struct fetching {
    int32_t from, to;
    const struct zone *zone;
    struct buffer *lines;
};

/* One without a date, or with one that cannot be read, is kept: the comparison names it. What is of other days is left out. */
static bool take(void *context, struct view object) {
    const struct fetching *fetching = context;
    int32_t day;
    if (registration_day(object, fetching->zone, &day) && (day < fetching->from || day > fetching->to)) return true;
    buffer_add(fetching->lines, object);
    buffer_add_char(fetching->lines, '\n');
    return true;
}

bool fetch_registrations(struct client *client, const char *uuid, int32_t from, int32_t to, const struct zone *zone,
                         struct buffer *lines, struct error *error) {
    struct fetching fetching = {.from = from, .to = to, .zone = zone, .lines = lines};
    uint64_t pages = 0;
    return registrations_read(client, uuid, from, to, take, &fetching, &pages, error);
}
