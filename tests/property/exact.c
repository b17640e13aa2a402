/* exact.c: figures against other figures. Sums against sums of decimal digits by hand, every printed decimal read back,
 * every day from 1900 to 2100 and the hours around each change of the clock against the C library's own calendar and
 * time zones (which our code does not use: it reads the zone files itself). */
#define _DEFAULT_SOURCE /* timegm */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/sanitized.h"
#include "ledger/ledger.h"
#include "values/datetime.h"
#include "values/decimal.h"
#include "values/zone.h"

#ifdef IS_SANITIZED
#define AMOUNTS 100000
#else
#define AMOUNTS 1000000
#endif

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* --- a big number of decimal digits, added to digit by digit as on paper ------------------------------ */

#define DIGITS 40

struct paper {
    int digits
        [DIGITS]; /* ten-thousandths first; each 0 to 9, or 0 to -9: a digit has the sign of its amount until read */
};

static void paper_add(struct paper *sum, const char *text) {
    int sign = *text == '-' ? -1 : 1;
    text += *text == '-';
    const char *point = strchr(text, '.');
    size_t whole = point ? (size_t)(point - text) : strlen(text), places = point ? strlen(point + 1) : 0;
    for (size_t i = 0; i < whole; i++)
        sum->digits[4 + (whole - 1 - i)] += sign * (text[i] - '0');
    for (size_t i = 0; i < places; i++)
        sum->digits[3 - i] += sign * (point[1 + i] - '0');
    /* carry, so that no digit ever grows large */
    for (size_t i = 0; i + 1 < DIGITS; i++) {
        sum->digits[i + 1] += sum->digits[i] / 10;
        sum->digits[i] %= 10;
    }
}

static void paper_print(const struct paper *sum, char *to) {
    int digits[DIGITS];
    int sign = 0;
    for (size_t i = DIGITS; i-- > 0 && sign == 0;)
        sign = (sum->digits[i] > 0) - (sum->digits[i] < 0);
    /* all digits of the sum's sign */
    int borrow = 0;
    for (size_t i = 0; i < DIGITS; i++) {
        digits[i] = sign * sum->digits[i] - borrow;
        borrow = digits[i] < 0;
        digits[i] += 10 * borrow;
    }
    size_t first = DIGITS - 1;
    while (first > 4 && digits[first] == 0)
        first--;
    if (sign < 0) *to++ = '-';
    for (size_t i = first + 1; i-- > 0;) {
        *to++ = (char)('0' + digits[i]);
        if (i == 4) *to++ = '.';
    }
    *to = '\0';
}

/* An amount of up to `most` digits before the point, as text. */
static void make_amount(uint64_t *random, unsigned most, char *text) {
    unsigned whole = 1 + (unsigned)(next_random(random) % most), places = (unsigned)(next_random(random) % 5);
    if (next_random(random) % 3 == 0) *text++ = '-';
    for (unsigned i = 0; i < whole; i++)
        *text++ = (char)('0' + (i == 0 && whole > 1 ? 1 + next_random(random) % 8 : next_random(random) % 10));
    if (places > 0) *text++ = '.';
    for (unsigned i = 0; i < places; i++)
        *text++ = (char)('0' + next_random(random) % 10);
    *text = '\0';
}

static void check_sums(unsigned most) {
    uint64_t random = 88172645463325252u + most;
    struct paper paper = {{0}};
    struct ledger ledger;
    wide_integer sum = 0;
    char text[64], wanted[64];
    ledger_start(&ledger, 1);
    for (int i = 0; i < AMOUNTS; i++) {
        int64_t value;
        make_amount(&random, most, text);
        assert_int_equal(decimal_parse(view_of(text), &decimal_style_default, &value), DECIMAL_FINE);
        assert_true(decimal_add(&sum, value));
        ledger_in(&ledger, &value);
        ledger_out(&ledger, LEDGER_WRITTEN, &value);
        paper_add(&paper, text);
    }
    struct buffer printed = {0}, why = {0};
    char title[] = "Total", *titles[] = {title};
    decimal_print_wide(&printed, sum, 4);
    paper_print(&paper, wanted);
    if (!view_is(buffer_view(&printed), wanted))
        fail_msg("%.*s, on paper %s", VIEW_ARGS(buffer_view(&printed)), wanted);
    assert_true(ledger.sums_in[0] == sum);
    assert_true(ledger_balanced(&ledger, false, titles, &why));
    print_message("sum of %d amounts of up to %u digits: %s\n", AMOUNTS, most, wanted);
    buffer_free(&printed);
    buffer_free(&why);
    ledger_free(&ledger);
}

static void test_sums(void **state) {
    (void)state;
    check_sums(6);
    check_sums(14); /* sums beyond 64 bits */
}

static void test_printed_decimals(void **state) {
    (void)state;
    uint64_t random = 4242424242u;
    struct buffer printed = {0};
    for (int i = 0; i < AMOUNTS; i++) {
        int64_t value = (int64_t)(next_random(&random) >> (next_random(&random) % 64)), again;
        if (next_random(&random) % 2) value = -value;
        if (i < 20000) value = i - 10000; /* all the small ones */
        for (int places = 0; places <= DECIMAL_PLACES; places++) {
            printed.length = 0;
            decimal_print(&printed, value, places);
            bool is_read = decimal_parse(buffer_view(&printed), &decimal_style_default, &again) == DECIMAL_FINE;
            if (!is_read || again != value) fail_msg("%.*s", VIEW_ARGS(buffer_view(&printed)));
        }
    }
    buffer_free(&printed);
}

/* --- the calendar -------------------------------------------------------------------------------------- */

static void test_every_day(void **state) {
    (void)state;
    struct tm parts = {.tm_year = 0, .tm_mday = 1, .tm_hour = 12};
    int64_t noon = timegm(&parts);
    size_t count = 0;
    for (;; noon += 86400, count++) {
        time_t instant = (time_t)noon;
        struct tm day;
        assert_non_null(gmtime_r(&instant, &day));
        if (day.tm_year > 200) break;
        int year = day.tm_year + 1900, month = day.tm_mon + 1, found[3];
        int32_t days = date_to_days(year, month, day.tm_mday);
        assert_int_equal(days, (noon - 43200) / 86400);
        date_from_days(days, &found[0], &found[1], &found[2]);
        assert_true(found[0] == year && found[1] == month && found[2] == day.tm_mday);
        assert_int_equal(date_weekday(days), (day.tm_wday + 6) % 7);
        /* as it is written in files: month first, day first, year first */
        char forms[3][40];
        snprintf(forms[0], sizeof forms[0], "%d/%d/%04d", month, day.tm_mday, year);
        snprintf(forms[1], sizeof forms[1], "%02d.%02d.%04d", day.tm_mday, month, year);
        snprintf(forms[2], sizeof forms[2], "%04d-%02d-%02d", year, month, day.tm_mday);
        static const enum date_order orders[] = {DATE_ORDER_MDY, DATE_ORDER_DMY, DATE_ORDER_UNKNOWN};
        for (int i = 0; i < 3; i++) {
            struct datetime value;
            if (datetime_parse(view_of(forms[i]), orders[i], &value, NULL) != DATETIME_FINE) fail_msg("%s", forms[i]);
            assert_true(value.year == year && value.month == month && value.day == day.tm_mday && !value.has_time);
        }
        /* ISO weeks: strftime's %G and %V; the Monday is six days back at most */
        char iso[16], ours[40];
        int week_year, week;
        int32_t monday = date_week_start(days, &week_year, &week);
        strftime(iso, sizeof iso, "%G-%V", &day);
        snprintf(ours, sizeof ours, "%04d-%02d", week_year, week);
        assert_string_equal(ours, iso);
        assert_true(days - monday == date_weekday(days));
    }
    assert_int_equal(count, 73414);
    print_message("%zu days agree with gmtime\n", count);
}

/* The C library's offset of a zone at an instant; TZ is set. */
static int library_offset(int64_t instant) {
    time_t time = (time_t)instant;
    struct tm parts;
    assert_non_null(localtime_r(&time, &parts));
    return (int)parts.tm_gmtoff;
}

/* How often a wall time occurs by the C library: instants within a day around whose wall time it is. */
static int library_fit(int64_t wall, int *first) {
    int count = 0;
    int64_t met[2] = {0, 0};
    for (int64_t guess = wall - 86400; guess <= wall + 86400; guess += 900) {
        int64_t instant = wall - library_offset(guess);
        if (instant + library_offset(instant) != wall || (count > 0 && instant == met[count - 1])) continue;
        if (count == 2 || (count == 1 && instant == met[0])) continue;
        met[count++] = instant;
    }
    if (count > 0) *first = (int)(wall - met[0]);
    return count;
}

static void test_zones(void **state) {
    (void)state;
    static const char *const names[] = {
        "America/New_York", "America/Chicago", "America/Denver",      "America/Phoenix",   "America/Los_Angeles",
        "Europe/Dublin",    "Europe/Berlin",   "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran"};
    size_t changes = 0, instants = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone *zone;
        struct error error = {0};
        assert_true(zone_open(names[i], &zone, &error));
        setenv("TZ", names[i], 1);
        tzset();
        /* 1971 to 2100: every 6 hours; where the offset changes, every half hour around it, and wall times too */
        int before = library_offset(31536000);
        for (int64_t at = 31536000; at < 4102444800; at += 21600, instants++) {
            int offset = library_offset(at);
            if (zone_offset_at(zone, at) != offset) fail_msg("%s at %lld", names[i], (long long)at);
            if (offset == before) continue;
            before = offset;
            changes++;
            for (int64_t near = at - 21600 - 7200; near <= at + 7200; near += 1800, instants++) {
                int ours = 0, theirs = 0;
                if (zone_offset_at(zone, near) != library_offset(near))
                    fail_msg("%s at %lld", names[i], (long long)near);
                int64_t wall = near + library_offset(near - 86400);
                enum zone_fit fit = zone_offset_for_local(zone, wall, &ours);
                int count = library_fit(wall, &theirs);
                static const enum zone_fit fits[] = {ZONE_GAP, ZONE_ONCE, ZONE_TWICE};
                if (fit != fits[count] || (count > 0 && ours != theirs))
                    fail_msg("%s, wall time %lld: ours %d %d, theirs %d %d", names[i], (long long)wall, (int)fit, ours,
                             count, theirs);
            }
        }
        zone_close(zone);
    }
    unsetenv("TZ");
    tzset();
    assert_true(changes > 1000);
    print_message("%zu instants around %zu changes of the clock agree with localtime\n", instants, changes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_printed_decimals),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_zones),
    };
    return cmocka_run_group_tests_name("exact", tests, NULL, NULL);
}
