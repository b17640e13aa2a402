/* cut.c: the last record boundary in a block, by going from quote or line end to the next. The rule is that of
 * scan.h: a quote opens a cell only as its first byte, and closes it only before a delimiter or line end; blanks round
 * the quotes do not count. */
#include "input/csv/cut.h"

#include "input/csv/scan.h"

void csv_cut_restart(struct csv_cut *cut) {
    cut->position = cut->lines = cut->rows = 0;
    cut->boundary = cut->boundary_lines = cut->boundary_rows = 0;
    cut->quoted = cut->has_odd = false;
}

static bool ends_cell(const struct csv_cut *cut, char c) {
    return c == cut->delimiter || c == '\n' || c == '\r';
}

/* A quote behind a blank, outside a quoted cell. */
static bool take_padded_quote(struct csv_cut *cut, const char *text, size_t length, size_t place, bool at_end) {
    size_t begin = place, end = place;
    while (begin > 0 && csv_is_blank(text[begin - 1], cut->delimiter))
        begin--;
    if (begin > 0 && !ends_cell(cut, text[begin - 1])) return true;
    switch (csv_padded_quote(text, length, place, cut->delimiter, &end)) {
    case CSV_IS_TEXT: return true;
    case CSV_UNDECIDED: /* at the end of all there is no line end to be found any more */
    case CSV_OPENS: break;
    }
    if (end == length && !at_end) return false;
    cut->position = end;
    return true;
}

/* A quote at `place`. False: the next byte is needed to decide. */
static inline bool take_quote(struct csv_cut *cut, const char *text, size_t length, size_t place, bool at_end) {
    if (!cut->quoted) {
        cut->quoted = place == 0 || ends_cell(cut, text[place - 1]);
        return cut->quoted || !csv_is_blank(text[place - 1], cut->delimiter) ||
               take_padded_quote(cut, text, length, place, at_end);
    }
    if (place + 1 == length) {
        cut->quoted = !at_end;
        return at_end;
    }
    if (text[place + 1] == '"') {
        cut->position = place + 2; /* two are one */
        return true;
    }
    size_t end = csv_skip_blanks(text, length, place + 1, cut->delimiter);
    if (end == length && !at_end) return false;
    cut->quoted = end < length && !ends_cell(cut, text[end]);
    return true;
}

/* A CR or LF. False as above. */
static inline bool take_line_byte(struct csv_cut *cut, const char *text, size_t length, size_t place, bool at_end) {
    if (text[place] == '\r') {
        if (place + 1 == length && !at_end) return false;
        if (place + 1 < length && text[place + 1] == '\n') return true; /* counted there */
    }
    cut->lines++;
    if (cut->quoted) return true;
    cut->rows++;
    cut->boundary = place + 1;
    cut->boundary_lines = cut->lines;
    cut->boundary_rows = cut->rows;
    return true;
}

void csv_cut_scan(struct csv_cut *cut, const char *text, size_t length, bool at_end) {
    struct csv_marks *marks = &cut->marks;
    while (cut->position < length) {
        size_t begin = cut->position, end = begin;
        csv_marks_look(marks, text + begin, text + length, '"');
        end += marks->span;
        cut->has_odd = cut->has_odd || marks->has_odd;
        for (size_t i = 0; i < marks->count; i++) {
            size_t place = begin + marks->places[i];
            if (place < cut->position) continue;
            bool is_taken = text[place] == '"' ? take_quote(cut, text, length, place, at_end)
                                               : take_line_byte(cut, text, length, place, at_end);
            if (is_taken) continue;
            cut->position = place;
            return;
        }
        if (cut->position < end) cut->position = end;
    }
    if (!at_end) return;
    cut->boundary = length;
    cut->boundary_lines = cut->lines;
    cut->boundary_rows = cut->rows;
}
