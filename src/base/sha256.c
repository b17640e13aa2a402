/* sha256.c: FIPS 180-4, section 6.2; on x86-64 by the processor's own instructions where it has them, several
 * times faster than plain C, so that hashing does not become the slowest part of a run. */
#include "base/hash.h"
#include "base/processor.h"
#include "base/sha256_private.h"

#include <string.h>

static const uint32_t constants[64] = SHA256_CONSTANTS;

static uint32_t rotate(uint32_t value, int bits) {
    return value >> bits | value << (32 - bits);
}

void sha256_blocks_portable(uint32_t state[8], const unsigned char *bytes, size_t count) {
    for (; count > 0; count--, bytes += 64) {
        uint32_t w[64];
        for (size_t i = 0; i < 16; i++)
            w[i] = (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 | (uint32_t)bytes[4 * i + 2] << 8 |
                   bytes[4 * i + 3];
        for (size_t i = 16; i < 64; i++) {
            uint32_t low = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
            uint32_t high = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16] + low + w[i - 7] + high;
        }
        uint32_t v[8];
        memcpy(v, state, sizeof v);
        for (size_t i = 0; i < 64; i++) {
            uint32_t high = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
            uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            uint32_t first = v[7] + high + choice + constants[i] + w[i];
            uint32_t low = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
            uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            memmove(v + 1, v, 7 * sizeof *v);
            v[4] += first;
            v[0] = first + low + majority;
        }
        for (size_t i = 0; i < 8; i++)
            state[i] += v[i];
    }
}

static void add_blocks(struct sha256 *hash, const unsigned char *bytes, size_t count) {
    if (hash->uses_instructions)
        sha256_blocks_instructions(hash->state, bytes, count);
    else
        sha256_blocks_portable(hash->state, bytes, count);
}

void sha256_start(struct sha256 *hash) {
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, start, sizeof start);
    hash->length = 0;
    hash->uses_instructions = processor_has_sha();
}

void sha256_add(struct sha256 *hash, const void *bytes, size_t length) {
    if (length == 0) return;
    const unsigned char *place = bytes;
    size_t filled = hash->length % 64;
    hash->length += length;
    if (filled > 0) {
        size_t taken = length < 64 - filled ? length : 64 - filled;
        memcpy(hash->rest + filled, place, taken);
        place += taken;
        length -= taken;
        if (filled + taken < 64) return;
        add_blocks(hash, hash->rest, 1);
    }
    add_blocks(hash, place, length / 64);
    if (length % 64) memcpy(hash->rest, place + length / 64 * 64, length % 64);
}

/* The next `length` of the bytes that wait. */
static void add_waiting(struct sha256_waiting *waiting, size_t length) {
    sha256_add(waiting->hash, waiting->bytes, length);
    waiting->bytes = (const unsigned char *)waiting->bytes + length;
    waiting->length -= length;
}

/* How many bytes are missing to the next whole block. */
static size_t missing(const struct sha256 *hash) {
    return (64 - hash->length % 64) % 64;
}

void sha256_add_beside(struct sha256 *hash, const void *bytes, size_t length, struct sha256_waiting *waiting) {
    if (waiting && waiting->length >= 128 && length >= 128 && hash->uses_instructions) {
        size_t first = missing(hash);
        sha256_add(hash, bytes, first);
        bytes = (const unsigned char *)bytes + first;
        length -= first;
        add_waiting(waiting, missing(waiting->hash));
        size_t both = (length < waiting->length ? length : waiting->length) / 64;
        sha256_blocks_two(hash->state, bytes, waiting->hash->state, waiting->bytes, both);
        hash->length += both * 64;
        waiting->hash->length += both * 64;
        bytes = (const unsigned char *)bytes + both * 64;
        length -= both * 64;
        waiting->bytes = (const unsigned char *)waiting->bytes + both * 64;
        waiting->length -= both * 64;
    }
    sha256_add(hash, bytes, length);
}

void sha256_end_waiting(struct sha256_waiting *waiting) {
    if (waiting->length > 0) add_waiting(waiting, waiting->length);
}

void sha256_end(struct sha256 *hash, char hex[65]) {
    static const unsigned char padding[64] = {0x80};
    uint64_t bits = hash->length * 8;
    size_t filled = hash->length % 64;
    sha256_add(hash, padding, filled < 56 ? 56 - filled : 120 - filled);
    unsigned char length[8];
    for (size_t i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(hash, length, sizeof length);
    for (size_t i = 0; i < 64; i++)
        hex[i] = "0123456789abcdef"[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[64] = '\0';
}
