/* place_put.c: what was made beside its place is put there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "output/place.h"
#include "port/files.h"
#include "port/process.h"

/* Renames, and renames back if the change cannot be made to last: a failure leaves what was there. An empty folder is
 * replaced; one that is not sets `*is_full`, and is no error yet. */
static bool put_new(const struct place *place, bool *is_full, struct error *error) {
    *is_full = false;
    if (rename(place->temporary, place->target) != 0) {
        *is_full = errno == EEXIST || errno == ENOTEMPTY;
        return !*is_full && place_system_error(error, "rename", place->temporary);
    }
    if (place_sync_folder(place->parent, error)) return true;
    rename(place->target, place->temporary);
    return false;
}

/* Away with the old, in with the new, and back with the old if that fails. Signals wait, so that nobody ends the program
 * while there is neither; after a kill the next run puts the old one back. */
static bool put_in_two_steps(const struct place *place, struct error *error) {
    char *old = memory_print("%s-old", place->temporary);
    struct signals_held held;
    signals_hold(&held);
    bool is_full = false;
    bool is_fine = rename(place->target, old) == 0 || place_system_error(error, "rename", place->target);
    if (is_fine && !put_new(place, &is_full, error)) {
        is_fine = false;
        if (is_full) place_system_error(error, "rename", place->temporary);
        if (rename(old, place->target) != 0) error_fix(error, "the folder that was there is now %s", old);
    }
    signals_release(&held);
    if (is_fine) place_remove_folder(old);
    free(old);
    return is_fine;
}

/* In the place of a folder that holds results: both at once where the system can exchange them. */
static bool replace(const struct place *place, struct error *error) {
    if (!files_exchange(place->temporary, place->target)) return put_in_two_steps(place, error);
    if (place_sync_folder(place->parent, error)) return true; /* what is now the temporary folder is removed */
    files_exchange(place->temporary, place->target);
    return false;
}

bool place_put(const struct place *place, struct error *error) {
    bool is_full = false;
    return put_new(place, &is_full, error) || (is_full && replace(place, error));
}
