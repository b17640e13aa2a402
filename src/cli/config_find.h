/* config_find.h: where st2plecto.json is looked for, and whether it may be obeyed.
 *
 * In this order, the first that is there: ST2PLECTO_CONFIG, the working folder or the nearest above it, else the folder
 * of the inputs or above, if all of them share one. Two are never mixed. A file that was not named, but found, must be
 * one that no other user could have put there: it drops columns and rows. */
#ifndef CLI_CONFIG_FIND_H
#define CLI_CONFIG_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct config_place {
    char *path;             /* as it is to be opened; NULL: there is none; owned, as the next */
    char *unused;           /* another one beside the inputs that is not used; NULL if there is none */
    const char *why_unused; /* static */
};

/* `inputs`: files and folders as typed; "-" has no folder. EXIT_WRONG_USE where the file that is found, or its folder,
 * could be another user's. Free in any case. */
bool config_find(char *const *inputs, size_t count, struct config_place *place, struct error *error);
void config_place_free(struct config_place *place);

#endif
