/* test_moment.c: what a date cell becomes for Plecto, and the day it counts on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "convert/moment.h"

static struct zone *open_zone(const char *name) {
    struct zone *zone = NULL;
    struct error error = {0};
    assert_true(zone_open(name, &zone, &error));
    return zone;
}

static void test_cases(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum field_type type;
        const char *zone; /* NULL: none */
        const char *expected, *day;
        enum moment_kind kind;
    } cases[] = {
        /* an evening job in Phoenix: the next day in UTC, the same day there */
        {"2026-01-03T06:00:00Z", FIELD_DATETIME, "America/Phoenix", "2026-01-02T23:00:00-07:00", "2026-01-02",
         MOMENT_INSTANT},
        {"2026-01-03T06:00:00Z", FIELD_DATETIME, NULL, "2026-01-03T06:00:00Z", "2026-01-03", MOMENT_INSTANT},
        {"2026-01-02T16:28:55.8446003Z", FIELD_DATETIME, "America/Chicago", "2026-01-02T10:28:55.8446003-06:00",
         "2026-01-02", MOMENT_INSTANT},
        /* calendar days printed as midnight Z are never shifted */
        {"2025-10-20T00:00:00Z", FIELD_DATE, "America/Phoenix", "2025-10-20T12:00:00-07:00", "2025-10-20", MOMENT_DAY},
        {"2025-10-20T00:00:00-07:00", FIELD_DATE, "America/New_York", "2025-10-20T12:00:00-04:00", "2025-10-20",
         MOMENT_DAY},
        {"10/20/2025", FIELD_DATETIME, "America/Chicago", "2025-10-20T12:00:00-05:00", "2025-10-20", MOMENT_DAY},
        {"12/20/2025", FIELD_DATE, "America/Chicago", "2025-12-20T12:00:00-06:00", "2025-12-20", MOMENT_DAY},
        {"10/20/2025", FIELD_DATE, NULL, "2025-10-20T12:00:00", "2025-10-20", MOMENT_DAY},
        /* local times take the zone's offset of that day */
        {"1/2/2025 3:04 PM", FIELD_DATETIME, "America/Chicago", "2025-01-02T15:04:00-06:00", "2025-01-02",
         MOMENT_LOCAL},
        {"7/2/2025 12:00 AM", FIELD_DATETIME, "America/Chicago", "2025-07-02T00:00:00-05:00", "2025-07-02",
         MOMENT_LOCAL},
        {"7/2/2025 11:59 PM", FIELD_DATETIME, NULL, "2025-07-02T23:59:00", "2025-07-02", MOMENT_LOCAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone *zone = cases[i].zone ? open_zone(cases[i].zone) : NULL;
        struct field field = {.type = cases[i].type};
        struct moment moment = {0};
        moment_read(view_of(cases[i].text), &field, DATE_ORDER_MDY, zone, &moment);
        assert_int_equal(moment.reason, DATETIME_FINE);
        assert_int_equal(moment.length, strlen(cases[i].expected));
        assert_memory_equal(moment.text, cases[i].expected, moment.length);
        assert_int_equal(moment.kind, cases[i].kind);
        struct buffer day = {0};
        date_print(&day, moment.day);
        assert_true(view_is(buffer_view(&day), cases[i].day));
        buffer_free(&day);
        zone_close(zone);
    }
}

static void test_clock_changes(void **state) {
    (void)state;
    struct zone *zone = open_zone("America/Chicago");
    struct field field = {.type = FIELD_DATETIME};
    struct moment moment = {0};
    moment_read(view_of("3/9/2025 2:30 AM"), &field, DATE_ORDER_MDY, zone, &moment);
    assert_int_equal(moment.fit, ZONE_GAP);
    moment_read(view_of("11/2/2025 1:30 AM"), &field, DATE_ORDER_MDY, zone, &moment);
    assert_int_equal(moment.fit, ZONE_TWICE);
    assert_memory_equal(moment.text, "2025-11-02T01:30:00-05:00", moment.length);
    moment_read(view_of("11/2/2025 3:30 AM"), &field, DATE_ORDER_MDY, zone, &moment);
    assert_int_equal(moment.fit, ZONE_ONCE);
    zone_close(zone);
}

static void test_reasons(void **state) {
    (void)state;
    struct field field = {.type = FIELD_DATETIME};
    struct moment moment = {0};
    moment_read(view_of("0001-01-01T00:00:00"), &field, DATE_ORDER_MDY, NULL, &moment);
    assert_int_equal(moment.reason, DATETIME_PLACEHOLDER);
    moment_read(view_of("2/30/2025"), &field, DATE_ORDER_MDY, NULL, &moment);
    assert_int_equal(moment.reason, DATETIME_NO_SUCH_DAY);
    moment_read(view_of("3/4/2025"), &field, DATE_ORDER_UNKNOWN, NULL, &moment);
    assert_int_equal(moment.reason, DATETIME_AMBIGUOUS);
    assert_int_equal(moment.evidence.ambiguous, 1);
    moment_read(view_of("1/1/2116"), &field, DATE_ORDER_MDY, NULL, &moment);
    assert_int_equal(moment.reason, DATETIME_FINE);
    assert_true(moment.is_far);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_clock_changes),
        cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
