/* test_row_texts.c: one look at a block tells whether its texts have to be looked at one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "convert/row/row_private.h"

#define LONGEST 200

/* `size` bytes at `place` of a text of `length` bytes, in memory of just that size. */
static bool is_plain_with(const char *what, size_t size, size_t place, size_t length, bool is_json) {
    char *text = malloc(length);
    memset(text, 'a', length);
    memcpy(text + place, what, size);
    bool is_plain = texts_are_plain(view_from(text, length), is_json);
    free(text);
    return is_plain;
}

static void check(const char *what, size_t size, bool of_csv, bool of_json) {
    for (size_t length = size; length <= LONGEST; length++)
        for (size_t place = 0; place + size <= length; place++) {
            assert_int_equal(is_plain_with(what, size, place, length, false), of_csv);
            assert_int_equal(is_plain_with(what, size, place, length, true), of_json);
        }
}

static void test_every_place(void **state) {
    (void)state;
    check("a", 1, true, true);
    check("\x7f", 1, true, true);
    check("\x80", 1, false, false);
    check("\xff", 1, false, false);
    check("", 1, false, false); /* the zero byte */
    check("\\\"", 2, true, true);
    check("\\n", 2, true, true);
    check("u", 1, true, true);
    check("u\\", 2, true, true);
    check("\\ud800", 6, true, false); /* in CSV a backslash is one */
    check("\\u", 2, true, false);
    check("\\\\u", 3, true, false); /* doubtful is enough: then each text is looked at */
    assert_true(texts_are_plain(view_from(NULL, 0), true));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
