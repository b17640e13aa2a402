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
    /* an ID with an empty part is none: such a column is not proposed, not even where the row is unique without it */
    {"1||p|k|1;1|x|q|k|1;2|x|r|k|1", "yyyy", "B"},
    {"1||p|k|1;1|x|p|k|1", "yyyy", ""},
    {"1|N/A|p|k|1;1|x|q|k|1;2|x|r|k|1", "yyyy", "B"},
    {"1|0|p|k|1;1|x|q|k|1;2|x|r|k|1", "yyyy", "B"},
    {"1| |p|k|1;1|x|q|k|1;2|x|r|k|1", "yyyy", "B"},
    /* an empty cell elsewhere harms nobody */
    {"1|x|p||1;1|y|p|k|1", "yyyy", "A"},
    /* of pairs that with fewer values, then that furthest left */
    {"1|x1|p|k|1;1|x2|p|k|2;1|x1|q|k|2;1|x2|q|k|1", "yyyn", "A B"},
    {"1|x|p|p|1;1|y|p|p|1;1|x|q|q|1;1|y|q|q|1", "yyyn", "A B"},
    {"1|x|p|p|1;1|y|p|p|1;1|x|q|q|1;1|y|q|q|1;2|x|r|p|1", "yyyn", "A C"},
    /* nothing needs to be told apart */
    {"1|x|p|k|1;1|x|p|k|1;2|y|p|k|1", "yyyy", ""},
    {"1|x|p|k|1;2|y|p|k|1", "yyyy", ""},
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
            snprintf(texts[k], sizeof texts[k], "v%zu", k == 40 ? i % 8 : k == 50 ? i / 8 % 8 : i % 2);
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

/* --- against all sets tried one by one --------------------------------------------------------------- */

enum { RANDOM_COLUMNS = 5, RANDOM_ROWS = 12 };

struct sample {
    char cells[RANDOM_ROWS][RANDOM_COLUMNS + 1]; /* a letter each, the ID's first; '-' is a placeholder */
    size_t row_count;
};

static unsigned next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static void make_sample(struct sample *sample, uint32_t *state) {
    sample->row_count = 2 + next_random(state) % (RANDOM_ROWS - 1);
    for (size_t i = 0; i < sample->row_count; i++)
        for (size_t k = 0; k <= RANDOM_COLUMNS; k++) {
            bool is_placeholder = k > 0 && next_random(state) % 60 == 0;
            unsigned letter = next_random(state) % (k ? (unsigned)k + 1 : 3);
            sample->cells[i][k] = is_placeholder ? '-' : "abcdef"[letter];
        }
}

/* Whether rows that are not equal in all cells differ in the ID or a column of the set (a bit each). */
static bool tells_apart(const struct sample *sample, unsigned set) {
    for (size_t i = 0; i < sample->row_count; i++)
        for (size_t j = 0; j < i; j++) {
            const char *left = sample->cells[i], *right = sample->cells[j];
            bool differs = left[0] != right[0] || memcmp(left, right, RANDOM_COLUMNS + 1) == 0;
            for (size_t k = 0; k < RANDOM_COLUMNS; k++)
                differs = differs || (set >> k & 1u && left[k + 1] != right[k + 1]);
            if (!differs) return false;
        }
    return true;
}

/* How many different letters stand in the columns of the set; SIZE_MAX if one of them is a placeholder. */
static size_t count_values(const struct sample *sample, unsigned set, size_t *size) {
    size_t values = 0;
    *size = 0;
    for (size_t k = 0; k < RANDOM_COLUMNS; k++) {
        if (!(set >> k & 1u)) continue;
        ++*size;
        for (size_t i = 0; i < sample->row_count; i++) {
            bool is_new = true;
            for (size_t j = 0; j < i; j++)
                is_new = is_new && sample->cells[j][k + 1] != sample->cells[i][k + 1];
            values += is_new;
            if (sample->cells[i][k + 1] == '-') return SIZE_MAX;
        }
    }
    return values;
}

/* "0134": of two sets of one size that with the smaller first column is further left. */
static void columns_text(unsigned set, char text[RANDOM_COLUMNS + 1]) {
    size_t length = 0;
    for (size_t k = 0; k < RANDOM_COLUMNS; k++)
        if (set >> k & 1u) text[length++] = (char)('0' + k);
    text[length] = '\0';
}

static void expected_columns(const struct sample *sample, char best[RANDOM_COLUMNS + 1]) {
    size_t best_size = GRAIN_LIMIT + 1, best_values = SIZE_MAX;
    best[0] = '\0';
    if (tells_apart(sample, 0)) return;
    for (unsigned set = 1; set < 1u << RANDOM_COLUMNS; set++) {
        size_t size, values = count_values(sample, set, &size);
        char text[RANDOM_COLUMNS + 1];
        columns_text(set, text);
        if (values == SIZE_MAX || size > GRAIN_LIMIT || !tells_apart(sample, set)) continue;
        bool is_better = size != best_size       ? size < best_size
                         : values != best_values ? values < best_values
                                                 : strcmp(text, best) < 0;
        if (!is_better) continue;
        strcpy(best, text);
        best_size = size;
        best_values = values;
    }
}

static void as_all_sets_tried(void **state) {
    (void)state;
    struct view labels[RANDOM_COLUMNS] = {{0}};
    const bool usable[RANDOM_COLUMNS] = {true, true, true, true, true};
    size_t by_size[GRAIN_LIMIT + 1] = {0};
    uint32_t random = 7;
    for (size_t round = 0; round < 5000; round++) {
        struct sample sample;
        make_sample(&sample, &random);
        struct grain *grain = grain_create(labels, usable, RANDOM_COLUMNS);
        for (size_t i = 0; i < sample.row_count; i++) {
            struct view cells[RANDOM_COLUMNS];
            for (size_t k = 0; k < RANDOM_COLUMNS; k++)
                cells[k] = view_from(&sample.cells[i][k + 1], 1);
            grain_add(grain, view_from(sample.cells[i], 1), cells);
        }
        size_t chosen[GRAIN_LIMIT], count = 9;
        char expected[RANDOM_COLUMNS + 1], found[RANDOM_COLUMNS + 1];
        bool is_found = grain_find(grain, chosen, &count);
        assert_true(count <= GRAIN_LIMIT && is_found == (count > 0));
        for (size_t k = 0; k < count; k++)
            found[k] = (char)('0' + chosen[k]);
        found[count] = '\0';
        expected_columns(&sample, expected);
        if (strcmp(found, expected) != 0) fail_msg("round %zu: \"%s\" instead of \"%s\"", round, found, expected);
        by_size[count]++;
        grain_free(grain);
    }
    for (size_t size = 0; size <= GRAIN_LIMIT; size++) /* the samples are not all alike */
        assert_true(by_size[size] > 50);
}

/* The set lies in columns that alone tell least apart, among many that tell more and never all. */
static void hidden_among_noise(void **state) {
    (void)state;
    enum { WIDTH = 60, ROWS = 4096, GROUP = 64 };
    struct view labels[WIDTH] = {{0}}, cells[WIDTH];
    char texts[WIDTH][24], id[24];
    bool usable[WIDTH];
    uint32_t random = 3;
    for (size_t k = 0; k < WIDTH; k++)
        usable[k] = true;
    struct grain *grain = grain_create(labels, usable, WIDTH);
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t k = 0; k < WIDTH; k++) {
            size_t value = k == 5 ? i % 4 : k == 30 ? i / 4 % 4 : k == 59 ? i / 16 % 4 : next_random(&random) % 6;
            snprintf(texts[k], sizeof texts[k], "v%zu", value);
            cells[k] = view_of(texts[k]);
        }
        snprintf(id, sizeof id, "%zu", i / GROUP);
        grain_add(grain, view_of(id), cells);
    }
    size_t chosen[GRAIN_LIMIT], count = 0;
    assert_false(grain_is_sample(grain));
    assert_int_equal(grain_row_count(grain), ROWS);
    assert_true(grain_find(grain, chosen, &count));
    assert_int_equal(count, 3);
    assert_int_equal(chosen[0], 5);
    assert_int_equal(chosen[1], 30);
    assert_int_equal(chosen[2], 59);
    grain_free(grain);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(smallest_sets), cmocka_unit_test(large),
                                       cmocka_unit_test(as_all_sets_tried), cmocka_unit_test(hidden_among_noise)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
