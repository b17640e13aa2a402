/* The limit of the search for a cause: counted in looks at rows, so that it ends at the same place everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "reconcile/expect.h"

#define ROWS 50

/* A side of 50 rows, of which the first has a status of its own. */
static void fill(struct comparison *comparison) {
    struct side *side = &comparison->sides[0];
    comparison->pool = table_create();
    side->name = memory_copy(view_of("jobs.csv"));
    side_add_column(side, view_of("Total"), view_of("Total"), COLUMN_AMOUNT);
    side_add_column(side, view_of("Status"), view_of("Status"), COLUMN_TEXT);
    for (size_t i = 0; i < ROWS; i++) {
        side_add_row(side);
        packed_set(&side->columns[0].values, i, (int64_t)(1000 + i * 37) * 100);
        packed_set(&side->columns[1].values, i,
                   (int64_t)table_add(comparison->pool, view_of(i == 0 ? "Hold" : "Completed"), NULL));
    }
    side->columns[0].is_money = true;
    comparison->sides[1].kind = SIDE_NUMBERS;
}

/* How many explanations there are of a total without the first row. */
static size_t explanations(struct search_limit *limit) {
    struct reconciliation reconciliation = {0};
    struct expectations expectations = {0};
    struct error error = {0};
    struct buffer text = {0};
    wide_integer sum = 0;
    fill(&reconciliation.comparison);
    for (size_t i = 1; i < ROWS; i++)
        sum += packed_get(&reconciliation.comparison.sides[0].columns[0].values, i);
    buffer_add_text(&text, "Total=");
    decimal_print_wide(&text, sum, 2);
    buffer_add_char(&text, '\0');
    assert_true(expectation_parse(text.text, &expectations, &error));
    assert_true(reconciliation_expect(&reconciliation, &expectations, limit, &error));
    size_t count = reconciliation.found.count;
    assert_int_equal(reconciliation.exit_code, EXIT_ANSWER_NO);
    expectations_free(&expectations);
    reconciliation_free(&reconciliation);
    buffer_free(&text);
    return count;
}

static void without_a_limit_the_cause_is_found(void **state) {
    (void)state;
    assert_true(explanations(NULL) > 0);
    struct search_limit limit = {.looks = 1000000};
    assert_true(explanations(&limit) > 0);
    assert_false(limit.is_reached);
}

static void at_the_limit_the_search_stops_and_says_so(void **state) {
    (void)state;
    struct search_limit limit = {.looks = ROWS - 1};
    assert_int_equal(explanations(&limit), 0);
    assert_true(limit.is_reached);
}

static void the_clock_ends_it_too(void **state) {
    (void)state;
    struct search_limit limit = {.looks = 1000000000, .deadline = search_clock() - 1, .unchecked = 1000000};
    assert_int_equal(explanations(&limit), 0);
    assert_true(limit.is_reached);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_limit_the_cause_is_found),
        cmocka_unit_test(at_the_limit_the_search_stops_and_says_so),
        cmocka_unit_test(the_clock_ends_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
