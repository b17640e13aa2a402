/* raw.h: the bytes of an input as they are stored, before gunzip and decoding. Private to
 * source.c and gzip.c. */
#ifndef INPUT_SOURCE_RAW_H
#define INPUT_SOURCE_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/error.h"
#include "base/hash.h"

#define SOURCE_RAW_ROOM (256u << 10) /* bytes of one system call when nobody asks for more */

struct source_raw {
    const char *name;       /* for messages; belongs to the caller */
    int file;               /* what is read; -1 = not open */
    bool standard_input;    /* then `file` is not ours to close */
    int spool;              /* unlinked copy of a standard input that cannot be read twice, or -1 */
    uint64_t spooled;       /* bytes in the spool */
    int64_t begin;          /* where our bytes begin in a file that can seek */
    uint64_t size;          /* 0 = unknown */
    struct timespec changed; /* of a regular file: when it was last written to, at the opening */
    dev_t device;            /* with the next: which file it is */
    ino_t inode;
    bool is_regular;
    _Atomic uint64_t count; /* bytes read since the last rewind; others look at it to show progress */
    struct sha256 hash;     /* of those, unless: */
    size_t unhashed;        /* but for the first so many in `buffer`: what is read to see what the file is, all of a small
                               file, is mostly read again from the begin, and hashed then */
    bool is_again;          /* it was rewound */
    bool without_hash;      /* nobody asks for it */
    struct sha256_waiting *beside; /* what may be hashed beside them; NULL: nothing */
    bool at_end;
    char *buffer; /* SOURCE_RAW_ROOM bytes read ahead: [start, end) are not yet taken */
    size_t start, end;
};

/* Opens `path` ("-" is standard input). A folder, a missing or unreadable file: EXIT_CANNOT_READ. The struct may
 * be closed whatever happened. `name` must outlive it. */
bool source_raw_open(struct source_raw *raw, const char *path, const char *name, struct error *error);
void source_raw_close(struct source_raw *raw);
/* Adds to the hash what it still lacks of the bytes read. */
void source_raw_settle(struct source_raw *raw);
/* SHA-256 of the bytes read, 64 hex digits; may be asked again. */
void source_raw_sha256(const struct source_raw *raw, char hex[65]);
/* Gives back buffer and file of a regular one; what is known of it stays, but for the hash of bytes that
 * were not settled. False: it is none, and stays open. */
bool source_raw_rest(struct source_raw *raw);
/* Opens a file at rest again, to be rewound. EXIT_CANNOT_READ where another file is there now. */
bool source_raw_wake(struct source_raw *raw, const char *path, struct error *error);
/* Reads further bytes behind those in `buffer`, which it makes room for; none came: `at_end`. */
bool source_raw_fill(struct source_raw *raw, struct error *error);
/* Up to `room` bytes into `to`, those read ahead first; `*got` is 0 only at the end. */
bool source_raw_take(struct source_raw *raw, char *to, size_t room, size_t *got, struct error *error);
/* Whether the bytes ahead begin with `prefix`. */
bool source_raw_ahead_is(const struct source_raw *raw, const char *prefix);
/* Back to the first byte; count and hash too. */
bool source_raw_rewind(struct source_raw *raw, struct error *error);

#endif
