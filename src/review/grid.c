/* grid.c: the sheet Periods: the main metric of a --by run, a row an employee and a column a period. */
#include <stdlib.h>

#include "base/memory.h"
#include "review/review_private.h"

#define TITLE_ROWS 2
#define COLUMNS_MOST (COLUMN_LIMIT - 2)

static uint16_t shown_periods(const struct result_grid *grid) {
    return (uint16_t)(grid->period_count < COLUMNS_MOST ? grid->period_count : COLUMNS_MOST);
}

static void write_header(struct review *review) {
    const struct result_grid *grid = &review->result->grid;
    uint16_t shown = shown_periods(grid);
    size_t first = grid->period_count - shown;
    char *title = memory_print("%s per employee and %s", grid->metric, review->result->by);
    sheet_text(&review->writer, review->periods, 0, 0, view_of(title), review->bold);
    free(title);
    review_text(review, review->periods, 1, 0, view_of("Employee"), review->writer.header);
    review_text(review, review->periods, 1, 1, view_of("All"), review->right_header);
    for (uint16_t i = 0; i < shown; i++)
        review_text(review, review->periods, 1, (uint16_t)(2 + i), view_of(grid->periods[first + i]),
                    review->right_header);
}

static void write_row(struct review *review, uint32_t row, const struct result_grid_row *from) {
    const struct result_grid *grid = &review->result->grid;
    lxw_format *format = grid->is_money ? review->writer.dollars[2] : review->whole;
    uint16_t shown = shown_periods(grid);
    size_t first = grid->period_count - shown;
    review_text(review, review->periods, row, 0, view_of(from->title), review->writer.text);
    review_amount(review, review->periods, row, 1, from->total, format);
    for (uint16_t i = 0; i < shown; i++)
        if (from->is_there[first + i])
            review_amount(review, review->periods, row, (uint16_t)(2 + i), from->sums[first + i], format);
}

void review_grid(struct review *review) {
    const struct result_grid *grid = &review->result->grid;
    if (!review->periods) return;
    uint16_t width = (uint16_t)(2 + shown_periods(grid));
    write_header(review);
    uint32_t row = TITLE_ROWS;
    for (size_t i = 0; i < grid->row_count && row < SHEET_ROWS - 1; i++)
        write_row(review, row++, &grid->rows[i]);
    for (uint16_t i = 0; i < width; i++)
        review_measure(review, i, 12);
    review_lay_out(review, review->periods, TITLE_ROWS - 1, row, width, false);
    worksheet_freeze_panes(review->periods, TITLE_ROWS, 1);
    review_fit(review, review->periods, width);
}
