/* test_base.c: views, buffers, arenas, tables and hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/processor.h"
#include "base/sha256_private.h"
#include "base/table.h"

static void check_text(struct buffer *buffer, const char *expected) {
    char *text = buffer_take(buffer);
    assert_string_equal(text, expected);
    free(text);
}

static void test_views(void **state) {
    (void)state;
    assert_true(view_is(view_trim(view_of("  a b\t\r\n")), "a b"));
    assert_true(view_is(view_trim(view_of("\xc2\xa0 Ana \xc2\xa0")), "Ana"));
    assert_int_equal(view_trim(view_of(" \t ")).length, 0);
    assert_true(view_equal_fold(view_of("Job ID"), view_of("job id")));
    assert_false(view_equal_fold(view_of("Job"), view_of("Jobs")));
    assert_true(view_compare(view_of("a"), view_of("ab")) < 0);
    assert_true(view_compare(view_of("b"), view_of("ab")) > 0);
    assert_int_equal(view_compare(view_of(""), view_of("")), 0);
    assert_true(view_starts_with(view_of("jobs.csv"), "jobs"));
    assert_false(view_starts_with(view_of("job"), "jobs"));
    assert_string_equal(view_file_name("exports/may/jobs.csv"), "jobs.csv");
    assert_string_equal(view_file_name("jobs.csv"), "jobs.csv");
    assert_string_equal(view_file_name("exports/"), "");
    assert_null(view_file_name(NULL));
    assert_int_equal(view_distance(view_of("period"), view_of("periood")), 1);
    assert_int_equal(view_distance(view_of("period"), view_of("peroid")), 1);
    assert_int_equal(view_distance(view_of(""), view_of("abc")), 3);
    assert_int_equal(view_distance(view_of("JOBS"), view_of("jobs")), 0);
    static const char *const words[] = {"", "a", "ab", "ba", "acb", "job number", "jbo numbre", "number of the job", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            size_t all = view_distance(view_of(words[i]), view_of(words[k]));
            for (size_t most = 0; most < 20; most++)
                assert_true(view_distance_within(view_of(words[i]), view_of(words[k]), most) ==
                            (all <= most ? all : SIZE_MAX));
        }
}

static void test_json_escapes(void **state) {
    (void)state;
    struct buffer out = {0};
    buffer_add_json(&out, view_of("a\"b\\c\n\t\x01\x7f/é"));
    check_text(&out, "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f/é\"");
    buffer_add_json(&out, view_of("bad \xff\xc3( \xe2\x80\xa8 \xed\xa0\x80"));
    check_text(&out, "\"bad \xef\xbf\xbd\xef\xbf\xbd( \\u2028 \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    buffer_add_json(&out, view_from("a\0b", 3));
    check_text(&out, "\"a\\u0000b\"");
}

/* Every byte at every place of a text that is looked through 16 bytes at a time is written as it is written alone. */
static void test_json_escapes_anywhere(void **state) {
    (void)state;
    struct buffer alone = {0}, wanted = {0}, out = {0};
    char text[40];
    for (unsigned byte = 0; byte < 256; byte++) {
        char c = (char)byte;
        alone.length = 0;
        buffer_add_json(&alone, view_from(&c, 1));
        for (size_t place = 0; place < sizeof text; place++) {
            memset(text, 'x', sizeof text);
            text[place] = c;
            wanted.length = out.length = 0;
            buffer_add_char(&wanted, '"');
            buffer_add(&wanted, view_from(text, place));
            buffer_add(&wanted, view_from(alone.text + 1, alone.length - 2));
            for (size_t i = place + 1; i < sizeof text; i++)
                buffer_add_char(&wanted, 'x');
            buffer_add_char(&wanted, '"');
            buffer_add_json(&out, view_from(text, sizeof text));
            assert_true(view_equal(buffer_view(&wanted), buffer_view(&out)));
            for (size_t length = place + 1; length < sizeof text; length++) { /* the same but for the last x's */
                size_t less = sizeof text - length;
                out.length = 0;
                buffer_add_json(&out, view_from(text, length));
                assert_int_equal(out.length, wanted.length - less);
                assert_memory_equal(out.text, wanted.text, out.length - 1);
                assert_int_equal(out.text[out.length - 1], '"');
            }
        }
    }
    buffer_free(&alone);
    buffer_free(&wanted);
    buffer_free(&out);
}

static void test_same_bytes(void **state) {
    (void)state;
    char left[48], right[48];
    for (size_t length = 0; length < sizeof left; length++) {
        memset(left, 'a', sizeof left);
        memset(right, 'a', sizeof right);
        memset(right + length, 'b', sizeof right - length); /* what is behind does not count */
        assert_true(view_same_bytes(left, right, length) && view_same_bytes_32(left, right, length));
        for (size_t i = 0; i < length; i++) {
            right[i] ^= 1;
            assert_false(view_same_bytes(left, right, length) || view_same_bytes_32(left, right, length));
            right[i] ^= 1;
        }
    }
}

static void test_csv_cells(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"5\" pipe", "\"5\"\" pipe\""},
        {"two\nlines", "\"two\nlines\""},
        {" blank", "\" blank\""},
        {"blank ", "\"blank \""},
        {"\"", "\"\"\"\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        buffer_add_csv(&out, view_of(cases[i].text));
        check_text(&out, cases[i].expected);
    }
}

static void test_integers(void **state) {
    (void)state;
    struct buffer out = {0};
    buffer_add_integer(&out, INT64_MIN);
    buffer_add_char(&out, ' ');
    buffer_add_integer(&out, 0);
    buffer_add_char(&out, ' ');
    buffer_add_integer(&out, INT64_MAX);
    check_text(&out, "-9223372036854775808 0 9223372036854775807");
}

static void test_table(void **state) {
    (void)state;
    struct table *table = table_create();
    char key[16];
    for (size_t i = 0; i < 5000; i++) {
        bool is_new = false;
        int length = snprintf(key, sizeof key, "k%zu", i);
        assert_int_equal(table_add(table, view_from(key, (size_t)length), &is_new), i);
        assert_true(is_new);
    }
    bool is_new = true;
    assert_int_equal(table_add(table, view_of("k77"), &is_new), 77);
    assert_false(is_new);
    assert_int_equal(table_find(table, view_of("k4999")), 4999);
    assert_true(table_find(table, view_of("absent")) == SIZE_MAX);
    assert_true(view_is(table_key(table, 123), "k123"));
    assert_int_equal(table_count(table), 5000);
    table_clear(table);
    assert_int_equal(table_count(table), 0);
    assert_true(table_find(table, view_of("k77")) == SIZE_MAX);
    assert_int_equal(table_add(table, view_of("k77"), &is_new), 0);
    assert_true(is_new);
    assert_int_equal(table_add(table, view_of("k78"), NULL), 1);
    assert_int_equal(table_find(table, view_of("k77")), 0);
    assert_true(view_is(table_key(table, 1), "k78"));
    table_destroy(table);
}

static void test_arena(void **state) {
    (void)state;
    struct arena *arena = arena_create(64);
    for (int round = 0; round < 3; round++) {
        struct view kept = arena_copy(arena, view_of("kept"));
        for (size_t size = 1; size < 5000; size *= 3) {
            char *memory = arena_get(arena, size);
            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            memset(memory, 'x', size);
        }
        assert_true(view_is(kept, "kept"));
        assert_true(view_is(arena_print(arena, "%s %d", "row", 7), "row 7"));
        arena_reset(arena);
    }
    arena_destroy(arena);
}

static void test_memory_grow(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        void *grown = items;
        memory_grow(&grown, &capacity, i + 1, sizeof *items);
        items = grown;
        items[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

static void check_sha256(const char *piece, size_t times, const char *expected) {
    struct sha256 hash;
    char hex[65];
    sha256_start(&hash);
    for (size_t i = 0; i < times; i++)
        sha256_add(&hash, piece, strlen(piece));
    sha256_end(&hash, hex);
    assert_string_equal(hex, expected);
}

/* FIPS 180-4 examples, and NIST's million times "a". */
static void test_sha256(void **state) {
    (void)state;
    check_sha256("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_sha256("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_sha256("aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void test_sha256_ways_agree(void **state) {
    (void)state;
    if (!processor_has_sha()) skip();
    unsigned char bytes[64 * 50];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 31 + (i >> 8));
    for (size_t count = 1; count <= 50; count++) {
        uint32_t plain[8] = {1, 2, 3, 4, 5, 6, 7, 8}, fast[8] = {1, 2, 3, 4, 5, 6, 7, 8};
        sha256_blocks_portable(plain, bytes, count);
        sha256_blocks_instructions(fast, bytes, count);
        assert_memory_equal(plain, fast, sizeof plain);
        uint32_t first[8] = {1, 2, 3, 4, 5, 6, 7, 8}, second[8] = {8, 7, 6, 5, 4, 3, 2, 1};
        uint32_t alone[8] = {8, 7, 6, 5, 4, 3, 2, 1};
        sha256_blocks_two(first, bytes, second, bytes + 64 * (50 - count), count);
        sha256_blocks_portable(alone, bytes + 64 * (50 - count), count);
        assert_memory_equal(first, plain, sizeof plain);
        assert_memory_equal(second, alone, sizeof alone);
    }
}

static void add_and_end(struct sha256 *hash, const unsigned char *bytes, size_t length, char hex[65]) {
    sha256_start(hash);
    sha256_add(hash, bytes, length);
    sha256_end(hash, hex);
}

/* Whatever came before, and however long the two are: each hash is that of its own bytes. */
static void test_sha256_beside(void **state) {
    (void)state;
    static const size_t lengths[] = {0, 1, 63, 64, 65, 127, 128, 129, 191, 192, 200, 256, 700};
    const size_t count = sizeof lengths / sizeof *lengths;
    unsigned char bytes[2000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37 + (i >> 7));
    for (size_t before = 0; before < 130; before += 13)
        for (size_t i = 0; i < count * count; i++) {
            size_t length = lengths[i / count], other_length = lengths[i % count];
            struct sha256 hash, other, plain;
            char hex[65], other_hex[65], expected[65], other_expected[65];
            sha256_start(&hash);
            sha256_start(&other);
            sha256_add(&hash, bytes, before);
            sha256_add(&other, bytes + 900, 2 * before + 5);
            struct sha256_waiting waiting = {&other, bytes + 905 + 2 * before, other_length};
            sha256_add_beside(&hash, bytes + before, length, &waiting);
            sha256_add_beside(&hash, bytes + before + length, 77, &waiting);
            sha256_end_waiting(&waiting);
            assert_int_equal(waiting.length, 0);
            sha256_end(&hash, hex);
            sha256_end(&other, other_hex);
            add_and_end(&plain, bytes, before + length + 77, expected);
            add_and_end(&plain, bytes + 900, 2 * before + 5 + other_length, other_expected);
            assert_string_equal(hex, expected);
            assert_string_equal(other_hex, other_expected);
        }
}

static void test_hash_spreads(void **state) {
    (void)state;
    /* neighbouring IDs must not share slots: count collisions in the upper 16 bits */
    static uint8_t seen[65536];
    size_t collisions = 0;
    char id[16];
    for (int i = 0; i < 16384; i++) {
        int length = snprintf(id, sizeof id, "%d", 100000000 + i);
        uint64_t hash = hash_bytes(view_from(id, (size_t)length), 0);
        collisions += seen[hash >> 48]++ > 0;
    }
    assert_true(collisions < 2600); /* expected of a random function: about 1,900 */
    assert_true(hash_bytes(view_of("a"), 0) != hash_bytes(view_from("a\0", 2), 0));
    assert_true(hash_bytes(view_of("a"), 0) != hash_bytes(view_of("a"), 1));
}

/* However the bytes are cut, the stream hash is the same; one changed byte anywhere changes it. */
static void test_stream_hash(void **state) {
    (void)state;
    unsigned char bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 7);
    struct stream_hash whole;
    stream_hash_start(&whole);
    stream_hash_add(&whole, bytes, sizeof bytes);
    for (size_t piece = 1; piece < 100; piece++) {
        struct stream_hash cut;
        stream_hash_start(&cut);
        for (size_t place = 0; place < sizeof bytes; place += piece)
            stream_hash_add(&cut, bytes + place, sizeof bytes - place < piece ? sizeof bytes - place : piece);
        assert_true(stream_hash_end(&cut) == stream_hash_end(&whole));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        struct stream_hash other;
        bytes[i] ^= 1;
        stream_hash_start(&other);
        stream_hash_add(&other, bytes, sizeof bytes);
        assert_true(stream_hash_end(&other) != stream_hash_end(&whole));
        bytes[i] ^= 1;
    }
}

static void end_wrongly(void) {
    _exit(99);
}

static void end_with_six(void) {
    _exit(6);
}

/* Out of memory: what was registered for that is done, and nothing that a library registered for exit. */
static void test_memory_exhausted(void **state) {
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        void *items = NULL;
        size_t capacity = 0;
        if (!freopen("/dev/null", "w", stderr)) _exit(98);
        atexit(end_wrongly);
        at_quick_exit(end_with_six);
        memory_grow(&items, &capacity, SIZE_MAX / 2, 8);
        _exit(97);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 6);
}

static void test_errors(void **state) {
    (void)state;
    struct error error = {0};
    assert_false(error_set(&error, EXIT_CANNOT_READ, "cannot open %s", "a.csv"));
    assert_false(error_fix(&error, "name another file"));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    assert_string_equal(error.message, "cannot open a.csv");
    error_set(&error, EXIT_WRONG_USE, "other");
    assert_null(error.fix);
    error_free(&error);
    assert_null(error.message);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_json_escapes),
        cmocka_unit_test(test_json_escapes_anywhere),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_csv_cells),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_memory_grow),
        cmocka_unit_test(test_memory_exhausted),
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_sha256_ways_agree),
        cmocka_unit_test(test_sha256_beside),
        cmocka_unit_test(test_hash_spreads),
        cmocka_unit_test(test_stream_hash),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
