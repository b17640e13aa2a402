/* test_id_form.c: IDs as spreadsheets and people write them, and what they are compared as (convert/id_form.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/memory.h"
#include "convert/id_form.h"
#include "convert/identity.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A date as a workbook gives it, whole: what only begins as one is an ID like any other. */
static void dates_are_whole(void **state) {
    (void)state;
    static const char *const dates[] = {"2174-06-02", "2174-06-02 00:00:00", "6/2/2174", "06/2/2174", "6/02/2174", "06/02/2174"};
    static const char *const none[] = {"2174-06-0",  "2174-06-02 00:00", "2174-06-021", "06/02/217", "06/02/21740",
                                       "2174-0A-02", "2174/06/02",       "A174-06-02",  "1-2/2174",  "12345678"};
    for (size_t i = 0; i < COUNT(dates); i++)
        assert_true(id_is_date(view_of(dates[i])));
    for (size_t i = 0; i < COUNT(none); i++)
        if (id_is_date(view_of(none[i]))) fail_msg("%s", none[i]);
}

static void kinds(void **state) {
    (void)state;
    static const struct {
        const char *id;
        enum id_kind kind;
    } cases[] = {
        {"", ID_DIGITS},           {"1005", ID_DIGITS},      {"1005.0", ID_POINT_ZERO}, {"12E5", ID_EXPONENT},
        {"12e5", ID_EXPONENT},     {"1.2E18", ID_EXPONENT},  {"1.2E+18", ID_EXPONENT},  {"-1,2E+18", ID_EXPONENT},
        {"12.E5", ID_EXPONENT},
        {"+1.2E+18", ID_EXPONENT}, {"12E999", ID_EXPONENT},  {"12E1000", ID_OTHER},     {"E5", ID_OTHER},
        {".E5", ID_OTHER},         {".2E5", ID_OTHER},       {"1.2.3E5", ID_OTHER},     {"12E", ID_OTHER},
        {"12E+", ID_OTHER},        {"12E-5", ID_OTHER},      {"12E5A", ID_OTHER},       {"12F5", ID_OTHER},
        {"-12", ID_OTHER},         {"--1.2E18", ID_OTHER},   {"A12E5", ID_OTHER},       {"J-1", ID_OTHER},
        {"1005.5", ID_OTHER},      {"1.2", ID_OTHER},        {"12 E5", ID_OTHER},       {"-", ID_OTHER},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (id_kind(view_of(cases[i].id)) != cases[i].kind) fail_msg("%s: %d", cases[i].id, (int)id_kind(view_of(cases[i].id)));
}

static void guards(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"'001234", "001234"}, {"=\"001234\"", "001234"}, {"=001234", "001234"}, {"=\"A-1\"", "A-1"}, {"=\"\"", NULL}, {"=\"1\"", "1"},
        {"'Tis", NULL},        {"'12a", NULL},            {"=A1", NULL},         {"=\"a\"b\"", NULL}, {"=\"12", NULL}, {"=12\"", NULL},
        {"'1", NULL},          {"'\"x\"", NULL},          {"\"12\"", NULL},          {"0012", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct view inside = view_of("");
        bool is_guard = id_guard(view_of(cases[i][0]), &inside);
        if (is_guard != (cases[i][1] != NULL) || (is_guard && !view_is(inside, cases[i][1])))
            fail_msg("%s: %d, %.*s", cases[i][0], is_guard, VIEW_ARGS(inside));
    }
}

static void commas_between_thousands(void **state) {
    (void)state;
    static const char *const grouped[][2] = {
        {"1,234", "1234"}, {"12,345", "12345"}, {"512,300,417", "512300417"}, {"1,000,000,000", "1000000000"}};
    static const char *const none[] = {"1,23",  "1,2345",  "1234,567", "0,123",  "012,345", ",123",    "1,234,",
                                       "1,,234", "1,23,456", "1,2345,678", "1,234,56", "1,23a", "1,234.5", "12345", "-1,234"};
    struct arena *arena = arena_create(100);
    for (size_t i = 0; i < COUNT(grouped); i++) {
        assert_true(id_has_commas(view_of(grouped[i][0])));
        assert_true(view_is(id_without_commas(view_of(grouped[i][0]), arena), grouped[i][1]));
    }
    for (size_t i = 0; i < COUNT(none); i++)
        if (id_has_commas(view_of(none[i]))) fail_msg("%s", none[i]);
    arena_destroy(arena);
}

static void zeros(void **state) {
    (void)state;
    static const char *const zero[] = {"0", "0.0", "-0", "000", "-0.00"}, *const none[] = {"", "-", "-.", "10", "01", "0A", "-1", "0-", "A0", ".0"};
    for (size_t i = 0; i < COUNT(zero); i++)
        assert_true(id_is_zero(view_of(zero[i])));
    for (size_t i = 0; i < COUNT(none); i++)
        if (id_is_zero(view_of(none[i]))) fail_msg("%s", none[i]);
}

static void compared_forms(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"1005", "1005"},       {"ab-1z", "AB-1Z"},    {"0012", "12"},       {"000", "0"},       {"12.0", "12"},    {"0012.0", "12"},
        {"1,234", "1234"},      {"1,23", "1,23"},      {"A,B", "A,B"},       {"#1005", "1005"},  {"+1005", "1005"}, {"\"1005\"", "1005"},
        {"'1005'", "1005"},     {"#A1", "#A1"},        {"+A1", "+A1"},       {"00A1", "00A1"},   {" 10 05 ", "1005"}, {"A 1", "A1"},
        {"1-2", "1-2"},         {"\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x99", "129"}, {"\xEF\xBC\x90\xEF\xBC\x95", "5"},
        {"\xEF\xBC\x8F", "\xEF\xBC\x8F"}, {"\xEF\xBC\x9A", "\xEF\xBC\x9A"}, /* beside the digits in full width */
        {"1\xC2\xA0" "2", "12"}, {"1\xC2\xAD" "2", "12"}, {"\xC3\xA9", "\xC3\xA9"}, {"1\xE2\x80\x89" "2", "12"},
        {"1\xE2\x80\x8B" "2", "12"}, {"1\xE2\x80\x8F" "2", "12"}, {"1\xE2\x80\xAF" "2", "12"}, {"1\xE2\x81\xA0" "2", "12"},
        {"\xEF\xBB\xBF" "12", "12"}, {"1\xE2\x80\x93" "2", "1\xE2\x80\x93" "2"}, {"1\xE2\x80\x90" "2", "1\xE2\x80\x90" "2"},
        {"", ""},
    };
    struct buffer folded = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        id_fold(view_of(cases[i][0]), &folded);
        if (!view_is(buffer_view(&folded), cases[i][1])) fail_msg("%s: %.*s", cases[i][0], VIEW_ARGS(buffer_view(&folded)));
    }
    buffer_free(&folded);
}

/* Two lists as of two blocks: IDs of one form are kept as odd, and know a twin in the set or in either list. */
static void twins(void **state) {
    (void)state;
    static const char *const plain[] = {"1005", "AB1"};
    static const struct {
        const char *id;
        bool has_twin;
    } ids[] = {{"01005", true}, {"xy9", true}, {"z 1", false}, {"#77", false}, {"ab1", true}, {"Xy9", true}, {"z-2", false}, {"078", false}};
    struct identity_set *set = identity_set_create();
    struct odd_ids lists[2] = {{0}}, all = {0};
    struct buffer scratch = {0};
    for (size_t i = 0; i < COUNT(plain); i++) {
        struct identity identity = {hash_bytes(view_of(plain[i]), 0), 1, 0, i + 2, 0};
        identity_set_add(set, &identity);
        odd_ids_add(&lists[0], view_of(plain[i]), 0, 2, 2, &scratch);
    }
    assert_int_equal(lists[0].count, 0);
    for (size_t i = 0; i < COUNT(ids); i++)
        odd_ids_add(&lists[i >= 4], view_of(ids[i].id), 3, i + 10, i + 20, &scratch);
    odd_ids_merge(&all, &lists[0]);
    odd_ids_merge(&all, &lists[1]);
    assert_int_equal(all.count, COUNT(ids));
    odd_ids_find_twins(&all, set);
    for (size_t i = 0; i < all.count; i++) {
        assert_string_equal(all.list[i].text, ids[i].id);
        assert_true(all.list[i].file == 3 && all.list[i].row == i + 10 && all.list[i].line == i + 20);
        if (all.list[i].has_twin != ids[i].has_twin) fail_msg("%s", ids[i].id);
    }
    assert_string_equal(all.list[0].folded, "1005");
    for (size_t i = 0; i < 2; i++)
        odd_ids_free(&lists[i]);
    odd_ids_free(&all);
    buffer_free(&scratch);
    identity_set_free(set);
}

static void no_more_than_most(void **state) {
    (void)state;
    struct odd_ids few = {0}, all = {0};
    struct buffer scratch = {0};
    char id[20];
    for (unsigned i = 0; i < ODD_IDS_MOST - 1; i++) {
        snprintf(id, sizeof id, "x%u", i);
        odd_ids_add(&all, view_of(id), 0, i, i, &scratch);
    }
    for (unsigned i = 0; i < 3; i++) {
        snprintf(id, sizeof id, "y%u", i);
        odd_ids_add(&few, view_of(id), 0, i, i, &scratch);
    }
    assert_int_equal(all.count, ODD_IDS_MOST - 1);
    odd_ids_merge(&all, &few);
    assert_int_equal(all.count, ODD_IDS_MOST);
    assert_string_equal(all.list[ODD_IDS_MOST - 1].text, "y0");
    odd_ids_add(&all, view_of("z"), 0, 1, 1, &scratch);
    odd_ids_merge(&all, &few);
    assert_int_equal(all.count, ODD_IDS_MOST);
    odd_ids_free(&few);
    odd_ids_free(&all);
    buffer_free(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_whole), cmocka_unit_test(kinds),          cmocka_unit_test(guards), cmocka_unit_test(commas_between_thousands),
        cmocka_unit_test(zeros),           cmocka_unit_test(compared_forms), cmocka_unit_test(twins),  cmocka_unit_test(no_more_than_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
