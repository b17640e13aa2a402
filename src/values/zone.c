/* zone.c: offsets of a time zone at any instant: the file's transitions, and behind the last one its rule
 * (posix_rule.c). Immutable after opening, so any number of threads may ask. */
#include "values/zone.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "values/zone_private.h"

#define SECONDS_A_DAY 86400

int zone_offset_at(const struct zone *zone, int64_t instant) {
    if (zone->count == 0 || instant < zone->instants[0])
        return zone->count == 0 && zone->has_rule ? posix_rule_offset(&zone->rule, instant) : zone->first_offset;
    if (instant >= zone->instants[zone->count - 1] && zone->has_rule) return posix_rule_offset(&zone->rule, instant);
    size_t low = 0, high = zone->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (zone->instants[middle] <= instant)
            low = middle;
        else
            high = middle;
    }
    return zone->offsets[low];
}

int zone_summer_at(const struct zone *zone, int64_t instant) {
    struct datetime value;
    datetime_from_seconds(instant, &value);
    int january = zone_offset_at(zone, (int64_t)date_to_days(value.year, 1, 15) * SECONDS_A_DAY),
        july = zone_offset_at(zone, (int64_t)date_to_days(value.year, 7, 15) * SECONDS_A_DAY);
    return zone_offset_at(zone, instant) - (january < july ? january : july);
}

enum zone_fit zone_offset_for_local(const struct zone *zone, int64_t local_seconds, int *offset) {
    /* the offsets well before and well after the time; they differ only around a change */
    int before = zone_offset_at(zone, local_seconds - SECONDS_A_DAY);
    int after = zone_offset_at(zone, local_seconds + SECONDS_A_DAY);
    bool fits_before = zone_offset_at(zone, local_seconds - before) == before;
    bool fits_after = zone_offset_at(zone, local_seconds - after) == after;
    *offset = fits_before || !fits_after ? before : after;
    if (!fits_before && !fits_after) return ZONE_GAP;
    return fits_before && fits_after && before != after ? ZONE_TWICE : ZONE_ONCE;
}

const char *zone_name(const struct zone *zone) {
    return zone->name;
}

const char *zone_data(const struct zone *zone) {
    return zone->data;
}

void zone_close(struct zone *zone) {
    if (!zone) return;
    free(zone->name);
    free(zone->data);
    free(zone->instants);
    free(zone->offsets);
    free(zone);
}
