/* test_plain.c: what is hidden is escaped, whole characters at a time; all else stays byte by byte; JSON keeps its
 * values; a shell reads the same word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "base/plain.h"
#include "base/words.h"
#include "render/json_write.h"

static char *plain_of(struct view text, size_t limit) {
    struct buffer out = {0};
    plain_add_short(&out, text, limit);
    return buffer_take(&out);
}

static void check(const char *text, const char *expected) {
    char *got = plain_of(view_of(text), SIZE_MAX);
    assert_string_equal(got, expected);
    assert_int_equal(plain_is_plain(view_of(text)), strcmp(text, expected) == 0);
    free(got);
}

static void test_hidden(void **state) {
    (void)state;
    check("", "");
    check("Ana L\xc3\xb3pez, 5\xe2\x82\xac, \xf0\x9f\x98\x80", "Ana L\xc3\xb3pez, 5\xe2\x82\xac, \xf0\x9f\x98\x80");
    check("a\x1b[31mb\x7f\t\n", "a\\x1b[31mb\\x7f\\x09\\x0a");
    check("\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\\u0080\\u009b\\u009f\xc2\xa0");
    check("\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad\xe2\x80\xae", "\\u202a\\u202b\\u202c\\u202d\\u202e");
    check("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", "\\u2066\\u2067\\u2068\\u2069");
    check("\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\xa8\xef\xbb\xbf", "\\u061c\\u200e\\u200f\\u2028\\ufeff");
    check("\xf3\xa0\x80\x81", "\\ue0001");
    /* joiners are part of words and of pictures */
    check("\xe2\x80\x8c\xe2\x80\x8d", "\xe2\x80\x8c\xe2\x80\x8d");
}

/* Every code point and every pair of bytes: what comes out is UTF-8 without anything hidden. */
static void test_nothing_hidden_comes_out(void **state) {
    (void)state;
    for (unsigned first = 1; first < 256; first++)
        for (unsigned second = 1; second < 256; second++) {
            char text[] = {(char)first, (char)second, 'x', '\0'};
            char *got = plain_of(view_of(text), SIZE_MAX);
            assert_true(plain_is_plain(view_of(got)));
            assert_non_null(strchr(got, 'x'));
            free(got);
        }
    check("\xff\xfe", "\\xff\\xfe");
    check("\xc3", "\\xc3");
    check("\xed\xa0\x80", "\\xed\\xa0\\x80"); /* a surrogate */
    check("\xc0\xaf", "\\xc0\\xaf");          /* an overlong form */
}

static void test_short(void **state) {
    (void)state;
    const struct view text = view_of("L\xc3\xb3pez\x1b");
    assert_int_equal(plain_width(text), 6);
    const char *const expected[] = {"\xe2\x80\xa6", "\xe2\x80\xa6", "L\xe2\x80\xa6", "L\xc3\xb3\xe2\x80\xa6"};
    for (size_t limit = 0; limit < 4; limit++) {
        char *got = plain_of(text, limit);
        assert_string_equal(got, expected[limit]);
        free(got);
    }
    char *whole = plain_of(text, 6);
    assert_string_equal(whole, "L\xc3\xb3pez\\x1b");
    free(whole);
}

/* Whatever the text: no hidden byte in the JSON, and the value read back is the text. */
static void test_json_is_exact(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",   "plain", "\"\\/",          "a\x1b\x7f\t\n",   "\xc2\x9b\xe2\x80\xae\xe2\x81\xa6",
        "\xf3\xa0\x80\x81", "\xf0\x9f\x98\x80", "\xe2\x80\xa8\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = {0};
        json_string(&out, view_of(texts[i]));
        char *json = buffer_take(&out);
        assert_true(plain_is_plain(view_of(json)));
        cJSON *value = cJSON_Parse(json);
        assert_string_equal(value->valuestring, texts[i]);
        cJSON_Delete(value);
        free(json);
    }
    struct buffer out = {0};
    json_shown(&out, view_of("\xef\xbb\xbf{\n\t\"\xe2\x80\xae\": 1} // \x1b"));
    assert_true(view_is(buffer_view(&out), "\xef\xbb\xbf{\n\t\"\\u202e\": 1} // \\u001b"));
    buffer_free(&out);
}

static void test_words(void **state) {
    (void)state;
    struct buffer out = {0};
    words_count(&out, 0);
    buffer_add_char(&out, ' ');
    words_count(&out, 1000);
    buffer_add_char(&out, ' ');
    words_count(&out, UINT64_MAX);
    buffer_add_char(&out, ' ');
    words_plural(&out, 1, "row", "rows");
    words_plural(&out, 1312, "row", "rows");
    words_left(&out, view_of("L\xc3\xb3"), 4);
    words_right(&out, view_of("L\xc3\xb3"), 4);
    words_right(&out, view_of("long"), 2);
    assert_true(view_is(buffer_view(&out), "0 1,000 18,446,744,073,709,551,615 1 row1,312 rowsL\xc3\xb3    L\xc3\xb3long"));
    buffer_free(&out);
}

static void test_shell_words(void **state) {
    (void)state;
    static const char *const words[][2] = {
        {"a/b-1.csv", "a/b-1.csv"},   {"", "''"},
        {"a b", "'a b'"},             {"it's", "'it'\\''s'"},
        {"L\xc3\xb3pez", "'L\xc3\xb3pez'"}, {"\x1b" "1'\\\xe2\x80\xae", "$'\\0331\\'\\\\\\342\\200\\256'"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buffer out = {0};
        words_shell(&out, words[i][0]);
        char *got = buffer_take(&out);
        assert_string_equal(got, words[i][1]);
        free(got);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hidden), cmocka_unit_test(test_nothing_hidden_comes_out),
        cmocka_unit_test(test_short),  cmocka_unit_test(test_json_is_exact),
        cmocka_unit_test(test_words),  cmocka_unit_test(test_shell_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
