/* duration.h: lengths of time, in ten-thousandths of a second like every other amount. */
#ifndef VALUES_DURATION_H
#define VALUES_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

/* Reads [-][D.]HH:MM:SS[.f], H:MM:SS, MM:SS (call durations: schemas/servicetitan.md, "How values are written") or a
 * plain number of seconds. Hours may exceed 24; minutes and seconds are below 60. `*value` = seconds * DECIMAL_SCALE.
 * False for anything else, and for empty text. */
bool duration_parse(struct view text, int64_t *value);
/* The same; `is_hours_minutes`: two parts are H:MM, of any number of hours. */
bool duration_parse_as(struct view text, bool is_hours_minutes, int64_t *value);
/* Appends HH:MM:SS (hours as many as needed), with .f only where there is a fraction. */
void duration_print(struct buffer *buffer, int64_t value);

#endif
