/* sheet_writer.h: typed cells for worksheets: real dates, exact numbers, text that stays text. A thin layer over
 * libxlsxwriter in constant memory mode (rows are written in order and cannot be changed). */
#ifndef OUTPUT_SHEET_WRITER_H
#define OUTPUT_SHEET_WRITER_H

#include <stdint.h>

#include "base/error.h"
#include "late_xlsxwriter.h"
#include "output/registration.h"
#include "output/workbook_proof.h"

#define SHEET_ROWS 1048576 /* Excel's limit, the header included */
#define CELL_CHARACTERS 32767

struct sheet_writer {
    lxw_workbook *workbook;
    lxw_format *header, *text, *date, *duration, *boolean, *numbers[5], *money[5]; /* by places */
    lxw_format *day, *dollars[5]; /* made by sheet_writer_for_people, else NULL */
    struct buffer clean;                                                 /* the text at hand, NUL-terminated */
    uint64_t cut_texts;    /* longer than a cell can hold: cut, and to be told */
    uint64_t wide_numbers; /* with more digits than a spreadsheet keeps: written as text */
    bool lacks_sheet;             /* one could not be made: the library must not write the file */
    lxw_error refusal;            /* the first of sheet_check */
    struct workbook_proof *proof; /* cells of sheet_text, sheet_date and sheet_value are noted there; NULL: nowhere */
    unsigned long failed_streams; /* of base/libraries.h, at the begin */
};

/* A new workbook at `path`; `created` (seconds since 1970) goes into its properties, so that the same input gives the
 * same bytes. `temporary` is a folder for libxlsxwriter's own files. `is_constant`: rows are written in order and leave the
 * memory at once; else all cells stay in memory until the end, and there can be tables. */
bool sheet_writer_open(struct sheet_writer *writer, const char *path, const char *temporary, const char *title,
                       int64_t created, bool is_constant, struct error *error);
/* Dates as the reader's own settings show them, without the noon that stands for a day; amounts of money with $. What the
 * cells hold is the same. */
void sheet_writer_for_people(struct sheet_writer *writer);
/* A new sheet; NULL with EXIT_CANNOT_WRITE (a temporary file of its own cannot be made). */
lxw_worksheet *sheet_writer_add(struct sheet_writer *writer, const char *name, struct error *error);
/* Notes what a call of the library answered, which must be asked each time: without that a refused cell, table or list
 * would be missing in the workbook without a word. */
void sheet_check(struct sheet_writer *writer, lxw_error answer);
/* Writes the file, unless a sheet is lacking (that error was told). EXIT_CANNOT_WRITE where it cannot be written or the
 * library refused a part of it. In all cases the writer is freed. */
bool sheet_writer_close(struct sheet_writer *writer, const char *path, struct error *error);
/* The text as a cell will hold it: valid UTF-8 of at most 32,767 characters, NUL-terminated, lines parted by line feeds
 * alone; valid until the next call. */
struct view sheet_clean(struct sheet_writer *writer, struct view text);
/* Text, never a formula, a number or a link, whatever it begins with. Not valid UTF-8 becomes U+FFFD. */
void sheet_text(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                lxw_format *format);
/* A cell of import.csv by the type of its column; an empty one stays empty. */
void sheet_value(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                 const struct output_column *type);
/* A drop-down in rows of a column. */
void sheet_choices(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t first_row, uint32_t last_row,
                   uint16_t column, lxw_data_validation *choices);
/* YYYY-MM-DD HH:MM:SS as a real date; false (nothing written) if it is none. */
bool sheet_date(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text);

#endif
