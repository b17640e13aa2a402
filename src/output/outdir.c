/* outdir.c: the files of a folder to be: written, hashed, synced, read back. */
#define _GNU_SOURCE /* sync_file_range */
#include "output/outdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/outdir_private.h"

#define PIECE_SIZE (1 << 18)
#define WRITE_OUT_SIZE (8u << 20) /* bytes gathered before the disk is asked to begin with them */

_Static_assert(sizeof(off_t) >= sizeof(uint64_t), "files of more than 2 GiB are read at their places");

const char *outdir_temporary(const struct outdir *outdir) {
    return outdir->place.temporary;
}

static char *path_of(const struct outdir *outdir, const char *name) {
    return memory_print("%s/%s", outdir->place.temporary, name);
}

static struct outfile *add_file(struct outdir *outdir, const char *name, int descriptor) {
    struct outfile *opened = memory_get_zero(1, sizeof *opened);
    opened->outdir = outdir;
    opened->name = memory_copy(view_of(name));
    opened->descriptor = descriptor;
    sha256_start(&opened->hash);
    void *files = outdir->files;
    memory_grow(&files, &outdir->file_capacity, outdir->file_count + 1, sizeof *outdir->files);
    outdir->files = files;
    outdir->files[outdir->file_count++] = opened;
    return opened;
}

/* Not for others: names and amounts are in it. -1 with the error. */
static int create(const char *path, struct error *error) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (descriptor < 0) place_system_error(error, "create", path);
    return descriptor;
}

bool outdir_create(struct outdir *outdir, const char *name, struct outfile **file, struct error *error) {
    char *path = path_of(outdir, name);
    int descriptor = create(path, error);
    free(path);
    if (descriptor < 0) return false;
    *file = add_file(outdir, name, descriptor);
    return true;
}

char *outdir_reserve(const struct outdir *outdir, const char *name, struct error *error) {
    char *path = path_of(outdir, name);
    int descriptor = create(path, error);
    if (descriptor >= 0 && close(descriptor) == 0) return path;
    if (descriptor >= 0) place_system_error(error, "create", path);
    free(path);
    return NULL;
}

/* Lets the disk begin with what is not handed to it yet, if that is at least so much, so that the fsync at the end finds
 * little left to do. Only a hint: its failure means nothing. */
static void begin_write_out(struct outfile *file, uint64_t least) {
#if defined(SYNC_FILE_RANGE_WRITE) && !defined(__wasm__) /* whose C library names it only */
    if (file->bytes - file->handed_to_disk < least) return;
    int answer = sync_file_range(file->descriptor, (off_t)file->handed_to_disk,
                                 (off_t)(file->bytes - file->handed_to_disk), SYNC_FILE_RANGE_WRITE);
    (void)answer;
    file->handed_to_disk = file->bytes;
#else
    (void)file;
    (void)least;
#endif
}

/* Counts what is written, or was, and hashes it so that it can be compared. */
static void note_piece(struct outfile *file, struct view bytes) {
    if (bytes.length == 0) return;
    struct stream_hash quick;
    stream_hash_start(&quick);
    stream_hash_add(&quick, bytes.text, bytes.length);
    file->bytes += bytes.length;
    void *pieces = file->pieces;
    memory_grow(&pieces, &file->piece_capacity, file->piece_count + 1, sizeof *file->pieces);
    file->pieces = pieces;
    file->pieces[file->piece_count++] = (struct outfile_piece){file->bytes, stream_hash_end(&quick)};
}

bool outfile_write_waiting(struct outfile *file, struct view bytes, struct sha256_waiting *waiting,
                           struct error *error) {
    note_piece(file, bytes);
    *waiting = (struct sha256_waiting){&file->hash, bytes.text, bytes.length};
    while (bytes.length > 0) {
        ssize_t written = write(file->descriptor, bytes.text, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return place_system_error(error, "write", file->name);
        bytes = view_from(bytes.text + written, bytes.length - (size_t)written);
    }
    begin_write_out(file, WRITE_OUT_SIZE);
    return true;
}

bool outfile_write(struct outfile *file, struct view bytes, struct error *error) {
    struct sha256_waiting waiting;
    bool is_fine = outfile_write_waiting(file, bytes, &waiting, error);
    sha256_end_waiting(&waiting);
    return is_fine;
}

void outfile_close(struct outfile *file) {
    if (file->handed_to_disk > 0) begin_write_out(file, 1); /* while it is read back */
    sha256_end(&file->hash, file->sha256);
}

bool outfile_sync(struct outfile *file, struct error *error) {
    bool is_fine = place_sync(file->descriptor) == 0 || place_system_error(error, "sync", file->name);
    /* an interrupted close has closed all the same */
    if (close(file->descriptor) != 0 && errno != EINTR && is_fine)
        is_fine = place_system_error(error, "close", file->name);
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
        note_piece(file, view_from(piece, (size_t)got));
        sha256_add(&file->hash, piece, (size_t)got);
    }
    free(piece);
    return is_fine;
}

bool outdir_adopt(struct outdir *outdir, const char *name, struct error *error) {
    char *path = path_of(outdir, name);
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    bool is_fine = descriptor >= 0 || place_system_error(error, "read back", path);
    if (is_fine) {
        struct outfile *file = add_file(outdir, name, descriptor);
        is_fine = read_adopted(file, path, error);
        outfile_close(file);
    }
    free(path);
    return is_fine;
}

bool outdir_put(struct outdir *outdir, const char *name, struct view bytes, struct error *error) {
    struct outfile *file;
    if (!outdir_create(outdir, name, &file, error) || !outfile_write(file, bytes, error)) return false;
    outfile_close(file);
    return true;
}

static struct outfile *find(const struct outdir *outdir, const char *name) {
    for (size_t i = 0; i < outdir->file_count; i++)
        if (strcmp(outdir->files[i]->name, name) == 0) return outdir->files[i];
    return NULL;
}

static void free_file(struct outfile *file) {
    if (file->descriptor >= 0) close(file->descriptor);
    free(file->pieces);
    free(file->name);
    free(file);
}

bool outdir_remove(struct outdir *outdir, const char *name, struct error *error) {
    char *path = path_of(outdir, name);
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

static bool is_changed(const struct outfile *file, struct error *error) {
    error_set(error, EXIT_NOT_BALANCED, "%s on disk is not what was written. The disk or another program changed it.",
              file->name);
    return error_fix(error, "Nothing was published. Run again, and check the disk if it happens again.");
}

bool outdir_reader_open(const struct outdir *outdir, const char *name, struct outdir_reader *reader,
                        struct error *error) {
    *reader = (struct outdir_reader){.file = find(outdir, name), .descriptor = -1};
    if (!reader->file) {
        error_set(error, EXIT_NOT_BALANCED, "%s was never written", name);
        return false;
    }
    char *path = path_of(outdir, name);
    reader->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status = {0};
    bool is_fine = (reader->descriptor >= 0 && fstat(reader->descriptor, &status) == 0) ||
                   place_system_error(error, "read back", path);
    if (is_fine && (uint64_t)status.st_size != reader->file->bytes) is_fine = is_changed(reader->file, error);
    free(path);
    if (is_fine)
        reader->room = memory_get(PIECE_SIZE);
    else
        outdir_reader_close(reader);
    return is_fine;
}

void outdir_reader_close(struct outdir_reader *reader) {
    if (reader->file && reader->descriptor >= 0) close(reader->descriptor);
    free(reader->room);
    *reader = (struct outdir_reader){0};
}

size_t outdir_piece_count(const struct outdir_reader *reader) {
    return reader->file->piece_count;
}

bool outdir_read_piece(struct outdir_reader *reader, size_t number, void (*take)(void *context, struct view bytes),
                       void *context, struct error *error) {
    const struct outfile *file = reader->file;
    const struct outfile_piece *piece = &file->pieces[number];
    uint64_t at = number > 0 ? file->pieces[number - 1].end : 0;
    struct stream_hash hash;
    stream_hash_start(&hash);
    while (at < piece->end) {
        size_t wanted = piece->end - at < PIECE_SIZE ? (size_t)(piece->end - at) : PIECE_SIZE;
        ssize_t got = pread(reader->descriptor, reader->room, wanted, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return place_system_error(error, "read back", file->name);
        if (got == 0) break; /* the hash will tell */
        stream_hash_add(&hash, reader->room, (size_t)got);
        if (take) take(context, view_from(reader->room, (size_t)got));
        at += (uint64_t)got;
    }
    return stream_hash_end(&hash) == piece->hash || is_changed(file, error);
}

bool outdir_read_back(struct outdir *outdir, const char *name, void (*take)(void *context, struct view bytes),
                      void *context, struct error *error) {
    struct outdir_reader reader;
    bool is_fine = outdir_reader_open(outdir, name, &reader, error);
    for (size_t i = 0; is_fine && i < outdir_piece_count(&reader); i++)
        is_fine = outdir_read_piece(&reader, i, take, context, error);
    outdir_reader_close(&reader);
    return is_fine;
}

void outdir_free(struct outdir *outdir, bool is_published) {
    for (size_t i = 0; i < outdir->file_count; i++)
        free_file(outdir->files[i]);
    free(outdir->files);
    place_end(&outdir->place, is_published);
    free(outdir);
}
