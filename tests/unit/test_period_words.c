/* test_period_words.c: which words of a title or a name may restrict the rows behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "upload/period_words.h"

static const char *other(const char *text, const char *label, bool is_dates_only) {
    static char found[64];
    struct view word = {0};
    if (!period_has_other_words(view_of(text), label, is_dates_only, &word)) return NULL;
    assert_true(word.length < sizeof found);
    memcpy(found, word.text, word.length);
    found[word.length] = '\0';
    return found;
}

static void test_plain(void **state) {
    static const char *const texts[] = {
        "Jobs 10/01/2025 - 10/31/2025", "From: 10/13/2025 To: 10/31/2025", "Date Range: Oct 1, 2025 - Oct 31, 2025",
        "Completion Date: 10/01/2025 \xe2\x80\x93 10/31/2025", "Business Unit: All", "Jobs Report",
        "jobs?completedOnOrAfter=2025-10-11T06:00:00Z&completedBefore=2025-10-16T00:00:00Z.json",
        "Technicians_Dated 10_01_25 - 10_31_25.csv", "Generated: 11/02/2025 8:00 AM", "Exported on 11/02/2025",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(other(texts[i], "Completion Date", false));
}

static void test_restricted(void **state) {
    static const struct {
        const char *text, *word;
    } cases[] = {
        {"Business Unit: HVAC", "Business"}, {"Jobs HVAC 10-01-2025", "HVAC"}, {"Technician: Ana", "Technician"},
        {"Job: Estimate", "Job"}, {"Created 10/01/2025 - 10/31/2025", "Created"}, {"Plomer\xc3\xad" "a", "Plomer\xc3\xad" "a"},
        {"jobs createdOnOrAfter=2025-10-01 to 2025-10-31.json", "createdOnOrAfter"}, {"Totals = 5", "Totals"},
        {"jobs?completedBefore=2025-11-01&businessUnitId=4.json", "businessUnitId"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(other(cases[i].text, "Completion Date", false), cases[i].word);
}

static void test_dates(void **state) {
    (void)state;
    assert_null(other("HVAC week 41.csv", "Completion Date", true));
    assert_null(other("completed jobs.csv", "Completion Date", true));
    assert_string_equal(other("completed jobs.csv", "Invoice Date", true), "completed");
    assert_string_equal(other("jobs scheduled.csv", "completedOn", true), "scheduled");
    assert_true(period_is_about("invoiced", "Invoice Date"));
    assert_true(period_is_about("completed", "job.completedOn"));
    assert_false(period_is_about("created", "Completion Date"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain), cmocka_unit_test(test_restricted),
                                       cmocka_unit_test(test_dates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
