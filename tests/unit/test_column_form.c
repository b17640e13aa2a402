/* test_column_form.c: what the texts of a column prove about how they are written (convert/column_form.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "convert/column_form.h"
#include "convert/unsent.h"

/* The texts of a column, '|' between them. */
static struct mark_evidence marks_of(const char *column, enum mark_place place) {
    struct mark_evidence marks = {0};
    while (*column) {
        size_t length = strcspn(column, "|");
        mark_evidence_note(&marks, view_from(column, length), place);
        column += length + (column[length] == '|');
    }
    return marks;
}

static void test_marks(void **state) {
    (void)state;
    static const struct {
        const char *column;
        bool has_commas, has_points, is_open;
    } cases[] = {
        {"5|10|1234", false, false, false},
        {"5.5|1.234", false, true, false},
        {"310.00|1.234", false, true, false},
        {"1.234|12.500", false, false, true},
        {"$1.234|(12.500)|-1.500", false, false, true},
        {"1.234|312,45", true, false, false},
        {"1.000,00|312,4", true, false, false},
        {"1.000,00", true, false, false},
        {"1,000.0", false, true, false},
        {"1.234.567|1.234", true, false, false},
        {"1,234|12", false, false, false},
        {"1,234,567", false, true, false},
        {"1,234.50", false, true, false},
        {"312,45|7.50", false, true, false}, /* against each other: as if nothing were proved */
        {"0.125|1.234", false, true, false}, /* no group begins with 0 */
        {"1234.567|1.234", false, true, false},
        {"12,34,56|1.23.456", false, false, false}, /* no numbers */
        {"($45.00)|1.234", false, true, false},
        {"(45,00)|1.234", true, false, false},
        {"1.2345|1.234", false, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mark_evidence marks = marks_of(cases[i].column, MARKS_IN_TEXT);
        if (marks_prove_commas(&marks) != cases[i].has_commas || marks_prove_points(&marks) != cases[i].has_points ||
            marks_are_open(&marks) != cases[i].is_open)
            fail_msg("%s: commas %d, points %d, open %d", cases[i].column, marks_prove_commas(&marks),
                     marks_prove_points(&marks), marks_are_open(&marks));
    }
    struct mark_evidence typed = marks_of("1.234", MARKS_TYPED), sum = marks_of("1.234|$12.500", MARKS_IN_COMMAS);
    assert_true(marks_prove_points(&typed));
    assert_true(sum.either_sum == 137340);
    struct mark_evidence slip = marks_of("12,34|5", MARKS_IN_COMMAS), two = marks_of("12,34|5,5", MARKS_IN_COMMAS);
    assert_false(marks_prove_commas(&slip)); /* among commas one may be a slip */
    assert_true(marks_prove_commas(&two));
    struct mark_evidence open = marks_of("1.234", MARKS_IN_TEXT), plain = marks_of("1,234.50", MARKS_IN_TEXT);
    assert_int_equal(marks_style(&open, false).point, '.');
    assert_int_equal(marks_style(&open, true).point, ',');
    assert_int_equal(marks_style(&plain, true).point, '.');
}

static struct length_evidence lengths_of(const char *const *texts) {
    struct length_evidence lengths = {0};
    for (; *texts; texts++)
        length_evidence_add(&lengths, view_of(*texts));
    return lengths;
}

static void test_lengths(void **state) {
    (void)state;
    static const char *const open[] = {"1:30", "0:45", "23:59", "00:00:30", "90", NULL};
    static const char *const minutes[] = {"1:30", "24:00", NULL}, *const beside[] = {"1:30", "1:02:03", NULL};
    static const char *const hours[] = {"1:30", "24:10", "75:00", NULL}, *const none[] = {"1:02:03", "3:0x", "", NULL};
    struct length_evidence lengths = lengths_of(open);
    assert_int_equal(lengths.two_parts, 3);
    assert_false(lengths_prove_minutes(&lengths));
    assert_false(lengths_prove_hours(&lengths));
    lengths = lengths_of(minutes);
    assert_true(lengths_prove_minutes(&lengths));
    lengths = lengths_of(beside);
    assert_true(lengths_prove_minutes(&lengths));
    lengths = lengths_of(hours);
    assert_true(lengths_prove_hours(&lengths));
    assert_false(lengths_prove_minutes(&lengths));
    lengths = lengths_of(none);
    assert_int_equal(lengths.two_parts, 0);
    static const struct {
        const char *text;
        int64_t seconds;
        bool are_hours, are_minutes;
    } pairs[] = {{"1:30", 5400, true, false},  {"1:30", 5430, true, false}, {"1:30", 90, false, true},
                 {"1:30", 95, false, false},   {"0:00", 0, false, false},   {"x", 0, false, false},
                 {"1:30", -5400, false, false}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct length_evidence pair = {.three_parts = 1, .first_large = 1}; /* the rows' own times say more */
        length_evidence_add_pair(&pair, view_of(pairs[i].text), pairs[i].seconds);
        assert_int_equal(pair.pair_hours, pairs[i].are_hours);
        assert_int_equal(pair.pair_minutes, pairs[i].are_minutes);
        if (pairs[i].are_hours || pairs[i].are_minutes) {
            assert_int_equal(lengths_prove_hours(&pair), pairs[i].are_hours);
            assert_int_equal(lengths_prove_minutes(&pair), pairs[i].are_minutes);
        }
    }
    int64_t value = 0;
    assert_true(duration_parse_as(view_of("1:30"), true, &value));
    assert_int_equal(value, 5400 * DECIMAL_SCALE);
    assert_true(duration_parse_as(view_of("100:30"), true, &value));
    assert_int_equal(value, 361800ll * DECIMAL_SCALE);
    assert_true(duration_parse_as(view_of("1:02:03"), true, &value));
    assert_int_equal(value, 3723 * DECIMAL_SCALE);
    assert_false(duration_parse(view_of("100:30"), &value));
}

static void test_days(void **state) {
    (void)state;
    static const char *const yes[] = {"36526", "45953", "73050", "45953.5", "45953.625"};
    static const char *const no[] = {"36525",  "73051",    "4595",   "459530", "45953.",
                                     "4595.3", "20251023", "45953a", "-45953", ""};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!is_day_number(view_of(yes[i]))) fail_msg("%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (is_day_number(view_of(no[i])) && strcmp(no[i], "45953.") != 0) fail_msg("%s", no[i]);
    struct day_evidence days = {.numbers = 2};
    assert_true(days_are_numbers(&days));
    days.others = 1;
    assert_false(days_are_numbers(&days));
}

static void test_years(void **state) {
    (void)state;
    struct form_evidence evidence = {0}, other = {0};
    struct year_place *place;
    assert_int_equal(years_far(&evidence).count, 0);
    for (int i = 0; i < 9; i++)
        years_add(&evidence, 2025, &place);
    years_add(&other, 2055, &place);
    form_evidence_merge(&evidence, &other);
    assert_int_equal(years_far(&evidence).count, 0); /* 30 years are not more than 30 */
    assert_true(years_add(&other, 2066, &place));
    *place = (struct year_place){.row = 7, .line = 8, .file = 1};
    assert_false(years_add(&other, 2066, &place));
    years_add(&other, 2068, &place);
    form_evidence_merge(&evidence, &other);
    struct far_years far = years_far(&evidence);
    assert_int_equal(far.count, 3);
    assert_int_equal(far.median, 2025);
    assert_int_equal(far.place.row, 7);
    assert_int_equal(far.place.line, 8);
    assert_int_equal(far.place.file, 1);
    assert_int_equal(far.first, 2066);
    assert_int_equal(far.last, 2068);
    form_evidence_reset(&evidence);
    assert_int_equal(years_far(&evidence).count, 0);
    form_evidence_free(&evidence);
    form_evidence_free(&other);
}

/* A column that no field takes, looked at in two pieces, says what it says as one. */
static void test_unsent_pieces(void **state) {
    (void)state;
    static const char *const cells[] = {"1.50", "20.00", "3", "4.25", "1:30:00", "(5.50)", "6", "n. a.", "7.125", "8.00",
                                        "9.75", "$1,000.00", "2.00", "5.00", "1.00", "3.00", "none", "2:00:00"};
    const size_t count = sizeof cells / sizeof *cells;
    for (int is_bare = 0; is_bare < 2; is_bare++) {
        struct unsent_column column = unsent_column(0, view_of("Tip Amount"), is_bare);
        for (size_t border = 0; border <= count; border++) {
            struct unsent_values pieces[2] = {{0}}, sum = {0};
            for (size_t i = 0; i < count; i++)
                assert_true(unsent_look(&column, view_of(cells[i]), &pieces[i >= border]));
            unsent_add(&sum, &pieces[0]);
            unsent_add(&sum, &pieces[1]);
            assert_int_equal(sum.numbers, 14);
            assert_int_equal(sum.others, 4);
            assert_int_equal(sum.texts, 2);
            assert_int_equal(sum.durations, 2);
            assert_int_equal(sum.with_sign, 1);
            assert_int_equal(sum.with_cents, 12);
            assert_int_equal(sum.with_fraction, is_bare ? 4 : 0); /* 1.50 4.25 -5.50 9.75 */
            assert_int_equal(sum.with_parts, is_bare ? 1 : 0);
            assert_true(sum.sum == 10651250); /* 1,065.125 */
        }
    }
}

/* Money by dollar signs, or by two decimals under a label of money, bare numbers by any cents and no smaller parts; hours by
 * their label; all of it only where nearly all cells are numbers. */
static void test_unsent_kinds(void **state) {
    (void)state;
    static const struct {
        const char *label, *cells;
        bool is_bare;
        enum unsent_kind kind;
    } cases[] = {
        {"Tip Amount", "1.50|2.25", false, UNSENT_MONEY},
        {"Tip Amount", "1.50|2", false, UNSENT_OTHER},
        {"Tip Amount", "1.5|2.5", false, UNSENT_OTHER},
        {"Tip Amount", "12.50%|7.25%", false, UNSENT_OTHER},
        {"Tip Amount", "1.505|2.255", false, UNSENT_MONEY},
        {"Tip Amount", "(1.50)|-2.25|.50", false, UNSENT_MONEY},
        {"Tip Amount", "", false, UNSENT_OTHER},
        {"Odd Code", "1.50|2.25", false, UNSENT_OTHER},
        {"Odd Code", "5|6|$7", false, UNSENT_MONEY},
        {"Odd Code", "5|6|-$7", false, UNSENT_MONEY},
        {"Odd Code", "5|6|($7)", false, UNSENT_MONEY},
        {"Odd Code", "$7|roof work", false, UNSENT_OTHER},
        {"Odd Code", "$1|$2|$3|$4|$5|$6|$7|$8|roof work", false, UNSENT_OTHER},
        {"Odd Code", "$1|$2|$3|$4|$5|$6|$7|$8|$9|roof work", false, UNSENT_MONEY},
        {"Odd Code", "$1|N/A|-|$2", false, UNSENT_MONEY}, /* which says nothing */
        {"Tip Amount", "45.5|45", true, UNSENT_MONEY},
        {"Tip Amount", "45.5|45|7.125", true, UNSENT_OTHER},
        {"Tip Amount", "45|46", true, UNSENT_OTHER},
        {"Odd Code", "45.5|45", true, UNSENT_OTHER},
        {"Odd Hours", "2", false, UNSENT_HOURS},
        {"Odd Hours", "2.5|1:30:00", false, UNSENT_HOURS},
        {"Odd Hours", "2.5|1:3x", false, UNSENT_OTHER},
        {"Odd Hours", "2.5|roof work", false, UNSENT_OTHER},
        {"Odd Code", "2.5|1:30:00", false, UNSENT_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unsent_column column = unsent_column(0, view_of(cases[i].label), cases[i].is_bare);
        struct unsent_values values = {0}, sum = {0};
        for (const char *at = cases[i].cells; *at;) {
            size_t length = strcspn(at, "|");
            unsent_look(&column, view_from(at, length), &values);
            at += length + (at[length] == '|');
        }
        unsent_add(&sum, &values);
        if (unsent_kind(&column, &sum) != cases[i].kind)
            fail_msg("%s: %s: %d", cases[i].label, cases[i].cells, (int)unsent_kind(&column, &sum));
    }
}

/* A column without a sign is left alone after 64 cells; one whose label speaks of money or hours, or that has one, never. */
static void test_unsent_enough(void **state) {
    (void)state;
    static const struct {
        const char *label, *first, *cell;
        bool is_looked_at;
    } cases[] = {{"Odd Code", "1", "7", false},         {"Odd Code", "$1", "7", true},           {"Tip Amount", "1", "7", true},
                 {"Odd Hours", "1", "7", true},         {"Odd Code", "1", "roof work", false},   {"Odd Code", "1", "1:3x", false},
                 {"Tip Amount", "1", "roof work", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unsent_column column = unsent_column(0, view_of(cases[i].label), false);
        struct unsent_values values = {0};
        assert_true(unsent_look(&column, view_of(cases[i].first), &values));
        for (int k = 0; k < 63; k++)
            assert_true(unsent_look(&column, view_of(cases[i].cell), &values));
        unsent_look(&column, view_of(cases[i].cell), &values); /* the texts alone are 64 now */
        assert_int_equal(unsent_look(&column, view_of(cases[i].cell), &values), cases[i].is_looked_at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_unsent_pieces),
        cmocka_unit_test(test_unsent_kinds),
        cmocka_unit_test(test_unsent_enough),
    };
    return cmocka_run_group_tests_name("column_form", tests, NULL, NULL);
}
