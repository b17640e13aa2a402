/* moment_text.h: the one day, with a time or without, that a text such as a file's name holds.
 *
 * Forms: 2025-10-14, 2025_10_14, 20251014, 10-14-2025, 10_14_25, 10/14/2025, Oct 14, 2025, 14-Oct-2025; a time after it:
 * T06:00:00, 06-00, 0600, 060000, 6:00 PM. Month first, unless the first number is over 12. */
#ifndef VALUES_MOMENT_TEXT_H
#define VALUES_MOMENT_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Seconds since 1970 of that day and time on its own clock (a zone is not looked at). False, and nothing set, where the
 * text holds no day, or more than one. */
bool moment_text_find(struct view text, int64_t *seconds);

#endif
