/* tree.h: what lies in a folder: remembered, compared, put back. For the sweep: small trees, kept in memory. */
#ifndef FAULTS_TREE_H
#define FAULTS_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct tree_entry {
    char *path; /* below the folder; owned */
    char *content; /* of a file or link; NULL: a folder. Owned */
    size_t length;
    bool is_link;
};

struct tree {
    struct tree_entry *entries;
    size_t count;
};

/* Remembers all that lies below `folder`; the caller frees with tree_free. */
void tree_read(const char *folder, struct tree *tree);
void tree_free(struct tree *tree);
/* Empties `folder` and makes it as remembered. */
void tree_restore(const struct tree *tree, const char *folder);
/* Makes a copy without what a killed run may leave for the next one: names that hold ".st2plecto". `*left` counts them. */
void tree_without_leftovers(const struct tree *tree, struct tree *clean, size_t *left);
/* Whether all entries below the top-level name (of `length`) are the same in both; "" compares all. */
bool tree_same(const struct tree *one, const struct tree *other, const char *top);
/* Lines of the file, or 0. */
size_t tree_lines(const struct tree *tree, const char *path);

#endif
