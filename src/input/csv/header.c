/* header.c: the header among title lines (report name, date range), blank lines and data.
 *
 * A header row is as wide as most rows below it and has a text in every column, perhaps not in the first (group
 * column). The first row of a file that fits so wins at once. Numbers and dates are no labels, which tells the
 * header from data and from "Date Range,1/1/2025 - 1/31/2025"; but a first row of three and more full columns is
 * the header even if years are its labels. Where no row is complete, the one with the most texts is taken, the
 * first of equals. */
#include "input/csv/header.h"

#include "input/csv/head.h"

struct row_shape {
    bool blank;
    size_t width;  /* cells */
    size_t filled; /* cells that are not empty */
    size_t texts;  /* of these, neither number nor date */
    bool full;     /* every cell but perhaps the first is filled */
    bool open_end; /* the last cell is empty */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Number, money, percentage, date or time: digits, and no letters but AM, PM, T and Z. */
static bool is_value(struct view text) {
    bool digits = false;
    if (text.length > 0 && is_letter(text.text[0])) return false;
    for (size_t i = 0; i < text.length; i++) {
        digits = digits || is_digit(text.text[i]);
        if (is_letter(text.text[i]) && !strchr("AaPpMmTZ", text.text[i])) return false;
    }
    return digits;
}

static struct row_shape shape_of(const struct record *record) {
    struct row_shape shape = {.blank = record->kind == RECORD_BLANK, .width = record->cell_count, .full = true};
    for (size_t i = 0; i < record->cell_count; i++) {
        struct view text = view_trim(record->cells[i].text);
        shape.open_end = text.length == 0;
        if (text.length == 0) {
            if (i > 0) shape.full = false;
            continue;
        }
        shape.filled++;
        shape.texts += !is_value(text);
    }
    return shape;
}

/* The width of the rows below `index`: that which covers most cells, so that some short title lines do not outvote
 * the few rows of a small table; one odd row among many has no say. 0 = no rows below. */
static size_t width_below(const struct row_shape *rows, size_t count, size_t index) {
    size_t best = 0, best_weight = 0, below = 0;
    for (size_t i = index + 1; i < count; i++)
        below += !rows[i].blank;
    for (size_t i = index + 1; i < count; i++) {
        size_t same = 0;
        if (i > index + 1 && !rows[i - 1].blank && rows[i - 1].width == rows[i].width) continue; /* counted */
        for (size_t k = index + 1; k < count; k++)
            same += !rows[k].blank && rows[k].width == rows[i].width;
        if (rows[i].blank || same * 10 < below) continue;
        size_t weight = same * rows[i].width;
        if (weight > best_weight || (weight == best_weight && rows[i].width > best)) {
            best = rows[i].width;
            best_weight = weight;
        }
    }
    size_t open = 0, closed = 0; /* a delimiter behind most rows makes no column */
    for (size_t i = index + 1; i < count; i++) {
        if (rows[i].blank || rows[i].width != best) continue;
        open += rows[i].open_end;
        closed += !rows[i].open_end;
    }
    return best > 0 && open > closed ? best - 1 : best;
}

static size_t difference(size_t left, size_t right) {
    return left > right ? left - right : right - left;
}

/* Wide rows may differ from their header by a fifth, one cell (a comma at the line's end) from four cells on. */
static bool is_near(size_t width, size_t body) {
    size_t slack = width / 5 > 1 ? width / 5 : width >= 4;
    return body == 0 || difference(width, body) <= slack;
}

static struct csv_header describe(const struct row_shape *rows, size_t count, size_t index,
                                  enum csv_header_grade grade) {
    struct csv_header header = {.grade = grade, .index = index, .width = rows[index].width};
    for (size_t i = index + 1; i < count; i++) {
        if (rows[i].blank) continue;
        header.below++;
        header.agreeing += rows[i].width > 1 && difference(rows[i].width, header.width) <= 1;
    }
    return header;
}

/* Half of the rows below are as wide, and no wider one reads like a header: then damaged rows and not title lines
 * explain the other half. */
static bool half_agree(const struct row_shape *rows, size_t count, size_t index) {
    size_t below = 0, same = 0;
    for (size_t i = index + 1; i < count; i++) {
        below += !rows[i].blank;
        same += !rows[i].blank && rows[i].width == rows[index].width;
        if (rows[i].width > rows[index].width && rows[i].full && rows[i].texts == rows[i].filled) return false;
    }
    return same * 2 >= below;
}

static bool first_row_wins(const struct row_shape *rows, size_t count, size_t first) {
    const struct row_shape *row = &rows[first];
    size_t body = width_below(rows, count, first);
    bool half = half_agree(rows, count, first);
    if (row->width < 2 || !row->full || row->texts == 0) return false;
    if (row->texts == row->filled) return half || is_near(row->width, body);
    return row->width >= 3 && half && (body == 0 || row->width == body);
}

/* Nothing fits: the first row, if it could be a header and the rows below are divided too, however unevenly. */
static struct csv_header last_resort(const struct row_shape *rows, size_t count, size_t first) {
    size_t below = 0, divided = 0;
    for (size_t i = first + 1; i < count; i++) {
        below += !rows[i].blank;
        divided += !rows[i].blank && rows[i].width > 1;
    }
    const struct row_shape *row = &rows[first];
    bool fits = row->width > 1 && row->full && row->texts == row->filled && divided * 4 >= below;
    return fits ? describe(rows, count, first, HEADER_MOST_TEXT) : (struct csv_header){.grade = HEADER_NONE};
}

struct csv_header csv_header_choose(const struct record *records, size_t count) {
    struct row_shape rows[CSV_HEAD_ROWS];
    size_t best = SIZE_MAX, best_texts = 0, first = SIZE_MAX;
    if (count > CSV_HEAD_ROWS) count = CSV_HEAD_ROWS;
    for (size_t i = 0; i < count; i++) {
        rows[i] = shape_of(&records[i]);
        if (first == SIZE_MAX && !rows[i].blank) first = i;
    }
    if (first == SIZE_MAX) return (struct csv_header){.grade = HEADER_NONE};
    if (first_row_wins(rows, count, first)) return describe(rows, count, first, HEADER_FIRST_COMPLETE);
    for (size_t i = first; i < count && i < CSV_HEAD_HEADER_ROWS; i++) {
        const struct row_shape *row = &rows[i];
        size_t body = width_below(rows, count, i);
        if (row->blank || row->width < 2 || (body > 0 && body != row->width)) continue;
        bool labels = row->texts > 0 && row->texts == row->filled;
        if (row->full && labels) return describe(rows, count, i, HEADER_COMPLETE);
        /* Some labels missing in an otherwise clear header: below it rows may well hold more texts. */
        if (labels && row->texts >= 3 && row->texts * 2 >= row->width)
            return describe(rows, count, i, HEADER_MOST_TEXT);
        if (row->texts > best_texts) {
            best = i;
            best_texts = row->texts;
        }
    }
    if (best == SIZE_MAX) return last_resort(rows, count, first);
    return describe(rows, count, best, HEADER_MOST_TEXT);
}
