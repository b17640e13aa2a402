/* number_format.c: see number_format.h. A cell's number is a double; text and exponent are shifted as digits, so that
 * nothing is rounded twice. */
#include "workbook/number_format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "values/datetime.h"
#include "workbook/number_mask.h"

#define EXCEL_DIGITS 15
#define DAYS_1900 (-25569)    /* 1899-12-30, in days since 1970 */
#define DAYS_1904 (-24107)    /* 1904-01-01 */
#define LAST_SERIAL 2958466.0 /* the day after 9999-12-31 */
/* From here on (1954, or 1958 where days count from 1904) a time or a length of time is a moment: 480,000 hours are
 * nobody's. */
#define FIRST_MOMENT 20000.0

/* --- plain numbers ---------------------------------------------------------------------------------- */

/* A number as digits and the place of its point: 0.0123 is "123" and -1. */
struct digits {
    bool is_negative;
    char text[EXCEL_DIGITS + 1];
    int length, point;
};

static struct digits digits_of(double value) {
    struct digits digits = {.is_negative = value < 0};
    char text[40];
    snprintf(text, sizeof text, "%.*e", EXCEL_DIGITS - 1, fabs(value)); /* d.dddde+XX */
    const char *exponent = strchr(text, 'e');
    for (const char *c = text; c < exponent; c++)
        if (*c >= '0' && *c <= '9') digits.text[digits.length++] = *c;
    while (digits.length > 1 && digits.text[digits.length - 1] == '0')
        digits.length--;
    digits.point = (int)strtol(exponent + 1, NULL, 10) + 1;
    if (value == 0) digits.point = 1;
    return digits;
}

static void print_digits(const struct digits *digits, struct buffer *out) {
    if (digits->is_negative) buffer_add_char(out, '-');
    if (digits->point > EXCEL_DIGITS || digits->point < -12) {
        buffer_add_char(out, digits->text[0]);
        if (digits->length > 1) buffer_print(out, ".%.*s", digits->length - 1, digits->text + 1);
        buffer_print(out, "E%+d", digits->point - 1);
        return;
    }
    if (digits->point <= 0) buffer_print(out, "0.%.*s", -digits->point, "000000000000");
    for (int i = 0; i < digits->length || i < digits->point; i++) {
        if (i > 0 && i == digits->point) buffer_add_char(out, '.');
        buffer_add_char(out, i < digits->length ? digits->text[i] : '0');
    }
}

/* -?digits, at most 18 of them: written out by whoever made the file, so exact. */
static bool is_whole(struct view number) {
    size_t i = number.length > 0 && number.text[0] == '-';
    if (number.length - i > 18 || number.length == i) return false;
    for (; i < number.length; i++)
        if (number.text[i] < '0' || number.text[i] > '9') return false;
    return true;
}

/* Up to 15 digits with a point among them, written as we would: no zero that could go, at the front or at the end. */
static bool is_short_decimal(struct view number) {
    size_t i = number.length > 0 && number.text[0] == '-', begin = i, point = SIZE_MAX;
    if (number.length - i > EXCEL_DIGITS + 1 || number.length - i < 3) return false;
    for (; i < number.length; i++) {
        if (number.text[i] == '.' && point == SIZE_MAX)
            point = i;
        else if (number.text[i] < '0' || number.text[i] > '9')
            return false;
    }
    if (point == SIZE_MAX || point == begin || number.text[number.length - 1] == '0' || point == number.length - 1)
        return false;
    return number.text[begin] != '0' || point == begin + 1;
}

static void print_plain(struct view number, double value, struct buffer *out) {
    if (is_whole(number) || is_short_decimal(number)) {
        buffer_add(out, number);
        return;
    }
    struct digits digits = digits_of(value);
    print_digits(&digits, out);
}

/* --- dates and times ----------------------------------------------------------------------------------- */

static void print_clock(struct buffer *out, int64_t seconds) {
    buffer_print(out, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static bool print_date(bool is_1904, bool has_clock, double value, struct buffer *out) {
    if (value < 0 || value >= LAST_SERIAL) return false;
    int64_t seconds = (int64_t)(value * 86400.0 + 0.5);
    int64_t day = seconds / 86400;
    seconds %= 86400;
    /* Excel's 1900 has a 29 February, which never was: days before it count one less. */
    if (!is_1904 && day < 60) day++;
    date_print(out, (int32_t)day + (is_1904 ? DAYS_1904 : DAYS_1900));
    if (seconds > 0 || has_clock) {
        buffer_add_char(out, ' ');
        print_clock(out, seconds);
    }
    return true;
}

static bool print_elapsed(double value, struct buffer *out) {
    if (fabs(value) > LAST_SERIAL) return false;
    int64_t milliseconds = (int64_t)(fabs(value) * 86400000.0 + 0.5), seconds = milliseconds / 1000;
    if (value < 0 && milliseconds > 0) buffer_add_char(out, '-');
    print_clock(out, seconds);
    if (milliseconds % 1000 > 0) buffer_print(out, ".%03d", (int)(milliseconds % 1000));
    return true;
}

static void print_percent(double value, struct buffer *out) {
    struct digits digits = digits_of(value);
    if (value != 0) digits.point += 2;
    print_digits(&digits, out);
    buffer_add_char(out, '%');
}

/* Whole numbers that are not negative; others as they are. */
static void print_mask(struct view code, struct view number, double value, struct buffer *out) {
    struct buffer plain = {0};
    print_plain(number, value, &plain);
    struct view text = buffer_view(&plain);
    if (is_whole(text) && text.text[0] != '-')
        number_mask_print(code, text, out);
    else
        buffer_add(out, text);
    buffer_free(&plain);
}

/* --- sections ---------------------------------------------------------------------------------------------- */

static bool holds(const struct number_section *section, double value) {
    switch (section->condition) {
    case CONDITION_LESS: return value < section->limit;
    case CONDITION_AT_MOST: return value <= section->limit;
    case CONDITION_EQUAL: return value == section->limit;
    case CONDITION_UNEQUAL: return value != section->limit;
    case CONDITION_AT_LEAST: return value >= section->limit;
    case CONDITION_GREATER: return value > section->limit;
    case CONDITION_NONE: break;
    }
    return false;
}

/* The first of two sections is for numbers from zero on, the first of three for those above; the second of three for
 * those below; the last for the rest. */
static bool is_section_for(const struct number_format *format, size_t index, double value) {
    const struct number_section *section = &format->sections[index];
    if (index + 1 == format->count) return true;
    if (section->condition != CONDITION_NONE) return holds(section, value);
    if (index > 0) return value < 0;
    return format->count == 2 ? value >= 0 : value > 0;
}

static const struct number_section *section_for(const struct number_format *format, double value) {
    size_t index = 0;
    while (!is_section_for(format, index, value))
        index++;
    return format->sections[index].is_silent ? &format->sections[0] : &format->sections[index];
}

/* The value of a number as XML Schema writes a double, finite. */
static bool read_double(struct view number, double *value) {
    char text[64], *end;
    if (number.length == 0 || number.length >= sizeof text) return false;
    for (size_t i = 0; i < number.length; i++) {
        char c = number.text[i];
        if ((c < '0' || c > '9') && !memchr("+-.eE", c, 5)) return false;
        text[i] = c;
    }
    text[number.length] = '\0';
    *value = strtod(text, &end); /* the program never leaves the C locale */
    return *end == '\0' && isfinite(*value);
}

void number_format_print(const struct number_format *format, bool is_1904, struct view number, struct buffer *out) {
    double value = 0;
    bool is_known = format->is_plain && (is_whole(number) || is_short_decimal(number)); /* nearly all amounts */
    if (is_known || !read_double(number, &value)) {
        buffer_add(out, number);
        return;
    }
    const struct number_section *section = section_for(format, value);
    switch (section->kind) {
    case NUMBER_DATE:
        if (print_date(is_1904, section->has_clock, value, out)) return;
        break;
    case NUMBER_TIME:
    case NUMBER_ELAPSED:
        if (value >= FIRST_MOMENT && print_date(is_1904, true, value, out)) return;
        if (print_elapsed(value, out)) return;
        break;
    case NUMBER_PERCENT: print_percent(value, out); return;
    case NUMBER_MASK: print_mask(section->code, number, value, out); return;
    case NUMBER_PLAIN: break;
    }
    print_plain(number, value, out);
}
