/* period_text.c: the text is read as words and numbers; three that make a date are a date, a month and a year alone are
 * a month. Two dates are a period, one month is; anything more is not decided. */
#include "values/period_text.h"

#include "values/datetime.h"

#define PARTS 64

/* A number, or a month by its name. */
struct part {
    int number;
    size_t digits; /* 0: a month's name */
    size_t start, end;
};

struct found {
    int32_t first, last; /* the day, or first and last day of the month */
    bool is_month;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* 1 to 12 for "Oct" or "October" in any case. */
static int month_number(struct view word) {
    static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    for (int i = 0; i < 12; i++) {
        struct view name = view_of(months[i]);
        if (view_equal_fold(word, name) || (word.length == 3 && view_equal_fold(word, view_from(name.text, 3))))
            return i + 1;
    }
    return view_equal_fold(word, view_of("sept")) ? 9 : 0;
}

static size_t read_parts(struct view text, struct part *parts) {
    size_t count = 0;
    for (size_t at = 0; at < text.length && count < PARTS;) {
        size_t start = at;
        struct part part = {0};
        if (is_digit(text.text[at])) {
            for (; at < text.length && is_digit(text.text[at]); at++)
                if (at - start < 8) part.number = part.number * 10 + (text.text[at] - '0');
            part.digits = at - start;
        } else if (is_letter(text.text[at])) {
            while (at < text.length && is_letter(text.text[at]))
                at++;
            part.number = month_number(view_from(text.text + start, at - start));
            if (part.number == 0) continue;
        } else {
            at++;
            continue;
        }
        part.start = start;
        part.end = at;
        parts[count++] = part;
    }
    return count;
}

/* Whether only the sign (or, for 0, commas and blanks) stands between two parts. */
static bool are_joined(struct view text, const struct part *left, const struct part *right, char sign) {
    size_t length = right->start - left->end;
    if (sign) return length == 1 && text.text[left->end] == sign;
    for (size_t i = left->end; i < right->start; i++)
        if (text.text[i] != ' ' && text.text[i] != ',' && text.text[i] != '.') return false;
    return length > 0 && length <= 3;
}

static bool is_year(const struct part *part) {
    return part->digits == 4 && part->number >= 1990 && part->number <= 2100;
}

static bool make_day(int year, int month, int day, struct found *found) {
    if (year < 100) year += 2000;
    if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 || day > date_month_length(year, month))
        return false;
    *found = (struct found){date_to_days(year, month, day), date_to_days(year, month, day), false};
    return true;
}

static bool make_month(int year, int month, struct found *found) {
    if (month < 1 || month > 12) return false;
    *found =
        (struct found){date_to_days(year, month, 1), date_to_days(year, month, date_month_length(year, month)), true};
    return true;
}

/* 10/01/2025, 10_1_25, 2025-10-01. */
static bool read_numbers(struct view text, const struct part *parts, struct found *found) {
    char sign = text.text[parts[0].end];
    if (parts[0].digits == 0 || parts[1].digits == 0 || parts[2].digits == 0 || !strchr("/-_.", sign) || !sign ||
        !are_joined(text, &parts[0], &parts[1], sign) || !are_joined(text, &parts[1], &parts[2], sign))
        return false;
    if (is_year(&parts[0])) return make_day(parts[0].number, parts[1].number, parts[2].number, found);
    if (!is_year(&parts[2]) && parts[2].digits != 2) return false;
    int first = parts[0].number, second = parts[1].number;
    return parts[0].digits <= 2 && parts[1].digits <= 2 &&
           (first > 12 ? make_day(parts[2].number, second, first, found)
                       : make_day(parts[2].number, first, second, found));
}

/* "Oct 1, 2025" and "1 Oct 2025". */
static bool read_words(struct view text, const struct part *parts, struct found *found) {
    if (!are_joined(text, &parts[0], &parts[1], 0) || !are_joined(text, &parts[1], &parts[2], 0) || !is_year(&parts[2]))
        return false;
    if (parts[0].digits == 0 && parts[1].digits > 0 && parts[1].digits <= 2)
        return make_day(parts[2].number, parts[0].number, parts[1].number, found);
    return parts[1].digits == 0 && parts[0].digits > 0 && parts[0].digits <= 2 &&
           make_day(parts[2].number, parts[1].number, parts[0].number, found);
}

/* "October 2025", "2025-10", "10-2025". */
static bool read_month(struct view text, const struct part *parts, struct found *found) {
    bool has_name = parts[0].digits == 0 && is_year(&parts[1]);
    if (has_name && are_joined(text, &parts[0], &parts[1], 0))
        return make_month(parts[1].number, parts[0].number, found);
    char sign = parts[0].end < text.length ? text.text[parts[0].end] : '\0';
    if ((sign != '-' && sign != '_' && sign != '/') || !are_joined(text, &parts[0], &parts[1], sign)) return false;
    if (is_year(&parts[0]) && parts[1].digits == 2) return make_month(parts[0].number, parts[1].number, found);
    if (has_name) return make_month(parts[1].number, parts[0].number, found);
    return is_year(&parts[1]) && parts[0].digits > 0 && parts[0].digits <= 2 &&
           make_month(parts[1].number, parts[0].number, found);
}

bool period_text_find(struct view text, int32_t *from, int32_t *to) {
    struct part parts[PARTS];
    struct found found[3];
    size_t part_count = read_parts(text, parts), count = 0;
    for (size_t i = 0; i < part_count && count < 3;) {
        if (i + 3 <= part_count &&
            (read_numbers(text, &parts[i], &found[count]) || read_words(text, &parts[i], &found[count]))) {
            i += 3;
            count++;
        } else if (i + 2 <= part_count && read_month(text, &parts[i], &found[count])) {
            i += 2;
            count++;
        } else {
            i++;
        }
    }
    bool is_fine = count == 1 ? found[0].is_month : count == 2 && found[0].is_month == found[1].is_month;
    if (!is_fine || found[count - 1].last < found[0].first) return false;
    *from = found[0].first;
    *to = found[count - 1].last;
    return true;
}
