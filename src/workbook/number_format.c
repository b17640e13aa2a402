/* number_format.c: see number_format.h. A cell's number is a double; text and exponent are shifted as digits, so that
 * nothing is rounded twice. */
#include "workbook/number_format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "values/datetime.h"

#define EXCEL_DIGITS 15
#define DAYS_1900 (-25569)    /* 1899-12-30, in days since 1970 */
#define DAYS_1904 (-24107)    /* 1904-01-01 */
#define LAST_SERIAL 2958466.0 /* behind 9999-12-31 */

struct number_format number_format_built_in(uint32_t id) {
    struct number_format format = {NUMBER_PLAIN, 0};
    if (id == 9 || id == 10) format.kind = NUMBER_PERCENT;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        (id >= 57 && id <= 58) || (id >= 71 && id <= 75) || id == 81)
        format.kind = NUMBER_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56 ||
        (id >= 76 && id <= 80))
        format.kind = NUMBER_TIME;
    if (id == 46) format.kind = NUMBER_ELAPSED;
    return format;
}

/* What the first section of a format code holds. */
struct signs {
    bool date, time, elapsed, percent, other;
    int zeros;
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Behind a bracket: [h], [mm], [s] count on; [Red], [$-409] are looks. Returns its end. */
static size_t read_bracket(struct view code, size_t at, struct signs *signs) {
    size_t end = at + 1;
    char sign = end < code.length ? lower(code.text[end]) : ']';
    bool is_same = sign == 'h' || sign == 'm' || sign == 's';
    for (; end < code.length && code.text[end] != ']'; end++)
        is_same = is_same && lower(code.text[end]) == sign;
    signs->elapsed = signs->elapsed || is_same;
    return end;
}

static struct signs read_signs(struct view code) {
    struct signs signs = {0};
    bool has_month = false;
    for (size_t i = 0; i < code.length && code.text[i] != ';'; i++) {
        char c = lower(code.text[i]);
        if (c == '"') {
            for (i++; i < code.length && code.text[i] != '"'; i++) {
            }
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == '[') {
            i = read_bracket(code, i, &signs);
        } else if (c == 'd' || c == 'y' || c == 'e') {
            signs.date = signs.date || c != 'e' || (i > 0 && !strchr("0#?.", code.text[i - 1]));
            signs.other = true;
        } else if (c == 'h' || c == 's') {
            signs.time = signs.other = true;
        } else if (c == 'm') {
            has_month = signs.other = true;
        } else if (c == '%') {
            signs.percent = true;
        } else if (c == '0') {
            signs.zeros++;
        } else if (c != ' ') {
            signs.other = true;
        }
    }
    if (has_month && !signs.time && !signs.elapsed) signs.date = true; /* "mmm": a month; else it is minutes */
    return signs;
}

struct number_format number_format_read(struct view code) {
    struct number_format format = {NUMBER_PLAIN, 0};
    if (view_equal_fold(code, view_of("general")) || view_is(code, "@")) return format;
    struct signs signs = read_signs(code);
    if (signs.date)
        format.kind = NUMBER_DATE;
    else if (signs.elapsed)
        format.kind = NUMBER_ELAPSED;
    else if (signs.time)
        format.kind = NUMBER_TIME;
    else if (signs.percent)
        format.kind = NUMBER_PERCENT;
    else if (!signs.other && signs.zeros >= 2)
        format = (struct number_format){NUMBER_LEFT_ZERO, signs.zeros};
    return format;
}

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

static void print_plain(struct view number, double value, struct buffer *out) {
    if (is_whole(number)) {
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

static bool print_date(bool is_1904, double value, struct buffer *out) {
    if (value < 0 || value >= LAST_SERIAL) return false;
    int64_t seconds = (int64_t)(value * 86400.0 + 0.5);
    int64_t day = seconds / 86400;
    seconds %= 86400;
    /* Excel's 1900 has a 29 February, which never was: days before it count one less. */
    if (!is_1904 && day < 60) day++;
    date_print(out, (int32_t)day + (is_1904 ? DAYS_1904 : DAYS_1900));
    if (seconds > 0) {
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

static void print_left_zero(int count, struct view number, double value, struct buffer *out) {
    size_t begin = out->length;
    print_plain(number, value, out);
    struct view text = view_from(out->text + begin, out->length - begin);
    if (!is_whole(text) || text.text[0] == '-' || (int)text.length >= count) return;
    char copy[24];
    size_t length = text.length;
    memcpy(copy, text.text, length);
    out->length = begin;
    for (int i = (int)length; i < count; i++)
        buffer_add_char(out, '0');
    buffer_add(out, view_from(copy, length));
}

void number_format_print(struct number_format format, bool is_1904, struct view number, struct buffer *out) {
    char text[64] = "", *end = text;
    double value = 0;
    if (number.length > 0 && number.length < sizeof text) {
        memcpy(text, number.text, number.length);
        text[number.length] = '\0';
        value = strtod(text, &end); /* the program never leaves the C locale */
    }
    bool is_number = end != text && *end == '\0' && isfinite(value);
    if (!is_number) {
        buffer_add(out, number);
        return;
    }
    switch (format.kind) {
    case NUMBER_DATE:
        if (print_date(is_1904, value, out)) return;
        break;
    case NUMBER_TIME: /* a day and more is shown as time of day, but is a date, or a duration */
    case NUMBER_ELAPSED:
        if (print_elapsed(value, out)) return;
        break;
    case NUMBER_PERCENT: print_percent(value, out); return;
    case NUMBER_LEFT_ZERO: print_left_zero(format.digits, number, value, out); return;
    case NUMBER_PLAIN: break;
    }
    print_plain(number, value, out);
}
