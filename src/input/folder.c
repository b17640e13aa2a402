/* folder.c: a folder on the command line stands for the exports in it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/input.h"
#include "input/no_export.h"

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

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

void skipped_files_add(struct skipped_files *skipped, const char *path, struct no_export judged) {
    skipped->list = memory_resize(skipped->list, (skipped->count + 1) * sizeof *skipped->list);
    skipped->list[skipped->count++] =
        (struct skipped_file){memory_copy(view_of(path)), judged.reason, judged.may_hold_one, false};
}

static void skip_folder(struct skipped_files *skipped, const char *path) {
    skipped_files_add(skipped, path, (struct no_export){"a folder", false});
    skipped->list[skipped->count - 1].is_folder = true;
}

const char *skipped_advice(const struct skipped_file *file) {
    if (file->is_folder) return "To read it, too, add --recursive.";
    return file->may_hold_one ? "Save or export it as .xlsx or .csv." : NULL;
}

void skipped_files_free(struct skipped_files *skipped) {
    for (size_t i = 0; i < skipped->count; i++)
        free(skipped->list[i].path);
    free(skipped->list);
    *skipped = (struct skipped_files){0};
}

static int compare_skipped(const void *left, const void *right) {
    return strcmp(((const struct skipped_file *)left)->path, ((const struct skipped_file *)right)->path);
}

/* Whether the file is another part of the command: a companion, a roster. */
static bool is_other(const struct stat *other, size_t other_count, const char *path) {
    struct stat status;
    if (other_count == 0 || stat(path, &status) != 0) return false;
    for (size_t i = 0; i < other_count; i++)
        if (other[i].st_dev == status.st_dev && other[i].st_ino == status.st_ino) return true;
    return false;
}

/* Whether what lies in it is never an export of its own: hidden, or published by us. */
static bool is_closed_folder(const char *path, const char *name) {
    static const char *const ours[] = {"result.json", "overview.json"};
    bool is_closed = name[0] == '.';
    for (size_t i = 0; i < sizeof ours / sizeof *ours && !is_closed; i++) {
        char *file = memory_print("%s/%s", path, ours[i]);
        is_closed = access(file, F_OK) == 0;
        free(file);
    }
    return is_closed;
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* A file of a folder: an export, or why it is none. */
static void sort_out(struct path_list *list, char *path, const char *name, struct skipped_files *skipped) {
    struct no_export judged = no_export_by_name(name);
    if (!judged.reason) judged = no_export_by_content(path);
    if (!judged.reason) {
        add_path(list, path);
        return;
    }
    skipped_files_add(skipped, path, judged);
    free(path);
}

/* What a folder is searched for, and with what. */
struct search {
    struct path_list list;
    const struct stat *other;
    size_t other_count;
    bool is_recursive;
    struct skipped_files *skipped;
};

static bool search_folder(struct search *search, const char *folder, struct error *error);

/* A folder in a folder; takes the path. */
static bool search_below(struct search *search, char *path, const char *name, struct error *error) {
    struct stat status;
    bool is_fine = true, is_missed = !is_closed_folder(path, name);
    if (is_missed && search->is_recursive && lstat(path, &status) == 0 &&
        S_ISDIR(status.st_mode)) /* no link: no circle */
        is_fine = search_folder(search, path, error);
    else if (is_missed)
        skip_folder(search->skipped, path);
    free(path);
    return is_fine;
}

static bool search_folder(struct search *search, const char *folder, struct error *error) {
    size_t length = strlen(folder);
    DIR *entries = opendir(folder);
    if (!entries) {
        error_set(error, EXIT_CANNOT_READ, "%s: the folder cannot be read: %s", folder, strerror(errno));
        return error_fix(error, "Check its permissions, or name the files instead.");
    }
    const struct dirent *entry;
    bool is_fine = true;
    for (errno = 0; is_fine && (entry = readdir(entries)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
        char *path = memory_print("%s%s%s", folder, slash, entry->d_name);
        if (is_folder(path))
            is_fine = search_below(search, path, entry->d_name, error);
        else if (is_other(search->other, search->other_count, path))
            free(path);
        else
            sort_out(&search->list, path, entry->d_name, search->skipped);
    }
    int reason = is_fine ? errno : 0; /* half a folder is no folder */
    closedir(entries);
    if (reason == 0) return is_fine;
    error_set(error, EXIT_CANNOT_READ, "%s: the folder cannot be read: %s", folder, strerror(reason));
    return error_fix(error, "Run again, or name the files instead.");
}

static bool add_folder(struct search *search, const char *folder, struct error *error) {
    struct path_list *list = &search->list;
    struct skipped_files *skipped = search->skipped;
    size_t first = list->count, skipped_before = skipped->count, folders = 0;
    if (!search_folder(search, folder, error)) return false;
    for (size_t i = skipped_before; i < skipped->count; i++)
        folders += skipped->list[i].is_folder;
    if (list->count == first) {
        error_set(error, EXIT_CANNOT_READ, "%s: there is no export in this folder", folder);
        return error_fix(error, folders > 0 ? "To read the folders in it, too, add --recursive."
                                            : "Export files end in .csv, .tsv, .txt, .json, .jsonl, .ndjson or .xlsx. "
                                              "All but .xlsx may be compressed: .csv.gz and so on.");
    }
    if (skipped->count > skipped_before)
        qsort(skipped->list + skipped_before, skipped->count - skipped_before, sizeof *skipped->list, compare_skipped);
    qsort(list->paths + first, list->count - first, sizeof *list->paths, compare_paths);
    return true;
}

/* Those that are there; the caller frees. */
static struct stat *look_up(char *const *paths, size_t count, size_t *found) {
    struct stat *files = memory_get_zero(count + 1, sizeof *files);
    *found = 0;
    for (size_t i = 0; i < count; i++)
        if (stat(paths[i], &files[*found]) == 0) ++*found;
    return files;
}

bool input_expand_paths(char *const *paths, size_t count, char *const *others, size_t other_count, bool is_recursive,
                        char ***expanded, size_t *expanded_count, struct skipped_files *skipped, struct error *error) {
    size_t found;
    struct stat *other = look_up(others, other_count, &found);
    struct search search = {.other = other, .other_count = found, .is_recursive = is_recursive, .skipped = skipped};
    bool is_fine = true;
    *expanded = NULL;
    *expanded_count = 0;
    for (size_t i = 0; i < count && is_fine; i++) {
        if (is_folder(paths[i]))
            is_fine = add_folder(&search, paths[i], error);
        else
            add_path(&search.list, memory_copy(view_of(paths[i])));
    }
    free(other);
    if (!is_fine) {
        free_paths(&search.list);
        return false;
    }
    *expanded = search.list.paths;
    *expanded_count = search.list.count;
    return true;
}
