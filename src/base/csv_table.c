/* csv_table.c: see csv_table.h. */
#include "base/csv_table.h"

#include <stdlib.h>

#include "base/memory.h"

#define PIECE (64u << 10) /* by which libcsv's room for a cell grows */

/* Blanks belong to the cells. */
static int never_blank(unsigned char c) {
    (void)c;
    return 0;
}

void csv_table_start(struct csv_table *table, char delimiter, csv_table_taker *take, void *context) {
    *table = (struct csv_table){.take = take, .context = context};
    csv_init(&table->parser, 0);
    csv_set_delim(&table->parser, (unsigned char)delimiter);
    csv_set_space_func(&table->parser, never_blank);
    csv_set_blk_size(&table->parser, PIECE);
}

static void take_cell(void *text, size_t length, void *context) {
    struct csv_table *table = context;
    void *ends = table->ends;
    if (table->is_stopped) return;
    if (table->count == CSV_TABLE_CELLS) {
        table->dropped++;
        return;
    }
    memory_grow(&ends, &table->end_capacity, table->count + 1, sizeof *table->ends);
    table->ends = ends;
    buffer_add(&table->text, view_from(text, length));
    table->ends[table->count++] = table->text.length;
}

static void make_cells(struct csv_table *table) {
    void *cells = table->cells;
    memory_grow(&cells, &table->cell_capacity, table->count + 1, sizeof *table->cells);
    table->cells = cells;
    const char *text = table->text.text ? table->text.text : "";
    for (size_t i = 0, begin = 0; i < table->count; begin = table->ends[i++])
        table->cells[i] = view_from(text + begin, table->ends[i] - begin);
}

static void take_row(int terminator, void *context) {
    struct csv_table *table = context;
    (void)terminator;
    table->is_cut = table->is_cut || table->is_ending;
    if (!table->is_stopped && !table->is_cut) {
        make_cells(table);
        table->is_stopped = !table->take(table->context, table->cells, table->count);
    }
    table->text.length = table->count = table->dropped = 0;
}

void csv_table_piece(void *context, struct view bytes) {
    struct csv_table *table = context;
    if (!table->is_stopped && bytes.length > 0)
        csv_parse(&table->parser, bytes.text, bytes.length, take_cell, take_row, table);
}

void csv_table_finish(struct csv_table *table) {
    csv_fini(&table->parser, take_cell, take_row, table);
}

bool csv_table_end(struct csv_table *table) {
    table->is_ending = true;
    csv_table_finish(table);
    csv_free(&table->parser);
    buffer_free(&table->text);
    free(table->ends);
    free(table->cells);
    table->ends = NULL;
    table->cells = NULL;
    return !table->is_stopped && !table->is_cut;
}

size_t csv_table_column(const struct view *cells, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (view_is(cells[i], name)) return i;
    return SIZE_MAX;
}
