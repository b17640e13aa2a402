/* published.c: a published folder opened for sending, and its lines. */
#include "upload/published.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/formats.h"
#include "upload/published_private.h"

#define WINDOW (1u << 20)
#define LINE_LIMIT (64u << 20)

_Static_assert(sizeof(off_t) >= sizeof(uint64_t), "files of more than 2 GiB are read at their places");

/* --- lines ----------------------------------------------------------------------------------------------------- */

static bool open_lines(struct published *published, struct error *error) {
    published->file_path = memory_print("%s/registrations.jsonl", published->folder);
    published->file = published_open_file(published->file_path, error);
    if (published->file < 0) return false;
    sha256_start(&published->hash);
    return true;
}

void published_rewind(struct published *published) {
    published->offset = 0;
    published->window.length = 0;
    published->window_used = 0;
    sha256_start(&published->hash);
}

/* More bytes behind those that are there; false at the end and where reading fails. */
static bool fill(struct published *published, struct error *error) {
    struct buffer *window = &published->window;
    size_t used = published->window_used, rest = window->length - used;
    if (used > 0 && rest > 0) memmove(window->text, &window->text[used], rest);
    window->length = rest;
    published->window_used = 0;
    if (window->length > LINE_LIMIT)
        return error_set(error, EXIT_CANNOT_READ, "%s has a line over 64 MiB", published->file_path);
    char *to = buffer_reserve(window, WINDOW);
    ssize_t got;
    do
        got = pread(published->file, to, WINDOW, (off_t)(published->offset + window->length));
    while (got < 0 && errno == EINTR);
    if (got < 0) return published_cannot_read(published->file_path, error);
    sha256_add(&published->hash, to, (size_t)got);
    window->length += (size_t)got;
    return got > 0;
}

bool published_next(struct published *published, struct view *line, uint64_t *offset, struct error *error) {
    struct buffer *window = &published->window;
    for (;;) {
        size_t length = window->length - published->window_used;
        char *end = length > 0 ? memchr(window->text + published->window_used, '\n', length) : NULL;
        if (!end && fill(published, error)) continue;
        if (error->code != EXIT_FINE || length == 0) return false;
        if (!end)
            return published_end(published, error) &&
                   error_set(error, EXIT_CANNOT_READ, "%s is cut in its last line", published->file_path);
        const char *begin = window->text + published->window_used;
        *line = view_from(begin, (size_t)(end - begin));
        *offset = published->offset;
        published->offset += line->length + 1;
        published->window_used += line->length + 1;
        return true;
    }
}

bool published_end(struct published *published, struct error *error) {
    char hex[65];
    sha256_end(&published->hash, hex);
    if (strcmp(hex, published->file_sha256) == 0) return true;
    return published_changed(published, output_name(OUTPUT_JSONL), error);
}

bool published_broken(struct published *published, uint64_t offset, const char *what, struct error *error) {
    struct view line;
    uint64_t behind;
    while (published_next(published, &line, &behind, error))
        continue;
    if (error->code != EXIT_FINE || !published_end(published, error)) return false;
    return error_set(error, EXIT_CANNOT_READ, "%s/registrations.jsonl: the line at byte %llu %s", published->folder,
                     (unsigned long long)offset, what);
}

bool published_line_at(const struct published *published, uint64_t offset, size_t length, struct buffer *out,
                       struct error *error) {
    char *to = buffer_reserve(out, length + 1);
    for (size_t done = 0; done < length;) {
        ssize_t got = pread(published->file, to + done, length - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return published_cannot_read(published->file_path, error);
        if (got == 0) return published_changed(published, output_name(OUTPUT_JSONL), error);
        done += (size_t)got;
    }
    out->length += length;
    return true;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

bool published_open(const char *folder, struct published *published, struct error *error) {
    struct stat status;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    *published = (struct published){.file = -1, .held_back = table_create(), .field_keys = table_create()};
    published->folder = memory_copy(view_from(folder, length));
    if (stat(published->folder, &status) != 0) return published_cannot_read(published->folder, error);
    if (!S_ISDIR(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "%s is not a folder", published->folder);
        return error_fix(error, "Name the folder that st2plecto convert -o made, not a file in it.");
    }
    return published_check(published, error) && open_lines(published, error);
}

void published_close(struct published *published) {
    if (published->file >= 0) close(published->file);
    for (size_t i = 0; i < published->field_count; i++)
        free(published->fields[i].title);
    char *texts[] = {published->folder,      published->schema,         published->totals,    published->title,
                     published->data_source, published->receipt_sha256, published->file_path, published->zone,
                     published->again,       published->files};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    free(published->fields);
    free(published->unstated);
    table_destroy(published->held_back);
    table_destroy(published->field_keys);
    buffer_free(&published->window);
    *published = (struct published){.file = -1};
}
