/* period_text.h: the period of a report out of the text that names it: a line above the header or the file's name.
 *
 * Forms (schemas/servicetitan.md, "Web reports and workbooks", and as people write them): 10_01_25 - 10_31_25,
 * 10/01/2025 - 10/31/2025, 2025-10-01 to 2025-10-31, 2025-10-01..2025-10-31, From: 10/01/2025 To: 10/31/2025, Oct 1,
 * 2025 - Oct 31, 2025, each day with a time or without; whole months: October 2025, 2025-10, 10-2025, Jan 2025 - Mar
 * 2025. Month first, unless the first number of either day is over 12. */
#ifndef VALUES_PERIOD_TEXT_H
#define VALUES_PERIOD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Days since 1970, both included. The same period said twice is one. False, and nothing set, where the text holds no
 * period, two different ones, a day that belongs to none ("as of 10/31/2025"; days without a dash or "to" between
 * them), a day that does not exist, or an end before its start. */
bool period_text_find(struct view text, int32_t *from, int32_t *to);

#endif
