/* read_side.h: a side from what was named: an export, a folder that convert published, what Plecto answered or let somebody
 * download. */
#ifndef RECONCILE_READ_SIDE_H
#define RECONCILE_READ_SIDE_H

#include "convert/run_options.h"
#include "reconcile/side.h"

/* Tells what a path is by its content. EXIT_CANNOT_READ where it is nothing of these. */
bool side_recognize(const char *path, enum side_kind *kind, struct error *error);
/* Reads exports as `options` says (their paths among it; the period is not applied), all rows that can be read, writing and
 * reporting nothing. The options are as before in the end. */
bool side_read_export(const char *name, struct run_options *options, struct table *pool, struct side *side,
                      struct error *error);
/* Reads a folder: its receipt, registrations and rejected rows. `zone` may be NULL: then that of the receipt is used. */
bool side_read_folder(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                      struct error *error);
/* Reads the CSV or workbook of a data source as a user downloads it: the columns ID, Employee, Created date, and fields by
 * their titles (assumed: Plecto publishes no form of it). */
bool side_read_plecto_file(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                           struct error *error);
/* Reads answers of GET /registrations/: a list, or an object with `results`; fields beside the ID or below `fields`. */
bool side_read_answer(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                      struct error *error);

/* The same from a text of such answers. */
bool side_read_text(const char *name, struct view text, const struct zone *zone, struct table *pool, struct side *side,
                    struct error *error);
/* Reads what the journal says of the data source of this schema: what Plecto confirmed. EXIT_WRONG_USE where it has none. */
bool side_read_journal(const char *path, const char *schema, const struct zone *zone, struct table *pool,
                       struct side *side, struct error *error);

#endif
