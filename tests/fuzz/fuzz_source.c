/* fuzz_source.c: stored bytes to text: gzip, byte order marks, UTF-16, Windows-1252; in pieces of any size, after a peek,
 * and again after a rewind it is the same text. */
#include "fuzz/fuzz.h"
#include "input/source/source.h"

#define LARGEST (1u << 20)

static bool read_all(struct source *source, size_t piece, struct buffer *out) {
    struct error error = {0};
    size_t got = 1;
    out->length = 0;
    while (got > 0 && out->length < LARGEST) {
        if (!source_read(source, buffer_reserve(out, piece), piece, &got, &error)) {
            buffer_add_text(out, error.message);
            fuzz_check_error(&error);
            return false;
        }
        fuzz_require(got <= piece, "more than was asked for");
        out->length += got;
    }
    return out->length < LARGEST;
}

static void check(const char *path, const char *encoding, uint64_t choice) {
    const struct source_options options = {.encoding = encoding};
    struct source *source = NULL;
    struct error error = {0};
    struct buffer first = {0}, second = {0};
    struct view head;
    char hash[65], again[65];
    if (!source_open(path, &options, &source, &error)) {
        fuzz_check_error(&error);
        return;
    }
    size_t peek = choice % 3 ? 1 + choice % 300 : 0;
    bool is_fine = peek == 0 || source_peek(source, peek, &head, &error);
    if (!is_fine) {
        fuzz_check_error(&error);
    } else if (read_all(source, 4096, &first)) {
        if (peek > 0) fuzz_require(source_read(source, hash, 1, &(size_t){0}, &error), "reading on at the end");
        source_sha256(source, hash);
        fuzz_require(source_rewind(source, &error), "no rewind: %s", error.message);
        fuzz_require(read_all(source, 1 + choice % 50, &second), "cannot be read again");
        fuzz_require_same(buffer_view(&first), buffer_view(&second), "another text when it is read again");
        source_sha256(source, again);
        fuzz_require_same(view_of(hash), view_of(again), "another hash when it is read again");
    }
    source_close(source);
    buffer_free(&first);
    buffer_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const encodings[] = {NULL, "utf-16le", "utf-16be", "windows-1252", "utf-16"};
    struct view bytes = fuzz_view(data, size);
    uint64_t choice = fuzz_choice(bytes);
    const char *path = fuzz_file(0, bytes);
    check(path, NULL, choice >> 8);
    check(path, encodings[choice % 5], choice >> 16);
    return 0;
}
