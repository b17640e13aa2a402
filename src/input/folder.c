/* folder.c: a folder on the command line stands for the exports in it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "input/input.h"

struct path_list {
    char **paths;
    size_t count, capacity;
};

static void add_path(struct path_list *list, char *path) {
    void *paths = list->paths;
    memory_grow(&paths, &list->capacity, list->count + 1, sizeof *list->paths);
    list->paths = paths;
    list->paths[list->count++] = path;
}

static void free_paths(struct path_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->paths[i]);
    free(list->paths);
}

static bool ends_with(struct view name, const char *ending) {
    struct view wanted = view_of(ending);
    return name.length > wanted.length &&
           view_equal_fold(view_from(name.text + name.length - wanted.length, wanted.length), wanted);
}

/* By its ending, with or without .gz. */
static bool is_export(const char *file_name) {
    static const char *const endings[] = {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx"};
    struct view name = view_of(file_name);
    if (name.length == 0 || name.text[0] == '.') return false;
    if (view_starts_with(name, "~$")) return false; /* Excel's mark that a workbook is open */
    if (ends_with(name, ".gz")) name.length -= 3;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(name, endings[i])) return true;
    }
    return false;
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool add_folder(struct path_list *list, const char *folder, struct error *error) {
    size_t first = list->count, length = strlen(folder);
    DIR *entries = opendir(folder);
    if (!entries) {
        error_set(error, EXIT_CANNOT_READ, "%s: the folder cannot be read: %s", folder, strerror(errno));
        return error_fix(error, "Check its permissions, or name the files instead.");
    }
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(entries)) != NULL; errno = 0) {
        if (!is_export(entry->d_name)) continue;
        const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
        char *path = memory_print("%s%s%s", folder, slash, entry->d_name);
        if (is_folder(path))
            free(path);
        else
            add_path(list, path);
    }
    int reason = errno; /* half a folder is no folder */
    closedir(entries);
    if (reason != 0) {
        error_set(error, EXIT_CANNOT_READ, "%s: the folder cannot be read: %s", folder, strerror(reason));
        return error_fix(error, "Run again, or name the files instead.");
    }
    if (list->count == first) {
        error_set(error, EXIT_CANNOT_READ, "%s: there is no export in this folder", folder);
        return error_fix(
            error, "Export files end in .csv, .tsv, .txt, .json, .jsonl, .ndjson, each also with .gz. Folders in it "
                   "are not searched.");
    }
    qsort(list->paths + first, list->count - first, sizeof *list->paths, compare_paths);
    return true;
}

bool input_expand_paths(char *const *paths, size_t count, char ***expanded, size_t *expanded_count,
                        struct error *error) {
    struct path_list list = {0};
    *expanded = NULL;
    *expanded_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_folder(paths[i])) {
            add_path(&list, memory_copy(view_of(paths[i])));
        } else if (!add_folder(&list, paths[i], error)) {
            free_paths(&list);
            return false;
        }
    }
    *expanded = list.paths;
    *expanded_count = list.count;
    return true;
}
