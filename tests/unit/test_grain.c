/* test_grain.c: the smallest set of columns that tells rows of one ID apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "convert/grain.h"

#define COLUMNS 4

/* Rows as "id|a|b|c|d;…"; the answer as the labels chosen. */
static const struct {
    const char *rows, *usable, *answer;
} cases[] = {
    {"1|x|p|k|1;1|y|p|k|1;2|x|p|k|1", "yyyy", "A"},
    /* two columns, neither alone */
    {"1|x|p|k|1;1|x|q|k|1;1|y|p|k|1;1|y|q|k|1", "yyyy", "A B"},
    /* of single ones that with fewer values */
    {"1|x1|p|k|1;1|x2|q|k|1;2|x3|p|k|1;2|x4|q|k|1", "yyyy", "B"},
    {"1|x1|p|k|1;1|x2|q|k|1;2|x3|p|k|1;2|x4|q|k|1", "ynyy", "A"},
    /* three columns */
    {"1|x|p|k|1;1|x|p|l|1;1|x|q|k|1;1|x|q|l|1;1|y|p|k|1;1|y|p|l|1;1|y|q|k|1;1|y|q|l|1", "yyyy", "A B C"},
    /* exact repeats do not count */
    {"1|x|p|k|1;1|x|p|k|1;1|y|p|k|1", "yyyy", "A"},
    /* nothing tells them apart but what is not usable */
    {"1|x|p|k|1;1|x|p|k|2", "yyyn", ""},
    {"", "yyyy", ""},
};

static void smallest_sets(void **state) {
    (void)state;
    const struct view labels[COLUMNS] = {view_of("A"), view_of("B"), view_of("C"), view_of("D")};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool usable[COLUMNS];
        for (size_t k = 0; k < COLUMNS; k++)
            usable[k] = cases[i].usable[k] == 'y';
        struct grain *grain = grain_create(labels, usable, COLUMNS);
        for (const char *at = cases[i].rows; *at;) {
            struct view cells[COLUMNS + 1];
            for (size_t k = 0; k <= COLUMNS; k++) {
                size_t length = strcspn(at, "|;");
                cells[k] = view_from(at, length);
                at += length + (at[length] != '\0');
            }
            grain_add(grain, cells[0], cells + 1);
        }
        size_t chosen[GRAIN_LIMIT], count = 0;
        struct buffer answer = {0};
        grain_find(grain, chosen, &count);
        for (size_t k = 0; k < count; k++)
            buffer_print(&answer, "%s%.*s", k ? " " : "", VIEW_ARGS(labels[chosen[k]]));
        buffer_add_char(&answer, '\0');
        assert_string_equal(answer.text, cases[i].answer);
        buffer_free(&answer);
        grain_free(grain);
    }
}

/* Many rows and columns: bounded work, and more rows than are looked at. */
static void large(void **state) {
    (void)state;
    enum { WIDTH = 60, ROWS = GRAIN_ROWS + 5 };
    struct view labels[WIDTH], cells[WIDTH];
    char texts[WIDTH][24], id[24];
    bool usable[WIDTH];
    for (size_t k = 0; k < WIDTH; k++) {
        labels[k] = view_of("x");
        usable[k] = true;
    }
    struct grain *grain = grain_create(labels, usable, WIDTH);
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t k = 0; k < WIDTH; k++) {
            snprintf(texts[k], sizeof texts[k], "%zu", k == 40 ? i % 8 : k == 50 ? i / 8 % 8 : i % 2);
            cells[k] = view_of(texts[k]);
        }
        snprintf(id, sizeof id, "%zu", i / 64);
        grain_add(grain, view_of(id), cells);
    }
    size_t chosen[GRAIN_LIMIT], count = 0;
    assert_true(grain_is_sample(grain));
    assert_true(grain_find(grain, chosen, &count));
    assert_int_equal(count, 2);
    assert_int_equal(chosen[0], 40);
    assert_int_equal(chosen[1], 50);
    grain_free(grain);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(smallest_sets), cmocka_unit_test(large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
