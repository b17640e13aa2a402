/* test_zone.c: our reading of the tz database against libc's, and the hours around clock changes. */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/memory.h"
#include "values/zone.h"
#include "values/zone_text.h"

static struct zone *open_zone(const char *name) {
    struct zone *zone = NULL;
    struct error error = {0};
    if (!zone_open(name, &zone, &error)) fail_msg("%s", error.message);
    return zone;
}

static int libc_offset(int64_t instant) {
    time_t time = (time_t)instant;
    struct tm local;
    localtime_r(&time, &local);
    return (int)local.tm_gmtoff;
}

static void test_against_libc(void **state) {
    (void)state;
    static const char *const names[] = {"America/New_York",
                                        "America/Chicago",
                                        "America/Phoenix",
                                        "America/Los_Angeles",
                                        "America/St_Johns",
                                        "Europe/Copenhagen",
                                        "Australia/Lord_Howe",
                                        "Pacific/Apia",
                                        "Africa/Casablanca",
                                        "Asia/Kolkata",
                                        "UTC"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone *zone = open_zone(names[i]);
        setenv("TZ", names[i], 1);
        tzset();
        int last = libc_offset(-2208988800);
        for (int64_t instant = -2208988800; instant < 4133980800; instant += 6 * 3600) { /* 1900 to 2100 */
            int offset = libc_offset(instant);
            assert_int_equal(zone_offset_at(zone, instant), offset);
            if (offset != last) /* a change in these hours: look at each of its minutes */
                for (int64_t minute = instant - 6 * 3600; minute <= instant; minute += 60)
                    assert_int_equal(zone_offset_at(zone, minute), libc_offset(minute));
            last = offset;
        }
        zone_close(zone);
    }
    unsetenv("TZ");
}

static void check_local(const struct zone *zone, struct datetime local, enum zone_fit fit, int offset) {
    int found = 0;
    assert_int_equal(zone_offset_for_local(zone, datetime_seconds(&local), &found), fit);
    assert_int_equal(found, offset);
}

static void test_local_times(void **state) {
    (void)state;
    struct zone *zone = open_zone("America/New_York");
    check_local(zone, (struct datetime){2025, 3, 9, 1, 59, 59, true, ZONE_NONE, 0, "", false}, ZONE_ONCE, -5 * 3600);
    check_local(zone, (struct datetime){2025, 3, 9, 2, 0, 0, true, ZONE_NONE, 0, "", false}, ZONE_GAP, -5 * 3600);
    check_local(zone, (struct datetime){2025, 3, 9, 2, 59, 59, true, ZONE_NONE, 0, "", false}, ZONE_GAP, -5 * 3600);
    check_local(zone, (struct datetime){2025, 3, 9, 3, 0, 0, true, ZONE_NONE, 0, "", false}, ZONE_ONCE, -4 * 3600);
    check_local(zone, (struct datetime){2025, 11, 2, 0, 59, 59, true, ZONE_NONE, 0, "", false}, ZONE_ONCE, -4 * 3600);
    check_local(zone, (struct datetime){2025, 11, 2, 1, 0, 0, true, ZONE_NONE, 0, "", false}, ZONE_TWICE, -4 * 3600);
    check_local(zone, (struct datetime){2025, 11, 2, 2, 0, 0, true, ZONE_NONE, 0, "", false}, ZONE_ONCE, -5 * 3600);
    check_local(zone, (struct datetime){2050, 7, 1, 12, 0, 0, true, ZONE_NONE, 0, "", false}, ZONE_ONCE, -4 * 3600);
    zone_close(zone);
    zone = open_zone("Australia/Lord_Howe"); /* half an hour of daylight saving */
    check_local(zone, (struct datetime){2025, 4, 6, 1, 45, 0, true, ZONE_NONE, 0, "", false}, ZONE_TWICE, 11 * 3600);
    check_local(zone, (struct datetime){2025, 10, 5, 2, 15, 0, true, ZONE_NONE, 0, "", false}, ZONE_GAP, 10 * 3600 + 1800);
    zone_close(zone);
}

static void test_wrong_names(void **state) {
    (void)state;
    static const char *const names[] = {"Amerika/Chicago", "Chicago",         "../../../etc/passwd", "/etc/passwd", "",
                                        "America",         "America//Chicago"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone *zone = NULL;
        struct error error = {0};
        assert_false(zone_open(names[i], &zone, &error));
        assert_null(zone);
        assert_int_equal(error.code, EXIT_WRONG_USE);
        if (i < 2) assert_non_null(strstr(error.fix, "America/Chicago"));
        error_free(&error);
    }
}

/* What the program holds itself answers as the system does, for all names of both, at 1,000 instants. A system of another
 * version of the tz database may differ: only our names are looked at there. */
static void check_embedded(const char *name, const struct zone *held) {
    struct error error = {0};
    struct zone *zone = NULL;
    if (!zone_open(name, &zone, &error)) fail_msg("%s: %s", name, error.message);
    char *version = memory_print("%.*s, system", VIEW_ARGS(zone_text_version()));
    bool is_comparable = strcmp(zone_data(zone), version) == 0;
    for (int64_t i = 0; is_comparable && i < 1000; i++) {
        int64_t instant = -5000000000 + i * 9471643; /* 1811 to 2111, at all times of day */
        if (zone_offset_at(zone, instant) != zone_offset_at(held, instant))
            fail_msg("%s at %lld: %d, and %d in zones.txt", name, (long long)instant, zone_offset_at(zone, instant),
                     zone_offset_at(held, instant));
    }
    free(version);
    zone_close(zone);
}

static void test_embedded(void **state) {
    (void)state;
    struct view name;
    size_t count = 0;
    for (const char *place = NULL; zone_text_next(&place, &name); count++) {
        char *text = memory_copy(name);
        struct zone *held = memory_get_zero(1, sizeof *held);
        assert_true(zone_text_read(name, held));
        check_embedded(text, held);
        zone_close(held);
        free(text);
    }
    assert_true(count > 500);
}

/* Without zone files, and where they lack a name, ours are taken; a name that neither knows is refused as ever. */
static void test_no_system(void **state) {
    (void)state;
    struct zone *zone = NULL;
    struct error error = {0};
    setenv("TZDIR", "/nowhere", 1);
    assert_true(zone_open("America/Chicago", &zone, &error));
    assert_int_equal(zone_offset_at(zone, 1752000000), -5 * 3600);
    assert_non_null(strstr(zone_data(zone), ", embedded"));
    zone_close(zone);
    assert_false(zone_open("America/Chicagoo", &zone, &error));
    assert_non_null(strstr(error.fix, "America/Chicago"));
    error_free(&error);
    unsetenv("TZDIR");
}

/* A zone file that is there and cannot be read is an error: ours may be of another year. */
static void test_damaged_system(void **state) {
    (void)state;
    char folder[] = "/tmp/st2plecto-zones-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = memory_print("%s/UTC", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("TZif", file);
    fclose(file);
    setenv("TZDIR", folder, 1);
    struct zone *zone = NULL;
    struct error error = {0};
    assert_false(zone_open("UTC", &zone, &error));
    assert_null(zone);
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    assert_non_null(strstr(error.message, path));
    error_free(&error);
    unsetenv("TZDIR");
    remove(path);
    remove(folder);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_libc),
        cmocka_unit_test(test_local_times),
        cmocka_unit_test(test_wrong_names),
        cmocka_unit_test(test_embedded),
        cmocka_unit_test(test_no_system),
        cmocka_unit_test(test_damaged_system),
    };
    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
