/* sheet_row.c: see sheet_row.h. Texts that would not last are collected in one buffer; views into it are made when the
 * row is whole. */
#include "workbook/sheet_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "values/nothing.h"
#include "workbook/xml.h"

bool sheet_reference(struct view text, uint32_t *column, uint64_t *row) {
    size_t i = 0;
    uint32_t letters = 0;
    uint64_t digits = 0;
    for (; i < text.length && i < 4 && ((text.text[i] | 0x20) >= 'a' && (text.text[i] | 0x20) <= 'z'); i++)
        letters = letters * 26 + (uint32_t)((text.text[i] | 0x20) - 'a') + 1;
    size_t begin = i;
    for (; i < text.length && i < begin + 8 && text.text[i] >= '0' && text.text[i] <= '9'; i++)
        digits = digits * 10 + (uint64_t)(text.text[i] - '0');
    if (begin == 0 || i == begin || i != text.length || letters > SHEET_COLUMN_LIMIT || digits == 0) return false;
    *column = letters - 1;
    *row = digits;
    return true;
}

void sheet_print_column(struct buffer *out, uint64_t column) {
    char letters[16];
    size_t count = 0;
    for (uint64_t rest = column + 1; rest > 0 && count < sizeof letters; rest = (rest - 1) / 26)
        letters[count++] = (char)('A' + (rest - 1) % 26);
    while (count > 0)
        buffer_add_char(out, letters[--count]);
}

void row_maker_free(struct row_maker *maker) {
    buffer_free(&maker->text);
    free(maker->cells);
    free(maker->places);
}

static bool refuse(struct row_maker *maker, const char *why) {
    maker->refusal = why;
    return false;
}

/* Up to 18 digits and nothing else. */
static bool read_number(struct view text, uint64_t *number) {
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(text.text[i] - '0');
    }
    return text.length > 0 && text.length <= 18;
}

bool row_maker_begin(struct row_maker *maker, struct view number, struct view hidden) {
    uint64_t row = maker->number + 1;
    if ((number.length > 0 && !read_number(number, &row)) || row <= maker->number || row > SHEET_ROW_LIMIT)
        return refuse(maker, "has rows out of order or beyond 1,048,576");
    maker->number = row;
    maker->is_hidden = view_is(hidden, "1") || view_is(hidden, "true");
    maker->count = 0;
    maker->text.length = 0;
    maker->next_column = 0;
    return true;
}

static char type_of(struct view type) {
    return type.length == 0                ? 'n'
           : view_is(type, "s")            ? 's'
           : view_is(type, "inlineStr")    ? 'i'
           : view_is(type, "str")          ? 't'
                                           : *type.text;
}

bool row_maker_begin_cell(struct row_maker *maker, struct view reference, struct view type, struct view style,
                          struct raw_cell *cell) {
    uint64_t row = maker->number, number;
    bool has_style = read_number(style, &number) && number < UINT32_MAX;
    *cell = (struct raw_cell){
        .column = maker->next_column, .style = has_style ? (uint32_t)number : 0, .type = type_of(type)};
    if (reference.length > 0 && !sheet_reference(reference, &cell->column, &row))
        return refuse(maker, "has a cell outside the sheet");
    if (cell->column < maker->next_column || cell->column >= SHEET_COLUMN_LIMIT)
        return refuse(maker, "has cells out of order or beyond column XFD");
    if (row != maker->number) return refuse(maker, "has a cell of another row");
    maker->next_column = cell->column + 1;
    return true;
}

/* --- texts -------------------------------------------------------------------------------------------------- */

static void *grown(void *list, size_t *capacity, size_t count, size_t size) {
    memory_grow(&list, capacity, count, size);
    return list;
}

/* A text that lasts as long as the row. */
static bool add_lasting(struct row_maker *maker, struct sheet_cell cell, size_t place) {
    maker->cells = grown(maker->cells, &maker->cell_capacity, maker->count + 1, sizeof *maker->cells);
    maker->places = grown(maker->places, &maker->place_capacity, maker->count + 1, sizeof *maker->places);
    maker->cells[maker->count] = cell;
    maker->places[maker->count++] = place;
    return true;
}

/* A text that was put behind the others, from `begin` on. */
static bool add_collected(struct row_maker *maker, struct sheet_cell cell, size_t begin) {
    cell.text.length = maker->text.length - begin;
    if (maker->text.length > ROW_LIMIT) return refuse(maker, "has a row of more than 16 MiB");
    return cell.text.length == 0 || add_lasting(maker, cell, begin);
}

static bool add_text(struct row_maker *maker, struct sheet_cell cell, struct view text, bool is_lasting) {
    size_t begin = maker->text.length;
    if (text.length == 0) return true;
    if (is_lasting) {
        cell.text = text;
        return add_lasting(maker, cell, SIZE_MAX);
    }
    buffer_add(&maker->text, text);
    return add_collected(maker, cell, begin);
}

/* Text of a number that counts shared strings. */
static bool add_shared(struct row_maker *maker, struct sheet_cell cell, struct view value) {
    struct view text;
    uint64_t number;
    if (!read_number(value, &number) || !book_string(maker->book, number, &text))
        return refuse(maker, "has a cell whose shared string is missing");
    return add_text(maker, cell, text, true);
}

/* Inline text, or that of a formula, with Excel's escapes. */
static bool add_escaped(struct row_maker *maker, struct sheet_cell cell, const struct raw_cell *raw) {
    size_t begin = maker->text.length;
    if (raw->value.length == 0 || !memchr(raw->value.text, '_', raw->value.length))
        return add_text(maker, cell, raw->value, raw->is_lasting);
    xml_unescape(raw->value, &maker->text);
    return add_collected(maker, cell, begin);
}

bool row_maker_add(struct row_maker *maker, const struct raw_cell *raw) {
    struct sheet_cell cell = {.column = raw->column, .style = raw->style, .kind = SHEET_TEXT};
    /* LibreOffice writes the plain values so */
    bool is_constant = raw->has_formula && (view_is(raw->formula, "TRUE()") || view_is(raw->formula, "FALSE()"));
    char type = is_constant && raw->type == 'n' ? 'b' : raw->type;
    cell.is_formula = raw->has_formula && !is_constant;
    /* Only a saved text may be empty; a program that writes formulas and works out nothing leaves others so. */
    if (raw->has_formula && raw->value.length == 0 && !(type == 't' && raw->has_value)) {
        cell.kind = SHEET_ERROR;
        return add_text(maker, cell, view_of(NOTHING_NO_RESULT), true);
    }
    switch (type) {
    case 's': return raw->value.length == 0 || add_shared(maker, cell, raw->value);
    case 'i':
    case 't': return add_escaped(maker, cell, raw);
    case 'b':
        cell.kind = SHEET_BOOLEAN;
        if (raw->value.length == 0) return true;
        return add_text(maker, cell, view_of(view_is(raw->value, "0") ? "FALSE" : "TRUE"), true);
    case 'e': cell.kind = SHEET_ERROR; break;
    case 'n': cell.kind = SHEET_NUMBER; break;
    default: break; /* 'd': a date in ISO 8601 is a text to us */
    }
    return add_text(maker, cell, raw->value, raw->is_lasting);
}

struct sheet_row row_maker_row(struct row_maker *maker) {
    for (size_t i = 0; i < maker->count; i++)
        if (maker->places[i] != SIZE_MAX) maker->cells[i].text.text = maker->text.text + maker->places[i];
    return (struct sheet_row){maker->number, maker->is_hidden, maker->cells, maker->count};
}
