/* test_ids.c: IDs as numbers, and the equal ones of two sides: by their parts as by looking at each pair. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/memory.h"
#include "reconcile/side.h"

#define ROWS 700u
#define MANY 20000u

static void plain_numbers_need_no_text(void **state) {
    (void)state;
    static const char *const numbers[] = {"0", "7", "100241", "999999999999999999"};
    static const char *const texts[] = {"007", "-7", "1000000000000000000", "1.0", "A1", "7-1", " 7", "7 ", "+7"};
    struct table *pool = table_create();
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(id_find(pool, view_of(numbers[i])) == id_add(pool, view_of(numbers[i])));
        assert_int_equal(table_count(pool), 0);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(id_find(pool, view_of(texts[i])) == NO_ID);
        int64_t id = id_add(pool, view_of(texts[i]));
        assert_int_equal(table_count(pool), i + 1);
        assert_true(id_find(pool, view_of(texts[i])) == id);
        assert_true(view_is(id_text(pool, id), texts[i]));
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_true(view_is(id_text(pool, id_add(pool, view_of(numbers[i]))), numbers[i]));
    assert_int_equal(id_text(pool, NO_ID).length, 0);
    table_destroy(pool);
}

/* Every third ID is a text, some come again, some rows have none. */
static void fill(struct side *side, struct table *pool, size_t rows, unsigned seed) {
    char id[32];
    for (size_t i = 0; i < rows; i++) {
        seed = seed * 1103515245u + 12345u;
        unsigned value = (seed >> 8) % (unsigned)(rows * 2);
        struct side_row *row = side_add_row(side);
        snprintf(id, sizeof id, value % 3 == 0 ? "J-%u" : "%u", value);
        if (value % 50 != 0) side_set_id(row, pool, view_of(id));
    }
}

static void equal_ids_have_one_number(void **state) {
    (void)state;
    struct table *pool = table_create();
    struct side sides[2] = {{0}, {0}};
    struct id_numbers numbers;
    for (int side = 0; side < 2; side++)
        fill(&sides[side], pool, ROWS, (unsigned)side + 1);
    id_numbers_make(sides, false, &numbers);
    size_t equal = 0;
    for (size_t i = 0; i < 2 * ROWS; i++)
        for (size_t j = 0; j < 2 * ROWS; j++) {
            int64_t a = side_id_at(&sides[i / ROWS], i % ROWS), b = side_id_at(&sides[j / ROWS], j % ROWS);
            uint32_t of_a = numbers.of_row[i / ROWS][i % ROWS], of_b = numbers.of_row[j / ROWS][j % ROWS];
            assert_int_equal(a == b, of_a == of_b);
            assert_int_equal(a == NO_ID, of_a == NO_NUMBER);
            assert_true(of_a == NO_NUMBER || of_a < numbers.count);
            equal += a == b && i / ROWS != j / ROWS;
        }
    assert_true(equal > 100);
    id_numbers_free(&numbers);
    for (int side = 0; side < 2; side++)
        side_free(&sides[side]);
    table_destroy(pool);
}

/* So many that they are dealt into parts. */
static void ids_of_many_rows_are_counted(void **state) {
    (void)state;
    struct table *pool = table_create();
    struct side sides[2] = {{0}, {0}};
    struct id_numbers numbers;
    for (int side = 0; side < 2; side++)
        fill(&sides[side], pool, MANY, 7);
    id_numbers_make(sides, true, &numbers);
    bool *is_seen = memory_get_zero(numbers.count, sizeof *is_seen);
    size_t filled = 0, different = 0;
    for (size_t i = 0; i < MANY; i++) {
        uint32_t number = numbers.of_row[0][i];
        assert_int_equal(number, numbers.of_row[1][i]);
        if (number == NO_NUMBER) continue;
        filled++;
        different += !is_seen[number];
        is_seen[number] = true;
    }
    assert_true(different < filled);
    for (int side = 0; side < 2; side++) {
        assert_int_equal(numbers.counts[side].filled, filled);
        assert_int_equal(numbers.counts[side].different, different);
        side_free(&sides[side]);
    }
    assert_int_equal(numbers.count, MANY); /* the right side has none that the left one lacks */
    free(is_seen);
    id_numbers_free(&numbers);
    table_destroy(pool);
}

/* Many IDs that only one side has, in both halves of the work. */
static void two_threads_give_the_same_numbers(void **state) {
    (void)state;
    struct table *pool = table_create();
    struct side sides[2] = {{0}, {0}};
    struct id_numbers one, two;
    fill(&sides[0], pool, MANY, 7);
    fill(&sides[1], pool, MANY - 1001, 8);
    id_numbers_make(sides, false, &one);
    id_numbers_make(sides, true, &two);
    assert_true(one.count > MANY + 1000); /* numbers of rows of the left side, and of IDs that only the right one has */
    assert_int_equal(one.count, two.count);
    assert_memory_equal(one.counts, two.counts, sizeof one.counts);
    for (int side = 0; side < 2; side++) {
        assert_memory_equal(one.of_row[side], two.of_row[side], sides[side].row_count * sizeof **one.of_row);
        side_free(&sides[side]);
    }
    id_numbers_free(&one);
    id_numbers_free(&two);
    table_destroy(pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers_need_no_text),
        cmocka_unit_test(equal_ids_have_one_number),
        cmocka_unit_test(two_threads_give_the_same_numbers),
        cmocka_unit_test(ids_of_many_rows_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
