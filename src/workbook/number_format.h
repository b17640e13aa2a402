/* number_format.h: what a number format makes of a number: a date, a time, a percentage, an ID with zeros.
 * Rules: ECMA-376 part 1, 18.8.30 (built-in formats) and 18.8.31 (format codes). */
#ifndef WORKBOOK_NUMBER_FORMAT_H
#define WORKBOOK_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum number_format_kind {
    NUMBER_PLAIN,    /* and money: the sign is only looks */
    NUMBER_DATE,     /* has a day, month or year, perhaps a time */
    NUMBER_TIME,     /* time of day only: h:mm AM/PM */
    NUMBER_ELAPSED,  /* [h]:mm:ss */
    NUMBER_PERCENT,  /* 0.00% */
    NUMBER_LEFT_ZERO /* 00000: shown with leading zeros, an ID or a ZIP code */
};

struct number_format {
    enum number_format_kind kind;
    int digits; /* of NUMBER_LEFT_ZERO */
};

/* Of a built-in format number (0 to 49, and the East Asian dates up to 81). */
struct number_format number_format_built_in(uint32_t id);
/* Of a format code: "m/d/yyyy", "$#,##0.00", "[h]:mm", "00000". */
struct number_format number_format_read(struct view code);
/* Appends what cell value `number` (as in the file) means in this format: YYYY-MM-DD[ HH:MM:SS], HH:MM:SS, 68.8%,
 * 00123, or the plain number with at most 15 significant digits, as Excel itself keeps (17-digit noise such as
 * 310.10000000000002 goes; whole numbers written out in the file stay as they are). A number that has lost digits
 * (1.23456789012346E+18) keeps its exponent, so that nobody takes it for an ID. Text that is no number is appended
 * as it is. */
void number_format_print(struct number_format format, bool is_1904, struct view number, struct buffer *out);

#endif
