/* zone_names.h: names under which people know a time zone and the tz database does not: abbreviations (CST), Windows'
 * names ("Central Standard Time") and those that its settings show ("Central Time (US & Canada)"). */
#ifndef VALUES_ZONE_NAMES_H
#define VALUES_ZONE_NAMES_H

#include <stdbool.h>

#include "base/view.h"

/* The zone that is likely meant by such a name ("America/Chicago"), or NULL. A proposal, never taken by itself: CST is
 * China's too, and Windows' Central Standard Time has summer time where the abbreviation says that it has none. */
const char *zone_proposal(struct view name);
/* Whether a name is an offset: UTC-5, GMT+2, -05:00. */
bool zone_is_offset(struct view name);
/* EST, MST and HST are zones of the tz database: without summer time all year. */
bool zone_is_fixed_abbreviation(struct view name);

#endif
