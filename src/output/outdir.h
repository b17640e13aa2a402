/* outdir.h: a folder that appears whole or not at all.
 *
 * Files are written into a temporary folder beside the one asked for, read back and compared with what was meant to be
 * written; then they are synced, and the folder is renamed into place. */
#ifndef OUTPUT_OUTDIR_H
#define OUTPUT_OUTDIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/view.h"
#include "output/place.h"

struct outdir;
struct outfile;

/* Begins. `path` must not exist, or be an empty folder, or, with `force`, a folder that holds only files of
 * ours (names this module knows); EXIT_WRONG_USE otherwise, naming what is in the way. The parent must exist or
 * is made (one level). The rest is place_begin's: a lock, leftovers of killed runs, the watch. */
bool outdir_begin(const char *path, bool force, const struct place_watch *watch, struct outdir **outdir,
                  struct error *error);
/* Whether outdir_begin would refuse it without `force`: it is there, and no empty folder. */
bool outdir_is_in_the_way(const char *path);
/* `wanted`, or "wanted-2", "wanted-3" …: the first that is not in the way. The caller frees. */
char *outdir_free_name(const char *wanted);
/* The temporary folder's path; valid as long as the outdir. */
const char *outdir_temporary(const struct outdir *outdir);

/* A new file in it. */
bool outdir_create(struct outdir *outdir, const char *name, struct outfile **file, struct error *error);
/* Appends; hashes while writing. */
bool outfile_write(struct outfile *file, struct view bytes, struct error *error);
/* The same, but the SHA-256 is left to the caller, who sees to it that all that waits is hashed in the order written, before
 * the next outfile_write and before outfile_close; `bytes` must stay until then. */
bool outfile_write_waiting(struct outfile *file, struct view bytes, struct sha256_waiting *waiting,
                           struct error *error);
/* No more will be written. The outfile stays readable by name until publish or discard. */
void outfile_close(struct outfile *file);
/* For files that another library writes: makes an empty file of that name, with the rights of our own, and returns its path
 * (the caller frees it; NULL with the error). Once it is written and closed, outdir_adopt reads and hashes it, and counts it
 * as ours. */
char *outdir_reserve(const struct outdir *outdir, const char *name, struct error *error);
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

/* Reading back from disk. What one outfile_write got is a piece; pieces may be read in any order and by several threads
 * at once, each with a reader of its own. */
struct outdir_reader {
    const struct outfile *file; /* of the outdir, which must outlive it */
    int descriptor;             /* closed by outdir_reader_close */
    char *room;                 /* freed there */
};
/* Opens a closed file; EXIT_NOT_BALANCED if its length is not what was written. */
bool outdir_reader_open(const struct outdir *outdir, const char *name, struct outdir_reader *reader,
                        struct error *error);
size_t outdir_piece_count(const struct outdir_reader *reader);
/* Hands the bytes of a piece to `take` (may be NULL), in order; EXIT_NOT_BALANCED if they are not those written. */
bool outdir_read_piece(struct outdir_reader *reader, size_t number, void (*take)(void *context, struct view bytes),
                       void *context, struct error *error);
void outdir_reader_close(struct outdir_reader *reader); /* an open one, or all zero */

/* Reads a closed file back from disk and hands its bytes to `take` in pieces (may be NULL); false with
 * EXIT_NOT_BALANCED if the bytes on disk are not those that were written. */
bool outdir_read_back(struct outdir *outdir, const char *name, void (*take)(void *context, struct view bytes),
                      void *context, struct error *error);

/* Syncs the files, then the folder, and renames it into place; frees `outdir`. On failure the old state stands. All
 * files are synced at the end and together, because each fsync waits for the disk, and the first carries most of what
 * the others ask for. */
bool outdir_publish(struct outdir *outdir, struct error *error);
/* Removes all; frees. NULL is fine. */
void outdir_discard(struct outdir *outdir);
#endif
