/* test_counts.c: what blocks counted adds up to what one block would have counted: every number, every sum, each day and
 * member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/counts.h"
#include "ledger/day_sums.h"

#define COLUMNS 3

/* Numbers that differ for each place, so that one added to another's place is seen. */
static void fill(struct counts *counts, uint64_t seed) {
    for (int i = 0; i < COUNT_LIMIT; i++)
        counts->of[i] = seed * 1000 + (uint64_t)i * 7 + 1;
    for (int i = 0; i < COUNT_SUM_LIMIT; i++) {
        int64_t amounts[COLUMNS];
        for (int k = 0; k < COLUMNS; k++)
            amounts[k] = (int64_t)seed * 100000 + i * 1000 + k * 10 - 5;
        counts_add_amounts(counts, (enum count_sum)i, amounts);
    }
    counts->other_day_money = (wide_integer)seed * 77;
}

static void every_count_adds_up(void **state) {
    (void)state;
    struct counts all, first, second;
    counts_start(&all, COLUMNS);
    counts_start(&first, COLUMNS);
    counts_start(&second, COLUMNS);
    assert_true(all.first_day > all.last_day);
    fill(&first, 1);
    fill(&second, 20);
    counts_add_day(&first, 20000);
    counts_add_day(&second, 20400);
    counts_add_day(&second, 19000);
    counts_add(&all, &first);
    assert_int_equal(all.first_day, 20000);
    assert_int_equal(all.last_day, 20000);
    counts_add(&all, &second);
    for (int i = 0; i < COUNT_LIMIT; i++)
        assert_int_equal(all.of[i], 21000 + i * 14 + 2);
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        for (int k = 0; k < COLUMNS; k++)
            assert_true(all.sums[i][k] == 2100000 + i * 2000 + k * 20 - 10);
    assert_true(all.other_day_money == 21 * 77);
    assert_int_equal(all.first_day, 19000);
    assert_int_equal(all.last_day, 20400);
    struct counts none;
    counts_start(&none, COLUMNS);
    counts_add(&all, &none); /* nothing counted changes nothing, days neither */
    assert_int_equal(all.first_day, 19000);
    assert_int_equal(all.of[COUNT_LIMIT - 1], first.of[COUNT_LIMIT - 1] + second.of[COUNT_LIMIT - 1]);
    counts_reset(&all);
    assert_memory_equal(all.of, none.of, sizeof all.of);
    for (int i = 0; i < COUNT_SUM_LIMIT; i++)
        assert_memory_equal(all.sums[i], none.sums[i], COLUMNS * sizeof *all.sums[i]);
    assert_true(all.other_day_money == 0 && all.first_day == INT32_MAX && all.last_day == INT32_MIN);
    counts_free(&all);
    counts_free(&first);
    counts_free(&second);
    counts_free(&none);
}

static void add(struct day_sums *sums, const char *id, const char *name, int32_t day, int64_t amount) {
    const int64_t amounts[2] = {amount, -amount * 3};
    day_sums_add(sums, day_sums_member(sums, view_of(id), view_of(name)), day, amounts);
}

/* Rows and first sum of a day; its second is always three times less than nothing of that. */
static void check_day(const struct day_sums *sums, int32_t day, uint64_t rows, int64_t amount) {
    size_t number = table_find(sums->days, view_from((const char *)&day, sizeof day));
    assert_int_not_equal(number, SIZE_MAX);
    assert_int_equal(sums->by_day.rows[number], rows);
    assert_true(sums->by_day.sums[number * 2] == amount && sums->by_day.sums[number * 2 + 1] == -3 * amount);
}

static void check_member(const struct day_sums *sums, const char *id, const char *name, uint64_t rows, int64_t amount) {
    size_t number = table_find(sums->members, view_of(id));
    assert_int_not_equal(number, SIZE_MAX);
    assert_true(view_is(sums->names[number], name));
    assert_int_equal(sums->by_member.rows[number], rows);
    assert_true(sums->by_member.sums[number * 2] == amount && sums->by_member.sums[number * 2 + 1] == -3 * amount);
}

static void days_and_members_add_up(void **state) {
    (void)state;
    struct day_sums all, block;
    day_sums_start(&all, 2);
    day_sums_start(&block, 2);
    add(&block, "7", "Ana Lopez", 20000, 100);
    add(&block, "8", "Bo Chen", 20001, 20);
    add(&block, "7", "Ana Lopez", 20001, 3);
    day_sums_merge(&all, &block);
    day_sums_reset(&block);
    assert_int_equal(table_count(block.members) + table_count(block.days) + block.by_day.count, 0);
    add(&block, "8", "Bo Chen-Ruiz", 20000 + KNOWN_DAYS, 5000); /* shares its place with 20000 */
    add(&block, "8", "Bo Chen", 20000, 60000);
    add(&block, "9", "Cy", 20000 + KNOWN_DAYS, 700000);
    day_sums_merge(&all, &block);
    assert_int_equal(table_count(all.members), 3);
    assert_int_equal(table_count(all.days), 3);
    check_member(&all, "7", "Ana Lopez", 2, 103);
    check_member(&all, "8", "Bo Chen", 3, 65020);
    check_member(&all, "9", "Cy", 1, 700000);
    check_day(&all, 20000, 2, 60100);
    check_day(&all, 20001, 2, 23);
    check_day(&all, 20000 + KNOWN_DAYS, 2, 705000);
    /* both names of 8 are known: by the block that met the other one first, and by the merge */
    assert_int_equal(table_count(all.other_names), 2);
    assert_int_not_equal(table_find(all.other_names, view_from("8\0Bo Chen-Ruiz", 14)), SIZE_MAX);
    day_sums_free(&all);
    day_sums_free(&block);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count_adds_up),
        cmocka_unit_test(days_and_members_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
