/* moment_text.c: see moment_text.h. Each place where a number or a month's name begins is tried as the beginning of a
 * day; what a day took is not looked at again. */
#include "values/moment_text.h"

#include "values/datetime.h"
#include "values/month_name.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Between the parts of a day. */
static bool is_sign(char c) {
    return c == '-' || c == '_' || c == '/' || c == '.' || c == ' ' || c == ',';
}

/* Digits from `at` on: how many; their number in `*number` (of the first nine). */
static size_t digits_at(struct view text, size_t at, int *number) {
    size_t count = 0;
    *number = 0;
    for (; at + count < text.length && is_digit(text.text[at + count]); count++)
        if (count < 9) *number = *number * 10 + (text.text[at + count] - '0');
    return count;
}

/* Two digits that are there. */
static int pair(struct view text, size_t at) {
    return (text.text[at] - '0') * 10 + (text.text[at + 1] - '0');
}

/* 1 to 12 for the month whose name is at `at`, and the length of the word; 0 if no month stands there. */
static int month_at(struct view text, size_t at, size_t *length) {
    *length = 0;
    while (at + *length < text.length && is_letter(text.text[at + *length]))
        ++*length;
    return month_by_name(view_from(text.text + at, *length));
}

/* Behind at least one sign; `at` itself where there is none. */
static size_t after_signs(struct view text, size_t at) {
    while (at < text.length && is_sign(text.text[at]))
        at++;
    return at;
}

static bool is_day(int year, int month, int day) {
    return year >= 1990 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_month_length(year, month);
}

struct found {
    int year, month, day;
    int64_t time; /* seconds of the day */
    size_t end;   /* behind it */
};

/* 20251014, 202510140600, 20251014060000. */
static bool read_run(struct view text, size_t at, size_t count, struct found *found) {
    if (count != 8 && count != 12 && count != 14) return false;
    *found = (struct found){.year = pair(text, at) * 100 + pair(text, at + 2),
                            .month = pair(text, at + 4),
                            .day = pair(text, at + 6),
                            .end = at + count};
    int hour = count > 8 ? pair(text, at + 8) : 0, minute = count > 8 ? pair(text, at + 10) : 0;
    int second = count == 14 ? pair(text, at + 12) : 0;
    found->time = hour * 3600 + minute * 60 + second;
    return is_day(found->year, found->month, found->day) && hour < 24 && minute < 60 && second < 60;
}

static int full_year(int number, size_t digits) {
    return digits == 2 ? number + (number < 69 ? 2000 : 1900) : number;
}

/* Three parts with signs between them: numbers, or a month by its name as the first or second one. */
static bool read_parts(struct view text, size_t at, struct found *found) {
    int number[3];
    size_t digits[3], where = at, named = 3;
    for (size_t i = 0; i < 3; i++) {
        size_t next = i > 0 ? after_signs(text, where) : where;
        if (i > 0 && next == where) return false;
        size_t length;
        digits[i] = digits_at(text, next, &number[i]);
        if (digits[i] == 0) {
            number[i] = month_at(text, next, &length);
            if (number[i] == 0 || named < 3) return false;
            named = i;
            where = next + length;
        } else {
            where = next + digits[i];
        }
    }
    size_t year = digits[0] == 4 ? 0 : 2;
    if (digits[year] != 4 && digits[year] != 2) return false;
    for (size_t i = 0; i < 3; i++)
        if (i != year && digits[i] > 2) return false;
    if (named == year) return false;
    found->year = full_year(number[year], digits[year]);
    int first = year == 0 ? number[1] : number[0], second = year == 0 ? number[2] : number[1];
    bool is_day_first = year == 2 && (named == 1 || (named == 3 && first > 12));
    found->month = is_day_first ? second : first;
    found->day = is_day_first ? first : second;
    found->end = where;
    found->time = 0;
    return is_day(found->year, found->month, found->day);
}

static bool has_letter(struct view text, size_t at, char letter) {
    return at < text.length && (text.text[at] | 0x20) == letter;
}

/* What may stand between a day and its time: a sign, T, ", " or " at "; its length, 0 if it is something else. */
static size_t gap_before_time(struct view text, size_t at) {
    static const char *const gaps[] = {" at ", ", ", "T", "t", " ", "_", "-"};
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        struct view gap = view_of(gaps[i]);
        bool fits = at + gap.length < text.length && view_equal(view_from(text.text + at, gap.length), gap);
        if (fits && is_digit(text.text[at + gap.length])) return gap.length;
    }
    return 0;
}

/* Between hour and minute; not what stands between the parts of the day and behind it: 10-01-25-10-31-25 is two days. */
static bool is_time_sign(char c, char gap) {
    return (c == ':' || c == '.' || c == '-') && c != gap;
}

/* A time behind the day; leaves `found` as it is where none stands there. */
static void read_time(struct view text, struct found *found) {
    size_t at = found->end + gap_before_time(text, found->end);
    if (at == found->end) return;
    char gap = text.text[found->end];
    int number, hour, minute, second = 0;
    size_t count = digits_at(text, at, &number), end = at + count;
    if (count == 4 || count == 6) {
        hour = pair(text, at), minute = pair(text, at + 2), second = count == 6 ? pair(text, at + 4) : 0;
    } else if ((count == 1 || count == 2) && end + 2 < text.length && is_time_sign(text.text[end], gap)) {
        hour = number;
        if (digits_at(text, end + 1, &minute) != 2) return;
        end += 3;
        bool has_second =
            end + 2 < text.length && text.text[end] == text.text[end - 3] && digits_at(text, end + 1, &second) == 2;
        if (has_second)
            end += 3;
        else
            second = 0;
    } else {
        return;
    }
    size_t half = after_signs(text, end);
    bool has_half = has_letter(text, half + 1, 'm') && (has_letter(text, half, 'p') || has_letter(text, half, 'a'));
    if (has_half && hour >= 1 && hour <= 12) {
        hour = hour % 12 + (has_letter(text, half, 'p') ? 12 : 0);
        end = half + 2;
    }
    /* the year of another day is no time */
    bool goes_on = end + 1 < text.length && is_sign(text.text[end]) && is_digit(text.text[end + 1]) && count == 4;
    if (goes_on || hour > 23 || minute > 59 || second > 59) return;
    found->time = hour * 3600 + minute * 60 + second;
    found->end = end;
}

/* A day that begins at `at`. */
static bool read_day(struct view text, size_t at, struct found *found) {
    int number;
    size_t count = digits_at(text, at, &number);
    if (read_run(text, at, count, found)) {
        if (count == 8) read_time(text, found);
        return true;
    }
    if (!read_parts(text, at, found)) return false;
    read_time(text, found);
    return true;
}

bool moment_text_find(struct view text, int64_t *seconds) {
    size_t days = 0;
    struct found found = {0}, first = {0};
    for (size_t at = 0; at < text.length;) {
        bool begins = is_digit(text.text[at]) ? at == 0 || !is_digit(text.text[at - 1])
                                              : is_letter(text.text[at]) && (at == 0 || !is_letter(text.text[at - 1]));
        if (!begins || !read_day(text, at, &found)) {
            at++;
            continue;
        }
        if (days++ == 0) first = found;
        at = found.end;
    }
    if (days != 1) return false;
    *seconds = (int64_t)date_to_days(first.year, first.month, first.day) * 86400 + first.time;
    return true;
}
