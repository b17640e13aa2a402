/* marks.c: 64 bytes at a time become a word of bits, and its bits a list of places. */
#include "input/json/marks.h"

#include "base/json_token.h"
#include "base/mark_list.h"
#include "base/processor.h"

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
    for (int part = 0; part < MARK_STEP; part += 16)
        bits |= (uint64_t)json_string_stops(bytes + part) << part;
#else
    for (int i = 0; i < MARK_STEP; i++)
        bits |= (uint64_t)(bytes[i] == '"' || bytes[i] == '\\' || (unsigned char)bytes[i] < 0x20) << i;
#endif
    return bits;
}

void json_marks_look_16(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    char padded[MARK_STEP];
    for (size_t i = 0; i < span; i += MARK_STEP)
        count = mark_list_add(marks->places, count, bits_16(mark_list_step(at, i, span, ' ', padded)), i);
    finish(marks, at, count);
}

#ifdef __x86_64__
/* --- AVX2 --------------------------------------------------------------------------------------- */

TARGET_32 static inline unsigned bits_32(const char *bytes) {
    __m256i some = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i marks = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8('"')),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('\\')));
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(some, _mm256_set1_epi8(0x1f)), some);
    return (unsigned)_mm256_movemask_epi8(_mm256_or_si256(marks, control));
}

TARGET_32 void json_marks_look_32(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    char padded[MARK_STEP];
    for (size_t i = 0; i < span; i += MARK_STEP) {
        const char *step = mark_list_step(at, i, span, ' ', padded);
        uint64_t bits = bits_32(step) | (uint64_t)bits_32(step + 32) << 32;
        count = mark_list_add_32(marks->places, count, bits, i);
    }
    finish(marks, at, count);
}

/* --- AVX-512 ------------------------------------------------------------------------------------ */

TARGET_64 void json_marks_look_64(struct json_marks *marks, const char *at, const char *end) {
    size_t span = span_of(at, end), count = 0;
    const __m512i quotes = _mm512_set1_epi8('"'), slashes = _mm512_set1_epi8('\\'), blanks = _mm512_set1_epi8(' ');
    for (size_t i = 0; i < span; i += MARK_STEP) {
        __mmask64 there = mark_list_there_64(i, span);
        __m512i some = _mm512_maskz_loadu_epi8(there, at + i);
        __mmask64 bits = _mm512_mask_cmpeq_epi8_mask(there, some, quotes) |
                         _mm512_mask_cmpeq_epi8_mask(there, some, slashes) |
                         _mm512_mask_cmplt_epu8_mask(there, some, blanks);
        count = mark_list_add_64(marks->places, count, bits, i);
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
