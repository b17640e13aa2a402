/* hash.c: a multiply-and-fold hash over words of eight bytes, after the idea of wyhash: two 64-bit halves are
 * multiplied to 128 bits and folded, which mixes every bit of both. Little-endian reading keeps it the same
 * on every machine. */
#include "base/hash.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;
_Static_assert(sizeof(wide) == 2 * sizeof(uint64_t), "a product has two halves");

static uint64_t fold(uint64_t left, uint64_t right) {
#ifdef __wasm__ /* which multiplies 128 bits by a call */
    uint64_t left_high = left >> 32, right_high = right >> 32;
    left &= UINT32_MAX;
    right &= UINT32_MAX;
    uint64_t low = left * right, middle = left_high * right + (low >> 32),
             other = left * right_high + (middle & UINT32_MAX);
    return (other << 32 | (low & UINT32_MAX)) ^ (left_high * right_high + (middle >> 32) + (other >> 32));
#else
    wide product = (wide)left * right;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#endif
}

static uint64_t eight(const unsigned char *bytes) {
    uint64_t result;
    memcpy(&result, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    result = __builtin_bswap64(result);
#endif
    return result;
}

static uint64_t four(const unsigned char *bytes) {
    uint32_t result;
    memcpy(&result, bytes, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    result = __builtin_bswap32(result);
#endif
    return result;
}

/* Up to 16 bytes as two words; they may overlap, the length is mixed in apart. */
static void last_words(const unsigned char *bytes, size_t count, uint64_t *low, uint64_t *high) {
    *low = *high = 0;
    if (count >= 8) {
        *low = eight(bytes);
        *high = eight(bytes + count - 8);
    } else if (count >= 4) {
        *low = four(bytes) << 32 | four(bytes + count - 4);
    } else if (count > 0) {
        *low = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[count / 2] << 8 | bytes[count - 1];
    }
}

uint64_t hash_bytes(struct view view, uint64_t seed) {
    static const uint64_t first = 0x9e3779b97f4a7c15u, second = 0xd6e8feb86659fd93u, third = 0xa0761d6478bd642fu;
    const unsigned char *bytes = (const unsigned char *)view.text;
    size_t left = view.length;
    uint64_t hash = seed ^ first;
    for (; left > 16; bytes += 16, left -= 16)
        hash = fold(eight(bytes) ^ second, eight(bytes + 8) ^ hash);
    uint64_t low, high;
    last_words(bytes, left, &low, &high);
    return fold(second ^ (uint64_t)view.length, fold(low ^ second, high ^ hash) ^ third);
}

/* Four lanes of eight bytes, independent of each other, so that the processor works on all at once. */
static inline void add_stripe(uint64_t lanes[4], const unsigned char *bytes) {
    static const uint64_t keys[4] = {0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u, 0xa0761d6478bd642fu,
                                     0xe7037ed1a0b428dbu};
    for (size_t lane = 0; lane < 4; lane++)
        lanes[lane] = fold(lanes[lane] ^ eight(bytes + 8 * lane), keys[lane]) + keys[lane];
}

uint64_t hash_long(struct view view, uint64_t seed) {
    uint64_t lanes[4] = {seed, 2, 3, 4};
    const unsigned char *bytes = (const unsigned char *)view.text;
    size_t left = view.length;
    for (; left >= 32; bytes += 32, left -= 32)
        add_stripe(lanes, bytes);
    uint64_t hash = fold(fold(lanes[0] ^ lanes[1], 0xd6e8feb86659fd93u ^ lanes[2]) ^ lanes[3], 0xa0761d6478bd642fu);
    return hash_bytes(view_from((const char *)bytes, left), hash ^ (uint64_t)view.length);
}

void stream_hash_start(struct stream_hash *hash) {
    *hash = (struct stream_hash){.lanes = {1, 2, 3, 4}};
}

void stream_hash_add(struct stream_hash *hash, const void *bytes, size_t length) {
    if (length == 0) return;
    const unsigned char *place = bytes;
    size_t filled = hash->length % sizeof hash->rest;
    hash->length += length;
    if (filled > 0) {
        size_t taken = length < sizeof hash->rest - filled ? length : sizeof hash->rest - filled;
        memcpy(hash->rest + filled, place, taken);
        if (filled + taken < sizeof hash->rest) return;
        add_stripe(hash->lanes, hash->rest);
        place += taken;
        length -= taken;
    }
    uint64_t lanes[4]; /* of their own, so that they stay in registers */
    memcpy(lanes, hash->lanes, sizeof lanes);
    for (; length >= sizeof hash->rest; place += sizeof hash->rest, length -= sizeof hash->rest)
        add_stripe(lanes, place);
    memcpy(hash->lanes, lanes, sizeof lanes);
    memcpy(hash->rest, place, length);
}

uint64_t stream_hash_end(const struct stream_hash *hash) {
    uint64_t result = hash_bytes(view_from((const char *)hash->rest, hash->length % sizeof hash->rest), hash->length);
    for (size_t lane = 0; lane < 4; lane++)
        result = fold(result ^ hash->lanes[lane], 0xd6e8feb86659fd93u + lane);
    return result;
}
