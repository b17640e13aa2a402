/* Libraries that are opened late: all functions or none, and a library that is not there is named with its package. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/late.h"

static void none(void) {}

static void the_functions_of_a_library_are_found(void **state) {
    (void)state;
    const char *(*version)(void) = NULL;
    struct late_library zlib = {"zlib is missing", {"libz-of-nobody.so.9", "libz.so.1"}, "zlib1g"};
    struct late_function functions[] = {{"zlibVersion", &version}};
    struct error error = {0};
    assert_true(late_open(&zlib, functions, 1, &error));
    assert_int_equal(version()[0], '1');
    assert_int_equal(error.code, EXIT_FINE);
}

static void a_function_that_is_lacking_leaves_all_places_as_they_were(void **state) {
    (void)state;
    void (*version)(void) = none, (*other)(void) = none;
    struct late_library zlib = {"zlib is not here, or another", {"libz.so.1", NULL}, "zlib1g"};
    struct late_function functions[] = {{"zlibVersion", &version}, {"zlib_of_tomorrow", &other}};
    struct error error = {0};
    assert_false(late_open(&zlib, functions, 2, &error));
    assert_true(version == none);
    assert_true(other == none);
    assert_int_equal(error.code, EXIT_WRONG_USE);
    assert_string_equal(error.message, "zlib is not here, or another");
    assert_string_equal(error.fix, "To install it:\napt-get install zlib1g");
    error_free(&error);
}

static void a_library_that_is_not_there_is_named_with_its_package(void **state) {
    (void)state;
    void (*function)(void) = none;
    struct late_library library = {"libnobody is not installed", {"libnobody.so.9", NULL}, "libnobody9"};
    struct late_function functions[] = {{"nobody", &function}};
    struct error error = {0};
    assert_false(late_open(&library, functions, 1, &error));
    assert_true(function == none);
    assert_int_equal(error.code, EXIT_WRONG_USE);
    assert_string_equal(error.message, "libnobody is not installed");
    assert_string_equal(error.fix, "To install it:\napt-get install libnobody9");
    error_free(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_functions_of_a_library_are_found),
        cmocka_unit_test(a_function_that_is_lacking_leaves_all_places_as_they_were),
        cmocka_unit_test(a_library_that_is_not_there_is_named_with_its_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
