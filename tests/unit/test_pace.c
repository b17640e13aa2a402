/* test_pace.c: when requests go out: spacing, back-off, Retry-After. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "upload/pace.h"

static void spacing_keeps_the_rate(void **state) {
    struct pace pace;
    (void)state;
    pace_start(&pace, 3600);
    assert_true(pace_take(&pace, 100.0) == 0); /* the first one at once */
    double wait = pace_take(&pace, 100.25);
    assert_true(wait > 0.749 && wait < 0.751);
    /* a place that was not used is not made up for: no bursts */
    assert_true(pace_take(&pace, 500.0) == 0);
    wait = pace_take(&pace, 500.0);
    assert_true(wait > 0.999 && wait < 1.001);
    /* in any hour no more than the rate: the starts of 3,601 requests are an hour apart */
    pace_start(&pace, 3500);
    double now = 0;
    for (int i = 0; i <= 3500; i++)
        now += pace_take(&pace, now);
    assert_true(now > 3599.9);
}

static void back_off_doubles_up_to_a_minute(void **state) {
    (void)state;
    for (unsigned attempt = 0; attempt < 40; attempt++) {
        double longest = pace_back_off(attempt, 0), shortest = pace_back_off(attempt, 1);
        double expected = attempt < 8 ? 0.25 * (double)(1u << attempt) : 60;
        assert_true(longest <= 60 && longest == (expected < 60 ? expected : 60));
        assert_true(shortest == longest / 2);
        double middle = pace_back_off(attempt, 0.5);
        assert_true(middle > shortest && middle < longest);
    }
}

static void retry_after(void **state) {
    static const int64_t now = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT: the date of RFC 9110's examples */
    static const struct {
        const char *text;
        double seconds; /* -1: not understood */
    } cases[] = {
        {"0", 0},
        {"120", 120},
        {"  7 ", 7},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
        {"Sun, 06 Nov 1994 08:50:37 GMT", 60},
        {"Sunday, 06-Nov-94 08:50:37 GMT", 60},
        {"Sun Nov  6 08:50:37 1994", 60},
        {"Mon Nov 14 08:49:37 1994", 8 * 86400},
        {"Sun, 06 Nov 1994 08:00:00 GMT", 0}, /* past */
        {"Wed, 31 Dec 1997 23:59:60 GMT", 99501023},
        {"", -1},
        {"-5", -1},
        {"1.5", -1},
        {"12345678901", -1},
        {"soon", -1},
        {"Sun, 31 Feb 1994 08:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 24:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 08:49:37", -1},
        {"Sun, 06 Nov 1994 08:49:37 GMT and more", -1},
        {"Sun, 06 Foo 1994 08:49:37 GMT", -1},
        {"Sun, 06 Nov 94 08:49:37 GMT", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double seconds = -1;
        bool is_fine = pace_retry_after(view_of(cases[i].text), now, &seconds);
        if (is_fine != (cases[i].seconds >= 0) || (is_fine && seconds != cases[i].seconds))
            fail_msg("\"%s\": %d, %.0f", cases[i].text, is_fine, seconds);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spacing_keeps_the_rate),
        cmocka_unit_test(back_off_doubles_up_to_a_minute),
        cmocka_unit_test(retry_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
