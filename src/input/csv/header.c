/* header.c: the header among title lines (report name, date range), blank lines and data.
 *
 * The rule. The header is, of the first CSV_HEAD_HEADER_ROWS rows,
 *
 *  1. the one with the most labels that a schema knows, if these are two at least and a quarter of its labels (or three);
 *     the first of equals, for a file may repeat its header;
 *  2. else the first that reads like a header and is as wide as most rows below: a text in each column but perhaps the
 *     first (the group column), none of them a number or date;
 *  3. else the first as wide whose texts fill half of its columns, three at least; else that with the most texts, the first
 *     of equals;
 *  4. else the first row, if it reads like a header and a quarter of the rows below are divided too.
 *
 * The first row has some leave: one that reads like a header is it even if its width is only near that of the rows below,
 * or half of them have it; and from three full columns on, years may be labels. Where it does, and a row with a number or
 * date follows, nobody asks the schemas.
 *
 * Width is what is used: empty cells at the end of a row are of no column unless a row below has something there. So neither
 * a delimiter at the end of each line nor a last column that is mostly empty makes a difference. */
#include "input/csv/header.h"

#include "input/csv/head.h"

struct row_shape {
    bool blank;
    size_t width;  /* cells */
    size_t used;   /* of them, up to the last that is not empty */
    size_t filled; /* cells that are not empty */
    size_t texts;  /* of these, neither number nor date */
    bool full;     /* every used cell but perhaps the first is filled */
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
    struct row_shape shape = {.blank = record->kind == RECORD_BLANK, .width = record->cell_count};
    size_t gaps = 0; /* empty cells before the last used one */
    for (size_t i = 0, empty = 0; i < record->cell_count; i++) {
        struct view text = view_trim(record->cells[i].text);
        if (text.length == 0) {
            empty += i > 0;
            continue;
        }
        gaps = empty;
        shape.used = i + 1;
        shape.filled++;
        shape.texts += !is_value(text);
    }
    shape.full = gaps == 0;
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
    return best;
}

/* The cells that the rows below have in use, those of `width` cells alone. */
static size_t used_below(const struct row_shape *rows, size_t count, size_t index, size_t width) {
    size_t used = 0;
    for (size_t i = index + 1; i < count; i++)
        if (!rows[i].blank && rows[i].width == width && rows[i].used > used) used = rows[i].used;
    return used;
}

/* Columns of a header: its labels, and what stands under none of them in rows as wide. */
static size_t columns_of(const struct row_shape *rows, size_t count, size_t index) {
    size_t used = used_below(rows, count, index, rows[index].width);
    return used > rows[index].used ? used : rows[index].used;
}

/* Whether a column at its end has no label, and something below. */
static bool has_unlabelled(const struct row_shape *rows, size_t count, size_t index) {
    return columns_of(rows, count, index) > rows[index].used;
}

/* Whether the row is as wide as rows of `body` cells below it: all its cells, or those in use. */
static bool is_as_wide(const struct row_shape *rows, size_t count, size_t index, size_t body) {
    if (body == 0 || rows[index].width == body) return true;
    size_t used = rows[index].used;
    return used < body && used >= used_below(rows, count, index, body) && used * 2 > body;
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
    struct csv_header header = {.grade = grade, .index = index, .width = columns_of(rows, count, index)};
    for (size_t i = index + 1; i < count; i++) {
        if (rows[i].blank) continue;
        header.below++;
        header.agreeing += rows[i].width > 1 && (difference(rows[i].width, header.width) <= 1 ||
                                                 difference(rows[i].width, rows[index].width) <= 1);
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
    bool half = half_agree(rows, count, first), fits = is_as_wide(rows, count, first, body);
    if (row->used < 2 || !row->full || row->texts == 0 || has_unlabelled(rows, count, first)) return false;
    if (row->texts == row->filled) return half || fits || is_near(row->used, body);
    return row->used >= 3 && (half || row->used < row->width) && fits;
}

/* Nothing fits: the first row, if it could be a header and the rows below are divided too, however unevenly. */
static struct csv_header last_resort(const struct row_shape *rows, size_t count, size_t first) {
    size_t below = 0, divided = 0;
    for (size_t i = first + 1; i < count; i++) {
        below += !rows[i].blank;
        divided += !rows[i].blank && rows[i].width > 1;
    }
    const struct row_shape *row = &rows[first];
    bool fits = row->used > 1 && row->full && row->texts == row->filled && divided * 4 >= below;
    return fits ? describe(rows, count, first, HEADER_MOST_TEXT) : (struct csv_header){.grade = HEADER_NONE};
}

/* Rule 1. */
static struct csv_header known_row(const struct record *records, const struct row_shape *rows, size_t count,
                                   const struct label_judge *judge) {
    size_t best = 0, most = 0;
    for (size_t i = 0; judge && judge->knows && i < count && i < CSV_HEAD_HEADER_ROWS; i++) {
        size_t known = 0;
        if (rows[i].blank || rows[i].used < 2) continue;
        for (size_t k = 0; k < rows[i].used; k++) {
            struct view label = view_trim(records[i].cells[k].text);
            known += label.length > 0 && judge->knows(judge->context, label);
        }
        if (known <= most || known < 2 || (known < 3 && known * 4 < rows[i].filled)) continue;
        best = i;
        most = known;
    }
    if (most == 0) return (struct csv_header){.grade = HEADER_NONE};
    struct csv_header header = describe(rows, count, best, HEADER_KNOWN);
    header.known = most;
    return header;
}

/* Rules 2 to 4, behind the first row. */
static struct csv_header later_row(const struct row_shape *rows, size_t count, size_t first) {
    size_t best = SIZE_MAX, best_texts = 0;
    for (size_t i = first; i < count && i < CSV_HEAD_HEADER_ROWS; i++) {
        const struct row_shape *row = &rows[i];
        if (row->blank || row->used < 2 || !is_as_wide(rows, count, i, width_below(rows, count, i))) continue;
        bool labels = row->texts > 0 && row->texts == row->filled;
        if (row->full && labels && !has_unlabelled(rows, count, i)) return describe(rows, count, i, HEADER_COMPLETE);
        /* Some labels missing in an otherwise clear header: below it rows may well hold more texts. */
        if (labels && row->texts >= 3 && row->texts * 2 >= row->used) return describe(rows, count, i, HEADER_MOST_TEXT);
        if (row->texts > best_texts) {
            best = i;
            best_texts = row->texts;
        }
    }
    if (best == SIZE_MAX) return last_resort(rows, count, first);
    return describe(rows, count, best, HEADER_MOST_TEXT);
}

/* Whether the first row below has a number or date: then it is no second line of the header. */
static bool is_over_data(const struct row_shape *rows, size_t count, size_t first) {
    size_t i = first + 1;
    while (i < count && rows[i].blank)
        i++;
    return i < count && rows[i].texts < rows[i].filled;
}

struct csv_header csv_header_choose(const struct record *records, size_t count, const struct label_judge *judge) {
    struct row_shape rows[CSV_HEAD_ROWS];
    size_t first = SIZE_MAX;
    if (count > CSV_HEAD_ROWS) count = CSV_HEAD_ROWS;
    for (size_t i = 0; i < count; i++) {
        rows[i] = shape_of(&records[i]);
        if (first == SIZE_MAX && !rows[i].blank) first = i;
    }
    if (first == SIZE_MAX) return (struct csv_header){.grade = HEADER_NONE};
    bool is_first = first_row_wins(rows, count, first);
    if (is_first && rows[first].texts == rows[first].filled && is_over_data(rows, count, first))
        return describe(rows, count, first, HEADER_FIRST_COMPLETE);
    struct csv_header known = known_row(records, rows, count, judge);
    if (known.grade == HEADER_KNOWN) return known;
    return is_first ? describe(rows, count, first, HEADER_FIRST_COMPLETE) : later_row(rows, count, first);
}
