/* published_file.c: whole files of a published folder, and what is said where one cannot be read or was changed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "upload/published_private.h"

#define PIECE (1u << 20)

bool published_cannot_read(const char *path, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s cannot be read: %s", path, strerror(errno));
    return error_fix(error, "Name the folder that st2plecto convert -o made.");
}

int published_open_file(const char *path, struct error *error) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe is refused, not waited for */
    if (file < 0) {
        published_cannot_read(path, error);
    } else if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "%s is not a file, so convert did not write it", path);
        error_fix(error, "Name a folder that st2plecto convert -o made.");
        close(file);
        file = -1;
    }
    return file;
}

bool published_read_file(const char *path, published_taker *take, void *context, struct error *error) {
    int file = published_open_file(path, error);
    if (file < 0) return false;
    char *bytes = memory_get(PIECE);
    ssize_t got;
    while ((got = read(file, bytes, PIECE)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        take(context, view_from(bytes, (size_t)got));
    }
    bool is_fine = got == 0 || published_cannot_read(path, error);
    close(file);
    free(bytes);
    return is_fine;
}

bool published_data_source(const struct published *published, struct buffer *out, struct error *error) {
    char *path = memory_print("%s/datasource.json", published->folder);
    bool is_fine = published_read_file(path, published_collect, out, error);
    free(path);
    return is_fine;
}

void published_collect(void *context, struct view bytes) {
    buffer_add(context, bytes);
}

bool published_changed(const struct published *published, const char *name, struct error *error) {
    error_set(error, EXIT_WRONG_USE,
              "%s/%s was changed after convert wrote it, because its hash is not the one in receipt.json",
              published->folder, name);
    return error_fix(error,
                     "Run st2plecto convert again. To correct values, use the export, --fixes or a review workbook.");
}
