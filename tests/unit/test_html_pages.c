/* test_html_pages.c: report.html of real runs over the samples: every number of the ledger stands in it, every link leads
 * somewhere, and the same input gives the same bytes. With ST2PLECTO_PAGES=FOLDER the pages are written there, for
 * the browser (tests/e2e/page.bats). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/table.h"
#include "support/sample_result.h"

static const char *const schemas[] = {
    "calls",     "campaign-costs", "campaigns",        "customer-memberships", "customers",  "estimate-items",
    "estimates", "invoice-items",  "invoices",         "job-assignments",      "job-splits", "job-timesheets",
    "jobs",      "materials",      "membership-types", "report-job-costing",   "reviews",    "services"};
#define SCHEMA_COUNT (sizeof schemas / sizeof *schemas)

/* --- checks of one page ---------------------------------------------------------------------------------- */

static void check_amount(const char *section, wide_integer value, bool is_money) {
    struct buffer text = {0};
    buffer_print(&text, value < 0 ? " class=\"n minus\">" : " class=\"n\">");
    decimal_print_human(&text, value, is_money);
    buffer_add_text(&text, "</td>");
    char *cell = buffer_take(&text);
    if (!strstr(section, cell)) fail_msg("the ledger lacks %s", cell);
    free(cell);
}

static void check_ledger(const struct result *result, const char *page) {
    const char *start = strstr(page, "<section id=\"ledger\">");
    char *section = memory_copy(view_from(start, (size_t)(strstr(start, "</section>") - start)));
    const struct ledger *ledger = &result->ledger;
    check_amount(section, (wide_integer)ledger->rows_in * DECIMAL_SCALE, false);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++) {
        if (ledger->rows[side] == 0) continue;
        assert_non_null(strstr(section, report_side_title(result, (enum ledger_side)side) + 1)); /* a capital first */
        check_amount(section, (wide_integer)ledger->rows[side] * DECIMAL_SCALE, false);
        for (size_t i = 0; ledger->sums[side] && i < ledger->column_count; i++)
            check_amount(section, ledger->sums[side][i], result->columns[i].is_money);
    }
    for (size_t i = 0; i < ledger->column_count; i++) {
        assert_non_null(strstr(section, result->columns[i].title));
        check_amount(section, ledger->sums_in[i], result->columns[i].is_money);
    }
    assert_non_null(strstr(section, "<th scope=\"row\">Difference</th><td data-label=\"Rows\" class=\"n\">0</td>"));
    free(section);
}

/* What stands behind `key` up to `end`, each once (`is_once`) or as often as it likes, into or looked up in `ids`. */
static void walk(const char *page, const char *key, struct table *ids, bool is_link) {
    for (const char *at = page; (at = strstr(at, key)) != NULL;) {
        at += strlen(key);
        struct view name = view_from(at, strcspn(at, "\""));
        bool is_new;
        if (is_link)
            is_new = table_find(ids, name) != SIZE_MAX;
        else
            table_add(ids, name, &is_new);
        if (!is_new) fail_msg("%s: %.*s", is_link ? "a link leads nowhere" : "an id comes twice", VIEW_ARGS(name));
    }
}

static void check_links(const char *page) {
    struct table *ids = table_create();
    walk(page, " id=\"", ids, false);
    walk(page, " href=\"#", ids, true);
    assert_int_equal(sample_times(page, " href=\""), sample_times(page, " href=\"#"));
    for (const char *at = page; (at = strstr(at, "aria-labelledby=\"")) != NULL;) {
        at += strlen("aria-labelledby=\"");
        size_t first = strcspn(at, " "), second = strcspn(at + first + 1, "\"");
        assert_true(table_find(ids, view_from(at, first)) != SIZE_MAX);
        assert_true(table_find(ids, view_from(at + first + 1, second)) != SIZE_MAX);
    }
    table_destroy(ids);
}

static void check_shape(const struct result *result, const char *page) {
    static const char *const pairs[] = {"table", "section", "div", "dl", "svg", "details", "figure", "tr",
                                        "p",     "h2",      "h3",  "ul", "nav", "td",      "thead",  "tbody"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *bare = memory_print("<%s>", pairs[i]), *with = memory_print("<%s ", pairs[i]);
        char *end = memory_print("</%s>", pairs[i]);
        assert_int_equal(sample_times(page, bare) + sample_times(page, with), sample_times(page, end));
        free(bare);
        free(with);
        free(end);
    }
    sample_check_tables(page);
    assert_int_equal(sample_times(page, "<h1>"), 1);
    assert_int_equal(sample_times(page, "<table"), sample_times(page, "<caption>"));
    assert_int_equal(sample_times(page, "role=\"img\""), sample_times(page, "<desc id="));
    for (size_t i = 0; i < result->file_count; i++)
        assert_non_null(strstr(page, result->files[i].sha256));
}

static void check_issues(const struct result *result, const char *page) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    assert_int_equal(sample_times(page, " class=\"cause "), count);
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        char *section = memory_print("<section id=\"%s", kind->name);
        assert_non_null(strstr(page, section));
        free(section);
    }
}

/* --- tests ----------------------------------------------------------------------------------------------- */

static void check_run(const char *schema, const char *file, const char *by, const char *name) {
    struct result result;
    sample_run(schema, file, by, 5, &result);
    char *page = sample_page(&result, false), *again = sample_page(&result, false);
    check_ledger(&result, page);
    check_links(page);
    check_shape(&result, page);
    check_issues(&result, page);
    assert_string_equal(page, again);
    sample_keep(name, page);
    free(page);
    free(again);
    result_free(&result);
}

static void test_samples(void **state) {
    (void)state;
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        static const char *const kinds[] = {"good", "bad"};
        for (size_t k = 0; k < 2; k++) {
            char *file = memory_print("%s.csv", kinds[k]), *name = memory_print("%s-%s", schemas[i], kinds[k]);
            check_run(schemas[i], file, "row", name);
            free(file);
            free(name);
        }
    }
}

static void test_other_shapes(void **state) {
    (void)state;
    check_run("report-job-costing", "grouped.csv", "row", "grouped");
    check_run("jobs", "good.csv", "day", "by-day");
    check_run("jobs", "bad.json", "row", "jobs-bad-json");
}

static void test_same_bytes_in_two_runs(void **state) {
    (void)state;
    struct result first, second;
    sample_run("jobs", "bad.csv", "row", 5, &first);
    sample_run("jobs", "bad.csv", "row", 5, &second);
    char *one = sample_page(&first, false), *two = sample_page(&second, false);
    assert_string_equal(one, two);
    free(one);
    free(two);
    result_free(&first);
    result_free(&second);
}

/* What no sample has: a year of days, many people, thousands of issues, a ledger that does not balance. */
static void test_large_page(void **state) {
    (void)state;
    struct result result;
    sample_run("jobs", "bad.csv", "row", 10000, &result);
    char *days[400];
    for (size_t i = 0; i < 400; i++)
        days[i] = memory_print("20%02zu-%02zu-%02zu", 24 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
    size_t columns = result.ledger.column_count;
    struct result large;
    sample_result(&large);
    sample_days(&large, days, 400);
    for (size_t i = 0; i < 400; i++)
        large.days[i].sums[0] = ((wide_integer)(i * 7919 % 1000) - 150) * DECIMAL_SCALE;
    sample_people(&large, 40);
    issues_free(large.issues);
    large.issues = issues_create(10000);
    issues_merge(large.issues, result.issues);
    for (uint64_t i = 0; i < 3000; i++)
        issues_add(large.issues, &(struct issue){.code = E201_MISSING_EMPLOYEE,
                                                 .row = i,
                                                 .line = i,
                                                 .column = 7,
                                                 .field = view_of("Primary Technician"),
                                                 .id = view_of("100232"),
                                                 .detail = view_of("Primary Technician is empty"),
                                                 .has_money = true,
                                                 .money = (int64_t)i * 12345});
    large.exit_code = EXIT_NOT_BALANCED;
    large.publication = PUBLISHED_UNBALANCED;
    large.balance = memory_copy(view_of("Total: 1,589.56 came in, 1,500.00"));
    assert_true(columns > 0);
    char *page = sample_page(&large, false);
    check_links(page);
    check_shape(&large, page);
    check_issues(&large, page);
    assert_true(strlen(page) < 1500000);
    sample_keep("large", page);
    free(page);
    for (size_t i = 0; i < 400; i++)
        free(days[i]);
    result_free(&result);
    result_free(&large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_other_shapes),
        cmocka_unit_test(test_same_bytes_in_two_runs),
        cmocka_unit_test(test_large_page),
    };
    return cmocka_run_group_tests_name("html_pages", tests, NULL, NULL);
}
