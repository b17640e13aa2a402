/* test_issue.c: counts are complete, examples are the largest, and the order of merging does not matter; the
 * catalogue is whole; texts from files cannot steer a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/sample_result.h"

static void add(struct issues *issues, enum issue_code code, uint64_t row, int64_t money) {
    struct issue issue = {.code = code,
                          .row = row,
                          .line = row,
                          .column = 1,
                          .field = view_of("Total"),
                          .detail = view_of("x"),
                          .has_money = money != 0,
                          .money = money};
    issues_add(issues, &issue);
}

static void test_examples_are_the_largest(void **state) {
    (void)state;
    struct issues *issues = issues_create(3);
    for (uint64_t row = 1; row <= 100; row++)
        add(issues, E301_NOT_NUMBER, row, (int64_t)(row * 37 % 101) * (row % 2 ? 1 : -1));
    const struct issue_cause *const *causes;
    assert_int_equal(issues_causes(issues, &causes), 1);
    assert_int_equal(causes[0]->count, 100);
    assert_int_equal(causes[0]->example_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(llabs(causes[0]->examples[i].money), 100 - (long long)i);
    assert_int_equal(issues_count(issues, SEVERITY_ERROR), 100);
    issues_free(issues);
}

/* Blocks merged one by one, or all in one list: the same causes and examples. */
static void test_merge_is_as_one_list(void **state) {
    (void)state;
    struct issues *whole = issues_create(5), *merged = issues_create(5), *part = issues_create(5);
    for (uint64_t row = 1; row <= 3000; row++) {
        enum issue_code code = row % 3 ? E201_MISSING_EMPLOYEE : W421_EXACT_REPEAT;
        int64_t money = (int64_t)(row * 7919 % 50);
        add(whole, code, row, money);
        add(part, code, row, money);
        if (row % 70 == 0 || row == 3000) {
            issues_merge(merged, part);
            issues_reset(part);
        }
    }
    const struct issue_cause *const *left, *const *right;
    size_t count = issues_causes(whole, &left);
    assert_int_equal(issues_causes(merged, &right), count);
    for (size_t i = 0; i < count; i++) /* some rows have no amount */
        assert_true(left[i]->money_count > 900 && left[i]->money_count < left[i]->count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(left[i]->code, right[i]->code);
        assert_int_equal(left[i]->count, right[i]->count);
        assert_true(left[i]->money == right[i]->money);
        assert_int_equal(left[i]->money_count, right[i]->money_count);
        assert_int_equal(left[i]->example_count, right[i]->example_count);
        for (size_t k = 0; k < left[i]->example_count; k++)
            assert_int_equal(left[i]->examples[k].row, right[i]->examples[k].row);
    }
    issues_free(whole);
    issues_free(merged);
    issues_free(part);
}

static void test_order_of_causes(void **state) {
    (void)state;
    struct issues *issues = issues_create(5);
    add(issues, W321_UNKNOWN_VALUE, 1, 9000000);
    add(issues, E202_MISSING_ID, 2, 10000);
    add(issues, E201_MISSING_EMPLOYEE, 3, 50000);
    add(issues, E104_NOT_JSON, 4, 0);
    const struct issue_cause *const *causes;
    assert_int_equal(issues_causes(issues, &causes), 4);
    const struct issue_cause *const *again; /* who holds the first list goes on with it */
    assert_int_equal(issues_causes(issues, &again), 4);
    assert_ptr_equal(again, causes);
    assert_int_equal(causes[0]->code, E201_MISSING_EMPLOYEE);
    assert_int_equal(causes[1]->code, E202_MISSING_ID);
    assert_int_equal(causes[2]->code, E104_NOT_JSON);
    assert_int_equal(causes[3]->code, W321_UNKNOWN_VALUE);
    issues_free(issues);
}

static void test_catalogue(void **state) {
    (void)state;
    for (int code = 0; code < ISSUE_CODE_COUNT; code++) {
        const struct issue_kind *kind = issue_kind((enum issue_code)code);
        assert_int_equal(kind->code, code);
        assert_true((kind->severity == SEVERITY_ERROR) == (kind->name[0] == 'E'));
        assert_ptr_equal(issue_kind_find(view_of(kind->name)), kind);
        assert_ptr_equal(issue_kind_find(view_of(kind->slug)), kind);
        assert_true(strlen(kind->title) > 5 && strlen(kind->reason) > 20 && strlen(kind->fix) > 10 &&
                    strlen(kind->example) > 3);
        struct buffer page = {0};
        render_explain(kind, &page);
        char *text = buffer_take(&page);
        assert_non_null(strstr(text, kind->slug));
        assert_non_null(strstr(text, "What to do"));
        free(text);
    }
    assert_null(issue_kind_find(view_of("E999")));
    assert_ptr_equal(issue_kind_find(view_of(" e201 ")), issue_kind(E201_MISSING_EMPLOYEE));
}

/* In JUnit what is of no file is in the suite of the run, with its count, and in none of a file. */
static void test_issue_of_no_file(void **state) {
    (void)state;
    struct result result;
    struct buffer out = {0};
    sample_result(&result);
    for (uint32_t file = 0; file < 3; file++)
        issues_add(result.issues, &(struct issue){.code = E703_NUMBER_DIFFERS,
                                                  .file = file == 0 ? 0 : UINT32_MAX,
                                                  .field = view_of("Total"),
                                                  .detail = view_of(file == 0 ? "in the file" : "in all files")});
    render_junit(&result, &out);
    char *text = buffer_take(&out), *run = strstr(text, "<testsuite name=\"st2plecto\" tests=\"2\" failures=\"1\"");
    assert_non_null(run);
    assert_non_null(strstr(run, "<failure type=\"E703\" message=\"2: "));
    assert_non_null(strstr(run, "in all files"));
    assert_null(strstr(run, "in the file"));
    *run = '\0';
    assert_non_null(strstr(text, "<failure type=\"E703\" message=\"1: "));
    assert_null(strstr(text, "in all files"));
    free(text);
    result_free(&result);
}

static void test_terminal_is_not_steered(void **state) {
    (void)state;
    struct result result = {.issues = issues_create(5), .exit_code = EXIT_FINE};
    char **texts[] = {&result.command, &result.schema_name, &result.schema_file, &result.by, &result.per};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = memory_copy(view_of("row"));
    sample_note(&result, "title \033[2J\a says so");
    struct issue issue = {.code = E304_NOT_DATE, .detail = view_of("Date \"\033]0;x\007\" is not a date")};
    issues_add(result.issues, &issue);
    struct buffer out = {0};
    render_text(&result, &(struct text_options){0}, &out);
    char *text = buffer_take(&out);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\a'));
    assert_non_null(strstr(text, "\\x1b[2J\\x07 says so"));
    free(text);
    result_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples_are_the_largest), cmocka_unit_test(test_merge_is_as_one_list),
        cmocka_unit_test(test_order_of_causes),          cmocka_unit_test(test_catalogue),
        cmocka_unit_test(test_issue_of_no_file),         cmocka_unit_test(test_terminal_is_not_steered),
    };
    return cmocka_run_group_tests_name("issue", tests, NULL, NULL);
}
