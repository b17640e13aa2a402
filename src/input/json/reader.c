/* reader.c: the records of a block, one after another. Elements follow each other with commas and
 * blanks between them, lines with line breaks; each is read by extract.c. What is wrong with a damaged one always comes
 * from a strict scan over its whole text. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "input/json/cut.h"
#include "input/json/extract.h"
#include "input/json/input.h"
#include "input/json/lists.h"
#include "input/json/singer.h"

struct json_reader {
    enum input_shape shape;
    const char *wrapper;
    bool lone_return;
    bool has_no_return;         /* of the block */
    size_t columns; /* report rows */
    struct json_lists *lists; /* what is wanted, taken apart */
    struct view *paths;       /* outer paths; for Singer lines with "record." before them */
    char **path_texts;        /* what holds those texts */
    size_t path_count;        /* wanted */
    struct json_paths *extract, *inner_extract;
    struct cell *outer;                                 /* cells of the record whose elements are being read */
    struct record parent;
    struct view items; /* its list */
    const char *item_at;
    uint64_t item; /* 0: no list is being read */
    struct json_position item_position;
    struct json_row row;
    struct arena *arena;
    const char *at, *end;
    struct json_position position; /* of `at` */
    uint64_t number;               /* of the next record */
    uint64_t large_length, large_breaks; /* of the block: see block.h */
};

struct json_reader *json_reader_create(const struct input_facts *facts, const struct view *paths, size_t path_count) {
    struct json_reader *reader = memory_get_zero(1, sizeof *reader);
    reader->shape = facts->shape;
    reader->wrapper = facts->wrapper;
    reader->lone_return = facts->newline && strcmp(facts->newline, "CR") == 0;
    reader->columns = facts->shape == SHAPE_REPORT ? facts->column_count : 0;
    reader->path_count = facts->shape == SHAPE_REPORT ? 0 : path_count;
    reader->lists = json_lists_create(paths, reader->path_count);
    struct json_lists *lists = reader->lists;
    reader->paths = memory_get_zero(lists->outer_count + 1, sizeof *reader->paths);
    reader->path_texts = memory_get_zero(lists->outer_count + 1, sizeof *reader->path_texts);
    for (size_t i = 0; i < lists->outer_count; i++) {
        reader->path_texts[i] = memory_print("%s%s%.*s", facts->wrapper ? facts->wrapper : "",
                                              facts->wrapper ? "." : "", VIEW_ARGS(lists->outer[i]));
        reader->paths[i] = view_of(reader->path_texts[i]);
    }
    reader->extract = json_paths_create(reader->paths, lists->outer_count);
    reader->inner_extract = json_paths_create(lists->inner, lists->inner_count);
    reader->arena = arena_create(256u << 10);
    return reader;
}

void json_reader_destroy(struct json_reader *reader) {
    if (!reader) {
        return;
    }
    for (size_t i = 0; i < reader->lists->outer_count; i++) {
        free(reader->path_texts[i]);
    }
    free(reader->path_texts);
    free(reader->paths);
    free(reader->row.cells);
    json_paths_destroy(reader->extract);
    json_paths_destroy(reader->inner_extract);
    json_lists_destroy(reader->lists);
    arena_destroy(reader->arena);
    free(reader);
}

void json_reader_start(struct json_reader *reader, const struct block *block) {
    arena_reset(reader->arena);
    json_paths_start(reader->extract, buffer_view(&block->bytes));
    reader->at = block->bytes.text;
    reader->end = block->bytes.length ? block->bytes.text + block->bytes.length : block->bytes.text;
    reader->position = json_position_at(block->first_line, block->first_column);
    reader->number = block->first_row;
    reader->has_no_return = block->has_no_return;
    reader->large_length = block->large_length;
    reader->large_breaks = block->large_breaks;
    reader->item = 0;
}

/* --- reading one element ---------------------------------------------------------------------- */

/* `count` cells, all absent. */
static struct cell *absent_cells(struct json_reader *reader, size_t count) {
    struct cell *cells = arena_get(reader->arena, (count + 1) * sizeof *cells);
    memset(cells, 0, (count + 1) * sizeof *cells);
    return cells;
}

static char opening(const struct json_reader *reader) {
    return reader->shape == SHAPE_REPORT ? '[' : '{';
}

/* At the opening bracket, up to the end of the element. */
static bool read_cells(struct json_reader *reader, struct json_scan *scan, struct record *record) {
    return reader->shape == SHAPE_REPORT ? json_row_read(&reader->row, scan, reader->arena)
                                         : json_paths_read(reader->extract, scan, reader->arena, record->cells);
}

/* The cells of a report row go into the record; too few and too many are damage. */
static void place_row(struct json_reader *reader, struct record *record) {
    size_t count = reader->row.count, columns = reader->columns;
    record->original_count = count;
    record->cell_count = count > columns ? count : columns;
    record->cells = absent_cells(reader, record->cell_count);
    if (count) {
        memcpy(record->cells, reader->row.cells, count * sizeof *record->cells);
    }
    if (count == columns) {
        return;
    }
    record->damage = count < columns ? DAMAGE_CELLS_MISSING : DAMAGE_CELLS_EXTRA;
    record->damage_line = record->line;
    record->damage_column = record->column;
    record->damage_text =
        arena_print(reader->arena, "this row has %zu cells, but \"fields\" names %zu columns", count, columns);
}

static const char twice[] = "a key is twice in the record, and nothing says which of its values counts";

/* Notes what the strict scan finds wrong with record->raw, or that it is of the wrong kind. */
static void note_damage(struct json_reader *reader, struct record *record, bool is_twice) {
    struct json_scan scan;
    struct json_position place = json_position_at(record->line, record->column);
    bool valid = json_scan_all(&scan, record->raw);
    if (!valid) {
        json_position_advance(&place, record->raw.text, scan.fault_at);
        record->damage_text = arena_print(reader->arena, "not valid JSON: %s", scan.fault);
    } else if (record->raw.text[0] == opening(reader)) {
        record->damage_text = view_of(is_twice ? twice : "not valid JSON");
        valid = false;
    } else {
        record->damage_text = view_of(opening(reader) == '{' ? "a record should be an object {…}"
                                                             : "a row of a report should be a list […]");
    }
    record->damage = valid ? DAMAGE_NOT_OBJECT : DAMAGE_NOT_JSON;
    record->damage_line = place.line;
    record->damage_column = place.column;
    record->cell_count = reader->shape == SHAPE_REPORT ? reader->columns : reader->path_count;
    record->original_count = 0;
    record->cells = absent_cells(reader, record->cell_count);
}

/* Reads the element that begins at `start`; `end` is where it ends, or NULL if that is to be found. */
static void read_element(struct json_reader *reader, const char *start, const char *end, struct record *record) {
    struct json_scan scan;
    bool right_kind = *start == opening(reader), good = false;
    record->cell_count = record->original_count = reader->lists->outer_count;
    record->cells = reader->shape == SHAPE_REPORT ? NULL : absent_cells(reader, record->cell_count);
    if (right_kind) {
        json_scan_start(&scan, view_from(start, (size_t)((end ? end : reader->end) - start)));
        good = read_cells(reader, &scan, record) && (!end || scan.at == end);
        end = good ? scan.at : end;
    }
    if (!end) {
        end = json_element_end(start, reader->end, true);
        end = end ? end : reader->end;
    }
    record->raw = view_from(start, (size_t)(end - start));
    bool is_twice = good && reader->shape != SHAPE_REPORT && json_paths_repeated(reader->extract);
    if (!good || is_twice) {
        note_damage(reader, record, is_twice);
    } else if (reader->shape == SHAPE_REPORT) {
        place_row(reader, record);
    }
}

/* --- the way through the block ---------------------------------------------------------------- */

static void move(struct json_reader *reader, const char *to) {
    json_position_advance(&reader->position, reader->at, to);
    reader->at = to;
}

/* The same over a record. */
static void move_over(struct json_reader *reader, const char *to) {
    if (reader->shape == SHAPE_LINES && reader->has_no_return && !reader->lone_return) { /* it stands in one line */
        reader->position.column += (uint64_t)(to - reader->at);
        reader->position.after_return &= to == reader->at;
        reader->at = to;
    } else {
        move(reader, to);
    }
}

/* Without blanks at its end. */
static const char *trimmed_end(const char *start, const char *end) {
    while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r' || end[-1] == '\n')) {
        end--;
    }
    return end;
}

/* To the next line that counts; `*end` is where its text ends. */
static bool next_line(struct json_reader *reader, const char **end) {
    for (;;) {
        move(reader, json_skip_joints(reader->at, reader->end));
        if (reader->at == reader->end) {
            return false;
        }
        *end = memchr(reader->at, reader->lone_return ? '\r' : '\n', (size_t)(reader->end - reader->at));
        *end = trimmed_end(reader->at, *end ? *end : reader->end);
        if (!reader->wrapper || json_wrapped_counts(reader->wrapper, view_from(reader->at, (size_t)(*end - reader->at)))) {
            return true;
        }
        move(reader, *end);
    }
}

/* To the next element, over commas. */
static bool next_element(struct json_reader *reader) {
    const char *at = json_skip_blanks(reader->at, reader->end);
    while (at < reader->end && *at == ',') {
        at = json_skip_blanks(at + 1, reader->end);
    }
    move(reader, at);
    return at < reader->end;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* The wanted cells of a record from those found, `inner` of its element. */
static void fill_cells(struct json_reader *reader, struct record *record, const struct cell *outer,
                       const struct cell *inner) {
    struct cell *cells = absent_cells(reader, reader->path_count);
    json_lists_fill(reader->lists, outer, inner, reader->arena, cells);
    record->cells = cells;
    record->cell_count = reader->path_count;
    record->original_count = reader->path_count;
}

/* The inner cells of an element; false if it is no object. */
static bool read_inner(struct json_reader *reader, struct view element, struct cell *inner) {
    if (element.text[0] != '{') return false;
    struct json_scan scan;
    json_scan_start(&scan, element);
    return json_paths_read(reader->inner_extract, &scan, reader->arena, inner);
}

/* The next element of the list at hand as a record. */
static bool next_item(struct json_reader *reader, struct record *record) {
    struct view element;
    const char *before = reader->item_at;
    if (!json_list_next(reader->items, &reader->item_at, &element)) {
        reader->item = 0;
        return false;
    }
    json_position_advance(&reader->item_position, before, element.text);
    struct json_position here = reader->item_position;
    json_position_advance(&reader->item_position, element.text, reader->item_at);
    *record = reader->parent;
    record->kind = RECORD_DATA;
    record->element = element;
    record->item = reader->item++;
    record->line = here.line;
    record->column = here.column;
    record->last_line = reader->item_position.line;
    struct cell *inner = absent_cells(reader, reader->lists->inner_count);
    bool good = read_inner(reader, element, inner);
    bool is_twice = good && json_paths_repeated(reader->inner_extract);
    fill_cells(reader, record, reader->outer, good ? inner : NULL);
    if (!good || is_twice) {
        record->damage = is_twice ? DAMAGE_NOT_JSON : DAMAGE_NOT_OBJECT;
        record->damage_line = here.line;
        record->damage_column = here.column;
        record->damage_text = view_of(is_twice ? twice : "an element of the list should be an object {…}");
    }
    return true;
}

/* A record whose list is to be taken apart: its first element, or the record as RECORD_EMPTY. */
static void start_items(struct json_reader *reader, struct record *record) {
    const struct cell absent = {view_from(NULL, 0), CELL_ABSENT, false};
    const struct cell *list = record->cells ? &record->cells[reader->lists->explode] : &absent;
    reader->parent = *record;
    reader->outer = record->cells;
    reader->items = list->text;
    reader->item_at = list->text.text;
    reader->item = 1;
    reader->item_position = json_position_at(record->line, record->column);
    bool is_list = list->kind == CELL_NESTED && list->text.text[0] == '[';
    if (is_list) {
        json_position_advance(&reader->item_position, record->raw.text, list->text.text);
        if (next_item(reader, record)) return;
    }
    reader->item = 0;
    fill_cells(reader, record, reader->outer, NULL);
    record->kind = RECORD_EMPTY;
    if (is_list || list->kind == CELL_ABSENT || list->kind == CELL_NULL) return;
    record->kind = RECORD_DATA;
    record->damage = DAMAGE_NOT_OBJECT;
    record->damage_line = record->line;
    record->damage_column = record->column;
    record->damage_text = view_of("the items of the record are not a list");
}

/* The only record of its block, of which only the begin is there. */
static bool next_large(struct json_reader *reader, struct record *record) {
    if (reader->at == reader->end) return false;
    *record = (struct record){.raw = view_from(reader->at, (size_t)(reader->end - reader->at)),
                              .row = reader->number,
                              .line = reader->position.line,
                              .column = reader->position.column,
                              .raw_line = reader->position.line,
                              .raw_column = reader->position.column,
                              .last_line = reader->position.line + reader->large_breaks,
                              .damage = DAMAGE_TOO_LARGE,
                              .damage_line = reader->position.line,
                              .damage_column = reader->position.column};
    record->cell_count = reader->shape == SHAPE_REPORT ? reader->columns : reader->path_count;
    record->cells = absent_cells(reader, record->cell_count);
    record->damage_text = arena_print(reader->arena, "%" PRIu64 " bytes", reader->large_length);
    reader->at = reader->end;
    return true;
}

bool json_reader_next(struct json_reader *reader, struct record *record) {
    const char *end = NULL;
    if (reader->large_length > 0) return next_large(reader, record);
    if (reader->item > 0 && next_item(reader, record)) {
        return true;
    }
    if (!(reader->shape == SHAPE_LINES ? next_line(reader, &end) : next_element(reader))) {
        return false;
    }
    memset(record, 0, sizeof *record);
    record->kind = RECORD_DATA;
    record->row = reader->number++;
    record->line = record->raw_line = reader->position.line;
    record->column = record->raw_column = reader->position.column;
    struct view opened;
    if (reader->wrapper &&
        json_wrapped_open(reader->wrapper, view_from(reader->at, (size_t)(end - reader->at)), reader->arena, &opened)) {
        read_element(reader, opened.text, opened.text + opened.length, record);
        move_over(reader, end);
    } else {
        read_element(reader, reader->at, end, record);
        move_over(reader, record->raw.text + record->raw.length);
    }
    record->last_line = reader->position.line;
    if (reader->shape == SHAPE_REPORT || record->damage != DAMAGE_NONE) {
        return true;
    }
    if (reader->lists->explode != SIZE_MAX) {
        start_items(reader, record);
    } else if (record->cells) {
        json_lists_finish(reader->lists, reader->arena, record->cells);
    }
    return true;
}

/* Where the value of a wanted path begins: the list, for a path through one. */
static bool find_value(const struct json_reader *reader, const struct record *record, size_t index,
                       struct view *value) {
    if (index >= reader->path_count) return false;
    const struct list_path *path = &reader->lists->paths[index];
    bool is_inner = path->source == FROM_ELEMENT || path->source == FROM_ELEMENT_LIST;
    if (is_inner)
        return record->element.length > 0 && json_find_path(record->element, reader->lists->inner[path->cell], value);
    return json_find_path(record->raw, reader->paths[path->cell], value);
}

void json_reader_locate(const struct json_reader *reader, const struct record *record, size_t index, uint64_t *line,
                        uint64_t *column) {
    struct json_position position = json_position_at(record->raw_line, record->raw_column);
    struct view value;
    bool found = reader->shape == SHAPE_REPORT ? json_find_item(record->raw, index, &value)
                                               : find_value(reader, record, index, &value);
    *line = record->line;
    *column = record->column;
    if (found) {
        json_position_advance(&position, record->raw.text, value.text);
        *line = position.line;
        *column = position.column;
    }
}
