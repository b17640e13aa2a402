/* test_period_text.c: periods in title lines and file names; --last and --max-age. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "cli/period.h"
#include "values/datetime.h"
#include "values/period_text.h"

static char *text_of(bool is_fine, int32_t from, int32_t to) {
    struct buffer text = {0};
    if (is_fine) {
        date_print(&text, from);
        buffer_add_text(&text, "..");
        date_print(&text, to);
    }
    return buffer_take(&text);
}

static void periods_are_found(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Technicians_Dated 10_01_25 - 10_31_25.csv", "2025-10-01..2025-10-31"},
        {"10/01/2025 - 10/31/2025", "2025-10-01..2025-10-31"},
        {"10/1/25 to 10/31/25", "2025-10-01..2025-10-31"},
        {"2025-10-01 - 2025-10-31", "2025-10-01..2025-10-31"},
        {"2025-10-01..2025-10-31", "2025-10-01..2025-10-31"},
        {"jobs_2025-10-01_2025-10-31.csv", "2025-10-01..2025-10-31"},
        {"From: 10/01/2025 To: 10/31/2025", "2025-10-01..2025-10-31"},
        {"Date Range: Oct 1, 2025 - Oct 31, 2025", "2025-10-01..2025-10-31"},
        {"1 Sept 2025 \xe2\x80\x93 30 September 2025", "2025-09-01..2025-09-30"},
        {"Revenue October 2025", "2025-10-01..2025-10-31"},
        {"may 2024", "2024-05-01..2024-05-31"},
        {"report-2024-02.csv", "2024-02-01..2024-02-29"},
        {"report 02-2024", "2024-02-01..2024-02-29"},
        {"Jan 2025 - Mar 2025", "2025-01-01..2025-03-31"},
        {"25/12/2025 - 31/12/2025", "2025-12-25..2025-12-31"},
        {"12/31/2025 - 12/31/2025", "2025-12-31..2025-12-31"},
        {"10/31/2025 - 10/01/2025", ""},
        {"2/30/2025 - 3/30/2025", ""},
        {"as of 10/31/2025", ""},
        {"10/01/2025 - 10/31/2025, compared with 10/01/2024 - 10/31/2024", ""},
        {"report 168, 25 rows", ""},
        {"2025", ""},
        {"jobs.csv", ""},
        {"", ""},
        {"12345678901234567890/1/2", ""},
        /* other ways of writing a stretch */
        {"Dated 10_01_25 - 10_31_25", "2025-10-01..2025-10-31"},
        {"10-2025", "2025-10-01..2025-10-31"},
        {"2025-10", "2025-10-01..2025-10-31"},
        {"Oct 2025", "2025-10-01..2025-10-31"},
        {"2025-10-01 \xe2\x80\x94 2025-10-31", "2025-10-01..2025-10-31"},
        {"2025-10-01 \xe2\x88\x92 2025-10-31", ""},
        {"10/01/2025\xc2\xa0-\xc2\xa0"
         "10/31/2025",
         "2025-10-01..2025-10-31"},
        {"10/1/25 THROUGH 10/31/25", "2025-10-01..2025-10-31"},
        {"Start Date: 10/01/2025 End Date: 10/31/2025", "2025-10-01..2025-10-31"},
        {"\"From\",\"10/01/2025\",\"To\",\"10/31/2025\"", "2025-10-01..2025-10-31"},
        {"10/01/2025 12:00 AM - 10/31/2025 11:59 PM", "2025-10-01..2025-10-31"},
        {"2025-10-01T00:00:00Z..2025-10-31T23:59:59Z", "2025-10-01..2025-10-31"},
        /* the order of day and month */
        {"01/10/2025 - 31/10/2025", "2025-10-01..2025-10-31"},
        {"25/12/2025 - 01/02/2026", "2025-12-25..2026-02-01"},
        {"01/02/2025 - 03/04/2025", "2025-01-02..2025-03-04"},
        {"10/25/2025 - 31/12/2025", ""},
        /* the same one twice is one, two are none */
        {"10/01/2025 - 10/31/2025 (2025-10-01..2025-10-31)", "2025-10-01..2025-10-31"},
        {"October 2025: 10/01/2025 - 10/31/2025", "2025-10-01..2025-10-31"},
        {"October 2025, November 2025", ""},
        {"Jan 2025 vs Mar 2025", ""},
        {"October 2025: 10/01/2025 - 10/30/2025", ""},
        {"Oct - Dec 2025", ""},
        {"Jan 2025 - 03/31/2025", ""},
        /* a day that belongs to no period */
        {"Status as of 10/31/2025, printed 11/03/2025", ""},
        {"10/01/2025 10/31/2025", ""},
        {"10/01/2025, 10/31/2025", ""},
        {"October 2025, printed 11/03/2025", ""},
        {"10/01/2025 - 10/31/2025 - 11/03/2025", ""},
        /* a day that does not exist is not the month around it */
        {"as of 2025-02-30", ""},
        {"October 2025, as of 2025-02-30", ""},
        {"31/04/2025", ""},
        {"2025-10-32", ""},
        {"Feb 30, 2025 - Mar 30, 2025", ""},
        {"13/13/2025 - 14/14/2025", ""},
        {"2025-13", ""},
        {"00-2025", ""},
        {"2025-02-29 - 2025-03-01", ""},
        {"2024-02-29 - 2024-03-01", "2024-02-29..2024-03-01"},
        /* numbers in chains */
        {"Jobs_12_10_01_25 - 10_31_25.csv", ""},
        {"Jobs 12 10_01_25 - 10_31_25.csv", "2025-10-01..2025-10-31"},
        {"10_01_25_10_31_25", ""},
        {"10_01_2025_10_31_2025", "2025-10-01..2025-10-31"},
        {"v2_2025-10-01_2025-12-31.csv", "2025-10-01..2025-12-31"},
        {"report_12_2025-10.csv", "2025-10-01..2025-10-31"},
        {"2025-10_2025-11.csv", "2025-10-01..2025-11-30"},
        {"1234-10-2025", ""},
        {"Job 5-2025-77", ""},
        {"2025-1-000005", ""},
        {"10_01_25 - 10_31_25 (1).csv", "2025-10-01..2025-10-31"},
        /* pieces */
        {"10/01/2025 -", ""},
        {"- 10/01/2025", ""},
        {"10/01", ""},
        {"October", ""},
        {"2025-", ""},
        {"10/", ""},
        {"\xe2\x80", ""},
        {"2025-10-01 \xe2", ""},
        {"2025-10-01 T", ""},
        {"2025-10-01 1:", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t from = 0, to = 0;
        bool is_fine = period_text_find(view_of(cases[i][0]), &from, &to);
        char *made = text_of(is_fine, from, to);
        if (strcmp(made, cases[i][1]) != 0) fail_msg("\"%s\" gives \"%s\"", cases[i][0], made);
        free(made);
    }
}

/* Every beginning of a text, in memory of just that size: nothing behind its end is read. */
static void ends_are_kept(void **state) {
    (void)state;
    static const char text[] = "From: 2025-10-01T00:00:00Z \xe2\x80\x93 Oct 31, 2025 11:59 PM (10_01_25 to 10_31_25)";
    for (size_t length = 0; length < sizeof text; length++) {
        char *copy = memory_get(length);
        memcpy(copy, text, length);
        int32_t from = 0, to = 0;
        bool is_fine = period_text_find(view_from(copy, length), &from, &to);
        bool is_whole = length == sizeof text - 1;
        if (is_whole) assert_true(is_fine);
        if (is_fine) assert_int_equal(to, date_to_days(2025, 10, 31));
        if (!is_fine) assert_true(from == 0 && to == 0);
        free(copy);
    }
    /* more numbers than a title has: not decided */
    struct buffer many = {0};
    buffer_add_text(&many, "2025-10-01 - 2025-10-31");
    for (size_t i = 0; i < 100; i++)
        buffer_add_text(&many, " 7");
    int32_t from, to;
    assert_false(period_text_find(buffer_view(&many), &from, &to));
    buffer_free(&many);
}

static void lengths_are_read(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        /* text, --last, --max-age; as of 2025-10-20 */
        {"1d", "2025-10-20..2025-10-20", "2025-10-20"},
        {"90d", "2025-07-23..2025-10-20", "2025-07-23"},
        {"2w", "2025-10-07..2025-10-20", "2025-10-07"},
        {"1m", "2025-09-21..2025-10-20", "2025-09-21"},
        {"12m", "2024-10-21..2025-10-20", "2024-10-21"},
        {"1y", "2024-10-21..2025-10-20", "2024-10-21"},
        {"365d", "2024-10-21..2025-10-20", "2024-10-21"},
        {"90", "", ""},
        {"d", "", ""},
        {"0d", "", ""},
        {"-3d", "", ""},
        {"9d9", "", ""},
        {"99999999999d", "", ""},
        {"12w", "2025-07-29..2025-10-20", "2025-07-29"},
        {"6m", "2025-04-21..2025-10-20", "2025-04-21"},
        {"10m", "2024-12-21..2025-10-20", "2024-12-21"},
        {"2y", "2023-10-21..2025-10-20", "2023-10-21"},
        {"0m", "", ""},
        {"90D", "", ""},
        {"90 d", "", ""},
        {" 90d", "", ""},
        {"+3d", "", ""},
        {"1.5y", "", ""},
        {"3q", "", ""},
        {"9999y", "", ""},
        {"", "", ""},
    };
    int32_t today = date_to_days(2025, 10, 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        int32_t from = 0, to = 0, oldest = 0;
        bool is_fine = period_parse_last(cases[i][0], today, &from, &to, &error);
        char *made = text_of(is_fine, from, to);
        assert_string_equal(made, cases[i][1]);
        free(made);
        if (!is_fine) assert_int_equal(error.code, EXIT_WRONG_USE);
        error_free(&error);
        error = (struct error){0};
        is_fine = period_parse_max_age(cases[i][0], today, &oldest, &error);
        struct buffer text = {0};
        if (is_fine) date_print(&text, oldest);
        made = buffer_take(&text);
        assert_string_equal(made, cases[i][2]);
        free(made);
        error_free(&error);
    }
}

/* By the calendar: the day is cut to the month's length, then one day later. */
static void months_are_of_the_calendar(void **state) {
    (void)state;
    static const struct {
        int32_t year, month, day;
        const char *length, *first;
    } cases[] = {
        {2025, 3, 31, "1m", "2025-03-01"}, {2024, 3, 31, "1m", "2024-03-01"},   {2024, 3, 30, "1m", "2024-03-01"},
        {2025, 5, 31, "1m", "2025-05-01"}, {2024, 2, 29, "1y", "2023-03-01"},   {2024, 2, 29, "4y", "2020-03-01"},
        {2025, 1, 1, "1m", "2024-12-02"},  {2025, 12, 31, "12m", "2025-01-01"}, {2025, 2, 28, "1m", "2025-01-29"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        int32_t from, to, oldest, today = date_to_days(cases[i].year, cases[i].month, cases[i].day);
        assert_true(period_parse_last(cases[i].length, today, &from, &to, &error));
        assert_true(period_parse_max_age(cases[i].length, today, &oldest, &error));
        assert_int_equal(to, today);
        assert_int_equal(oldest, from);
        char *made = text_of(true, from, from);
        assert_memory_equal(made, cases[i].first, 10);
        free(made);
    }
}

/* The message names the option, what was written, and what to write. */
static void wrong_lengths_are_explained(void **state) {
    (void)state;
    struct error error = {0};
    int32_t from, to;
    assert_false(period_parse_last("soon", 20000, &from, &to, &error));
    assert_string_equal(error.message, "--last \"soon\" is not a length of time");
    assert_string_equal(error.fix, "Write a number and d, w, m or y: --last 90d, --last 12w, --last 6m, --last 1y");
    assert_false(period_parse_max_age("", 20000, &from, &error));
    assert_string_equal(error.message, "--max-age \"\" is not a length of time");
    error_free(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(periods_are_found), cmocka_unit_test(ends_are_kept),
                                       cmocka_unit_test(lengths_are_read), cmocka_unit_test(months_are_of_the_calendar),
                                       cmocka_unit_test(wrong_lengths_are_explained)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
