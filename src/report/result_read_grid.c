/* result_read_grid.c: the table of employees and periods of result.json. */
#include <stdlib.h>

#include "base/memory.h"
#include "report/result_read_private.h"

static void read_row(struct result_reader *reader, const cJSON *item, struct result_grid *grid) {
    struct result_grid_row *row = &grid->rows[grid->row_count++];
    row->key = read_needed_text(reader, item, "periods.employees", "id");
    row->title = read_needed_text(reader, item, "periods.employees", "name");
    row->total = read_amount(reader, item, "periods.employees", "total");
    row->sums = memory_get_zero(grid->period_count + 1, sizeof *row->sums);
    row->is_there = memory_get_zero(grid->period_count + 1, sizeof *row->is_there);
    const cJSON *list = NULL;
    size_t count = read_list(reader, item, "periods.employees", "sums", &list);
    if (count != grid->period_count) {
        read_wrong(reader, "periods.employees", "sums", "has not one for each period");
        return;
    }
    const cJSON *sum = list->child;
    for (size_t i = 0; i < count; i++, sum = sum->next) {
        row->is_there[i] = !cJSON_IsNull(sum);
        if (row->is_there[i]) row->sums[i] = read_sum(reader, sum, "periods.employees", "sums");
    }
}

void read_grid(struct result_reader *reader, const cJSON *root, struct result *result) {
    struct result_grid *grid = &result->grid;
    if (!cJSON_GetObjectItemCaseSensitive(root, "periods")) return;
    const cJSON *from = read_object(reader, root, "periods"), *list = NULL;
    if (!from) return;
    grid->metric = read_needed_text(reader, from, "periods", "metric");
    grid->is_money = read_flag(reader, from, "periods", "money");
    grid->periods = read_texts(reader, from, "periods", "list", &grid->period_count);
    grid->rows = memory_get_zero(read_list(reader, from, "periods", "employees", &list) + 1, sizeof *grid->rows);
    for (const cJSON *item = list ? list->child : NULL; item && !reader->failed; item = item->next)
        read_row(reader, item, grid);
}
