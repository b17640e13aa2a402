/* period.h: --period: a stretch of whole days, both ends included. */
#ifndef CLI_PERIOD_H
#define CLI_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "values/zone.h"

/* Today in `zone` (NULL: UTC) as days since 1970. SOURCE_DATE_EPOCH (seconds since 1970) stands for the clock where it
 * is set (reproducible-builds.org); a wrong one is EXIT_WRONG_USE. */
bool period_today(const struct zone *zone, int32_t *today, struct error *error);
/* Whether the text depends on today. */
bool period_is_relative(const char *text);
/* Reads FROM..TO, a single day (ISO: 2025-10-01), a month (2025-10), a quarter (2025-Q4), a week of ISO 8601 (2025-W42) or a
 * year (2025), each also as FROM (its first day) and TO (its last); today, yesterday, last-week (Monday to Sunday), this-month (up to its
 * last day), last-month. */
bool period_parse(const char *text, int32_t today, int32_t *from, int32_t *to, struct error *error);

/* --last 90d (days), 12w (weeks), 6m (months), 1y (years): so many days, or months of the calendar, up to today, which
 * counts. EXIT_WRONG_USE for other texts. */
bool period_parse_last(const char *text, int32_t today, int32_t *from, int32_t *to, struct error *error);
/* --max-age 365d: the oldest day that is kept, counted as for --last. */
bool period_parse_max_age(const char *text, int32_t today, int32_t *oldest, struct error *error);

#endif
