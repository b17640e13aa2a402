/* csv_look.c: 64 bytes at a time by the widest vectors there are; what is left one by one. */
#include "input/csv_look.h"

#include <stdint.h>

#include "base/processor.h"
#include "input/csv_scan.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* Line ends of 64 bytes: each LF, and each CR behind which no LF comes, counted at the byte behind it. `*carry`: whether
 * the byte before was a CR. */
static inline size_t count_ends(uint64_t feeds, uint64_t returns, uint64_t *carry) {
    uint64_t behind_return = returns << 1 | *carry;
    *carry = returns >> 63;
    return (size_t)__builtin_popcountll(feeds) + (size_t)__builtin_popcountll(behind_return & ~feeds);
}

__attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl"))) static size_t
look_64(const char *text, size_t length, struct csv_look *look) {
    const __m512i feed = _mm512_set1_epi8('\n'), lone = _mm512_set1_epi8('\r');
    uint64_t carry = 0, odd = 0;
    size_t i = 0;
    for (; length - i > 64; i += 64) {
        __m512i bytes = _mm512_loadu_si512(text + i);
        odd |= _mm512_movepi8_mask(bytes) | _mm512_testn_epi8_mask(bytes, bytes);
        look->lines += count_ends(_mm512_cmpeq_epi8_mask(bytes, feed), _mm512_cmpeq_epi8_mask(bytes, lone), &carry);
    }
    look->is_plain = odd == 0;
    look->lines += carry && text[i] != '\n';
    return i;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static uint64_t bits_of(__m256i low, __m256i high, __m256i wanted) {
    return (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)) |
           (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)) << 32;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static size_t look_32(const char *text, size_t length,
                                                                      struct csv_look *look) {
    const __m256i feed = _mm256_set1_epi8('\n'), lone = _mm256_set1_epi8('\r'), zero = _mm256_setzero_si256();
    __m256i odd = zero; /* the highest bit of each byte counts */
    uint64_t carry = 0;
    size_t i = 0;
    for (; length - i > 64; i += 64) {
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)(text + i));
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(text + i + 32));
        __m256i zeros = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), zero);
        odd = _mm256_or_si256(odd, _mm256_or_si256(zeros, _mm256_or_si256(low, high)));
        look->lines += count_ends(bits_of(low, high, feed), bits_of(low, high, lone), &carry);
    }
    look->is_plain = _mm256_movemask_epi8(odd) == 0;
    look->lines += carry && text[i] != '\n';
    return i;
}

/* The part that wide vectors can look at; returns its length. */
static size_t look_wide(const char *text, size_t length, struct csv_look *look) {
    switch (processor_vectors()) {
    case VECTOR_64: return look_64(text, length, look);
    case VECTOR_32: return look_32(text, length, look);
    case VECTOR_PLAIN: break;
    }
    return 0;
}
#else
static size_t look_wide(const char *text, size_t length, struct csv_look *look) {
    (void)text;
    (void)length;
    (void)look;
    return 0;
}
#endif

struct csv_look csv_look(const char *text, size_t length) {
    struct csv_look look = {0, true};
    size_t done = length > 64 ? look_wide(text, length, &look) : 0;
    if (done == length) return look;
    look.lines += csv_count_lines(text + done, length - done);
    for (size_t i = done; i < length && look.is_plain; i++)
        look.is_plain = (unsigned char)text[i] < 0x80 && text[i] != 0;
    return look;
}
