/* scan.c: counting line ends, and the plain walk over a cell that all faster ways must agree with. */
#include "input/csv/scan.h"

static bool is_line_byte(char c) {
    return c == '\n' || c == '\r';
}

/* A byte ends a line if it is LF, or CR without LF behind it. */
static size_t count_plain(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < length && text[i + 1] == '\n'));
    return count;
}

size_t csv_count_lines(const char *text, size_t length) {
    size_t count = 0, i = 0;
#ifdef __SSE2__
    const __m128i feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    const __m128i zero = _mm_setzero_si128();
    while (length - i > 16) {
        /* Each byte lane counts to at most 255 before the lanes are summed up. */
        __m128i lanes = zero;
        for (int round = 0; round < 255 && length - i > 16; round++, i += 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
            __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + i + 1));
            __m128i lone = _mm_andnot_si128(_mm_cmpeq_epi8(next, feeds), _mm_cmpeq_epi8(bytes, returns));
            lanes = _mm_sub_epi8(lanes, _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), lone));
        }
        __m128i sums = _mm_sad_epu8(lanes, zero);
        count += (size_t)_mm_cvtsi128_si32(sums) + (size_t)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
    }
#endif
    return count + count_plain(text + i, length - i);
}

size_t csv_line_end(const char *text, size_t length, size_t at) {
    if (at >= length || !is_line_byte(text[at])) return 0;
    return text[at] == '\r' && at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
}

static bool ends_cell(const char *text, size_t length, size_t at, char delimiter) {
    return at == length || text[at] == delimiter || is_line_byte(text[at]);
}

/* From the byte behind the opening quote to the end of the cell. */
static size_t walk_quoted(const char *text, size_t length, size_t at, char delimiter, struct csv_walk *cell) {
    for (;;) {
        const char *quote = at < length ? memchr(text + at, '"', length - at) : NULL;
        if (!quote) {
            cell->open = true;
            return length;
        }
        at = (size_t)(quote - text) + 1;
        if (ends_cell(text, length, at, delimiter)) return at;
        if (text[at] == '"')
            at++;
        else
            cell->stray = true;
    }
}

void csv_walk_cell(const char *text, size_t length, size_t begin, char delimiter, struct csv_walk *cell) {
    *cell = (struct csv_walk){.begin = begin};
    cell->quoted = begin < length && text[begin] == '"';
    if (cell->quoted) {
        cell->end = walk_quoted(text, length, begin + 1, delimiter, cell);
        cell->breaks = csv_count_lines(text + begin, cell->end - begin);
    } else {
        cell->end = (size_t)(csv_find_cell_end(text + begin, text + length, delimiter) - text);
    }
    cell->last = cell->end == length || text[cell->end] != delimiter;
}
