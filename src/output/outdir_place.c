/* outdir_place.c: beginning a folder and putting it in its place, over what place.c does for folders and files alike. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "output/outdir_private.h"

/* Whether the target may be put in place: not there, empty, or (with force) only files of ours. */
static bool check_target(const struct outdir *outdir, struct error *error) {
    struct stat status;
    if (lstat(outdir->place.target, &status) != 0)
        return errno == ENOENT || place_system_error(error, "look at", outdir->place.target);
    if (!S_ISDIR(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "-o %s: a file or link has that name", outdir->place.target);
        return error_fix(error, "Name another folder.");
    }
    DIR *folder = opendir(outdir->place.target);
    if (!folder) return place_system_error(error, "open", outdir->place.target);
    bool is_fine = true;
    const struct dirent *entry;
    for (errno = 0; is_fine && (entry = readdir(folder)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (!place_is_our_name(entry->d_name)) {
            is_fine = error_set(error, EXIT_WRONG_USE, "-o %s: the folder has %s, which st2plecto did not write",
                                outdir->place.target, entry->d_name);
            error_fix(error, "Name another folder. --force never removes other files.");
        } else if (!outdir->force) {
            is_fine = error_set(error, EXIT_WRONG_USE, "-o %s: the folder has results already (%s)",
                                outdir->place.target, entry->d_name);
            error_fix(error, "Name another folder, or replace the results:\n{run} --force");
        }
    }
    if (is_fine && errno != 0) is_fine = place_system_error(error, "read", outdir->place.target);
    closedir(folder);
    return is_fine;
}

bool outdir_begin(const char *path, bool force, const struct place_watch *watch, struct outdir **outdir,
                  struct error *error) {
    struct outdir *made = memory_get_zero(1, sizeof *made);
    made->force = force;
    if (!place_begin(path, true, watch, &made->place, error) || !check_target(made, error) ||
        !place_make_folder(&made->place, error)) {
        outdir_free(made, false);
        return false;
    }
    *outdir = made;
    return true;
}

bool outdir_is_in_the_way(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) return false;
    DIR *folder = S_ISDIR(status.st_mode) ? opendir(path) : NULL;
    bool is_empty = folder != NULL;
    for (const struct dirent *entry; is_empty && (entry = readdir(folder)) != NULL;)
        is_empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (folder) closedir(folder);
    return !is_empty;
}

char *outdir_free_name(const char *wanted) {
    char *name = memory_copy(view_of(wanted));
    for (unsigned number = 2; outdir_is_in_the_way(name) && number < 10000; number++) {
        free(name);
        name = memory_print("%s-%u", wanted, number);
    }
    return name;
}

/* --- the end ------------------------------------------------------------------------------------------ */

bool outdir_publish(struct outdir *outdir, struct error *error) {
    const struct place *place = &outdir->place;
    bool is_fine = place_remove_strays(place, error);
    for (size_t i = 0; is_fine && i < outdir->file_count; i++)
        is_fine = outfile_sync(outdir->files[i], error);
    is_fine = is_fine && place_sync_folder(place->temporary, error) && check_target(outdir, error) &&
              place_put(place, error);
    outdir_free(outdir, is_fine);
    return is_fine;
}

void outdir_discard(struct outdir *outdir) {
    if (outdir) outdir_free(outdir, false);
}
