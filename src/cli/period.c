/* period.c: words and ISO days into a first and a last day. */
#include "cli/period.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/view.h"
#include "cli/option_values.h"
#include "values/datetime.h"

enum period_word { PERIOD_TODAY, PERIOD_YESTERDAY, PERIOD_LAST_WEEK, PERIOD_THIS_MONTH, PERIOD_LAST_MONTH };

static const struct option_word words[] = {
    {"today", PERIOD_TODAY},           {"yesterday", PERIOD_YESTERDAY},   {"last-week", PERIOD_LAST_WEEK},
    {"this-month", PERIOD_THIS_MONTH}, {"last-month", PERIOD_LAST_MONTH},
};
#define WORD_COUNT (sizeof words / sizeof *words)

bool period_today(const struct zone *zone, int32_t *today, struct error *error) {
    int64_t now = (int64_t)time(NULL);
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    if (fixed && *fixed) {
        uint64_t seconds = 0;
        if (!options_number("SOURCE_DATE_EPOCH", fixed, 0, 250000000000u, &seconds, error))
            return error_fix(
                error, "SOURCE_DATE_EPOCH sets which day is today. To use the clock:\nunset SOURCE_DATE_EPOCH");
        now = (int64_t)seconds;
    }
    int64_t local = now + (zone ? zone_offset_at(zone, now) : 0);
    int64_t day = local / 86400 - (local % 86400 < 0);
    *today = (int32_t)day;
    return true;
}

bool period_is_relative(const char *text) {
    return text[0] >= 'a' && text[0] <= 'z';
}

static bool read_digits(const char *text, size_t count, int *number) {
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

static bool is_sign(char c, char sign) {
    return (c | 0x20) == sign;
}

/* The week of ISO 8601 that begins on a Monday and has most of its days in the year. */
static bool week_of_year(int year, int week, int32_t *from, int32_t *to) {
    int32_t fourth = date_to_days(year, 1, 4);
    *from = fourth - date_weekday(fourth) + (week - 1) * 7;
    *to = *from + 6;
    int thursday_year, month, day;
    date_from_days(*from + 3, &thursday_year, &month, &day);
    return week >= 1 && thursday_year == year;
}

static bool months_of_year(int year, int first, int count, int32_t *from, int32_t *to) {
    int last = first + count - 1;
    if (first < 1 || last > 12) return false;
    *from = date_to_days(year, first, 1);
    *to = date_to_days(year, last, date_month_length(year, last));
    return true;
}

/* A day, week, month, quarter or year of the calendar: 2025-10-31, 2025-W42, 2025-10, 2025-Q4, 2025. */
static bool read_stretch(struct view text, int32_t *from, int32_t *to) {
    int year = 0, number = 0, day = 0;
    if (text.length < 4 || !read_digits(text.text, 4, &year) || year < 1900) return false;
    const char *rest = text.text + 4;
    size_t length = text.length - 4;
    if (length == 0) return months_of_year(year, 1, 12, from, to);
    bool has_dash = *rest == '-';
    rest += has_dash;
    length -= has_dash;
    if (length == 2 && is_sign(rest[0], 'q') && read_digits(rest + 1, 1, &number))
        return number <= 4 && months_of_year(year, 3 * number - 2, 3, from, to);
    if (length == 3 && is_sign(rest[0], 'w') && read_digits(rest + 1, 2, &number))
        return week_of_year(year, number, from, to);
    if (!has_dash || length < 2 || !read_digits(rest, 2, &number)) return false;
    if (length == 2) return months_of_year(year, number, 1, from, to);
    if (length != 5 || rest[2] != '-' || !read_digits(rest + 3, 2, &day)) return false;
    if (number < 1 || number > 12 || day < 1 || day > date_month_length(year, number)) return false;
    *from = *to = date_to_days(year, number, day);
    return true;
}

static void month_of(int32_t today, int back, int32_t *from, int32_t *to) {
    int year, month, day;
    date_from_days(today, &year, &month, &day);
    if (back > 0 && --month == 0) {
        month = 12;
        year--;
    }
    months_of_year(year, month, 1, from, to);
}

static void word_period(enum period_word word, int32_t today, int32_t *from, int32_t *to) {
    switch (word) {
    case PERIOD_TODAY: *from = *to = today; break;
    case PERIOD_YESTERDAY: *from = *to = today - 1; break;
    case PERIOD_LAST_WEEK:
        *from = today - date_weekday(today) - 7;
        *to = *from + 6;
        break;
    case PERIOD_THIS_MONTH: month_of(today, 0, from, to); break;
    case PERIOD_LAST_MONTH: month_of(today, 1, from, to); break;
    }
}

static bool wrong_day(const char *text, struct view day, struct error *error) {
    error_set(error, EXIT_WRONG_USE,
              "--period \"%s\": \"%.*s\" is not a day, week, month, quarter or year of the calendar", text,
              VIEW_ARGS(day));
    return error_fix(error,
                     "Write for example --period 2025-10-01..2025-10-31, 2025-10, 2025-Q4, 2025-W42 or last-month");
}

bool period_parse(const char *text, int32_t today, int32_t *from, int32_t *to, struct error *error) {
    if (period_is_relative(text)) {
        int word = PERIOD_TODAY;
        if (!options_word("--period", text, words, WORD_COUNT, &word, error))
            return error_fix(error,
                             "--period takes FROM..TO (2025-10-01..2025-10-31), 2025-10, 2025-Q4, 2025-W42, 2025, "
                             "today, yesterday, last-week, this-month or last-month");
        word_period((enum period_word)word, today, from, to);
        return true;
    }
    const char *dots = strstr(text, "..");
    struct view first = dots ? view_from(text, (size_t)(dots - text)) : view_of(text);
    struct view last = dots ? view_of(dots + 2) : first;
    int32_t first_end, last_begin;
    if (!read_stretch(first, from, &first_end)) return wrong_day(text, first, error);
    if (!read_stretch(last, &last_begin, to)) return wrong_day(text, last, error);
    if (*from <= *to) return true;
    error_set(error, EXIT_WRONG_USE, "--period \"%s\" ends before it begins", text);
    return error_fix(error, "Write the earlier day first: --period %.*s..%.*s", VIEW_ARGS(last), VIEW_ARGS(first));
}

/* The first of the days that a length such as 90d, 12w, 6m or 1y, counted back from today, holds. */
static bool first_day_of_length(const char *option, const char *text, int32_t today, int32_t *first,
                                struct error *error) {
    size_t digits = strspn(text, "0123456789");
    int number = 0, year, month, day;
    bool is_fine = digits > 0 && digits <= 5 && text[digits] != '\0' && text[digits + 1] == '\0' &&
                   read_digits(text, digits, &number) && number > 0;
    date_from_days(today, &year, &month, &day);
    int months = 0;
    switch (is_fine ? text[digits] : '\0') {
    case 'd': *first = today - number + 1; break;
    case 'w': *first = today - number * 7 + 1; break;
    case 'm': months = number; break;
    case 'y': months = number * 12; break;
    default: is_fine = false;
    }
    if (is_fine && months > 0) {
        int count = year * 12 + month - 1 - months;
        is_fine = count >= 1900 * 12;
        year = count / 12;
        month = count % 12 + 1;
        if (is_fine) {
            int length = date_month_length(year, month);
            *first = date_to_days(year, month, day < length ? day : length) + 1;
        }
    }
    if (is_fine) return true;
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is not a length of time", option, text);
    return error_fix(error, "Write a number and d, w, m or y: %s 90d, %s 12w, %s 6m, %s 1y", option, option, option,
                     option);
}

bool period_parse_last(const char *text, int32_t today, int32_t *from, int32_t *to, struct error *error) {
    *to = today;
    return first_day_of_length("--last", text, today, from, error);
}

bool period_parse_max_age(const char *text, int32_t today, int32_t *oldest, struct error *error) {
    return first_day_of_length("--max-age", text, today, oldest, error);
}
