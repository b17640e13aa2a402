/* data_source.h: which of Plecto's data sources a folder goes to, and whether it may. */
#ifndef UPLOAD_DATA_SOURCE_H
#define UPLOAD_DATA_SOURCE_H

#include "upload/journal.h"
#include "upload/published.h"

#define UUID_LENGTH 36

/* Reads a UUID, 32 hex digits with dashes or without, in the spelling in which it came: so it is sent (Plecto's own have no
 * dashes, plecto_facts.h); false for others. */
bool data_source_uuid(struct view text, char uuid[UUID_LENGTH + 1]);
/* Reads one into the spelling in which UUIDs are compared and hashed: lower case, 8-4-4-4-12. */
bool data_source_dashed(struct view text, char uuid[UUID_LENGTH + 1]);
/* Whether two UUIDs, in whatever spelling, are the same. */
bool data_source_is_same(struct view left, struct view right);

/* Finds the data source: `given` (--data-source, NULL if none), else that of the registrations, else the one the journal
 * remembers for this schema and kind of totals. `source` has number 0 where the journal does not know it yet, and an
 * empty uuid (NULL) where nobody names one. EXIT_WRONG_USE: no UUID, two that differ, one that is known with another
 * schema or other totals, several that fit. The caller frees `source`. */
bool data_source_choose(const struct published *published, struct journal *journal, const char *given,
                        struct journal_source *source, struct error *error);

#endif
