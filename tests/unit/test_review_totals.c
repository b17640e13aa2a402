/* test_review_totals.c: the formulas of the sheet Totals, where the registrations are on several sheets: a million rows that no
 * test has time to write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "review/review_private.h"
#include "support/sample_result.h"

/* The only sheet of the workbook, as its XML; the caller frees it. */
static char *sheet_of(const char *path) {
    char *command = memory_print("unzip -p %s xl/worksheets/sheet1.xml", path);
    FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c): a file of our own */
    struct buffer text = {0};
    assert_non_null(pipe);
    for (int c; (c = fgetc(pipe)) != EOF;)
        buffer_add_char(&text, (char)c);
    assert_int_equal(pclose(pipe), 0);
    free(command);
    return buffer_take(&text);
}

static void formulas_add_up_all_sheets(void **state) {
    (void)state;
    struct result result;
    struct error error = {0};
    struct review_files files = {0};
    struct review review = {.result = &result,
                            .files = &files,
                            .error = &error,
                            .row_names = {"Rows", "Rows (2)", "Rows (3)"},
                            .row_counts = {1048575, 1048575, 7},
                            .row_sheets = 3};
    char *path = memory_print("/tmp/st2plecto-totals-%ld.xlsx", (long)getpid());
    sample_result(&result);
    result.fields = memory_get_zero(1, sizeof *result.fields);
    result.fields[result.field_count++] = (struct result_field){.title = memory_copy(view_of("Total"))};
    assert_true(sheet_writer_open(&review.writer, path, "/tmp", "totals", 0, true, &error));
    review.totals = sheet_writer_add(&review.writer, "Totals", &error);
    review_totals(&review);
    assert_true(sheet_writer_close(&review.writer, path, &error));
    char *sheet = sheet_of(path);
    /* two employees and two days: their rows and their Total, each over the three sheets */
    assert_int_equal(sample_times(sheet, "<f>COUNTIFS('Rows'!"), 4);
    assert_int_equal(sample_times(sheet, ")+COUNTIFS('Rows (2)'!"), 4);
    assert_int_equal(sample_times(sheet, ")+COUNTIFS('Rows (3)'!"), 4);
    assert_int_equal(sample_times(sheet, "<f>SUMIFS('Rows'!"), 4);
    assert_int_equal(sample_times(sheet, ")+SUMIFS('Rows (2)'!"), 4);
    assert_int_equal(sample_times(sheet, ")+SUMIFS('Rows (3)'!"), 4);
    assert_true(sample_times(sheet, "$1048576") > 0 && sample_times(sheet, "$8,") > 0); /* to the last row of each */
    assert_int_equal(unlink(path), 0);
    free(sheet);
    free(path);
    result_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(formulas_add_up_all_sheets)};
    return cmocka_run_group_tests_name("review_totals", tests, NULL, NULL);
}
