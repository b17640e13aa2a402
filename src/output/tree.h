/* tree.h: published folders that appear together: `out/jobs`, `out/invoices` and an overview, by one rename.
 *
 * Each folder is made in the tree's temporary folder by outdir as always; a folder of the earlier tree that has no new
 * one may be kept. */
#ifndef OUTPUT_TREE_H
#define OUTPUT_TREE_H

#include "base/view.h"
#include "output/place.h"

struct tree;

#define TREE_OVERVIEW "overview.json"
#define TREE_FORMAT "st2plecto-overview/1"

/* Whether `path` is a folder with an overview of ours. */
bool tree_is_there(const char *path);
/* Begins. `path` must not exist, be an empty folder, or, with `force`, hold only files of ours and folders of such;
 * EXIT_WRONG_USE otherwise. `watch` as in place.h. */
bool tree_begin(const char *path, bool force, const struct place_watch *watch, struct tree **tree, struct error *error);
/* Where the folder of that name is to be made; the caller frees. */
char *tree_stage(const struct tree *tree, const char *name);
/* The path of that folder of the earlier tree, or NULL if it has none with a result; the caller frees. */
char *tree_earlier(const struct tree *tree, const char *name);
/* Names of the folders with a result in `path`, in order; the caller frees each and the list. */
char **tree_folders(const char *path, size_t *count);
/* Those of the earlier tree. */
char **tree_earlier_names(const struct tree *tree, size_t *count);
/* Takes the earlier tree's folder of that name over, in the place of what was made under that name. */
bool tree_keep(struct tree *tree, const char *name, struct error *error);
/* Writes and syncs a file of the tree itself. */
bool tree_put(struct tree *tree, const char *name, struct view bytes, struct error *error);
/* Puts the tree in its place; frees it. On failure the old state stays. */
bool tree_publish(struct tree *tree, struct error *error);
/* Removes all; frees. NULL is fine. */
void tree_discard(struct tree *tree);

#endif
