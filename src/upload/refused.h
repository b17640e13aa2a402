/* refused.h: refused.csv beside the journal: what Plecto refused and has not taken since, with its words. The folder that
 * was sent is published and stays as it is. */
#ifndef UPLOAD_REFUSED_H
#define UPLOAD_REFUSED_H

#include "upload/journal.h"

/* Writes it anew, or removes it where nothing is refused (any more); `*path` (owned by the caller) is NULL then. */
bool refused_write(struct journal *journal, char **path, struct error *error);

#endif
