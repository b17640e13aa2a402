/* csv_marks.c: 64 bytes at a time become a word of bits, and its bits a list of places. */
#include "input/csv_marks.h"

#include <string.h>

#include "base/processor.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define STEP 64

/* Where the look begins and how far it goes. */
static size_t start(struct csv_marks *marks, const char *at, const char *end) {
    size_t left = (size_t)(end - at);
    marks->base = at;
    marks->span = left < CSV_MARKS_SPAN ? left : CSV_MARKS_SPAN;
    marks->count = marks->next = 0;
    marks->has_odd = false;
    return marks->span;
}

/* --- any processor ----------------------------------------------------------------------------- */

#ifdef __SSE2__
static uint64_t bits_16(const char *bytes, char delimiter) {
    uint64_t bits = 0;
    for (int part = 0; part < STEP; part += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + part));
        __m128i cells =
            _mm_or_si128(_mm_cmpeq_epi8(some, _mm_set1_epi8(delimiter)), _mm_cmpeq_epi8(some, _mm_set1_epi8('"')));
        __m128i lines =
            _mm_or_si128(_mm_cmpeq_epi8(some, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(some, _mm_set1_epi8('\r')));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(cells, lines)) << part;
    }
    return bits;
}

static bool has_odd_16(const char *bytes) {
    int odd = 0;
    for (int part = 0; part < STEP; part += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + part));
        odd |= _mm_movemask_epi8(_mm_or_si128(some, _mm_cmpeq_epi8(some, _mm_setzero_si128())));
    }
    return odd != 0;
}
#else
static uint64_t bits_16(const char *bytes, char delimiter) {
    uint64_t bits = 0;
    for (int i = 0; i < STEP; i++)
        bits |= (uint64_t)(bytes[i] == delimiter || bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r') << i;
    return bits;
}

static bool has_odd_16(const char *bytes) {
    bool odd = false;
    for (int i = 0; i < STEP; i++)
        odd = odd || bytes[i] == 0 || (unsigned char)bytes[i] >= 0x80;
    return odd;
}
#endif

/* The step at `i`; the last one, where it is shorter, filled up in `padded` with a byte that is no mark. */
static const char *step_at(const char *at, size_t i, size_t span, char delimiter, char padded[STEP]) {
    if (span - i >= STEP) return at + i;
    memset(padded, delimiter == 'x' ? 'y' : 'x', STEP);
    return memcpy(padded, at + i, span - i);
}

void csv_marks_look_16(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    char padded[STEP];
    for (size_t i = 0; i < span; i += STEP) {
        const char *step = step_at(at, i, span, delimiter, padded);
        marks->has_odd = marks->has_odd || has_odd_16(step);
        for (uint64_t bits = bits_16(step, delimiter); bits; bits &= bits - 1)
            marks->places[count++] = (uint16_t)(i + (size_t)__builtin_ctzll(bits));
    }
    marks->count = count;
}

#ifdef __x86_64__
/* --- AVX2 --------------------------------------------------------------------------------------- */

#define TARGET_32 __attribute__((target("avx2,bmi,bmi2,popcnt")))

TARGET_32 static inline unsigned bits_32(__m256i some, char delimiter) {
    __m256i cells = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8(delimiter)),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('"')));
    __m256i lines = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8('\n')),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('\r')));
    return (unsigned)_mm256_movemask_epi8(_mm256_or_si256(cells, lines));
}

/* Places are written eight by eight, whether there are so many or not, so that nothing has to be foreseen. */
TARGET_32 void csv_marks_look_32(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    __m256i odd = _mm256_setzero_si256();
    char padded[STEP];
    for (size_t i = 0; i < span; i += STEP) {
        const char *step = step_at(at, i, span, delimiter, padded);
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)step);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(step + 32));
        uint64_t bits = bits_32(low, delimiter) | (uint64_t)bits_32(high, delimiter) << 32;
        __m256i zeros = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
        odd = _mm256_or_si256(odd, _mm256_or_si256(zeros, _mm256_or_si256(low, high))); /* the highest bits count */
        size_t found = (size_t)_mm_popcnt_u64(bits);
        for (size_t done = 0; done < found; done += 8)
            for (size_t k = 0; k < 8; k++, bits = _blsr_u64(bits))
                marks->places[count + done + k] = (uint16_t)(i + _tzcnt_u64(bits));
        count += found;
    }
    marks->count = count;
    marks->has_odd = _mm256_movemask_epi8(odd) != 0;
}

/* --- AVX-512 ------------------------------------------------------------------------------------ */

#define TARGET_64 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi2")))

TARGET_64 void csv_marks_look_64(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    uint64_t odd = 0;
    const __m512i delimiters = _mm512_set1_epi8(delimiter), quotes = _mm512_set1_epi8('"');
    const __m512i feeds = _mm512_set1_epi8('\n'), returns = _mm512_set1_epi8('\r');
    const __m512i numbers =
        _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40,
                        39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                        15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (size_t i = 0; i < span; i += STEP) {
        __mmask64 there = span - i < STEP ? _bzhi_u64(~(uint64_t)0, (unsigned)(span - i)) : ~(uint64_t)0;
        __m512i some = _mm512_maskz_loadu_epi8(there, at + i);
        __mmask64 bits =
            _mm512_mask_cmpeq_epi8_mask(there, some, delimiters) | _mm512_mask_cmpeq_epi8_mask(there, some, quotes) |
            _mm512_mask_cmpeq_epi8_mask(there, some, feeds) | _mm512_mask_cmpeq_epi8_mask(there, some, returns);
        odd |= _mm512_movepi8_mask(some) | _mm512_mask_testn_epi8_mask(there, some, some);
        size_t found = (size_t)_mm_popcnt_u64(bits);
        __m512i packed = _mm512_maskz_compress_epi8(bits, numbers), first = _mm512_set1_epi16((short)i);
        _mm512_storeu_si512(marks->places + count,
                            _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed))));
        if (found > 32)
            _mm512_storeu_si512(marks->places + count + 32,
                                _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1))));
        count += found;
    }
    marks->count = count;
    marks->has_odd = odd != 0;
}

static csv_marks_looker *choose(void) {
    switch (processor_vectors()) {
    case VECTOR_64: return csv_marks_look_64;
    case VECTOR_32: return csv_marks_look_32;
    case VECTOR_PLAIN: break;
    }
    return csv_marks_look_16;
}
#else
static csv_marks_looker *choose(void) {
    return csv_marks_look_16;
}
#endif

void csv_marks_look(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    if (!marks->looker) marks->looker = choose();
    marks->looker(marks, at, end, delimiter);
}
