/* csv_cut.c: the last record boundary in a block, without looking at every byte.
 *
 * Forward, memchr goes from quote to quote and only asks whether one opens a cell and where that cell closes; the
 * few quoted cells that hold line ends are noted. Backward from the end, the last line end outside those cells is
 * the boundary. The rule is that of csv_scan.h. */
#include "input/csv_cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "input/csv_scan.h"

void csv_cut_free(struct csv_cut *cut) {
    free(cut->spans);
    *cut = (struct csv_cut){0};
}

void csv_cut_restart(struct csv_cut *cut) {
    cut->position = cut->opened = cut->span_count = 0;
    cut->quoted = false;
}

static bool ends_cell(const struct csv_cut *cut, char c) {
    return c == cut->delimiter || c == '\n' || c == '\r';
}

static void note_span(struct csv_cut *cut, const char *text, size_t close) {
    size_t lines = csv_count_lines(text + cut->opened, close - cut->opened);
    if (lines == 0) return;
    void *spans = cut->spans;
    memory_grow(&spans, &cut->span_capacity, cut->span_count + 1, sizeof *cut->spans);
    cut->spans = spans;
    cut->spans[cut->span_count++] = (struct csv_span){cut->opened, close, lines};
}

/* To the quote that closes the open cell. False: more bytes are needed to decide. */
static bool scan_quoted(struct csv_cut *cut, const char *text, size_t length) {
    while (cut->position < length) {
        const char *quote = memchr(text + cut->position, '"', length - cut->position);
        if (!quote) {
            cut->position = length;
            return false;
        }
        size_t at = (size_t)(quote - text);
        if (at + 1 == length) {
            /* Closing, doubled or stray? The next byte says. */
            cut->position = at;
            return false;
        }
        if (ends_cell(cut, text[at + 1])) {
            note_span(cut, text, at);
            cut->quoted = false;
            cut->position = at + 1;
            return true;
        }
        cut->position = at + (text[at + 1] == '"' ? 2 : 1);
    }
    return false;
}

/* To the next quote that opens a cell. False: there is none. */
static bool scan_unquoted(struct csv_cut *cut, const char *text, size_t length) {
    while (cut->position < length) {
        const char *quote = memchr(text + cut->position, '"', length - cut->position);
        if (!quote) break;
        size_t at = (size_t)(quote - text);
        cut->position = at + 1;
        if (at == 0 || ends_cell(cut, text[at - 1])) {
            cut->quoted = true;
            cut->opened = at;
            return true;
        }
    }
    cut->position = length;
    return false;
}

void csv_cut_scan(struct csv_cut *cut, const char *text, size_t length, bool at_end) {
    for (;;) {
        if (cut->quoted ? !scan_quoted(cut, text, length) : !scan_unquoted(cut, text, length)) break;
    }
    if (at_end && cut->quoted && cut->position + 1 == length && text[cut->position] == '"') {
        /* The last byte of all closes. */
        note_span(cut, text, cut->position);
        cut->quoted = false;
        cut->position = length;
    }
}

/* The last line end before `limit`, as the offset behind it; 0 if there is none. */
static size_t last_line_end(const char *text, size_t limit) {
    while (limit > 0 && text[limit - 1] != '\n' && text[limit - 1] != '\r')
        limit--;
    return limit;
}

size_t csv_cut_boundary(const struct csv_cut *cut, const char *text, size_t length, bool at_end) {
    if (at_end) return length;
    size_t limit = cut->quoted ? cut->opened : length;
    /* A CR at the very end may be the first half of CRLF. */
    if (limit == length && limit > 0 && text[limit - 1] == '\r') limit--;
    size_t span = cut->span_count;
    for (;;) {
        size_t found = last_line_end(text, limit);
        while (span > 0 && cut->spans[span - 1].open >= found)
            span--;
        if (found == 0 || span == 0 || found > cut->spans[span - 1].close) return found;
        limit = cut->spans[span - 1].open;
    }
}

size_t csv_cut_quoted_lines(const struct csv_cut *cut, size_t boundary) {
    size_t lines = 0;
    for (size_t i = 0; i < cut->span_count && cut->spans[i].open < boundary; i++)
        lines += cut->spans[i].lines;
    return lines;
}
