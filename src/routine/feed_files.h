/* feed_files.h: the files of a feed: found, settled, and, at the end, archived. */
#ifndef ROUTINE_FEED_FILES_H
#define ROUTINE_FEED_FILES_H

#include <stdint.h>
#include <time.h>

#include "input/input.h"
#include "routine/feeds.h"

/* A file as it was when the feed began. */
struct feed_file {
    char *path; /* owned */
    int64_t size;
    struct timespec changed;
};

struct feed_files {
    struct feed_file *list; /* by path within a pattern, each once */
    size_t count;
    struct skipped_files skipped; /* what matched and is no export */
};

/* The exports that the patterns match; of a folder, those in it. No match is no error. Free in any case. */
bool feed_files_find(const struct feed *feed, struct feed_files *files, struct error *error);
void feed_files_free(struct feed_files *files);
/* Waits until none of them has changed for `settle` seconds: at once where their modification times say so. A file that
 * does not settle within 30 times that, or is gone, is EXIT_CANNOT_READ. */
bool feed_files_settle(struct feed_files *files, unsigned settle, struct error *error);
/* Moves them to FOLDER/DAY, making both; a name that is there is never overwritten: "jobs.csv" becomes "jobs-2.csv". A
 * file that has changed since it settled stays where it is: it was not what was converted. `moved`: how many were.
 * EXIT_CANNOT_WRITE where one cannot be moved. */
bool feed_files_archive(const struct feed_files *files, const char *folder, const char *day, size_t *moved,
                        struct error *error);

#endif
