/* place.h: something new that is made beside its place and then put there: whole or not at all.
 *
 * Two helpers lie beside a target NAME while it is made: .NAME.st2plecto.lock (locked: a second run for the same target
 * says so) and the folder .NAME.st2plecto-PID (what is to be). A killed run leaves both behind; its lock is free, so the
 * next run takes it and removes the folder. */
#ifndef OUTPUT_PLACE_H
#define OUTPUT_PLACE_H

#include <stdbool.h>

#include "base/error.h"

/* Who removes the temporary folder when a signal ends the program: told its path before it is there, and NULL when it is
 * gone. `parent_is_new`: the folder around it was made too, and goes with it. */
struct place_watch {
    void (*tell)(void *context, const char *temporary, bool parent_is_new);
    void *context;
};

struct place {
    char *target;       /* as asked for, without slashes at its end; owned, as the others */
    char *parent, *name;
    char *temporary;    /* the folder's path */
    char *lock_path;
    int lock;           /* its descriptor; -1: not taken */
    bool parent_is_new; /* made by place_begin */
    const struct place_watch *watch;
};

/* Takes the lock for `target`, removes what killed runs left, and tells the watch (which may be NULL and outlives the
 * place) of the temporary folder, which the caller makes with place_make_folder. `makes_parent`: the folder that the
 * target lies in is made if it is missing (one level). EXIT_WRONG_USE if `target` is no name, EXIT_CANNOT_WRITE if
 * another run works on it or the system refuses. Whatever it returns, the caller ends with place_end. */
bool place_begin(const char *target, bool makes_parent, const struct place_watch *watch, struct place *place,
                 struct error *error);
bool place_make_folder(struct place *place, struct error *error);
/* Removes what libraries left in the temporary folder of their own temporary files. */
bool place_remove_strays(const struct place *place, struct error *error);
/* Removes the temporary folder if it is there, gives the lock back, frees. */
void place_end(struct place *place, bool is_published);

/* Removes what killed runs for `target` left, if nobody works on it; for who ends before place_begin. */
void place_sweep(const char *target);

/* The folder that a file lies in: "." where the path has none. The caller frees. */
char *place_folder_of(const char *path);
/* Names that folders of ours hold. */
bool place_is_our_name(const char *name);
/* Removes our files in a folder, those of folders in it (a tree of output/tree.h), and each folder if nothing else is in
 * it. Follows no link; safe in a signal handler. */
void place_remove_folder(const char *path);
/* What the signal handler does with the path that the watch was told: the folder, its lock, and its parent if new. */
void place_clean_up(const char *temporary, bool parent_is_new);

/* Renames the temporary folder to the target, in the place of a folder that is there: at once where the system can. A
 * failure leaves what was there. EXIT_CANNOT_WRITE. */
bool place_put(const struct place *place, struct error *error);
/* Copies a file to a name that must not be there yet, and syncs it; false with errno, and then there is no copy. */
bool place_copy_file(const char *from, const char *to);
/* Syncs a folder, so that names put in it last. */
bool place_sync_folder(const char *path, struct error *error);
/* fsync that goes on after a signal. */
int place_sync(int descriptor);
/* "cannot WHAT PATH: reason of the system" by errno; false. */
bool place_system_error(struct error *error, const char *what, const char *path);

#endif
