/* pace.c: see pace.h. */
#include "upload/pace.h"

#include <stdio.h>

#include "values/datetime.h"
#include "values/zone.h"

#define FIRST_WAIT 0.25
#define LONGEST_WAIT 60.0
#define LONGEST_DIGITS 9 /* of seconds; more is no answer anybody waits for */

void pace_start(struct pace *pace, uint64_t rate) {
    *pace = (struct pace){.interval = 3600.0 / (double)(rate > 0 ? rate : 1)};
}

double pace_take(struct pace *pace, double now) {
    double start = pace->next > now ? pace->next : now;
    pace->next = start + pace->interval;
    return start - now;
}

double pace_back_off(unsigned attempt, double chance) {
    double wait = FIRST_WAIT;
    for (unsigned i = 0; i < attempt && wait < LONGEST_WAIT; i++)
        wait *= 2;
    if (wait > LONGEST_WAIT) wait = LONGEST_WAIT;
    return wait * (1.0 - chance / 2);
}

static int month_of(const char *name) {
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12; i++)
        if (strncmp(months + 3 * i, name, 3) == 0) return i + 1;
    return 0;
}

/* The three forms: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". */
static bool read_http_date(const char *text, struct datetime *when) {
    char month[4] = "";
    int used = 0, *year = &when->year, *day = &when->day;
    int *hour = &when->hour, *minute = &when->minute, *second = &when->second;
    bool is_short_year = false;
    /* the widths keep each number within int; cert-err34-c: a number that is too large cannot come */
    if (sscanf(text, "%*3[A-Za-z], %2d %3s %4d %2d:%2d:%2d GMT%n", day, month, year, hour, minute, second, &used) != 6 ||
        used == 0) {
        used = 0;
        is_short_year = sscanf(text, "%*9[A-Za-z], %2d-%3s-%2d %2d:%2d:%2d GMT%n", day, month, year, hour, minute,
                               second, &used) == 6 && used > 0;
        if (!is_short_year &&
            (sscanf(text, "%*3[A-Za-z] %3s %2d %2d:%2d:%2d %4d%n", month, day, hour, minute, second, year, &used) != 6 ||
             used == 0))
            return false;
    }
    when->month = month_of(month);
    if (is_short_year) when->year += when->year < 70 ? 2000 : 1900;
    return text[used] == '\0' && when->month > 0 && when->year >= 1970 && when->day >= 1 &&
           when->day <= date_month_length(when->year, when->month) && when->hour >= 0 && when->hour < 24 &&
           when->minute >= 0 && when->minute < 60 && when->second >= 0 && when->second <= 60;
}

bool pace_retry_after(struct view text, int64_t now, double *seconds) {
    char copy[64];
    struct datetime when = {0};
    text = view_trim(text);
    if (text.length == 0 || text.length >= sizeof copy) return false;
    memcpy(copy, text.text, text.length);
    copy[text.length] = '\0';
    if (strspn(copy, "0123456789") == text.length) {
        int64_t number = 0;
        if (text.length > LONGEST_DIGITS) return false;
        for (size_t i = 0; i < text.length; i++)
            number = number * 10 + (copy[i] - '0');
        *seconds = (double)number;
        return true;
    }
    if (!read_http_date(copy, &when)) return false;
    int64_t left = datetime_seconds(&when) - now;
    *seconds = left > 0 ? (double)left : 0;
    return true;
}
