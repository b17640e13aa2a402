/* fuzz.c: files in memory, laws, and zip files made of parts. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/hash.h"

#define SLOTS 3

int fuzz_descriptor(size_t slot, struct view bytes) {
    static int files[SLOTS]; /* descriptor + 1 */
    if (files[slot] == 0) files[slot] = memfd_create("fuzz", MFD_CLOEXEC) + 1;
    int file = files[slot] - 1;
    fuzz_require(file >= 0 && ftruncate(file, 0) == 0, "no file in memory");
    for (size_t done = 0; done < bytes.length;) {
        ssize_t written = pwrite(file, bytes.text + done, bytes.length - done, (off_t)done);
        fuzz_require(written > 0, "a file in memory cannot be written");
        done += (size_t)written;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

const char *fuzz_file(size_t slot, struct view bytes) {
    static char paths[SLOTS][40];
    snprintf(paths[slot], sizeof paths[slot], "/proc/self/fd/%d", fuzz_descriptor(slot, bytes));
    return paths[slot];
}

uint64_t fuzz_choice(struct view bytes) {
    return hash_bytes(bytes, 0);
}

void fuzz_require(bool law, const char *format, ...) {
    if (law) return;
    va_list arguments;
    va_start(arguments, format);
    fputs("law broken: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

void fuzz_require_same(struct view left, struct view right, const char *what) {
    if (view_equal(left, right)) return;
    fprintf(stderr, "law broken: %s\n--- one\n", what);
    fwrite(left.text, 1, left.length, stderr);
    fputs("\n--- other\n", stderr);
    fwrite(right.text, 1, right.length, stderr);
    fputc('\n', stderr);
    abort();
}

void fuzz_check_error(struct error *error) {
    fuzz_require(error->message && *error->message, "an error without a text");
    fuzz_require(error->code == EXIT_CANNOT_READ || error->code == EXIT_WRONG_USE, "exit code %d for a bad file: %s",
                 (int)error->code, error->message);
    error_free(error);
}

/* --- zip ---------------------------------------------------------------------------------------- */

static void put(struct buffer *out, uint64_t value, int bytes) {
    for (; bytes > 0; bytes--, value >>= 8)
        buffer_add_char(out, (char)(value & 0xff));
}

/* What the header of a part and its entry in the directory have in common (APPNOTE 4.3.7, 4.3.12). */
static void put_common(struct buffer *out, struct view name, struct view bytes) {
    put(out, 20, 2); /* version */
    put(out, 0, 2);  /* flags */
    put(out, 0, 2);  /* stored */
    put(out, 0, 4);  /* time, date */
    put(out, crc32(0, (const Bytef *)bytes.text, (uInt)bytes.length), 4);
    put(out, bytes.length, 4);
    put(out, bytes.length, 4);
    put(out, name.length, 2);
    put(out, 0, 2); /* extra */
}

static bool next_part(struct view *rest, struct view *name, struct view *bytes) {
    static const char mark[] = "=== ";
    const size_t length = sizeof mark - 1;
    if (rest->length < length || memcmp(rest->text, mark, length) != 0) return false;
    const char *end = rest->text + rest->length;
    const char *line = memchr(rest->text, '\n', rest->length);
    *name = view_from(rest->text + length, (size_t)((line ? line : end) - rest->text) - length);
    if (name->length > 200) name->length = 200;
    const char *begin = line ? line + 1 : end, *at = begin, *next = end;
    while (at < end && next == end) {
        const char *found = memchr(at, '\n', (size_t)(end - at));
        if (!found) break;
        at = found + 1;
        if ((size_t)(end - at) >= length && memcmp(at, mark, length) == 0) next = found;
    }
    *bytes = view_from(begin, (size_t)(next - begin));
    *rest = next == end ? view_from(end, 0) : view_from(next + 1, (size_t)(end - next - 1));
    return true;
}

void fuzz_zip(struct view input, struct buffer *out) {
    struct buffer directory = {0};
    struct view name, bytes;
    unsigned count = 0;
    while (count < 100 && next_part(&input, &name, &bytes)) {
        size_t offset = out->length;
        buffer_add(out, view_from("PK\003\004", 4));
        put_common(out, name, bytes);
        buffer_add(out, name);
        buffer_add(out, bytes);
        buffer_add(&directory, view_from("PK\001\002", 4));
        put(&directory, 20, 2); /* made by */
        put_common(&directory, name, bytes);
        put(&directory, 0, 2 + 2 + 2 + 4); /* comment, disk, attributes */
        put(&directory, offset, 4);
        buffer_add(&directory, name);
        count++;
    }
    size_t begin = out->length;
    buffer_add(out, buffer_view(&directory));
    buffer_add(out, view_from("PK\005\006", 4));
    put(out, 0, 4); /* disks */
    put(out, count, 2);
    put(out, count, 2);
    put(out, directory.length, 4);
    put(out, begin, 4);
    put(out, 0, 2);
    buffer_free(&directory);
}
