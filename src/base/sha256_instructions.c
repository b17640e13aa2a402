/* sha256_instructions.c: SHA-256 by the SHA extensions of x86-64; elsewhere the plain way.
 *
 * Four rounds a step: sha256rnds2 does two, and the message schedule of the rounds to come is made meanwhile. Each round
 * waits for the one before, so that the processor idles half of the time: a second hash beside costs next to nothing. */
#include "base/sha256_private.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("sha,sse4.1,ssse3")))

static const uint32_t constants[64] = SHA256_CONSTANTS;

/* The state as the instructions want it. */
struct lane {
    __m128i abef, cdgh;
};

TARGET static inline struct lane load(const uint32_t state[8]) {
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1);
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    return (struct lane){_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xf0)};
}

TARGET static inline void store(uint32_t state[8], struct lane lane) {
    __m128i low = _mm_shuffle_epi32(lane.abef, 0x1b), high = _mm_shuffle_epi32(lane.cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, high, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

TARGET static inline void load_words(__m128i w[4], const unsigned char *bytes) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
}

/* Rounds 4 * step to 4 * step + 3, whose words are w[at]. */
TARGET static inline void do_rounds(struct lane *lane, const __m128i w[4], int at, int step) {
    __m128i sum = _mm_add_epi32(w[at], _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * step)));
    lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, sum);
    lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/* In place of w[at] the words for sixteen rounds later. */
TARGET static inline void next_words(__m128i w[4], int at) {
    __m128i next = _mm_sha256msg1_epu32(w[at], w[(at + 1) & 3]);
    next = _mm_add_epi32(next, _mm_alignr_epi8(w[(at + 3) & 3], w[(at + 2) & 3], 4));
    w[at] = _mm_sha256msg2_epu32(next, w[(at + 3) & 3]);
}

TARGET static inline void add_before(struct lane *lane, struct lane before) {
    lane->abef = _mm_add_epi32(lane->abef, before.abef);
    lane->cdgh = _mm_add_epi32(lane->cdgh, before.cdgh);
}

TARGET void sha256_blocks_instructions(uint32_t state[8], const unsigned char *bytes, size_t count) {
    struct lane lane = load(state);
    for (; count > 0; count--, bytes += 64) {
        struct lane before = lane;
        __m128i w[4];
        load_words(w, bytes);
        for (int step = 0; step < 12; step += 4) {
#pragma GCC unroll 4
            for (int at = 0; at < 4; at++) {
                do_rounds(&lane, w, at, step + at);
                next_words(w, at);
            }
        }
#pragma GCC unroll 4
        for (int at = 0; at < 4; at++)
            do_rounds(&lane, w, at, 12 + at);
        add_before(&lane, before);
    }
    store(state, lane);
}

TARGET void sha256_blocks_two(uint32_t state[8], const unsigned char *bytes, uint32_t other_state[8],
                              const unsigned char *other_bytes, size_t count) {
    struct lane lane = load(state), other = load(other_state);
    for (; count > 0; count--, bytes += 64, other_bytes += 64) {
        struct lane before = lane, other_before = other;
        __m128i w[4], other_w[4];
        load_words(w, bytes);
        load_words(other_w, other_bytes);
        for (int step = 0; step < 12; step += 4) {
#pragma GCC unroll 4
            for (int at = 0; at < 4; at++) {
                do_rounds(&lane, w, at, step + at);
                do_rounds(&other, other_w, at, step + at);
                next_words(w, at);
                next_words(other_w, at);
            }
        }
#pragma GCC unroll 4
        for (int at = 0; at < 4; at++) {
            do_rounds(&lane, w, at, 12 + at);
            do_rounds(&other, other_w, at, 12 + at);
        }
        add_before(&lane, before);
        add_before(&other, other_before);
    }
    store(state, lane);
    store(other_state, other);
}
#else
void sha256_blocks_instructions(uint32_t state[8], const unsigned char *bytes, size_t count) {
    sha256_blocks_portable(state, bytes, count);
}

void sha256_blocks_two(uint32_t state[8], const unsigned char *bytes, uint32_t other_state[8],
                       const unsigned char *other_bytes, size_t count) {
    sha256_blocks_portable(state, bytes, count);
    sha256_blocks_portable(other_state, other_bytes, count);
}
#endif
