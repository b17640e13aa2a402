/* config_find.c: see config_find.h. */
#define _XOPEN_SOURCE 700 /* realpath, S_ISVTX */
#include "cli/config_find.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/place.h"
#include "port/files.h"

#define FILE_NAME "st2plecto.json"

/* --- looking ---------------------------------------------------------------------------------------------- */

static bool is_same_file(const char *one, const char *other) {
    struct stat left, right;
    return stat(one, &left) == 0 && stat(other, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* "st2plecto.json", "../st2plecto.json" …: the first that is there, from the working folder up; NULL if none is. */
static char *search_here(void) {
    char *up = memory_copy(view_of(""));
    for (;;) {
        char *path = memory_print("%s" FILE_NAME, up), *here = memory_print("%s.", up), *above = memory_print("%s..", up);
        bool is_there = access(path, F_OK) == 0, is_top = access(here, F_OK) != 0 || is_same_file(here, above);
        free(here);
        free(above);
        if (is_there || is_top) {
            free(up);
            if (is_there) return path;
            free(path);
            return NULL;
        }
        free(path);
        char *next = memory_print("%s../", up);
        free(up);
        up = next;
    }
}

/* The folder that an input is, or lies in; the caller frees. */
static char *folder_of(const char *input) {
    struct stat status;
    if (stat(input, &status) == 0 && S_ISDIR(status.st_mode)) {
        size_t length = strlen(input);
        while (length > 1 && input[length - 1] == '/')
            length--;
        return memory_copy(view_from(input, length));
    }
    return place_folder_of(input);
}

/* The file of the input's folder, as typed, or of the nearest above it, by its whole path; NULL if there is none. */
static char *search_beside(const char *input) {
    char *folder = folder_of(input);
    char *path = memory_print("%s/" FILE_NAME, folder), *real = realpath(folder, NULL);
    free(folder);
    if (access(path, F_OK) == 0) {
        free(real);
        return path;
    }
    for (char *slash; real && (slash = strrchr(real, '/')) != NULL;) {
        *slash = '\0';
        free(path);
        path = memory_print("%s/" FILE_NAME, real);
        if (access(path, F_OK) == 0) {
            free(real);
            return path;
        }
    }
    free(real);
    free(path);
    return NULL;
}

/* The one that all inputs share. */
static void search_inputs(char *const *inputs, size_t count, struct config_place *place) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(inputs[i], "-") == 0) continue;
        char *found = search_beside(inputs[i]);
        bool is_first = i == 0 || (i == 1 && strcmp(inputs[0], "-") == 0);
        if (is_first) {
            place->path = found;
            continue;
        }
        bool is_shared = found && place->path && is_same_file(found, place->path);
        if (!is_shared && (found || place->path)) {
            place->unused = place->path ? place->path : found;
            place->why_unused = "it is not beside all files of this run. To use it, add --config.";
            if (place->path) free(found);
            place->path = NULL;
            return;
        }
        free(found);
    }
}

/* --- trusting --------------------------------------------------------------------------------------------- */

static bool is_another(uid_t user) {
    return user != geteuid() && user != 0;
}

static bool refuse(const char *path, const char *why, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "the configuration %s is not used, because %s", path, why);
    return error_fix(error, "If it is yours, name it: --config %s. To run without it, add --no-config.", path);
}

/* Whether no other user could have put it there or changed it. */
static bool check_owner(const char *path, struct error *error) {
    struct stat file, within;
    char *folder = place_folder_of(path);
    bool is_known = stat(path, &file) == 0 && stat(folder, &within) == 0;
    free(folder);
    if (!is_known) return true; /* opening it will say why */
    if (is_another(file.st_uid)) return refuse(path, "it belongs to another user", error);
    if (file.st_mode & S_IWOTH) return refuse(path, "every user of this machine can write to it", error);
    if (is_another(within.st_uid)) return refuse(path, "its folder belongs to another user", error);
    if ((within.st_mode & S_IWOTH) && !(within.st_mode & S_ISVTX))
        return refuse(path, "every user of this machine can write to its folder", error);
    return true;
}

bool config_find(char *const *inputs, size_t count, struct config_place *place, struct error *error) {
    const char *named = getenv("ST2PLECTO_CONFIG");
    *place = (struct config_place){0};
    if (named && *named) {
        place->path = memory_copy(view_of(named));
        files_take_path(place->path);
        return true;
    }
    char *here = search_here();
    search_inputs(inputs, count, place);
    if (here) {
        bool is_other = place->path && !is_same_file(here, place->path);
        if (is_other) {
            free(place->unused);
            place->unused = place->path;
            place->why_unused = "the configuration of the working folder goes before it. To use it, add --config.";
        } else {
            free(place->path);
        }
        place->path = here;
    }
    return !place->path || check_owner(place->path, error);
}

void config_place_free(struct config_place *place) {
    free(place->path);
    free(place->unused);
    *place = (struct config_place){0};
}
