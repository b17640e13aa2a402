/* test_packed.c: numbers come back as they were written, whatever their width, wherever they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reconcile/packed.h"

#define COUNT (PACKED_BLOCK * 5 + 77)

/* A number of a row: of few values, in cents, in minutes, sequential, wide, at the ends of the type. */
static int64_t number_of(int kind, uint64_t row) {
    uint64_t mixed = (row + 1) * 0x9e3779b97f4a7c15u;
    mixed ^= mixed >> 29;
    switch (kind) {
    case 0: return 7;
    case 1: return (int64_t)(mixed % 3);
    case 2: return ((int64_t)(mixed % 2000000) - 1000000) * 100;
    case 3: return (int64_t)(mixed % 525600) * 60 + 1735689600;
    case 4: return (int64_t)row + 2;
    case 5: return (int64_t)(mixed >> 9);
    case 6: return (int64_t)(mixed >> 8) + 1; /* 56 bits */
    case 7: return row % 2 ? INT64_MAX : INT64_MIN + 1;
    case 8: return row % 3 ? (int64_t)mixed : PACKED_NONE;
    case 9: return row % 3 ? (int64_t)(mixed % 2) : PACKED_NONE;
    case 10: return row / PACKED_BLOCK == 2 ? PACKED_NONE : 1;
    case 11: return row % 1000 ? (int64_t)(mixed % 1000) * 100 : 5; /* not all in whole cents */
    default: return (int64_t)(mixed % 255) + (row % 5 ? 0 : INT64_MIN + 300);
    }
}

static void check_all(const struct packed *list, int kind) {
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(packed_get(list, i), number_of(kind, i));
    assert_int_equal(packed_get(list, COUNT + PACKED_BLOCK), PACKED_NONE);
}

static void in_order(void **state) {
    (void)state;
    static const uint32_t steps[] = {0, 1, 60, 100};
    for (int kind = 0; kind <= 12; kind++)
        for (size_t s = 0; s < 4; s++) {
            struct packed list = {.step = steps[s]};
            for (size_t i = 0; i < COUNT; i++)
                packed_set(&list, i, number_of(kind, i));
            check_all(&list, kind);
            packed_free(&list);
            assert_int_equal(packed_get(&list, 0), PACKED_NONE);
            assert_int_equal(list.step, steps[s]);
        }
}

/* Every other place later, some of them in blocks that are full. */
static void out_of_order(void **state) {
    (void)state;
    for (int kind = 0; kind <= 12; kind++) {
        struct packed list = {.step = 100};
        for (size_t i = 0; i < COUNT; i += 2)
            packed_set(&list, i, number_of(kind, i));
        assert_int_equal(packed_get(&list, 1), PACKED_NONE);
        assert_int_equal(packed_get(&list, PACKED_BLOCK + 1), PACKED_NONE);
        for (size_t i = 1; i < COUNT; i += 2)
            packed_set(&list, i, number_of(kind, i));
        check_all(&list, kind);
        packed_set(&list, 3, 12345);
        assert_int_equal(packed_get(&list, 3), 12345);
        assert_int_equal(packed_get(&list, 4), number_of(kind, 4));
        packed_free(&list);
    }
}

/* A column of few values takes few bits. */
static void is_small(void **state) {
    (void)state;
    static const struct {
        int kind;
        uint8_t width;
    } cases[] = {{0, 0}, {1, 2}, {2, 21}, {4, 12}, {9, 2}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct packed list = {.step = 100};
        for (size_t i = 0; i <= PACKED_BLOCK; i++)
            packed_set(&list, i, number_of(cases[c].kind, i));
        assert_int_equal(list.block_count, 1);
        assert_int_equal(list.blocks[0].width, cases[c].width);
        packed_free(&list);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_order),
        cmocka_unit_test(out_of_order),
        cmocka_unit_test(is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
