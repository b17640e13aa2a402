/* json_input.c: the way through a JSON text of any size: a small machine of places (between answers, at
 * the keys of an answer, in its data) steps over the envelope, and cuts blocks of whole elements out of
 * the data. It needs memory for one block and one record, never for the document. */
#include "input/json_input.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/json_answer.h"
#include "input/json_scan.h"
#include "input/json_shape.h"
#include "input/json_window.h"

#define HEAD_SIZE ((size_t)1 << 20)
#define COLUMN_RECORDS 200 /* records whose keys make the columns */

enum place {
    PLACE_TOP,     /* outside of everything */
    PLACE_ANSWERS, /* in a list of answers */
    PLACE_ANSWER,  /* at the keys of an answer */
    PLACE_INNER,   /* at the keys of the object in `data` of {metadata,data:{fields,data}} */
    PLACE_DATA,    /* in the list of elements */
    PLACES
};

/* Progress in one container: an item was there; a comma was read, so another must come. */
struct container {
    bool seen, due;
};

struct json_input {
    struct input_facts *facts;
    struct arena *arena; /* labels, and texts of the present answer */
    struct arena *answer_arena;
    struct json_window window;
    struct json_head head;
    size_t block_size;
    enum place place;
    struct container containers[PLACES];
    bool listed, inner; /* the present answer stands in a list; its data stands in an inner object */
    struct json_answer answer;
    struct json_position answer_start;
    struct json_totals totals;
    uint64_t next_row;
};

/* --- the envelope ----------------------------------------------------------------------------- */

static void enter(struct json_input *input, enum place place)
{
    input->place = place;
    input->containers[place].seen = input->containers[place].due = false;
    json_window_move(&input->window, json_window_start(&input->window) + 1);
}

static void answer_start(struct json_input *input)
{
    memset(&input->answer, 0, sizeof input->answer);
    arena_reset(input->answer_arena);
    input->answer_start = input->window.position;
    input->listed = input->place == PLACE_ANSWERS;
    input->inner = false;
    input->facts->answers++;
    enter(input, PLACE_ANSWER);
}

static bool answer_end(struct json_input *input, struct error *error)
{
    struct json_answer *answer = &input->answer;
    struct json_position at = input->answer_start;
    const char *name = source_name(input->window.source);
    if (json_answer_is_error(answer, name, at.line, at.column, error)) {
        return false;
    }
    if (!answer->data && !answer->null_data) {
        error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": this answer holds no \"data\"", name, at.line,
                  at.column);
        return error_fix(error, "save whole answers with their \"data\", and only answers of one export in one file");
    }
    json_totals_add(&input->totals, answer, at.line);
    input->place = input->listed ? PLACE_ANSWERS : PLACE_TOP;
    return true;
}

/* Behind the closing bracket of the present container. */
static bool leave(struct json_input *input, struct error *error)
{
    json_window_move(&input->window, json_window_start(&input->window) + 1);
    switch (input->place) {
    case PLACE_DATA:
        input->place = input->head.layout == LAYOUT_ARRAY ? PLACE_TOP : input->inner ? PLACE_INNER : PLACE_ANSWER;
        return true;
    case PLACE_INNER: input->place = PLACE_ANSWER; return true;
    case PLACE_ANSWER: return answer_end(input, error);
    default: input->place = PLACE_TOP; return true;
    }
}

/* Up to the next item of the present container, over the comma; `*closed`: its closing bracket is ahead. */
static bool next_item(struct json_input *input, char close, bool *closed, struct error *error)
{
    struct container *container = &input->containers[input->place];
    struct json_window *window = &input->window;
    int c;
    *closed = false;
    for (;;) {
        if (!json_window_ahead(window, &c, error)) {
            return false;
        }
        if (c < 0) {
            return json_window_cut_off(window, input->place == PLACE_DATA || input->place == PLACE_ANSWERS
                                                   ? "a list" : "an answer", error);
        }
        if (c == close && !container->due) {
            *closed = true;
            return true;
        }
        if (c == ',' && container->seen && !container->due) {
            container->due = true;
            json_window_move(window, json_window_start(window) + 1);
            continue;
        }
        if (c == ',' || c == ']' || c == '}' || c == ':') {
            return json_window_damaged(window, c == ',' ? "a comma stands where a value should"
                                               : c == ':' ? "a colon stands where a value should"
                                               : container->due ? "a value is missing between comma and bracket"
                                                                : "a closing bracket has no opening one", error);
        }
        if (container->seen && !container->due) {
            return json_window_damaged(window, "a comma is missing here", error);
        }
        container->seen = true;
        container->due = false;
        return true;
    }
}

/* Reads the complete value ahead and checks it; it stays valid until the next move. */
static bool take_value(struct json_input *input, const char *what, struct view *value, struct error *error)
{
    struct json_window *window = &input->window;
    const char *end;
    if (!json_window_value(window, what, &end, error)) {
        return false;
    }
    struct json_scan scan;
    *value = view_from(json_window_start(window), (size_t)(end - json_window_start(window)));
    if (!json_scan_all(&scan, *value)) {
        json_window_move(window, scan.fault_at);
        return json_window_damaged(window, scan.fault, error);
    }
    return true;
}

/* `fields` of a report answer: the columns, or the check that they are still the same. */
static bool take_fields(struct json_input *input, struct view value, struct error *error)
{
    struct input_facts *facts = input->facts;
    struct input_column *columns;
    size_t count;
    struct arena *arena = facts->columns ? input->answer_arena : input->arena;
    if (!json_columns_of_fields(value, arena, &columns, &count)) {
        return json_window_damaged(&input->window, "\"fields\" should be a list of objects with name and label", error);
    }
    if (!facts->columns) {
        facts->columns = columns;
        facts->column_count = count;
        return true;
    }
    bool same = count == facts->column_count;
    for (size_t i = 0; same && i < count; i++) {
        same = view_equal(columns[i].label, facts->columns[i].label) &&
               view_equal(columns[i].name, facts->columns[i].name);
    }
    free(columns);
    if (!same) {
        error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": answer %" PRIu64
                  " has other columns than the answers before it", source_name(input->window.source),
                  input->window.position.line, input->window.position.column, facts->answers);
        return error_fix(error, "the report was changed between the pages: export all pages again");
    }
    return true;
}

/* At a value that is not the data: notes and steps over it. */
static bool pass_value(struct json_input *input, struct view key, struct error *error)
{
    struct view value;
    bool data = view_is(key, "data");
    if (!take_value(input, data ? "data" : "a value", &value, error)) {
        return false;
    }
    if (data) {
        input->answer.null_data |= view_is(value, "null");
    } else if (view_is(key, "fields") && input->head.shape == SHAPE_REPORT && !view_is(value, "null")) {
        input->answer.fields = true;
        if (!take_fields(input, value, error)) {
            return false;
        }
    } else {
        json_answer_note(&input->answer, input->answer_arena, key, value);
    }
    json_window_move(&input->window, value.text + value.length);
    return true;
}

/* At a key: steps over it and its value, or into its value if that is the data. */
static bool step_key(struct json_input *input, struct error *error)
{
    struct json_window *window = &input->window;
    struct view raw;
    int c;
    if (*json_window_start(window) != '"') {
        return json_window_damaged(window, "a key in quotes should stand here", error);
    }
    if (!take_value(input, "a key", &raw, error)) {
        return false;
    }
    char *key = json_string_copy(raw);
    json_window_move(window, raw.text + raw.length);
    bool good = json_window_ahead(window, &c, error);
    if (good && c != ':') {
        good = c < 0 ? json_window_cut_off(window, "an answer", error)
                     : json_window_damaged(window, "a colon should stand here", error);
    }
    if (good) {
        json_window_move(window, json_window_start(window) + 1);
        good = json_window_ahead(window, &c, error);
    }
    bool data = view_is(view_of(key), "data") && !input->answer.data;
    if (good && data && c == '[') {
        input->answer.data = true;
        input->inner = input->place == PLACE_INNER;
        enter(input, PLACE_DATA);
    } else if (good && data && c == '{' && input->place == PLACE_ANSWER) {
        enter(input, PLACE_INNER);
    } else if (good && (c < 0 || strchr(",:}]", c))) {
        good = c < 0 ? json_window_cut_off(window, "an answer", error)
                     : json_window_damaged(window, "a value should stand here", error);
    } else if (good) {
        good = pass_value(input, view_of(key), error);
    }
    free(key);
    return good;
}

/* Outside of everything: the next answer or list, the end, or rubbish. */
static bool step_top(struct json_input *input, bool *end, struct error *error)
{
    bool answers = input->head.layout == LAYOUT_ANSWERS;
    int c;
    if (!json_window_ahead(&input->window, &c, error)) {
        return false;
    }
    if (c < 0) {
        *end = true;
    } else if (c == '[') {
        enter(input, answers ? PLACE_ANSWERS : PLACE_DATA);
    } else if (c == '{' && answers) {
        answer_start(input);
    } else {
        return json_window_damaged(&input->window, "something stands behind the end of the data", error);
    }
    return true;
}

/* In a list of answers or at the keys of one. */
static bool step_inside(struct json_input *input, struct error *error)
{
    bool closed;
    if (!next_item(input, input->place == PLACE_ANSWERS ? ']' : '}', &closed, error)) {
        return false;
    }
    if (closed) {
        return leave(input, error);
    }
    if (input->place != PLACE_ANSWERS) {
        return step_key(input, error);
    }
    if (*json_window_start(&input->window) != '{') {
        return json_window_damaged(&input->window, "an answer {…} should stand here", error);
    }
    answer_start(input);
    return true;
}

/* Up to the next element; `*end`: there is none any more. */
static bool next_element(struct json_input *input, bool *end, struct error *error)
{
    *end = false;
    while (!*end) {
        if (input->place != PLACE_DATA) {
            if (!(input->place == PLACE_TOP ? step_top(input, end, error) : step_inside(input, error))) {
                return false;
            }
            continue;
        }
        bool closed;
        if (!next_item(input, ']', &closed, error)) {
            return false;
        }
        if (!closed) {
            return true;
        }
        if (!leave(input, error)) {
            return false;
        }
    }
    return true;
}

/* LAYOUT_STREAM: up to the next object. */
static bool next_object(struct json_input *input, bool *end, struct error *error)
{
    int c;
    if (!json_window_ahead(&input->window, &c, error)) {
        return false;
    }
    *end = c < 0;
    return *end || c == '{' ||
           json_window_damaged(&input->window, "something that is no object stands between the objects", error);
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void fill_block(struct json_input *input, struct block *block, const char *end, uint64_t records)
{
    struct json_window *window = &input->window;
    block->bytes.length = 0;
    block->group.length = 0;
    block->first_row = input->next_row;
    block->first_line = window->position.line;
    block->first_column = window->position.column;
    buffer_add(&block->bytes, view_from(json_window_start(window), (size_t)(end - json_window_start(window))));
    json_window_move(window, end);
    input->next_row += records;
    input->facts->records += records;
    input->answer.records += records;
}

/* Behind an element: the next one if it follows at once (over the comma), else NULL: the machine decides. */
static const char *following_element(const char *at, const char *end, bool commas)
{
    at = json_skip_blanks(at, end);
    if (commas) {
        if (at == end || *at != ',') {
            return NULL;
        }
        at = json_skip_blanks(at + 1, end);
        return at == end || strchr(",:]}", *at) ? NULL : at;
    }
    return at == end || *at != '{' ? NULL : at;
}

/* At an element: the block takes it and those behind it, up to the block's size. */
static bool cut_elements(struct json_input *input, struct block *block, struct error *error)
{
    struct json_window *window = &input->window;
    const char *last;
    if (!json_window_fill(window, input->block_size, error) ||
        !json_window_value(window, "a record", &last, error)) {
        return false;
    }
    const char *start = json_window_start(window), *end = json_window_end(window);
    uint64_t records = 1;
    while ((size_t)(last - start) < input->block_size) {
        const char *next = following_element(last, end, input->head.layout != LAYOUT_STREAM);
        const char *behind = next ? json_element_end(next, end, window->ended) : NULL;
        if (!behind || (size_t)(behind - next) > BLOCK_RECORD_LIMIT) {
            break;
        }
        last = behind;
        records++;
    }
    fill_block(input, block, last, records);
    return true;
}

static const char *last_break(const char *start, const char *end, char wanted)
{
    while (end > start && end[-1] != wanted) {
        end--;
    }
    return end;
}

/* Counts the records in whole lines; false if a line is too large, which `*large` then is. */
static bool count_lines(const struct json_input *input, const char *at, const char *end, uint64_t *records,
                        const char **large)
{
    char wanted = input->head.lone_return ? '\r' : '\n';
    *records = 0;
    while (at < end) {
        const char *stop = memchr(at, wanted, (size_t)(end - at));
        stop = stop ? stop : end;
        if ((size_t)(stop - at) > BLOCK_RECORD_LIMIT) {
            *large = at;
            return false;
        }
        const char *first = json_skip_blanks(at, stop);
        if (first < stop) {
            *records += !input->head.singer || json_singer_counts(view_from(first, (size_t)(stop - first)));
        }
        at = stop < end ? stop + 1 : end;
    }
    return true;
}

/* The last line has no line break: a record that is not closed was cut off. */
static bool check_last_line(struct json_input *input, const char *line, const char *end, struct error *error)
{
    const char *first = json_skip_blanks(line, end);
    if (first < end && (*first == '{' || *first == '[') && !json_element_end(first, end, true)) {
        json_window_move(&input->window, first);
        return json_window_cut_off(&input->window, "a record", error);
    }
    return true;
}

/* LAYOUT_LINES: whole lines up to the block's size. */
static bool cut_lines(struct json_input *input, struct block *block, bool *end, struct error *error)
{
    struct json_window *window = &input->window;
    char wanted = input->head.lone_return ? '\r' : '\n';
    const char *start, *stop, *last, *large;
    for (size_t size = input->block_size;; size *= 2) {
        if (!json_window_fill(window, size, error)) {
            return false;
        }
        start = json_window_start(window);
        stop = json_window_end(window);
        last = last_break(start, stop, wanted);
        if (last > start || window->ended) {
            break;
        }
        if ((size_t)(stop - start) > BLOCK_RECORD_LIMIT) {
            return json_window_too_large(window, "a record", error);
        }
    }
    *end = start == stop;
    if (*end) {
        return true;
    }
    uint64_t records;
    if (window->ended) {
        if (last < stop && last > start) {
            stop = last; /* the line without a break comes alone, so that the lines before it are delivered */
        } else if (last == start && !check_last_line(input, start, stop, error)) {
            return false;
        }
    } else {
        stop = last;
    }
    if (!count_lines(input, start, stop, &records, &large)) {
        json_window_move(window, large);
        return json_window_too_large(window, "a record", error);
    }
    fill_block(input, block, stop, records);
    return true;
}

bool json_input_next_block(struct json_input *input, struct block *block, bool *end, struct error *error)
{
    if (input->head.layout == LAYOUT_LINES) {
        return cut_lines(input, block, end, error);
    }
    bool stream = input->head.layout == LAYOUT_STREAM;
    if (!(stream ? next_object(input, end, error) : next_element(input, end, error))) {
        return false;
    }
    if (!*end) {
        return cut_elements(input, block, error);
    }
    if (!input->facts->cut_reason) {
        input->facts->cut_reason = json_totals_cut_reason(&input->totals);
    }
    return true;
}

/* --- opening ---------------------------------------------------------------------------------- */

static void restart(struct json_input *input)
{
    json_window_reset(&input->window);
    input->place = PLACE_TOP;
    input->next_row = 1;
    memset(&input->totals, 0, sizeof input->totals);
    memset(&input->answer, 0, sizeof input->answer);
    input->facts->answers = 0;
    input->facts->records = 0;
    free(input->facts->cut_reason);
    input->facts->cut_reason = NULL;
}

bool json_input_rewind(struct json_input *input, struct error *error)
{
    restart(input);
    return source_rewind(input->window.source, error);
}

void json_input_set_block_size(struct json_input *input, size_t size)
{
    input->block_size = size;
}

static bool recognise(struct json_input *input, struct error *error)
{
    bool undecided = true;
    for (size_t size = HEAD_SIZE; undecided; size *= 16) {
        struct view head;
        if (!source_peek(input->window.source, size, &head, error)) {
            return false;
        }
        bool whole = head.length < size || size > BLOCK_RECORD_LIMIT;
        if (!json_shape_recognise(head, whole, source_name(input->window.source), input->arena, &input->head,
                                  &undecided, error)) {
            return false;
        }
    }
    return true;
}

/* The leaf paths of the first records, as a reader without paths meets them. */
static void columns_of_block(struct json_input *input, const struct block *block)
{
    struct json_reader *reader = json_reader_create(input->facts, NULL, 0, false);
    struct json_paths_seen *seen = json_paths_seen_create();
    struct record record;
    json_reader_start(reader, block);
    for (int i = 0; i < COLUMN_RECORDS && json_reader_next(reader, &record); i++) {
        struct view object = record.raw;
        if (!input->facts->singer || json_find_key(record.raw, view_of("record"), &object)) {
            json_paths_seen_add(seen, object);
        }
    }
    json_paths_seen_columns(seen, input->arena, &input->facts->columns, &input->facts->column_count);
    json_paths_seen_destroy(seen);
    json_reader_destroy(reader);
}

/* Reads ahead until the columns are known, and rewinds. */
static bool find_columns(struct json_input *input, struct error *error)
{
    struct block block;
    bool end = false, good = true;
    memset(&block, 0, sizeof block);
    while (good && !end && !input->facts->columns) {
        uint64_t before = input->facts->records;
        good = json_input_next_block(input, &block, &end, error);
        if (good && !end && input->head.shape != SHAPE_REPORT && input->facts->records > before) {
            columns_of_block(input, &block);
        }
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    if (good && input->head.shape == SHAPE_REPORT && !input->facts->columns) {
        error_set(error, EXIT_CANNOT_READ, "%s:1:1: this report answer has no \"fields\", so its columns have no names",
                  source_name(input->window.source));
        good = error_fix(error, "save the whole report answer, with its \"fields\", not only its \"data\"");
    }
    return good && json_input_rewind(input, error);
}

bool json_input_open(struct source *source, struct input_facts *facts, struct json_input **opened,
                     struct error *error)
{
    struct json_input *input = memory_get_zero(1, sizeof *input);
    input->facts = facts;
    input->arena = arena_create(16u << 10);
    input->answer_arena = arena_create(16u << 10);
    input->window.source = source;
    input->block_size = BLOCK_SIZE;
    facts->columns = NULL;
    facts->column_count = 0;
    facts->cut_reason = NULL;
    facts->group_column = SIZE_MAX;
    restart(input);
    bool good = recognise(input, error);
    if (good) {
        facts->shape = input->head.shape;
        facts->singer = input->head.singer;
        facts->newline = input->head.lone_return ? "CR" : NULL;
        good = find_columns(input, error);
    }
    if (!good) {
        json_input_close(input);
        input = NULL;
    }
    *opened = input;
    return good;
}

void json_input_close(struct json_input *input)
{
    if (!input) {
        return;
    }
    free(input->facts->columns);
    free(input->facts->cut_reason);
    input->facts->columns = NULL;
    input->facts->column_count = 0;
    input->facts->cut_reason = NULL;
    buffer_free(&input->window.bytes);
    arena_destroy(input->arena);
    arena_destroy(input->answer_arena);
    free(input);
}
