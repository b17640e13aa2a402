/* json_token.h: the innermost loops of the JSON readers, 16 bytes at a time where the processor has SSE2: where a
 * string stops being plain, and where digits end. */
#ifndef BASE_JSON_TOKEN_H
#define BASE_JSON_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __SSE2__
#include <emmintrin.h>

/* A bit for each of the 16 bytes at `at` that is a quote, a backslash or a control character. */
static inline unsigned json_string_stops(const char *at) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, control));
}
#endif

/* The first quote, backslash or control character from `at` on, or `end`. */
static inline const char *json_string_stop(const char *at, const char *end) {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        unsigned stops = json_string_stops(at);
        if (stops) return at + __builtin_ctz(stops);
    }
#endif
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return at;
}

/* The first byte from `at` on that is no digit, or `end`. */
static inline const char *json_digits_end(const char *at, const char *end) {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)at), _mm_set1_epi8('0'));
        const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(9)), bytes);
        unsigned others = (unsigned)_mm_movemask_epi8(digits) ^ 0xffffu;
        if (others) return at + __builtin_ctz(others);
    }
#endif
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

#endif
