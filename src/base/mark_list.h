/* mark_list.h: bits of 64 bytes as a list of places, for csv/marks.c and json/marks.c, private to them. What a mark is, they
 * know; here a list is written by the widest vectors the processor has. */
#ifndef BASE_MARK_LIST_H
#define BASE_MARK_LIST_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

#define MARK_STEP 64 /* bytes looked at together */
_Static_assert(MARK_STEP == 8 * sizeof(uint64_t), "a bit for each byte of a step");

/* The step at `i` of a text of `span` bytes; the last one, where it is shorter, filled up in `padded` with `blank`. */
static inline const char *mark_list_step(const char *at, size_t i, size_t span, char blank, char padded[MARK_STEP]) {
    if (span - i >= MARK_STEP) return at + i;
    memset(padded, blank, MARK_STEP);
    return memcpy(padded, at + i, span - i);
}

/* Adds the places of the bits that are set, from `i` on, behind the `count` that are there; returns how many there are then. */
static inline size_t mark_list_add(uint16_t *places, size_t count, uint64_t bits, size_t i) {
    for (; bits; bits &= bits - 1)
        places[count++] = (uint16_t)(i + (size_t)__builtin_ctzll(bits));
    return count;
}

#ifdef __x86_64__
#define TARGET_32 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_64 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi2")))

/* The same eight by eight, whether there are so many or not, so that nothing has to be foreseen: up to seven places behind
 * the last one are written over. */
TARGET_32 static inline size_t mark_list_add_32(uint16_t *places, size_t count, uint64_t bits, size_t i) {
    size_t found = (size_t)_mm_popcnt_u64(bits);
    for (size_t done = 0; done < found; done += 8)
        for (size_t k = 0; k < 8; k++, bits = _blsr_u64(bits))
            places[count + done + k] = (uint16_t)(i + _tzcnt_u64(bits));
    return count + found;
}

/* The same 32 by 32. */
TARGET_64 static inline size_t mark_list_add_64(uint16_t *places, size_t count, uint64_t bits, size_t i) {
    const __m512i numbers =
        _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40,
                        39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                        15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    size_t found = (size_t)_mm_popcnt_u64(bits);
    __m512i packed = _mm512_maskz_compress_epi8(bits, numbers), first = _mm512_set1_epi16((short)i);
    _mm512_storeu_si512(places + count, _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed))));
    if (found > 32)
        _mm512_storeu_si512(places + count + 32,
                            _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1))));
    return count + found;
}

/* The bytes of the step at `i` that are there, as a mask for loads. */
TARGET_64 static inline uint64_t mark_list_there_64(size_t i, size_t span) {
    return span - i < MARK_STEP ? _bzhi_u64(~(uint64_t)0, (unsigned)(span - i)) : ~(uint64_t)0;
}
#endif

#endif
