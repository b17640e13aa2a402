/* test_duration.c: lengths of time, and yes and no. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "values/boolean.h"
#include "values/decimal.h"
#include "values/duration.h"

static void test_accepted(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
        const char *printed;
    } cases[] = {
        {"00:01:06", 66, "00:01:06"},
        {"1:02:03", 3723, "01:02:03"},
        {"01:06", 66, "00:01:06"},
        {"100:00:00", 360000, "100:00:00"},
        {"1.02:03:04", 93784, "26:03:04"},
        {"-00:10:00", -600, "-00:10:00"},
        {"90", 90, "00:01:30"},
        {" 00:00:00 ", 0, "00:00:00"},
        {"\xE2\x80\xAF"
         "1:30:00\xC2\xA0",
         5400, "01:30:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 0;
        assert_true(duration_parse(view_of(cases[i].text), &value));
        assert_int_equal(value, cases[i].seconds * DECIMAL_SCALE);
        struct buffer text = {0};
        duration_print(&text, value);
        assert_true(view_is(buffer_view(&text), cases[i].printed));
        buffer_free(&text);
    }
    int64_t value;
    assert_true(duration_parse(view_of("00:00:01.25"), &value));
    assert_int_equal(value, 12500);
}

/* Found by tests/fuzz: lengths that could be printed, but not read back. */
static void test_longest(void **state) {
    (void)state;
    static const struct {
        const char *text, *printed;
    } cases[] = {{"9E13", "25000000000:00:00"},
                 {"922337203685477.5807", "256204778801:31:17.5807"},
                 {"-922337203685477.5807", "-256204778801:31:17.5807"},
                 {"9999999.23:59:59", "239999999:59:59"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        int64_t value, again;
        assert_true(duration_parse(view_of(cases[i].text), &value));
        duration_print(&out, value);
        assert_true(view_is(buffer_view(&out), cases[i].printed));
        assert_true(duration_parse(buffer_view(&out), &again));
        assert_int_equal(again, value);
        buffer_free(&out);
    }
    int64_t value;
    assert_false(duration_parse(view_of("256204778801:31:17.5808"), &value));
    assert_false(duration_parse(view_of("999999999999:00:00"), &value));
    assert_false(duration_parse(view_of("10000000.00:00:00"), &value));
}

static void test_rejected(void **state) {
    (void)state;
    static const char *const texts[] = {"",           "abc",       "00:75:00", "00:00:75", "1:2:3:4", "00:01:06x",
                                        ":30",        "1:",        "$5",       "5%",       "75:00",   "00:00:01.123456",
                                        "1.25:00:00", "--00:01:00"};
    int64_t value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (duration_parse(view_of(texts[i]), &value)) print_message("case %zu was accepted\n", i);
        assert_false(duration_parse(view_of(texts[i]), &value));
    }
}

static void test_booleans(void **state) {
    (void)state;
    static const char *const yes[] = {"True", "true", "TRUE", "Yes", "y", "1", "T", " yes "};
    static const char *const no[] = {"False", "FALSE", "No", "n", "0", "f"};
    static const char *const neither[] = {"", "maybe", "2", "-1", "truee", "on"};
    bool value;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_true(boolean_parse(view_of(yes[i]), &value));
        assert_true(value);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        assert_true(boolean_parse(view_of(no[i]), &value));
        assert_false(value);
    }
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        assert_false(boolean_parse(view_of(neither[i]), &value));
}

static void test_placeholders(void **state) {
    (void)state;
    static const char *const nothing[] = {"", "  ", "N/A", "n/a", "NA", "-", "--", "---", "null", "None", "#N/A", "(blank)"};
    static const char *const something[] = {"0", "Nadia", "----", "none yet", "N"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_true(placeholder_text(view_of(nothing[i])));
    for (size_t i = 0; i < sizeof something / sizeof *something; i++)
        assert_false(placeholder_text(view_of(something[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_rejected),
        cmocka_unit_test(test_booleans),
        cmocka_unit_test(test_placeholders),
    };
    return cmocka_run_group_tests_name("duration", tests, NULL, NULL);
}
