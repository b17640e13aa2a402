/* html_grid.c: what a --by run was asked for: its main metric by employee and period. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_private.h"

#define SHOWN_ROWS 200
#define SHOWN_PERIODS 62

static void add_sums(const struct result_grid *grid, const struct result_grid_row *row, size_t first,
                     struct buffer *out) {
    buffer_add_text(out, "<tr>");
    html_row_head(out, row->title);
    html_amount_cell(out, row->total, grid->is_money);
    for (size_t i = first; i < grid->period_count; i++)
        if (row->is_there[i])
            html_amount_cell(out, row->sums[i], grid->is_money);
        else
            buffer_add_text(out, "<td class=\"n\">–</td>");
    buffer_add_text(out, "</tr>\n");
}

/* The row of all employees; the caller frees its lists. */
static struct result_grid_row sum_of(const struct result_grid *grid) {
    struct result_grid_row all = {.title = (char *)"All",
                                  .sums = memory_get_zero(grid->period_count + 1, sizeof *all.sums),
                                  .is_there = memory_get_zero(grid->period_count + 1, sizeof *all.is_there)};
    for (size_t i = 0; i < grid->row_count; i++) {
        decimal_add(&all.total, grid->rows[i].total);
        for (size_t k = 0; k < grid->period_count; k++) {
            decimal_add(&all.sums[k], grid->rows[i].sums[k]);
            all.is_there[k] = all.is_there[k] || grid->rows[i].is_there[k];
        }
    }
    return all;
}

void html_grid(const struct result *result, struct buffer *out) {
    const struct result_grid *grid = &result->grid;
    if (!grid->metric) return;
    size_t first = grid->period_count > SHOWN_PERIODS ? grid->period_count - SHOWN_PERIODS : 0;
    char *title = memory_print("%s per employee and %s", grid->metric, result->by);
    html_section(out, "periods", title);
    if (first > 0)
        buffer_print(out, "<p class=\"soft\">The last %d of %zu periods.</p>\n", SHOWN_PERIODS, grid->period_count);
    if (grid->row_count > SHOWN_ROWS)
        buffer_print(out, "<p class=\"soft\">The %d largest of %zu employees.</p>\n", SHOWN_ROWS, grid->row_count);
    html_table_start(out, title, "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Employee", false);
    html_head(out, "All", true);
    for (size_t i = first; i < grid->period_count; i++)
        html_head(out, grid->periods[i], true);
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < grid->row_count && i < SHOWN_ROWS; i++)
        add_sums(grid, &grid->rows[i], first, out);
    struct result_grid_row all = sum_of(grid);
    add_sums(grid, &all, first, out);
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
    free(all.sums);
    free(all.is_there);
    free(title);
}
