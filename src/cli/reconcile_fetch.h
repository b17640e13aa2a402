/* reconcile_fetch.h: Plecto's registrations as the right side of reconcile. */
#ifndef CLI_RECONCILE_FETCH_H
#define CLI_RECONCILE_FETCH_H

#include "cli/convert_options.h"
#include "reconcile/compare.h"

/* Fetches the registrations of --data-source into the right side: of --period, or of the days that the left side has.
 * EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED, EXIT_WRONG_USE. */
bool reconcile_fetch(struct convert_settings *settings, struct comparison *comparison, struct error *error);

#endif
