/* csv_plain.c: cells cut in place.
 *
 * 64 bytes at a time are turned into three words of bits: delimiters, line ends, quotes (SSE2, or one by one). Cutting
 * is then mostly "the lowest bit at or above this place", and no byte is looked at twice. While it cuts it also learns,
 * nearly for nothing, whether the record is as short as CSV can write it. Two such records are equal exactly if their
 * cells are: see row_content_hash. */
#include "input/csv_plain.h"

#include "input/csv_scan.h"

#define WINDOW 64

/* What stood in the cells before the byte that was looked for. */
struct met {
    uint64_t lines;      /* of quoted cells: not 0 if there was a CR or LF */
    uint64_t delimiters; /* the same */
    uint64_t quotes;     /* of unquoted cells */
};

#ifdef __SSE2__
static inline uint64_t bits_of(__m128i bytes, char c) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
}

static inline void mark_bytes(struct csv_window *window, const char *bytes, char delimiter) {
    window->delimiters = window->lines = window->quotes = 0;
    for (int part = 0; part < WINDOW; part += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + part));
        window->delimiters |= bits_of(some, delimiter) << part;
        window->lines |= (bits_of(some, '\n') | bits_of(some, '\r')) << part;
        window->quotes |= bits_of(some, '"') << part;
    }
}
#else
static inline void mark_bytes(struct csv_window *window, const char *bytes, char delimiter) {
    window->delimiters = window->lines = window->quotes = 0;
    for (int i = 0; i < WINDOW; i++) {
        window->delimiters |= (uint64_t)(bytes[i] == delimiter) << i;
        window->lines |= (uint64_t)(bytes[i] == '\n' || bytes[i] == '\r') << i;
        window->quotes |= (uint64_t)(bytes[i] == '"') << i;
    }
}
#endif

/* The window that begins at `at`. What would be behind `end` is taken as zeros. */
static inline void look_at(struct csv_window *window, const char *at, const char *end, char delimiter) {
    window->base = at;
    if (end - at >= WINDOW) {
        mark_bytes(window, at, delimiter);
        return;
    }
    char padded[WINDOW] = {0};
    if (at < end) memcpy(padded, at, (size_t)(end - at));
    mark_bytes(window, padded, delimiter);
}

/* The end of an unquoted cell: delimiter, line end or `end`. `at` is in the window. */
static inline const char *find_end(struct csv_window *window, const char *at, const char *end, char delimiter,
                                   struct met *met) {
    for (;;) {
        unsigned offset = (unsigned)(at - window->base);
        uint64_t stops = (window->delimiters | window->lines) >> offset, quotes = window->quotes >> offset;
        if (stops) {
            met->quotes |= quotes & (stops ^ (stops - 1)); /* up to the first stop */
            return at + __builtin_ctzll(stops);
        }
        met->quotes |= quotes;
        at = window->base + WINDOW;
        if (at >= end) return end;
        look_at(window, at, end, delimiter);
    }
}

/* The next quote at or behind `at`, or NULL. */
static inline const char *find_quote(struct csv_window *window, const char *at, const char *end, char delimiter,
                                     struct met *met) {
    for (;;) {
        if (at >= end) return NULL;
        if (at - window->base >= WINDOW) look_at(window, at, end, delimiter);
        unsigned offset = (unsigned)(at - window->base);
        uint64_t quotes = window->quotes >> offset;
        uint64_t before = quotes ? quotes ^ (quotes - 1) : ~(uint64_t)0; /* up to the first quote */
        met->lines |= window->lines >> offset & before;
        met->delimiters |= window->delimiters >> offset & before;
        if (quotes) return at + __builtin_ctzll(quotes);
        at = window->base + WINDOW;
    }
}

/* Copies a cell without the doubling of its quotes. */
static struct view without_doubling(const char *begin, const char *close, size_t doubled, struct arena *arena) {
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
    return view_from(copy, length);
}

/* The cell whose opening quote is before `begin`; returns what is behind its closing quote, or NULL. */
static inline const char *cut_quoted(struct csv_window *window, const char *begin, const char *end, char delimiter,
                                     struct arena *arena, struct cell *cell, struct csv_plain *found) {
    struct met met = {0};
    size_t doubled = 0;
    const char *quote = find_quote(window, begin, end, delimiter, &met);
    for (; quote && quote + 1 < end && quote[1] == '"'; doubled++)
        quote = find_quote(window, quote + 2, end, delimiter, &met);
    if (!quote) return NULL;
    const char *behind = quote + 1;
    if (behind < end && *behind != delimiter && *behind != '\n' && *behind != '\r') return NULL;
    *cell = (struct cell){{begin, (size_t)(quote - begin)}, CELL_TEXT};
    if (doubled > 0) cell->text = without_doubling(begin, quote, doubled, arena);
    if (met.lines) found->breaks += csv_count_lines(begin, (size_t)(quote - begin));
    found->is_shortest = found->is_shortest && (doubled > 0 || met.lines || met.delimiters);
    return behind;
}

/* Cuts unquoted cells as long as they end in the window and before its next quote; returns where the next cell begins,
 * or the end of the record with `*is_last`. `*count` does not go beyond `room`. */
static inline const char *cut_run(const struct csv_window *window, const char *at, struct cell *cells, size_t room,
                                  size_t *count, bool *is_last) {
    uint64_t rest = ~(uint64_t)0 << (at - window->base), quotes = window->quotes & rest;
    uint64_t stops = (window->delimiters | window->lines) & rest;
    if (quotes) stops &= (quotes & -quotes) - 1;
    for (; stops && *count < room; stops &= stops - 1) {
        const char *stop = window->base + __builtin_ctzll(stops);
        cells[(*count)++] = (struct cell){{at, (size_t)(stop - at)}, CELL_TEXT};
        if (!(window->delimiters & stops & -stops)) {
            *is_last = true;
            return stop;
        }
        at = stop + 1;
    }
    return at;
}

bool csv_plain_cut(struct csv_window *window, const char *at, const char *end, char delimiter, struct cell *cells,
                   size_t room, struct arena *arena, struct csv_plain *found) {
    struct csv_window here = *window; /* so that it stays in registers */
    struct met met = {0};
    size_t count = 0;
    bool is_last = false;
    *found = (struct csv_plain){.is_shortest = true};
    while (!is_last) {
        if (!here.base || (size_t)(at - here.base) >= WINDOW) look_at(&here, at, end, delimiter);
        at = cut_run(&here, at, cells, room, &count, &is_last);
        if (is_last) break;
        if (count == room) return false;
        /* a quoted cell, or one that goes over the window's end: then the next window begins with it, and only if that is
         * too small, or a quote stands in the cell, its end is looked for */
        if (at < end && *at == '"') {
            at = cut_quoted(&here, at + 1, end, delimiter, arena, &cells[count], found);
            if (!at) return false;
        } else if (at != here.base) {
            look_at(&here, at, end, delimiter);
            continue;
        } else {
            const char *begin = at;
            at = find_end(&here, at, end, delimiter, &met);
            cells[count] = (struct cell){{begin, (size_t)(at - begin)}, CELL_TEXT};
        }
        count++;
        is_last = at == end || *at != delimiter;
        at += !is_last;
    }
    *window = here;
    found->end = at;
    found->cell_count = count;
    found->has_loose = met.quotes != 0;
    found->is_shortest = found->is_shortest && !met.quotes;
    return true;
}
