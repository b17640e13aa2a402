/* rows.c: the sheet Rows: the registrations as import.csv has them, typed; split where a sheet is full. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "output/csv_rows.h"
#include "output/formats.h"
#include "review/cell_check.h"
#include "review/review_private.h"

#define CSV_FIXED 3 /* ID, Employee, Created date */

struct rows {
    struct review *review;
    lxw_worksheet *sheet;
    struct output_column *types; /* of all data columns, Employee and Created date included */
    size_t field_count;
    uint32_t row; /* next; 0: no sheet yet */
    uint64_t written;
    bool is_header, is_full;
    struct buffer check;
    char **titles;
};

static bool is_by_row(const struct review *review) {
    return strcmp(review->result->by, "row") == 0;
}

static uint16_t column_count(const struct rows *rows) {
    return (uint16_t)(COLUMN_DATA + ROWS_FIXED + rows->field_count + HIDDEN_COLUMNS);
}

static void make_titles(struct rows *rows) {
    const struct result *result = rows->review->result;
    const char **titles = memory_get_zero(rows->field_count + 1, sizeof *titles);
    for (size_t i = 0; i < rows->field_count; i++)
        titles[i] = result->fields[i].title;
    rows->titles = review_titles(TITLES_ROWS, titles, rows->field_count);
    free(titles);
}

static void begin_sheet(struct rows *rows) {
    struct review *review = rows->review;
    size_t number = review->row_sheets++;
    rows->sheet = review->rows[number];
    if (!review->is_table)
        for (uint16_t i = 0; i < column_count(rows); i++)
            review_text(review, rows->sheet, 0, i, view_of(rows->titles[i]), review->writer.header);
    rows->row = 1;
}

static void add_table(struct rows *rows) {
    uint16_t count = column_count(rows);
    lxw_table_column *columns = memory_get_zero(count, sizeof *columns);
    lxw_table_column **list = memory_get_zero((size_t)count + 1, sizeof(lxw_table_column *));
    for (uint16_t i = 0; i < count; i++) {
        columns[i].header = rows->titles[i];
        columns[i].header_format = rows->review->writer.header;
        list[i] = &columns[i];
        review_measure(rows->review, i, strlen(rows->titles[i]));
    }
    lxw_table_options options = {.name = (char *)"Registrations",
                                 .columns = list,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1};
    sheet_check(&rows->review->writer, worksheet_add_table(rows->sheet, 0, 0, rows->row > 1 ? rows->row - 1 : 1,
                                                           (uint16_t)(count - 1), &options));
    free(columns);
    free(list);
}

static void add_choices(struct rows *rows, uint32_t last_row) {
    struct review *review = rows->review;
    if (!is_by_row(review) || last_row == 0) return;
    review_decisions(review, rows->sheet, 1, last_row);
    lxw_data_validation people = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                  .value_formula = (char *)"=Employees",
                                  .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                  .error_title = (char *)"New name",
                                  .error_message = (char *)"This name is not in any row yet. Use it anyway?"};
    if (review->result->person_count > 0)
        sheet_choices(&review->writer, rows->sheet, 1, last_row, COLUMN_DATA, &people);
    for (size_t i = 0; i < rows->field_count; i++) {
        if (review->result->fields[i].value_count == 0) continue;
        char name[40];
        snprintf(name, sizeof name, "=Values_%zu", i + 1);
        uint16_t column = (uint16_t)(COLUMN_DATA + ROWS_FIXED + i);
        lxw_data_validation values = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                      .value_formula = name,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                      .error_title = (char *)"Unknown value",
                                      .error_message =
                                          (char *)"ServiceTitan does not list this value. Use it anyway?"};
        sheet_choices(&review->writer, rows->sheet, 1, last_row, column, &values);
    }
}

static void end_sheet(struct rows *rows) {
    struct review *review = rows->review;
    uint32_t last = rows->row - 1;
    uint16_t columns = column_count(rows);
    review->row_counts[review->row_sheets - 1] = last;
    if (review->is_table) add_table(rows);
    add_choices(rows, last);
    review_lay_out(review, rows->sheet, 0, last, columns, !review->is_table);
    review_measure(review, COLUMN_DECISION, 9);
    review_measure(review, COLUMN_WHY, 16);
    review_measure(review, COLUMN_DATA + 1, 19);
    review_fit(review, rows->sheet, columns);
    lxw_row_col_options hidden = {0};
    hidden.hidden = LXW_TRUE;
    for (uint16_t i = (uint16_t)(columns - 2); i < columns; i++) /* ranges must not overlap */
        sheet_check(&review->writer, worksheet_set_column_opt(rows->sheet, i, i, 8, NULL, &hidden));
}

static void note_landing(struct rows *rows, struct view id) {
    struct review *review = rows->review;
    size_t number = table_count(review->wanted_ids) > 0 ? table_find(review->wanted_ids, id) : SIZE_MAX;
    if (number == SIZE_MAX || review->landings[number].sheet) return;
    review->landings[number] = (struct landing){rows->sheet, review->row_names[review->row_sheets - 1], rows->row};
}

/* Empty cells have the format of their column: what is typed there is a text, a date or a time as beside it. Numbers are
 * fine without, and there are many of them. */
static void write_blank(const struct rows *rows, uint32_t row, uint16_t column, const struct output_column *type) {
    const struct sheet_writer *writer = &rows->review->writer;
    lxw_format *const formats[] = {
        [PLECTO_TEXT] = writer->text,         [PLECTO_DATE] = writer->date, [PLECTO_DATETIME] = writer->date,
        [PLECTO_DURATION] = writer->duration, [PLECTO_NUMBER] = NULL,       [PLECTO_BOOLEAN] = NULL};
    if (formats[type->type])
        sheet_check(&rows->review->writer, worksheet_write_blank(rows->sheet, row, column, formats[type->type]));
}

static bool take_row(void *context, const struct view *cells, size_t count) {
    struct rows *rows = context;
    struct review *review = rows->review;
    struct sheet_writer *writer = &review->writer;
    if (rows->is_header) {
        rows->is_header = false;
        return true;
    }
    if (count != rows->field_count + CSV_FIXED) return false;
    if (rows->row == SHEET_ROWS) {
        end_sheet(rows);
        rows->is_full = review->row_sheets == ROW_SHEETS;
        if (rows->is_full) return false;
        begin_sheet(rows);
    }
    uint32_t row = rows->row;
    note_landing(rows, cells[0]);
    review_text(review, rows->sheet, row, COLUMN_PLACE, cells[0], writer->text);
    review_text(review, rows->sheet, row, COLUMN_DATA, cells[1], writer->text);
    rows->check.length = 0;
    cell_check_print(PLECTO_TEXT, 0, sheet_clean(writer, cells[0]), &rows->check);
    cell_check_print(PLECTO_TEXT, 1, sheet_clean(writer, cells[1]), &rows->check);
    for (size_t i = 1; i < rows->field_count + ROWS_FIXED; i++) {
        struct view cell = cells[i + 1];
        const struct output_column *type = &rows->types[i];
        uint16_t column = (uint16_t)(COLUMN_DATA + i);
        sheet_value(writer, rows->sheet, row, column, cell, type);
        if (cell.length == 0) write_blank(rows, row, column, type);
        if (row < 1000 || type->type == PLECTO_TEXT) review_measure(review, column, cell.length);
        cell_check_print(type->type, i + 1, type->type == PLECTO_TEXT ? sheet_clean(writer, cell) : cell, &rows->check);
    }
    uint16_t last = column_count(rows);
    sheet_text(writer, rows->sheet, row, (uint16_t)(last - 2), cells[0], writer->text);
    review->row_keys += review_key_hash(cells[0]);
    sheet_text(writer, rows->sheet, row, (uint16_t)(last - 1), buffer_view(&rows->check), writer->text);
    rows->row++;
    rows->written++;
    bool is_told = rows->written % 1024 == 0 || rows->written == review->result->registrations;
    if (is_told && review->files->progress) {
        const struct progress_step step = {output_name(OUTPUT_REVIEW), true, rows->written, review->result->registrations,
                                           rows->written};
        review->files->progress(review->files->progress_context, &step);
    }
    return true;
}

/* Whether a field is one of the amounts of money that the ledger follows. */
static bool is_money(const struct result *result, const char *title) {
    for (size_t i = 0; i < result->ledger.column_count; i++)
        if (result->columns[i].is_money && strcmp(result->columns[i].title, title) == 0) return true;
    return false;
}

bool review_rows(struct review *review) {
    const struct result *result = review->result;
    struct rows rows = {.review = review, .field_count = result->field_count, .is_header = true};
    struct csv_rows csv;
    if (!review->files->has_import) return true;
    rows.types = memory_get_zero(result->field_count + ROWS_FIXED, sizeof *rows.types);
    rows.types[0].type = PLECTO_TEXT;
    rows.types[1].type = PLECTO_DATETIME;
    for (size_t i = 0; i < result->field_count; i++)
        rows.types[i + ROWS_FIXED] = (struct output_column){.title = result->fields[i].title,
                                                            .type = result->fields[i].type,
                                                            .places = result->fields[i].places,
                                                            .is_money = is_money(result, result->fields[i].title)};
    make_titles(&rows);
    begin_sheet(&rows);
    csv_rows_start(&csv, take_row, &rows);
    bool is_fine = review->files->read(review->files->context, output_name(OUTPUT_CSV), csv_rows_piece, &csv, review->error);
    bool is_whole = csv_rows_end(&csv);
    if (is_fine && rows.is_full)
        is_fine = error_set(review->error, EXIT_CANNOT_WRITE, "the rows need more than %d sheets", ROW_SHEETS);
    else if (is_fine && !is_whole)
        is_fine = error_set(review->error, EXIT_NOT_BALANCED,
                            "import.csv, read back for the workbook, is not what was written");
    else if (is_fine)
        end_sheet(&rows);
    review_titles_free(rows.titles);
    free(rows.types);
    buffer_free(&rows.check);
    return is_fine;
}
