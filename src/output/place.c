/* place.c: see place.h. */
#define _GNU_SOURCE /* flock */
#include "output/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/cannot_write.h"
#include "output/formats.h"
#include "port/files.h"
#include "port/process.h"

/* Files that other commands publish, and what a single one is called while it is made. */
static const char *const other_names[] = {"report.html", "refused.csv", "st2plecto.part", "overview.json", "overview.html"};
#define NAME_COUNT (OUTPUT_COUNT + sizeof other_names / sizeof *other_names)

/* All names of files of ours, by number. */
static const char *our_name(size_t number) {
    return number < OUTPUT_COUNT ? output_name((enum output_id)number) : other_names[number - OUTPUT_COUNT];
}

bool place_is_our_name(const char *name) {
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strcmp(our_name(i), name) == 0) return true;
    return false;
}

bool place_system_error(struct error *error, const char *what, const char *path) {
    int number = errno;
    if (number == ENOTDIR || number == ENOENT) return cannot_write_error(path, number, error);
    error_set(error, EXIT_CANNOT_WRITE, "cannot %s %s: %s", what, path, strerror(number));
    if (number == EBUSY || number == ETXTBSY)
        error_fix(error, "Nothing was published. " CANNOT_WRITE_CLOSE_IT);
    else if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        error_fix(error, "Nothing was published. Free some space on the disk.");
    return false;
}

int place_sync(int descriptor) {
    int answer;
    do {
        answer = fsync(descriptor);
    } while (answer != 0 && errno == EINTR);
    return answer;
}

bool place_sync_folder(const char *path, struct error *error) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return place_system_error(error, "open", path);
    /* some file systems cannot sync folders and say EINVAL: then there is nothing to be had */
    bool is_fine = place_sync(descriptor) == 0 || errno == EINVAL || place_system_error(error, "sync", path);
    close(descriptor);
    return is_fine;
}

/* --- removing ---------------------------------------------------------------------------------------------- */

#define LOCK_END ".st2plecto.lock"
#define TREE_DEPTH 3 /* a tree, a folder of it, and what is made beside that one */

/* A file that libxlsxwriter works with. */
static bool is_stray(const char *name) {
    return strncmp(name, "tmp.", 4) == 0;
}

/* Ours, one of those, or the lock of a folder within a tree. */
static bool may_be_removed(const char *name) {
    size_t length = strlen(name), end = strlen(LOCK_END);
    return place_is_our_name(name) || is_stray(name) ||
           (name[0] == '.' && length > end && strcmp(name + length - end, LOCK_END) == 0);
}

/* Where the folder cannot be listed, such as with no descriptor left: by their names. */
static void remove_by_name(const char *folder) {
    char path[4096];
    struct stat status;
    size_t length = strlen(folder);
    if (length + 32 > sizeof path || lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) return;
    memcpy(path, folder, length + 1);
    path[length] = '/';
    for (size_t i = 0; i < NAME_COUNT; i++) {
        memcpy(path + length + 1, our_name(i), strlen(our_name(i)) + 1);
        unlink(path);
    }
    rmdir(folder);
}

void place_remove_folder(const char *path) {
    if (!folder_remove(path, TREE_DEPTH, may_be_removed)) remove_by_name(path);
}

void place_clean_up(const char *temporary, bool parent_is_new) {
    char path[4096];
    size_t length = strlen(temporary);
    place_remove_folder(temporary);
    if (length + 8 > sizeof path) return;
    memcpy(path, temporary, length + 1);
    char *dash = strrchr(path, '-'); /* ".NAME.st2plecto-PID" becomes ".NAME.st2plecto.lock" */
    if (!dash) return;
    memcpy(dash, ".lock", 6);
    unlink(path);
    char *slash = strrchr(path, '/');
    if (!parent_is_new || !slash) return;
    *slash = '\0';
    rmdir(path);
}

/* Folders of killed runs: we hold the lock, so nobody uses them. A run killed between two renames left the old results
 * under another name: they go back to their place first. */
static void remove_leftovers(const struct place *place) {
    char *prefix = memory_print(".%s.st2plecto-", place->name);
    DIR *folder = opendir(place->parent);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) continue;
        char *path = memory_print("%s/%s", place->parent, entry->d_name);
        size_t length = strlen(path);
        struct stat status, old;
        bool is_old =
            length > 4 && strcmp(path + length - 4, "-old") == 0 && lstat(path, &old) == 0 && S_ISDIR(old.st_mode) &&
            old.st_uid == geteuid(); /* what another user put there is not ours to publish */
        if (!is_old || lstat(place->target, &status) == 0 || rename(path, place->target) != 0)
            place_remove_folder(path);
        free(path);
    }
    if (folder) closedir(folder);
    free(prefix);
}

/* --- beginning and end ------------------------------------------------------------------------------------- */

char *place_folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return memory_copy(view_of("."));
    return memory_copy(view_from(path, slash == path ? 1 : (size_t)(slash - path)));
}

/* Splits the target into the folder it lies in and its name. */
static bool split(struct place *place, const char *target, struct error *error) {
    size_t length = strlen(target);
    while (length > 1 && target[length - 1] == '/')
        length--;
    place->target = memory_copy(view_from(target, length));
    const char *slash = strrchr(place->target, '/');
    place->name = memory_copy(view_of(slash ? slash + 1 : place->target));
    place->parent = place_folder_of(place->target);
    place->lock_path = memory_print("%s/.%s.st2plecto.lock", place->parent, place->name);
    place->temporary = memory_print("%s/.%s.st2plecto-%ld", place->parent, place->name, (long)getpid());
    const char *fault = files_name_fault(place->name);
    if (fault) {
        error_set(error, EXIT_WRONG_USE, "%s cannot be the name of an output: %s", target, fault);
        return error_fix(error, "Name a new folder or file, such as plecto.");
    }
    if (place->name[0] != '\0' && strcmp(place->name, ".") != 0 && strcmp(place->name, "..") != 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s: is not the name of a new file or folder", target);
    return error_fix(error, "Name a new folder or file, such as plecto.");
}

/* Whether the name of the lock still leads to the file we locked: the run before us may have removed it between our
 * open and our lock. */
static bool is_named(const struct place *place, bool *is_gone) {
    struct stat ours, named;
    if (fstat(place->lock, &ours) != 0) return false;
    bool is_there = stat(place->lock_path, &named) == 0;
    *is_gone = is_there ? ours.st_ino != named.st_ino || ours.st_dev != named.st_dev : errno == ENOENT;
    return is_there && !*is_gone;
}

/* -1 with errno. The second open creates too: the run before us may just have removed its lock. */
static int open_lock(const char *path, bool *is_new) {
    int lock = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    *is_new = lock >= 0;
    return lock >= 0 || errno != EEXIST ? lock : open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
}

static bool take_lock(struct place *place, struct error *error) {
    for (;;) {
        bool is_gone = false, is_new = false;
        place->lock = open_lock(place->lock_path, &is_new);
        if (place->lock < 0) return cannot_write_error(place->target, errno, error);
        bool is_locked = flock(place->lock, LOCK_EX | LOCK_NB) == 0;
        if (is_locked && is_named(place, &is_gone)) return true;
        int reason = errno;
        bool is_taken = !is_locked && reason == EWOULDBLOCK;
        close(place->lock);
        place->lock = -1;
        if (is_locked && is_gone) continue;
        if (is_taken) {
            error_set(error, EXIT_CANNOT_WRITE, "%s: another st2plecto is writing to it now", place->target);
            return error_fix(error, "Wait until it ends, or give another name.");
        }
        if (is_new) unlink(place->lock_path);
        errno = reason;
        return place_system_error(error, "lock", place->lock_path);
    }
}

static void tell(const struct place *place, const char *temporary) {
    if (place->watch) place->watch->tell(place->watch->context, temporary, place->parent_is_new);
}

bool place_begin(const char *target, bool makes_parent, const struct place_watch *watch, struct place *place,
                 struct error *error) {
    struct signals_held held;
    *place = (struct place){.lock = -1, .watch = watch};
    if (!split(place, target, error)) return false;
    signals_hold(&held); /* so that the handler knows of all that is there */
    bool is_fine = true;
    if (makes_parent) {
        bool is_here = strcmp(place->parent, ".") == 0; /* some systems have another error for it than EEXIST */
        place->parent_is_new = !is_here && mkdir(place->parent, 0777) == 0;
        is_fine = is_here || place->parent_is_new || errno == EEXIST || place_system_error(error, "create", place->parent);
    }
    is_fine = is_fine && take_lock(place, error);
    if (is_fine) tell(place, place->temporary);
    signals_release(&held);
    if (is_fine) remove_leftovers(place);
    return is_fine;
}

bool place_remove_strays(const struct place *place, struct error *error) {
    return folder_remove_files(place->temporary, is_stray) || place_system_error(error, "tidy", place->temporary);
}

void place_sweep(const char *target) {
    struct place place;
    struct error ignored = {0};
    if (!place_begin(target, false, NULL, &place, &ignored)) error_free(&ignored);
    place_end(&place, false);
}

bool place_make_folder(struct place *place, struct error *error) {
    return mkdir(place->temporary, 0770) == 0 || place_system_error(error, "create", place->temporary);
}

void place_end(struct place *place, bool is_published) {
    struct signals_held held;
    signals_hold(&held);
    if (place->lock >= 0) {
        place_remove_folder(place->temporary);
        unlink(place->lock_path); /* before the lock goes: whoever waits for it finds a file without a name */
        close(place->lock);
        tell(place, NULL);
    }
    if (place->parent_is_new && !is_published) rmdir(place->parent);
    signals_release(&held);
    free(place->target);
    free(place->parent);
    free(place->name);
    free(place->temporary);
    free(place->lock_path);
    *place = (struct place){.lock = -1};
}
