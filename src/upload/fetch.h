/* fetch.h: the registrations of a data source as Plecto holds them, of some days. */
#ifndef UPLOAD_FETCH_H
#define UPLOAD_FETCH_H

#include "base/buffer.h"
#include "upload/client.h"
#include "values/zone.h"

/* Appends the registrations of the days `from` to `to` (days since 1970, both included; of `zone`, or NULL: as Plecto says
 * them), one JSON object a line. `*changes` becomes true where they changed while they were read: one came on two pages, or
 * a page says another count than the first one. EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED. */
bool fetch_registrations(struct client *client, const char *uuid, int32_t from, int32_t to, const struct zone *zone,
                         struct buffer *lines, bool *changes, struct error *error);

#endif
