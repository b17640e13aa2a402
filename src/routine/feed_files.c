/* feed_files.c: see feed_files.h. */
#define _GNU_SOURCE /* struct stat's nanoseconds */
#include "routine/feed_files.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/no_export.h"
#include "output/place.h"

#define PATIENCE 30 /* times `settle` */
#define NAME_LIMIT 10000

/* --- finding ---------------------------------------------------------------------------------------------- */

static void add_file(struct feed_files *files, const char *path) {
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->list[i].path, path) == 0) return;
    files->list = memory_resize(files->list, (files->count + 1) * sizeof *files->list);
    files->list[files->count++] = (struct feed_file){.path = memory_copy(view_of(path))};
}

static void add_match(struct feed_files *files, const char *path) {
    struct no_export judged = no_export_by_name(view_file_name(path));
    if (!judged.reason) judged = no_export_by_content(path);
    if (judged.reason)
        skipped_files_add(&files->skipped, path, judged);
    else
        add_file(files, path);
}

/* The exports of a folder; one without any has none, which is no error here. */
static void add_folder(struct feed_files *files, char *path) {
    char **expanded = NULL;
    size_t count = 0;
    struct error ignored = {0};
    input_expand_paths(&path, 1, NULL, 0, false, &expanded, &count, &files->skipped, &ignored);
    error_free(&ignored);
    for (size_t i = 0; i < count; i++) {
        add_file(files, expanded[i]);
        free(expanded[i]);
    }
    free(expanded);
}

bool feed_files_find(const struct feed *feed, struct feed_files *files, struct error *error) {
    *files = (struct feed_files){0};
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < feed->file_count; i++) {
        glob_t found = {0};
        int answer = glob(feed->files[i], GLOB_ERR, NULL, &found);
        if (answer != 0 && answer != GLOB_NOMATCH && errno != ENOENT)
            is_fine = error_set(error, EXIT_CANNOT_READ, "%s cannot be searched: %s", feed->files[i], strerror(errno));
        for (size_t k = 0; answer == 0 && k < found.gl_pathc; k++) {
            struct stat status;
            if (stat(found.gl_pathv[k], &status) != 0) continue; /* gone in between */
            if (S_ISDIR(status.st_mode))
                add_folder(files, found.gl_pathv[k]);
            else
                add_match(files, found.gl_pathv[k]);
        }
        globfree(&found);
    }
    return is_fine;
}

void feed_files_free(struct feed_files *files) {
    for (size_t i = 0; i < files->count; i++)
        free(files->list[i].path);
    free(files->list);
    skipped_files_free(&files->skipped);
    *files = (struct feed_files){0};
}

/* --- settling --------------------------------------------------------------------------------------------- */

static bool is_as_noted(const struct feed_file *file, const struct stat *status) {
    return file->size == (int64_t)status->st_size && file->changed.tv_sec == status->st_mtim.tv_sec &&
           file->changed.tv_nsec == status->st_mtim.tv_nsec;
}

/* Notes the state of all. `*differs`: one is not as it was; `*newest`: the last change by the files' own times. */
static bool note_states(struct feed_files *files, bool *differs, time_t *newest, const char **which,
                        struct error *error) {
    *differs = false;
    *newest = 0;
    for (size_t i = 0; i < files->count; i++) {
        struct feed_file *file = &files->list[i];
        struct stat status;
        if (stat(file->path, &status) != 0) {
            error_set(error, EXIT_CANNOT_READ, "%s cannot be read: %s", file->path, strerror(errno));
            return error_fix(error, "It was there a moment ago. Run again.");
        }
        if (!is_as_noted(file, &status)) {
            *differs = true;
            *which = file->path;
        }
        file->size = (int64_t)status.st_size;
        file->changed = status.st_mtim;
        if (status.st_mtim.tv_sec > *newest) *newest = status.st_mtim.tv_sec;
    }
    return true;
}

static time_t steady_now(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? now.tv_sec : 0;
}

bool feed_files_settle(struct feed_files *files, unsigned settle, struct error *error) {
    time_t begin = steady_now(), steady_since = begin, newest = 0;
    bool differs = false;
    const char *which = "";
    if (!note_states(files, &differs, &newest, &which, error)) return false;
    for (;;) {
        time_t now = steady_now(), age = time(NULL) - newest;
        if (age >= (time_t)settle || now - steady_since > (time_t)settle) return true;
        if (now - begin > (time_t)settle * PATIENCE) break;
        nanosleep(&(struct timespec){0, 250000000}, NULL);
        if (!note_states(files, &differs, &newest, &which, error)) return false;
        if (differs) steady_since = steady_now();
    }
    error_set(error, EXIT_CANNOT_READ, "%s is still being written", which);
    return error_fix(error, "Run again when the export is complete.");
}

/* --- archiving -------------------------------------------------------------------------------------------- */

/* The folder and those above it. */
static bool make_folders(const char *folder, struct error *error) {
    char *path = memory_copy(view_of(folder));
    bool is_fine = true;
    for (char *slash = path; is_fine && slash;) {
        slash = strchr(slash + 1, '/');
        if (slash) *slash = '\0';
        is_fine = mkdir(path, 0777) == 0 || errno == EEXIST || place_system_error(error, "create", path);
        if (slash) *slash = '/';
    }
    free(path);
    return is_fine;
}

/* "FOLDER/jobs.csv", then "FOLDER/jobs-2.csv" …; the caller frees. */
static char *archived_name(const char *folder, const char *path, unsigned number) {
    const char *name = view_file_name(path), *dot = strchr(name + 1, '.');
    if (number < 2) return memory_print("%s/%s", folder, name);
    int length = dot ? (int)(dot - name) : (int)strlen(name);
    return memory_print("%s/%.*s-%u%s", folder, length, name, number, name + length);
}

/* A second name in the archive, then the first goes: at no moment is there none. */
static bool move_file(const char *path, const char *folder, struct error *error) {
    bool is_there = false;
    for (unsigned number = 1; !is_there && number < NAME_LIMIT; number++) {
        char *target = archived_name(folder, path, number);
        is_there = link(path, target) == 0 || (errno != EEXIST && place_copy_file(path, target));
        bool is_taken = !is_there && errno == EEXIST;
        free(target);
        if (!is_there && !is_taken) break;
    }
    if (!is_there) return place_system_error(error, "archive", path);
    return unlink(path) == 0 || place_system_error(error, "remove the archived file", path);
}

bool feed_files_archive(const struct feed_files *files, const char *folder, const char *day, size_t *moved,
                        struct error *error) {
    char *place = memory_print("%s/%s", folder, day);
    bool is_fine = make_folders(place, error);
    *moved = 0;
    for (size_t i = 0; is_fine && i < files->count; i++) {
        struct stat status;
        const struct feed_file *file = &files->list[i];
        if (stat(file->path, &status) != 0 || !is_as_noted(file, &status)) continue;
        is_fine = move_file(file->path, place, error);
        *moved += is_fine;
    }
    is_fine = is_fine && place_sync_folder(place, error);
    free(place);
    return is_fine;
}
