/* verify_zone.c: all dates differ by the same time: that is one difference, of a time zone, and not one of each registration. */
#include <stdlib.h>
#include <string.h>

#include "upload/plecto_facts.h"
#include "upload/verify.h"

#define QUARTER 900 /* seconds: zones are whole quarters of an hour, */
#define LARGEST (14 * 3600) /* and none is further from another than this */
#define FEWEST 3

void verify_zone_note(struct verify_zone *zone, struct view published, struct view plecto) {
    int64_t seconds = 0;
    if (!verify_time_between(published, plecto, &seconds)) {
        zone->is_mixed = true;
        return;
    }
    if (zone->compared > 0 && seconds != zone->seconds) zone->is_mixed = true;
    zone->seconds = seconds;
    zone->compared++;
}

static void free_difference(struct verify_difference *difference) {
    free(difference->title);
    free(difference->published);
    free(difference->plecto);
}

/* Takes the date out of what differs. */
static void drop_date(struct verify_detail *detail) {
    size_t kept = 0;
    for (size_t i = 0; i < detail->difference_count; i++) {
        if (strcmp(detail->differences[i].title, KEY_DATE) == 0)
            free_difference(&detail->differences[i]);
        else
            detail->differences[kept++] = detail->differences[i];
    }
    detail->difference_count = kept;
}

void verify_zone_settle(const struct verify_zone *zone, struct verify_result *result) {
    size_t kept = 0;
    bool is_zone = !zone->is_mixed && zone->compared >= FEWEST && zone->seconds != 0 && zone->seconds % QUARTER == 0 &&
                   llabs(zone->seconds) <= LARGEST;
    if (!is_zone) return;
    result->zone_seconds = zone->seconds;
    result->counts[VERIFY_DIFFERENT] -= zone->date_alone;
    result->counts[VERIFY_SAME] += zone->date_alone;
    for (size_t i = 0; i < result->detail_count; i++) {
        struct verify_detail *detail = &result->details[i];
        if (detail->kind == VERIFY_DIFFERENT) drop_date(detail);
        if (detail->kind != VERIFY_DIFFERENT || detail->difference_count > 0) {
            result->details[kept++] = *detail;
            continue;
        }
        free(detail->differences);
        free(detail->id);
        free(detail->day);
        free(detail->person);
    }
    result->detail_count = kept;
}
