/* tree.c: see tree.h. */
#define _GNU_SOURCE
#include "tree.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare(const void *left, const void *right) {
    return strcmp(((const struct tree_entry *)left)->path, ((const struct tree_entry *)right)->path);
}

static void add(struct tree *tree, struct tree_entry entry) {
    tree->entries = realloc(tree->entries, (tree->count + 1) * sizeof *tree->entries);
    if (!tree->entries) err(2, "memory");
    tree->entries[tree->count++] = entry;
}

static void read_content(const char *path, const struct stat *status, struct tree_entry *entry) {
    entry->length = (size_t)status->st_size;
    entry->content = malloc(entry->length + 1);
    if (!entry->content) err(2, "memory");
    entry->is_link = S_ISLNK(status->st_mode);
    if (entry->is_link) {
        ssize_t got = readlink(path, entry->content, entry->length + 1);
        entry->length = got < 0 ? 0 : (size_t)got;
        return;
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : read(file, entry->content, entry->length);
    if (got < 0) err(2, "%s", path);
    entry->length = (size_t)got;
    close(file);
}

static void read_below(const char *folder, const char *prefix, struct tree *tree) {
    DIR *directory = opendir(folder);
    if (!directory) err(2, "%s", folder);
    const struct dirent *found;
    while ((found = readdir(directory)) != NULL) {
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0) continue;
        char *full, *path;
        if (asprintf(&full, "%s/%s", folder, found->d_name) < 0 || asprintf(&path, "%s%s", prefix, found->d_name) < 0)
            err(2, "memory");
        struct stat status;
        if (lstat(full, &status) != 0) err(2, "%s", full);
        struct tree_entry entry = {.path = path};
        if (!S_ISDIR(status.st_mode)) read_content(full, &status, &entry);
        add(tree, entry);
        if (S_ISDIR(status.st_mode)) {
            char *below;
            if (asprintf(&below, "%s/", path) < 0) err(2, "memory");
            read_below(full, below, tree);
            free(below);
        }
        free(full);
    }
    closedir(directory);
}

void tree_read(const char *folder, struct tree *tree) {
    *tree = (struct tree){0};
    read_below(folder, "", tree);
    if (tree->count) qsort(tree->entries, tree->count, sizeof *tree->entries, compare);
}

void tree_free(struct tree *tree) {
    for (size_t i = 0; i < tree->count; i++) {
        free(tree->entries[i].path);
        free(tree->entries[i].content);
    }
    free(tree->entries);
    *tree = (struct tree){0};
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    return place->level == 0 ? 0 : remove(path);
}

void tree_restore(const struct tree *tree, const char *folder) {
    if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0) err(2, "cannot empty %s", folder);
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_entry *entry = &tree->entries[i];
        char *path;
        if (asprintf(&path, "%s/%s", folder, entry->path) < 0) err(2, "memory");
        if (!entry->content) {
            if (mkdir(path, 0777) != 0) err(2, "%s", path);
        } else if (entry->is_link) {
            entry->content[entry->length] = '\0';
            if (symlink(entry->content, path) != 0) err(2, "%s", path);
        } else {
            int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
            if (file < 0 || write(file, entry->content, entry->length) != (ssize_t)entry->length || close(file) != 0)
                err(2, "%s", path);
        }
        free(path);
    }
}

void tree_without_leftovers(const struct tree *tree, struct tree *clean, size_t *left) {
    *clean = (struct tree){0};
    *left = 0;
    for (size_t i = 0; i < tree->count; i++) {
        struct tree_entry entry = tree->entries[i];
        if (strstr(entry.path, ".st2plecto")) {
            ++*left;
            continue;
        }
        entry.path = strdup(entry.path);
        if (entry.content) {
            char *content = malloc(entry.length + 1);
            if (!content) err(2, "memory");
            memcpy(content, entry.content, entry.length);
            entry.content = content;
        }
        add(clean, entry);
    }
}

static bool is_below(const char *path, const char *top) {
    size_t length = strlen(top);
    return length == 0 || (strncmp(path, top, length) == 0 && (path[length] == '\0' || path[length] == '/'));
}

static size_t next(const struct tree *tree, size_t from, const char *top) {
    while (from < tree->count && !is_below(tree->entries[from].path, top))
        from++;
    return from;
}

bool tree_same(const struct tree *one, const struct tree *other, const char *top) {
    size_t i = next(one, 0, top), j = next(other, 0, top);
    for (; i < one->count && j < other->count; i = next(one, i + 1, top), j = next(other, j + 1, top)) {
        const struct tree_entry *a = &one->entries[i], *b = &other->entries[j];
        if (strcmp(a->path, b->path) != 0 || !a->content != !b->content || a->is_link != b->is_link) return false;
        if (a->content && (a->length != b->length || memcmp(a->content, b->content, a->length) != 0)) return false;
    }
    return i == one->count && j == other->count;
}

size_t tree_lines(const struct tree *tree, const char *path) {
    size_t lines = 0;
    for (size_t i = 0; i < tree->count; i++)
        if (strcmp(tree->entries[i].path, path) == 0 && tree->entries[i].content)
            for (size_t at = 0; at < tree->entries[i].length; at++)
                lines += tree->entries[i].content[at] == '\n';
    return lines;
}
