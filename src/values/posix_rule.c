/* posix_rule.c: the rule at the end of a TZif file, which holds for all times behind its last transition
 * (POSIX.1-2017, 8.3, TZ; RFC 8536, 3.3). */
#include "values/zone_private.h"

#define SECONDS_A_DAY 86400

struct scan {
    const char *place, *end;
};

static bool take(struct scan *scan, char c) {
    if (scan->place == scan->end || *scan->place != c) return false;
    scan->place++;
    return true;
}

static bool take_number(struct scan *scan, int most, int *value) {
    const char *start = scan->place;
    *value = 0;
    for (; scan->place < scan->end && *scan->place >= '0' && *scan->place <= '9'; scan->place++) {
        *value = *value * 10 + (*scan->place - '0');
        if (*value > most) return false;
    }
    return scan->place > start;
}

static bool skip_name(struct scan *scan) {
    const char *start = scan->place;
    if (take(scan, '<')) {
        while (scan->place < scan->end && *scan->place != '>')
            scan->place++;
        return take(scan, '>');
    }
    while (scan->place < scan->end && ((*scan->place | 0x20) >= 'a' && (*scan->place | 0x20) <= 'z'))
        scan->place++;
    return scan->place - start >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds; hours up to 167 (RFC 8536). */
static bool take_time(struct scan *scan, int *seconds) {
    int sign = take(scan, '-') ? -1 : 1;
    if (sign == 1) take(scan, '+');
    int hours, minutes = 0, rest = 0;
    if (!take_number(scan, 167, &hours)) return false;
    if (take(scan, ':') && (!take_number(scan, 59, &minutes) || (take(scan, ':') && !take_number(scan, 59, &rest))))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60 + rest);
    return true;
}

static bool take_day(struct scan *scan, struct rule_day *day) {
    if (!take(scan, ',')) return false;
    day->form = 'N';
    if (take(scan, 'M')) {
        day->form = 'M';
        if (!take_number(scan, 12, &day->month) || day->month < 1 || !take(scan, '.') ||
            !take_number(scan, 5, &day->week) || day->week < 1 || !take(scan, '.') || !take_number(scan, 6, &day->day))
            return false;
    } else {
        if (take(scan, 'J')) day->form = 'J';
        if (!take_number(scan, 365, &day->day) || (day->form == 'J' && day->day < 1)) return false;
    }
    day->seconds = 2 * 3600;
    return !take(scan, '/') || take_time(scan, &day->seconds);
}

bool posix_rule_parse(struct view text, struct posix_rule *rule) {
    struct scan scan = {text.text, text.text + text.length};
    int west;
    *rule = (struct posix_rule){0};
    if (!skip_name(&scan) || !take_time(&scan, &west)) return false;
    rule->standard = -west;
    if (scan.place == scan.end) return true;
    rule->has_daylight = true;
    rule->daylight = rule->standard + 3600;
    if (!skip_name(&scan)) return false;
    if (scan.place < scan.end && *scan.place != ',') {
        if (!take_time(&scan, &west)) return false;
        rule->daylight = -west;
    }
    return take_day(&scan, &rule->begin) && take_day(&scan, &rule->end) && scan.place == scan.end;
}

/* Seconds since 1970, in local time, of the change in that year. */
static int64_t change_in(const struct rule_day *day, int year) {
    int32_t days = date_to_days(year, 1, 1);
    if (day->form == 'N') {
        days += day->day;
    } else if (day->form == 'J') { /* 29 February is never counted */
        days += day->day - 1 + (day->day >= 60 && date_month_length(year, 2) == 29);
    } else {
        days = date_to_days(year, day->month, 1);
        int first_sunday_based = (date_weekday(days) + 1) % 7;
        days += (day->day - first_sunday_based + 7) % 7 + (day->week - 1) * 7;
        if (days >= date_to_days(year, day->month, 1) + date_month_length(year, day->month))
            days -= 7; /* week 5 means the last */
    }
    return (int64_t)days * SECONDS_A_DAY + day->seconds;
}

int posix_rule_offset(const struct posix_rule *rule, int64_t instant) {
    if (!rule->has_daylight) return rule->standard;
    struct datetime local;
    datetime_from_seconds(instant + rule->standard, &local);
    int64_t begin = change_in(&rule->begin, local.year) - rule->standard;
    int64_t end = change_in(&rule->end, local.year) - rule->daylight;
    bool is_daylight = begin < end ? instant >= begin && instant < end : instant >= begin || instant < end;
    return is_daylight ? rule->daylight : rule->standard;
}
