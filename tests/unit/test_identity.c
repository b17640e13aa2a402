/* test_identity.c: the ID set: what came already is found, and a row costs about 20 bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/sanitized.h"
#include "convert/identity.h"

static struct identity row_of(const char *id, uint32_t content, uint32_t file, uint64_t row, int64_t money) {
    return (struct identity){hash_bytes(view_of(id), 0), content, file, row, money};
}

static void test_repeat_and_duplicate(void **state) {
    (void)state;
    struct identity_set *set = identity_set_create();
    struct identity first = row_of("100232", 7, 0, 12, 3100000);
    assert_int_equal(identity_set_add(set, &first).verdict, IDENTITY_NEW);

    struct identity same = row_of("100232", 7, 0, 13, 3100000);
    struct identity_before before = identity_set_add(set, &same);
    assert_int_equal(before.verdict, IDENTITY_REPEATED);
    assert_int_equal(before.row, 12);

    struct identity other = row_of("100232", 8, 1, 2, 500000);
    before = identity_set_add(set, &other);
    assert_int_equal(before.verdict, IDENTITY_TAKEN);
    assert_int_equal(before.file, 0);
    assert_int_equal(before.row, 12);
    assert_int_equal(before.money, 3100000);

    /* the third one drops the second, which Plecto would have kept until then */
    struct identity third = row_of("100232", 9, 2, 5, 100);
    before = identity_set_add(set, &third);
    assert_int_equal(before.verdict, IDENTITY_TAKEN);
    assert_int_equal(before.file, 1);
    assert_int_equal(before.row, 2);
    assert_int_equal(before.money, 500000);
    identity_set_free(set);
}

static void test_many_rows_over_files(void **state) {
    (void)state;
    enum { ROWS = 300000 };
    struct identity_set *set = identity_set_create();
    char id[32];
    for (uint32_t i = 0; i < ROWS; i++) {
        snprintf(id, sizeof id, "%u", i);
        struct identity row = row_of(id, i, i / 100000, i % 100000 + 2, (int64_t)i);
        assert_int_equal(identity_set_add(set, &row).verdict, IDENTITY_NEW);
    }
    for (uint32_t i = 0; i < ROWS; i += 997) {
        snprintf(id, sizeof id, "%u", i);
        struct identity row = row_of(id, i + 1, 3, 1, 0);
        struct identity_before before = identity_set_add(set, &row);
        assert_int_equal(before.verdict, IDENTITY_TAKEN);
        assert_int_equal(before.file, i / 100000);
        assert_int_equal(before.row, i % 100000 + 2);
        assert_int_equal(before.money, i);
    }
    identity_set_free(set);
}

/* Amounts that fit a row's three bytes and those that do not: all come back exactly. */
static void test_money_is_exact(void **state) {
    (void)state;
    static const int64_t amounts[] = {0,         100,        -100,       1,         -1,        838860700, -838860700,
                                      838860800, -838860800, 1677721600, INT64_MAX, INT64_MIN, 12345,     99};
    enum { COUNT = sizeof amounts / sizeof *amounts };
    struct identity_set *set = identity_set_create();
    char id[32];
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "%u", i);
        struct identity row = row_of(id, 1, 0, i + 2, amounts[i % COUNT]);
        assert_int_equal(identity_set_add(set, &row).verdict, IDENTITY_NEW);
    }
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "%u", i);
        struct identity row = row_of(id, 2, 0, i + 2000, 7);
        assert_int_equal(identity_set_add(set, &row).money, amounts[i % COUNT]);
    }
    identity_set_free(set);
}

/* Rows with gaps, of which many have several bearers: each time the latest one is named. */
static void test_latest_bearer(void **state) {
    (void)state;
    enum { ROWS = 20000, ROUNDS = 4 };
    struct identity_set *set = identity_set_create();
    char id[32];
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < ROWS; i++) {
            snprintf(id, sizeof id, "J-%u", i);
            struct identity row = row_of(id, round, round, (uint64_t)i * i + round, (int64_t)round * 100);
            struct identity_before before = identity_set_add(set, &row);
            if (round == 0) {
                assert_int_equal(before.verdict, IDENTITY_NEW);
                continue;
            }
            assert_int_equal(before.verdict, IDENTITY_TAKEN);
            assert_int_equal(before.file, round - 1);
            assert_int_equal(before.row, (uint64_t)i * i + round - 1);
            assert_int_equal(before.money, (int64_t)(round - 1) * 100);
        }
    }
    identity_set_free(set);
}

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define ROWS 1500000 /* six million are counted without sanitizers, at night */
#else
#define ROWS 6000000
#endif

static void test_memory_per_row(void **state) {
    (void)state;
    struct identity_set *set = identity_set_create();
    for (uint64_t i = 1; i <= ROWS; i++) {
        uint64_t mixed = hash_bytes(view_from((const char *)&i, sizeof i), 0);
        struct identity row = {mixed, 0, 0, i, 0};
        identity_set_add(set, &row);
        /* the table doubles while it is small; later it grows by a quarter */
        if (i >= 1000000 && i % 50000 == 0) assert_true(identity_set_memory(set) < i * 25);
        if (i >= 4000000 && i % 50000 == 0) assert_true(identity_set_memory(set) < i * 22);
    }
    identity_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeat_and_duplicate), cmocka_unit_test(test_many_rows_over_files),
        cmocka_unit_test(test_money_is_exact),       cmocka_unit_test(test_latest_bearer),
        cmocka_unit_test(test_memory_per_row),
    };
    return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
