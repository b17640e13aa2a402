/* review_cells.c: what the sheets share: cells whose widths and heights are measured, the layout, the drop-downs. */
#include <string.h>

#include "review/review_private.h"

void review_measure(struct review *review, uint16_t column, size_t characters) {
    if (column < COLUMN_LIMIT && characters > review->widths[column]) review->widths[column] = characters;
}

void review_text(struct review *review, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                 lxw_format *format) {
    size_t characters = 0;
    for (size_t i = 0; i < text.length && i < 200 && text.text[i] != '\n'; i++)
        characters += ((unsigned char)text.text[i] & 0xC0) != 0x80;
    review_measure(review, column, characters + (row == 0 ? 3 : 0)); /* the filter's arrow */
    sheet_text(&review->writer, sheet, row, column, text, format);
}

size_t review_lines(struct view text, size_t width) {
    size_t lines = 1, characters = 0;
    for (size_t i = 0; i < text.length && lines < LINE_LIMIT; i++) {
        bool is_break = text.text[i] == '\n';
        if (!is_break && ((unsigned char)text.text[i] & 0xC0) == 0x80) continue; /* inside of a character */
        if (is_break || characters == width) {
            lines++;
            characters = 0;
        }
        characters += !is_break;
    }
    return lines;
}

void review_height(struct review *review, lxw_worksheet *sheet, uint32_t row, size_t lines) {
    if (lines > 1) sheet_check(&review->writer, worksheet_set_row(sheet, row, LINE_HEIGHT * (double)lines, NULL));
}

void review_fit(struct review *review, lxw_worksheet *sheet, uint16_t columns) {
    for (uint16_t i = 0; i < columns && i < COLUMN_LIMIT; i++) {
        double width = (double)review->widths[i] + 1.5;
        sheet_check(&review->writer, worksheet_set_column(sheet, i, i,
                                                          width < 8        ? 8
                                                          : width > WIDEST ? WIDEST
                                                                           : width,
                                                          NULL));
    }
    memset(review->widths, 0, sizeof review->widths);
}

void review_lay_out(struct review *review, lxw_worksheet *sheet, uint32_t header, uint32_t last_row, uint16_t columns,
                    bool has_filter) {
    worksheet_freeze_panes(sheet, header + 1, 1);
    if (has_filter && columns > 0)
        sheet_check(&review->writer, worksheet_autofilter(sheet, header, 0, last_row, (uint16_t)(columns - 1)));
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    sheet_check(&review->writer, worksheet_repeat_rows(sheet, 0, header));
    sheet_check(&review->writer, worksheet_set_footer(sheet, "&L&F, &A&R&P / &N"));
}

void review_decisions(struct review *review, lxw_worksheet *sheet, uint32_t first_row, uint32_t last_row) {
    char *words[] = {(char *)"fix", (char *)"leave out", (char *)"later", NULL};
    lxw_data_validation choice = {.validate = LXW_VALIDATION_TYPE_LIST,
                                  .value_list = words,
                                  .input_title = (char *)"Decision",
                                  .input_message =
                                      (char *)"fix: use the cells as changed here. leave out: never send this row.",
                                  .error_title = (char *)"Decision",
                                  .error_message = (char *)"fix, leave out or later"};
    if (last_row >= first_row) sheet_choices(&review->writer, sheet, first_row, last_row, COLUMN_DECISION, &choice);
}

double review_double(wide_integer amount) {
    return (double)amount / DECIMAL_SCALE;
}

void review_amount(struct review *review, lxw_worksheet *sheet, uint32_t row, uint16_t column, wide_integer amount,
                   lxw_format *format) {
    wide_integer limit = (wide_integer)1000000000000000; /* 15 digits are exact in a double */
    if (amount < limit && amount > -limit) {
        sheet_check(&review->writer, worksheet_write_number(sheet, row, column, review_double(amount), format));
        return;
    }
    struct buffer text = {0};
    decimal_print_wide(&text, amount, 2);
    sheet_text(&review->writer, sheet, row, column, buffer_view(&text), review->writer.text);
    review->writer.wide_numbers++;
    buffer_free(&text);
}
