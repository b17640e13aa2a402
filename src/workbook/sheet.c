/* sheet.c: see sheet.h. The parser is suspended at the end of each row and resumed for the next, so that one row is in
 * memory at a time. A cell's texts are collected in one buffer per row; views are made when the row is whole. */
#include "workbook/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workbook/book_private.h"
#include "workbook/xml.h"

#define PIECE (64u << 10)
#define DEPTH_LIMIT 256
#define ROW_LIMIT (16u << 20) /* bytes of text of one row */

struct place {
    size_t begin, length; /* in sheet.text */
};

struct sheet {
    struct book *book;
    struct book_part *part;
    const char *part_name;
    XML_Parser parser;
    char *piece;
    bool is_suspended, at_end, is_done; /* the parser has more to give; all bytes are read; all rows are */
    bool in_data;
    uint64_t bytes;

    unsigned depth;
    uint64_t row; /* number of the row at hand */
    bool has_row, is_hidden;
    struct sheet_cell *cells;
    struct place *places;
    size_t count, cell_capacity, place_capacity;
    struct buffer text;  /* of the cells at hand */
    struct buffer value; /* of the cell at hand: v, or the t elements of is */
    struct buffer formula;
    struct sheet_cell cell;
    bool in_cell, in_value, in_inline, in_text, in_phonetic, in_formula;
    char type; /* of the cell: s shared, i inline, t text of a formula, b, e, n, d */
    uint32_t next_column;
    const char *refusal; /* why the content was refused */
};

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

static void refuse(struct sheet *sheet, const char *why) {
    sheet->refusal = why;
    XML_StopParser(sheet->parser, XML_FALSE);
}

/* --- events ---------------------------------------------------------------------------------------------- */

static void begin_row(struct sheet *sheet, const char **attributes) {
    const char *number = xml_attribute(attributes, "r"), *hidden = xml_attribute(attributes, "hidden");
    uint64_t row = number ? strtoull(number, NULL, 10) : sheet->row + 1;
    if (row <= sheet->row || row > SHEET_ROW_LIMIT) {
        refuse(sheet, "has rows out of order or beyond 1,048,576");
        return;
    }
    sheet->row = row;
    sheet->is_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    sheet->count = 0;
    sheet->text.length = 0;
    sheet->next_column = 0;
}

static void begin_cell(struct sheet *sheet, const char **attributes) {
    const char *reference = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t");
    const char *style = xml_attribute(attributes, "s");
    uint64_t row;
    sheet->cell =
        (struct sheet_cell){.column = sheet->next_column, .style = style ? (uint32_t)strtoul(style, NULL, 10) : 0};
    if (reference && !sheet_reference(view_of(reference), &sheet->cell.column, &row)) {
        refuse(sheet, "has a cell at no place of a sheet");
        return;
    }
    if (sheet->cell.column < sheet->next_column || sheet->cell.column >= SHEET_COLUMN_LIMIT) {
        refuse(sheet, "has cells out of order or beyond column XFD");
        return;
    }
    if (reference && row != sheet->row) {
        refuse(sheet, "has a cell of another row");
        return;
    }
    sheet->next_column = sheet->cell.column + 1;
    sheet->type = !type                            ? 'n'
                  : strcmp(type, "s") == 0         ? 's'
                  : strcmp(type, "inlineStr") == 0 ? 'i'
                  : strcmp(type, "str") == 0       ? 't'
                                                   : *type;
    sheet->in_cell = true;
    sheet->value.length = sheet->formula.length = 0;
}

/* Text of a number that counts shared strings. */
static bool shared_text(struct sheet *sheet, struct view value, struct view *text) {
    uint64_t number = 0;
    if (value.length == 0 || value.length > 10) return false;
    for (size_t i = 0; i < value.length; i++) {
        if (value.text[i] < '0' || value.text[i] > '9') return false;
        number = number * 10 + (uint64_t)(value.text[i] - '0');
    }
    return book_string(sheet->book, number, text);
}

/* The cell at hand: its text goes behind the others of the row, unless it is empty. */
static void end_cell(struct sheet *sheet) {
    struct view value = buffer_view(&sheet->value), shared;
    size_t begin = sheet->text.length;
    sheet->in_cell = false;
    sheet->cell.kind = SHEET_TEXT;
    struct view formula = buffer_view(&sheet->formula);
    if (view_is(formula, "TRUE()") || view_is(formula, "FALSE()")) { /* LibreOffice writes the plain values so */
        sheet->cell.is_formula = false;
        if (sheet->type == 'n') sheet->type = 'b';
    }
    if (sheet->type == 's' && value.length > 0) {
        if (!shared_text(sheet, value, &shared)) {
            refuse(sheet, "has a cell whose shared string is missing");
            return;
        }
        buffer_add(&sheet->text, shared);
    } else if (sheet->type == 'b') {
        sheet->cell.kind = SHEET_BOOLEAN;
        if (value.length > 0) buffer_add_text(&sheet->text, view_is(value, "0") ? "FALSE" : "TRUE");
    } else if (sheet->type == 'i' || sheet->type == 't') {
        xml_unescape(value, &sheet->text);
    } else {
        if (sheet->type == 'e') sheet->cell.kind = SHEET_ERROR;
        if (sheet->type == 'n') sheet->cell.kind = SHEET_NUMBER;
        buffer_add(&sheet->text, value); /* 'd': a date in ISO 8601 is a text to us */
    }
    /* a formula that nobody has worked out shows itself: better than an empty cell that was none */
    if (sheet->text.length == begin && sheet->formula.length > 0) {
        sheet->cell.kind = SHEET_TEXT;
        buffer_add_char(&sheet->text, '=');
        buffer_add(&sheet->text, buffer_view(&sheet->formula));
    }
    if (sheet->text.length == begin) return;
    if (sheet->text.length > ROW_LIMIT) {
        refuse(sheet, "has a row of more than 16 MiB");
        return;
    }
    void *cells = sheet->cells, *places = sheet->places;
    memory_grow(&cells, &sheet->cell_capacity, sheet->count + 1, sizeof *sheet->cells);
    memory_grow(&places, &sheet->place_capacity, sheet->count + 1, sizeof *sheet->places);
    sheet->cells = cells;
    sheet->places = places;
    sheet->cells[sheet->count] = sheet->cell;
    sheet->places[sheet->count++] = (struct place){begin, sheet->text.length - begin};
}

static void sheet_start(void *parser, const char *name, const char **attributes) {
    struct sheet *sheet = XML_GetUserData((XML_Parser)parser);
    const char *element = xml_local(name);
    if (++sheet->depth > DEPTH_LIMIT) {
        refuse(sheet, "is nested deeper than any sheet");
        return;
    }
    if (strcmp(element, "sheetData") == 0) {
        sheet->in_data = true;
    } else if (!sheet->in_data) {
        return;
    } else if (strcmp(element, "row") == 0) {
        begin_row(sheet, attributes);
    } else if (strcmp(element, "c") == 0) {
        begin_cell(sheet, attributes);
    } else if (sheet->in_cell && strcmp(element, "v") == 0) {
        sheet->in_value = sheet->type != 'i';
    } else if (sheet->in_cell && strcmp(element, "is") == 0) {
        sheet->in_inline = true;
    } else if (sheet->in_inline && strcmp(element, "rPh") == 0) {
        sheet->in_phonetic = true;
    } else if (sheet->in_inline && strcmp(element, "t") == 0) {
        sheet->in_text = !sheet->in_phonetic;
    } else if (sheet->in_cell && strcmp(element, "f") == 0) {
        sheet->in_formula = sheet->cell.is_formula = true;
    }
}

static void sheet_end(void *parser, const char *name) {
    struct sheet *sheet = XML_GetUserData((XML_Parser)parser);
    const char *element = xml_local(name);
    sheet->depth--;
    if (!sheet->in_data) return;
    if (strcmp(element, "sheetData") == 0) {
        sheet->in_data = false;
    } else if (strcmp(element, "row") == 0) {
        sheet->has_row = sheet->count > 0;
        if (sheet->has_row) XML_StopParser((XML_Parser)parser, XML_TRUE);
    } else if (strcmp(element, "c") == 0) {
        if (sheet->in_cell) end_cell(sheet);
    } else if (strcmp(element, "v") == 0) {
        sheet->in_value = false;
    } else if (strcmp(element, "is") == 0) {
        sheet->in_inline = false;
    } else if (strcmp(element, "rPh") == 0) {
        sheet->in_phonetic = false;
    } else if (strcmp(element, "t") == 0) {
        sheet->in_text = false;
    } else if (strcmp(element, "f") == 0) {
        sheet->in_formula = false;
    }
}

static void sheet_characters(void *parser, const char *text, int length) {
    struct sheet *sheet = XML_GetUserData((XML_Parser)parser);
    struct buffer *to = sheet->in_value || sheet->in_text ? &sheet->value : sheet->in_formula ? &sheet->formula : NULL;
    if (!to) return;
    if (to->length + (size_t)length > ROW_LIMIT)
        refuse(sheet, "has a cell of more than 16 MiB");
    else
        buffer_add(to, view_from(text, (size_t)length));
}

/* --- reading --------------------------------------------------------------------------------------------- */

bool sheet_open(struct book *book, size_t index, struct sheet **sheet, struct error *error) {
    struct book_part *part;
    *sheet = NULL;
    if (!book_part_open(book, book->sheets[index].part, &part, error)) return false;
    struct sheet *made = memory_get_zero(1, sizeof *made);
    made->book = book;
    made->part = part;
    made->part_name = book->sheets[index].part;
    made->piece = memory_get(PIECE);
    made->parser = xml_parser_create(made, sheet_start, sheet_end, sheet_characters);
    if (!made->parser) {
        sheet_close(made);
        return error_set(error, EXIT_CANNOT_WRITE, "not enough memory to read %s", book->name);
    }
    *sheet = made;
    return true;
}

void sheet_close(struct sheet *sheet) {
    if (!sheet) return;
    if (sheet->parser) XML_ParserFree(sheet->parser);
    book_part_close(sheet->part);
    buffer_free(&sheet->text);
    buffer_free(&sheet->value);
    buffer_free(&sheet->formula);
    free(sheet->cells);
    free(sheet->places);
    free(sheet->piece);
    free(sheet);
}

static bool refused(struct sheet *sheet, struct error *error) {
    if (!sheet->refusal) return xml_error(sheet->parser, sheet->book->name, sheet->part_name, error);
    char *what =
        memory_print("%s, near row %llu, %s", sheet->part_name, (unsigned long long)sheet->row, sheet->refusal);
    book_damaged(sheet->book, error, what);
    free(what);
    return false;
}

/* Until a row is whole or all is read. */
static bool read_on(struct sheet *sheet, struct error *error) {
    while (!sheet->has_row && !sheet->is_done) {
        enum XML_Status status;
        if (sheet->is_suspended) {
            status = XML_ResumeParser(sheet->parser);
        } else {
            size_t got;
            if (!book_part_read(sheet->part, sheet->piece, PIECE, &got, error)) return false;
            sheet->bytes += got;
            sheet->at_end = got == 0;
            status = XML_Parse(sheet->parser, sheet->piece, (int)got, got == 0);
        }
        if (status == XML_STATUS_ERROR) return refused(sheet, error);
        sheet->is_suspended = status == XML_STATUS_SUSPENDED;
        if (!sheet->is_suspended && xml_is_stuck(sheet->parser, sheet->bytes))
            return xml_stuck_error(sheet->book, sheet->part_name, error);
        sheet->is_done = sheet->at_end && !sheet->is_suspended;
    }
    return true;
}

bool sheet_next(struct sheet *sheet, struct sheet_row *row, bool *end, struct error *error) {
    sheet->has_row = false;
    if (!read_on(sheet, error)) return false;
    *end = !sheet->has_row;
    for (size_t i = 0; i < sheet->count && sheet->has_row; i++)
        sheet->cells[i].text = view_from(sheet->text.text + sheet->places[i].begin, sheet->places[i].length);
    *row = (struct sheet_row){sheet->row, sheet->is_hidden, sheet->cells, sheet->count};
    return true;
}

void sheet_cell_print(const struct book *book, const struct sheet_cell *cell, struct buffer *out) {
    if (cell->kind == SHEET_NUMBER)
        number_format_print(book_format(book, cell->style), book->is_1904, cell->text, out);
    else
        buffer_add(out, cell->text);
}

uint64_t sheet_bytes(const struct sheet *sheet) {
    return sheet->bytes;
}
