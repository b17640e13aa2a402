/* test_setting.c: an option as a setting of the configuration. */
#include "base/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka needs those before it */
#include <cmocka.h>

static void check(const struct setting_place *place, const char *schema, const char *options, const char *wanted) {
    struct buffer text = {0};
    setting_add(&text, place, schema, view_of(options));
    buffer_add_char(&text, '\0');
    assert_string_equal(text.text, wanted);
    buffer_free(&text);
}

static void test_of_feed(void **state) {
    (void)state;
    const struct setting_place place = {.file = "/a/st2plecto.json", .feed = "jobs", .again = "st2plecto run"};
    check(&place, "jobs", " --on-error reject", "In the feed jobs of /a/st2plecto.json: \"options\": {\"on-error\": \"reject\"}");
    check(&place, NULL, " --allow-cut", "In the feed jobs of /a/st2plecto.json: \"options\": {\"allow-cut\": true}");
    check(&place, NULL, " --date 'Invoiced On' --allow-cut --to \"csv,review\"",
          "In the feed jobs of /a/st2plecto.json: \"options\": {\"date\": \"Invoiced On\", \"allow-cut\": true, \"to\": \"csv,review\"}");
    check(&place, NULL, " --field 'Bo'\\''s \"Job\"'",
          "In the feed jobs of /a/st2plecto.json: \"options\": {\"field\": \"Bo's \\\"Job\\\"\"}");
}

static void test_of_all_types(void **state) {
    (void)state;
    const struct setting_place place = {.file = "st2plecto.json", .again = "st2plecto run"};
    const struct setting_place none = {.again = "st2plecto run"};
    check(&place, "jobs", " --on-error reject", "In st2plecto.json: \"on-error\": \"reject\"");
    check(&place, "jobs", " --date Sold", "In st2plecto.json: \"schemas\": {\"jobs\": {\"date\": \"Sold\"}}");
    check(&none, "jobs", " --on-error reject", "In a new file st2plecto.json: {\"on-error\": \"reject\"}");
    check(&none, "jobs", " --drop Note", "In a new file st2plecto.json: {\"schemas\": {\"jobs\": {\"drop\": [\"Note\"]}}}");
    check(&place, "jobs", " --field Note", "In st2plecto.json: \"schemas\": {\"jobs\": {\"fields\": {\"Note\": \"Note\"}}}");
}

static void test_fix(void **state) {
    (void)state;
    const struct setting_place place = {.again = "st2plecto run -o night"};
    struct error error = {0};
    error_set(&error, EXIT_WRONG_USE, "cut");
    error_fix(&error, "To send it:\n{run} --allow-cut\nThen:\n{run}");
    setting_fix(&error, &place, NULL);
    assert_string_equal(error.fix, "To send it:\nIn a new file st2plecto.json: {\"allow-cut\": true}\nThen:\nst2plecto run -o night");
    error_free(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_of_feed), cmocka_unit_test(test_of_all_types),
                                       cmocka_unit_test(test_fix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
