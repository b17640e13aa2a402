/* test_answer.c: what servers answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "upload/answer.h"
#include "upload/line.h"
#include "upload/verify.h"

static void words(void **state) {
    static const struct {
        const char *body, *words;
    } cases[] = {
        {"{\"detail\":\"Not found.\"}", "Not found."},
        {"{\"Revenue\":[\"A valid number is required.\"],\"date\":[]}", "Revenue: A valid number is required."},
        {"[{},{\"external_id\":[\"too long\",\"not text\"]},{}]", "external_id: too long; not text"},
        {"{\"errors\":{\"a\":{\"b\":\"c\"}}}", "errors: a: b: c"},
        {"<html><head><style>p{color:red}</style><title>502</title></head>\n<body><h1>Bad  Gateway</h1></body></html>",
         "502 Bad Gateway"},
        {"plain\r\n\x1b[31mred\x07", "plain [31mred"},
        {"", ""},
        {"{\"detail\":\"a\\u202e\\u0085b\\u0000\"}", "a b\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        answer_words(view_of(cases[i].body), &out);
        buffer_add_char(&out, '\0');
        assert_string_equal(out.text, cases[i].words);
        buffer_free(&out);
    }
    char *much = malloc(100000);
    assert_non_null(much);
    memset(much, 'x', 100000);
    struct buffer out = {0};
    answer_words(view_from(much, 100000), &out);
    assert_int_equal(out.length, 396 + 3); /* a blank may come before each, and the sign behind */
    buffer_free(&out);
    free(much);
}

/* Nested as deep as the scanner allows around much: neither read as a page nor scanned once for each level. */
static void deep_answers(void **state) {
    const size_t depth = 1000, inside = 1 << 20;
    struct buffer body = {0}, words = {0};
    (void)state;
    buffer_add_text(&body, "{\"detail\":\"not found\",\"more\":");
    for (size_t i = 1; i < depth; i++)
        buffer_add_char(&body, '[');
    buffer_add_char(&body, '"');
    memset(buffer_reserve(&body, inside), 'x', inside);
    body.length += inside;
    buffer_add_char(&body, '"');
    for (size_t i = 1; i < depth; i++)
        buffer_add_char(&body, ']');
    buffer_add_char(&body, '}');
    answer_words(buffer_view(&body), &words);
    buffer_add_char(&words, '\0');
    assert_string_equal(words.text, "not found; more:");
    buffer_free(&words);
    buffer_free(&body);
}

static void marks(void **state) {
    bool found[3] = {false};
    (void)state;
    assert_true(answer_marks(view_of("[{},{\"a\":[\"bad\"]},null]"), 3, found));
    assert_true(!found[0] && found[1] && !found[2]);
    assert_true(answer_marks(view_of("{\"errors\":[\"bad\",{},{}]}"), 3, found));
    assert_true(found[0] && !found[1] && !found[2]);
    assert_false(answer_marks(view_of("[{},{},{}]"), 3, found));     /* says nothing */
    assert_false(answer_marks(view_of("[{},{\"a\":1}]"), 3, found)); /* of another length */
    assert_false(answer_marks(view_of("{\"detail\":\"bad\"}"), 3, found));
    assert_false(answer_marks(view_of("[{},{\"a\":"), 3, found)); /* cut */
    assert_true(answer_complains_about(view_of("{\"data_source\":[\"unknown\"]}"), "data_source"));
    assert_false(answer_complains_about(view_of("{\"data_source\":[]}"), "data_source"));
    assert_false(answer_complains_about(view_of("[{\"data_source\":[\"unknown\"]}]"), "data_source"));
}

static void pages_and_uuids(void **state) {
    char found[37];
    struct view list;
    (void)state;
    assert_true(answer_page(view_of("{\"count\":1,\"next\":null,\"results\":[{}]}"), &list) && view_is(list, "[{}]"));
    assert_true(answer_page(view_of(" [1] "), &list) && view_is(list, "[1]"));
    assert_false(answer_page(view_of("{\"detail\":\"no\"}"), &list));
    assert_false(answer_page(view_of("["), &list)); /* cut */
    assert_true(answer_is_last(view_of("{\"next\":null}")));
    assert_false(answer_is_last(view_of("{\"next\":\"https://x/?page=2\"}")));
    assert_false(answer_is_last(view_of("[]")));
    assert_true(answer_uuid(view_of("{\"id\":5,\"uuid\":\"1B2C3D4E5F60718293A4B5C6D7E8F901\"}"), found));
    assert_string_equal(found, "1B2C3D4E5F60718293A4B5C6D7E8F901"); /* as it came */
    assert_true(
        answer_uuid(view_of("{\"url\":\"https://x/datasources/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901/\"}"), found));
    assert_string_equal(found, "1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901");
    assert_false(answer_uuid(view_of("{\"data_source\":\"1b2c3d4e5f60718293a4b5c6d7e8f901\"}"), found)); /* not its own */
    assert_false(answer_uuid(view_of("{\"id\":\"17\"}"), found));
    assert_false(answer_uuid(view_of("{\"id\":\"\"}"), found)); /* under UBSan: nothing is added to NULL */
}

static void sent_and_zeroed(void **state) {
    static const char text[] =
        "{\"external_id\":\"7\",\"date\":\"2025-10-01T12:00:00-07:00\",\"member_api_provider\":\"S\","
        "\"member_api_id\":\"1\",\"member_name\":\"A\\u00e9\",\"Total\":-12.50,\"Note\":\"5\"}";
    struct arena *arena = arena_create(1024);
    struct buffer out = {0};
    struct line line;
    (void)state;
    assert_true(line_read(view_of(text), arena, &line));
    assert_true(view_is(line.external_id, "7") && view_is(line_day(&line), "2025-10-01"));
    assert_true(view_is(line.member_name, "A\xC3\xA9"));
    line_add_sent(&out, &line, "uuid");
    assert_true(view_starts_with(buffer_view(&out), "{\"data_source\":\"uuid\",\"external_id\":\"7\","));
    assert_true(strncmp(out.text + out.length - 26, "\"Total\":-12.50,\"Note\":\"5\"}", 26) == 0);
    out.length = 0;
    line_add_zeroed(&out, line.text);
    assert_true(strncmp(out.text + out.length - 21, "\"Total\":0,\"Note\":\"5\"}", 21) == 0);
    out.length = 0;
    for (size_t length = 0; length < sizeof text - 1; length++)
        assert_false(line_read(view_from(text, length), arena, &line));
    assert_false(line_read(view_of("{\"external_id\":\"7\",\"member_api_id\":\"1\"}"), arena, &line)); /* no date */
    buffer_free(&out);
    arena_destroy(arena);
}

static void same_values(void **state) {
    static const struct {
        enum plecto_type type;
        const char *ours, *theirs;
        bool is_same;
    } cases[] = {
        {PLECTO_NUMBER, "335.57", "335.5700", true},
        {PLECTO_NUMBER, "335.57", "\"335.57\"", true},
        {PLECTO_NUMBER, "335.57", "335.56", false},
        {PLECTO_NUMBER, "0", "null", false},
        {PLECTO_NUMBER, "null", "", true},
        {PLECTO_NUMBER, "10000000000.01", "10000000000.02", false},
        {PLECTO_TEXT, "\"007\"", "\"7\"", false},
        {PLECTO_TEXT, "\"100230\"", "100230", true},
        {PLECTO_TEXT, "\"\\u00e9\"", "\"\xC3\xA9\"", true},
        {PLECTO_TEXT, "\"\"", "null", true},
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00-07:00\"", "\"2025-10-01T12:00:00Z\"", true},
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00.123-07:00\"", "\"2025-10-01T12:00:00Z\"", true},
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00-07:00\"", "\"2025-10-01T12:00:01Z\"", false},
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00-07:00\"", "\"2025-10-01T05:00:00\"", true},
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00-07:00\"", "\"2025-10-01T12:00:00\"", true}, /* UTC, unsaid */
        {PLECTO_DATETIME, "\"2025-10-01T05:00:00-07:00\"", "\"2025-10-01T11:00:00\"", false},
        {PLECTO_DATE, "\"2025-10-01T12:00:00-07:00\"", "\"2025-10-01\"", true},
        {PLECTO_DATE, "\"2025-10-01T12:00:00-07:00\"", "\"2025-10-02\"", false},
        {PLECTO_DURATION, "72000", "\"20:00:00\"", true},
        {PLECTO_DURATION, "90000", "\"1 01:00:00\"", true},
        {PLECTO_DURATION, "90000", "\"25:00:00.000\"", true},
        {PLECTO_DURATION, "90000", "90000.0", true},
        {PLECTO_DURATION, "90000", "\"25:00:01\"", false},
        {PLECTO_BOOLEAN, "true", "\"Yes\"", true},
        {PLECTO_BOOLEAN, "true", "1", true},
        {PLECTO_BOOLEAN, "false", "true", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (verify_same_value(cases[i].type, view_of(cases[i].ours), view_of(cases[i].theirs)) != cases[i].is_same)
            fail_msg("%s and %s", cases[i].ours, cases[i].theirs);
    assert_true(view_is(verify_find(view_of("{\"Jobs Total\":1}"), view_of("\"Jobs Total\"")), "1"));
    assert_true(view_is(verify_find(view_of("{\"jobs_total\":2}"), view_of("\"Jobs Total ($)\"")), "2"));
    assert_true(view_is(verify_find(view_of("{\"fields\":{\"Jobs Total\":3}}"), view_of("\"Jobs Total\"")), "3"));
    assert_int_equal(verify_find(view_of("{\"other\":{\"Jobs Total\":3}}"), view_of("\"Jobs Total\"")).length, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),           cmocka_unit_test(deep_answers),
        cmocka_unit_test(marks),
        cmocka_unit_test(pages_and_uuids), cmocka_unit_test(sent_and_zeroed),
        cmocka_unit_test(same_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
