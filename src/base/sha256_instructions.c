/* sha256_instructions.c: SHA-256 by the SHA extensions of x86-64; elsewhere the plain way. Four rounds a step:
 * sha256rnds2 does two, and the message schedule of the rounds to come is made meanwhile. */
#include "base/sha256_private.h"

#if defined(__x86_64__)
#include <immintrin.h>

static const uint32_t constants[64] = SHA256_CONSTANTS;

__attribute__((target("sha,sse4.1,ssse3"))) void sha256_blocks_instructions(uint32_t state[8],
                                                                            const unsigned char *bytes, size_t count) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    /* the instructions want the state as ABEF and CDGH */
    __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1);
    __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);
    for (; count > 0; count--, bytes += 64) {
        __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
        for (int step = 0; step < 16; step++) {
            __m128i words = w[step & 3];
            __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * step)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
            if (step >= 12) continue;
            __m128i next = _mm_sha256msg1_epu32(words, w[(step + 1) & 3]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(w[(step + 3) & 3], w[(step + 2) & 3], 4));
            w[step & 3] = _mm_sha256msg2_epu32(next, w[(step + 3) & 3]);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1b);
    high = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, high, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(high, low, 8));
}
#else
void sha256_blocks_instructions(uint32_t state[8], const unsigned char *bytes, size_t count) {
    sha256_blocks_portable(state, bytes, count);
}
#endif
