/* json_marks.c: 64 bytes at a time become a word of bits, and its bits a list of places. */
#include "input/json_marks.h"

#include <string.h>

#include "base/processor.h"
#include "input/json_token.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define STEP 64

void json_marks_start(struct json_marks *marks, struct view text) {
    marks->start = text.text;
    marks->end = text.length ? text.text + text.length : text.text;
    marks->base = NULL;
    marks->count = marks->next = 0;
}

/* How far the look goes. */
static size_t span_of(const char *at, const char *end) {
    size_t left = (size_t)(end - at);
    return left < JSON_MARKS_SPAN ? left : JSON_MARKS_SPAN;
}

static void finish(struct json_marks *marks, const char *at, size_t count) {
    marks->base = at;
    marks->count = count;
    marks->next = 0;
    memset(marks->places + count, 0xff, JSON_MARKS_AHEAD * sizeof *marks->places); /* JSON_MARKS_BEHIND */
}

/* --- any processor ----------------------------------------------------------------------------- */

static uint64_t bits_16(const char *bytes) {
    uint64_t bits = 0;
#ifdef __SSE2__
    for (int part = 0; part < STEP; part += 16)
        bits |= (uint64_t)json_string_stops(bytes + part) << part;
#else
    for (int i = 0; i < STEP; i++)
        bits |= (uint64_t)(bytes[i] == '"' || bytes[i] == '\\' || (unsigned char)bytes[i] < 0x20) << i;
#endif
    return bits;
}

/* The step at `i`; the last one, where it is shorter, filled up in `padded` with blanks. */
static const char *step_at(const char *at, size_t i, size_t span, char padded[STEP]) {
    if (span - i >= STEP) return at + i;
    memset(padded, ' ', STEP);
    return memcpy(padded, at + i, span - i);
}

void json_marks_look_16(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    char padded[STEP];
    for (size_t i = 0; i < span; i += STEP)
        for (uint64_t bits = bits_16(step_at(at, i, span, padded)); bits; bits &= bits - 1)
            marks->places[count++] = (uint16_t)(i + (size_t)__builtin_ctzll(bits));
    finish(marks, at, count);
}

#ifdef __x86_64__
/* --- AVX2 --------------------------------------------------------------------------------------- */

#define TARGET_32 __attribute__((target("avx2,bmi,bmi2,popcnt")))

TARGET_32 static inline unsigned bits_32(const char *bytes) {
    __m256i some = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i marks = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8('"')),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('\\')));
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(some, _mm256_set1_epi8(0x1f)), some);
    return (unsigned)_mm256_movemask_epi8(_mm256_or_si256(marks, control));
}

/* Places are written eight by eight, whether there are so many or not, so that nothing has to be foreseen. */
TARGET_32 void json_marks_look_32(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    char padded[STEP];
    for (size_t i = 0; i < span; i += STEP) {
        const char *step = step_at(at, i, span, padded);
        uint64_t bits = bits_32(step) | (uint64_t)bits_32(step + 32) << 32;
        size_t found = (size_t)_mm_popcnt_u64(bits);
        for (size_t done = 0; done < found; done += 8)
            for (size_t k = 0; k < 8; k++, bits = _blsr_u64(bits))
                marks->places[count + done + k] = (uint16_t)(i + _tzcnt_u64(bits));
        count += found;
    }
    finish(marks, at, count);
}

/* --- AVX-512 ------------------------------------------------------------------------------------ */

#define TARGET_64 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi2")))

TARGET_64 void json_marks_look_64(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    const __m512i quotes = _mm512_set1_epi8('"'), slashes = _mm512_set1_epi8('\\'), blanks = _mm512_set1_epi8(' ');
    const __m512i numbers =
        _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40,
                        39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                        15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (size_t i = 0; i < span; i += STEP) {
        __mmask64 there = span - i < STEP ? _bzhi_u64(~(uint64_t)0, (unsigned)(span - i)) : ~(uint64_t)0;
        __m512i some = _mm512_maskz_loadu_epi8(there, at + i);
        __mmask64 bits = _mm512_mask_cmpeq_epi8_mask(there, some, quotes) |
                         _mm512_mask_cmpeq_epi8_mask(there, some, slashes) |
                         _mm512_mask_cmplt_epu8_mask(there, some, blanks);
        size_t found = (size_t)_mm_popcnt_u64(bits);
        __m512i packed = _mm512_maskz_compress_epi8(bits, numbers), first = _mm512_set1_epi16((short)i);
        _mm512_storeu_si512(marks->places + count,
                            _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed))));
        if (found > 32)
            _mm512_storeu_si512(marks->places + count + 32,
                                _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1))));
        count += found;
    }
    finish(marks, at, count);
}

static json_marks_looker *choose(void) {
    switch (processor_vectors()) {
    case VECTOR_64: return json_marks_look_64;
    case VECTOR_32: return json_marks_look_32;
    case VECTOR_PLAIN: break;
    }
    return json_marks_look_16;
}
#else
static json_marks_looker *choose(void) {
    return json_marks_look_16;
}
#endif

void json_marks_look(struct json_marks *marks, const char *at, const char *end) {
    if (!marks->looker) marks->looker = choose();
    marks->looker(marks, at, end);
}

bool json_marks_renew(struct json_marks *marks, const char *at) {
    if (at < marks->start || at >= marks->end) return false;
    json_marks_look(marks, at, marks->end);
    return true;
}
