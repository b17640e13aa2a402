/* test_html.c: report.html of results made by hand: nothing from a file becomes markup, the policy names the style, the
 * page stays small while its counts are complete, and the pictures show what they should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/memory.h"
#include "render/html_words.h"
#include "support/sample_result.h"

static void replace(char **text, const char *value) {
    free(*text);
    *text = memory_copy(view_of(value));
}

static void has(const char *page, const char *part) {
    if (!strstr(page, part)) fail_msg("the page lacks: %s", part);
}

static void hasnt(const char *page, const char *part) {
    const char *found = strstr(page, part);
    if (found) fail_msg("the page has: %.80s", found);
}

/* --- texts from outside ---------------------------------------------------------------------------------- */

static const char hostile[] = "<script>alert(\"1\")</script>'&amp;\x01\x1b[2J\n\x7f"
                              "\xe2\x80\xae"         /* U+202E, right to left from here */
                              "\xe2\x81\xa6"         /* U+2066 */
                              "\xe2\x80\x8b"         /* U+200B, no width */
                              "\xc2\x85\xc0\xaf\xff" /* U+0085; two that are no UTF-8 */
                              "Zo\xc3\xab";
static const char tamed[] = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;\\x01\\x1b[2J\\x0a\\x7f"
                            "\\u202e\\u2066\\u200b\\u0085\\xc0\\xaf\\xff"
                            "Zo\xc3\xab";

static void add_hostile_issue(struct result *result) {
    struct issue issue = {.code = E301_NOT_NUMBER,
                          .row = 2,
                          .line = 2,
                          .column = 1,
                          .field = view_of(hostile),
                          .value = view_of(hostile),
                          .id = view_of(hostile),
                          .detail = view_of(hostile)};
    issues_add(result->issues, &issue);
}

static void test_hostile_texts(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    char **texts[] = {&result.schema_name,
                      &result.schema_title,
                      &result.schema_file,
                      &result.period,
                      &result.zone,
                      &result.per,
                      &result.files[0].path,
                      &result.columns[0].title,
                      &result.people[0].title,
                      &result.people[0].key,
                      &result.next,
                      &result.output_folder,
                      &result.files[0].shape,
                      &result.files[0].encoding,
                      &result.fail_on,
                      &result.balance,
                      &result.days[0].key,
                      &result.first_date};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        replace(texts[i], hostile);
    replace(&result.by, "day");
    result.publication = PUBLISHED_UNBALANCED;
    result.outputs = memory_get_zero(1, sizeof *result.outputs);
    result.outputs[0] = (struct result_output){.name = memory_copy(view_of(hostile)), .records = 1};
    result.output_count = 1;
    result.totals = memory_get_zero(1, sizeof *result.totals);
    result.totals[0] = (struct result_total){.kind = memory_copy(view_of(hostile)),
                                             .group = memory_copy(view_of(hostile)),
                                             .text = memory_copy(view_of(hostile))};
    result.total_count = 1;
    sample_note(&result, hostile);
    add_hostile_issue(&result);
    char *page = sample_page(&result, true);
    hasnt(page, "<script");
    hasnt(page, "alert(\"");
    assert_true(sample_times(page, tamed) >= 25);
    for (const char *c = page; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if ((byte < 0x20 && byte != '\n') || byte == 0x7f || byte == 0xff || byte == 0xc0)
            fail_msg("byte %02x in the page: %.40s", byte, c);
    }
    hasnt(page, "\xe2\x80\xae");
    hasnt(page, "\xe2\x81\xa6");
    sample_check_tables(page); /* with the files that were written, which validate of a sample has none of */
    sample_keep("hostile", page);
    /* cut in the middle of a chart's label, an entity stays whole */
    has(page, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;a…</text>");
    free(page);
    result_free(&result);
}

static void test_private_values(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    struct issue issue = {
        .code = E301_NOT_NUMBER, .value = view_of("secret"), .detail = view_of("x"), .is_private = true};
    issues_add(result.issues, &issue);
    char *masked = sample_page(&result, false), *open = sample_page(&result, true);
    has(masked, "(private)");
    hasnt(masked, "secret");
    has(open, "secret");
    hasnt(open, "(private)");
    free(masked);
    free(open);
    result_free(&result);
}

/* --- what there is to do --------------------------------------------------------------------------------- */

static void add_bad_row(struct result *result, enum issue_code code, uint64_t row, int64_t dollars,
                        const char *person) {
    issues_add(result->issues, &(struct issue){.code = code,
                                               .row = row,
                                               .line = row,
                                               .column = 1,
                                               .field = view_of("Total"),
                                               .person = view_of(person),
                                               .day = view_of("2025-10-20"),
                                               .detail = view_of("the total is wrong"),
                                               .has_money = true,
                                               .money = dollars * DECIMAL_SCALE});
}

/* A row is there once however many errors it has, the largest amount first, with its employee, day, amount and fix. */
static void test_rows_to_fix(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    result.ledger.rows[LEDGER_REJECTED] = 30;
    add_bad_row(&result, E301_NOT_NUMBER, 7, 5, "Ana <Lopez>");
    add_bad_row(&result, E301_NOT_NUMBER, 8, -900, "Bo Chen");
    add_bad_row(&result, E201_MISSING_EMPLOYEE, 8, -900, "Bo Chen");
    char *page = sample_page(&result, false), *section = strstr(page, "<section id=\"fix\">");
    has(page, "<h2>30 rows to fix</h2>");
    has(page, "<li><a href=\"#fix\">30 rows to fix</a></li>");
    *strstr(section, "</section>") = '\0';
    assert_int_equal(sample_times(section, ">row 8</a>"), 1);
    assert_int_equal(sample_times(section, ">row 7</a>"), 1);
    assert_true(strstr(section, ">row 8</a>") < strstr(section, ">row 7</a>"));
    has(section, "Ana &lt;Lopez&gt;</td>");
    has(section, ">2025-10-20</td>");
    has(section, ">-$900.00</td>");
    has(section, "The total is wrong.");
    has(section, "Set the technician in ServiceTitan and export again.");
    has(section, "These are 2 of 30 rows");
    free(page);
    result_free(&result);
}

/* Errors of no row are named too; without any, the section is the next step. */
static void test_problems_of_no_row(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    issues_free(result.issues);
    result.issues = issues_create(5);
    replace(&result.next, "st2plecto plan out");
    result.ledger.rows[LEDGER_REJECTED] = 0;
    char *page = sample_page(&result, false);
    has(page, "<section id=\"fix\">\n<h2>Next</h2>");
    has(page, "<pre><code>st2plecto plan out</code></pre>");
    free(page);
    issues_add(result.issues, &(struct issue){.code = E703_NUMBER_DIFFERS, .detail = view_of("Total is 5, not 6")});
    page = sample_page(&result, false);
    has(page, "<h2>1 problem to fix</h2>");
    has(page, "<li><a href=\"#E703\">Total is 5, not 6.</a>");
    free(page);
    result_free(&result);
}

/* A cell names its column for a phone, unless there are too many columns for a card. */
static void test_cells_name_their_column(void **state) {
    (void)state;
    for (size_t columns = 2; columns <= 10; columns += 8) {
        struct buffer out = {0};
        html_table_start(&out, "<b>", "group");
        buffer_add_text(&out, "<thead><tr>");
        for (size_t i = 0; i < columns; i++)
            html_head(&out, i == 1 ? "\"A\" & B" : "x", false);
        buffer_add_text(&out, "</tr></thead><tbody><tr>");
        html_row_head(&out, "row");
        html_text_cell(&out, "<td>");
        buffer_add_text(&out, "</tr>");
        html_table_end(&out);
        buffer_add_char(&out, '\0');
        bool is_card = strstr(out.text, "<table class=\"cards\">") != NULL;
        assert_int_equal(is_card, columns == 2);
        if (is_card) has(out.text, "<td data-label=\"&quot;A&quot; &amp; B\">&lt;td&gt;</td>");
        if (!is_card) hasnt(out.text, "data-label");
        buffer_free(&out);
    }
}

/* --- the policy ------------------------------------------------------------------------------------------ */

static int letter_value(char letter) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return (int)(strchr(letters, letter) - letters);
}

static void test_policy_names_the_style(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    char *page = sample_page(&result, false);
    has(page, "content=\"default-src 'none'; style-src 'sha256-");
    const char *name = strstr(page, "'sha256-") + strlen("'sha256-");
    const char *style = strstr(page, "<style>") + strlen("<style>"), *end = strstr(style, "</style>");
    struct sha256 hash;
    char hex[65], named[80] = "";
    sha256_start(&hash);
    sha256_add(&hash, style, (size_t)(end - style));
    sha256_end(&hash, hex);
    assert_memory_equal(name + 43, "='", 2);
    size_t length = 0;
    unsigned bits = 0, count = 0;
    for (int i = 0; i < 43; i++) {
        bits = bits << 6 | (unsigned)letter_value(name[i]);
        for (count += 6; count >= 4 && length < 64; count -= 4)
            named[length++] = "0123456789abcdef"[bits >> (count - 4) & 15];
    }
    assert_string_equal(named, hex);
    assert_int_equal(sample_times(page, "<style"), 1);
    hasnt(page, " style=");
    hasnt(page, "<script");
    hasnt(page, "<link");
    hasnt(page, "<img");
    hasnt(page, "http:");
    hasnt(page, "https:");
    hasnt(style, "url(");
    hasnt(style, "@import");
    free(page);
    result_free(&result);
}

/* --- issues ---------------------------------------------------------------------------------------------- */

static void add_issues(struct result *result, enum issue_code code, const char *field, uint64_t count) {
    for (uint64_t i = 1; i <= count; i++) {
        struct issue issue = {
            .code = code, .row = i, .line = i, .column = 1, .field = view_of(field), .detail = view_of("x")};
        issues_add(result->issues, &issue);
    }
}

static void give_room(struct result *result) {
    issues_free(result->issues);
    result->issues = issues_create(1000000);
}

static void test_at_most_2000_examples(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    give_room(&result);
    add_issues(&result, W321_UNKNOWN_VALUE, "Status", 3000);
    add_issues(&result, E201_MISSING_EMPLOYEE, "Technician", 10);
    char *page = sample_page(&result, false);
    assert_int_equal(sample_times(page, "<tr id=\"E201-technician."), 10);
    assert_int_equal(sample_times(page, "<tr id=\"W321-status."), 1990);
    has(page, "Shown are 2,000 of 3,010; the counts are complete.");
    has(page, "Shown 1990 of 3,000, the largest");
    has(page, "<strong>3,000 times</strong>");
    free(page);
    /* errors first; each cause has a few before one has many */
    add_issues(&result, E301_NOT_NUMBER, "Total", 2500);
    add_issues(&result, E304_NOT_DATE, "Date", 2600);
    page = sample_page(&result, false);
    assert_int_equal(sample_times(page, "<tr id=\"E"), 2000);
    assert_int_equal(sample_times(page, "<tr id=\"W"), 0);
    assert_int_equal(sample_times(page, "<tr id=\"E201"), 5);
    assert_int_equal(sample_times(page, "<tr id=\"E304"), 1990);
    assert_int_equal(sample_times(page, "<tr id=\"E301"), 5);
    has(page, "Shown are 2,000 of 8,110");
    has(page, "Shown 0 of 3,000");
    free(page);
    result_free(&result);
}

static void test_anchors_are_each_another(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    add_issues(&result, E301_NOT_NUMBER, "Job #", 4);
    add_issues(&result, E301_NOT_NUMBER, "Job", 3);
    add_issues(&result, E301_NOT_NUMBER, "Job 1", 2);
    add_issues(&result, E301_NOT_NUMBER, "\xe4\xbb\xb7\xe6\xa0\xbc", 1);
    add_issues(&result, E201_MISSING_EMPLOYEE, "Primary Technician", 1);
    add_issues(&result, E101_CELLS_MISSING, "", 1);
    char *page = sample_page(&result, false);
    static const char *const anchors[] = {"E301-job", "E301-job--2", "E301-job-1", "E201-primary-technician", "E101"};
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        char *section = memory_print("<section id=\"%s\"", anchors[i]);
        char *link = memory_print("class=\"anchor\" href=\"#%s\"", anchors[i]);
        char *example = memory_print("<tr id=\"%s.1\"", anchors[i]);
        assert_int_equal(sample_times(page, section), 1);
        assert_int_equal(sample_times(page, link), 1);
        assert_int_equal(sample_times(page, example), 1);
        free(section);
        free(link);
        free(example);
    }
    assert_int_equal(sample_times(page, "class=\"cause error\""), 6);
    free(page);
    result_free(&result);
}

/* --- pictures -------------------------------------------------------------------------------------------- */

static void test_long_periods(void **state) {
    (void)state;
    static const struct {
        const char *last, *title, *row;
    } cases[] = {{"2025-12-31", "Rows per day, 2025-10-01 to 2025-12-31", "<th scope=\"row\">2025-12-31</th>"},
                 {"2026-01-01", "Rows per week, 2025-10-01 to 2026-01-01", "<th scope=\"row\">week of 2025-12-29</th>"},
                 {"2027-12-31", "Rows per month, 2025-10-01 to 2027-12-31", "<th scope=\"row\">2027-12</th>"},
                 {"2035-01-01", "Rows per year, 2025-10-01 to 2035-01-01", "<th scope=\"row\">2035</th>"},
                 {"9999-01-01", "Rows per year, 2025-10-01 to 9999-01-01", "<th scope=\"row\">9918 to 10004</th>"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result;
        sample_result(&result);
        sample_days(&result, (char *[]){"2025-10-01", (char *)cases[i].last}, 2);
        char *page = sample_page(&result, false);
        has(page, cases[i].title);
        has(page, cases[i].row);
        assert_int_equal(strstr(page, "span more than") != NULL, i > 0);
        assert_int_equal(strstr(page, "column is 87 years") != NULL, i == 4);
        has(page, "2 rows in all; most, 1: ");
        free(page);
        result_free(&result);
    }
}

static void test_damaged_days_are_not_drawn(void **state) {
    (void)state;
    static const char *const days[] = {"", "2025", "2025-13-01", "2025-10-20x", "20255-10-20", "-1-1-1", "2025-10-"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct result result;
        sample_result(&result);
        replace(&result.days[0].key, days[i]);
        char *page = sample_page(&result, false);
        hasnt(page, "id=\"days-rows-title\"");
        free(page);
        result_free(&result);
    }
}

/* Of the bar whose title begins so: the number behind ` name="`. */
static double place_of(const char *page, const char *title, const char *name) {
    const char *found = strstr(page, title), *start = found;
    if (!found) fail_msg("no bar of %s", title);
    while (strncmp(start, "<rect", 5) != 0)
        start--;
    char *key = memory_print(" %s=\"", name);
    start = strstr(start, key);
    double place = start < found ? strtod(start + strlen(key), NULL) : -1;
    free(key);
    return place;
}

static void test_negative_amounts(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    result.days[0].sums[0] = 300 * DECIMAL_SCALE;
    result.days[1].sums[0] = -100 * DECIMAL_SCALE;
    result.people[0].sums[0] = 300 * DECIMAL_SCALE;
    result.people[1].sums[0] = -100 * DECIMAL_SCALE;
    char *page = sample_page(&result, false);
    has(page, "least, below the axis, -$100.00: 2025-10-21");
    double up_y = place_of(page, "2025-10-20: $300.00", "y"), up = place_of(page, "2025-10-20: $300.00", "height");
    double down_y = place_of(page, "2025-10-21: -$100.00", "y"),
           down = place_of(page, "2025-10-21: -$100.00", "height");
    assert_true(up_y + up > down_y - 0.01 && up_y + up < down_y + 0.01); /* both begin at the axis */
    assert_true(up > 2.99 * down && up < 3.01 * down);
    double right_x = place_of(page, "Person 1: $300.00", "x"), right = place_of(page, "Person 1: $300.00", "width");
    double left_x = place_of(page, "Person 2: -$100.00", "x"), left = place_of(page, "Person 2: -$100.00", "width");
    assert_true(right_x > 24.9 && right_x < 25.1 && right > 74.9 && right < 75.1);
    assert_true(left_x >= 0 && left_x < 0.1 && left > 24.9 && left < 25.1);
    assert_int_equal(sample_times(page, "class=\"bar minus\""), 2);
    free(page);
    result_free(&result);
}

static void test_many_people(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    sample_people(&result, 600);
    char *page = sample_page(&result, false);
    has(page, "<title>Person 25: $576.00</title>");
    hasnt(page, "<title>Person 26: ");
    has(page, "575 others together: $165,600.00");
    has(page, "<th scope=\"row\">Person 500</th>");
    hasnt(page, "<th scope=\"row\">Person 501</th>");
    has(page,
        "<th scope=\"row\">100 others</th><td data-label=\"ID\"></td><td data-label=\"Rows\" class=\"n\">100</td>");
    free(page);
    result_free(&result);
}

static void test_enormous_amounts(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    wide_integer most = ((wide_integer)1 << 126) - 1 + ((wide_integer)1 << 126);
    result.days[0].sums[0] = result.people[0].sums[0] = most;
    result.days[1].sums[0] = result.people[1].sums[0] = -most;
    char *page = sample_page(&result, false);
    has(page, "$17,014,118,346,046,923,173,168,730,371,588,410.57");
    free(page);
    result_free(&result);
}

/* --- totals ---------------------------------------------------------------------------------------------- */

/* Employees by period: as many headings as periods, each amount below its own, the sums in the last row. */
static void test_periods(void **state) {
    (void)state;
    struct result result;
    static char *periods[] = {"2025-09", "2025-10", "not one of them"};
    static wide_integer ana[] = {5 * DECIMAL_SCALE, 7 * DECIMAL_SCALE, 1}, bo[] = {0, 2 * DECIMAL_SCALE, 1};
    static bool both[] = {true, true, true}, second[] = {false, true, true};
    struct result_grid_row rows[] = {{.title = "Ana", .total = 12 * DECIMAL_SCALE, .sums = ana, .is_there = both},
                                     {.title = "Bo", .total = 2 * DECIMAL_SCALE, .sums = bo, .is_there = second}};
    sample_result(&result);
    replace(&result.by, "month");
    result.grid = (struct result_grid){
        .metric = "Total", .is_money = true, .periods = periods, .period_count = 2, .rows = rows, .row_count = 2};
    char *page = sample_page(&result, false);
    result.grid = (struct result_grid){0};
    const char *section = strstr(page, "<section id=\"periods\"");
    assert_non_null(section);
    char *grid = memory_copy(view_from(section, (size_t)(strstr(section, "</section>") - section)));
    sample_check_tables(grid);
    assert_int_equal(sample_times(grid, "scope=\"col\""), 4);
    hasnt(grid, periods[2]);
    has(grid, "$5.00</td>");
    has(grid, "$9.00</td>"); /* of both in October */
    has(grid, "$14.00</td>");
    free(grid);
    free(page);
    result_free(&result);
}

/* --- verdict --------------------------------------------------------------------------------------------- */

static void test_verdict_is_title_and_first_line(void **state) {
    (void)state;
    struct result result;
    sample_result(&result);
    char *page = sample_page(&result, false);
    has(page, "<title>Ready: 3 rows</title>");
    has(page, "<h1><strong>Ready:</strong> 3 rows</h1>");
    has(page, "class=\"verdict good\"");
    has(page, "No errors, no warnings.");
    free(page);
    result.publication = PUBLISHED_UNBALANCED;
    result.exit_code = EXIT_NOT_BALANCED;
    result.balance = memory_copy(view_of("Total: 1.00 came in, 2.00"));
    page = sample_page(&result, false);
    has(page, "<title>Not ready: the ledger does not balance: Total: 1.00 came in, 2.00</title>");
    has(page, "class=\"verdict bad\"");
    has(page, "<strong>Does not balance:</strong> Total: 1.00 came in, 2.00");
    free(page);
    result_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_texts),
        cmocka_unit_test(test_private_values),
        cmocka_unit_test(test_rows_to_fix),
        cmocka_unit_test(test_problems_of_no_row),
        cmocka_unit_test(test_cells_name_their_column),
        cmocka_unit_test(test_policy_names_the_style),
        cmocka_unit_test(test_at_most_2000_examples),
        cmocka_unit_test(test_anchors_are_each_another),
        cmocka_unit_test(test_long_periods),
        cmocka_unit_test(test_damaged_days_are_not_drawn),
        cmocka_unit_test(test_negative_amounts),
        cmocka_unit_test(test_many_people),
        cmocka_unit_test(test_enormous_amounts),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_verdict_is_title_and_first_line),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
