/* files.c: see port/files.h. */
#define _GNU_SOURCE /* renameat2, getdents64 */
#include "port/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool files_exchange(const char *one, const char *other) {
#if defined(RENAME_EXCHANGE) && defined(__linux__)
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0;
#elif defined(SYS_renameat2) && defined(__linux__) /* musl */
    return syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2) == 0;
#else
    (void)one;
    (void)other;
    return false;
#endif
}

/* A file system that cannot say it at once (FAT) has no links either: a look, then the rename. */
bool files_rename_new(const char *from, const char *to) {
#if defined(RENAME_NOREPLACE) && defined(__linux__)
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
#endif
    if (link(from, to) == 0) return true;
    if (errno == EEXIST) return false;
    struct stat status;
    errno = EEXIST;
    return lstat(to, &status) != 0 && errno == ENOENT && rename(from, to) == 0;
}

/* --- removing ---------------------------------------------------------------------------------------------- */

typedef bool name_filter(const char *name);

static bool remove_below(int folder, const char *name, unsigned depth, name_filter *may_go);

static bool remove_one(int folder, const char *name, unsigned depth, name_filter *may_go) {
    return may_go(name) ? unlinkat(folder, name, 0) == 0 : remove_below(folder, name, depth, may_go);
}

/* Removes what it may of one pass over the folder; returns how many. `*is_fine` false: it cannot be listed. */
#if defined(SYS_getdents64) && defined(__linux__)
/* The kernel's own listing: opendir would want memory, which a signal handler cannot have. */
struct listed {
    uint64_t number;
    int64_t next;
    unsigned short size;
    unsigned char kind;
    char name[];
};

static size_t remove_pass(int folder, unsigned depth, name_filter *may_go, bool *is_fine) {
    _Alignas(struct listed) char entries[4096];
    size_t removed = 0;
    long got = 0;
    while ((got = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0)
        for (long at = 0; at < got;) {
            const struct listed *entry = (const struct listed *)(const void *)(entries + at);
            removed += remove_one(folder, entry->name, depth, may_go);
            at += entry->size;
        }
    *is_fine = got == 0;
    return removed;
}
#else
static size_t remove_pass(int folder, unsigned depth, name_filter *may_go, bool *is_fine) {
    int again = dup(folder);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    size_t removed = 0;
    *is_fine = entries != NULL;
    if (!entries) {
        if (again >= 0) close(again);
        return 0;
    }
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;)
        removed += remove_one(folder, entry->d_name, depth, may_go);
    closedir(entries);
    return removed;
}
#endif

/* Passes over the folder until one removes nothing: a listing may pass over names while others go. */
static bool remove_all(int folder, unsigned depth, name_filter *may_go) {
    bool is_fine = true;
    while (remove_pass(folder, depth, may_go, &is_fine) > 0)
        if (lseek(folder, 0, SEEK_SET) < 0) break;
    return is_fine;
}

static bool remove_below(int folder, const char *name, unsigned depth, name_filter *may_go) {
    if (depth == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return false;
    int below = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (below < 0) return false;
    remove_all(below, depth - 1, may_go);
    close(below);
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool folder_remove(const char *path, unsigned depth, name_filter *may_go) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return false;
    bool is_fine = remove_all(folder, depth, may_go);
    close(folder);
    return is_fine && rmdir(path) == 0;
}

bool folder_remove_files(const char *path, name_filter *may_go) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;
    bool is_fine = entries != NULL;
    const struct dirent *entry;
    while (is_fine && (entry = readdir(entries)) != NULL)
        is_fine = !may_go(entry->d_name) || unlinkat(folder, entry->d_name, 0) == 0 || errno == ENOENT;
    int reason = errno;
    if (entries)
        closedir(entries);
    else if (folder >= 0)
        close(folder);
    errno = reason;
    return is_fine;
}

/* --- names ------------------------------------------------------------------------------------------------- */

/* NOLINTNEXTLINE(readability-non-const-parameter): Windows writes it */
void files_take_path(char *path) {
    (void)path; /* a backslash is part of the name */
}

bool files_is_absolute(const char *path) {
    return *path == '/';
}

const char *files_name_fault(const char *path) {
    (void)path;
    return NULL;
}

const char *files_temporary_folder(void) {
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}
