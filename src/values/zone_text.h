/* zone_text.h: the time zones that the program holds itself (values/zones.txt, made by scripts/zones, which says how a line
 * is written), for systems without any, and for names that the system's data lacks. */
#ifndef VALUES_ZONE_TEXT_H
#define VALUES_ZONE_TEXT_H

#include "values/zone_private.h"

extern const char embedded_zones[]; /* zones.txt */

/* The version of the tz database that it was made from: "2025b". */
struct view zone_text_version(void);
/* Fills a zone by one of its names; false if there is none. */
bool zone_text_read(struct view name, struct zone *zone);
/* The next name behind `*place` (begin with NULL); false behind the last. */
bool zone_text_next(const char **place, struct view *name);

#endif
