/* test_nothing_signs.c: the quick look at a text's first bytes lets nothing through that the slow look would find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "convert/id_form.h"
#include "values/nothing.h"

/* Every word for nothing is found, and no text of one is ordinary. */
static void words_are_found(void **state) {
    (void)state;
    for (size_t i = 0; i < NOTHING_WORDS - 1; i++) { /* the last is no spelling */
        struct view word = view_of(nothing_spelling(i));
        if (view_starts_with(word, "U+")) continue; /* shown so */
        assert_int_equal(nothing_word(word), i);
        assert_false(nothing_is_ordinary(word));
        char padded[64]; /* as columns of a fixed width have it */
        int length = snprintf(padded, sizeof padded, "%s%*s", nothing_spelling(i), 40, "");
        assert_false(nothing_is_ordinary(view_from(padded, (size_t)length)));
        length = snprintf(padded, sizeof padded, "%s%*s\xC2\xA0", nothing_spelling(i), 30, "");
        assert_false(nothing_is_ordinary(view_from(padded, (size_t)length)));
    }
    assert_true(nothing_word(view_of("\xE2\x80\x8B")) != SIZE_MAX);
    assert_false(nothing_is_ordinary(view_of("\xE2\x80\x8B")));
}

static void errors_are_found(void **state) {
    (void)state;
    for (size_t i = 0; i < NOTHING_ERRORS; i++) {
        const char *spelling = nothing_error_spelling(i);
        if (spelling[0] != '#' && spelling[0] != 'L') continue; /* described, not spelt */
        assert_true(nothing_error(view_of(spelling)));
        assert_false(nothing_is_ordinary(view_of(spelling)));
    }
    assert_true(nothing_error(view_of("Err:502")));
    assert_false(nothing_is_ordinary(view_of("Err:502")));
    assert_false(nothing_is_ordinary(view_of(NOTHING_NO_RESULT)));
    assert_false(nothing_is_ordinary(view_of("Loading...  ")));
}

static void guards_and_blanks_are_not_ordinary(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "\t",
        "\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0",
        "=\"001234\"",
        "=A1",
        "'001234",
        " N/A"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(nothing_is_ordinary(view_of(texts[i])));
    static const char *const ordinary[] = {"HVAC Install", "No Heat", "Estimate", "Lopez", "Completed", "$12.50", "1"};
    for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++)
        assert_true(nothing_is_ordinary(view_of(ordinary[i])));
}

/* Digits by eight at a time are the digits one by one: every byte at every place of every length. */
static void digits_are_told_alike(void **state) {
    (void)state;
    char text[20];
    for (size_t length = 1; length < sizeof text; length++)
        for (size_t place = 0; place < length; place++)
            for (int byte = 0; byte < 256; byte++) {
                memset(text, place % 2 ? '9' : '0', sizeof text);
                text[place] = (char)byte;
                assert_int_equal(digits_only(view_from(text, length)), byte >= '0' && byte <= '9');
            }
    assert_false(digits_only(view_of("")));
    assert_int_equal(id_kind(view_of("1234567890")), ID_DIGITS);
    assert_int_equal(id_kind(view_of("123456789:")), ID_OTHER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(errors_are_found),
        cmocka_unit_test(guards_and_blanks_are_not_ordinary),
        cmocka_unit_test(digits_are_told_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
