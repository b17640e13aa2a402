/* test_source.c: stored bytes to UTF-8: encodings, gzip, standard input, peek, rewind, and how each breaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "input/source/source.h"

/* A temporary file with these bytes; the caller frees and unlinks the name. */
static char *make_file(const void *bytes, size_t length) {
    char *path = memory_copy(view_of("/tmp/st2plecto-test-XXXXXX"));
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), (ssize_t)length);
    close(file);
    return path;
}

static void drop_file(char *path) {
    unlink(path);
    free(path);
}

/* One gzip member behind `to`. */
static void add_gzip(struct buffer *to, const void *bytes, size_t length) {
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&stream, length) + 64;
    stream.next_out = (Bytef *)buffer_reserve(to, room);
    stream.avail_out = (uInt)room;
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    to->length += room - stream.avail_out;
    deflateEnd(&stream);
}

/* Reads to the end in steps of `room` bytes. */
static bool read_all(struct source *source, size_t room, struct buffer *text, struct error *error) {
    text->length = 0;
    for (;;) {
        size_t got;
        if (!source_read(source, buffer_reserve(text, room), room, &got, error)) return false;
        assert_true(got <= room);
        if (got == 0) return true;
        text->length += got;
    }
}

static void assert_text(const struct buffer *text, const char *wanted, size_t length) {
    assert_int_equal(text->length, length);
    if (length > 0) assert_memory_equal(text->text, wanted, length);
}

#define BYTES(text) (text), sizeof(text) - 1

struct encoding_case {
    const char *asked, *bytes;
    size_t length;
    const char *wanted;
    size_t wanted_length;
    const char *name;
};

static const struct encoding_case encodings[] = {
    {NULL, BYTES(""), BYTES(""), "UTF-8"},
    {NULL, BYTES("a"), BYTES("a"), "UTF-8"},
    {NULL, BYTES("Job,\xC3\xA9\n"), BYTES("Job,\xC3\xA9\n"), "UTF-8"},
    {NULL, BYTES("\xEF\xBB\xBFJob"), BYTES("Job"), "UTF-8 with BOM"},
    {"UTF-8", BYTES("\xEF\xBB\xBFJob"), BYTES("Job"), "UTF-8 with BOM"},
    {NULL, BYTES("\xEF\xBB"), BYTES("\xEF\xBB"), "UTF-8"},
    {NULL, BYTES("bad \xFF utf8"), BYTES("bad \xFF utf8"), "UTF-8"},
    {NULL,
     BYTES("\xFF\xFE"
           "J\0o\0\xAC\x20"),
     BYTES("Jo\xE2\x82\xAC"), "UTF-16LE"},
    {NULL,
     BYTES("\xFE\xFF"
           "\0J\0o\x20\xAC"),
     BYTES("Jo\xE2\x82\xAC"), "UTF-16BE"},
    {NULL, BYTES("\xFF\xFE"), BYTES(""), "UTF-16LE"},
    {NULL, BYTES("\xFF\xFE\x3D\xD8\x00\xDE"), BYTES("\xF0\x9F\x98\x80"), "UTF-16LE"},
    {NULL,
     BYTES("\xFF\xFE\x3D\xD8"
           "a\0"),
     BYTES("\xEF\xBF\xBD"
           "a"),
     "UTF-16LE"},
    {NULL,
     BYTES("\xFF\xFE\x00\xDE"
           "a\0"),
     BYTES("\xEF\xBF\xBD"
           "a"),
     "UTF-16LE"},
    {NULL,
     BYTES("\xFF\xFE"
           "a\0\x3D\xD8"),
     BYTES("a\xEF\xBF\xBD"), "UTF-16LE"},
    {"utf-16", BYTES("\xFE\xFF\0J"), BYTES("J"), "UTF-16BE"},
    {"utf-16le", BYTES("J\0\xE9\0"), BYTES("J\xC3\xA9"), "UTF-16LE"},
    {"utf-16le", BYTES("\xFF\xFEJ\0"), BYTES("J"), "UTF-16LE"},
    {"utf-16be", BYTES("\0J"), BYTES("J"), "UTF-16BE"},
    {"windows-1252", BYTES("O\x92Neil \x80 \xE9 \x81"), BYTES("O\xE2\x80\x99Neil \xE2\x82\xAC \xC3\xA9 \xC2\x81"),
     "Windows-1252"},
    {"CP1252", BYTES("\x9F\xFF"), BYTES("\xC5\xB8\xC3\xBF"), "Windows-1252"},
};

static void test_encodings(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        const struct encoding_case *c = &encodings[i];
        for (int packed = 0; packed < 2; packed++) {
            struct buffer bytes = {0}, text = {0};
            if (packed)
                add_gzip(&bytes, c->bytes, c->length);
            else
                buffer_add(&bytes, view_from(c->bytes, c->length));
            char *path = make_file(bytes.text ? bytes.text : "", bytes.length);
            struct source *source;
            struct error error = {0};
            struct source_options options = {.encoding = c->asked};
            assert_true(source_open(path, &options, &source, &error));
            assert_string_equal(source_encoding(source), c->name);
            assert_int_equal(source_compressed(source), packed);
            static const size_t rooms[] = {1, 2, 3, 100};
            for (size_t r = 0; r < 4; r++) {
                assert_true(read_all(source, rooms[r], &text, &error));
                assert_text(&text, c->wanted, c->wanted_length);
                assert_int_equal(source_bytes_raw(source), bytes.length);
                assert_int_equal(source_size_raw(source), bytes.length);
                assert_true(source_rewind(source, &error));
            }
            source_close(source);
            buffer_free(&bytes);
            buffer_free(&text);
            drop_file(path);
        }
    }
}

/* Large texts cross every internal buffer; a pair of surrogates every 3 characters meets each boundary. */
static void test_large_utf16(void **state) {
    (void)state;
    struct buffer bytes = {0}, wanted = {0}, text = {0};
    buffer_add(&bytes, view_from("\xFF\xFE", 2));
    for (int i = 0; i < 100000; i++) {
        buffer_add(&bytes, view_from("a\0\x3D\xD8\x00\xDE", 6));
        buffer_add(&wanted, view_from("a\xF0\x9F\x98\x80", 5));
    }
    char *path = make_file(bytes.text, bytes.length);
    struct source *source;
    struct error error = {0};
    assert_true(source_open(path, NULL, &source, &error));
    assert_true(read_all(source, 65537, &text, &error));
    assert_text(&text, wanted.text, wanted.length);
    source_close(source);
    buffer_free(&bytes);
    buffer_free(&wanted);
    buffer_free(&text);
    drop_file(path);
}

static void assert_refused(const char *path, const char *asked, enum exit_code code, const char *part,
                           const char *fix) {
    struct source *source;
    struct error error = {0};
    struct source_options options = {.encoding = asked};
    struct buffer text = {0};
    bool good = source_open(path, &options, &source, &error);
    if (good) {
        good = read_all(source, 1000, &text, &error);
        source_close(source);
    } else {
        assert_null(source);
    }
    assert_false(good);
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part)) fail_msg("'%s' lacks '%s'", error.message, part);
    if (fix && (!error.fix || !strstr(error.fix, fix))) fail_msg("fix '%s' lacks '%s'", error.fix, fix);
    error_free(&error);
    buffer_free(&text);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("/tmp", NULL, EXIT_CANNOT_READ, "is a folder", NULL);
    assert_refused("/tmp/st2plecto/none.csv", NULL, EXIT_CANNOT_READ, "does not exist", NULL);
    char *path = make_file("J\0o", 3);
    assert_refused(path, "latin1", EXIT_WRONG_USE, "latin1", "--encoding windows-1252");
    assert_refused(path, "ebcdic", EXIT_WRONG_USE, "ebcdic", "utf-16le");
    assert_refused(path, "utf-16", EXIT_CANNOT_READ, "byte order mark", "utf-16le");
    assert_refused(path, "utf-16le", EXIT_CANNOT_READ, "at byte 2", NULL);
    drop_file(path);
}

static void test_members(void **state) {
    (void)state;
    struct buffer bytes = {0}, text = {0};
    struct error error = {0};
    struct source *source;
    add_gzip(&bytes, "Job,", 4);
    add_gzip(&bytes, "", 0);
    add_gzip(&bytes, "Total\n", 6);
    buffer_add(&bytes, view_from("\0\0\0", 3)); /* padding */
    char *path = make_file(bytes.text, bytes.length);
    assert_true(source_open(path, NULL, &source, &error));
    assert_true(read_all(source, 100, &text, &error));
    assert_text(&text, BYTES("Job,Total\n"));
    source_close(source);
    drop_file(path);

    buffer_add(&bytes, view_from("rest", 4));
    path = make_file(bytes.text, bytes.length);
    char *where = memory_print("at byte %zu", bytes.length - 4);
    assert_refused(path, NULL, EXIT_CANNOT_READ, where, NULL);
    free(where);
    drop_file(path);
    buffer_free(&bytes);
    buffer_free(&text);
}

/* Every cut and every damaged byte of the trailer is noticed. */
static void test_damaged_gzip(void **state) {
    (void)state;
    struct buffer bytes = {0};
    add_gzip(&bytes, "Job #,Total\n1,2\n3,4\n", 20);
    for (size_t length = 2; length < bytes.length; length++) {
        char *path = make_file(bytes.text, length);
        char *where = memory_print("cut off at byte %zu", length);
        assert_refused(path, NULL, EXIT_CANNOT_READ, where, "again");
        free(where);
        drop_file(path);
    }
    for (size_t i = bytes.length - 8; i < bytes.length; i++) {
        bytes.text[i] ^= 1;
        char *path = make_file(bytes.text, bytes.length);
        assert_refused(path, NULL, EXIT_CANNOT_READ, "damaged at byte", "again");
        bytes.text[i] ^= 1;
        drop_file(path);
    }
    buffer_free(&bytes);
}

/* Text of some megabytes, so that it is unpacked on a thread, in members of 3 MB. */
static void make_large_gzip(struct buffer *text, struct buffer *bytes) {
    static const size_t member = 3000000;
    uint32_t number = 1;
    while (text->length < 7000000) {
        number = number * 1664525 + 1013904223;
        buffer_print(text, "%u,%u\n", number >> 8, number >> 24);
    }
    for (size_t at = 0; at < text->length; at += member)
        add_gzip(bytes, text->text + at, text->length - at < member ? text->length - at : member);
}

/* A thread unpacks ahead of the reader: same bytes, whatever the steps; it may be left at any place. */
static void test_ahead(void **state) {
    (void)state;
    struct buffer wanted = {0}, bytes = {0}, text = {0};
    struct error error = {0};
    struct source *source;
    char hex[65], again[65];
    make_large_gzip(&wanted, &bytes);
    char *path = make_file(bytes.text, bytes.length);
    assert_true(source_open(path, NULL, &source, &error));
    static const size_t rooms[] = {1000, 262144, 262145, 5000000};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        assert_true(read_all(source, rooms[i], &text, &error));
        assert_text(&text, wanted.text, wanted.length);
        assert_int_equal(source_bytes_raw(source), bytes.length);
        source_sha256(source, i == 0 ? hex : again);
        assert_string_equal(hex, i == 0 ? hex : again);
        assert_true(source_rewind(source, &error));
    }
    for (size_t left = 1900000; left < wanted.length; left += 700000) { /* begun, left in the middle, begun again */
        size_t got = 1;
        for (size_t taken = 0; taken < left; taken += got)
            assert_true(source_read(source, buffer_reserve(&text, 100000), 100000, &got, &error));
        assert_true(source_rewind(source, &error));
    }
    assert_true(read_all(source, 3000000, &text, &error));
    assert_text(&text, wanted.text, wanted.length);
    source_close(source);
    drop_file(path);
    buffer_free(&wanted);
    buffer_free(&bytes);
    buffer_free(&text);
}

/* What is wrong far behind the begin is told as it is told at the begin, after all that stands before it. */
static void test_ahead_damaged(void **state) {
    (void)state;
    struct buffer wanted = {0}, bytes = {0}, text = {0};
    make_large_gzip(&wanted, &bytes);
    const size_t places[] = {bytes.length * 2 / 3, bytes.length - 9, bytes.length - 8, bytes.length - 1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *path = make_file(bytes.text, places[i]);
        char *where = memory_print("cut off at byte %zu", places[i]);
        assert_refused(path, NULL, EXIT_CANNOT_READ, where, "again");
        free(where);
        drop_file(path);
        bytes.text[places[i]] ^= 0x55;
        path = make_file(bytes.text, bytes.length);
        struct source *source;
        struct error error = {0};
        assert_true(source_open(path, NULL, &source, &error));
        assert_false(read_all(source, 70000, &text, &error));
        /* damage before the trailer may also make the unpacker run past the end */
        assert_true(strstr(error.message, "damaged at byte") || (i < 2 && strstr(error.message, "cut off at byte")));
        assert_true(text.length > 2000000);
        if (i >= 2) assert_true(text.length > wanted.length - 300000 && text.length <= wanted.length);
        if (i >= 2) assert_memory_equal(text.text, wanted.text, text.length);
        error_free(&error);
        source_close(source);
        bytes.text[places[i]] ^= 0x55;
        drop_file(path);
    }
    buffer_free(&wanted);
    buffer_free(&bytes);
    buffer_free(&text);
}

static void test_peek(void **state) {
    (void)state;
    static const char *const asked[] = {NULL, "windows-1252"};
    char *path = make_file("0123456789", 10);
    for (size_t i = 0; i < 2; i++) {
        struct source *source;
        struct error error = {0};
        struct source_options options = {.encoding = asked[i]};
        struct view view;
        struct buffer text = {0};
        assert_true(source_open(path, &options, &source, &error));
        assert_true(source_peek(source, 4, &view, &error));
        assert_true(view_is(view, "0123"));
        assert_true(source_peek(source, 6, &view, &error));
        assert_true(view_is(view, "012345"));
        assert_true(source_peek(source, 100, &view, &error));
        assert_true(view_is(view, "0123456789"));
        assert_true(read_all(source, 3, &text, &error));
        assert_text(&text, "0123456789", 10);
        assert_true(source_rewind(source, &error));
        assert_true(source_peek(source, 2, &view, &error));
        assert_true(view_is(view, "01"));
        assert_true(read_all(source, 7, &text, &error));
        assert_text(&text, "0123456789", 10);
        source_close(source);
        buffer_free(&text);
    }
    drop_file(path);
}

/* The hash is that of the stored bytes (FIPS 180-4's example "abc"), packed or not, the same after a rewind. */
static void test_hash(void **state) {
    (void)state;
    char *path = make_file("abc", 3);
    struct source *source;
    struct error error = {0};
    struct buffer text = {0};
    char hex[65];
    assert_true(source_open(path, NULL, &source, &error));
    for (int i = 0; i < 2; i++) {
        assert_true(read_all(source, 2, &text, &error));
        source_sha256(source, hex);
        assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        source_sha256(source, hex);
        assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_true(source_rewind(source, &error));
    }
    source_close(source);
    buffer_free(&text);
    drop_file(path);
}

/* Standard input as a pipe: read again in full, after a partial read too. */
static void test_pipe(void **state) {
    (void)state;
    int ends[2], saved = dup(STDIN_FILENO);
    static const char content[] = "Job,Total\n1,2\n";
    for (int part = 0; part < 2; part++) {
        struct source *source;
        struct error error = {0};
        struct buffer text = {0};
        size_t got;
        char few[4];
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], content, sizeof content - 1), (ssize_t)sizeof content - 1);
        close(ends[1]);
        assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
        close(ends[0]);
        assert_true(source_open("-", NULL, &source, &error));
        assert_string_equal(source_name(source), "<stdin>");
        assert_int_equal(source_size_raw(source), 0);
        if (part)
            assert_true(source_read(source, few, sizeof few, &got, &error));
        else
            assert_true(read_all(source, 5, &text, &error));
        for (int i = 0; i < 2; i++) {
            assert_true(source_rewind(source, &error));
            assert_true(read_all(source, 5, &text, &error));
            assert_text(&text, content, sizeof content - 1);
            assert_int_equal(source_bytes_raw(source), sizeof content - 1);
        }
        source_close(source);
        buffer_free(&text);
    }
    dup2(saved, STDIN_FILENO);
    close(saved);
}

/* A pipe longer than what is read ahead: the copy grows after a rewind in its middle. */
static void test_long_pipe(void **state) {
    (void)state;
    struct buffer bytes = {0}, text = {0};
    for (int i = 0; i < 200000; i++)
        buffer_add_integer(&bytes, i);
    char *path = make_file(bytes.text, bytes.length);
    char *command = memory_print("cat %s", path);
    FILE *cat = popen(command, "r");
    int saved = dup(STDIN_FILENO);
    assert_true(dup2(fileno(cat), STDIN_FILENO) >= 0);
    struct source *source;
    struct error error = {0};
    struct view view;
    assert_true(source_open("-", NULL, &source, &error));
    assert_true(source_peek(source, 300000, &view, &error));
    assert_int_equal(view.length, 300000);
    assert_true(source_rewind(source, &error));
    assert_true(read_all(source, 100000, &text, &error));
    assert_text(&text, bytes.text, bytes.length);
    assert_true(source_rewind(source, &error));
    assert_true(read_all(source, 1000000, &text, &error));
    assert_text(&text, bytes.text, bytes.length);
    source_close(source);
    dup2(saved, STDIN_FILENO);
    close(saved);
    pclose(cat);
    free(command);
    buffer_free(&bytes);
    buffer_free(&text);
    drop_file(path);
}

/* Standard input from a file needs no copy; it begins where the file stands. */
static void test_redirected(void **state) {
    (void)state;
    char *path = make_file("skip:Job,Total\n", 15);
    int saved = dup(STDIN_FILENO);
    FILE *file = fopen(path, "rb");
    assert_true(dup2(fileno(file), STDIN_FILENO) >= 0);
    assert_int_equal(lseek(STDIN_FILENO, 5, SEEK_SET), 5);
    struct source *source;
    struct error error = {0};
    struct buffer text = {0};
    assert_true(source_open("-", NULL, &source, &error));
    assert_int_equal(source_size_raw(source), 10);
    for (int i = 0; i < 2; i++) {
        assert_true(read_all(source, 100, &text, &error));
        assert_text(&text, BYTES("Job,Total\n"));
        assert_true(source_rewind(source, &error));
    }
    source_close(source);
    dup2(saved, STDIN_FILENO);
    close(saved);
    fclose(file);
    buffer_free(&text);
    drop_file(path);
}

/* At rest a source has no file; it is read again as before, if it is still the same one. */
static void comes_back_from_rest(void **state) {
    (void)state;
    struct error error = {0};
    struct buffer packed = {0}, text = {0};
    add_gzip(&packed, "a,b\n1,2\n", 8);
    const struct view kinds[] = {view_of("a,b\n1,2\n"), buffer_view(&packed)};
    for (size_t i = 0; i < 2; i++) {
        char *path = make_file(kinds[i].text, kinds[i].length), before[65], after[65];
        struct source *source;
        assert_true(source_open(path, NULL, &source, &error));
        assert_true(read_all(source, 100, &text, &error));
        source_sha256(source, before);
        assert_true(source_rest(source));
        assert_true(source_rest(source)); /* twice is once */
        source_sha256(source, after);
        assert_string_equal(before, after);
        assert_int_equal(source_compressed(source), i == 1);
        assert_true(source_rewind(source, &error));
        assert_true(read_all(source, 100, &text, &error));
        assert_text(&text, "a,b\n1,2\n", 8);
        source_sha256(source, after);
        assert_string_equal(before, after);
        source_close(source);
        drop_file(path);
    }
    buffer_free(&packed);
    buffer_free(&text);
}

static void another_file_after_rest(void **state) {
    (void)state;
    struct error error = {0};
    struct source *source;
    char *path = make_file("a,b\n1,2\n", 8), *other = make_file("a,b\n1,3\n", 8);
    assert_true(source_open(path, NULL, &source, &error));
    assert_true(source_rest(source));
    assert_int_equal(rename(other, path), 0);
    assert_false(source_rewind(source, &error));
    assert_non_null(strstr(error.message, "was changed while it was read"));
    error_free(&error);
    assert_int_equal(unlink(path), 0);
    source_close(source);
    free(other);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_from_rest),
        cmocka_unit_test(another_file_after_rest),
        cmocka_unit_test(test_encodings),  cmocka_unit_test(test_large_utf16),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_members),    cmocka_unit_test(test_damaged_gzip), cmocka_unit_test(test_peek),
        cmocka_unit_test(test_hash),       cmocka_unit_test(test_pipe),         cmocka_unit_test(test_long_pipe),
        cmocka_unit_test(test_redirected), cmocka_unit_test(test_ahead),        cmocka_unit_test(test_ahead_damaged),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
