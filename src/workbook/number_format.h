/* number_format.h: what a number format makes of a number: a date, a time, a percentage, an ID with zeros.
 * Rules: ECMA-376 part 1, 18.8.30 (built-in formats) and 18.8.31 (format codes). */
#ifndef WORKBOOK_NUMBER_FORMAT_H
#define WORKBOOK_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum number_format_kind {
    NUMBER_PLAIN,   /* and money: the sign is only looks */
    NUMBER_DATE,    /* has a day, month or year, perhaps a time */
    NUMBER_TIME,    /* time of day only: h:mm AM/PM */
    NUMBER_ELAPSED, /* [h]:mm:ss */
    NUMBER_PERCENT, /* 0.00% */
    NUMBER_MASK     /* 00000, "J-"00000, 000-00-0000: an ID or a ZIP code, shown with zeros and signs of its own */
};

/* For which numbers a section is meant. */
enum number_condition {
    CONDITION_NONE, /* by its place: positive; negative; zero */
    CONDITION_LESS,
    CONDITION_AT_MOST,
    CONDITION_EQUAL,
    CONDITION_UNEQUAL,
    CONDITION_AT_LEAST,
    CONDITION_GREATER
};

/* One of up to three sections of a code ("positive;negative;zero"); a section for texts is none. */
struct number_section {
    enum number_format_kind kind;
    bool has_clock; /* of NUMBER_DATE: shows a time of day too */
    bool is_silent; /* shows no number ("-", or nothing at all): the kind is that of the first section */
    enum number_condition condition;
    double limit;     /* of the condition */
    struct view code; /* of NUMBER_MASK: the section itself, borrowed */
};

#define NUMBER_SECTIONS 3

struct number_format {
    struct number_section sections[NUMBER_SECTIONS];
    size_t count;  /* 1 to NUMBER_SECTIONS */
    bool is_plain; /* every section is NUMBER_PLAIN */
    bool is_money; /* its first section shows a currency's sign: an amount */
};

/* Of a built-in format number (0 to 49, and the East Asian dates up to 81); of another: plain. Lives for ever. */
const struct number_format *number_format_built_in(uint32_t id);
/* Of a format code: "m/d/yyyy", "$#,##0.00", "[h]:mm", "00000". The code must outlive the format. A code that breaks
 * the grammar (letters that stand for nothing, such as "Standard") is plain. */
struct number_format number_format_read(struct view code);
/* Appends what cell value `number` (as in the file) means in this format: YYYY-MM-DD[ HH:MM:SS], HH:MM:SS, 68.8%,
 * 00123, or the plain number with at most 15 significant digits, as Excel itself keeps (17-digit noise such as
 * 310.10000000000002 goes; whole numbers written out in the file stay as they are). A number that has lost digits
 * (1.23456789012346E+18) keeps its exponent, so that nobody takes it for an ID. A format with a time of day gives one at
 * midnight too. A format of only a time over a day of this century is that day and time: the day is hidden, not gone.
 * Text that is no number is appended as it is. */
void number_format_print(const struct number_format *format, bool is_1904, struct view number, struct buffer *out);

#endif
