/* outdir.c: the files of a folder to be: written, hashed, synced, read back. */
#define _GNU_SOURCE /* sync_file_range */
#include "output/outdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/outdir_private.h"

#define PIECE_SIZE (1 << 18)
#define WRITE_OUT_SIZE (8u << 20) /* how much is gathered before the disk is asked to begin with it */

const char *outdir_temporary(const struct outdir *outdir) {
    return outdir->place.temporary;
}

char *outdir_path(const struct outdir *outdir, const char *name) {
    return memory_print("%s/%s", outdir->place.temporary, name);
}

static struct outfile *add_file(struct outdir *outdir, const char *name, int descriptor) {
    struct outfile *opened = memory_get_zero(1, sizeof *opened);
    opened->outdir = outdir;
    opened->name = memory_copy(view_of(name));
    opened->descriptor = descriptor;
    sha256_start(&opened->hash);
    stream_hash_start(&opened->quick);
    void *files = outdir->files;
    memory_grow(&files, &outdir->file_capacity, outdir->file_count + 1, sizeof *outdir->files);
    outdir->files = files;
    outdir->files[outdir->file_count++] = opened;
    return opened;
}

bool outdir_create(struct outdir *outdir, const char *name, struct outfile **file, struct error *error) {
    char *path = outdir_path(outdir, name);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    bool is_fine = descriptor >= 0 || place_system_error(error, "create", path);
    free(path);
    if (!is_fine) return false;
    *file = add_file(outdir, name, descriptor);
    return true;
}

/* Lets the disk begin while we go on converting, so that the fsync at the end finds little left to do. Only a hint:
 * its failure means nothing. */
static void begin_write_out(struct outfile *file) {
#ifdef SYNC_FILE_RANGE_WRITE
    if (file->bytes - file->handed_to_disk < WRITE_OUT_SIZE) return;
    int answer = sync_file_range(file->descriptor, (off_t)file->handed_to_disk,
                                 (off_t)(file->bytes - file->handed_to_disk), SYNC_FILE_RANGE_WRITE);
    (void)answer;
    file->handed_to_disk = file->bytes;
#else
    (void)file;
#endif
}

bool outfile_write(struct outfile *file, struct view bytes, struct error *error) {
    sha256_add(&file->hash, bytes.text, bytes.length);
    stream_hash_add(&file->quick, bytes.text, bytes.length);
    file->bytes += bytes.length;
    while (bytes.length > 0) {
        ssize_t written = write(file->descriptor, bytes.text, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return place_system_error(error, "write", file->name);
        bytes = view_from(bytes.text + written, bytes.length - (size_t)written);
    }
    begin_write_out(file);
    return true;
}

bool outfile_close(struct outfile *file, struct error *error) {
    sha256_end(&file->hash, file->sha256);
    bool is_fine = place_sync(file->descriptor) == 0 || place_system_error(error, "sync", file->name);
    /* an interrupted close has closed all the same */
    if (close(file->descriptor) != 0 && errno != EINTR && is_fine) is_fine = place_system_error(error, "close", file->name);
    file->descriptor = -1;
    return is_fine;
}

/* Hashes what another library wrote. */
static bool read_adopted(struct outfile *file, const char *path, struct error *error) {
    char *piece = memory_get(PIECE_SIZE);
    bool is_fine = true;
    for (;;) {
        ssize_t got = read(file->descriptor, piece, PIECE_SIZE);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) is_fine = place_system_error(error, "read back", path);
        if (got <= 0) break;
        sha256_add(&file->hash, piece, (size_t)got);
        stream_hash_add(&file->quick, piece, (size_t)got);
        file->bytes += (uint64_t)got;
    }
    free(piece);
    return is_fine;
}

bool outdir_adopt(struct outdir *outdir, const char *name, struct error *error) {
    char *path = outdir_path(outdir, name);
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    bool is_fine = descriptor >= 0 || place_system_error(error, "read back", path);
    if (is_fine) {
        struct outfile *file = add_file(outdir, name, descriptor);
        is_fine = read_adopted(file, path, error) && outfile_close(file, error);
    }
    free(path);
    return is_fine;
}

bool outdir_put(struct outdir *outdir, const char *name, struct view bytes, struct error *error) {
    struct outfile *file;
    return outdir_create(outdir, name, &file, error) && outfile_write(file, bytes, error) && outfile_close(file, error);
}

static struct outfile *find(const struct outdir *outdir, const char *name) {
    for (size_t i = 0; i < outdir->file_count; i++)
        if (strcmp(outdir->files[i]->name, name) == 0) return outdir->files[i];
    return NULL;
}

static void free_file(struct outfile *file) {
    if (file->descriptor >= 0) close(file->descriptor);
    free(file->name);
    free(file);
}

bool outdir_remove(struct outdir *outdir, const char *name, struct error *error) {
    char *path = outdir_path(outdir, name);
    bool is_fine = unlink(path) == 0 || place_system_error(error, "remove", path);
    free(path);
    for (size_t i = 0; is_fine && i < outdir->file_count; i++) {
        if (strcmp(outdir->files[i]->name, name) != 0) continue;
        free_file(outdir->files[i]);
        memmove(&outdir->files[i], &outdir->files[i + 1], (outdir->file_count - i - 1) * sizeof *outdir->files);
        outdir->file_count--;
    }
    return is_fine;
}

size_t outdir_count(const struct outdir *outdir) {
    return outdir->file_count;
}

const char *outdir_name(const struct outdir *outdir, size_t number) {
    return outdir->files[number]->name;
}

uint64_t outdir_bytes(const struct outdir *outdir, size_t number) {
    return outdir->files[number]->bytes;
}

const char *outdir_sha256(const struct outdir *outdir, size_t number) {
    return outdir->files[number]->sha256;
}

bool outdir_read_back(struct outdir *outdir, const char *name, void (*take)(void *context, struct view bytes),
                      void *context, struct error *error) {
    const struct outfile *file = find(outdir, name);
    if (!file) return error_set(error, EXIT_NOT_BALANCED, "%s was never written", name);
    char *path = outdir_path(outdir, name);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool is_fine = descriptor >= 0 || place_system_error(error, "read back", path);
    char *piece = memory_get(PIECE_SIZE);
    struct stream_hash hash;
    stream_hash_start(&hash);
    while (is_fine) {
        ssize_t got = read(descriptor, piece, PIECE_SIZE);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) is_fine = place_system_error(error, "read back", path);
        if (got <= 0) break;
        stream_hash_add(&hash, piece, (size_t)got);
        if (take) take(context, view_from(piece, (size_t)got));
    }
    bool is_same = hash.length == file->bytes && stream_hash_end(&hash) == stream_hash_end(&file->quick);
    if (is_fine && !is_same) {
        is_fine = error_set(error, EXIT_NOT_BALANCED,
                            "%s on disk is not what was written: the disk or another program "
                            "changed it",
                            name);
        error_fix(error, "nothing was published; run again, and check the disk if it happens again");
    }
    if (descriptor >= 0) close(descriptor);
    free(piece);
    free(path);
    return is_fine;
}

void outdir_free(struct outdir *outdir, bool is_published) {
    for (size_t i = 0; i < outdir->file_count; i++)
        free_file(outdir->files[i]);
    free(outdir->files);
    place_end(&outdir->place, is_published);
    free(outdir);
}
