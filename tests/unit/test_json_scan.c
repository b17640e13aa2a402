/* test_json_scan.c: the scanner of JSON that all share, and the walks and looks over it (base/json_find.h). What is valid for
 * an export's reader too is in test_json.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/json_find.h"
#include "schema/place.h"

static void validity(void **state) {
    static const char *const good[] = {"{}", "[]",   " {\"a\":[1,-2.5e+3,true,null,\"\\u00e9\\n\"]} \n",
                                       "0",  "\"\"", "-0.1"};
    static const char *const bad[] = {"",    "{",     "{\"a\":}",    "[1,]",   "{\"a\":1,}", "01",        "1.",
                                      "+1",  "[1 2]", "\"\\x\"",     "\"\n\"", "tru",        "{a:1}",     "[]]",
                                      "{}x", "\"a",   "[\"\\u12\"]", "1e",     "<html>",     "{\"a\" 1}", "nul"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!json_is_valid(view_of(good[i]))) fail_msg("good: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (json_is_valid(view_of(bad[i]))) fail_msg("bad: %s", bad[i]);
    assert_false(json_is_valid(view_from(NULL, 0)));
    /* every cut of a text is seen */
    static const char whole[] = "{\"a\":[1,{\"b\":\"x\\\"y\"},null],\"c\":-1.5e3}";
    for (size_t length = 0; length < sizeof whole - 1; length++)
        assert_false(json_is_valid(view_from(whole, length)));
}

/* One limit for every reader, also where the walk has opened the outermost value already. */
static void depth(void **state) {
    char deep[2 * JSON_DEPTH_LIMIT + 2];
    struct json_walk walk;
    struct view value;
    (void)state;
    memset(deep, '[', JSON_DEPTH_LIMIT + 1);
    memset(deep + JSON_DEPTH_LIMIT + 1, ']', JSON_DEPTH_LIMIT + 1);
    struct view over = view_from(deep, sizeof deep), most = view_from(deep + 1, sizeof deep - 2);
    assert_false(json_is_valid(over));
    assert_true(json_is_valid(most));
    assert_true(json_walk_start(&walk, over) && !json_walk_next(&walk, NULL, &value) && walk.is_broken);
    assert_true(json_walk_start(&walk, most) && json_walk_next(&walk, NULL, &value) && !walk.is_broken);
    assert_int_equal(value.length, most.length - 2);
}

static void texts(void **state) {
    static const struct {
        const char *raw, *plain;
    } cases[] = {{"\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\"", "a\"b\\c/\b\f\n\r\t"},
                 {"\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"", "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"},
                 {"\"\\ud83dx\"", "\xEF\xBF\xBDx"},
                 {"\"7\\u0000\"", "7\xEF\xBF\xBD"}, /* as in an export's cell (test_json.c) */
                 {"\"\"", ""},
                 {"12.50", "12.50"},
                 {"null", "null"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = {0};
        json_add_plain(&text, view_of(cases[i].raw));
        assert_true(view_is(buffer_view(&text), cases[i].plain));
        buffer_free(&text);
        assert_int_equal(json_says(view_of(cases[i].raw), cases[i].plain), cases[i].raw[0] == '"');
    }
    assert_false(json_says(view_of("\"7\\u0000\""), "7"));
    assert_false(json_says(view_of("\""), ""));
}

static void finds(void **state) {
    static const char text[] = " {\"a\":1,\"\\u0062\":{\"c\":[true,{\"d\":2.50}]},\"a\":3} ";
    struct view value = {0};
    (void)state;
    assert_true(json_find_key(view_of(text), view_of("a"), &value) && view_is(value, "1"));
    assert_true(json_find_key(view_of(text), view_of("b"), &value) && view_is(value, "{\"c\":[true,{\"d\":2.50}]}"));
    assert_true(json_find_path(view_of(text), view_of("b.c"), &value) && view_is(value, "[true,{\"d\":2.50}]"));
    assert_true(json_find_item(value, 1, &value) && view_is(value, "{\"d\":2.50}"));
    assert_false(json_find_item(view_of("[1]"), 1, &value));
    assert_false(json_find_item(view_of("{\"a\":1}"), 0, &value));
    assert_false(json_find_key(view_of("[1]"), view_of("a"), &value));
    assert_false(json_find_key(view_of("{\"a\":tru,\"b\":1}"), view_of("b"), &value));
    assert_false(json_find_path(view_of(text), view_of("a.b"), &value));
    assert_int_equal(json_count_members(view_of("[1,[2,3],{}]")), 3);
    assert_int_equal(json_count_members(view_of(text)), 3);
    assert_int_equal(json_count_members(view_of("\"[1]\"")), 0);
}

static void walks(void **state) {
    static const char *const broken[] = {"{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":1", "{\"a\":1,}", "{1:2}", "{"};
    struct json_walk walk;
    struct view key, value;
    (void)state;
    assert_true(json_walk_start(&walk, view_of(" {\"k\\n\" : 1.0 , \"\":[ ] } ")));
    assert_true(json_walk_next(&walk, &key, &value) && view_is(key, "\"k\\n\"") && view_is(value, "1.0"));
    assert_false(json_walk_is_whole(&walk));
    assert_true(json_walk_next(&walk, &key, &value) && view_is(key, "\"\"") && view_is(value, "[ ]"));
    assert_false(json_walk_next(&walk, &key, &value));
    assert_true(json_walk_is_whole(&walk));
    assert_true(json_walk_start(&walk, view_of("[1]2")) && json_walk_next(&walk, &key, &value) && key.length == 0);
    assert_true(!json_walk_next(&walk, NULL, &value) && !walk.is_broken && !json_walk_is_whole(&walk));
    assert_false(json_walk_start(&walk, view_of("1")));
    assert_false(json_walk_start(&walk, view_from(NULL, 0)));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        assert_true(json_walk_start(&walk, view_of(broken[i])));
        while (json_walk_next(&walk, NULL, &value)) {
        }
        if (!walk.is_broken && json_walk_is_whole(&walk)) fail_msg("whole: %s", broken[i]);
        if (i < 5) assert_non_null(walk.scan.fault);
    }
}

/* A schema may hold what cJSON takes and RFC 8259 does not; what stands behind it still has its line. */
static void places_behind_what_cjson_takes(void **state) {
    char text[] = "{ // \"x\": 1,\n\"a\": \"two\nlines\t\",\n\f\"b\": [01, 1., -1.e5,\n \"//\", 7],\n\"c\": {}}";
    struct view all = view_from(text, sizeof text - 1);
    (void)state;
    place_blank_comments(text, sizeof text - 1);
    assert_int_equal(place_line(all, place_entry(all, 0, 0)), 2);
    assert_int_equal(place_line(all, place_entry(all, 0, 1)), 4);
    assert_int_equal(place_line(all, place_entry(all, 0, 2)), 6);
    assert_true(place_entry(all, 0, 3) == SIZE_MAX);
    size_t list = place_value(all, place_entry(all, 0, 1));
    size_t item = place_entry(all, list, 2);
    assert_int_equal(text[item], '-');
    item = place_next_item(all, item);
    assert_int_equal(place_line(all, item), 5);
    assert_memory_equal(text + item, "\"//\"", 4);
    item = place_next_item(all, item);
    assert_int_equal(text[item], '7');
    assert_true(place_next_item(all, item) == SIZE_MAX);
    assert_int_equal(text[place_value(all, place_entry(all, 0, 2))], '{');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validity), cmocka_unit_test(depth), cmocka_unit_test(texts),
        cmocka_unit_test(finds),    cmocka_unit_test(walks), cmocka_unit_test(places_behind_what_cjson_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
