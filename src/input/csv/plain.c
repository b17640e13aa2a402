/* plain.c: cells cut in place, from mark to mark (marks.h).
 *
 * While it cuts it also learns, nearly for nothing, whether the record is as short as CSV can write it. Two such records
 * are equal exactly if their cells are: see row_content_hash. */
#include "input/csv/plain.h"

#include <string.h>

#include "input/csv/scan.h"

/* The mark at hand, or NULL if there is none before `end`. */
static inline const char *mark_ahead(struct csv_marks *marks, const char *end, char delimiter) {
    while (marks->next == marks->count) {
        const char *at = marks->base + marks->span;
        if (at == end) return NULL;
        csv_marks_look(marks, at, end, delimiter);
    }
    return marks->base + marks->places[marks->next];
}

/* Passes over the marks before `at`: those of a line end, or of a record that somebody else has cut. */
static inline void begin_at(struct csv_marks *marks, const char *at, const char *end, char delimiter) {
    if (!marks->base || at > marks->base + marks->span) csv_marks_look(marks, at, end, delimiter);
    while (marks->next < marks->count && marks->base + marks->places[marks->next] < at)
        marks->next++;
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

/* The cell whose opening quote is the mark at hand; returns what is behind its closing quote, or NULL. */
static const char *cut_quoted(struct csv_marks *marks, const char *end, char delimiter, struct arena *arena,
                              struct cell *cell, struct csv_plain *found) {
    const char *begin = marks->base + marks->places[marks->next] + 1, *mark;
    size_t doubled = 0;
    bool has_lines = false, has_delimiters = false;
    for (;;) {
        marks->next++;
        mark = mark_ahead(marks, end, delimiter);
        if (!mark) return NULL;
        if (*mark != '"') {
            has_delimiters = has_delimiters || *mark == delimiter;
            has_lines = has_lines || *mark != delimiter;
            continue;
        }
        if (mark + 1 == end || mark[1] != '"') break;
        doubled++;
        marks->next++;
        mark_ahead(marks, end, delimiter); /* the second of the two: it may be in the next look */
    }
    const char *behind = mark + 1;
    marks->next++;
    if (behind < end && *behind != delimiter && *behind != '\n' && *behind != '\r') return NULL;
    *cell = (struct cell){{begin, (size_t)(mark - begin)}, CELL_TEXT, false};
    if (doubled > 0) cell->text = without_doubling(begin, mark, doubled, arena);
    if (has_lines) found->breaks += csv_count_lines(begin, (size_t)(mark - begin));
    found->is_shortest = found->is_shortest && (doubled > 0 || has_lines || has_delimiters);
    return behind;
}

/* Cuts unquoted cells as long as each ends at a delimiter that is known already; returns where the next one begins. */
static inline const char *cut_run(struct csv_marks *marks, const char *at, char delimiter, struct cell *cells,
                                  size_t room, size_t *count) {
    const char *const base = marks->base;
    const uint16_t *place = marks->places + marks->next;
    const uint16_t *const behind = marks->places + marks->count;
    const bool is_plain = delimiter == ',';
    struct cell *cell = cells + *count, *const last = cells + room;
    for (; place < behind && cell < last; place++) {
        const char *mark = base + *place;
        if (*mark != delimiter) break;
        *cell++ = (struct cell){{at, (size_t)(mark - at)}, CELL_TEXT, is_plain};
        at = mark + 1;
    }
    marks->next = (size_t)(place - marks->places);
    *count = (size_t)(cell - cells);
    return at;
}

static bool is_blank(const char *from, const char *to) {
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    return from == to;
}

static bool cut(struct csv_marks *marks, const char *at, const char *end, char delimiter, struct cell *cells,
                size_t room, struct arena *arena, struct csv_plain *found) {
    const bool is_comma = delimiter == ',';
    size_t count = 0;
    begin_at(marks, at, end, delimiter);
    for (;; at++) {
        at = cut_run(marks, at, delimiter, cells, room, &count);
        if (count == room) return false;
        struct cell *cell = &cells[count++];
        const char *mark = mark_ahead(marks, end, delimiter);
        if (mark && mark == at && *mark == '"') {
            at = cut_quoted(marks, end, delimiter, arena, cell, found);
            if (!at) return false;
            mark = mark_ahead(marks, end, delimiter);
        } else {
            bool is_plain = is_comma;
            if (mark && *mark == '"' && is_blank(at, mark)) return false; /* blanks before a quote */
            for (; mark && *mark == '"'; mark = mark_ahead(marks, end, delimiter)) {
                is_plain = false;
                found->has_loose = true;
                marks->next++;
            }
            const char *stop = mark ? mark : end;
            *cell = (struct cell){{at, (size_t)(stop - at)}, CELL_TEXT, is_plain};
            at = stop;
        }
        if (!mark || *mark != delimiter) break;
        marks->next++;
    }
    found->end = at;
    found->cell_count = count;
    found->is_shortest = found->is_shortest && !found->has_loose;
    return true;
}

bool csv_plain_cut(struct csv_marks *marks, const char *at, const char *end, char delimiter, struct cell *cells,
                   size_t room, struct arena *arena, struct csv_plain *found) {
    *found = (struct csv_plain){.is_shortest = true};
    if (cut(marks, at, end, delimiter, cells, room, arena, found)) return true;
    marks->base = NULL; /* it may have gone too far */
    return false;
}
