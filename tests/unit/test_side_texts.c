/* test_side_texts.c: which texts of an export are kept while it is read, and when that is not enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/memory.h"
#include "reconcile/side_texts.h"

#define ROWS (2 * DROP_ROWS)

/* The text of a row. */
typedef void text_maker(size_t row, char *text, size_t size);

static void different(size_t row, char *text, size_t size) {
    snprintf(text, size, "note %zu", row);
}

static void of_two_cases(size_t row, char *text, size_t size) {
    snprintf(text, size, row % 2 ? "NOTE %zu" : "note %zu", row / 2);
}

static void repeated_later(size_t row, char *text, size_t size) {
    snprintf(text, size, "note %zu", row < DROP_ROWS ? row : row % 1000);
}

static void few(size_t row, char *text, size_t size) {
    snprintf(text, size, "%zu", row % 3);
}

static void date(size_t row, char *text, size_t size) {
    snprintf(text, size, "%d-%02d-%02d %02d:%02d:%02d", 2000 + (int)(row / 40000), 1 + (int)(row / 3600 % 12), 7,
             (int)(row / 150 % 24), (int)(row % 60), (int)(row / 60 % 60));
}

static void date_later(size_t row, char *text, size_t size) {
    if (row < DROP_ROWS / 16)
        different(row, text, size);
    else
        date(row, text, size);
}

static void amount(size_t row, char *text, size_t size) {
    snprintf(text, size, "%zu.25", row);
}

/* Zip codes, which wait for their numbers, beside what looks like one. */
static void code(size_t row, char *text, size_t size) {
    size_t value = row * 7919 % 1021;
    snprintf(text, size, value % 5 == 0 ? "%04zu" : value % 7 == 0 ? "%03zuA1" : "%05zu", value);
}

/* Texts of every length up to 40, many of which differ in one byte somewhere. */
static void of_all_lengths(size_t row, char *text, size_t size) {
    size_t value = row * 7919 % 40009, length = value % 40 + 1;
    snprintf(text, size, "%.*s", (int)length, "0123456789abcdefghijklmnopqrstuvwxyzABCD");
    text[value / 40 % length] = (char)('a' + value / 40 % 26);
}

static const struct {
    text_maker *make;
    bool is_unknown, is_dropped, is_enough;
} cases[] = {
    {different, true, true, true},       {different, false, true, true}, {of_two_cases, false, true, false},
    {repeated_later, true, true, false}, {few, true, false, true},       {date, true, false, true},
    {date_later, true, false, true},     {amount, true, false, true},    {amount, false, true, true},
    {code, true, false, true},           {code, false, false, true},  {of_all_lengths, true, false, true},
};

static void check(size_t number) {
    struct side side = {.may_drop = true};
    struct table *pool = table_create();
    struct text_keeper *keeper = memory_get_zero(1, sizeof *keeper);
    char text[64], id[32];
    struct side_column *column = side_add_column(&side, view_of("Note"), view_of("Note"), COLUMN_TEXT);
    column->is_unknown = cases[number].is_unknown;
    text_keeper_start(keeper, column, false);
    for (size_t row = 0; row < ROWS; row++) {
        if (row == DROP_ROWS) text_keeper_decide(keeper, column);
        snprintf(id, sizeof id, "%zu", row);
        side_set_id(side_add_row(&side), pool, view_of(id));
        cases[number].make(row, text, sizeof text);
        text_keeper_take(keeper, column, row, view_of(text));
    }
    text_keeper_end(keeper, column);
    assert_int_equal(column->is_dropped, cases[number].is_dropped);
    const struct id_counts ids = {ROWS, ROWS};
    assert_int_equal(side_knows_enough(&side, &ids), cases[number].is_enough);
    for (size_t row = 0; row < ROWS && !column->is_dropped; row += 3) {
        cases[number].make(row, text, sizeof text);
        assert_true(view_is(side_text(column, pool, side_cell(column, row)), text));
    }
    free(keeper);
    side_free(&side);
    table_destroy(pool);
}

static void texts_are_kept_or_counted(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(i);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_kept_or_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
