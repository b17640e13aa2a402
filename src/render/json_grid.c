/* json_grid.c: "periods" of result.json: the main metric of a --by run by employee and period; null where an employee has
 * no row in a period. */
#include "render/json_private.h"

static void add_row(const struct result_grid *grid, const struct result_grid_row *row, struct buffer *out) {
    json_element(out);
    buffer_add_char(out, '{');
    json_text(out, "id", row->key);
    json_text(out, "name", row->title);
    json_amount(out, "total", row->total);
    json_key(out, "sums");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < grid->period_count; i++) {
        buffer_add_text(out, i ? "," : "");
        if (!row->is_there[i]) {
            buffer_add_text(out, "null");
            continue;
        }
        buffer_add_char(out, '"');
        decimal_print_wide(out, row->sums[i], 2);
        buffer_add_char(out, '"');
    }
    buffer_add_text(out, "]}");
}

void json_grid(const struct result *result, struct buffer *out) {
    const struct result_grid *grid = &result->grid;
    if (!grid->metric) return;
    json_key(out, "periods");
    buffer_add_char(out, '{');
    json_text(out, "metric", grid->metric);
    json_flag(out, "money", grid->is_money);
    json_key(out, "list");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < grid->period_count; i++) {
        buffer_add_text(out, i ? "," : "");
        json_string(out, view_of(grid->periods[i]));
    }
    buffer_add_char(out, ']');
    json_key(out, "employees");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < grid->row_count; i++)
        add_row(grid, &grid->rows[i], out);
    buffer_add_text(out, "]}");
}
