/* journal_find.c: where the journal of a folder lies. It belongs to the folder, not to the directory the command was
 * started in: a job of the night finds the same one as a person at the day. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/tree.h"
#include "upload/journal.h"

#define JOURNAL_FOLDER ".st2plecto"

/* Cuts the last part off an absolute path: "/a/b" to "/a", "/a" to "" (the root). False at the root. */
static bool go_up(char *path) {
    char *slash = strrchr(path, '/');
    if (!slash || *path == '\0') return false;
    *slash = '\0';
    return true;
}

static bool is_others(const char *folder, struct error *error) {
    struct stat status;
    if (lstat(folder, &status) != 0 || status.st_uid == geteuid()) return false;
    error_set(error, EXIT_WRONG_USE, "%s belongs to another user, so its journal is used only if it is named", folder);
    error_fix(error, "--journal %s/" JOURNAL_FILE " uses it. For another one, give --journal FILE.", folder);
    return true;
}

/* Folders such as /tmp: what lies there is anybody's, also another project's of the same user. */
static bool is_open_to_all(const char *folder) {
    struct stat status;
    return stat(*folder ? folder : "/", &status) == 0 && (status.st_mode & S_IWOTH) != 0;
}

bool journal_find(const char *given, const char *folder, char **path, struct error *error) {
    *path = NULL;
    if (given) {
        *path = memory_copy(view_of(given));
        return true;
    }
    char *real = realpath(folder, NULL);
    if (!real) return error_set(error, EXIT_CANNOT_READ, "%s cannot be read: %s", folder, strerror(errno));
    char *place = memory_copy(view_of(real)), *first = NULL;
    bool is_fine = true;
    while (is_fine && !*path && go_up(place)) {
        char *candidate = memory_print("%s/" JOURNAL_FOLDER "/" JOURNAL_FILE, place);
        bool is_first = !first && !tree_is_there(place); /* a tree is replaced with all that is in it */
        if (is_first) first = memory_copy(view_of(candidate));
        if (access(candidate, F_OK) == 0 && (is_first || !is_open_to_all(place))) {
            char *holder = memory_print("%s/" JOURNAL_FOLDER, place);
            is_fine = !is_others(holder, error);
            free(holder);
            *path = candidate;
        } else {
            free(candidate);
        }
    }
    if (is_fine && !*path) {
        *path = first;
        first = NULL;
    }
    if (!is_fine) {
        free(*path);
        *path = NULL;
    }
    free(first);
    free(place);
    free(real);
    return is_fine;
}
