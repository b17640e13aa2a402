/* hash.h: hashes. hash_bytes is for tables and ID sets (fast, same on every machine); sha256 is for
 * receipts (FIPS 180-4; uses the processor's SHA instructions where it has them). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* 64 well-mixed bits of `view`, started from `seed`; chain by passing the last result as seed. */
uint64_t hash_bytes(struct view view, uint64_t seed);

/* The same for texts of a hundred bytes and more, several times faster; its values are others. */
uint64_t hash_long(struct view view, uint64_t seed);

/* The same idea for bytes that come in pieces, at memory speed: to see whether a file on disk is what was written, not
 * against people who want to deceive. The result does not depend on how the bytes were cut. */
struct stream_hash {
    uint64_t lanes[4];
    uint64_t length;
    unsigned char rest[32];
};
void stream_hash_start(struct stream_hash *hash);
void stream_hash_add(struct stream_hash *hash, const void *bytes, size_t length);
uint64_t stream_hash_end(const struct stream_hash *hash);

struct sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char rest[64];
    bool uses_instructions; /* asked once: the question (cpuid) is slow on virtual machines */
};

void sha256_start(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t length);
/* Bytes whose time to be added to their hash has not come; they belong to somebody else. All zero: none. */
struct sha256_waiting {
    struct sha256 *hash;
    const void *bytes;
    size_t length;
};
/* Adds `bytes`, and in the same go so much of what waits (NULL: nothing does): two hashes take hardly longer than one. */
void sha256_add_beside(struct sha256 *hash, const void *bytes, size_t length, struct sha256_waiting *waiting);
/* Adds what still waits. */
void sha256_end_waiting(struct sha256_waiting *waiting);
/* Writes 64 lower-case hex digits and a NUL. The hash must be started again before reuse. */
void sha256_end(struct sha256 *hash, char hex[65]);
/* All of it for one text: 64 lower-case hex digits and a NUL. */
void sha256_of(struct view text, char hex[65]);

#endif
