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

static uint32_t word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The word of round i + 16, in the place of that of round i. */
static inline uint32_t next_word(uint32_t w[16], size_t i) {
    uint32_t early = w[(i + 1) & 15], late = w[(i + 14) & 15];
    uint32_t low = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3;
    uint32_t high = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10;
    return w[i & 15] += low + w[(i + 9) & 15] + high;
}

/* A round. The names move on by one instead of the values: after eight rounds they are where they were. */
#define ROUND(a, b, c, d, e, f, g, h, i, word)                                                                         \
    do {                                                                                                               \
        uint32_t first = (h) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((g) ^ ((e) & ((f) ^ (g)))) +          \
                         constants[i] + (word);                                                                        \
        (d) += first;                                                                                                  \
        (h) = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (((a) & (b)) | ((c) & ((a) | (b))));            \
    } while (0)
#define EIGHT_ROUNDS(i, word)                                                                                          \
    do {                                                                                                               \
        ROUND(a, b, c, d, e, f, g, h, (i), word(i));                                                                   \
        ROUND(h, a, b, c, d, e, f, g, (i) + 1, word((i) + 1));                                                         \
        ROUND(g, h, a, b, c, d, e, f, (i) + 2, word((i) + 2));                                                         \
        ROUND(f, g, h, a, b, c, d, e, (i) + 3, word((i) + 3));                                                         \
        ROUND(e, f, g, h, a, b, c, d, (i) + 4, word((i) + 4));                                                         \
        ROUND(d, e, f, g, h, a, b, c, (i) + 5, word((i) + 5));                                                         \
        ROUND(c, d, e, f, g, h, a, b, (i) + 6, word((i) + 6));                                                         \
        ROUND(b, c, d, e, f, g, h, a, (i) + 7, word((i) + 7));                                                         \
    } while (0)
#define FROM_BYTES(i) (w[i] = word_at(bytes + 4 * (i)))
#define FROM_WORDS(i) next_word(w, (i) - 16)

void sha256_blocks_portable(uint32_t state[8], const unsigned char *bytes, size_t count) {
    for (; count > 0; count--, bytes += 64) {
        uint32_t w[16];
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        EIGHT_ROUNDS(0, FROM_BYTES);
        EIGHT_ROUNDS(8, FROM_BYTES);
        for (size_t i = 16; i < 64; i += 16) {
            EIGHT_ROUNDS(i, FROM_WORDS);
            EIGHT_ROUNDS(i + 8, FROM_WORDS);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
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

void sha256_of(struct view text, char hex[65]) {
    struct sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, text.text, text.length);
    sha256_end(&hash, hex);
}
