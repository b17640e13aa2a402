/* test_output.c: what a registration looks like as a JSON line and as a row of import.csv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/memory.h"
#include "output/registration.h"
#include "output/sheet_writer.h"

static struct output_column columns[6];

static struct output_format make_format(const char *data_source) {
    static const struct {
        const char *title;
        enum plecto_type type;
        int places;
    } given[] = {{"Job \"Type\"", PLECTO_TEXT, 0}, {"Total", PLECTO_NUMBER, 2},  {"Active", PLECTO_BOOLEAN, 0},
                 {"Duration", PLECTO_DURATION, 0}, {"Sold, On", PLECTO_DATE, 0}, {"Hours", PLECTO_NUMBER, 0}};
    for (size_t i = 0; i < 6; i++)
        columns[i] = (struct output_column){memory_copy(view_of(given[i].title)), given[i].type, given[i].places, {0}, false};
    struct output_format format = {
        .columns = columns, .column_count = 6, .provider = "ServiceTitan", .data_source = data_source};
    output_format_prepare(&format);
    return format;
}

static void check(struct buffer *out, const char *expected) {
    char *text = buffer_take(out);
    assert_string_equal(text, expected);
    free(text);
}

static const struct value full[6] = {
    {.kind = VALUE_TEXT, .text = {"No \"Cool\", 2nd", 14}},
    {.kind = VALUE_NUMBER, .number = -12345000},
    {.kind = VALUE_BOOLEAN, .boolean = true},
    {.kind = VALUE_DURATION, .number = 66 * 10000},
    {.kind = VALUE_MOMENT, .text = {"2025-10-20T12:00:00-05:00", 25}},
    {.kind = VALUE_RAW, .text = {"1.33333333", 10}},
};

static const struct value *const all[6] = {&full[0], &full[1], &full[2], &full[3], &full[4], &full[5]};

static void test_json_line(void **state) {
    (void)state;
    struct output_format format = make_format(NULL);
    struct registration registration = {view_of("0042"), view_of("2025-10-20T14:05:00-05:00"), view_of("77"),
                                        view_of("Ana \"A\" Lopez"), all};
    struct buffer out = {0};
    jsonl_add(&out, &format, &registration);
    check(&out,
          "{\"external_id\":\"0042\",\"date\":\"2025-10-20T14:05:00-05:00\",\"member_api_provider\":\"ServiceTitan\","
          "\"member_api_id\":\"77\",\"member_name\":\"Ana \\\"A\\\" Lopez\",\"Job \\\"Type\\\"\":\"No \\\"Cool\\\", "
          "2nd\","
          "\"Total\":-1234.50,\"Active\":true,\"Duration\":66,\"Sold, On\":\"2025-10-20T12:00:00-05:00\","
          "\"Hours\":1.33333333}\n");
    output_format_free(&format);
}

static void test_empty_values_and_data_source(void **state) {
    (void)state;
    struct output_format format = make_format("00000000-0000-0000-0000-000000000000");
    const struct value none = {.kind = VALUE_EMPTY};
    const struct value *const empty[6] = {&none, &none, &none, &none, &none, &none};
    struct registration registration = {view_of("1"), view_of("2025-10-20T12:00:00"), view_of("A"), view_of("A"),
                                        empty};
    struct buffer out = {0};
    jsonl_add(&out, &format, &registration);
    check(&out, "{\"data_source\":\"00000000-0000-0000-0000-000000000000\",\"external_id\":\"1\",\"date\":\"2025-10-"
                "20T12:00:00\","
                "\"member_api_provider\":\"ServiceTitan\",\"member_api_id\":\"A\",\"member_name\":\"A\",\"Job "
                "\\\"Type\\\"\":null,"
                "\"Total\":null,\"Active\":null,\"Duration\":null,\"Sold, On\":null,\"Hours\":null}\n");
    csv_add(&out, &format, &registration);
    check(&out, "1,A,2025-10-20 12:00:00,,,,,,\r\n");
    output_format_free(&format);
}

static void test_csv_row(void **state) {
    (void)state;
    struct output_format format = make_format(NULL);
    struct registration registration = {view_of("0042"), view_of("2025-10-20T14:05:00.5-05:00"), view_of("77"),
                                        view_of("Lopez, Ana"), all};
    struct buffer out = {0};
    csv_add_header(&out, &format);
    check(&out, "ID,Employee,Created date,\"Job \"\"Type\"\"\",Total,Active,Duration,\"Sold, On\",Hours\r\n");
    csv_add(&out, &format, &registration);
    check(&out, "0042,\"Lopez, Ana\",2025-10-20 14:05:00,\"No \"\"Cool\"\", 2nd\",-1234.50,Yes,00:01:06,"
                "2025-10-20 12:00:00,1.33333333\r\n");
    output_format_free(&format);
}

static void test_datasource(void **state) {
    (void)state;
    struct output_format format = make_format(NULL);
    format.column_count = 2;
    struct buffer out = {0};
    datasource_write(&out, "Our jobs", &format);
    check(&out,
          "{\n  \"title\": \"Our jobs\",\n  \"fields\": [\n    {\"title\": \"Job \\\"Type\\\"\", \"type\": \"text\"},\n"
          "    {\"title\": \"Total\", \"type\": \"number\"}\n  ]\n}\n");
    format.column_count = 6;
    output_format_free(&format);
}

/* Column 16,385 is one more than a sheet has. */
static void test_refusal_is_told(void **state) {
    (void)state;
    struct sheet_writer writer;
    struct error error = {0};
    assert_true(sheet_writer_open(&writer, "/dev/null", NULL, "test", 0, false, &error));
    lxw_worksheet *sheet = sheet_writer_add(&writer, "Sheet", &error);
    assert_non_null(sheet);
    sheet_text(&writer, sheet, 0, 0, view_of("kept"), writer.text);
    assert_int_equal(writer.refusal, LXW_NO_ERROR);
    sheet_text(&writer, sheet, 0, 16384, view_of("lost"), writer.text);
    sheet_text(&writer, sheet, 1, 0, view_of("kept"), writer.text);
    assert_int_equal(writer.refusal, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
    assert_false(sheet_writer_close(&writer, "book.xlsx", &error));
    assert_int_equal(error.code, EXIT_CANNOT_WRITE);
    assert_non_null(strstr(error.message, "cannot write the workbook book.xlsx: "));
    error_free(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_line),
        cmocka_unit_test(test_refusal_is_told),
        cmocka_unit_test(test_empty_values_and_data_source),
        cmocka_unit_test(test_csv_row),
        cmocka_unit_test(test_datasource),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
