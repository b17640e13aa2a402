/* pace.c: see pace.h. */
#include "upload/pace.h"

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

/* At least `least`, at most `most` digits; a blank may stand for the first of two (asctime's day). */
static bool take_number(const char **at, int least, int most, int *number) {
    int count = 0;
    *number = 0;
    if (most == 2 && **at == ' ') {
        ++*at;
        least = most = 1;
    }
    for (; count < most && **at >= '0' && **at <= '9'; count++, ++*at)
        *number = *number * 10 + (**at - '0');
    return count >= least;
}

static bool take_letters(const char **at) {
    const char *start = *at;
    while ((**at >= 'a' && **at <= 'z') || (**at >= 'A' && **at <= 'Z'))
        ++*at;
    return *at > start;
}

static bool take_part(const char **at, char part, struct datetime *when) {
    switch (part) {
    case 'W': return take_letters(at);
    case 'B':
        when->month = month_of(*at);
        *at += when->month > 0 ? 3 : 0;
        return when->month > 0;
    case 'D': return take_number(at, 1, 2, &when->day);
    case 'h': return take_number(at, 2, 2, &when->hour);
    case 'm': return take_number(at, 2, 2, &when->minute);
    case 's': return take_number(at, 2, 2, &when->second);
    case 'Y': return take_number(at, 4, 4, &when->year);
    case 'y':
        if (!take_number(at, 2, 2, &when->year)) return false;
        when->year += when->year < 70 ? 2000 : 1900;
        return true;
    default: return *(*at)++ == part;
    }
}

/* RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". */
static bool read_http_date(const char *text, struct datetime *when) {
    static const char *const forms[] = {"W, D B Y h:m:s GMT", "W, D-B-y h:m:s GMT", "W B D h:m:s Y"};
    bool is_read = false;
    for (size_t i = 0; !is_read && i < sizeof forms / sizeof *forms; i++) {
        const char *at = text, *part = forms[i];
        while (*part && take_part(&at, *part, when))
            part++;
        is_read = *part == '\0' && *at == '\0';
    }
    return is_read && when->year >= 1970 && when->day >= 1 && when->day <= date_month_length(when->year, when->month) &&
           when->hour < 24 && when->minute < 60 && when->second <= 60;
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
