/* reader.c: the records of a block, their cells in the order of the file's columns.
 *
 * Three ways to the same cells. The fast way (plain.c) cuts cells in place, straight into the array that the record
 * keeps. Whatever is not plain is walked over cell by cell. What people write by hand goes through libcsv, whose cells are
 * copied into the reader's arena. What a record means (blank, group row, damage) is decided once, behind all of them.
 *
 * A group column that stands behind the file's own columns makes a gap: cells beyond the columns come behind it. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/csv_table.h"
#include "base/memory.h"
#include "input/csv/damage.h"
#include "input/csv/footer.h"
#include "input/csv/group.h"
#include "input/csv/input.h"
#include "input/csv/outline.h"
#include "input/csv/plain.h"
#include "input/csv/repeated_header.h"
#include "input/csv/row_kind.h"
#include "input/csv/scan.h"
#include "input/source/large.h"

#define STORE_CELLS 8192           /* cells of one piece of the store */
#define EXTRA_ROOM 256             /* cells beyond the columns that the fast way takes */
#define CELL_LIMIT CSV_TABLE_CELLS /* of a record that are kept; further ones are only counted */

struct csv_reader {
    /* of the file */
    char delimiter;
    enum csv_way way;
    bool is_workbook;
    size_t columns;      /* of facts */
    size_t file_columns; /* of them in the file's rows */
    size_t group_column; /* or SIZE_MAX */
    struct view group_label;
    struct view header;    /* the header row as it stands in the file; empty: not known yet */
    char header_sign;      /* its csv_first_sign */
    uint64_t record_limit; /* 0: none */

    /* memory */
    struct csv_table table; /* CSV_BY_LIBCSV */
    struct arena *arena;
    struct cell *cells; /* of the record that is being read, the file's own: in the store, or in `copies` */
    size_t cell_count;
    struct cell *copies; /* of a record that was not cut in place */
    struct cell *blank;  /* those of an empty line, the same for all: a sheet may have a million before its last row */
    size_t copy_capacity;
    size_t dropped_count; /* cells beyond CELL_LIMIT */
    struct cell **store;  /* pieces of STORE_CELLS cells, kept from block to block */
    size_t store_count, store_capacity, store_used, store_at;

    /* where in the block */
    const char *position, *end;
    bool reuses_cells;
    struct csv_marks marks;
    uint64_t row, line;
    uint64_t large_length, large_breaks; /* of the block: see block.h */
    struct view group;                   /* in force */
};

static bool take_cells(void *context, const struct view *cells, size_t count);

struct csv_reader *csv_reader_create(const struct input_facts *facts, enum csv_way way) {
    struct csv_reader *reader = memory_get_zero(1, sizeof *reader);
    reader->delimiter = facts->delimiter;
    reader->way = way;
    reader->is_workbook = facts->workbook != NULL;
    reader->columns = reader->file_columns = facts->column_count;
    reader->group_column = facts->group_column;
    reader->record_limit = facts->record_limit;
    reader->header = facts->header;
    if (facts->group_column != SIZE_MAX) {
        reader->group_label = csv_group_label(facts);
        /* Column 0 is the header's own empty cell; any other was appended. */
        if (facts->group_column > 0) reader->file_columns--;
    }
    reader->header_sign = csv_first_sign(reader->header);
    reader->arena = arena_create(64u << 10);
    if (way == CSV_BY_LIBCSV) csv_table_start(&reader->table, facts->delimiter, take_cells, reader);
    return reader;
}

void csv_reader_destroy(struct csv_reader *reader) {
    if (!reader) return;
    if (reader->way == CSV_BY_LIBCSV) csv_table_end(&reader->table);
    arena_destroy(reader->arena);
    for (size_t i = 0; i < reader->store_count; i++)
        free(reader->store[i]);
    free(reader->store);
    free(reader->copies);
    free(reader->blank);
    free(reader);
}

void csv_reader_start(struct csv_reader *reader, const struct block *block) {
    arena_reset(reader->arena);
    reader->store_at = reader->store_used = 0;
    reader->marks.base = NULL;
    reader->position = block->bytes.text;
    reader->end = block->bytes.length > 0 ? block->bytes.text + block->bytes.length : block->bytes.text;
    reader->row = block->first_row;
    reader->line = block->first_line;
    reader->large_length = block->large_length;
    reader->large_breaks = block->large_breaks;
    reader->group = buffer_view(&block->group);
}

/* Room for `count` cells that stay until the next start, once store_used is moved behind them. */
static struct cell *keep_cells(struct csv_reader *reader, size_t count) {
    if (count > STORE_CELLS) return arena_get(reader->arena, count * sizeof(struct cell));
    if (reader->store_at < reader->store_count && STORE_CELLS - reader->store_used < count) {
        reader->store_at++;
        reader->store_used = 0;
    }
    if (reader->store_at == reader->store_count) {
        void *store = reader->store;
        memory_grow(&store, &reader->store_capacity, reader->store_count + 1, sizeof *reader->store);
        reader->store = store;
        reader->store[reader->store_count++] = memory_get(STORE_CELLS * sizeof(struct cell));
    }
    return reader->store[reader->store_at] + reader->store_used;
}

static void note_kept(struct csv_reader *reader, size_t count) {
    if (!reader->reuses_cells && count <= STORE_CELLS) reader->store_used += count;
}

void csv_reader_reuse_cells(struct csv_reader *reader) {
    reader->reuses_cells = true;
}

/* The fast way; false if the record is not plain. */
static bool cut_in_place(struct csv_reader *reader, struct csv_outline *outline) {
    size_t room = reader->columns + EXTRA_ROOM;
    if (room > STORE_CELLS) return false;
    struct cell *cells = keep_cells(reader, room + 1); /* one more for the group */
    struct csv_plain plain;
    if (!csv_plain_cut(&reader->marks, reader->position, reader->end, reader->delimiter, cells, room, reader->arena,
                       &plain))
        return false;
    reader->cells = cells;
    reader->cell_count = plain.cell_count;
    outline->end = plain.end;
    outline->breaks = plain.breaks;
    outline->is_shortest = plain.is_shortest;
    outline->has_loose = plain.has_loose;
    return true;
}

static void add_copy(struct csv_reader *reader, struct view text) {
    void *copies = reader->copies;
    memory_grow(&copies, &reader->copy_capacity, reader->cell_count + 1, sizeof *reader->copies);
    reader->copies = copies;
    reader->copies[reader->cell_count++] = (struct cell){text, CELL_TEXT, false};
}

/* A row of libcsv. */
static bool take_cells(void *context, const struct view *cells, size_t count) {
    struct csv_reader *reader = context;
    for (size_t i = 0; i < count; i++)
        add_copy(reader, arena_copy(reader->arena, cells[i]));
    reader->dropped_count = reader->table.dropped;
    return true;
}

static void cut_by_libcsv(struct csv_reader *reader, struct csv_outline *outline) {
    csv_table_piece(&reader->table, view_from(reader->position, (size_t)(outline->end - reader->position)));
    csv_table_finish(&reader->table);
}

/* A cell without its quotes: in place where no quote is left in it. */
static struct view text_of(struct csv_reader *reader, const char *text, const struct csv_walk *cell) {
    if (!cell->quoted) return view_from(text + cell->begin, cell->end - cell->begin);
    struct view inside = view_from(text + cell->inside, cell->inside_end - cell->inside);
    if (!csv_has_quote(inside.text, inside.length)) return inside;
    char *copy = arena_get(reader->arena, inside.length);
    size_t length = 0;
    for (size_t i = 0; i < inside.length; i++) {
        copy[length++] = inside.text[i];
        if (inside.text[i] == '"' && i + 1 < inside.length && inside.text[i + 1] == '"') i++; /* two are one */
    }
    return view_from(copy, length);
}

static void cut_by_walk(struct csv_reader *reader, struct csv_outline *outline) {
    struct csv_walk cell = {0};
    size_t length = (size_t)(outline->end - reader->position);
    for (size_t at = 0; !cell.last; at = cell.end + 1) {
        csv_walk_cell(reader->position, length, at, reader->delimiter, &cell);
        if (reader->cell_count < CELL_LIMIT)
            add_copy(reader, text_of(reader, reader->position, &cell));
        else
            reader->dropped_count++;
    }
}

/* Any way but in place. */
static void cut_elsewhere(struct csv_reader *reader, struct csv_outline *outline) {
    reader->cell_count = reader->dropped_count = 0;
    csv_outline_walk(reader->position, reader->end, reader->delimiter, false, outline);
    if (reader->way == CSV_BY_LIBCSV && !outline->has_padding) /* it knows no blanks round quotes */
        cut_by_libcsv(reader, outline);
    else
        cut_by_walk(reader, outline);
    reader->cells = reader->copies;
}

static bool is_blank(const struct csv_reader *reader, size_t from) {
    return reader->dropped_count == 0 /* nobody looked */ && csv_cells_are_blank(reader->cells, from, reader->cell_count);
}

static bool is_footer(const struct csv_reader *reader) {
    return csv_cells_are_footer(reader->cells, reader->cell_count, reader->columns);
}

/* Blank line, group row, footer or data; the first three are never damaged by a wrong number of cells. */
static void classify(struct csv_reader *reader, struct csv_outline *outline, struct record *record) {
    struct view value;
    record->kind = RECORD_DATA;
    record->damage = DAMAGE_NONE;
    record->damage_line = record->damage_column = 0;
    record->damage_text = view_from(NULL, 0);
    if (!outline->unclosed && (is_blank(reader, 0) || csv_is_end_of_file(record->raw))) {
        record->kind = RECORD_BLANK;
    } else if (!outline->unclosed && reader->group_column != SIZE_MAX &&
               csv_group_match(reader->cells[0].text, reader->group_label, &value) && is_blank(reader, 1)) {
        record->kind = RECORD_GROUP;
        reader->group = value;
    } else if (!outline->unclosed && is_footer(reader)) {
        record->kind = RECORD_FOOTER;
    } else {
        csv_damage_find(outline, reader->end, reader->delimiter, reader->cell_count, reader->file_columns, record);
    }
}

/* An empty line has no cells worth an array of its own. */
static void lay_out_blank(struct csv_reader *reader, struct record *record) {
    if (!reader->blank) reader->blank = memory_get_zero(reader->columns + 1, sizeof *reader->blank); /* CELL_ABSENT */
    record->original_count = 0;
    record->cell_count = reader->columns;
    record->cells = reader->blank;
}

/* The record's own array: columns, group, cells beyond the columns. Cells that were cut in place stay where they are. */
static void lay_out_cells(struct csv_reader *reader, struct record *record) {
    size_t count = reader->cell_count;
    size_t gap = reader->columns - reader->file_columns;
    if (record->kind == RECORD_BLANK && count == 0) {
        lay_out_blank(reader, record);
        return;
    }
    size_t own = count < reader->file_columns ? count : reader->file_columns;
    record->original_count = count + reader->dropped_count;
    record->cell_count = reader->columns + (count - own);
    record->cells = keep_cells(reader, record->cell_count);
    if (record->cells == reader->cells) {
        if (gap > 0) memmove(record->cells + own + gap, record->cells + own, (count - own) * sizeof(struct cell));
    } else {
        if (own > 0) memcpy(record->cells, reader->cells, own * sizeof(struct cell));
        for (size_t i = own; i < count; i++)
            record->cells[i + gap] = reader->cells[i];
    }
    for (size_t i = own; i < reader->columns; i++)
        record->cells[i] = (struct cell){{NULL, 0}, CELL_ABSENT, false};
    note_kept(reader, record->cell_count);
    if (record->kind != RECORD_DATA || reader->group_column == SIZE_MAX) return;
    struct cell *cell = &record->cells[reader->group_column];
    /* What the file itself says there ("Total") is never covered. */
    if (gap > 0 || view_trim(cell->text).length == 0) *cell = (struct cell){reader->group, CELL_TEXT, false};
}

/* A record beyond the limit: `length` bytes, of which only the begin is looked at: the cells that end there, up to the
 * first with a doubled quote. */
static void take_large(struct csv_reader *reader, struct record *record, uint64_t length) {
    struct view head = record->raw;
    struct csv_walk cell = {0};
    if (head.length > LARGE_KEPT) head.length = LARGE_KEPT;
    reader->cell_count = reader->dropped_count = 0;
    for (size_t at = 0; reader->cell_count < reader->file_columns; at = cell.end + 1) {
        csv_walk_cell(head.text, head.length, at, reader->delimiter, &cell);
        if (cell.last || cell.stray || cell.open) break;
        struct view text = cell.quoted ? view_from(head.text + cell.inside, cell.inside_end - cell.inside)
                                       : view_from(head.text + cell.begin, cell.end - cell.begin);
        if (cell.quoted && csv_has_quote(text.text, text.length)) break;
        add_copy(reader, text);
    }
    reader->cells = reader->copies;
    record->raw = head;
    record->kind = RECORD_DATA;
    record->damage_line = record->line;
    record->damage_column = record->column;
    record->damage = DAMAGE_TOO_LARGE;
    record->is_shortest = record->is_doubtful = record->has_padding = false;
    if (cell.open) /* the quote is mostly the reason */
        csv_place_in_record(record, cell.begin, &record->damage_line, &record->damage_column);
    record->damage_text = arena_print(reader->arena, "%llu bytes", (unsigned long long)length);
    lay_out_cells(reader, record);
}

/* What nearly every record is: cut in place, as many cells as columns, the first one filled, no group rows about. */
static bool is_ordinary(const struct csv_reader *reader, const struct csv_outline *outline) {
    if (reader->cell_count == 0 || reader->cell_count != reader->columns || reader->group_column != SIZE_MAX ||
        outline->unclosed || reader->cells == reader->copies || reader->dropped_count > 0)
        return false;
    struct view first = reader->cells[0].text;
    return first.length > 0 && (unsigned char)first.text[0] > ' ' && (unsigned char)first.text[0] != 0xC2 &&
           !(csv_footer_may_begin(first) && is_footer(reader));
}

/* What classify and lay_out_cells make of such a record. */
static void take_ordinary(struct csv_reader *reader, struct record *record) {
    record->kind = RECORD_DATA;
    record->damage = DAMAGE_NONE;
    record->damage_line = record->damage_column = 0;
    record->damage_text = view_from(NULL, 0);
    record->original_count = record->cell_count = reader->cell_count;
    record->cells = reader->cells;
    note_kept(reader, record->cell_count);
}

bool csv_reader_next(struct csv_reader *reader, struct record *record) {
    if (reader->position == reader->end) return false;
    reader->dropped_count = 0;
    struct csv_outline outline = {0};
    size_t left = (size_t)(reader->end - reader->position);
    if (reader->large_length > 0) {
        outline.end = reader->end;
        outline.breaks = (size_t)reader->large_breaks;
    } else if (csv_line_end(reader->position, left, 0) > 0) {
        reader->cell_count = 0;
        outline.end = reader->position;
    } else if (reader->way != CSV_IN_PLACE || !cut_in_place(reader, &outline)) {
        cut_elsewhere(reader, &outline);
    }
    size_t length = (size_t)(outline.end - reader->position);
    record->raw = view_from(reader->position, length);
    record->row = reader->row++;
    record->line = reader->line;
    record->column = 1;
    record->last_line = reader->is_workbook ? record->row : reader->line + outline.breaks;
    if (reader->is_workbook) record->line = record->row;
    reader->line += outline.breaks + 1;
    reader->position += length + csv_line_end(reader->position, left, length);
    if (reader->large_length > 0 || (reader->record_limit > 0 && length > reader->record_limit)) {
        take_large(reader, record, reader->large_length > 0 ? reader->large_length : length);
        return true;
    }
    bool is_again = csv_is_header_again(record->raw, reader->header, reader->header_sign);
    if (!is_again && is_ordinary(reader, &outline)) {
        take_ordinary(reader, record);
    } else {
        classify(reader, &outline, record);
        if (is_again) record->kind = RECORD_HEADER;
        lay_out_cells(reader, record);
    }
    record->is_doubtful =
        record->kind == RECORD_DATA && (outline.has_stray || (outline.has_loose && csv_is_doubtful(record->raw, reader->delimiter)));
    record->has_padding = outline.has_padding;
    record->is_shortest = outline.is_shortest && reader->delimiter == ',' && reader->group_column == SIZE_MAX &&
                          reader->cell_count == reader->columns;
    return true;
}

void csv_reader_locate(const struct csv_reader *reader, const struct record *record, size_t index, uint64_t *line,
                       uint64_t *column) {
    *line = record->line;
    *column = record->column;
    if (reader->is_workbook) { /* nobody sees the CSV: row and column of the sheet */
        bool is_own = index < record->cell_count && index != reader->group_column;
        *column = is_own ? index + 1 : 1;
        return;
    }
    bool appended = reader->columns > reader->file_columns;
    if (index >= record->cell_count || (appended && index == reader->group_column)) return;
    size_t wanted = appended && index > reader->group_column ? index - 1 : index;
    struct csv_walk cell = {0};
    for (size_t i = 0, at = 0; i <= wanted; i++, at = cell.end + 1) {
        if (i > 0 && cell.last) return;
        csv_walk_cell(record->raw.text, record->raw.length, at, reader->delimiter, &cell);
    }
    csv_place_in_record(record, cell.begin, line, column);
}
