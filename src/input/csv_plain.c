/* csv_plain.c: cells cut in place, each byte looked at once, 16 at a time where the processor can.
 *
 * While it looks for the end of a cell it also learns, nearly for nothing, whether the record is as short as CSV can
 * write it. Two such records are equal exactly if their cells are: see row_content_hash. */
#include "input/csv_plain.h"

#include "input/csv_scan.h"

/* What a search through a cell met before it stopped. */
struct met {
    bool line_end; /* CR or LF */
    bool mark;     /* quoted cells: a delimiter; unquoted ones: a quote */
};

#ifdef __SSE2__
/* Bits of the 16 bytes that are `c`. */
static inline unsigned bits_of(__m128i bytes, char c) {
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
}

static inline unsigned line_bits(__m128i bytes) {
    __m128i feeds = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), returns = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(feeds, returns));
}
#endif

/* The end of an unquoted cell: delimiter, line end or `end`. */
static inline const char *find_end(const char *at, const char *end, char delimiter, struct met *met) {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        unsigned stops = bits_of(bytes, delimiter) | line_bits(bytes), quotes = bits_of(bytes, '"');
        if (stops) {
            met->mark |= (quotes & (stops ^ (stops - 1))) != 0; /* before the first stop */
            return at + __builtin_ctz(stops);
        }
        met->mark |= quotes != 0;
    }
#endif
    for (; at < end && *at != delimiter && *at != '\n' && *at != '\r'; at++)
        met->mark |= *at == '"';
    return at;
}

/* The next quote, or NULL. */
static inline const char *find_quote(const char *at, const char *end, char delimiter, struct met *met) {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        unsigned quotes = bits_of(bytes, '"'), delimiters = bits_of(bytes, delimiter), lines = line_bits(bytes);
        unsigned before = quotes ? quotes ^ (quotes - 1) : ~0u; /* up to the first quote */
        met->line_end |= (lines & before) != 0;
        met->mark |= (delimiters & before) != 0;
        if (quotes) return at + __builtin_ctz(quotes);
    }
#endif
    for (; at < end; at++) {
        if (*at == '"') return at;
        met->line_end |= *at == '\n' || *at == '\r';
        met->mark |= *at == delimiter;
    }
    return NULL;
}

/* A cell with doubled quotes, from `begin` to its closing quote, which is returned; `quote` is its first quote. The cell
 * is a copy without the doubling. NULL if no quote closes it. */
static const char *cut_doubled(const char *begin, const char *quote, const char *end, char delimiter,
                               struct arena *arena, struct cell *cell, struct met *met) {
    const char *close = quote;
    size_t doubled = 0;
    while (close + 1 < end && close[1] == '"') {
        close = find_quote(close + 2, end, delimiter, met);
        if (!close) return NULL;
        doubled++;
    }
    size_t length = (size_t)(close - begin) - doubled;
    char *copy = arena_get(arena, length);
    char *to = copy;
    for (const char *from = begin; from < close;) {
        const char *next = memchr(from, '"', (size_t)(close - from));
        size_t run = (size_t)((next ? next + 1 : close) - from); /* with one quote of the two */
        memcpy(to, from, run);
        to += run;
        from += run + (next != NULL);
    }
    *cell = (struct cell){{copy, length}, CELL_TEXT};
    return close;
}

/* The cell whose opening quote is before `begin`; returns what is behind its closing quote, or NULL. */
static const char *cut_quoted(const char *begin, const char *end, char delimiter, struct arena *arena,
                              struct cell *cell, struct csv_plain *found) {
    struct met met = {0};
    const char *quote = find_quote(begin, end, delimiter, &met);
    if (!quote) return NULL;
    *cell = (struct cell){{begin, (size_t)(quote - begin)}, CELL_TEXT};
    bool is_doubled = quote + 1 < end && quote[1] == '"';
    if (is_doubled) quote = cut_doubled(begin, quote, end, delimiter, arena, cell, &met);
    if (!quote) return NULL;
    const char *behind = quote + 1;
    if (behind < end && *behind != delimiter && *behind != '\n' && *behind != '\r') return NULL;
    if (met.line_end) found->breaks += csv_count_lines(begin, (size_t)(quote - begin));
    found->is_shortest = found->is_shortest && (is_doubled || met.line_end || met.mark);
    return behind;
}

bool csv_plain_cut(const char *at, const char *end, char delimiter, struct cell *cells, size_t room,
                   struct arena *arena, struct csv_plain *found) {
    struct met met = {0};
    size_t count = 0;
    *found = (struct csv_plain){.is_shortest = true};
    for (;; at++) {
        if (count == room) return false;
        if (at < end && *at == '"') {
            at = cut_quoted(at + 1, end, delimiter, arena, &cells[count], found);
            if (!at) return false;
        } else {
            const char *begin = at;
            at = find_end(at, end, delimiter, &met);
            cells[count] = (struct cell){{begin, (size_t)(at - begin)}, CELL_TEXT};
        }
        count++;
        if (at == end || *at != delimiter) break;
    }
    found->end = at;
    found->cell_count = count;
    found->is_shortest = found->is_shortest && !met.mark;
    return true;
}
