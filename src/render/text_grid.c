/* text_grid.c: the main metric of a --by run by employee and period, as wide as a terminal. */
#include "render/text_private.h"

#define SHOWN_ROWS 10
#define SHOWN_PERIODS 5
#define NAME_WIDTH 22

static void add_amount(const struct result_grid *grid, bool is_there, wide_integer amount, size_t width,
                       struct buffer *out) {
    struct buffer text = {0};
    if (is_there) decimal_print_human(&text, amount, grid->is_money);
    words_right(out, is_there ? buffer_view(&text) : view_of("-"), width);
    buffer_free(&text);
}

static size_t amount_width(const struct result_grid *grid, size_t rows) {
    size_t width = 10;
    struct buffer text = {0};
    for (size_t i = 0; i < rows; i++) {
        text.length = 0;
        decimal_print_human(&text, grid->rows[i].total, grid->is_money);
        width = text.length > width ? text.length : width;
    }
    buffer_free(&text);
    return width + 2;
}

void text_grid(const struct result *result, const struct text_options *options, struct buffer *out) {
    const struct result_grid *grid = &result->grid;
    if (!grid->metric || grid->row_count == 0) return;
    size_t rows = options->verbose || grid->row_count < SHOWN_ROWS ? grid->row_count : SHOWN_ROWS;
    size_t first = grid->period_count > SHOWN_PERIODS && !options->verbose ? grid->period_count - SHOWN_PERIODS : 0;
    size_t width = amount_width(grid, rows);
    buffer_add_char(out, '\n');
    plain_add_text(out, grid->metric);
    buffer_print(out, " per employee and %s", result->by);
    if (rows < grid->row_count) buffer_print(out, ", the %zu largest of %zu", rows, grid->row_count);
    if (first > 0) buffer_print(out, ", the last %d of %zu periods", SHOWN_PERIODS, grid->period_count);
    buffer_add_text(out, "\n  ");
    words_left(out, view_of("Employee"), NAME_WIDTH);
    words_right(out, view_of("All"), width);
    for (size_t i = first; i < grid->period_count; i++)
        words_right(out, view_of(grid->periods[i]), width);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < rows; i++) {
        struct buffer name = {0};
        plain_add_short(&name, view_of(grid->rows[i].title), NAME_WIDTH);
        buffer_add_text(out, "  ");
        words_left(out, buffer_view(&name), NAME_WIDTH);
        buffer_free(&name);
        add_amount(grid, true, grid->rows[i].total, width, out);
        for (size_t k = first; k < grid->period_count; k++)
            add_amount(grid, grid->rows[i].is_there[k], grid->rows[i].sums[k], width, out);
        buffer_add_char(out, '\n');
    }
}
