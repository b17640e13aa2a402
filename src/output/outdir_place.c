/* outdir_place.c: from a temporary folder to the one asked for, in one rename.
 *
 * Beside the target lie, during a run, .NAME.st2plecto.lock (held by flock: a second run to the same folder says
 * so) and .NAME.st2plecto-PID (the folder to be). A killed run leaves both behind; its lock is free, so the next
 * run takes it and removes the folder. */
#define _GNU_SOURCE /* flock, renameat2 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/outdir_private.h"

/* All files any command of ours publishes. */
static const char *const our_names[] = {
    "registrations.jsonl", "import.csv",  "datasource.json", "rejected.csv", "result.json",
    "receipt.json",        "import.xlsx", "review.xlsx",     "report.html",  "refused.csv",
};

bool outdir_is_our_name(const char *name) {
    for (size_t i = 0; i < sizeof our_names / sizeof *our_names; i++)
        if (strcmp(our_names[i], name) == 0) return true;
    return false;
}

/* Removes a folder that holds files of ours only. */
static void remove_folder(const char *path) {
    for (size_t i = 0; i < sizeof our_names / sizeof *our_names; i++) {
        char *file = memory_print("%s/%s", path, our_names[i]);
        unlink(file);
        free(file);
    }
    rmdir(path);
}

void outdir_clean_up(const char *temporary) {
    /* no allocation: this runs in a signal handler */
    char path[4096];
    size_t length = strlen(temporary);
    if (length + 32 > sizeof path) return;
    memcpy(path, temporary, length);
    path[length] = '/';
    for (size_t i = 0; i < sizeof our_names / sizeof *our_names; i++) {
        memcpy(path + length + 1, our_names[i], strlen(our_names[i]) + 1);
        unlink(path);
    }
    rmdir(temporary);
    /* the lock beside it: ".NAME.st2plecto-PID" → ".NAME.st2plecto.lock" */
    path[length] = '\0';
    char *dash = strrchr(path, '-');
    if (dash && dash + 6 < path + sizeof path) {
        memcpy(dash, ".lock", 6);
        unlink(path);
    }
}

/* --- beginning ------------------------------------------------------------------------------------- */

/* Splits the target into the folder it lies in and its name; trailing slashes do not count. */
static bool split(struct outdir *outdir, const char *path, struct error *error) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    outdir->target = memory_copy(view_from(path, length));
    const char *slash = strrchr(outdir->target, '/');
    outdir->name = memory_copy(view_of(slash ? slash + 1 : outdir->target));
    outdir->parent = slash == NULL ? memory_copy(view_of("."))
                     : slash == outdir->target
                         ? memory_copy(view_of("/"))
                         : memory_copy(view_from(outdir->target, (size_t)(slash - outdir->target)));
    if (outdir->name[0] != '\0' && strcmp(outdir->name, ".") != 0 && strcmp(outdir->name, "..") != 0) return true;
    error_set(error, EXIT_WRONG_USE, "-o %s: not the name of a folder to make", path);
    return error_fix(error, "name a new folder, such as -o plecto");
}

/* Whether the target may be put in place: not there, empty, or (with force) only files of ours. */
static bool check_target(const struct outdir *outdir, struct error *error) {
    struct stat status;
    if (lstat(outdir->target, &status) != 0)
        return errno == ENOENT || outdir_system_error(error, "look at", outdir->target);
    if (!S_ISDIR(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "-o %s: there is a file or link of that name", outdir->target);
        return error_fix(error, "name another folder");
    }
    DIR *folder = opendir(outdir->target);
    if (!folder) return outdir_system_error(error, "open", outdir->target);
    bool is_fine = true;
    const struct dirent *entry;
    while (is_fine && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (!outdir_is_our_name(entry->d_name)) {
            is_fine = error_set(error, EXIT_WRONG_USE, "-o %s: it holds %s, which st2plecto did not write",
                                outdir->target, entry->d_name);
            error_fix(error, "name another folder; --force never removes files of others");
        } else if (!outdir->force) {
            is_fine = error_set(error, EXIT_WRONG_USE, "-o %s: there are results already (%s)", outdir->target,
                                entry->d_name);
            error_fix(error, "name another folder, or --force to replace them");
        }
    }
    closedir(folder);
    return is_fine;
}

static bool take_lock(struct outdir *outdir, struct error *error) {
    outdir->lock_path = memory_print("%s/.%s.st2plecto.lock", outdir->parent, outdir->name);
    for (;;) {
        outdir->lock = open(outdir->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (outdir->lock < 0) return outdir_system_error(error, "create", outdir->lock_path);
        if (flock(outdir->lock, LOCK_EX | LOCK_NB) != 0) {
            close(outdir->lock);
            outdir->lock = -1;
            error_set(error, EXIT_CANNOT_WRITE, "-o %s: another st2plecto is writing to this folder now",
                      outdir->target);
            return error_fix(error, "wait for it to end, or name another folder");
        }
        /* the one before us may have removed the name between our open and our lock */
        struct stat ours, named;
        if (fstat(outdir->lock, &ours) == 0 && stat(outdir->lock_path, &named) == 0 && ours.st_ino == named.st_ino)
            return true;
        close(outdir->lock);
    }
}

/* Folders of killed runs: we hold the lock, so nobody uses them. A run killed between the two renames of swap left
 * the old results under another name: they go back to their place first. */
static void remove_leftovers(const struct outdir *outdir) {
    char *prefix = memory_print(".%s.st2plecto-", outdir->name);
    DIR *folder = opendir(outdir->parent);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) continue;
        char *path = memory_print("%s/%s", outdir->parent, entry->d_name);
        size_t length = strlen(path);
        struct stat status;
        bool is_old = length > 4 && strcmp(path + length - 4, "-old") == 0;
        if (!is_old || lstat(outdir->target, &status) == 0 || rename(path, outdir->target) != 0) remove_folder(path);
        free(path);
    }
    if (folder) closedir(folder);
    free(prefix);
}

bool outdir_begin(const char *path, bool force, struct outdir **outdir, struct error *error) {
    struct outdir *made = memory_get_zero(1, sizeof *made);
    made->lock = -1;
    made->force = force;
    bool is_fine = split(made, path, error);
    if (is_fine && mkdir(made->parent, 0777) != 0 && errno != EEXIST)
        is_fine = outdir_system_error(error, "create", made->parent);
    is_fine = is_fine && take_lock(made, error);
    if (is_fine) remove_leftovers(made);
    is_fine = is_fine && check_target(made, error);
    if (is_fine) {
        made->temporary = memory_print("%s/.%s.st2plecto-%ld", made->parent, made->name, (long)getpid());
        is_fine = mkdir(made->temporary, 0777) == 0 || outdir_system_error(error, "create", made->temporary);
    }
    if (!is_fine) {
        outdir_free(made);
        return false;
    }
    *outdir = made;
    return true;
}

/* --- the end ------------------------------------------------------------------------------------------ */

static bool sync_folder(const char *path, struct error *error) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return outdir_system_error(error, "open", path);
    /* some file systems cannot sync folders and say EINVAL: then there is nothing to be had */
    bool is_fine = fsync(descriptor) == 0 || errno == EINVAL || outdir_system_error(error, "sync", path);
    close(descriptor);
    return is_fine;
}

/* Puts the temporary folder in the place of one that holds results: both at once where the system can exchange
 * them, else away with the old, in with the new, and back with the old if that fails. */
static bool swap(struct outdir *outdir, struct error *error) {
#ifdef RENAME_EXCHANGE
    if (renameat2(AT_FDCWD, outdir->temporary, AT_FDCWD, outdir->target, RENAME_EXCHANGE) == 0) {
        remove_folder(outdir->temporary);
        return true;
    }
#endif
    char *old = memory_print("%s/.%s.st2plecto-%ld-old", outdir->parent, outdir->name, (long)getpid());
    bool is_fine = rename(outdir->target, old) == 0 || outdir_system_error(error, "rename", outdir->target);
    if (is_fine && rename(outdir->temporary, outdir->target) != 0) {
        is_fine = outdir_system_error(error, "rename", outdir->temporary);
        if (rename(old, outdir->target) != 0) error_fix(error, "the folder that was there is now %s", old);
    } else if (is_fine) {
        remove_folder(old);
    }
    free(old);
    return is_fine;
}

bool outdir_publish(struct outdir *outdir, struct error *error) {
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < outdir->file_count; i++)
        is_fine = outfile_sync(outdir->files[i], error);
    is_fine = is_fine && sync_folder(outdir->temporary, error) && check_target(outdir, error);
    /* rename replaces an empty folder by itself */
    if (is_fine && rename(outdir->temporary, outdir->target) != 0)
        is_fine = (errno == EEXIST || errno == ENOTEMPTY) ? swap(outdir, error)
                                                          : outdir_system_error(error, "rename", outdir->temporary);
    is_fine = is_fine && sync_folder(outdir->parent, error);
    if (!is_fine) remove_folder(outdir->temporary);
    outdir_free(outdir);
    return is_fine;
}

void outdir_discard(struct outdir *outdir) {
    if (!outdir) return;
    remove_folder(outdir->temporary);
    outdir_free(outdir);
}
