/* columns.h: the columns of the upload's reports in text: names on the left, counts and amounts on the right. */
#ifndef UPLOAD_COLUMNS_H
#define UPLOAD_COLUMNS_H

#include "base/buffer.h"
#include "values/decimal.h"

/* Text from outside, left or right in a column. */
void columns_text(struct buffer *out, const char *text, size_t width, bool is_right);
/* Amounts and counts as people write them, on the right. */
void columns_amount(struct buffer *out, wide_integer amount, size_t width, bool with_sign);
void columns_count(struct buffer *out, uint64_t count, size_t width);

#endif
