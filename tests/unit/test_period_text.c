/* test_period_text.c: periods in title lines and file names; --last and --keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
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
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t from = 0, to = 0;
        bool is_fine = period_text_find(view_of(cases[i][0]), &from, &to);
        char *made = text_of(is_fine, from, to);
        if (strcmp(made, cases[i][1]) != 0) fail_msg("\"%s\" gives \"%s\"", cases[i][0], made);
        free(made);
    }
}

static void lengths_are_read(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        /* text, --last, --keep; as of 2025-10-20 */
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
        is_fine = period_parse_keep(cases[i][0], today, &oldest, &error);
        struct buffer text = {0};
        if (is_fine) date_print(&text, oldest);
        made = buffer_take(&text);
        assert_string_equal(made, cases[i][2]);
        free(made);
        error_free(&error);
    }
    /* a month back from the 31st */
    int32_t from, to;
    struct error error = {0};
    assert_true(period_parse_last("1m", date_to_days(2025, 3, 31), &from, &to, &error));
    assert_int_equal(from, date_to_days(2025, 3, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(periods_are_found), cmocka_unit_test(lengths_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
