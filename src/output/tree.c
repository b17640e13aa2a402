/* tree.c: see tree.h. A folder that is kept is linked file by file, so that the earlier tree is whole until the rename; a
 * file system without links gets copies. */
#include "output/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/formats.h"

struct tree {
    struct place place;
    bool force;
};

bool tree_is_there(const char *path) {
    static const char begin[] = "{\"format\":\"" TREE_FORMAT "\"";
    char head[sizeof begin - 1], *file = memory_print("%s/" TREE_OVERVIEW, path);
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool is_there = descriptor >= 0 && read(descriptor, head, sizeof head) == (ssize_t)sizeof head &&
                    memcmp(head, begin, sizeof head) == 0;
    if (descriptor >= 0) close(descriptor);
    free(file);
    return is_there;
}

/* --- what may be replaced --------------------------------------------------------------------------------- */

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool is_real_folder(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The first entry of `path` that is not ours, as a path below it; NULL if there is none. The caller frees. */
static char *find_foreign(const char *path, bool goes_below) {
    DIR *folder = opendir(path);
    char *found = folder ? NULL : memory_copy(view_of("something that cannot be read"));
    const struct dirent *entry;
    while (folder && !found && (entry = readdir(folder)) != NULL) {
        if (is_dots(entry->d_name) || place_is_our_name(entry->d_name)) continue;
        char *below = memory_print("%s/%s", path, entry->d_name);
        if (goes_below && is_real_folder(below)) {
            char *inner = find_foreign(below, false);
            if (inner) found = memory_print("%s/%s", entry->d_name, inner);
            free(inner);
        } else {
            found = memory_copy(view_of(entry->d_name));
        }
        free(below);
    }
    if (folder) closedir(folder);
    return found;
}

static bool is_empty(const char *path) {
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool is_one = folder != NULL;
    while (is_one && (entry = readdir(folder)) != NULL)
        is_one = is_dots(entry->d_name);
    if (folder) closedir(folder);
    return is_one;
}

static bool check_target(const struct tree *tree, struct error *error) {
    const char *target = tree->place.target;
    struct stat status;
    if (lstat(target, &status) != 0) return errno == ENOENT || place_system_error(error, "look at", target);
    if (!S_ISDIR(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "-o %s: a file or link has that name", target);
        return error_fix(error, "Name another folder.");
    }
    char *foreign = find_foreign(target, true);
    if (foreign) {
        error_set(error, EXIT_WRONG_USE, "-o %s: the folder has %s, which st2plecto did not write", target, foreign);
        error_fix(error, "Name another folder. --force never removes other files.");
        free(foreign);
        return false;
    }
    if (tree->force || is_empty(target)) return true;
    error_set(error, EXIT_WRONG_USE, "-o %s: the folder has results already", target);
    return error_fix(error, "Name another folder, or replace the results:\n{run} --force");
}

bool tree_begin(const char *path, bool force, const struct place_watch *watch, struct tree **tree,
                struct error *error) {
    struct tree *made = memory_get_zero(1, sizeof *made);
    made->force = force;
    if (!place_begin(path, true, watch, &made->place, error) || !check_target(made, error) ||
        !place_make_folder(&made->place, error)) {
        tree_discard(made);
        return false;
    }
    *tree = made;
    return true;
}

char *tree_stage(const struct tree *tree, const char *name) {
    return memory_print("%s/%s", tree->place.temporary, name);
}

/* --- folders of before ------------------------------------------------------------------------------------ */

static char *find_folder(const char *path, const char *name) {
    char *folder = memory_print("%s/%s", path, name);
    char *result = memory_print("%s/%s", folder, output_name(OUTPUT_RESULT));
    bool is_there = is_real_folder(folder) && access(result, F_OK) == 0;
    free(result);
    if (is_there) return folder;
    free(folder);
    return NULL;
}

char *tree_earlier(const struct tree *tree, const char *name) {
    return find_folder(tree->place.target, name);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

char **tree_folders(const char *path, size_t *count) {
    size_t capacity = 0;
    void *list = NULL;
    DIR *folder = opendir(path);
    const struct dirent *entry;
    *count = 0;
    while (folder && (entry = readdir(folder)) != NULL) {
        char *earlier = is_dots(entry->d_name) ? NULL : find_folder(path, entry->d_name);
        if (!earlier) continue;
        free(earlier);
        memory_grow(&list, &capacity, *count + 1, sizeof(char *));
        ((char **)list)[(*count)++] = memory_copy(view_of(entry->d_name));
    }
    if (folder) closedir(folder);
    if (*count > 1) qsort(list, *count, sizeof(char *), compare_names);
    return list;
}

char **tree_earlier_names(const struct tree *tree, size_t *count) {
    return tree_folders(tree->place.target, count);
}

static bool keep_file(const char *from_folder, const char *to_folder, const char *name, struct error *error) {
    char *from = memory_print("%s/%s", from_folder, name), *to = memory_print("%s/%s", to_folder, name);
    bool is_fine = link(from, to) == 0 || place_copy_file(from, to) || place_system_error(error, "keep", from);
    free(from);
    free(to);
    return is_fine;
}

bool tree_keep(struct tree *tree, const char *name, struct error *error) {
    char *from = tree_earlier(tree, name), *to = tree_stage(tree, name);
    place_remove_folder(to); /* what this run made of it */
    DIR *folder = from ? opendir(from) : NULL;
    bool is_fine = (folder && mkdir(to, 0770) == 0) || place_system_error(error, "keep", name);
    const struct dirent *entry;
    while (is_fine && (entry = readdir(folder)) != NULL)
        if (place_is_our_name(entry->d_name)) is_fine = keep_file(from, to, entry->d_name, error);
    if (folder) closedir(folder);
    is_fine = is_fine && place_sync_folder(to, error);
    free(from);
    free(to);
    return is_fine;
}

/* --- the end ---------------------------------------------------------------------------------------------- */

bool tree_put(struct tree *tree, const char *name, struct view bytes, struct error *error) {
    char *path = tree_stage(tree, name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
    bool is_fine = file >= 0;
    while (is_fine && bytes.length > 0) {
        ssize_t written = write(file, bytes.text, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        is_fine = written >= 0;
        if (is_fine) bytes = view_from(bytes.text + written, bytes.length - (size_t)written);
    }
    is_fine = is_fine && place_sync(file) == 0;
    if (file >= 0 && close(file) != 0 && errno != EINTR) is_fine = false;
    if (!is_fine) place_system_error(error, "write", path);
    free(path);
    return is_fine;
}

bool tree_publish(struct tree *tree, struct error *error) {
    bool is_fine = place_sync_folder(tree->place.temporary, error) && check_target(tree, error) &&
                   place_put(&tree->place, error);
    place_end(&tree->place, is_fine);
    free(tree);
    return is_fine;
}

void tree_discard(struct tree *tree) {
    if (!tree) return;
    place_end(&tree->place, false);
    free(tree);
}
