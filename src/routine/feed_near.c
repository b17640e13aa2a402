/* feed_near.c: see feed_near.h. */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include "routine/feed_near.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/plain.h"
#include "base/words.h"
#include "input/no_export.h"
#include "routine/feed_files.h"

#define SHOWN 5

/* --- names of a folder ------------------------------------------------------------------------------------ */

struct names {
    char **list;
    size_t count;
};

static void add_name(struct names *names, const char *name) {
    names->list = memory_resize(names->list, (names->count + 1) * sizeof *names->list);
    names->list[names->count++] = memory_copy(view_of(name));
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void names_free(struct names *names) {
    for (size_t i = 0; i < names->count; i++)
        free(names->list[i]);
    free(names->list);
    *names = (struct names){0};
}

/* The files of a folder that may be exports by their names; false: it cannot be read. */
static bool names_of(const char *folder, struct names *names) {
    DIR *entries = opendir(folder);
    if (!entries) return false;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (!no_export_by_name(entry->d_name).reason) add_name(names, entry->d_name);
    closedir(entries);
    if (names->count > 0) qsort(names->list, names->count, sizeof *names->list, compare_names);
    return true;
}

/* A pattern's folder, "." where it has none, and its pattern of names; NULL where the folder is a pattern. */
static char *folder_of(const char *pattern, const char **base) {
    const char *slash = strrchr(pattern, '/');
    size_t length = slash ? (size_t)(slash - pattern) : 0;
    *base = slash ? slash + 1 : pattern;
    char *folder = memory_copy(slash ? view_from(pattern, length > 0 ? length : 1) : view_of("."));
    if (!strpbrk(folder, "*?[")) return folder;
    free(folder);
    return NULL;
}

/* --- a feed that finds nothing ---------------------------------------------------------------------------- */

/* "jobs*" as "Jobs*" for "Jobs Sep.csv"; where that does not take it, the name itself. The caller frees. */
static char *corrected(const char *base, const char *name) {
    size_t literal = strcspn(base, "*?[");
    char *pattern = memory_print("%.*s%s", (int)literal, name, base + literal);
    if (strlen(name) >= literal && fnmatch(pattern, name, 0) == 0) return pattern;
    free(pattern);
    return memory_copy(view_of(name));
}

static void add_names(const struct names *names, struct buffer *out) {
    for (size_t i = 0; i < names->count && i < SHOWN; i++) {
        buffer_add_text(out, i > 0 ? ", " : "");
        plain_add_text(out, names->list[i]);
    }
    if (names->count > SHOWN) buffer_print(out, " and %zu more", names->count - SHOWN);
}

static bool add_near(const char *pattern, const char *folder, const char *base, const struct names *names,
                     struct buffer *out) {
    const char *slash = strrchr(pattern, '/');
    for (size_t i = 0; i < names->count; i++) {
        if (fnmatch(base, names->list[i], FNM_CASEFOLD) != 0) continue;
        char *better = corrected(base, names->list[i]);
        plain_add_text(out, folder);
        buffer_add_text(out, " has ");
        plain_add_text(out, names->list[i]);
        buffer_add_text(out, ", and capital letters count: write \"");
        if (slash) plain_add(out, view_from(pattern, (size_t)(slash - pattern) + 1));
        plain_add_text(out, better);
        buffer_add_text(out, "\" in \"files\".");
        free(better);
        return true;
    }
    return false;
}

bool feed_near(const struct feed *feed, struct buffer *out) {
    bool is_near = false;
    for (size_t i = 0; i < feed->file_count; i++) {
        const char *base;
        struct names names = {0};
        char *folder = folder_of(feed->files[i], &base);
        if (!folder) continue;
        if (out->length > 0) buffer_add_char(out, '\n');
        if (!names_of(folder, &names)) {
            buffer_add_text(out, "There is no folder ");
            plain_add_text(out, folder);
            buffer_add_text(out, " that can be read.");
        } else if (add_near(feed->files[i], folder, base, &names, out)) {
            is_near = true;
        } else {
            plain_add_text(out, folder);
            buffer_add_text(out, names.count > 0 ? " has: " : " has no exports");
            add_names(&names, out);
            buffer_add_char(out, '.');
        }
        names_free(&names);
        free(folder);
    }
    return is_near;
}

/* --- files that no feed takes ----------------------------------------------------------------------------- */

/* Files and folders, by what they are and not by how they are written. */
struct identities {
    struct stat *list;
    size_t count;
};

static bool is_known(const struct identities *known, const struct stat *status) {
    for (size_t i = 0; i < known->count; i++)
        if (known->list[i].st_dev == status->st_dev && known->list[i].st_ino == status->st_ino) return true;
    return false;
}

/* False: it is not there, or was known. */
static bool add_identity(struct identities *known, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0 || is_known(known, &status)) return false;
    known->list = memory_resize(known->list, (known->count + 1) * sizeof *known->list);
    known->list[known->count++] = status;
    return true;
}

/* What the feed reads: its files, and those that its options name ("roster.csv", "splits=splits.csv"). */
static void add_claimed(const struct feed *feed, struct identities *claimed) {
    struct feed_files files = {0};
    struct error ignored = {0};
    feed_files_find(feed, &files, &ignored);
    error_free(&ignored);
    for (size_t i = 0; i < files.count; i++)
        add_identity(claimed, files.list[i].path);
    feed_files_free(&files);
    for (size_t i = 0; i < feed->option_count; i++) {
        const char *value = feed->options[i].value, *equals = value ? strchr(value, '=') : NULL;
        if (value) add_identity(claimed, value);
        if (equals) add_identity(claimed, equals + 1);
    }
}

static void add_unclaimed(const char *folder, const struct identities *claimed, struct names *paths) {
    struct names names = {0};
    names_of(folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct stat status;
        char *path = strcmp(folder, ".") == 0 ? memory_copy(view_of(names.list[i]))
                                              : memory_print("%s/%s", folder, names.list[i]);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && !is_known(claimed, &status) &&
            !no_export_by_content(path).reason)
            add_name(paths, path);
        free(path);
    }
    names_free(&names);
}

char **routine_unclaimed(const struct routine *routine, size_t *count) {
    struct identities claimed = {0}, folders = {0};
    struct names paths = {0};
    for (size_t i = 0; i < routine->count; i++)
        add_claimed(&routine->feeds[i], &claimed);
    for (size_t i = 0; i < routine->count; i++)
        for (size_t k = 0; k < routine->feeds[i].file_count; k++) {
            const char *base;
            char *folder = folder_of(routine->feeds[i].files[k], &base);
            if (folder && *base && strpbrk(base, "*?[") && add_identity(&folders, folder))
                add_unclaimed(folder, &claimed, &paths);
            free(folder);
        }
    free(claimed.list);
    free(folders.list);
    if (paths.count > 0) qsort(paths.list, paths.count, sizeof *paths.list, compare_names);
    *count = paths.count;
    return paths.list;
}
