/* zone.h: the tenant's time zone from the system's tz database (TZif files, RFC 8536), or from the one that the program holds
 * itself; read by us because libc's TZ is one for the whole process. */
#ifndef VALUES_ZONE_H
#define VALUES_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "values/datetime.h"

struct zone;

/* Opens `name` ("America/Phoenix", "UTC") in the folder of port/zones.h, else from what the program holds; names that lead out
 * of that folder are refused. Errors: EXIT_WRONG_USE with the nearest existing name where there is one. */
bool zone_open(const char *name, struct zone **zone, struct error *error);
void zone_close(struct zone *zone); /* NULL is fine */
const char *zone_name(const struct zone *zone);
/* Which data it is of: "2025b, system" or "2025b, embedded"; "system" where that does not say its version. */
const char *zone_data(const struct zone *zone);
/* The same of the zones that would be opened; the caller frees. */
char *zone_data_at_hand(void);

/* Offset in seconds east of UTC at an instant (seconds since 1970 UTC); uses the file's POSIX rule
 * behind its last transition. Safe from many threads. */
int zone_offset_at(const struct zone *zone, int64_t instant);

/* What summer time adds to the offset at an instant, in seconds: the offset less the lesser of those in January and in July
 * of its year; 0 in winter and where there is no summer time. */
int zone_summer_at(const struct zone *zone, int64_t instant);

/* How a local time maps: once, never (clock moved forward) or twice (moved back). */
enum zone_fit { ZONE_ONCE, ZONE_GAP, ZONE_TWICE };
/* Offset for a local wall time (seconds since 1970 as if it were UTC). GAP: the offset before the
 * change. TWICE: the first (daylight-saving) one. */
enum zone_fit zone_offset_for_local(const struct zone *zone, int64_t local_seconds, int *offset);

/* Seconds since 1970 of the calendar fields as if they were UTC (fraction ignored). */
int64_t datetime_seconds(const struct datetime *value);
/* Fills year…second from such seconds; has_time true, fraction and zone untouched. */
void datetime_from_seconds(int64_t seconds, struct datetime *value);

#endif
