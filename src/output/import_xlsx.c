/* import_xlsx.c: the rows of import.csv, one after another, into sheets of at most Excel's number of rows. */
#include "output/import_xlsx.h"

#include <stdio.h>
#include <stdlib.h>

#include "output/csv_rows.h"
#include "output/formats.h"
#include "output/sheet_writer.h"

#define FIXED_COLUMNS 3 /* ID, Employee, Created date */
#define WIDTH_LEAST 8
#define WIDTH_MOST 40

struct book {
    struct sheet_writer writer;
    struct workbook_proof proof;
    const struct output_format *format;
    lxw_worksheet *sheet;
    uint32_t row; /* next; 0: no sheet yet */
    uint64_t sheets;
    uint64_t written, rows_told;
    progress_taker *progress;
    void *progress_context;
    bool is_header; /* the first row of import.csv */
    struct error error; /* of a sheet that could not be begun */
};

/* Rows of constant memory cannot be measured beforehand: widths follow title and type. */
static double width_of(const char *title, const struct output_column *type) {
    double width = (double)strlen(title) + 3;
    double least = type && (type->type == PLECTO_DATE || type->type == PLECTO_DATETIME) ? 19
                   : type && type->type == PLECTO_TEXT                                  ? 14
                                                                                        : WIDTH_LEAST;
    return width < least ? least : width > WIDTH_MOST ? WIDTH_MOST : width;
}

static bool begin_sheet(struct book *book) {
    static const char *const fixed[FIXED_COLUMNS] = {"ID", "Employee", "Created date"};
    static const double widths[FIXED_COLUMNS] = {16, 24, 19};
    char name[32];
    book->sheets++;
    snprintf(name, sizeof name, book->sheets == 1 ? "Import" : "Import (%u)", (unsigned)book->sheets);
    book->sheet = sheet_writer_add(&book->writer, name, &book->error);
    if (!book->sheet) return false;
    worksheet_freeze_panes(book->sheet, 1, 1);
    for (uint16_t i = 0; i < FIXED_COLUMNS; i++)
        sheet_check(&book->writer, worksheet_set_column(book->sheet, i, i, widths[i], NULL));
    for (size_t i = 0; i < book->format->column_count; i++) {
        uint16_t column = (uint16_t)(i + FIXED_COLUMNS);
        const struct output_column *type = &book->format->columns[i];
        sheet_check(&book->writer,
                    worksheet_set_column(book->sheet, column, column, width_of(type->title, type), NULL));
    }
    for (uint16_t i = 0; i < FIXED_COLUMNS; i++)
        sheet_text(&book->writer, book->sheet, 0, i, view_of(fixed[i]), book->writer.header);
    for (size_t i = 0; i < book->format->column_count; i++)
        sheet_text(&book->writer, book->sheet, 0, (uint16_t)(i + FIXED_COLUMNS),
                   view_of(book->format->columns[i].title), book->writer.header);
    book->row = 1;
    return true;
}

static bool take_row(void *context, const struct view *cells, size_t count) {
    struct book *book = context;
    if (book->is_header) {
        book->is_header = false;
        return true;
    }
    if (book->row == SHEET_ROWS && !begin_sheet(book)) return false;
    if (count != book->format->column_count + FIXED_COLUMNS) return false;
    uint32_t row = book->row++;
    sheet_text(&book->writer, book->sheet, row, 0, cells[0], book->writer.text);
    sheet_text(&book->writer, book->sheet, row, 1, cells[1], book->writer.text);
    if (!sheet_date(&book->writer, book->sheet, row, 2, cells[2]))
        sheet_text(&book->writer, book->sheet, row, 2, cells[2], book->writer.text);
    for (size_t i = 0; i < book->format->column_count; i++)
        sheet_value(&book->writer, book->sheet, row, (uint16_t)(i + FIXED_COLUMNS), cells[i + FIXED_COLUMNS],
                    &book->format->columns[i]);
    book->written++;
    if ((book->written % 1024 == 0 || book->written == book->rows_told) && book->progress) {
        const struct progress_step step = {output_name(OUTPUT_XLSX), true, book->written, book->rows_told, book->written};
        book->progress(book->progress_context, &step);
    }
    return true;
}

bool import_xlsx_write(struct outdir *outdir, const struct output_format *format, int64_t created, uint64_t rows_told,
                       progress_taker *progress, void *progress_context, struct import_xlsx_notes *notes,
                       struct error *error) {
    struct book book = {.format = format,
                        .is_header = true,
                        .rows_told = rows_told,
                        .progress = progress,
                        .progress_context = progress_context};
    struct csv_rows rows;
    char *path = outdir_reserve(outdir, output_name(OUTPUT_XLSX), error);
    if (!path) return false;
    bool is_fine =
        sheet_writer_open(&book.writer, path, outdir_temporary(outdir), "Plecto import", created, true, error);
    if (is_fine) {
        workbook_proof_start(&book.proof, format->column_count + FIXED_COLUMNS);
        book.writer.proof = &book.proof;
        csv_rows_start(&rows, take_row, &book);
        is_fine = begin_sheet(&book) && outdir_read_back(outdir, output_name(OUTPUT_CSV), csv_rows_piece, &rows, error) &&
                  book.error.code == EXIT_FINE;
        if (book.error.code != EXIT_FINE) *error = book.error; /* moves */
        bool is_whole = csv_rows_end(&rows);
        struct error ignored = {0}; /* the first error counts */
        bool is_closed = sheet_writer_close(&book.writer, path, is_fine ? error : &ignored);
        error_free(&ignored);
        is_fine = is_fine && is_closed;
        if (is_fine && !is_whole)
            is_fine =
                error_set(error, EXIT_NOT_BALANCED, "import.csv, read back for the workbook, is not what was written");
    }
    book.proof.sheets = book.sheets;
    book.proof.rows = book.written;
    is_fine = is_fine && workbook_proof_check(&book.proof, path, error);
    workbook_proof_free(&book.proof);
    free(path);
    *notes = (struct import_xlsx_notes){book.sheets, book.writer.cut_texts, book.writer.wide_numbers};
    return is_fine && outdir_adopt(outdir, output_name(OUTPUT_XLSX), error);
}
