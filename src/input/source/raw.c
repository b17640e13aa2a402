/* raw.c: the stored bytes: large read() calls, counted and hashed on their way.
 *
 * No mmap: a file that is cut while it is mapped kills the program, a short read is only an error. A standard
 * input that cannot seek is copied, as it is read, to a temporary file that has no name; after a rewind the copy is
 * read first and then the rest of standard input, which is copied as before. */
#include "input/source/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "port/files.h"

_Static_assert(sizeof(off_t) >= sizeof(uint64_t), "files of more than 2 GiB are read at their places");

static bool open_spool(struct source_raw *raw, struct error *error) {
    char *path = memory_print("%s/st2plecto-XXXXXX", files_temporary_folder());
    raw->spool = mkstemp(path);
    int reason = errno;
    if (raw->spool >= 0) {
        unlink(path);
        fcntl(raw->spool, F_SETFD, FD_CLOEXEC);
    }
    bool good = raw->spool >= 0;
    if (!good) {
        error_set(error, EXIT_CANNOT_READ, "%s: no temporary file %s for the copy of standard input: %s", raw->name,
                  path, strerror(reason));
        error_fix(error, "Set TMPDIR to a folder that can be written, or name the file instead of -.");
    }
    free(path);
    return good;
}

/* What kind of file it is: decides on refusal, size and whether a rewind needs a copy. */
static bool look_at_file(struct source_raw *raw, struct error *error) {
    struct stat status;
    if (fstat(raw->file, &status) != 0)
        return error_set(error, EXIT_CANNOT_READ, "%s: cannot be read: %s", raw->name, strerror(errno));
    if (S_ISDIR(status.st_mode)) {
        error_set(error, EXIT_CANNOT_READ, "%s: is a folder, not a file", raw->name);
        return error_fix(error, "Name a file in it.");
    }
    if (!S_ISREG(status.st_mode)) return open_spool(raw, error);
    raw->is_regular = true;
    raw->changed = status.st_mtim;
    raw->device = status.st_dev;
    raw->inode = status.st_ino;
    off_t begin = lseek(raw->file, 0, SEEK_CUR);
    raw->begin = begin < 0 ? 0 : begin;
    raw->size = status.st_size > raw->begin ? (uint64_t)(status.st_size - raw->begin) : 0;
    return true;
}

bool source_raw_open(struct source_raw *raw, const char *path, const char *name, struct error *error) {
    *raw = (struct source_raw){.name = name, .file = -1, .spool = -1};
    raw->buffer = memory_get(SOURCE_RAW_ROOM);
    raw->standard_input = strcmp(path, "-") == 0;
    raw->file = raw->standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (raw->file < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        error_set(error, EXIT_CANNOT_READ, missing ? "%s: the file does not exist" : "%s: cannot be read: %s",
                  name, strerror(errno));
        return error_fix(error, missing ? "Check the name and the folder." : "Check its permissions.");
    }
    sha256_start(&raw->hash);
    return look_at_file(raw, error);
}

void source_raw_close(struct source_raw *raw) {
    if (raw->file >= 0 && !raw->standard_input) close(raw->file);
    if (raw->spool >= 0) close(raw->spool);
    free(raw->buffer);
    *raw = (struct source_raw){.file = -1, .spool = -1};
}

static bool changed_error(const struct source_raw *raw, const struct stat *now, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s: was changed while it was read (it had %llu bytes, and has %llu now)",
              raw->name, (unsigned long long)raw->size, (unsigned long long)(now->st_size - raw->begin));
    return error_fix(error, "Wait until the export is complete, or copy the file. Then try again.");
}

bool source_raw_rest(struct source_raw *raw) {
    if (!raw->is_regular || raw->standard_input || raw->begin != 0) return false;
    if (raw->file >= 0) close(raw->file);
    raw->file = -1;
    free(raw->buffer);
    raw->buffer = NULL;
    raw->unhashed = 0;
    return true;
}

/* Whether it is the file that was opened first, and nobody wrote to it. */
static bool is_same_file(const struct source_raw *raw, struct stat *status) {
    return fstat(raw->file, status) == 0 && status->st_dev == raw->device && status->st_ino == raw->inode &&
           status->st_mtim.tv_sec == raw->changed.tv_sec && status->st_mtim.tv_nsec == raw->changed.tv_nsec;
}

bool source_raw_wake(struct source_raw *raw, const char *path, struct error *error) {
    struct stat status = {0};
    raw->file = open(path, O_RDONLY | O_CLOEXEC);
    if (raw->file < 0)
        return error_set(error, EXIT_CANNOT_READ, "%s: cannot be read a second time: %s", raw->name, strerror(errno));
    raw->buffer = memory_get(SOURCE_RAW_ROOM);
    if (is_same_file(raw, &status)) return true;
    return changed_error(raw, &status, error);
}

static bool copy_to_spool(struct source_raw *raw, const char *from, size_t length, struct error *error) {
    while (length > 0) {
        ssize_t written = pwrite(raw->spool, from, length, (off_t)raw->spooled);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            error_set(error, EXIT_CANNOT_READ, "%s: the temporary copy of standard input cannot be written: %s",
                      raw->name, strerror(errno));
            return error_fix(error, "Free some space in TMPDIR (/tmp by default), or name the file instead of -.");
        }
        from += written;
        length -= (size_t)written;
        raw->spooled += (uint64_t)written;
    }
    return true;
}

/* At the end of a file: somebody may have written to it since it was opened, and what was read is then of two states. */
static bool check_unchanged(const struct source_raw *raw, struct error *error) {
    struct stat status;
    if (!raw->is_regular || fstat(raw->file, &status) != 0) return true;
    bool is_same = status.st_mtim.tv_sec == raw->changed.tv_sec && status.st_mtim.tv_nsec == raw->changed.tv_nsec &&
                   (raw->count == raw->size || raw->size == 0); /* files of /proc have no size */
    return is_same || changed_error(raw, &status, error);
}

void source_raw_settle(struct source_raw *raw) {
    if (raw->unhashed > 0) sha256_add(&raw->hash, raw->buffer, raw->unhashed);
    raw->unhashed = 0;
}

void source_raw_sha256(const struct source_raw *raw, char hex[65]) {
    struct sha256 copy = raw->hash; /* so that asking twice gives the same */
    if (raw->unhashed > 0) sha256_add(&copy, raw->buffer, raw->unhashed);
    sha256_end(&copy, hex);
}

static void hash(struct source_raw *raw, const char *bytes, size_t length) {
    if (raw->without_hash) return; /* whoever waits beside ends it alone */
    if (bytes == raw->buffer && raw->count == 0 && !raw->is_again) {
        raw->unhashed = length;
        return;
    }
    source_raw_settle(raw);
    sha256_add_beside(&raw->hash, bytes, length, raw->beside);
}

/* One system call's worth of bytes, counted and hashed. */
static bool read_some(struct source_raw *raw, char *to, size_t room, size_t *got, struct error *error) {
    *got = 0;
    if (raw->at_end || room == 0) return true;
    bool from_spool = raw->spool >= 0 && raw->count < raw->spooled;
    ssize_t length;
    do {
        length = from_spool ? pread(raw->spool, to, room, (off_t)raw->count) : read(raw->file, to, room);
    } while (length < 0 && errno == EINTR);
    if (length < 0)
        return error_set(error, EXIT_CANNOT_READ, "%s: reading stopped at byte %llu: %s", raw->name,
                         (unsigned long long)raw->count, strerror(errno));
    if (length == 0) {
        raw->at_end = true;
        return check_unchanged(raw, error);
    }
    *got = (size_t)length;
    hash(raw, to, *got);
    raw->count += *got;
    return from_spool || raw->spool < 0 || copy_to_spool(raw, to, *got, error);
}

bool source_raw_fill(struct source_raw *raw, struct error *error) {
    size_t kept = raw->end - raw->start;
    source_raw_settle(raw);
    if (kept > 0) memmove(raw->buffer, raw->buffer + raw->start, kept);
    raw->start = 0;
    raw->end = kept;
    size_t got;
    if (!read_some(raw, raw->buffer + kept, SOURCE_RAW_ROOM - kept, &got, error)) return false;
    raw->end += got;
    return true;
}

bool source_raw_take(struct source_raw *raw, char *to, size_t room, size_t *got, struct error *error) {
    size_t ahead = raw->end - raw->start;
    if (ahead == 0) return read_some(raw, to, room, got, error);
    *got = ahead < room ? ahead : room;
    memcpy(to, raw->buffer + raw->start, *got);
    raw->start += *got;
    return true;
}

bool source_raw_ahead_is(const struct source_raw *raw, const char *prefix) {
    size_t length = strlen(prefix);
    return raw->end - raw->start >= length && memcmp(raw->buffer + raw->start, prefix, length) == 0;
}

bool source_raw_rewind(struct source_raw *raw, struct error *error) {
    if (raw->spool < 0 && lseek(raw->file, (off_t)raw->begin, SEEK_SET) < 0)
        return error_set(error, EXIT_CANNOT_READ, "%s: cannot be read a second time: %s", raw->name, strerror(errno));
    raw->start = raw->end = 0;
    raw->count = 0;
    raw->at_end = false;
    raw->is_again = true;
    raw->unhashed = 0;
    sha256_start(&raw->hash);
    return true;
}
