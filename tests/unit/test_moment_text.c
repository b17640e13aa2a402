/* test_moment_text.c: the day in a file's name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "values/datetime.h"
#include "values/moment_text.h"

static void says(const char *text, const char *expected) {
    int64_t seconds;
    struct buffer found = {0};
    if (moment_text_find(view_of(text), &seconds)) {
        int64_t days = seconds / 86400, rest = seconds % 86400;
        date_print(&found, (int32_t)days);
        if (rest) buffer_print(&found, " %02d:%02d:%02d", (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
    }
    char *shown = buffer_take(&found);
    if (strcmp(shown, expected) != 0) fail_msg("%s: \"%s\" instead of \"%s\"", text, shown, expected);
    free(shown);
}

static void days(void **state) {
    (void)state;
    says("jobs-2025-10-14.csv", "2025-10-14");
    says("jobs_2025_10_14.csv", "2025-10-14");
    says("jobs 2025.10.14 (1).csv", "2025-10-14");
    says("20251014-jobs.xlsx", "2025-10-14");
    says("jobs10-14-2025.csv", "2025-10-14");
    says("Jobs 10_14_25.csv", "2025-10-14");
    says("Jobs 25-12-2025.csv", "2025-12-25");
    says("Jobs Oct 14, 2025.csv", "2025-10-14");
    says("Jobs_14-Oct-2025.csv", "2025-10-14");
    says("Sept-3-2025", "2025-09-03");
}

static void times(void **state) {
    (void)state;
    says("jobs-2025-10-14T06:30:15Z.json", "2025-10-14 06:30:15");
    says("jobs 2025-10-14 0630.csv", "2025-10-14 06:30:00");
    says("jobs_20251014_063015.csv", "2025-10-14 06:30:15");
    says("jobs20251014063015.csv", "2025-10-14 06:30:15");
    says("jobs 2025-10-14 06-30.csv", "2025-10-14 06:30:00");
    says("jobs 2025-10-14 06.30.15.csv", "2025-10-14 06:30:15");
    says(" on 10/14/2025 6:30 PM", "2025-10-14 18:30:00");
    says(": Oct 14, 2025 at 12:05 AM", "2025-10-14 00:05:00");
}

static void none(void **state) {
    (void)state;
    says("jobs.csv", "");
    says("", "");
    says("jobs-2025-10.csv", "");                          /* a month */
    says("Technicians_Dated 10_01_25 - 10_31_25.csv", ""); /* a period */
    says("jobs-2025-10-14-2025-10-20.csv", "");
    says("jobs-2025-13-45.csv", "");
    says("jobs 5100241.csv", "");
    says("invoice 100231-22-5", "");
    says("version 1.2.3", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(days), cmocka_unit_test(times), cmocka_unit_test(none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
