/* test_workbook_proof.c: a finished workbook is what was written, cell by cell, and one that is not is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "output/sheet_writer.h"

#define PATH_SIZE 64
#define ROWS 300

static const struct output_column columns[] = {
    {.type = PLECTO_TEXT},     {.type = PLECTO_NUMBER, .places = 2},
    {.type = PLECTO_DATETIME}, {.type = PLECTO_DURATION},
    {.type = PLECTO_BOOLEAN},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* Amounts of all sizes, days and shares of them, texts with what XML escapes. */
static void write_workbook(char path[PATH_SIZE], struct workbook_proof *proof) {
    struct sheet_writer writer;
    struct error error = {0};
    snprintf(path, PATH_SIZE, "/tmp/st2plecto-proof-%ld.xlsx", (long)getpid());
    assert_true(sheet_writer_open(&writer, path, "/tmp", "proof", 0, true, &error));
    workbook_proof_start(proof, COLUMNS);
    writer.proof = proof;
    lxw_worksheet *sheet = sheet_writer_add(&writer, "Import", &error);
    for (uint16_t i = 0; i < COLUMNS; i++)
        sheet_text(&writer, sheet, 0, i, view_of("title"), writer.header);
    for (uint32_t row = 1; row <= ROWS; row++) {
        char texts[COLUMNS][64];
        texts[0][0] = '\0';
        if (row % 7 > 0) snprintf(texts[0], 64, "<%u> & _x0041_ \"", row);
        snprintf(texts[1], 64, "%s%llu.%02u", row % 2 ? "-" : "", (unsigned long long)row * row * row * row * 10,
                 row % 100);
        snprintf(texts[2], 64, "2025-%02u-%02u %02u:%02u:%02u", row % 12 + 1, row % 28 + 1, row % 24, row % 60,
                 row % 59);
        snprintf(texts[3], 64, "%u:%02u:%02u", row, row % 60, row % 59);
        snprintf(texts[4], 64, "%s", row % 2 ? "Yes" : "No");
        for (uint16_t i = 0; i < COLUMNS; i++)
            sheet_value(&writer, sheet, row, i, view_of(texts[i]), &columns[i]);
    }
    assert_true(sheet_writer_close(&writer, path, &error));
    proof->sheets = 1;
    proof->rows = ROWS;
}

static void expect_difference(const struct workbook_proof *proof, const char *path) {
    struct error error = {0};
    assert_false(workbook_proof_check(proof, path, &error));
    assert_int_equal(error.code, EXIT_NOT_BALANCED);
    error_free(&error);
}

static void test_all_of_it(void **state) {
    (void)state;
    char path[PATH_SIZE];
    struct workbook_proof proof;
    struct error error = {0};
    write_workbook(path, &proof);
    if (!workbook_proof_check(&proof, path, &error)) fail_msg("%s", error.message);
    assert_int_equal(proof.columns[1].numbers, ROWS);
    assert_int_equal(proof.columns[4].truths, ROWS);
    unlink(path);
    workbook_proof_free(&proof);
}

/* A row, a cell of each kind, a cent: each alone is told. */
static void test_what_is_missing(void **state) {
    (void)state;
    char path[PATH_SIZE];
    struct workbook_proof proof;
    write_workbook(path, &proof);
    uint64_t *const places[] = {&proof.sheets, &proof.rows, &proof.columns[0].texts, &proof.columns[1].numbers,
                                &proof.columns[4].truths};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ++*places[i];
        expect_difference(&proof, path);
        --*places[i];
    }
    proof.columns[1].sum += 10000; /* a cent, in millionths */
    expect_difference(&proof, path);
    unlink(path);
    struct error error = {0};
    assert_false(workbook_proof_check(&proof, path, &error));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    error_free(&error);
    workbook_proof_free(&proof);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_of_it), cmocka_unit_test(test_what_is_missing)};
    return cmocka_run_group_tests_name("workbook_proof", tests, NULL, NULL);
}
