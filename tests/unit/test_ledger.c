/* test_ledger.c: the book balances, and says so in words where it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/ledger.h"

static char *titles[] = {(char[]){"Subtotal"}, (char[]){"Hours"}};

static void check_words(const struct ledger *ledger, bool check_disk, const char *words) {
    struct buffer why = {0};
    bool is_balanced = ledger_balanced(ledger, check_disk, titles, &why);
    char *text = buffer_take(&why);
    assert_int_equal(is_balanced, words == NULL);
    if (words && !strstr(text, words)) fail_msg("%s", text);
    free(text);
}

static void test_balance(void **state) {
    (void)state;
    struct ledger ledger, part;
    ledger_start(&ledger, 2);
    ledger_start(&part, 2);
    const int64_t written[] = {3100000, 15000}, rejected[] = {-450000, 0}, outside[] = {10000, 5000};
    ledger_in(&part, written);
    ledger_out(&part, LEDGER_WRITTEN, written);
    ledger_in(&part, rejected);
    ledger_out(&part, LEDGER_REJECTED, rejected);
    ledger_in(&part, outside);
    ledger_out(&part, LEDGER_OUTSIDE_PERIOD, outside);
    part.rows_in += 2;
    part.rows[LEDGER_FOOTER] = part.rows[LEDGER_BLANK] = 1;
    ledger_merge(&ledger, &part);
    ledger_merge(&ledger, &part);
    check_words(&ledger, false, NULL);
    assert_int_equal(ledger.rows_in, 10);
    assert_int_equal(ledger_filtered(&ledger), 2);
    assert_true(ledger.sums[LEDGER_REJECTED][0] == -900000);

    /* on disk: rows and known sums must agree */
    ledger.rows_on_disk = 2;
    ledger.sums_on_disk[0] = 6200000;
    ledger.on_disk_known[0] = true;
    check_words(&ledger, true, NULL);
    ledger.sums_on_disk[0] = 6200001;
    check_words(&ledger, true, "Subtotal: 620.00 was written, on disk is 620.0001");
    check_words(&ledger, false, NULL);
    ledger.sums_on_disk[0] = 6200000;
    ledger.rows_on_disk = 1;
    check_words(&ledger, true, "2 registrations were written and 1 are in the files on disk");

    /* a row or a cent that went nowhere */
    ledger.rows_on_disk = 2;
    ledger.rows_in++;
    check_words(&ledger, true, "11 rows came in and 10 are accounted for");
    ledger.rows_in--;
    ledger.sums_in[1] += 100;
    check_words(&ledger, true, "Hours: 4.01 came in, 4.00");
    ledger_reset(&ledger);
    check_words(&ledger, false, NULL);
    ledger_free(&ledger);
    ledger_free(&part);
}

static void test_overflow(void **state) {
    (void)state;
    struct ledger ledger;
    ledger_start(&ledger, 2);
    ledger.sums_in[0] = ledger.sums[LEDGER_WRITTEN][0] = ((wide_integer)INT64_MAX << 64) + (wide_integer)UINT64_MAX;
    const int64_t one[] = {1, 0};
    ledger_in(&ledger, one);
    ledger_out(&ledger, LEDGER_WRITTEN, one);
    check_words(&ledger, false, "too large");
    ledger_free(&ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_balance), cmocka_unit_test(test_overflow)};
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
