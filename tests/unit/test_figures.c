/* test_figures.c: what proves a total row, which weeks and months are cut, what the words of a label say, rows by their
 * key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "convert/cut_periods.h"
#include "convert/row_groups.h"
#include "convert/total_proof.h"
#include "convert/unsent.h"
#include "schema/label_words.h"
#include "values/datetime.h"

#define NONE INT64_MIN

/* --- total rows ------------------------------------------------------------------------------------------------ */

static void totals_are_proved_by_sums(void **state) {
    (void)state;
    struct column_sum columns[3] = {{0}};
    for (int64_t i = 1; i <= 3; i++) {
        column_sum_add_value(&columns[0], i * DECIMAL_SCALE);
        column_sum_add_value(&columns[1], -i * 7);
    }
    static const struct {
        int64_t cells[3];
        size_t matches;
    } cases[] = {
        {{6 * DECIMAL_SCALE, -42, NONE}, 2},
        {{6 * DECIMAL_SCALE, NONE, NONE}, 1},
        {{6 * DECIMAL_SCALE, -10, NONE}, 2}, /* -10 may be an average */
        {{2 * DECIMAL_SCALE, -10, NONE}, 0}, /* averages alone prove nothing */
        {{6 * DECIMAL_SCALE, -22, NONE}, 0}, /* below the least */
        {{6 * DECIMAL_SCALE + 1, -42, NONE}, 0},
        {{6 * DECIMAL_SCALE, -42, 3 * DECIMAL_SCALE}, 2}, /* 3 rows */
        {{6 * DECIMAL_SCALE, -42, 4 * DECIMAL_SCALE}, 0},
        {{NONE, NONE, NONE}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(total_matches(cases[i].cells, columns, 3, 3), cases[i].matches);
}

static void column_sums_add_up_in_any_order(void **state) {
    (void)state;
    struct column_sum left = {0}, right = {0}, both = {0}, none = {0};
    static const int64_t values[] = {5, -3, 0, 12, 12, -9};
    for (size_t i = 0; i < 6; i++) {
        column_sum_add_value(i < 2 ? &left : &right, values[i]);
        column_sum_add_value(&both, values[i]);
    }
    column_sum_add(&right, &left);
    column_sum_add(&right, &none);
    assert_true(right.sum == both.sum && right.filled == 6 && right.least == -9 && right.most == 12);
}

static void words_for_total(void **state) {
    (void)state;
    static const char *const yes[] = {"Total", "GRAND TOTAL:", "Sub-Totals", "sum", "**Total**"}, *const no[] = {"Total Comfort", "",
                                                                                                    "HVAC Total"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(is_total_word(view_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(is_total_word(view_of(no[i])));
    static const char *const all[] = {"All", "all technicians", "COMPANY", "Summary:"}, *const names[] = {"Allen", "", "Acme Company"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_true(may_name_all(view_of(all[i])));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_false(may_name_all(view_of(names[i])) || is_average_word(view_of(names[i])));
    assert_true(is_average_word(view_of("Avg.")) && is_average_word(view_of("AVERAGES")));
    assert_false(is_average_word(view_of("Average Joe")) || is_average_word(view_of("Median")));
    assert_true(names_total(view_of("HVAC Total")));
    assert_false(names_total(view_of("Tota l")));
}

/* --- cut periods ----------------------------------------------------------------------------------------------- */

static int32_t day(int month, int of_month) {
    return date_to_days(2025, month, of_month);
}

static void units_are_cut_at_their_begin(void **state) {
    (void)state;
    struct run_options options = {
        .by = BY_MONTH, .has_period = true, .period_from = day(10, 5), .period_to = day(11, 10)};
    struct cut_periods cuts;
    cut_periods_find(&options, NULL, 0, &cuts);
    assert_int_equal(cuts.count, 1);
    assert_int_equal(cut_periods_at(&cuts, BY_MONTH, day(10, 31))->policy, CUT_REFUSE);
    assert_null(cut_periods_at(&cuts, BY_MONTH, day(11, 1)));
    assert_true(cuts.may_end && cuts.is_to_date && cuts.end_first == day(11, 1) && cuts.end_last == day(11, 30));
    cut_periods_prove_end(&options, &cuts);
    assert_int_equal(cut_periods_at(&cuts, BY_MONTH, day(11, 1))->cause, CUT_BY_END);
    assert_false(cuts.is_to_date);
    options.is_last = true; /* --last drops */
    cut_periods_find(&options, NULL, 0, &cuts);
    assert_int_equal(cuts.units[0].policy, CUT_DROP);
    options.cut_policy = CUT_ALLOW;
    cut_periods_find(&options, NULL, 0, &cuts);
    assert_int_equal(cuts.units[0].policy, CUT_ALLOW);
    options.by = BY_DAY;
    cut_periods_find(&options, NULL, 0, &cuts);
    assert_int_equal(cuts.count, 0);
}

static void exports_one_after_the_other_are_whole(void **state) {
    (void)state;
    const struct run_options options = {.by = BY_MONTH};
    struct cut_periods cuts;
    struct own_period own[] = {
        {true, day(10, 8), day(10, 14)}, {true, day(10, 1), day(10, 7)}, {true, day(10, 15), day(10, 31)}};
    cut_periods_find(&options, own, 3, &cuts);
    assert_int_equal(cuts.count, 0);
    own[1].to = day(10, 6); /* the 7th is in none */
    cut_periods_find(&options, own, 3, &cuts);
    assert_int_equal(cuts.count, 1);
    own[0].is_known = false; /* it may hold the 7th */
    cut_periods_find(&options, own, 3, &cuts);
    assert_int_equal(cuts.count, 0);
}

/* --- labels ---------------------------------------------------------------------------------------------------- */

static void labels_say_what_numbers_are(void **state) {
    (void)state;
    static const struct {
        const char *label;
        bool average, money, hours, count;
    } cases[] = {
        {"Average Ticket", true, false, false, false},
        {"Avg. Sale", true, false, false, false},
        {"OpportunityJobAverage", true, false, false, true},
        {"Revenue per Hour", true, true, false, false},
        {"Tech Recall %", true, false, false, false},
        {"NPS", true, false, false, false},
        {"Per Diem", false, false, false, false},
        {"Flat Rate Sales", false, true, false, false},
        {"Completed Revenue", false, true, false, false},
        {"Gross Pay", false, true, false, false},
        {"Dispatch Surcharge", false, true, false, false},
        {"Memberships Sold", false, false, false, true},
        {"Sales Opportunity", false, false, false, true},
        {"Regular Hours", false, false, true, false},
        {"Drive Time", false, false, true, false},
        {"Recalls", false, false, false, true},
        {"Days Worked", false, false, false, true},
        {"Gate Note", false, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct view label = view_of(cases[i].label);
        bool is_right =
            label_is_average(label) == cases[i].average && label_is_hours(label) == cases[i].hours &&
            (cases[i].average || (label_is_money(label) == cases[i].money && label_is_count(label) == cases[i].count));
        if (!is_right) fail_msg("%s", cases[i].label);
    }
}

static void unsent_money_is_proved(void **state) {
    (void)state;
    static const struct {
        const char *label, *values[3];
        enum unsent_kind kind;
    } cases[] = {
        {"Odd", {"$5.00", "$6.50", ""}, UNSENT_MONEY},
        {"Odd", {"5.00", "6.50", "7.25"}, UNSENT_OTHER},
        {"Site Fee", {"5.00", "6.50", "7.25"}, UNSENT_MONEY},
        {"Site Fee", {"5", "6", "7"}, UNSENT_OTHER},
        {"Gate Note", {"$5 paid", "blue", "red"}, UNSENT_OTHER},
        {"Extra Hours", {"1.5", "2", ""}, UNSENT_HOURS},
        {"Drive Time", {"00:30:00", "01:10:00", ""}, UNSENT_HOURS},
        {"Crew Size", {"2", "3", "4"}, UNSENT_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct view label = view_of(cases[i].label);
        const struct unsent_column column = unsent_column(0, label, false);
        struct unsent_values values = {0};
        for (size_t k = 0; k < 3; k++)
            unsent_look(&column, view_of(cases[i].values[k]), &values);
        if (unsent_kind(&column, &values) != cases[i].kind) fail_msg("%s %s", cases[i].label, cases[i].values[0]);
    }
}

/* In a record or on its own, a cell counts for the same. */
static void unsent_cells_of_records_count_the_same(void **state) {
    (void)state;
    static const char *const cells[] = {"$5.00",   "$1,234.50", "12.75", "1234.56", "12345.67", "($3.00)", "-4.25", "7",
                                        "1.5",     "N/A",       "",      "$0.00",   "text",     "01:30:00", "3.125",
                                        "$2.50 "};
    const struct unsent_column column = unsent_column(0, view_of("Site Fee"), false);
    struct unsent_values alone = {0}, within = {0}, sums[2] = {0};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char record[64];
        int length = snprintf(record, sizeof record, "100000123,Ana Lopez,%s", cells[i]);
        struct view text = view_from(record + 20, (size_t)length - 20);
        assert_true(unsent_look(&column, view_of(cells[i]), &alone));
        assert_true(unsent_look_in(&column, text, view_from(record, (size_t)length), &within));
    }
    unsent_add(&sums[0], &alone);
    unsent_add(&sums[1], &within);
    assert_int_equal(sums[0].numbers, sums[1].numbers);
    assert_int_equal(sums[0].others, sums[1].others);
    assert_int_equal(sums[0].texts, sums[1].texts);
    assert_int_equal(sums[0].with_sign, sums[1].with_sign);
    assert_int_equal(sums[0].with_cents, sums[1].with_cents);
    assert_int_equal(sums[0].durations, sums[1].durations);
    assert_true(sums[0].sum == sums[1].sum && sums[0].sum > 0);
}

/* --- rows by their key ------------------------------------------------------------------------------------------- */

static void rows_share_a_whole(void **state) {
    (void)state;
    struct row_groups *groups = row_groups_create();
    const struct group_row rows[] = {{0, 1, 0}, {0, 2, 0}, {1, 1, 0}, {1, 2, 0}};
    struct view key = view_of("100"), none = view_of("");
    row_groups_add(groups, key, &rows[0], 30, view_of("a"), view_of("2025-01-01"));
    row_groups_add(groups, key, &rows[1], 50, view_of("b"), view_of("2025-01-01"));
    row_groups_add(groups, key, &rows[2], 40, view_of("a"), view_of("2025-01-02")); /* the later state of a */
    row_groups_add(groups, key, &rows[3], 10, view_of("b"), view_of("2024-01-01")); /* an older one of b */
    struct group_share share;
    assert_true(row_groups_share(groups, key, &rows[2], &share));
    assert_true(share.before == 0 && share.own == 40 && share.all == 90);
    assert_true(row_groups_share(groups, key, &rows[1], &share));
    assert_true(share.before == 40 && share.own == 50);
    assert_false(row_groups_share(groups, key, &rows[0], &share));
    assert_false(row_groups_share(groups, view_of("101"), &rows[0], &share));
    assert_false(row_groups_are_parents(groups));
    row_groups_free(groups);
    groups = row_groups_create();
    for (size_t i = 0; i < 3; i++)
        row_groups_add(groups, i < 2 ? key : view_of("101"), &rows[i], i < 2 ? 7 : 9, none, none);
    assert_true(row_groups_are_parents(groups));
    assert_true(row_groups_is_first(groups, key, &rows[0]) && !row_groups_is_first(groups, key, &rows[1]));
    row_groups_free(groups);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_proved_by_sums),
        cmocka_unit_test(column_sums_add_up_in_any_order),
        cmocka_unit_test(words_for_total),
        cmocka_unit_test(units_are_cut_at_their_begin),
        cmocka_unit_test(exports_one_after_the_other_are_whole),
        cmocka_unit_test(labels_say_what_numbers_are),
        cmocka_unit_test(unsent_money_is_proved),
        cmocka_unit_test(unsent_cells_of_records_count_the_same),
        cmocka_unit_test(rows_share_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
