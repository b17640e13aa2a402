/* csv_input.c: a CSV source in blocks that begin and end at record boundaries.
 *
 * Bytes are read straight into the block; what stands behind its last whole record is kept and begins the next one.
 * Row and line numbers go along by counting line ends (csv_count_lines) less those inside quoted cells, which the
 * cut has noted. In an export with group rows a reader of our own goes through each block first, because the
 * next block must know the group in force at its begin. */
#include "input/csv_input.h"

#include <stdlib.h>

#include "base/memory.h"
#include "input/csv_cut.h"
#include "input/csv_head.h"
#include "input/csv_scan.h"

struct csv_input {
    struct source *source;
    struct arena *arena; /* texts of the facts */
    struct csv_head head;
    size_t block_size;
    struct csv_cut cut;
    struct csv_reader *groups; /* NULL if there are no group rows */
    struct buffer group;       /* in force at the begin of the next block */
    struct buffer rest;        /* bytes read that belong to the next block */
    size_t to_skip;            /* bytes of the head still to be passed over */
    uint64_t next_row, next_line;
    bool at_end; /* of the source */
};

static void begin(struct csv_input *input) {
    input->to_skip = input->head.length;
    input->next_row = input->head.row;
    input->next_line = input->head.line;
    input->rest.length = input->group.length = 0;
    input->at_end = false;
}

bool csv_input_open(struct source *source, const struct input_options *options, struct input_facts *facts,
                    struct csv_input **input, struct error *error) {
    struct view head;
    *input = NULL;
    if (!source_peek(source, CSV_HEAD_BYTES, &head, error)) return false;
    struct csv_input *made = memory_get_zero(1, sizeof *made);
    made->source = source;
    made->arena = arena_create(4096);
    made->block_size = BLOCK_SIZE;
    if (!csv_head_read(head, head.length < CSV_HEAD_BYTES, options ? options->delimiter : 0, made->arena, facts,
                       &made->head, error)) {
        csv_input_close(made);
        return false;
    }
    made->cut.delimiter = facts->delimiter;
    if (facts->group_column != SIZE_MAX) made->groups = csv_reader_create(facts, false);
    begin(made);
    *input = made;
    return true;
}

void csv_input_close(struct csv_input *input) {
    if (!input) return;
    csv_reader_destroy(input->groups);
    csv_cut_free(&input->cut);
    buffer_free(&input->group);
    buffer_free(&input->rest);
    arena_destroy(input->arena);
    free(input);
}

void csv_input_set_block_size(struct csv_input *input, size_t size) {
    input->block_size = size > 0 ? size : 1;
}

bool csv_input_rewind(struct csv_input *input, struct error *error) {
    begin(input);
    return source_rewind(input->source, error);
}

/* Passes over title lines and header. */
static bool skip_head(struct csv_input *input, struct buffer *room, struct error *error) {
    while (input->to_skip > 0) {
        size_t got;
        char *to = buffer_reserve(room, input->to_skip);
        if (!source_read(input->source, to, input->to_skip, &got, error)) return false;
        if (got == 0)
            return error_set(error, EXIT_CANNOT_READ, "%s: became shorter while it was read",
                             source_name(input->source));
        input->to_skip -= got;
    }
    return true;
}

/* Reads until the block holds `length` bytes or the source ends. */
static bool fill(struct csv_input *input, struct buffer *bytes, size_t length, struct error *error) {
    if (bytes->length >= length) return true;
    buffer_reserve(bytes, length - bytes->length);
    while (bytes->length < length && !input->at_end) {
        size_t got;
        if (!source_read(input->source, bytes->text + bytes->length, length - bytes->length, &got, error)) return false;
        bytes->length += got;
        input->at_end = got == 0;
    }
    return true;
}

static bool too_large(const struct csv_input *input, const struct buffer *bytes, struct error *error) {
    const struct csv_cut *cut = &input->cut;
    unsigned mebibytes = BLOCK_RECORD_LIMIT >> 20;
    if (!cut->quoted) {
        error_set(error, EXIT_CANNOT_READ, "%s:%llu: the record that begins here is longer than %u MiB",
                  source_name(input->source), (unsigned long long)input->next_line, mebibytes);
        return error_fix(error, "no line end was found: check that this is the whole file, and CSV");
    }
    size_t begin_of_line = cut->opened;
    while (begin_of_line > 0 && !csv_line_end(bytes->text, cut->opened, begin_of_line - 1))
        begin_of_line--;
    error_set(error, EXIT_CANNOT_READ,
              "%s:%llu:%zu: the quote that opens here is not closed: the record is longer than %u MiB",
              source_name(input->source),
              (unsigned long long)input->next_line + csv_count_lines(bytes->text, cut->opened),
              cut->opened - begin_of_line + 1, mebibytes);
    return error_fix(error, "close the cell with a quote, or double the quote if it belongs to the text");
}

/* Reads on until a record boundary is found; `*boundary` 0: there is nothing any more. */
static bool find_boundary(struct csv_input *input, struct buffer *bytes, size_t *boundary, struct error *error) {
    csv_cut_restart(&input->cut);
    size_t wanted = input->block_size;
    for (;;) {
        if (!fill(input, bytes, wanted, error)) return false;
        if (bytes->length == 0) {
            *boundary = 0;
            return true;
        }
        csv_cut_scan(&input->cut, bytes->text, bytes->length, input->at_end);
        *boundary = csv_cut_boundary(&input->cut, bytes->text, bytes->length, input->at_end);
        if (*boundary > 0) return true;
        if (bytes->length >= BLOCK_RECORD_LIMIT) return too_large(input, bytes, error);
        wanted = bytes->length + input->block_size;
    }
}

/* The group in force behind `block`. */
static void follow_groups(struct csv_input *input, const struct block *block) {
    struct record record;
    struct view value, last = {0};
    bool changed = false;
    csv_reader_start(input->groups, block);
    while (csv_reader_next(input->groups, &record)) {
        if (record.kind != RECORD_GROUP) continue;
        const char *colon = memchr(record.cells[0].text.text, ':', record.cells[0].text.length);
        value = record.cells[0].text;
        last = view_trim(view_from(colon + 1, value.length - (size_t)(colon + 1 - value.text)));
        changed = true;
    }
    if (!changed) return;
    input->group.length = 0;
    buffer_add(&input->group, last);
}

bool csv_input_next_block(struct csv_input *input, struct block *block, bool *end, struct error *error) {
    struct buffer *bytes = &block->bytes;
    size_t boundary;
    *end = false;
    bytes->length = block->group.length = 0;
    if (!skip_head(input, bytes, error)) return false;
    buffer_add(bytes, buffer_view(&input->rest));
    input->rest.length = 0;
    if (!find_boundary(input, bytes, &boundary, error)) return false;
    if (boundary == 0) {
        *end = true;
        return true;
    }
    buffer_add(&input->rest, view_from(bytes->text + boundary, bytes->length - boundary));
    bytes->length = boundary;
    block->first_row = input->next_row;
    block->first_line = input->next_line;
    block->first_column = 1;
    buffer_add(&block->group, buffer_view(&input->group));
    size_t lines = csv_count_lines(bytes->text, boundary);
    input->next_line += lines;
    input->next_row += lines - csv_cut_quoted_lines(&input->cut, boundary);
    if (input->groups) follow_groups(input, block);
    return true;
}
