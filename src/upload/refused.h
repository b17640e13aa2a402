/* refused.h: refused.csv beside the journal (NAME-refused.csv where that is not called journal.db): what Plecto refused and has not taken since, with its words. The folder that
 * was sent is published and stays as it is. */
#ifndef UPLOAD_REFUSED_H
#define UPLOAD_REFUSED_H

#include "output/place.h"
#include "upload/journal.h"

/* Writes it anew, or removes it where nothing is refused (any more); `*path` (owned by the caller) is NULL then.
 * `watch` as in output/place.h. */
bool refused_write(struct journal *journal, const struct place_watch *watch, char **path, struct error *error);

#endif
