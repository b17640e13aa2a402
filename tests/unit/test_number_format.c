/* test_number_format.c: what the cells of a workbook mean by their number formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h wants those above first */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "values/datetime.h"
#include "workbook/number_format.h"
#include "workbook/sheet.h"

static char *print(const struct number_format *format, bool is_1904, const char *number) {
    struct buffer text = {0};
    number_format_print(format, is_1904, view_of(number), &text);
    return buffer_take(&text);
}

static void test_formats(void **state) {
    static const struct {
        const char *code, *number, *wanted;
    } cases[] = {
        {"General", "5", "5"},
        {"@", "007", "007"},
        {"m/d/yyyy", "45950", "2025-10-20"},
        {"[$-409]m/d/yy h:mm AM/PM;@", "45950.586805555555", "2025-10-20 14:05:00"},
        {"yyyy\"-\"mm\\-dd", "45950", "2025-10-20"},
        {"mmm", "45950", "2025-10-20"},
        {"yyyy\"\xE5\xB9\xB4\"", "45950", "2025-10-20"},
        {"h:mm AM/PM", "0.5", "12:00:00"},
        {"mm:ss", "0.0006944444444444445", "00:01:00"},
        {"[h]:mm:ss", "1.5", "36:00:00"},
        {"[h]:mm", "45953.5", "2025-10-23 12:00:00"}, /* a moment: nobody worked 1,102,884 hours */
        {"[h]:mm:ss", "-0.25", "-06:00:00"},
        {"[mm]", "0.1", "02:24:00"},
        {"0.00%", "0.688", "68.8%"},
        {"0%", "-0.005", "-0.5%"},
        {"00000", "123", "00123"},
        {"00000", "123456", "123456"},
        {"$#,##0.00;[Red]-$#,##0.00", "-66", "-66"},
        {"\"d\"0", "5", "5"},
        {"\\d0", "5", "5"},
        {"0.00E+00", "12345", "12345"},
        {"General", "310.10000000000002", "310.1"},
        {"General", "0.30000000000000004", "0.3"},
        {"General", "1234567890123456789", "1.23456789012346E+18"},
        {"General", "389089722123456789", "389089722123456789"},
        {"General", "1.2345678901234601E+18", "1.23456789012346E+18"},
        {"General", "1E-3", "0.001"},
        {"General", "1E-13", "0.0000000000001"},
        {"General", "1E-14", "1E-14"},
        {"General", "-0.05", "-0.05"},
        {"General", "1E+2", "100"},
        {"General", "1e999", "1e999"},
        {"General", "nan", "nan"},
        {"m/d/yyyy", "soon", "soon"},
        {"m/d/yyyy", "-5", "-5"},
        {"m/d/yyyy", "2958466", "2958466"},
        /* the word General, alone and among other things */
        {"General_)", "100231", "100231"},
        {"[Red]General", "100231", "100231"},
        {"General;[Red]-General", "-5", "-5"},
        {"[$-409]General", "100231", "100231"},
        {"[DBNum1]General", "100231", "100231"},
        {"General\" hrs\"", "7.5", "7.5"},
        {"GENERAL", "100231", "100231"},
        {"Standard", "100231", "100231"},
        {"Est\xC3\xA1ndar", "100231", "100231"},
        {"TT.MM.JJJJ", "45950", "45950"},
        /* dates and times by their letters, not by those of literals */
        {"\"day\" 0", "5", "5"},
        {"yyyy-mm-ddThh:mm:ssZ", "45950.5", "2025-10-20 12:00:00"},
        {"[$-411]ge.m.d", "45950", "2025-10-20"},
        {"B2d/m/yyyy", "45950", "2025-10-20"},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45950", "2025-10-20"},
        {"m/d/yyyy h:mm", "45950", "2025-10-20 00:00:00"},
        {"m/d/yy h:mm AM/PM;@", "45950", "2025-10-20 00:00:00"},
        {"h:mm AM/PM", "45950.75", "2025-10-20 18:00:00"},
        {"h:mm", "1.5", "36:00:00"},
        {"mm:ss.0", "0.5", "12:00:00"},
        {"[ss].00", "0.5", "12:00:00"},
        {"[h]:mm;@", "30", "720:00:00"},
        /* a section for each sign; one that shows nothing hides no value */
        {"0%;-0%;\"-\"", "0", "0%"},
        {"0%;-0%;\"-\"", "-0.25", "-25%"},
        {"_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", "0", "0"},
        {"[<1]0%;0.00", "0.5", "50%"},
        {"[<1]0%;0.00", "45", "45"},
        {"0.0\"%\"", "45", "45"},
        {";;;", "45", "45"},
        /* an ID is shown as Excel shows it; an amount has no mask */
        {"\"J-\"00000", "45", "J-00045"},
        {"\\J\\-00000", "45", "J-00045"},
        {"000\\-00\\-0000", "12345678", "012-34-5678"},
        {"[<=99999]00000;00000\\-0000", "1234", "01234"},
        {"[<=99999]00000;00000\\-0000", "123456789", "12345-6789"},
        {"00000", "-45", "-45"},
        {"00000", "4.5", "4.5"},
        {"$00", "5", "5"},
        {"00\" hrs\"", "5", "5"},
        {"\"J-\"00000", "1234567", "J-1234567"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number_format format = number_format_read(view_of(cases[i].code));
        char *text = print(&format, false, cases[i].number);
        if (strcmp(text, cases[i].wanted) != 0) print_error("%s of %s\n", cases[i].code, cases[i].number);
        assert_string_equal(text, cases[i].wanted);
        free(text);
    }
}

static void test_built_in(void **state) {
    (void)state;
    assert_int_equal(number_format_built_in(0)->sections[0].kind, NUMBER_PLAIN);
    assert_int_equal(number_format_built_in(4)->sections[0].kind, NUMBER_PLAIN);
    assert_int_equal(number_format_built_in(10)->sections[0].kind, NUMBER_PERCENT);
    assert_int_equal(number_format_built_in(14)->sections[0].kind, NUMBER_DATE);
    assert_int_equal(number_format_built_in(22)->sections[0].kind, NUMBER_DATE);
    assert_int_equal(number_format_built_in(20)->sections[0].kind, NUMBER_TIME);
    assert_int_equal(number_format_built_in(46)->sections[0].kind, NUMBER_ELAPSED);
    assert_int_equal(number_format_built_in(49)->sections[0].kind, NUMBER_PLAIN);
}

/* Excel's 1900 has a 29 February (serial 60), which is nobody's day. */
static void test_first_days(void **state) {
    static const char *const wanted[][2] = {{"1", "1900-01-01"},
                                            {"59", "1900-02-28"},
                                            {"61", "1900-03-01"},
                                            {"45950.99999", "2025-10-20 23:59:59"},
                                            {"45950.9999999", "2025-10-21"}};
    const struct number_format *format = number_format_built_in(14);
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char *text = print(format, false, wanted[i][0]);
        assert_string_equal(text, wanted[i][1]);
        free(text);
    }
    char *text = print(format, true, "44488");
    assert_string_equal(text, "2025-10-20");
    free(text);
}

static void test_every_day(void **state) {
    const struct number_format *format = number_format_built_in(14);
    (void)state;
    for (int serial = 61; serial <= 73415; serial++) { /* 1900-03-01 to 2100-12-31 */
        char number[16];
        struct buffer wanted = {0};
        snprintf(number, sizeof number, "%d", serial);
        date_print(&wanted, serial - 25569);
        buffer_add_char(&wanted, '\0');
        char *text = print(format, false, number);
        assert_string_equal(text, wanted.text);
        free(text);
        buffer_free(&wanted);
    }
}

static void test_references(void **state) {
    static const struct {
        const char *text;
        bool is_good;
        uint32_t column;
        uint64_t row;
    } cases[] = {
        {"A1", true, 0, 1},    {"Z9", true, 25, 9}, {"AA10", true, 26, 10}, {"XFD1048576", true, 16383, 1048576},
        {"XFE1", false, 0, 0}, {"A0", false, 0, 0}, {"1A", false, 0, 0},    {"A", false, 0, 0},
        {"A1B", false, 0, 0},  {"", false, 0, 0},   {"aa3", true, 26, 3}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t column = 0;
        uint64_t row = 0;
        assert_int_equal(sheet_reference(view_of(cases[i].text), &column, &row), cases[i].is_good);
        if (!cases[i].is_good) continue;
        assert_int_equal(column, cases[i].column);
        assert_int_equal(row, cases[i].row);
        struct buffer letters = {0};
        sheet_print_column(&letters, column);
        assert_true(view_equal_fold(buffer_view(&letters), view_from(cases[i].text, letters.length)));
        buffer_free(&letters);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),   cmocka_unit_test(test_built_in),   cmocka_unit_test(test_first_days),
        cmocka_unit_test(test_every_day), cmocka_unit_test(test_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
