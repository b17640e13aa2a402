/* pace.h: when the next request may go out: the spacing that keeps us below the hourly limit, and the waits before
 * another try. Pure: clocks and chance are given. */
#ifndef UPLOAD_PACE_H
#define UPLOAD_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

struct pace {
    double interval; /* seconds between the starts of two requests */
    double next;     /* the earliest start of the next one; seconds of a steady clock */
};

/* `rate`: requests an hour, at least 1. The first request may go out at once. */
void pace_start(struct pace *pace, uint64_t rate);
/* Takes the next place: seconds to wait from `now`. A place that was not used is not made up for. */
double pace_take(struct pace *pace, double now);

/* The wait before try number `attempt` + 1 (0: the first one failed): 0.25 s doubled each time, at most 60 s, of which
 * `chance` (0 to 1) takes up to half away, so that many clients do not come back at once. */
double pace_back_off(unsigned attempt, double chance);

/* Reads Retry-After (RFC 9110, 10.2.3): whole seconds, or an HTTP date in any of its three forms (5.6.7), against `now`
 * (seconds since 1970 UTC). Seconds to wait, 0 for a date that is past; false for other texts. */
bool pace_retry_after(struct view text, int64_t now, double *seconds);

#endif
