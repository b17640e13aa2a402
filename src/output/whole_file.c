/* whole_file.c: see whole_file.h. Without `force` the file gets its name by a step that fails where one is there, so that
 * no other program's file is overwritten. */
#include "output/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/cannot_write.h"
#include "port/files.h"

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
    error_set(error, EXIT_WRONG_USE, "%s exists already", path);
    return error_fix(error, "Name another file, or replace it:\n{run} --force");
}

/* A device, a pipe, or what /dev/stdout leads to where that is no file: written to, never replaced. */
static bool is_stream(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool whole_file_check(const char *path, bool force, struct error *error) {
    struct stat status;
    const char *fault = files_name_fault(path);
    if (fault) {
        error_set(error, EXIT_WRONG_USE, "%s cannot be the name of an output: %s", path, fault);
        return error_fix(error, "Name another file.");
    }
    if (is_stream(path) || lstat(path, &status) != 0) return true;
    if (!force) place_sweep(path);
    if (S_ISLNK(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "%s is a link", path);
        return error_fix(error, "Name the file that it links to, or another one.");
    }
    return force || is_there(path, error);
}

/* Closes, and keeps the first failure. */
static bool close_file(int file, bool is_fine, int *reason) {
    if (file >= 0 && close(file) != 0 && errno != EINTR && is_fine) {
        *reason = errno;
        return false;
    }
    return is_fine;
}

static bool put_bytes(const char *path, int flags, struct view bytes, int *reason) {
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
    bool is_fine = file >= 0 && write_all(file, bytes);
    *reason = errno;
    return close_file(file, is_fine, reason);
}

bool whole_file_begin(const char *path, bool force, const struct place_watch *watch, struct whole_file *file,
                      struct error *error) {
    *file = (struct whole_file){.force = force};
    if (!whole_file_check(path, force, error)) return false;
    if (is_stream(path)) { /* such a file has to be written here and there */
        cannot_write_error(path, ESPIPE, error);
        return false;
    }
    if (place_begin(path, false, watch, &file->place, error) && place_make_folder(&file->place, error)) {
        file->path = memory_print("%s/st2plecto.part", file->place.temporary);
        return true;
    }
    place_end(&file->place, true);
    return false;
}

/* Gives the file its name; false with errno EEXIST if another has it. */
static bool put_in_place(const char *from, const char *to, bool force) {
    struct stat status;
    bool is_file = force && lstat(to, &status) == 0 && S_ISREG(status.st_mode);
    if (force) return (is_file && files_exchange(from, to)) || rename(from, to) == 0;
    return files_rename_new(from, to); /* programs of ours are kept away by the lock */
}

bool whole_file_publish(struct whole_file *file, struct error *error) {
    const char *path = file->place.target;
    int synced = open(file->path, O_RDONLY | O_CLOEXEC), reason = 0;
    bool is_fine = synced >= 0 && place_sync(synced) == 0;
    reason = errno;
    is_fine = close_file(synced, is_fine, &reason);
    if (is_fine && !put_in_place(file->path, path, file->force)) {
        reason = errno;
        is_fine = false;
    }
    if (!is_fine && reason == EEXIST && !file->force)
        is_there(path, error);
    else if (!is_fine)
        cannot_write_error(path, reason, error);
    if (is_fine && !place_sync_folder(file->place.parent, error)) { /* back to what was there */
        if (!files_exchange(file->path, path)) rename(path, file->path);
        is_fine = false;
    }
    whole_file_discard(file);
    return is_fine;
}

void whole_file_discard(struct whole_file *file) {
    if (!file->path) return;
    free(file->path);
    file->path = NULL;
    place_end(&file->place, true);
}

bool whole_file_write(const char *path, struct view bytes, bool force, const struct place_watch *watch,
                      struct error *error) {
    struct whole_file file;
    int reason = 0;
    if (!files_name_fault(path) && is_stream(path)) return put_bytes(path, 0, bytes, &reason) || cannot_write_error(path, reason, error);
    if (!whole_file_begin(path, force, watch, &file, error)) return false;
    if (put_bytes(file.path, O_CREAT | O_EXCL | O_NOFOLLOW, bytes, &reason)) return whole_file_publish(&file, error);
    whole_file_discard(&file);
    return cannot_write_error(path, reason, error);
}
