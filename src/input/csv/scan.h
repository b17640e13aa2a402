/* scan.h: the quote rule and the searches everything about CSV is made of. Private to csv/.
 *
 * The rule is libcsv's without strict mode and without trimming: a quote opens a quoted cell as the first byte
 * of a cell; inside it two quotes are one, a quote before delimiter, line end or end of input closes, any other
 * quote is text and the cell goes on. A quote inside an unquoted cell is text.
 *
 * Blanks (space, tab) round the quotes are no part of the cell: between a closing quote and the delimiter they do not
 * matter; before an opening quote they do not where the cell closes properly in the same line, within CSV_PADDED_MOST
 * bytes: what ` "a` opens else is in doubt, and stays text, so that nothing is swallowed. */
#ifndef INPUT_CSV_SCAN_H
#define INPUT_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CSV_PADDED_MOST (64u << 10) /* how far the closing quote is looked for */

/* One cell as it stands in the bytes; offsets into the text walked. */
struct csv_walk {
    size_t begin;              /* its first byte: of a quoted cell the opening quote, or a blank before it */
    size_t end;                /* one behind its last byte: delimiter, line end or end of the text */
    size_t inside, inside_end; /* of a quoted cell what stands between its quotes */
    bool quoted;
    bool padded;   /* quoted, with blanks round the quotes */
    bool stray;    /* quoted, and a quote in it neither closed nor was doubled */
    bool open;     /* quoted, and the text ended before it closed */
    bool last;     /* of its record */
    size_t breaks; /* line ends inside */
};

/* How many line ends (CRLF, LF or lone CR) there are. */
size_t csv_count_lines(const char *text, size_t length);
/* Walks over the cell that begins at `begin` (which may be `length`: an empty cell). */
void csv_walk_cell(const char *text, size_t length, size_t begin, char delimiter, struct csv_walk *cell);
/* Whether the byte is a blank, and not the delimiter. */
static inline bool csv_is_blank(char c, char delimiter) {
    return (c == ' ' || c == '\t') && c != delimiter;
}
/* Behind the blanks at `at`. */
static inline size_t csv_skip_blanks(const char *text, size_t length, size_t at, char delimiter) {
    while (at < length && csv_is_blank(text[at], delimiter))
        at++;
    return at;
}
/* Whether a quote that has only blanks before it in its cell opens a quoted cell. */
enum csv_opening { CSV_OPENS, CSV_IS_TEXT, CSV_UNDECIDED /* the text ends before it is known */ };
enum csv_opening csv_padded_quote(const char *text, size_t length, size_t quote, char delimiter, size_t *end);
/* Bytes of the line end at `at`: 2 for CRLF, 1 for LF or CR, 0 if there is none. */
size_t csv_line_end(const char *text, size_t length, size_t at);

/* The first delimiter or line end at or behind `from`, or `end`: the end of an unquoted cell. */
static inline const char *csv_find_cell_end(const char *from, const char *end, char delimiter) {
#ifdef __SSE2__
    const __m128i delimiters = _mm_set1_epi8(delimiter);
    const __m128i feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    for (; end - from >= 16; from += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters),
                                     _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
        unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask) return from + __builtin_ctz(mask);
    }
#endif
    while (from < end && *from != delimiter && *from != '\n' && *from != '\r')
        from++;
    return from;
}

/* The first quote at or behind `from`, or NULL; `*breaks` tells whether a CR or LF came before it (or anywhere, if
 * there is no quote). */
static inline const char *csv_find_quote(const char *from, const char *end, bool *breaks) {
    *breaks = false;
#ifdef __SSE2__
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    for (; end - from >= 16; from += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);
        unsigned quote = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quotes));
        unsigned line =
            (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
        if (quote) {
            /* Bits below the first quote. */
            if (line & (quote ^ (quote - 1))) *breaks = true;
            return from + __builtin_ctz(quote);
        }
        if (line) *breaks = true;
    }
#endif
    for (; from < end; from++) {
        if (*from == '"') return from;
        if (*from == '\n' || *from == '\r') *breaks = true;
    }
    return NULL;
}

#endif
