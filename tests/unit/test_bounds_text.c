/* test_bounds_text.c: the bounds of a request out of names of files and of what exports save around the records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/buffer.h"
#include "values/bounds_text.h"

/* Each bound as "field>=date", "field<date" and so on. */
static char *bounds_of(const char *text) {
    struct buffer out = {0};
    struct date_bound bound;
    size_t at = 0;
    while (bounds_next(view_of(text), &at, &bound)) {
        if (out.length > 0) buffer_add_char(&out, ' ');
        buffer_print(&out, "%s%s%s", bound.field, bound.is_upper ? "<" : ">", bound.is_inclusive ? "=" : "");
        buffer_print(&out, "%04d-%02d-%02d", bound.at.year, bound.at.month, bound.at.day);
        if (bound.at.has_time) buffer_print(&out, "T%02d%s", bound.at.hour, bound.at.zone == ZONE_UTC ? "Z" : "");
    }
    return buffer_take(&out);
}

static void all_forms(void **state) {
    static const char *const cases[][2] = {
        {"jobs?completedOnOrAfter=2025-10-01T00:00:00Z&completedBefore=2025-11-01T00:00:00Z",
         "completed>=2025-10-01T00Z completed<2025-11-01T00Z"},
        {"jobs_completedOnOrAfter_2025-10-01_completedBefore_2025-11-01.json",
         "completed>=2025-10-01 completed<2025-11-01"},
        {"request: {\"query\": {\"soldAfter\": \"2025-10-01\", \"soldBefore\": \"2025-11-01\"}}",
         "sold>2025-10-01 sold<2025-11-01"},
        {"parameters: [{\"name\":\"From\",\"value\":\"2025-10-01\"},{\"name\":\"To\",\"value\":\"2025-10-31\"}]",
         ">=2025-10-01 <=2025-10-31"},
        {"fromDate: \"2025-10-01\"", ">=2025-10-01"},
        {"MODIFIEDONORAFTER=2025-10-01%20", "modified>=2025-10-01"},
        {"createdOnOrAfter: 2025-13-01", ""},
        {"before 2025-10-01", ""},
        {"Jobs from last week.json", ""},
        {"Prefrom: 2025-10-01", ""},
        {"createdBefore and then a long story until 2025-10-01", ""},
        {"hasMore: true", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *found = bounds_of(cases[i][0]);
        assert_string_equal(found, cases[i][1]);
        free(found);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
