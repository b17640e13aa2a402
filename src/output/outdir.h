/* outdir.h: a folder that appears whole or not at all.
 *
 * Files are written into a temporary folder beside the one asked for, synced, read back and compared with
 * what was meant to be written; then the folder is renamed into place. */
#ifndef OUTPUT_OUTDIR_H
#define OUTPUT_OUTDIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/view.h"
#include "output/place.h"

struct outdir;
struct outfile;

/* Begins. `path` must not exist, or be an empty folder, or, with `force`, a folder that holds only files of
 * ours (names this module knows); EXIT_WRONG_USE otherwise, naming what is in the way. The parent must exist or
 * is made (one level). The rest is place_begin's: a lock, leftovers of killed runs, the watch. */
bool outdir_begin(const char *path, bool force, const struct place_watch *watch, struct outdir **outdir,
                  struct error *error);
/* The temporary folder's path; valid as long as the outdir. */
const char *outdir_temporary(const struct outdir *outdir);

/* A new file in it. */
bool outdir_create(struct outdir *outdir, const char *name, struct outfile **file, struct error *error);
/* Appends; hashes while writing. */
bool outfile_write(struct outfile *file, struct view bytes, struct error *error);
/* Closes after fsync. The outfile stays readable by name until publish or discard. */
bool outfile_close(struct outfile *file, struct error *error);
/* For files that another library writes: the path of a new file by that name (the caller frees it); once it is written
 * and closed, outdir_adopt syncs, reads and hashes it, and counts it as ours. */
char *outdir_path(const struct outdir *outdir, const char *name);
bool outdir_adopt(struct outdir *outdir, const char *name, struct error *error);
/* Writes a small file at once. */
bool outdir_put(struct outdir *outdir, const char *name, struct view bytes, struct error *error);
/* Removes a file that shall not be published (import files when --on-error stop met an error). */
bool outdir_remove(struct outdir *outdir, const char *name, struct error *error);

/* Files so far: count, and by number name, bytes, SHA-256. */
size_t outdir_count(const struct outdir *outdir);
const char *outdir_name(const struct outdir *outdir, size_t number);
uint64_t outdir_bytes(const struct outdir *outdir, size_t number);
const char *outdir_sha256(const struct outdir *outdir, size_t number);

/* Reads a closed file back from disk and hands its bytes to `take` in pieces (may be NULL); false with
 * EXIT_NOT_BALANCED if the bytes on disk are not those that were written. */
bool outdir_read_back(struct outdir *outdir, const char *name, void (*take)(void *context, struct view bytes),
                      void *context, struct error *error);

/* Syncs the folder and renames it into place; frees `outdir`. On failure the old state stands. */
bool outdir_publish(struct outdir *outdir, struct error *error);
/* Removes all; frees. NULL is fine. */
void outdir_discard(struct outdir *outdir);
#endif
