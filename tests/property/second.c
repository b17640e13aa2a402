/* second.c: CSV and JSON against a second reader, Python's modules csv and json (tests/tools/second_reader.py).
 *
 * CSV: whatever Python takes in strict mode has the same rows and cells here. What it refuses is a quoted cell that goes on
 * behind its closing quote, or that never closes; here the first is text (as libcsv reads it) and the second is damage.
 * JSON: the same texts are accepted, all of them: RFC 8259, half surrogates and bytes that are no UTF-8 included. */
#define _DEFAULT_SOURCE /* popen */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json_scan.h"
#include "base/memory.h"
#include "base/sanitized.h"
#include "input/csv/input.h"
#include "support/memory_file.h"

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define CASES 2000 /* ten times as slow; the others are read without */
#else
#define CASES 20000
#endif

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* --- cases and answers ------------------------------------------------------------------------------------ */

struct cases {
    struct buffer bytes;
    size_t *ends, count, capacity;
};

static void add_case(struct cases *cases, struct view text) {
    void *ends = cases->ends;
    memory_grow(&ends, &cases->capacity, cases->count + 1, sizeof *cases->ends);
    cases->ends = ends;
    buffer_add(&cases->bytes, text);
    cases->ends[cases->count++] = cases->bytes.length;
}

static struct view get_case(const struct cases *cases, size_t number) {
    if (!cases->ends || number >= cases->count) abort(); /* nobody asks for one that is not there */
    size_t begin = number > 0 ? cases->ends[number - 1] : 0;
    return view_from(cases->bytes.text + begin, cases->ends[number] - begin);
}

static void free_cases(struct cases *cases) {
    buffer_free(&cases->bytes);
    free(cases->ends);
}

static void put_length(FILE *file, size_t length) {
    for (int shift = 0; shift < 32; shift += 8)
        fputc((int)(length >> shift & 0xff), file);
}

/* What the second reader tells. Sanitizers of this program are none of Python's business. */
static struct cases told(const char *kind, const char *rest) {
    struct cases cases = {0};
    struct buffer text = {0};
    char *command = memory_print("LD_PRELOAD= python3 tests/tools/second_reader.py %s %s", kind, rest);
    FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c): a command of our own */
    unsigned char head[4];
    assert_non_null(pipe);
    while (fread(head, 1, 4, pipe) == 4) {
        size_t length = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
        text.length = 0;
        assert_int_equal(fread(buffer_reserve(&text, length), 1, length, pipe), length);
        text.length = length;
        add_case(&cases, buffer_view(&text));
    }
    assert_int_equal(pclose(pipe), 0);
    buffer_free(&text);
    free(command);
    return cases;
}

/* What it answers to the cases. */
static struct cases ask(const struct cases *cases, const char *kind) {
    char path[] = "/tmp/st2plecto-test-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    for (size_t i = 0; i < cases->count; i++) {
        struct view text = get_case(cases, i);
        put_length(file, text.length);
        fwrite(text.text, 1, text.length, file);
    }
    assert_int_equal(fclose(file), 0);
    char *rest = memory_print("< %s", path);
    struct cases answers = told(kind, rest);
    assert_int_equal(answers.count, cases->count);
    unlink(path);
    free(rest);
    return answers;
}

static bool has_python(void) {
    return system("python3 -c 'import csv, json' >/dev/null 2>&1") == 0; /* NOLINT(cert-env33-c): of our own */
}

/* --- CSV -------------------------------------------------------------------------------------------------- */

/* Enough plain rows that the nonsense below them cannot be taken for the header. */
#define PLAIN "0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n"
#define HEADER "h,k\n" PLAIN PLAIN PLAIN

/* Rows as the second reader tells them; `*is_padded`: some with blanks round quotes, which Python keeps. False: a quote is not
 * closed. */
static bool tell_csv(const char *path, struct buffer *out, bool *is_padded) {
    struct source *source;
    struct csv_input *input;
    struct input_facts facts = {.path = path};
    struct input_options options = {.delimiter = ','};
    struct error error = {0};
    struct block block = {0};
    struct record record;
    bool is_closed = true;
    out->length = 0;
    *is_padded = false;
    assert_true(source_open(path, NULL, &source, &error));
    if (!csv_input_open(source, &options, &facts, &input, &error)) fail_msg("%s", error.message);
    struct csv_reader *reader = csv_reader_create(&facts, CSV_IN_PLACE);
    for (bool end = false;;) {
        assert_true(csv_input_next_block(input, &block, &end, &error));
        if (end) break;
        csv_reader_start(reader, &block);
        while (csv_reader_next(reader, &record)) {
            *is_padded = *is_padded || record.has_padding;
            is_closed = is_closed && record.damage != DAMAGE_UNCLOSED_QUOTE;
            for (size_t i = 0; i < record.original_count; i++) {
                buffer_add_char(out, '[');
                buffer_add(out, record.cells[i].text);
                buffer_add_char(out, ']');
            }
            buffer_add_char(out, '\n');
        }
    }
    csv_reader_destroy(reader);
    csv_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return is_closed;
}

static void add_csv(struct cases *cases, struct view rows) {
    struct buffer whole = {0};
    buffer_add_text(&whole, HEADER);
    buffer_add(&whole, rows);
    add_case(cases, buffer_view(&whole));
    buffer_free(&whole);
}

/* Public cases, each added by `add`; returns how many. */
static size_t add_public(struct cases *cases, const char *kind, void (*add)(struct cases *, struct view)) {
    struct cases public = told(kind, "--public");
    size_t count = public.count;
    for (size_t i = 0; i < count; i++)
        add(cases, get_case(&public, i));
    free_cases(&public);
    return count;
}

/* Returns how many are public. */
static size_t make_csv(struct cases *cases) {
    static const char *const hard[] = {
        "",           "\"\"",        "\"\"\"\"", "a\"b",    "a\"b\"",      "\"a\nb\",c", "\"a\r\nb\"\r\n",
        ",",          ",,\n,",       "\n\n",     "\r\r\n",  "a\rb\r\nc\n", "\"a\"\r",    "\"\xff\",\xc3\xa9",
        "\"a,\"\"\"", "\" a \", b ", "\"\n\"",   "a,\"",    "\"a\"b,c",    "\"a\" ,b",   "\"\"\"",
        "\t\"a\"",    "\"a\"\"",     "'a,b'",    "\\\"a,b", "\"a\\\",b",   "\"\r\"",     "\"\",\"\"\n\"\""};
    static const char bytes[] = "aab,,,\"\"\"\"\n\n\r ;'\\\t\xc3";
    uint64_t random = 88172645463325252u;
    char text[80];
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        add_csv(cases, view_of(hard[i]));
    for (int i = 0; i < CASES; i++) {
        size_t length = (size_t)(next_random(&random) % sizeof text);
        for (size_t k = 0; k < length; k++)
            text[k] = bytes[next_random(&random) % (sizeof bytes - 1)];
        add_csv(cases, view_from(text, length));
    }
    return add_public(cases, "csv", add_csv);
}

static void test_csv(void **state) {
    (void)state;
    if (!has_python()) skip();
    struct cases cases = {0};
    struct buffer ours = {0};
    size_t same = 0, refused = 0, unclosed = 0, padded = 0;
    struct memory_file file = memory_file_create();
    size_t public = make_csv(&cases);
    struct cases answers = ask(&cases, "csv");
    for (size_t i = 0; i < cases.count; i++) {
        struct view text = get_case(&cases, i), theirs = get_case(&answers, i);
        memory_file_write(&file, text);
        bool is_padded, is_closed = tell_csv(file.path, &ours, &is_padded);
        padded += is_padded;
        if (is_padded) continue;
        if (view_is(theirs, "strict")) {
            refused++;
            unclosed += !is_closed;
            continue;
        }
        /* they tell the header too */
        struct view rows = view_from(theirs.text + strlen("[h][k]\n"), theirs.length - strlen("[h][k]\n"));
        if (!view_equal(rows, buffer_view(&ours))) {
            fail_msg("case %zu <%.*s>: %.*s, here %.*s", i, VIEW_ARGS(text), VIEW_ARGS(rows),
                     VIEW_ARGS(buffer_view(&ours)));
            break; /* for the analyzer: fail_msg does not come back */
        }
        same++;
    }
    print_message(
        "CSV: %zu cases, %zu of them public: %zu with the same cells; %zu that Python refuses, of which %zu have an "
        "unclosed quote here too; %zu with blanks round quotes\n",
        cases.count, public, same, refused, unclosed, padded);
    assert_true(same > CASES / 10 && refused > CASES / 10 && unclosed > CASES / 200 && padded > 0);
    memory_file_close(&file);
    free_cases(&cases);
    free_cases(&answers);
    buffer_free(&ours);
}

/* --- JSON ------------------------------------------------------------------------------------------------- */

static const char *const hard_json[] = {"",
                                        " ",
                                        "null",
                                        "nul",
                                        "nulll",
                                        "true",
                                        "True",
                                        "false",
                                        "falsey",
                                        "NaN",
                                        "Infinity",
                                        "-Infinity",
                                        "undefined",
                                        "0",
                                        "-0",
                                        "00",
                                        "01",
                                        "-01",
                                        "1.",
                                        ".5",
                                        "1.5",
                                        "1.5e",
                                        "1e5",
                                        "1E+5",
                                        "1e-",
                                        "+1",
                                        "-",
                                        "--1",
                                        "1_000",
                                        "0x1F",
                                        "1e400",
                                        "-1e-400",
                                        "123456789012345678901234567890",
                                        "0.1000000000000000055511151231257827",
                                        "1.0.0",
                                        "1 2",
                                        "1,2",
                                        "\"\"",
                                        "\"a",
                                        "a\"",
                                        "'a'",
                                        "\"\\\"",
                                        "\"\\\\\"",
                                        "\"\\/\"",
                                        "\"\\b\\f\\n\\r\\t\"",
                                        "\"\\a\"",
                                        "\"\\u12\"",
                                        "\"\\u123g\"",
                                        "\"\\u0000\"",
                                        "\"\\ud800\"",
                                        "\"\\ud83d\\ude00\"",
                                        "\"\\udc00\\ud800\"",
                                        "\"\\U0041\"",
                                        "\"\t\"",
                                        "\"\n\"",
                                        "\"\x01\"",
                                        "\"\x7f\"",
                                        "\"\xc3\xa9\"",
                                        "\"\xff\"",
                                        "\"\xed\xa0\x80\"",
                                        "\xff",
                                        "\xef\xbb\xbf{}",
                                        "[]",
                                        "[",
                                        "]",
                                        "[1",
                                        "[1,",
                                        "[1,]",
                                        "[,1]",
                                        "[1 2]",
                                        "[1,,2]",
                                        "[[]]",
                                        "[[[[[]]]]",
                                        "[]]",
                                        "{}",
                                        "{",
                                        "}",
                                        "{\"a\":1}",
                                        "{\"a\":1,}",
                                        "{,}",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{a:1}",
                                        "{1:1}",
                                        "{\"a\":1 \"b\":2}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\"::1}",
                                        "{\"a\":1]",
                                        "[1}",
                                        "[\"a\":1]",
                                        "{\"\":{}}",
                                        "// c\n1",
                                        "/* c */1",
                                        "1 // c",
                                        " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n",
                                        "[1]\v",
                                        "\f[1]",
                                        "[1]\xc2\xa0",
                                        "[true,false,null]",
                                        "[tru]",
                                        "[nul,1]",
                                        "{\"a\":[{\"b\":[]}]}"};

/* Returns how many are public. */
static size_t make_json(struct cases *cases) {
    static const char *const seeds[] = {
        "{\"a\":[1,-2.50,3e4,\"x\\u00e9\\n\",null,true],\"b\":{\"c\":{},\"d\":[]}}",
        "[{\"id\":5100230,\"total\":\"204.59\",\"active\":true},{\"id\":0,\"total\":-0.0e-1,\"x\":\"\\ud83d\\ude00\"}]",
        " { \"hasMore\" : false ,\r\n\t\"data\" : [ [ ] , { } ] } "};
    static const char bytes[] = "{}[]:,\"\\0123456789.eE+-truefalsn u/\n\t\x01\xc3";
    uint64_t random = 4242424242u;
    char text[200];
    for (size_t i = 0; i < sizeof hard_json / sizeof *hard_json; i++)
        add_case(cases, view_of(hard_json[i]));
    for (int i = 0; i < CASES; i++) {
        struct view seed = view_of(seeds[next_random(&random) % 3]);
        size_t length = seed.length;
        memcpy(text, seed.text, length);
        for (uint64_t edits = next_random(&random) % 4; edits > 0; edits--) {
            size_t at = (size_t)(next_random(&random) % length);
            char byte = bytes[next_random(&random) % (sizeof bytes - 1)];
            switch (next_random(&random) % 3) {
            case 0: text[at] = byte; break;
            case 1:
                memmove(text + at, text + at + 1, length - at - 1);
                length--;
                break;
            default:
                memmove(text + at + 1, text + at, length - at);
                text[at] = byte;
                length++;
            }
        }
        add_case(cases, view_from(text, length));
    }
    return add_public(cases, "json", add_case);
}

static void test_json(void **state) {
    (void)state;
    if (!has_python()) skip();
    struct cases cases = {0};
    size_t accepted = 0;
    size_t public = make_json(&cases);
    struct cases answers = ask(&cases, "json");
    for (size_t i = 0; i < cases.count; i++) {
        struct view text = get_case(&cases, i);
        struct json_scan scan;
        bool is_accepted = json_scan_all(&scan, text);
        accepted += is_accepted;
        if (is_accepted != view_is(get_case(&answers, i), "1"))
            fail_msg("case %zu <%.*s>: here %s (%s)", i, VIEW_ARGS(text), is_accepted ? "accepted" : "refused",
                     is_accepted ? "" : scan.fault);
    }
    print_message("JSON: %zu cases, %zu of them public, %zu accepted by both, %zu refused by both\n", cases.count,
                  public, accepted, cases.count - accepted);
    assert_true(accepted > CASES / 10 && cases.count - accepted > CASES / 10);
    free_cases(&cases);
    free_cases(&answers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests_name("second reader", tests, NULL, NULL);
}
