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
    return fsync(file) == 0;
}

static bool is_there(const char *path, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s is there already", path);
    return error_fix(error, "name another file, or --force to replace it");
}

static bool cannot_write(const char *path, int reason, struct error *error) {
    error_set(error, EXIT_CANNOT_WRITE, "%s cannot be written: %s", path, strerror(reason));
    return error_fix(error, "check the folder, its permissions and the room on the disk");
}

bool whole_file_write(const char *path, struct view bytes, bool force, struct error *error) {
    struct stat status;
    if (!force && lstat(path, &status) == 0) return is_there(path, error);
    char *temporary = memory_print("%s.st2plecto-%ld", path, (long)getpid());
    int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int reason = errno;
    bool is_made = file >= 0, is_written = is_made && write_all(file, bytes);
    if (is_made && !is_written) reason = errno;
    if (is_made && close(file) != 0 && is_written) {
        reason = errno;
        is_written = false;
    }
    if (is_written) {
        is_written = (force ? rename(temporary, path) : link(temporary, path)) == 0;
        reason = errno;
    }
    if (is_made && (!is_written || !force)) unlink(temporary);
    free(temporary);
    if (is_written) return true;
    return !force && reason == EEXIST ? is_there(path, error) : cannot_write(path, reason, error);
}
