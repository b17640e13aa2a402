/* whole_file.c: see whole_file.h. Without `force` the file is linked into place, which fails where one is there, so that
 * two programs at once cannot overwrite each other. */
#include "output/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static bool write_all(int file, struct view bytes) {
    for (size_t done = 0; done < bytes.length;) {
        ssize_t length = write(file, bytes.text + done, bytes.length - done);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return false;
        done += (size_t)length;
    }
    return true;
}

static bool is_there(const char *path, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s is there already", path);
    return error_fix(error, "name another file, or --force to replace it");
}

static bool cannot_write(const char *path, int reason, struct error *error) {
    error_set(error, EXIT_CANNOT_WRITE, "%s cannot be written: %s", path, strerror(reason));
    return error_fix(error, "check the folder, its permissions and the room on the disk");
}

char *whole_file_temporary(const char *path) {
    return memory_print("%s.st2plecto-%ld", path, (long)getpid());
}

bool whole_file_check(const char *path, bool force, struct error *error) {
    struct stat status;
    return force || lstat(path, &status) != 0 || is_there(path, error);
}

bool whole_file_place(const char *temporary, const char *path, bool force, struct error *error) {
    int file = open(temporary, O_RDONLY | O_CLOEXEC);
    bool is_placed = file >= 0 && fsync(file) == 0 && (force ? rename(temporary, path) : link(temporary, path)) == 0;
    int reason = errno;
    if (file >= 0) close(file);
    if (!is_placed || !force) unlink(temporary);
    if (is_placed) return true;
    return !force && reason == EEXIST ? is_there(path, error) : cannot_write(path, reason, error);
}

bool whole_file_write(const char *path, struct view bytes, bool force, struct error *error) {
    if (!whole_file_check(path, force, error)) return false;
    char *temporary = whole_file_temporary(path);
    int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool is_written = file >= 0 && write_all(file, bytes);
    int reason = errno;
    if (file >= 0 && close(file) != 0 && is_written) {
        reason = errno;
        is_written = false;
    }
    if (!is_written && file >= 0) unlink(temporary);
    bool is_fine = is_written ? whole_file_place(temporary, path, force, error) : cannot_write(path, reason, error);
    free(temporary);
    return is_fine;
}
