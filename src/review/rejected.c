/* rejected.c: the sheet Rejected: the bad rows as they came, the bad cells filled, each with a comment that says why. */
#include <stdlib.h>

#include "base/csv_table.h"
#include "base/memory.h"
#include "fixes/row_key.h"
#include "output/formats.h"
#include "review/cell_check.h"
#include "review/review_private.h"

enum { CSV_FILE, CSV_LINE, CSV_ROW, CSV_CODES, CSV_REASONS, CSV_ID, CSV_COLUMNS };

#define TOP_HEIGHT 62 /* points of the row of the titles */
#define TOP_WIDTH 620 /* pixels of the note */

struct rejected {
    struct review *review;
    size_t count, shown; /* original columns, and those that the sheet shows */
    char **labels;
    bool is_header;
    uint32_t row;
    struct buffer check;
};

static uint16_t column_count(const struct rejected *rejected) {
    return (uint16_t)(COLUMN_DATA + REJECTED_FIXED + rejected->shown + HIDDEN_COLUMNS);
}

/* Above the titles, in their row, as a note that is always shown: how much there is to do, and how. The titles stay in the
 * first row, where everybody looks for them. */
static void write_top(struct review *review) {
    struct buffer text = {0};
    report_to_fix(review->result, &text);
    if (review->result->ledger.rows[LEDGER_REJECTED] > 0)
        buffer_add_text(
            &text, ". Correct the red cells, choose \"fix\" in the Decision column and save.\nChoose \"leave out\" "
                   "for a row that is never to be sent.");
    buffer_add_char(&text, '\0');
    sheet_check(&review->writer, worksheet_set_row(review->rejected, REJECTED_HEADER, TOP_HEIGHT, NULL));
    lxw_comment_options options = {.author = (char *)"st2plecto",
                                   .visible = LXW_COMMENT_DISPLAY_VISIBLE,
                                   .width = TOP_WIDTH,
                                   .height = TOP_HEIGHT * 4 / 5,
                                   .font_size = 10,
                                   .start_row = REJECTED_HEADER,
                                   .start_col = COLUMN_DECISION,
                                   .x_offset = 4,
                                   .y_offset = 4};
    sheet_check(&review->writer,
                worksheet_write_comment_opt(review->rejected, REJECTED_HEADER, COLUMN_DECISION, text.text, &options));
    buffer_free(&text);
}

static void write_header(struct rejected *rejected, const struct view *cells, size_t count) {
    struct review *review = rejected->review;
    size_t known = count - REJECTED_CSV_FIXED;
    rejected->labels = memory_get_zero(known + 1, sizeof *rejected->labels);
    for (size_t i = 0; i < known; i++) {
        if (view_is(cells[REJECTED_CSV_FIXED + i], "record") && i + 1 == known) break; /* its cells are there */
        rejected->labels[rejected->count++] = memory_copy(cells[REJECTED_CSV_FIXED + i]);
    }
    rejected->shown = rejected->count < REJECTED_LIMIT ? rejected->count : REJECTED_LIMIT;
    char **titles = review_titles(TITLES_REJECTED, (const char *const *)rejected->labels, rejected->shown);
    write_top(review);
    for (uint16_t i = 0; i < column_count(rejected); i++) {
        review_text(review, review->rejected, REJECTED_HEADER, i, view_of(titles[i]), review->writer.header);
        review_measure(review, i, strlen(titles[i]) + 3); /* the filter's arrow */
    }
    review_titles_free(titles);
}

/* Part number `index` of a list divided by `sign`. */
static struct view part(struct view list, const char *sign, size_t index) {
    size_t length = strlen(sign);
    for (size_t begin = 0;; index--) {
        size_t end = begin;
        while (end < list.length && !(list.length - end >= length && memcmp(list.text + end, sign, length) == 0))
            end++;
        if (index == 0) return view_from(list.text + begin, end - begin);
        if (end >= list.length) return view_of("");
        begin = end + length;
    }
}

/* The problem of a column: its code, or an empty view. Reasons are divided by "; ", which they may hold themselves, so
 * they are shown whole. */
static struct view code_of(const struct view *cells, struct view label) {
    for (size_t i = 0; i < 64; i++) {
        struct view code = part(cells[CSV_CODES], " ", i);
        if (code.length == 0) break;
        if (view_equal(part(cells[CSV_COLUMNS], "; ", i), label)) return code;
    }
    return view_of("");
}

static void add_comment(struct rejected *rejected, uint16_t column, struct view code, struct view reasons) {
    struct review *review = rejected->review;
    if (rejected->row - REJECTED_HEADER > COMMENT_ROWS) return;
    const struct issue_kind *kind = issue_kind_find(code);
    struct buffer text = {0};
    buffer_print(&text, "%.*s %s\n", VIEW_ARGS(code), kind ? kind->title : "");
    buffer_add(&text, reasons);
    buffer_add_text(&text, "\nTo fix it, correct the cell here and choose \"fix\" in the Decision column.");
    struct view clean = sheet_clean(&review->writer, buffer_view(&text));
    lxw_comment_options options = {.author = (char *)"st2plecto", .width = 320, .height = 140};
    sheet_check(&review->writer,
                worksheet_write_comment_opt(review->rejected, rejected->row, column, clean.text, &options));
    buffer_free(&text);
}

/* Key and check. The check ends with that of the place and the key: rows that were sorted or copied without their hidden
 * cells are found out by it. */
static void write_hidden(struct rejected *rejected, const struct view *cells, size_t count, struct view place) {
    struct review *review = rejected->review;
    struct buffer key = {0}, both = {0};
    bool is_shared = cells[CSV_ID].length == 0;
    for (size_t i = 0; i < 64 && !is_shared; i++)
        is_shared = view_is(part(cells[CSV_CODES], " ", i), "E401"); /* an ID of several rows tells none of them */
    uint64_t sum = 0;
    for (size_t i = 0; i < rejected->count && i + REJECTED_CSV_FIXED < count; i++)
        sum += row_key_cell(view_of(rejected->labels[i]), cells[REJECTED_CSV_FIXED + i]);
    if (is_shared)
        row_key_print(&key, sum);
    else
        buffer_add(&key, cells[CSV_ID]);
    uint16_t last = column_count(rejected);
    sheet_text(&review->writer, review->rejected, rejected->row, (uint16_t)(last - 2), buffer_view(&key),
               review->writer.text);
    review->rejected_keys += review_key_hash(buffer_view(&key));
    buffer_add(&both, view_trim(sheet_clean(&review->writer, place)));
    buffer_add_char(&both, '\n');
    buffer_add(&both, view_trim(sheet_clean(&review->writer, buffer_view(&key))));
    cell_check_print(PLECTO_TEXT, rejected->shown, buffer_view(&both), &rejected->check);
    buffer_free(&both);
    buffer_free(&key);
    sheet_text(&review->writer, review->rejected, rejected->row, (uint16_t)(last - 1), buffer_view(&rejected->check),
               review->writer.text);
}

static void note_landing(struct rejected *rejected, const struct view *cells) {
    struct review *review = rejected->review;
    struct buffer place = {0};
    buffer_print(&place, "%.*s%c%.*s", VIEW_ARGS(cells[CSV_FILE]), '\0', VIEW_ARGS(cells[CSV_ROW]));
    size_t ids = table_count(review->wanted_ids);
    size_t number = table_find(review->wanted_rows, buffer_view(&place));
    if (number != SIZE_MAX && !review->landings[ids + number].sheet)
        review->landings[ids + number] = (struct landing){review->rejected, "Rejected", rejected->row};
    buffer_free(&place);
}

static bool take_row(void *context, const struct view *cells, size_t count) {
    struct rejected *rejected = context;
    struct review *review = rejected->review;
    struct sheet_writer *writer = &review->writer;
    if (count < REJECTED_CSV_FIXED) return false;
    if (rejected->is_header) {
        rejected->is_header = false;
        write_header(rejected, cells, count);
        return true;
    }
    if (rejected->row == SHEET_ROWS - 1) return true; /* counted on the Summary: the others are in rejected.csv */
    rejected->row++;
    review->uncommented += rejected->row - REJECTED_HEADER > COMMENT_ROWS;
    note_landing(rejected, cells);
    size_t lines = review_lines(cells[CSV_REASONS], WIDEST + 2);
    for (size_t i = 0; i < rejected->shown && i + REJECTED_CSV_FIXED < count; i++) {
        size_t needed = review_lines(cells[i + REJECTED_CSV_FIXED], SIZE_MAX);
        if (needed > lines) lines = needed;
    }
    review_height(review, review->rejected, rejected->row, lines);
    struct buffer place = {0};
    buffer_print(&place, "%.*s:%.*s", VIEW_ARGS(view_trim(cells[CSV_FILE])), VIEW_ARGS(cells[CSV_ROW]));
    int64_t number = 0;
    for (size_t i = 0; i < cells[CSV_ROW].length; i++)
        number = number * 10 + (cells[CSV_ROW].text[i] - '0'); /* as rejected.csv has it: digits */
    sheet_check(writer, worksheet_write_number(review->rejected, rejected->row, COLUMN_PLACE, (double)number,
                                               review->top_whole));
    review_text(review, review->rejected, rejected->row, COLUMN_DATA + 2, cells[CSV_FILE], review->cell);
    review_text(review, review->rejected, rejected->row, COLUMN_DATA, cells[CSV_CODES], review->bad);
    review_text(review, review->rejected, rejected->row, COLUMN_DATA + 1, cells[CSV_REASONS], review->wrap);
    rejected->check.length = 0;
    for (size_t i = 0; i < rejected->shown; i++) {
        struct view cell = i + REJECTED_CSV_FIXED < count ? cells[i + REJECTED_CSV_FIXED] : view_of("");
        uint16_t column = (uint16_t)(COLUMN_DATA + REJECTED_FIXED + i);
        struct view code = code_of(cells, view_of(rejected->labels[i]));
        lxw_format *format = code.length > 0 ? review->bad_cell : review->cell;
        review_text(review, review->rejected, rejected->row, column, cell, format);
        if (cell.length == 0)
            sheet_check(&review->writer, worksheet_write_blank(review->rejected, rejected->row, column, format));
        if (code.length > 0) add_comment(rejected, column, code, cells[CSV_REASONS]);
        cell_check_print(PLECTO_TEXT, i, sheet_clean(writer, cell), &rejected->check);
    }
    write_hidden(rejected, cells, count, buffer_view(&place));
    buffer_free(&place);
    return true;
}

static void add_choices(struct rejected *rejected) {
    struct review *review = rejected->review;
    review_decisions(review, review->rejected, REJECTED_HEADER + 1, rejected->row);
    lxw_data_validation people = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                  .value_formula = (char *)"=Employees",
                                  .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                  .error_title = (char *)"New name",
                                  .error_message = (char *)"This name is not in any row yet. Use it anyway?"};
    const struct result *result = review->result;
    for (size_t i = 0; i < rejected->shown && result->file_count > 0 && result->person_count > 0; i++) {
        const char *label = result->files[0].employee_label;
        uint16_t column = (uint16_t)(COLUMN_DATA + REJECTED_FIXED + i);
        if (label && strcmp(label, rejected->labels[i]) == 0)
            sheet_choices(&review->writer, review->rejected, REJECTED_HEADER + 1, rejected->row, column, &people);
    }
}

bool review_rejected(struct review *review) {
    struct rejected rejected = {.review = review, .is_header = true, .row = REJECTED_HEADER};
    struct csv_table csv;
    if (!review->files->has_rejected) return true;
    csv_table_start(&csv, ',', take_row, &rejected);
    lxw_row_col_options hidden = {0};
    hidden.hidden = LXW_TRUE;
    bool is_fine =
        review->files->read(review->files->context, output_name(OUTPUT_REJECTED), csv_table_piece, &csv, review->error);
    bool is_whole = csv_table_end(&csv);
    if (is_fine && !is_whole)
        is_fine = error_set(review->error, EXIT_NOT_BALANCED,
                            "rejected.csv, read back for the workbook, is not what was written");
    if (is_fine) {
        uint16_t columns = column_count(&rejected);
        review->rejected_count = rejected.row - REJECTED_HEADER;
        if (review->rejected_count > 0) add_choices(&rejected);
        review_lay_out(review, review->rejected, REJECTED_HEADER, rejected.row, columns, true);
        review_measure(review, COLUMN_DECISION, 9);
        review_measure(review, COLUMN_WHY, 16);
        review_fit(review, review->rejected, columns);
        for (uint16_t i = (uint16_t)(columns - 2); i < columns; i++) /* ranges must not overlap */
            sheet_check(&review->writer, worksheet_set_column_opt(review->rejected, i, i, 8, NULL, &hidden));
    }
    review->labels = rejected.labels; /* for Origin */
    review->label_count = rejected.count;
    review->label_shown = rejected.shown;
    buffer_free(&rejected.check);
    return is_fine;
}
