/* fuzz_zone.c: time zone files and POSIX rules: no instant and no wall time may lead astray. */
#include <stdlib.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "values/zone_private.h"

#define WEEK 604800

/* RFC 8536 knows no bounds; ours are those of POSIX: a week. */
static void check_offset(int offset) {
    fuzz_require(offset > -WEEK && offset < WEEK, "offset %d", offset);
}

static void check_zone(const struct zone *zone) {
    static const int64_t instants[] = {INT64_MIN / 4, -100000000000, -1,           0,
                                       1761000000,    4102444800,    253402300799, INT64_MAX / 4};
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        int offset = 0;
        zone_offset_at(zone, instants[i]);
        zone_offset_for_local(zone, instants[i], &offset);
    }
    for (size_t i = 0; i < zone->count && i < 50; i++) {
        int offset = 0;
        if (zone->instants[i] < INT64_MIN / 4 || zone->instants[i] > INT64_MAX / 4) continue;
        if (zone_offset_for_local(zone, zone->instants[i], &offset) == ZONE_ONCE)
            fuzz_require(zone_offset_at(zone, zone->instants[i] - offset) == offset, "wall time and back");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size);
    struct posix_rule rule;
    if (posix_rule_parse(bytes, &rule)) {
        check_offset(rule.standard);
        for (int64_t instant = 0; instant < 4102444800; instant += 86400 * 97)
            check_offset(posix_rule_offset(&rule, instant));
    }
    struct zone *zone = memory_get_zero(1, sizeof *zone);
    if (zone_read(bytes, zone)) check_zone(zone);
    zone_close(zone);
    return 0;
}
