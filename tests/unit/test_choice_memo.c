/* test_choice_memo.c: which files are alike, and that no built-in schema tells reports apart by a digit. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/bind.h"
#include "schema/choice_memo.h"
#include "schema/schema_reader.h"

static struct input_facts facts_of(const char *path, struct input_column *columns, size_t count) {
    return (struct input_facts){.path = path, .shape = SHAPE_CSV, .columns = columns, .column_count = count};
}

static void files_that_are_alike(void **state) {
    (void)state;
    struct input_column columns[] = {{view_of("Job #"), view_of("Job #"), false},
                                     {view_of("Total"), view_of("Total"), false}};
    struct view title = view_of("Technician Performance");
    struct choice_memo *memo = choice_memo_create(NULL);
    struct input_facts first = facts_of("a/jobs-2025-10-14.csv", columns, 2);
    assert_null(choice_memo_find(memo, &first));
    choice_memo_add(memo, &first, "jobs");
    struct input_facts other = facts_of("b/jobs-2025-10-15.csv", columns, 2);
    assert_string_equal(choice_memo_find(memo, &other), "jobs");
    other.path = "technician-performance-2025-10-15.csv"; /* names can decide */
    assert_null(choice_memo_find(memo, &other));
    other = facts_of("jobs-2025-10-15.csv", columns, 1);
    assert_null(choice_memo_find(memo, &other));
    other = facts_of("jobs-2025-10-15.csv", columns, 2);
    other.titles = &title;
    other.title_count = 1;
    assert_null(choice_memo_find(memo, &other));
    other = facts_of("jobs-2025-10-15.csv", columns, 2);
    other.shape = SHAPE_REPORT;
    assert_null(choice_memo_find(memo, &other));
    choice_memo_free(memo);
}

static void with_schemas_of_the_user_nothing_is_kept(void **state) {
    (void)state;
    struct input_column columns[] = {{view_of("Job #"), view_of("Job #"), false}};
    struct choice_memo *memo = choice_memo_create("schemas");
    struct input_facts facts = facts_of("jobs.csv", columns, 1);
    choice_memo_add(memo, &facts, "jobs");
    assert_null(choice_memo_find(memo, &facts));
    choice_memo_free(memo);
}

static void no_built_in_title_has_a_digit(void **state) {
    (void)state;
    for (size_t i = 0; i < embedded_schema_count; i++) {
        struct schema *schema = NULL;
        struct error error = {0};
        assert_true(schema_load(embedded_schemas[i].name, NULL, &schema, &error));
        for (size_t k = 0; k < schema->title_count; k++)
            for (const char *text = schema->titles[k]; *text; text++)
                assert_false(isdigit((unsigned char)*text));
        schema_free(schema);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_alike),
        cmocka_unit_test(with_schemas_of_the_user_nothing_is_kept),
        cmocka_unit_test(no_built_in_title_has_a_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
