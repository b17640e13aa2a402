/* cannot_write.c: see cannot_write.h. */
#include "output/cannot_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

enum seen { SEEN_NOTHING, SEEN_FILE, SEEN_FOLDER };

static enum seen look(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return SEEN_NOTHING;
    return S_ISDIR(status.st_mode) ? SEEN_FOLDER : SEEN_FILE;
}

/* The first part of the path that is to be a folder and is `wanted` instead; NULL: none. The caller frees. */
static char *first_part(const char *path, enum seen wanted) {
    for (const char *slash = strchr(path + 1, '/'); *path && slash; slash = strchr(slash + 1, '/')) {
        char *part = memory_copy(view_from(path, (size_t)(slash - path)));
        enum seen seen = look(part);
        if (seen == wanted) return part;
        free(part);
        if (seen == SEEN_FILE) return NULL;
    }
    return NULL;
}

bool cannot_write_error(const char *path, int reason, struct error *error) {
    char *file = reason == ENOTDIR ? first_part(path, SEEN_FILE) : NULL,
         *missing = reason == ENOENT ? first_part(path, SEEN_NOTHING) : NULL;
    if (file) {
        error_set(error, EXIT_CANNOT_WRITE, "%s cannot be written: %s is a file, not a folder", path, file);
        error_fix(error, "Name another output, or rename the file %s.", file);
    } else if (missing) {
        error_set(error, EXIT_CANNOT_WRITE, "%s cannot be written: there is no folder %s", path, missing);
        error_fix(error, "Make the folder %s, or name another output.", missing);
    } else {
        error_set(error, EXIT_CANNOT_WRITE, "%s cannot be written: %s", path, strerror(reason));
        error_fix(error, reason == EACCES || reason == EPERM || reason == EROFS
                             ? "Name another output, or have the permissions of its folder changed."
                         : reason == EBUSY || reason == ETXTBSY
                             ? CANNOT_WRITE_CLOSE_IT
                         : reason == ENOSPC || reason == EDQUOT
                             ? "Make space on the disk, or name an output on another one."
                             : "Check the folder, its permissions and the free space on the disk.");
    }
    free(file);
    free(missing);
    return false;
}
