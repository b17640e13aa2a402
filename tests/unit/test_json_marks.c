/* test_json_marks.c: the list of quotes, backslashes and control characters is the same for every kind of vectors, and what
 * is read off it is what a look at each byte finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_token.h"
#include "base/processor.h"
#include "input/json/marks.h"

#define INPUTS 15000
#define LARGEST 400

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static bool is_mark(char c) {
    return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

static void check_look(json_marks_looker *look, const char *at, const char *end) {
    static struct json_marks marks;
    size_t count = 0, span = (size_t)(end - at);
    span = span < JSON_MARKS_SPAN ? span : JSON_MARKS_SPAN;
    look(&marks, at, end);
    assert_ptr_equal(marks.base, at);
    assert_int_equal(marks.next, 0);
    for (size_t i = 0; i < span; i++) {
        if (!is_mark(at[i])) continue;
        assert_true(count < marks.count);
        assert_int_equal(marks.places[count++], i);
    }
    assert_int_equal(marks.count, count);
    for (size_t i = 0; i < JSON_MARKS_AHEAD; i++)
        assert_int_equal(marks.places[count + i], JSON_MARKS_BEHIND);
}

/* Asks for what is behind every other quote, as a reader does that goes from string to string. */
static void check_walk(struct json_marks *marks, const char *at, const char *end, size_t every) {
    json_marks_start(marks, view_from(at, (size_t)(end - at)));
    size_t quotes = 0;
    for (const char *quote = at; quote < end; quote++) {
        if (*quote != '"' || quotes++ % every) continue;
        const char *wanted = json_string_stop(quote + 1, end), *found = json_marks_behind(marks, quote);
        if (found)
            assert_ptr_equal(found, wanted);
        else
            assert_true(wanted == end || wanted - quote >= JSON_MARKS_SPAN);
    }
    char outside[] = "\"\"";
    assert_null(json_marks_behind(marks, outside));
}

/* A copy without a byte to spare, so that a look beyond the end is found out. */
static void check_all(struct json_marks *marks, const char *text, size_t length) {
    char *exact = malloc(length ? length : 1), *end = exact + length;
    memcpy(exact, text, length);
    check_look(json_marks_look, exact, end);
    check_look(json_marks_look_16, exact, end);
#ifdef __x86_64__
    if (processor_vectors() >= VECTOR_32) check_look(json_marks_look_32, exact, end);
    if (processor_vectors() >= VECTOR_64) check_look(json_marks_look_64, exact, end);
#endif
    json_marks_looker *const lookers[] = {NULL, json_marks_look_16};
    for (size_t i = 0; i < 2; i++) {
        marks->looker = lookers[i];
        for (size_t every = 1; every < 4; every++)
            check_walk(marks, exact, end, every);
    }
    free(exact);
}

static void test_marks(void **state) {
    (void)state;
    static const char rare[] = "abcdefghijklmnopqrstuvwxyz0123456789 {}[]:,\xc3\xff\"\"\\\n",
                      dense[] = "\"\"\"\\\\\x1f\x20 x";
    struct json_marks *marks = calloc(1, sizeof *marks);
    uint64_t random = 88172645463325252u;
    char text[LARGEST], *large = malloc(3 * JSON_MARKS_SPAN);
    for (size_t round = 0; round < INPUTS; round++) {
        bool is_rare = next_random(&random) % 2;
        size_t length = (size_t)(next_random(&random) % LARGEST);
        for (size_t i = 0; i < length; i++)
            text[i] = is_rare ? rare[next_random(&random) % (sizeof rare - 1)]
                              : dense[next_random(&random) % (sizeof dense - 1)];
        check_all(marks, text, length);
    }
    for (unsigned byte = 0; byte < 256; byte++) /* each byte alone, at each place of a step */
        for (size_t i = 0; i < 70; i++) {
            memset(text, 'a', 70);
            text[i] = (char)byte;
            check_all(marks, text, 70);
        }
    for (size_t length = JSON_MARKS_SPAN - 70; length < 2 * JSON_MARKS_SPAN + 140; length += 37) {
        for (size_t i = 0; i < length; i++) /* nothing but marks, and hardly any */
            large[i] = length % 2 ? '"' : next_random(&random) % 3000 ? 'x' : '"';
        check_all(marks, large, length);
    }
    free(large);
    free(marks);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
