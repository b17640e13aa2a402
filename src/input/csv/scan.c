/* scan.c: counting line ends, and the plain walk over a cell that all faster ways must agree with. */
#include "input/csv/scan.h"

#include <stdint.h>

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

enum csv_opening csv_padded_quote(const char *text, size_t length, size_t quote, char delimiter, size_t *end) {
    for (size_t at = quote + 1; at < length; at++) {
        if (is_line_byte(text[at]) || at - quote > CSV_PADDED_MOST) return CSV_IS_TEXT;
        if (text[at] != '"') continue;
        if (at + 1 < length && text[at + 1] == '"') {
            at++;
            continue;
        }
        *end = csv_skip_blanks(text, length, at + 1, delimiter);
        if (*end == length) return CSV_UNDECIDED;
        return ends_cell(text, length, *end, delimiter) ? CSV_OPENS : CSV_IS_TEXT;
    }
    *end = length;
    return CSV_UNDECIDED;
}

/* The quote that opens the cell at `begin`, or SIZE_MAX: in a whole text what is undecided closes at its end, or not. */
static size_t find_opening(const char *text, size_t length, size_t begin, char delimiter) {
    size_t quote = csv_skip_blanks(text, length, begin, delimiter), end;
    if (quote == length || text[quote] != '"') return SIZE_MAX;
    if (quote == begin) return quote;
    enum csv_opening opening = csv_padded_quote(text, length, quote, delimiter, &end);
    if (opening != CSV_UNDECIDED) return opening == CSV_OPENS ? quote : SIZE_MAX;
    while (end > quote + 2 && csv_is_blank(text[end - 1], delimiter))
        end--;
    size_t quotes = 0; /* an odd number of them closes */
    while (end > quote + 1 + quotes && text[end - 1 - quotes] == '"')
        quotes++;
    return quotes % 2 == 1 ? quote : SIZE_MAX;
}

/* From the byte behind the opening quote to the end of the cell. */
static size_t walk_quoted(const char *text, size_t length, size_t at, char delimiter, struct csv_walk *cell) {
    cell->inside = at;
    for (;;) {
        const char *quote = at < length ? memchr(text + at, '"', length - at) : NULL;
        if (!quote) {
            cell->open = true;
            cell->inside_end = length;
            return length;
        }
        cell->inside_end = (size_t)(quote - text);
        at = cell->inside_end + 1;
        if (at < length && text[at] == '"') {
            at++;
            continue;
        }
        size_t end = csv_skip_blanks(text, length, at, delimiter);
        if (ends_cell(text, length, end, delimiter)) {
            cell->padded = cell->padded || end > at;
            return end;
        }
        cell->stray = true;
    }
}

void csv_walk_cell(const char *text, size_t length, size_t begin, char delimiter, struct csv_walk *cell) {
    *cell = (struct csv_walk){.begin = begin};
    size_t quote = find_opening(text, length, begin, delimiter);
    cell->quoted = quote != SIZE_MAX;
    if (cell->quoted) {
        cell->padded = quote > begin;
        cell->end = walk_quoted(text, length, quote + 1, delimiter, cell);
        cell->breaks = csv_count_lines(text + begin, cell->end - begin);
    } else {
        cell->end = (size_t)(csv_find_cell_end(text + begin, text + length, delimiter) - text);
    }
    cell->last = cell->end == length || text[cell->end] != delimiter;
}
