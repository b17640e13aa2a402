/* test_decimal.c: amounts as exports write them, exactly or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "values/decimal.h"
#include "values/digit_sums.h"

struct decimal_case {
    const char *text;
    enum decimal_reason reason;
    int64_t value;
};

static void check_cases(const struct decimal_case *cases, size_t count, const struct decimal_style *style) {
    for (size_t i = 0; i < count; i++) {
        int64_t value = 0;
        enum decimal_reason reason = decimal_parse(view_of(cases[i].text), style, &value);
        if (reason != cases[i].reason || value != cases[i].value)
            print_message("%s: reason %d, value %lld\n", cases[i].text, (int)reason, (long long)value);
        assert_int_equal(reason, cases[i].reason);
        assert_int_equal(value, cases[i].value);
    }
}

static void test_forms(void **state) {
    (void)state;
    static const struct decimal_case cases[] = {
        {"0", DECIMAL_FINE, 0},
        {"-0", DECIMAL_FINE, 0},
        {"1", DECIMAL_FINE, 10000},
        {"1234.56", DECIMAL_FINE, 12345600},
        {"$1,234.56", DECIMAL_FINE, 12345600},
        {"1,234", DECIMAL_FINE, 12340000},
        {"12,345,678.9", DECIMAL_FINE, 123456789000},
        {"($45.00)", DECIMAL_FINE, -450000},
        {"(45)", DECIMAL_FINE, -450000},
        {"-$3", DECIMAL_FINE, -30000},
        {"$-7", DECIMAL_FINE, -70000},
        {"45.00-", DECIMAL_FINE, -450000},
        {"+5", DECIMAL_FINE, 50000},
        {".5", DECIMAL_FINE, 5000},
        {"5.", DECIMAL_FINE, 50000},
        {" $(45.00)", DECIMAL_FINE, -450000},
        {"$ (45.00)", DECIMAL_FINE, -450000},
        {"($ 45.00)", DECIMAL_FINE, -450000},
        {" $-   ", DECIMAL_FINE, 0},
        {" $ -   ", DECIMAL_FINE, 0},
        {"$ 1,234.50", DECIMAL_FINE, 12345000},
        {"-$ 45.00", DECIMAL_FINE, -450000},
        {"- $45.00", DECIMAL_FINE, -450000},
        {"$\xC2\xA0"
         "1,234.50",
         DECIMAL_FINE, 12345000},
        {"\xE2\x80\xAF"
         "7.25\xE2\x80\x89",
         DECIMAL_FINE, 72500},
        {"1234.5600000000001", DECIMAL_NOISE, 12345600},
        {"1234.5599999999999", DECIMAL_NOISE, 12345600},
        {"-310.10000000000002", DECIMAL_NOISE, -3101000},
        {"0.30000000000000004", DECIMAL_NOISE, 3000},
        {"0.29999999999999999", DECIMAL_NOISE, 3000},
        {"99.999999999999986", DECIMAL_NOISE, 1000000},
        {"1234.5600000001", DECIMAL_TOO_PRECISE, 12345600},
        {"33.333333333333336", DECIMAL_TOO_PRECISE, 333333},
        {"1234.56789000000001", DECIMAL_TOO_PRECISE, 12345679},
        {"0.123456789012345678", DECIMAL_TOO_PRECISE, 1235},
        {"(-45)", DECIMAL_NOT_NUMBER, 0},
        {"-(45)", DECIMAL_NOT_NUMBER, 0},
        {"$$5", DECIMAL_NOT_NUMBER, 0},
        {"- 45", DECIMAL_NOT_NUMBER, 0},
        {"1 234", DECIMAL_NOT_NUMBER, 0},
        {"12%", DECIMAL_FINE, 120000},
        {"-68.80%", DECIMAL_FINE, -688000},
        {"1e3", DECIMAL_FINE, 10000000},
        {"1.5E-2", DECIMAL_FINE, 150},
        {"1E+2", DECIMAL_FINE, 1000000},
        {"\xe2\x88\x92"
         "12.5",
         DECIMAL_FINE, -125000},
        {"  7.25  ", DECIMAL_FINE, 72500},
        {"\xc2\xa0"
         "7.25\xc2\xa0",
         DECIMAL_FINE, 72500},
        {"1.0000000000000000000", DECIMAL_FINE, 10000},
        {"25.1700000000", DECIMAL_FINE, 251700},
        {"0.0001", DECIMAL_FINE, 1},
        {"-0.0001", DECIMAL_FINE, -1},
        {"000012.50", DECIMAL_FINE, 125000},
        {"922337203685477.5807", DECIMAL_FINE, INT64_MAX},
        {"-922337203685477.5807", DECIMAL_FINE, -INT64_MAX},
        {"0.00000000000000000000000000", DECIMAL_FINE, 0},
        {"0e99", DECIMAL_FINE, 0},
        {"", DECIMAL_EMPTY, 0},
        {"   ", DECIMAL_EMPTY, 0},
        {"-", DECIMAL_NOT_NUMBER, 0},
        {"$", DECIMAL_NOT_NUMBER, 0},
        {"%", DECIMAL_NOT_NUMBER, 0},
        {"()", DECIMAL_NOT_NUMBER, 0},
        {".", DECIMAL_NOT_NUMBER, 0},
        {"1,23", DECIMAL_NOT_NUMBER, 0},
        {"12,34.5", DECIMAL_NOT_NUMBER, 0},
        {"$12,34.5", DECIMAL_NOT_NUMBER, 0},
        {"1234,567", DECIMAL_NOT_NUMBER, 0},
        {",123", DECIMAL_NOT_NUMBER, 0},
        {"1,,234", DECIMAL_NOT_NUMBER, 0},
        {"1,234,", DECIMAL_NOT_NUMBER, 0},
        {"1.2.3", DECIMAL_NOT_NUMBER, 0},
        {"12-34", DECIMAL_NOT_NUMBER, 0},
        {"--5", DECIMAL_NOT_NUMBER, 0},
        {"-5-", DECIMAL_NOT_NUMBER, 0},
        {"(-5)", DECIMAL_NOT_NUMBER, 0},
        {"$$5", DECIMAL_NOT_NUMBER, 0},
        {"5 6", DECIMAL_NOT_NUMBER, 0},
        {"abc", DECIMAL_NOT_NUMBER, 0},
        {"12abc", DECIMAL_NOT_NUMBER, 0},
        {"1e", DECIMAL_NOT_NUMBER, 0},
        {"0x10", DECIMAL_NOT_NUMBER, 0},
        {"NaN", DECIMAL_NOT_NUMBER, 0},
        {"N/A", DECIMAL_NOT_NUMBER, 0},
        {"1.234,56", DECIMAL_NOT_NUMBER, 0},
        {"922337203685477.5808", DECIMAL_TOO_LARGE, 0},
        {"99999999999999999999", DECIMAL_TOO_LARGE, 0},
        {"1e30", DECIMAL_TOO_LARGE, 0},
        /* rounded half-even, and said */
        {"12.34567", DECIMAL_TOO_PRECISE, 123457},
        {"0.00005", DECIMAL_TOO_PRECISE, 0},
        {"0.00015", DECIMAL_TOO_PRECISE, 2},
        {"0.000151", DECIMAL_TOO_PRECISE, 2},
        {"1e-5", DECIMAL_TOO_PRECISE, 0},
        {"1.33333333333333333333", DECIMAL_TOO_PRECISE, 13333},
    };
    check_cases(cases, sizeof cases / sizeof *cases, &decimal_style_default);
}

static void test_declared_style(void **state) {
    (void)state;
    static const struct decimal_style european = {',', '.'};
    static const struct decimal_case cases[] = {
        {"1.234,56", DECIMAL_FINE, 12345600}, {"-12,5", DECIMAL_FINE, -125000}, {"1.234", DECIMAL_FINE, 12340000},
        {"1,234.56", DECIMAL_NOT_NUMBER, 0},  {"12.34", DECIMAL_NOT_NUMBER, 0},
    };
    check_cases(cases, sizeof cases / sizeof *cases, &european);
}

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 1;
}

static void test_round_trip(void **state) {
    (void)state;
    uint64_t seed = 7;
    struct buffer text = {0};
    for (int i = 0; i < 200000; i++) {
        int shift = (int)(next_random(&seed) % 63);
        int64_t value = (int64_t)(next_random(&seed) >> shift) * (i % 2 ? 1 : -1);
        text.length = 0;
        decimal_print(&text, value, i % 5);
        int64_t again = 0;
        assert_int_equal(decimal_parse(buffer_view(&text), &decimal_style_default, &again), DECIMAL_FINE);
        assert_int_equal(again, value);
        size_t length = text.length;
        decimal_print_wide(&text, value, i % 5);
        assert_int_equal(text.length, 2 * length);
        assert_memory_equal(text.text, text.text + length, length);
    }
    buffer_free(&text);
}

static void check_print(void (*print)(struct buffer *, wide_integer, bool), wide_integer value, bool money,
                        const char *expected) {
    struct buffer text = {0};
    print(&text, value, money);
    char *shown = buffer_take(&text);
    assert_string_equal(shown, expected);
    free(shown);
}

static void test_print_human(void **state) {
    (void)state;
    check_print(decimal_print_human, 12345600, true, "$1,234.56");
    check_print(decimal_print_human, -660000, true, "-$66.00");
    check_print(decimal_print_human, 12345000, false, "1,234.5");
    check_print(decimal_print_human, 0, true, "$0.00");
    check_print(decimal_print_human, (wide_integer)INT64_MAX * 1000, false, "922,337,203,685,477,580.7");
}

static void test_average(void **state) {
    (void)state;
    assert_true(decimal_average(50000, 2, 2) == 25000);
    assert_true(decimal_average(100000, 3, 2) == 33300);
    assert_true(decimal_average(100000, 3, 4) == 33333);
    assert_true(decimal_average(-100000, 3, 2) == -33300);
    assert_true(decimal_average(50, 1, 2) == 0);    /* 0.005: half goes to even */
    assert_true(decimal_average(150, 1, 2) == 200); /* 0.015 */
    assert_true(decimal_average(151, 1, 2) == 200);
    assert_true(decimal_average(50000, 2, 0) == 20000); /* 2.5 → 2 */
    assert_true(decimal_average(70000, 2, 0) == 40000); /* 3.5 → 4 */
}

static void test_add_overflow(void **state) {
    (void)state;
    wide_integer most = ((wide_integer)INT64_MAX << 64) + (wide_integer)UINT64_MAX;
    wide_integer sum = most - 5;
    assert_true(decimal_add(&sum, 5));
    assert_true(sum == most);
    assert_false(decimal_add(&sum, 1));
    assert_true(sum == most);
}

/* Plain forms go a short way, others a long one; a plus before an amount changes nothing but the way. */
static void test_ways_agree(void **state) {
    (void)state;
    static const char bytes[] = "00123456789,,..$";
    uint64_t random = 88172645463325252u;
    for (int round = 0; round < 300000; round++) {
        char text[24] = "+";
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        size_t length = 1 + random % 16;
        for (size_t i = 1; i <= length; i++)
            text[i] = bytes[random >> (3 * i) & 15];
        int64_t with = 0, without = 0;
        enum decimal_reason reason = decimal_parse(view_from(text, length + 1), &decimal_style_default, &with);
        assert_int_equal(decimal_parse(view_from(text + 1, length), &decimal_style_default, &without), reason);
        assert_int_equal(without, with);
        text[0] = '-';
        assert_int_equal(decimal_parse(view_from(text, length + 1), &decimal_style_default, &with), reason);
        assert_int_equal(with, -without);
    }
}

/* --- digit by digit ---------------------------------------------------------------------------------------------- */

/* Takes a text behind 16 other bytes; false where digit_sums leaves it to decimal_parse. */
static bool add_behind(struct digit_sums *sums, const char *text, enum digit_form form, wide_integer *sum) {
    char room[64];
    int length = snprintf(room, sizeof room, "9999999999999.99%s", text);
    return digit_sums_add(sums, view_from(room + 16, (size_t)length - 16), view_from(room, (size_t)length), form, sum);
}

static void test_digit_forms(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool is_grouped, is_plain;
    } cases[] = {
        {"1.00", true, true},
        {"$1.00", true, false},
        {"12.34", true, true},
        {"123.45", true, true},
        {"$999.99", true, false},
        {"9999.99", true, true},
        {"12345.67", false, true},
        {"12345678.90", false, true},
        {"123456789.00", false, false},
        {"1,234.56", true, false},
        {"$12,345.67", true, false},
        {"123,456.78", true, false},
        {"$987,654.32", true, false},
        {"1,234,567.89", false, false},
        {"12,34.56", false, false},
        {"-1.00", false, false},
        {".50", false, false},
        {"$.50", false, false},
        {"1.5", false, false},
        {"1.500", false, false},
        {"12", false, false},
        {"1a.00", false, false},
        {"1.0x", false, false},
        {"1/.00", false, false},
        {"1:.00", false, false},
        {"1,2.00", false, false},
        {"1.234.56", false, false},
        {"$$1.00", false, false},
        {"", false, false},
        {"$", false, false},
        {"1,23a.56", false, false},
        {"a,234.56", false, false},
        {"1\xff.00", false, false},
    };
#ifdef __SSE2__
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int form = DIGITS_PLAIN; form <= DIGITS_GROUPED; form++) {
            struct digit_sums sums = {0};
            wide_integer sum = 0;
            int64_t value = 0;
            bool is_taken = add_behind(&sums, cases[i].text, (enum digit_form)form, &sum);
            if (is_taken != (form == DIGITS_PLAIN ? cases[i].is_plain : cases[i].is_grouped))
                fail_msg("%s as form %d", cases[i].text, form);
            if (is_taken)
                assert_int_equal(decimal_parse(view_of(cases[i].text), &decimal_style_default, &value), DECIMAL_FINE);
            assert_int_equal(digit_sums_value(&sums, (enum digit_form)form), value);
            assert_int_equal(sums.waiting, is_taken);
        }
    struct digit_sums sums = {0}; /* nothing is read before the room, or behind it */
    wide_integer sum = 0;
    const char *near = "999999999991.00";
    assert_false(digit_sums_add(&sums, view_from(near + 11, 4), view_from(near, 15), DIGITS_PLAIN, &sum));
    assert_false(digit_sums_add(&sums, view_of("1.00"), view_of(""), DIGITS_PLAIN, &sum));
#else
    (void)cases;
#endif
}

/* More than the lanes hold, with the largest digits: the same sum as amount by amount. */
static void test_digit_sums(void **state) {
    (void)state;
    static const char *const texts[][4] = {[DIGITS_PLAIN] = {"99999999.99", "1.01", "12345.67", "9999.90"},
                                           [DIGITS_GROUPED] = {"$999,999.99", "9999.99", "1,020.30", "$7.05"}};
    for (int form = DIGITS_PLAIN; form <= DIGITS_GROUPED; form++) {
        struct digit_sums sums = {0};
        wide_integer sum = 0, expected = 0;
        for (int i = 0; i < 3 * DIGIT_AMOUNTS + 5; i++) {
            const char *text = texts[form][i % 97 == 0 ? i % 4 : 0];
            int64_t value = 0;
            assert_int_equal(decimal_parse(view_of(text), &decimal_style_default, &value), DECIMAL_FINE);
            expected += value;
            if (!add_behind(&sums, text, (enum digit_form)form, &sum)) sum += value;
        }
        assert_true(sum + digit_sums_value(&sums, (enum digit_form)form) == expected);
        digit_sums_settle(&sums, (enum digit_form)form, &sum);
        assert_true(sum == expected && sums.waiting == 0 && digit_sums_value(&sums, (enum digit_form)form) == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_declared_style), cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_print_human), cmocka_unit_test(test_average),        cmocka_unit_test(test_add_overflow),
        cmocka_unit_test(test_ways_agree),  cmocka_unit_test(test_digit_forms),    cmocka_unit_test(test_digit_sums),
    };
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
