/* moment.h: a date cell as Plecto gets it: ISO 8601 text, and the tenant's day it belongs to.
 *
 * Rules (schemas/servicetitan.md, "Time zones"): calendar days are never shifted and go out as local
 * noon, so that no viewer sees another day; instants (Z, offset) are shown in the tenant's zone; local times
 * get the zone's offset. Without --tz instants stay as printed, local times stay without offset. */
#ifndef CONVERT_MOMENT_H
#define CONVERT_MOMENT_H

#include "convert/column_form.h"
#include "schema/schema.h"
#include "values/zone.h"

enum moment_kind { MOMENT_DAY, MOMENT_LOCAL, MOMENT_INSTANT };

struct moment {
    char text[48]; /* ISO 8601 */
    uint8_t length;
    uint8_t kind;                  /* enum moment_kind */
    uint8_t fit;                   /* enum zone_fit of a local time */
    uint8_t reason;                /* enum datetime_reason; the rest is set only for DATETIME_FINE */
    uint8_t zone;                  /* enum zone_kind, as written */
    int16_t year;                  /* as written */
    bool is_far;                   /* outside 1990 to 2100, or 2050 to 2068 in two digits */
    bool is_bare;                  /* a time with neither Z nor an offset */
    int32_t day;                   /* tenant's day, days since 1970 */
    int64_t instant;               /* seconds since 1970 UTC; of a local time without a zone as if it were UTC */
    int32_t utc_day;               /* of an instant: its day in UTC */
    struct date_evidence evidence; /* of this one text */
};
_Static_assert(sizeof(((struct moment *)0)->text) <= UINT8_MAX, "the length is a byte");

/* Reads `text` as the field's kind of date; `zone` may be NULL. */
void moment_read(struct view text, const struct field *field, enum date_order order, const struct zone *zone,
                 struct moment *moment);
/* The same of a column whose form is known; NULL: as the schema says. */
void moment_read_as(struct view text, const struct field *field, const struct column_form *form, enum date_order order,
                    const struct zone *zone, struct moment *moment);
/* Local noon of a day, with the zone's offset of that day where there is a zone. */
void moment_noon(int32_t day, const struct zone *zone, struct moment *moment);

#endif
