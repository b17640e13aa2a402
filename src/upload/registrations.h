/* registrations.h: the registrations of a data source as Plecto holds them, page by page. */
#ifndef UPLOAD_REGISTRATIONS_H
#define UPLOAD_REGISTRATIONS_H

#include "upload/client.h"
#include "values/zone.h"

/* Takes one registration: a raw JSON value, valid until it returns. False, with the error set, ends the reading. */
typedef bool registration_taker(void *context, struct view object);

/* The path of a page of those from the beginning of day `from` until day `to` begins (days since 1970). The caller frees. */
char *registrations_path(const char *uuid, int32_t from, int32_t to, unsigned long page);
/* Hands over those of the days `from` to `to`, both included, and of a day more at each end, because Plecto's zone is not
 * known (plecto_facts.h); those that name another data source are passed over. `*pages` counts the requests; `*changes` (or NULL) becomes true where a
 * page says that there are more, or fewer, than the first one said. EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED. */
bool registrations_read(struct client *client, const char *uuid, int32_t from, int32_t to, registration_taker *take,
                        void *context, uint64_t *pages, bool *changes, struct error *error);
/* The day of a registration in an answer, of `zone` (NULL: as it is written); false: it has no date that can be read. */
bool registration_day(struct view object, const struct zone *zone, int32_t *day);

#endif
