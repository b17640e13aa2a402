/* workbook_proof.c: see workbook_proof.h. The library writes 16 digits of a number, so the double that is read may be the one
 * beside; rounded to the places that we write, both are the same. */
#include "output/workbook_proof.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "workbook/sheet.h"

#define ANY_RATIO 1000000u /* rows of one text pack well, and the file is ours */
#define NUMBER_LENGTH 64

void workbook_proof_start(struct workbook_proof *proof, size_t column_count) {
    *proof = (struct workbook_proof){.column_count = column_count};
    proof->columns = memory_get_zero(column_count, sizeof *proof->columns);
}

void workbook_proof_free(struct workbook_proof *proof) {
    free(proof->columns);
    *proof = (struct workbook_proof){0};
}

void workbook_proof_number(struct workbook_proof *proof, size_t column, double value) {
    bool is_large = value >= 1e7 || value <= -1e7; /* no day, no share of one */
    proof->columns[column].numbers++;
    double scaled = value * (is_large ? 1e4 : 1e6);
    proof->columns[column].sum += (uint64_t)(int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
}

static bool take_cell(struct workbook_proof *found, const struct sheet_cell *cell) {
    char text[NUMBER_LENGTH];
    if (cell->column >= found->column_count || cell->is_formula) return false;
    switch (cell->kind) {
    case SHEET_TEXT: found->columns[cell->column].texts++; return true;
    case SHEET_BOOLEAN: found->columns[cell->column].truths++; return true;
    case SHEET_NUMBER:
        if (cell->text.length >= sizeof text) return false;
        memcpy(text, cell->text.text, cell->text.length);
        text[cell->text.length] = '\0';
        workbook_proof_number(found, cell->column, strtod(text, NULL));
        return true;
    case SHEET_ERROR: break;
    }
    return false;
}

static bool take_sheet(struct workbook_proof *found, struct book *book, size_t index, struct error *error) {
    struct sheet *sheet;
    struct sheet_row row;
    bool end = false, is_ours = true;
    bool is_fine = sheet_open(book, index, &sheet, error);
    found->sheets++;
    while (is_fine && is_ours && (is_fine = sheet_next(sheet, &row, &end, error)) && !end) {
        found->rows += row.number > 1;
        for (size_t i = 0; is_ours && i < row.count; i++)
            is_ours = take_cell(found, &row.cells[i]);
    }
    sheet_close(sheet);
    if (is_fine && !is_ours) found->rows = UINT64_MAX;
    return is_fine;
}

static bool is_same(const struct workbook_proof *left, const struct workbook_proof *right) {
    return left->sheets == right->sheets && left->rows == right->rows &&
           memcmp(left->columns, right->columns, left->column_count * sizeof *left->columns) == 0;
}

bool workbook_proof_check(const struct workbook_proof *proof, const char *path, struct error *error) {
    struct workbook_proof found;
    struct book *book = NULL;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return error_set(error, EXIT_CANNOT_READ, "%s cannot be read back: %s", name, strerror(errno));
    workbook_proof_start(&found, proof->column_count);
    bool is_fine = book_open(file, 0, name, ANY_RATIO, &book, error);
    for (size_t i = 0; is_fine && i < book_sheet_count(book); i++)
        is_fine = take_sheet(&found, book, i, error);
    if (is_fine && !is_same(proof, &found))
        is_fine = error_set(error, EXIT_NOT_BALANCED, "%s, read back from disk, is not what was written", name);
    book_close(book);
    close(file);
    workbook_proof_free(&found);
    return is_fine;
}
