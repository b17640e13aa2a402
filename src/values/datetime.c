/* datetime.c: recognising dates by their shape: year first, or two small numbers first. */
#include "values/datetime.h"

#include "values/blanks.h"
#include "values/boolean.h"
#include "values/decimal.h"
#include "values/month_name.h"
#include "values/zone.h"

/* A text that is read from its begin. */
struct scan {
    const char *place, *end;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits; false if there are fewer, or one more. */
static bool take_number(struct scan *scan, int least, int most, int *value, int *digits) {
    int count = 0;
    *value = 0;
    while (scan->place < scan->end && is_digit(*scan->place) && count < most) {
        *value = *value * 10 + (*scan->place++ - '0');
        count++;
    }
    if (digits) *digits = count;
    return count >= least && (scan->place == scan->end || !is_digit(*scan->place));
}

static bool take_char(struct scan *scan, char c) {
    if (scan->place == scan->end || *scan->place != c) return false;
    scan->place++;
    return true;
}

static bool take_blanks(struct scan *scan) {
    const char *start = scan->place;
    while (scan->place < scan->end && (*scan->place == ' ' || *scan->place == '\t'))
        scan->place++;
    return scan->place > start;
}

static bool take_letter(struct scan *scan, char lower) {
    if (scan->place == scan->end || (*scan->place | 0x20) != lower) return false;
    scan->place++;
    return true;
}

/* The digits behind the point of a second: the first nine count, trailing zeros cut. Strict workbooks write twenty. */
static bool take_fraction(struct scan *scan, struct datetime *value) {
    size_t count = 0;
    const char *start = scan->place;
    for (; scan->place < scan->end && is_digit(*scan->place); scan->place++) {
        if (count < 9) value->fraction[count++] = *scan->place;
    }
    while (count > 0 && value->fraction[count - 1] == '0')
        count--;
    value->fraction[count] = '\0';
    return scan->place > start;
}

/* A word in lower case, in any case. */
static bool take_word(struct scan *scan, const char *word) {
    if (!view_starts_with_fold(view_from(scan->place, (size_t)(scan->end - scan->place)), word)) return false;
    scan->place += strlen(word);
    return true;
}

/* Z, UTC, GMT, +HH:MM, +HHMM, -HH or nothing. */
static bool take_zone(struct scan *scan, struct datetime *value) {
    if (scan->place == scan->end) return true;
    if (take_word(scan, "utc") || take_word(scan, "gmt") || take_letter(scan, 'z')) {
        value->zone = ZONE_UTC;
        return true;
    }
    int sign = take_char(scan, '+') ? 1 : take_char(scan, '-') ? -1 : 0;
    if (sign == 0 || scan->end - scan->place < 2 || !is_digit(scan->place[0]) || !is_digit(scan->place[1]))
        return false;
    int hours = (scan->place[0] - '0') * 10 + scan->place[1] - '0', minutes = 0;
    scan->place += 2;
    bool has_colon = take_char(scan, ':');
    if ((has_colon || scan->place < scan->end) && !take_number(scan, 2, 2, &minutes, NULL)) return false;
    if (hours > 15 || minutes > 59) return false;
    value->zone = ZONE_OFFSET;
    value->offset = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* AM, PM, a.m., p. m. (as browsers write it in Spanish), P where there is one: whether it is well-formed. Into `*half`: 'a',
 * 'p' or NUL. */
static bool take_half(struct scan *scan, char *half) {
    *half = take_letter(scan, 'a') ? 'a' : take_letter(scan, 'p') ? 'p' : '\0';
    if (*half == '\0' || scan->place == scan->end || *scan->place == ' ') return true;
    bool has_point = take_char(scan, '.');
    if (has_point) take_blanks(scan);
    return take_letter(scan, 'm') && (!has_point || take_char(scan, '.'));
}

/* HH:MM[:SS[.f]], with AM or PM behind it perhaps; then HH alone is enough. */
static enum datetime_reason take_time(struct scan *scan, struct datetime *value) {
    char half;
    if (!take_number(scan, 1, 2, &value->hour, NULL)) return DATETIME_NOT_DATE;
    bool has_minute = take_char(scan, ':');
    if (has_minute && !take_number(scan, 2, 2, &value->minute, NULL)) return DATETIME_NOT_DATE;
    if (has_minute && take_char(scan, ':') && !take_number(scan, 2, 2, &value->second, NULL)) return DATETIME_NOT_DATE;
    if (has_minute && take_char(scan, '.') && !take_fraction(scan, value)) return DATETIME_NOT_DATE;
    value->has_time = true;
    take_blanks(scan);
    if (!take_half(scan, &half) || (!has_minute && half == '\0')) return DATETIME_NOT_DATE;
    if (half != '\0') {
        if (value->hour < 1 || value->hour > 12) return DATETIME_NO_SUCH_DAY;
        value->hour = value->hour % 12 + (half == 'p' ? 12 : 0);
    }
    if (value->hour > 23 || value->minute > 59 || value->second > 59) return DATETIME_NO_SUCH_DAY;
    return DATETIME_FINE;
}

static enum datetime_reason check_day(const struct datetime *value) {
    if (value->year < 1900) return DATETIME_PLACEHOLDER; /* 0001-01-01, 1899-12-30: programs print them for "no date" */
    if (value->month < 1 || value->month > 12 || value->day < 1 ||
        value->day > date_month_length(value->year, value->month))
        return DATETIME_NO_SUCH_DAY;
    return DATETIME_FINE;
}

/* A year of two digits is one of 1969 to 2068, whatever the clock says (POSIX, strptime %y). */
static void set_year(struct datetime *value, int year, int digits) {
    value->is_short_year = digits == 2;
    value->year = digits > 2 ? year : year + (year < 69 ? 2000 : 1900);
}

static enum datetime_reason take_time_and_zone(struct scan *scan, struct datetime *value) {
    enum datetime_reason reason = take_time(scan, value);
    if (reason != DATETIME_FINE) return reason;
    take_blanks(scan);
    return take_zone(scan, value) && scan->place == scan->end ? DATETIME_FINE : DATETIME_NOT_DATE;
}

/* YYYY-MM-DD or YYYY/MM/DD, with what may follow. */
static enum datetime_reason read_year_first(struct scan *scan, struct datetime *value) {
    char separator;
    if (!take_number(scan, 4, 4, &value->year, NULL) || scan->place == scan->end) return DATETIME_NOT_DATE;
    separator = *scan->place++;
    if ((separator != '-' && separator != '/' && separator != '.') || !take_number(scan, 1, 2, &value->month, NULL) ||
        !take_char(scan, separator) || !take_number(scan, 1, 2, &value->day, NULL))
        return DATETIME_NOT_DATE;
    if (scan->place < scan->end) {
        if (!take_letter(scan, 't') && !take_blanks(scan)) return DATETIME_NOT_DATE;
        enum datetime_reason reason = take_time_and_zone(scan, value);
        if (reason != DATETIME_FINE) return reason;
    }
    return scan->place == scan->end ? check_day(value) : DATETIME_NOT_DATE;
}

static void count_evidence(int first, int second, struct date_evidence *evidence) {
    if (!evidence) return;
    evidence->slashed++;
    /* 13/45/2025 is no day in any order and proves nothing */
    evidence->first_over += first > 12 && second <= 12;
    evidence->second_over += second > 12 && first <= 12;
    evidence->ambiguous += first <= 12 && second <= 12 && first != second;
}

/* N/N/YYYY: which number is the month is what `order` says. */
static enum datetime_reason read_year_last(struct scan *scan, enum date_order order, struct datetime *value,
                                           struct date_evidence *evidence) {
    int first, second, third, digits;
    if (!take_number(scan, 1, 2, &first, NULL) || scan->place == scan->end) return DATETIME_NOT_DATE;
    char separator = *scan->place++;
    if ((separator != '/' && separator != '-' && separator != '.') || !take_number(scan, 1, 2, &second, NULL) ||
        !take_char(scan, separator) || !take_number(scan, 2, 4, &third, &digits) || digits == 3)
        return DATETIME_NOT_DATE;
    if (scan->place < scan->end) {
        take_char(scan, ',');
        if (!take_blanks(scan)) return DATETIME_NOT_DATE;
        enum datetime_reason reason = take_time_and_zone(scan, value);
        if (reason != DATETIME_FINE) return reason;
    }
    bool is_day_zero = second == 0 && (first == 0 || first == 1) && (third == 1900 || third == 0);
    if ((digits == 4 && third < 1900) || is_day_zero) return DATETIME_PLACEHOLDER; /* 1/0/1900: Excel's day number 0 */
    if (digits == 2 && order == DATE_ORDER_YMD) {
        set_year(value, first, 2);
        value->month = second;
        value->day = third;
        return check_day(value);
    }
    count_evidence(first, second, evidence);
    set_year(value, third, digits);
    if (order != DATE_ORDER_MDY && order != DATE_ORDER_DMY) {
        if (first <= 12 && second <= 12 && first != second) return DATETIME_AMBIGUOUS;
        order = first > 12 ? DATE_ORDER_DMY : DATE_ORDER_MDY;
    }
    value->month = order == DATE_ORDER_MDY ? first : second;
    value->day = order == DATE_ORDER_MDY ? second : first;
    return check_day(value);
}

/* --- months by name --------------------------------------------------------------------------------- */

/* Whether the word is a day of the week, whole or its first three letters. */
static bool is_weekday(struct view word) {
    static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct view name = view_of(days[i]);
        if (view_equal_fold(word, name) || (word.length == 3 && view_equal_fold(word, view_from(name.text, 3)))) return true;
    }
    return false;
}

static struct view take_letters(struct scan *scan) {
    const char *start = scan->place;
    while (scan->place < scan->end && (*scan->place | 0x20) >= 'a' && (*scan->place | 0x20) <= 'z')
        scan->place++;
    return view_from(start, (size_t)(scan->place - start));
}

/* What stands between the parts: blanks, a comma, a point or a dash; false where there is nothing. */
static bool take_separator(struct scan *scan) {
    const char *start = scan->place;
    take_blanks(scan);
    if (scan->place < scan->end && *scan->place != '\0' && strchr(",.-/", *scan->place)) scan->place++;
    take_blanks(scan);
    return scan->place > start;
}

static int take_month(struct scan *scan) {
    int month = month_by_name(take_letters(scan));
    if (month > 0) take_char(scan, '.'); /* "Oct. 23" */
    return month;
}

/* 2025-Oct-23. */
static enum datetime_reason read_year_and_name(struct scan *scan, struct datetime *value) {
    if (!take_number(scan, 4, 4, &value->year, NULL) || !take_separator(scan)) return DATETIME_NOT_DATE;
    value->month = take_month(scan);
    if (value->month == 0 || !take_separator(scan) || !take_number(scan, 1, 2, &value->day, NULL))
        return DATETIME_NOT_DATE;
    if (scan->place < scan->end) {
        if (!take_blanks(scan)) return DATETIME_NOT_DATE;
        enum datetime_reason reason = take_time_and_zone(scan, value);
        if (reason != DATETIME_FINE) return reason;
    }
    return check_day(value);
}

/* Oct 23, 2025; 23-Oct-25; October 23, 2025 3:04 PM. */
static enum datetime_reason read_month_name(struct scan *scan, struct datetime *value) {
    int digits;
    bool is_day_first = scan->place < scan->end && is_digit(*scan->place);
    if (is_day_first) {
        if (!take_number(scan, 1, 2, &value->day, NULL) || !take_separator(scan)) return DATETIME_NOT_DATE;
        value->month = take_month(scan);
    } else {
        value->month = take_month(scan);
        if (!take_separator(scan) || !take_number(scan, 1, 2, &value->day, NULL)) return DATETIME_NOT_DATE;
    }
    if (value->month == 0 || !take_separator(scan) || !take_number(scan, 2, 4, &value->year, &digits) || digits == 3)
        return DATETIME_NOT_DATE;
    if (value->day == 0 && value->month == 1 && (value->year == 1900 || value->year == 0)) return DATETIME_PLACEHOLDER;
    set_year(value, value->year, digits);
    if (scan->place < scan->end) {
        take_char(scan, ',');
        if (!take_blanks(scan)) return DATETIME_NOT_DATE;
        if (take_word(scan, "at")) take_blanks(scan);
        enum datetime_reason reason = take_time_and_zone(scan, value);
        if (reason != DATETIME_FINE) return reason;
    }
    return check_day(value);
}

/* The text behind a day of the week: "Thursday, ", "Thu "; the whole where there is none. */
static struct view without_weekday(struct view text) {
    struct scan ahead = {text.text, text.text + text.length};
    if (!is_weekday(take_letters(&ahead)) || !take_separator(&ahead)) return text;
    return view_from(ahead.place, (size_t)(ahead.end - ahead.place));
}

/* One or two digits; moves `*at` behind them. False if there is none. */
static bool take_short(const char **at, const char *end, int *value) {
    if (*at == end || !is_digit(**at)) return false;
    *value = *(*at)++ - '0';
    if (*at < end && is_digit(**at)) *value = *value * 10 + (*(*at)++ - '0');
    return true;
}

/* The form that web exports have, M/D/YYYY h:mm AM, where the order is known and all is in range. False: the long way
 * looks at it. */
static bool read_plain(struct view text, enum date_order order, struct datetime *value, struct date_evidence *evidence) {
    const char *at = text.text, *end = text.text + text.length;
    int first, second, year, hour;
    if ((order != DATE_ORDER_MDY && order != DATE_ORDER_DMY) || !take_short(&at, end, &first) || at == end ||
        *at++ != '/' || !take_short(&at, end, &second) || end - at < 11 || *at++ != '/')
        return false;
    if (!is_digit(at[0]) || !is_digit(at[1]) || !is_digit(at[2]) || !is_digit(at[3]) || at[4] != ' ') return false;
    year = (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
    at += 5;
    if (!take_short(&at, end, &hour) || end - at != 6 || at[0] != ':' || !is_digit(at[1]) || !is_digit(at[2]) ||
        at[3] != ' ' || (at[4] != 'A' && at[4] != 'P') || at[5] != 'M')
        return false;
    int month = order == DATE_ORDER_MDY ? first : second, day = order == DATE_ORDER_MDY ? second : first;
    int minute = (at[1] - '0') * 10 + (at[2] - '0');
    if (year < 1900 || hour < 1 || hour > 12 || minute > 59 || month < 1 || month > 12 || day < 1 ||
        day > date_month_length(year, month))
        return false;
    count_evidence(first, second, evidence);
    *value = (struct datetime){.year = year, .month = month, .day = day, .minute = minute, .has_time = true};
    value->hour = hour % 12 + (at[4] == 'P' ? 12 : 0);
    return true;
}

enum datetime_reason datetime_parse(struct view text, enum date_order order, struct datetime *result,
                                    struct date_evidence *evidence) {
    text = view_trim(text);
    if (text.length == 0) return DATETIME_EMPTY;
    if (read_plain(text, order, result, evidence)) return DATETIME_FINE;
    char room[BLANKS_ROOM];
    text = blanks_plain(text, room);
    if (text.length == 0) return DATETIME_EMPTY;
    struct view whole = text;
    if (!is_digit(text.text[0])) text = without_weekday(text);
    struct scan scan = {text.text, text.text + text.length};
    size_t digits = 0;
    while (digits < text.length && digits < 5 && is_digit(text.text[digits]))
        digits++;
    *result = (struct datetime){0};
    enum datetime_reason reason = DATETIME_NOT_DATE;
    if (digits == 4)
        reason = read_year_first(&scan, result);
    else if (digits == 1 || digits == 2)
        reason = read_year_last(&scan, order, result, evidence);
    if (reason == DATETIME_NOT_DATE && (digits <= 2 || digits == 4)) {
        scan = (struct scan){text.text, text.text + text.length};
        *result = (struct datetime){0};
        reason = digits == 4 ? read_year_and_name(&scan, result) : read_month_name(&scan, result);
    }
    if (reason == DATETIME_NOT_DATE && placeholder_text(whole)) return DATETIME_PLACEHOLDER;
    return reason;
}

enum datetime_reason datetime_parse_excel(struct view text, struct datetime *result) {
    int64_t scaled;
    text = view_trim(text);
    if (text.length == 0) return DATETIME_EMPTY;
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.text[i]) && text.text[i] != '.')
            return placeholder_text(text) ? DATETIME_PLACEHOLDER : DATETIME_NOT_DATE;
    /* a day has 86,400 seconds and a fraction of a day up to 15 places: seconds need more than four, so the whole
     * and the fraction are read apart */
    const char *point = memchr(text.text, '.', text.length);
    size_t whole_length = point ? (size_t)(point - text.text) : text.length;
    if (point && memchr(point + 1, '.', text.length - whole_length - 1)) return DATETIME_NOT_DATE;
    if (decimal_parse(view_from(text.text, whole_length), &decimal_style_default, &scaled) != DECIMAL_FINE)
        return DATETIME_NOT_DATE;
    int64_t days = scaled / DECIMAL_SCALE;
    if (days < 1 || days > 2958465) /* 9999-12-31 */
        return days == 0 ? DATETIME_PLACEHOLDER : DATETIME_NOT_DATE;
    uint64_t numerator = 0, denominator = 1;
    for (size_t i = whole_length + 1; i < text.length && denominator < 1000000000000000u; i++) {
        numerator = numerator * 10 + (uint64_t)(text.text[i] - '0');
        denominator *= 10;
    }
    __extension__ typedef unsigned __int128 wide;
    int64_t seconds = (int64_t)(((wide)numerator * 86400 + denominator / 2) / denominator);
    *result = (struct datetime){0};
    datetime_from_seconds((days - 25569) * 86400 + seconds, result); /* 25569 = 1970-01-01 */
    result->has_time = seconds > 0;
    return result->year < 1900 ? DATETIME_PLACEHOLDER : DATETIME_FINE;
}

const char *datetime_reason_text(enum datetime_reason reason) {
    static const char *const texts[] = {
        [DATETIME_FINE] = "is fine",
        [DATETIME_EMPTY] = "is empty",
        [DATETIME_PLACEHOLDER] = "is not a date",
        [DATETIME_NOT_DATE] = "is not a date",
        [DATETIME_NO_SUCH_DAY] = "is a day or time that does not exist",
        [DATETIME_AMBIGUOUS] = "can be read month first or day first, and nothing in its column proves which",
    };
    return texts[reason];
}

void date_print(struct buffer *buffer, int32_t days) {
    int year, month, day;
    date_from_days(days, &year, &month, &day);
    buffer_print(buffer, "%04d-%02d-%02d", year, month, day);
}

void datetime_print(struct buffer *buffer, const struct datetime *value, char separator) {
    buffer_print(buffer, "%04d-%02d-%02d%c%02d:%02d:%02d", value->year, value->month, value->day, separator,
                 value->hour, value->minute, value->second);
    if (value->fraction[0]) buffer_print(buffer, ".%s", value->fraction);
    if (value->zone == ZONE_UTC) buffer_add_char(buffer, 'Z');
    if (value->zone == ZONE_OFFSET) {
        int minutes = (value->offset < 0 ? -value->offset : value->offset) / 60;
        buffer_print(buffer, "%c%02d:%02d", value->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
}
