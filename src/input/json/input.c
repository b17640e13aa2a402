/* json/input.c: the way through a JSON text of any size: envelope.c steps up to the data, here blocks
 * of whole elements (or lines) are cut out of it. Memory is needed for one block and one record, never
 * for the document. */
#include "input/json/input.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "input/json/envelope.h"
#include "input/json/singer.h"
#include "input/source/large.h"

#define HEAD_SIZE ((size_t)1 << 20)
#define LARGE_PIECE (256u << 10) /* bytes read at once of a record that is passed over */
#define COLUMN_RECORDS 200 /* records whose keys make the columns */

/* LAYOUT_STREAM: up to the next object. */
static bool next_object(struct json_input *input, bool *end, struct error *error) {
    int c;
    if (!json_window_ahead(&input->window, &c, error)) {
        return false;
    }
    *end = c < 0;
    return *end || c == '{' ||
           json_window_damaged(&input->window, "something between the objects is not an object", error);
}

/* `behind`: the place of `end`, as it is if no CR comes before; NULL: not known. */
static void fill_block(struct json_input *input, struct block *block, const char *end, uint64_t records,
                       const struct json_position *behind) {
    struct json_window *window = &input->window;
    const char *start = json_window_start(window);
    block->has_no_return = !memchr(start, '\r', (size_t)(end - start));
    block->group.length = 0;
    block->first_row = input->next_row;
    block->first_line = window->position.line;
    block->first_column = window->position.column;
    bool is_known = block->has_no_return && !window->position.after_return;
    json_window_give(window, end, is_known ? behind : NULL, &block->bytes);
    input->next_row += records;
    input->facts->records += records;
    input->answer.records += records;
}

/* Behind an element: the next one if it follows at once (over the comma), else NULL: the machine decides. */
static const char *following_element(const char *at, const char *end, bool commas) {
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

/* At a record beyond the limit: it is passed over, the block keeps its begin. */
static bool pass_large(struct json_input *input, struct block *block, struct large large, struct error *error) {
    struct json_window *window = &input->window;
    size_t ahead = (size_t)(json_window_end(window) - json_window_start(window));
    struct json_position place = window->position;
    block->bytes.length = block->group.length = 0;
    while (!large.ended && ahead > 0) {
        size_t used = large_take(&large, view_from(json_window_start(window), ahead));
        if (block->bytes.length < LARGE_KEPT)
            buffer_add(&block->bytes, view_from(json_window_start(window), used < LARGE_KEPT ? used : LARGE_KEPT));
        json_window_move(window, json_window_start(window) + used);
        if (large.ended) break;
        if (!json_window_fill(window, LARGE_PIECE, error)) return false;
        ahead = (size_t)(json_window_end(window) - json_window_start(window));
    }
    if (!large.ended && large.kind == LARGE_ELEMENT) {
        window->position = place;
        return json_window_cut_off(window, "a record", error);
    }
    if (block->bytes.length > LARGE_KEPT) block->bytes.length = LARGE_KEPT;
    if (block->bytes.length > large.length) block->bytes.length = (size_t)large.length;
    block->first_row = input->next_row++;
    block->first_line = place.line;
    block->first_column = place.column;
    block->large_length = large.length;
    block->large_breaks = large.breaks;
    input->facts->records++;
    input->answer.records++;
    return true;
}

/* At an element: the block takes it and those behind it, up to the block's size. */
static bool cut_elements(struct json_input *input, struct block *block, struct error *error) {
    struct json_window *window = &input->window;
    const char *last;
    size_t limit = (size_t)input->facts->record_limit;
    if (!json_window_fill(window, input->block_size, error) ||
        !json_window_value(window, "a record", limit, &last, error)) {
        return false;
    }
    if (!last) return pass_large(input, block, large_json(false, 0), error);
    const char *start = json_window_start(window), *end = json_window_end(window);
    uint64_t records = 1;
    while ((size_t)(last - start) < input->block_size) {
        const char *next = following_element(last, end, input->head.layout != LAYOUT_STREAM);
        const char *behind = next ? json_element_end(next, end, window->ended) : NULL;
        if (!behind || (size_t)(behind - next) > limit) {
            break;
        }
        last = behind;
        records++;
    }
    fill_block(input, block, last, records, NULL);
    return true;
}

static const char *last_break(const char *start, const char *end, char wanted) {
    while (end > start && end[-1] != wanted) {
        end--;
    }
    return end;
}

/* Counts the records in whole lines; false if a line is too large, which `*large` then is. `place` goes along, as if
 * there were no other line breaks. */
static bool count_lines(const struct json_input *input, const char *at, const char *end, uint64_t *records,
                        struct json_position *place, const char **large) {
    char wanted = input->head.lone_return ? '\r' : '\n';
    *records = 0;
    while (at < end) {
        const char *stop = memchr(at, wanted, (size_t)(end - at));
        stop = stop ? stop : end;
        if ((size_t)(stop - at) > input->facts->record_limit) {
            *large = at;
            return false;
        }
        const char *first = json_skip_joints(at, stop);
        if (first < stop) {
            struct view line = view_from(first, (size_t)(stop - first));
            *records += !input->head.wrapper || json_wrapped_counts(input->head.wrapper, line);
        }
        if (stop == end) {
            place->column += (uint64_t)(end - at);
            break;
        }
        *place = json_position_at(place->line + 1, 1);
        at = stop + 1;
    }
    return true;
}

/* The last line has no line break: a record that is not closed was cut off. */
static bool check_last_line(struct json_input *input, const char *line, const char *end, struct error *error) {
    const char *first = json_skip_joints(line, end);
    if (first < end && (*first == '{' || *first == '[') && !json_element_end(first, end, true)) {
        json_window_move(&input->window, first);
        return json_window_cut_off(&input->window, "a record", error);
    }
    return true;
}

/* LAYOUT_LINES: `*stop` becomes the end of the whole lines ahead, up to the block's size; NULL: the line is too large. */
static bool find_lines(struct json_input *input, const char **stop, struct error *error) {
    struct json_window *window = &input->window;
    char wanted = input->head.lone_return ? '\r' : '\n';
    for (size_t size = input->block_size;; size *= 2) {
        if (!json_window_fill(window, size, error)) {
            return false;
        }
        const char *start = json_window_start(window), *end = json_window_end(window);
        bool all = window->ended && (size_t)(end - start) <= size;
        end = all ? end : start + size;
        *stop = last_break(start, end, wanted);
        if (*stop > start) {
            return true; /* a last line without a break comes alone, after the lines before it */
        }
        if (all) {
            *stop = end;
            return check_last_line(input, start, end, error);
        }
        if (size > input->facts->record_limit) {
            *stop = NULL;
            return true;
        }
    }
}

/* All records of a Singer file are of one stream; another one's would be read as if they were of the first. */
static bool check_streams(struct json_input *input, const char *at, const char *end, struct error *error) {
    char wanted = input->head.lone_return ? '\r' : '\n';
    struct json_position place = input->window.position;
    for (const char *stop; at < end; at = stop + (stop < end)) {
        stop = memchr(at, wanted, (size_t)(end - at));
        stop = stop ? stop : end;
        const char *first = json_skip_joints(at, stop);
        struct view line = view_from(first, (size_t)(stop - first)), stream;
        uint64_t number = place.line++;
        /* nearly all lines begin as the first record did, up to the stream's end */
        if (input->stream_begin.length > 0 && line.length >= input->stream_begin.length &&
            memcmp(line.text, input->stream_begin.text, input->stream_begin.length) == 0) continue;
        if (!json_wrapped_stream(input->head.wrapper, line, &stream)) continue;
        if (input->stream.length == 0) {
            buffer_add(&input->stream, stream);
            if (stream.text > line.text)
                buffer_add(&input->stream_begin, view_from(line.text, (size_t)(stream.text + stream.length - line.text)));
        } else if (!view_equal(stream, buffer_view(&input->stream))) {
            error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":1: this file holds two streams, %.*s and %.*s",
                      source_name(input->window.source), number, VIEW_ARGS(buffer_view(&input->stream)), VIEW_ARGS(stream));
            return error_fix(error, "Divide it into a file for each stream:\njq -c 'select(.type != \"RECORD\" or .stream == %.*s)'",
                             VIEW_ARGS(stream));
        }
    }
    return true;
}

static bool cut_lines(struct json_input *input, struct block *block, bool *end, struct error *error) {
    const char *stop, *large;
    uint64_t records;
    if (!find_lines(input, &stop, error)) {
        return false;
    }
    const char *start = json_window_start(&input->window);
    *end = stop == start;
    if (*end) {
        return true;
    }
    struct json_position behind = input->window.position;
    if (stop && input->head.wrapper && !check_streams(input, start, stop, error)) {
        return false;
    }
    if (stop && count_lines(input, start, stop, &records, &behind, &large)) {
        fill_block(input, block, stop, records, &behind);
        return true;
    }
    if (!stop || large == start) {
        return pass_large(input, block, large_json(true, input->head.lone_return ? '\r' : '\n'), error);
    }
    fill_block(input, block, large, records, &behind);
    return true;
}

bool json_input_next_block(struct json_input *input, struct block *block, bool *end, struct error *error) {
    block->large_length = block->large_breaks = 0;
    block->has_no_return = false;
    if (input->head.layout == LAYOUT_LINES) {
        return cut_lines(input, block, end, error);
    }
    bool stream = input->head.layout == LAYOUT_STREAM;
    if (!(stream ? next_object(input, end, error) : json_envelope_next(input, end, error))) {
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

static void restart(struct json_input *input) {
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

void json_input_rest(struct json_input *input) {
    buffer_free(&input->window.bytes);
}

bool json_input_rewind(struct json_input *input, struct error *error) {
    restart(input);
    return source_rewind(input->window.source, error);
}

void json_input_set_block_size(struct json_input *input, size_t size) {
    input->block_size = size;
}

static bool recognise(struct json_input *input, struct error *error) {
    bool undecided = true;
    for (size_t size = HEAD_SIZE; undecided; size *= 16) {
        struct view head;
        if (!source_peek(input->window.source, size, &head, error)) {
            return false;
        }
        enum json_head_end end = head.length < size           ? JSON_HEAD_WHOLE
                                 : size >= BLOCK_RECORD_LIMIT ? JSON_HEAD_LARGEST
                                                              : JSON_HEAD_PART;
        if (!json_shape_recognise(head, end, source_name(input->window.source), input->arena, &input->head,
                                  &undecided, error)) {
            return false;
        }
    }
    return true;
}

/* The leaf paths of the first records, as a reader without paths meets them. */
static void columns_of_block(struct json_input *input, const struct block *block) {
    struct json_reader *reader = json_reader_create(input->facts, NULL, 0);
    struct json_paths_seen *seen = json_paths_seen_create();
    struct record record;
    json_reader_start(reader, block);
    for (int i = 0; i < COLUMN_RECORDS && json_reader_next(reader, &record); i++) {
        struct view object = record.raw;
        if (!input->facts->wrapper || json_find_key(record.raw, view_of(input->facts->wrapper), &object)) {
            json_paths_seen_add(seen, object);
        }
    }
    json_paths_seen_columns(seen, input->arena, &input->facts->columns, &input->facts->column_count);
    json_paths_seen_destroy(seen);
    json_reader_destroy(reader);
}

/* Reads ahead until the columns are known, and rewinds. */
static bool find_columns(struct json_input *input, struct error *error) {
    struct block block;
    bool end = false, good = true;
    memset(&block, 0, sizeof block);
    while (good && !end && !input->facts->columns) {
        uint64_t before = input->facts->records;
        good = json_input_next_block(input, &block, &end, error);
        bool is_small = block.large_length == 0; /* of a record that is too large only the begin is held */
        if (good && !end && is_small && input->head.shape != SHAPE_REPORT && input->facts->records > before) {
            columns_of_block(input, &block);
        }
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    if (good && input->head.shape == SHAPE_REPORT && !input->facts->columns) {
        error_set(error, EXIT_CANNOT_READ, "%s:1:1: this report answer has no \"fields\", so its columns have no names",
                  source_name(input->window.source));
        good = error_fix(error, "Save the whole report answer, with its \"fields\", not only its \"data\".");
    }
    return good && json_input_rewind(input, error);
}

bool json_input_open(struct source *source, struct input_facts *facts, struct json_input **opened,
                     struct error *error) {
    struct json_input *input = memory_get_zero(1, sizeof *input);
    input->facts = facts;
    input->arena = arena_create(16u << 10);
    input->answer_arena = arena_create(16u << 10);
    input->window.source = source;
    input->block_size = BLOCK_SIZE;
    facts->columns = NULL;
    facts->column_count = 0;
    facts->cut_reason = NULL;
    facts->bounds = NULL;
    facts->bound_count = 0;
    facts->group_column = SIZE_MAX;
    if (facts->record_limit == 0) facts->record_limit = BLOCK_RECORD_LIMIT;
    restart(input);
    bool good = recognise(input, error);
    if (good) {
        facts->shape = input->head.shape;
        facts->wrapper = input->head.wrapper;
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

void json_input_close(struct json_input *input) {
    if (!input) {
        return;
    }
    free(input->facts->columns);
    free(input->facts->cut_reason);
    free(input->facts->bounds);
    input->facts->bounds = NULL;
    input->facts->bound_count = 0;
    input->facts->columns = NULL;
    input->facts->column_count = 0;
    input->facts->cut_reason = NULL;
    buffer_free(&input->window.bytes);
    buffer_free(&input->stream);
    buffer_free(&input->stream_begin);
    arena_destroy(input->arena);
    arena_destroy(input->answer_arena);
    free(input);
}
