/* marks.c: 64 bytes at a time become a word of bits, and its bits a list of places. */
#include "input/csv/marks.h"

#include "base/mark_list.h"
#include "base/processor.h"

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
    for (int part = 0; part < MARK_STEP; part += 16) {
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
    for (int part = 0; part < MARK_STEP; part += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + part));
        odd |= _mm_movemask_epi8(_mm_or_si128(some, _mm_cmpeq_epi8(some, _mm_setzero_si128())));
    }
    return odd != 0;
}
#else
static uint64_t bits_16(const char *bytes, char delimiter) {
    uint64_t bits = 0;
    for (int i = 0; i < MARK_STEP; i++)
        bits |= (uint64_t)(bytes[i] == delimiter || bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r') << i;
    return bits;
}

static bool has_odd_16(const char *bytes) {
    bool odd = false;
    for (int i = 0; i < MARK_STEP; i++)
        odd = odd || bytes[i] == 0 || (unsigned char)bytes[i] >= 0x80;
    return odd;
}
#endif

/* A byte that is no mark. */
static char blank_of(char delimiter) {
    return delimiter == 'x' ? 'y' : 'x';
}

void csv_marks_look_16(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    char padded[MARK_STEP];
    for (size_t i = 0; i < span; i += MARK_STEP) {
        const char *step = mark_list_step(at, i, span, blank_of(delimiter), padded);
        marks->has_odd = marks->has_odd || has_odd_16(step);
        count = mark_list_add(marks->places, count, bits_16(step, delimiter), i);
    }
    marks->count = count;
}

#ifdef __x86_64__
/* --- AVX2 --------------------------------------------------------------------------------------- */

TARGET_32 static inline unsigned bits_32(__m256i some, char delimiter) {
    __m256i cells = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8(delimiter)),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('"')));
    __m256i lines = _mm256_or_si256(_mm256_cmpeq_epi8(some, _mm256_set1_epi8('\n')),
                                    _mm256_cmpeq_epi8(some, _mm256_set1_epi8('\r')));
    return (unsigned)_mm256_movemask_epi8(_mm256_or_si256(cells, lines));
}

TARGET_32 void csv_marks_look_32(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    __m256i odd = _mm256_setzero_si256();
    char padded[MARK_STEP];
    for (size_t i = 0; i < span; i += MARK_STEP) {
        const char *step = mark_list_step(at, i, span, blank_of(delimiter), padded);
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)step);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(step + 32));
        uint64_t bits = bits_32(low, delimiter) | (uint64_t)bits_32(high, delimiter) << 32;
        __m256i zeros = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
        odd = _mm256_or_si256(odd, _mm256_or_si256(zeros, _mm256_or_si256(low, high))); /* the highest bits count */
        count = mark_list_add_32(marks->places, count, bits, i);
    }
    marks->count = count;
    marks->has_odd = _mm256_movemask_epi8(odd) != 0;
}

/* --- AVX-512 ------------------------------------------------------------------------------------ */

TARGET_64 void csv_marks_look_64(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    size_t span = start(marks, at, end), count = 0;
    uint64_t odd = 0;
    const __m512i delimiters = _mm512_set1_epi8(delimiter), quotes = _mm512_set1_epi8('"');
    const __m512i feeds = _mm512_set1_epi8('\n'), returns = _mm512_set1_epi8('\r');
    for (size_t i = 0; i < span; i += MARK_STEP) {
        __mmask64 there = mark_list_there_64(i, span);
        __m512i some = _mm512_maskz_loadu_epi8(there, at + i);
        __mmask64 bits =
            _mm512_mask_cmpeq_epi8_mask(there, some, delimiters) | _mm512_mask_cmpeq_epi8_mask(there, some, quotes) |
            _mm512_mask_cmpeq_epi8_mask(there, some, feeds) | _mm512_mask_cmpeq_epi8_mask(there, some, returns);
        odd |= _mm512_movepi8_mask(some) | _mm512_mask_testn_epi8_mask(there, some, some);
        count = mark_list_add_64(marks->places, count, bits, i);
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
