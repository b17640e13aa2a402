/* number_mask.h: format codes that write a whole number as an ID. Private to workbook/number_*.c. */
#ifndef WORKBOOK_NUMBER_MASK_H
#define WORKBOOK_NUMBER_MASK_H

#include <stdbool.h>

#include "base/buffer.h"

/* Whether a section of places of digits and literals writes an ID ("J-"00000, 000-00-0000) rather than an amount with
 * its sign or unit ($00, 00" hrs"). */
bool number_mask_is_id(struct view section);
/* Appends a whole number (digits only, at most 18) as the section shows it. */
void number_mask_print(struct view section, struct view digits, struct buffer *out);

#endif
