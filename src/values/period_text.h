/* period_text.h: the period of a report out of the text that names it: a line above the header or the file's name.
 *
 * Forms (servicetitan.md 25.2 and as people write them): 10_01_25 - 10_31_25, 10/01/2025 - 10/31/2025, 2025-10-01 to
 * 2025-10-31, 2025-10-01..2025-10-31, From: 10/01/2025 To: 10/31/2025, Oct 1, 2025 - Oct 31, 2025; whole months:
 * October 2025, 2025-10. Month first, unless the first number is over 12. */
#ifndef VALUES_PERIOD_TEXT_H
#define VALUES_PERIOD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Days since 1970, both included. False where the text holds no period, more than one, one day only, days that do not
 * exist, or an end before its start. */
bool period_text_find(struct view text, int32_t *from, int32_t *to);

#endif
