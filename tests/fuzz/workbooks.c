/* workbooks.c: see workbooks.h. */
#include "fuzz/workbooks.h"

#include <stdlib.h>

#include "fuzz/fuzz.h"
#include "input/source/source.h"
#include "review/review_read.h"
#include "workbook/sheet.h"

#define PIECE 700

static void try_sheet(struct book *book, size_t index) {
    struct sheet *sheet = NULL;
    struct sheet_row row;
    struct error error = {0};
    struct buffer text = {0};
    uint64_t number = 0;
    bool end = false;
    if (!sheet_open(book, index, &sheet, &error)) {
        fuzz_check_error(&error);
        return;
    }
    while (!end) {
        if (!sheet_next(sheet, &row, &end, &error)) {
            fuzz_check_error(&error);
            break;
        }
        if (end) break;
        fuzz_require(row.number > number && row.number <= SHEET_ROW_LIMIT, "row numbers do not grow");
        number = row.number;
        for (size_t i = 0; i < row.count; i++) {
            fuzz_require(row.cells[i].column < SHEET_COLUMN_LIMIT, "a column beyond the last");
            fuzz_require(i == 0 || row.cells[i].column > row.cells[i - 1].column, "columns do not grow");
            fuzz_require(row.cells[i].text.length > 0, "an empty cell is told");
            text.length = 0;
            sheet_cell_print(book, &row.cells[i], &text);
        }
    }
    buffer_free(&text);
    sheet_close(sheet);
}

static void try_book(struct view bytes) {
    struct book *book = NULL;
    struct error error = {0};
    if (!book_open(fuzz_descriptor(0, bytes), 0, "book.xlsx", SOURCE_RATIO, &book, &error)) {
        fuzz_check_error(&error);
        return;
    }
    for (size_t i = 0; i < book_sheet_count(book); i++)
        try_sheet(book, i);
    book_close(book);
}

static bool read_source(struct source *source, struct buffer *out) {
    struct error error = {0};
    size_t got = 1;
    while (got > 0) {
        if (!source_read(source, buffer_reserve(out, PIECE), PIECE, &got, &error)) {
            buffer_add_text(out, error.message);
            fuzz_check_error(&error);
            return false;
        }
        out->length += got;
    }
    return true;
}

static void try_source(struct view bytes) {
    struct source *source = NULL;
    struct error error = {0};
    struct buffer first = {0}, second = {0};
    if (!source_open(fuzz_file(0, bytes), NULL, &source, &error)) {
        fuzz_check_error(&error);
        return;
    }
    bool is_fine = read_source(source, &first);
    if (is_fine && source_rewind(source, &error)) {
        read_source(source, &second);
        fuzz_require_same(buffer_view(&first), buffer_view(&second), "the sheet differs when it is read again");
    } else if (is_fine) {
        fuzz_check_error(&error);
    }
    source_close(source);
    buffer_free(&first);
    buffer_free(&second);
}

static void try_review(struct view bytes) {
    struct review_book book = {0};
    struct error error = {0};
    if (!review_read(fuzz_file(0, bytes), &book, &error)) fuzz_check_error(&error);
    review_book_free(&book);
}

void try_workbook(struct view bytes) {
    try_book(bytes);
    try_source(bytes);
    try_review(bytes);
}
