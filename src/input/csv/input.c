/* csv/input.c: a CSV source in blocks that begin and end at record boundaries.
 *
 * Bytes are read straight into the block; what stands behind its last whole record is kept and begins the next one.
 * Row and line numbers go along as the cut counts line ends, and those outside quoted cells. In an export with group rows a reader of our own goes through each block first, because the
 * next block must know the group in force at its begin. */
#include "input/csv/input.h"

#include <stdlib.h>

#include "base/memory.h"
#include "input/csv/cut.h"
#include "input/csv/head.h"
#include "input/csv/scan.h"
#include "input/source/large.h"

#define LARGE_PIECE (256u << 10) /* bytes read at once of a record that is passed over */

/* The texts of the facts: files of one header, which come by the thousand, have them in common. One thread at a time. */
struct texts {
    struct arena *arena;
    size_t users;
};

struct csv_input {
    struct source *source;
    struct texts *texts;
    struct csv_head head;
    size_t block_size, record_limit;
    struct csv_cut *cut;       /* NULL until it is read, and at rest */
    struct csv_reader *groups; /* NULL if there are no group rows */
    struct buffer group;       /* in force at the begin of the next block */
    struct buffer rest;        /* bytes read that belong to the next block */
    size_t to_skip;            /* bytes of the head still to be passed over */
    uint64_t next_row, next_line;
    char delimiter;
    bool at_end; /* of the source */
};

static void begin(struct csv_input *input) {
    input->to_skip = input->head.length;
    input->next_row = input->head.row;
    input->next_line = input->head.line;
    input->rest.length = input->group.length = 0;
    input->at_end = false;
}

static void leave_texts(struct texts *texts) {
    if (--texts->users > 0) return;
    arena_destroy(texts->arena);
    free(texts);
}

bool csv_input_open(struct source *source, const struct input_options *options, struct input_facts *facts,
                    struct csv_input **input, struct error *error) {
    struct view head;
    *input = NULL;
    if (!source_peek(source, CSV_HEAD_BYTES, &head, error)) return false;
    struct csv_input *made = memory_get_zero(1, sizeof *made);
    made->source = source;
    made->texts = memory_get_zero(1, sizeof *made->texts);
    *made->texts = (struct texts){.arena = arena_create(4096), .users = 1};
    made->block_size = BLOCK_SIZE;
    if (!csv_head_read(head, head.length < CSV_HEAD_BYTES, options, made->texts->arena, facts, &made->head, error)) {
        csv_input_close(made);
        return false;
    }
    facts->record_limit = options->record_limit > 0 ? options->record_limit : BLOCK_RECORD_LIMIT;
    made->record_limit = (size_t)facts->record_limit;
    made->delimiter = facts->delimiter;
    if (facts->group_column != SIZE_MAX) made->groups = csv_reader_create(facts, CSV_IN_PLACE);
    begin(made);
    *input = made;
    return true;
}

void csv_input_close(struct csv_input *input) {
    if (!input) return;
    csv_reader_destroy(input->groups);
    buffer_free(&input->group);
    buffer_free(&input->rest);
    leave_texts(input->texts);
    free(input->cut);
    free(input);
}

static bool has_same_views(const struct view *left, const struct view *right, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!view_equal(left[i], right[i])) return false;
    return true;
}

static bool has_same_texts(const struct input_facts *left, const struct input_facts *right) {
    bool has_same_counts = left->title_count == right->title_count && left->column_count == right->column_count &&
                           left->duplicate_count == right->duplicate_count;
    if (!has_same_counts || !view_equal(left->header, right->header) ||
        !has_same_views(left->titles, right->titles, left->title_count) ||
        !has_same_views(left->duplicate_labels, right->duplicate_labels, left->duplicate_count))
        return false;
    for (size_t i = 0; i < left->column_count; i++) {
        const struct input_column *a = &left->columns[i], *b = &right->columns[i];
        if (a->from_group != b->from_group || !view_equal(a->label, b->label) || !view_equal(a->name, b->name))
            return false;
    }
    return true;
}

void csv_input_share(struct csv_input *input, struct input_facts *facts, const struct csv_input *like,
                     const struct input_facts *like_facts) {
    if (!has_same_texts(facts, like_facts)) return;
    facts->header = like_facts->header;
    facts->titles = like_facts->titles;
    facts->columns = like_facts->columns;
    facts->duplicate_labels = like_facts->duplicate_labels;
    leave_texts(input->texts);
    input->texts = like->texts;
    input->texts->users++;
    if (!input->groups) return;
    csv_reader_destroy(input->groups); /* it holds the label */
    input->groups = csv_reader_create(facts, CSV_IN_PLACE);
}

void csv_input_set_block_size(struct csv_input *input, size_t size) {
    input->block_size = size > 0 ? size : 1;
}

void csv_input_rest(struct csv_input *input) {
    buffer_free(&input->rest);
    free(input->cut);
    input->cut = NULL;
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
    if (bytes->length >= length || input->at_end) return true;
    buffer_reserve(bytes, length - bytes->length);
    while (bytes->length < length && !input->at_end) {
        size_t got;
        if (!source_read(input->source, bytes->text + bytes->length, length - bytes->length, &got, error)) return false;
        bytes->length += got;
        input->at_end = got == 0;
    }
    return true;
}

/* At a record that is longer than the limit: the rest of it is read and thrown away; `bytes` keeps its begin, and what
 * stands behind the record becomes the rest. */
static bool pass_large(struct csv_input *input, struct block *block, struct error *error) {
    struct buffer *bytes = &block->bytes;
    struct large large = large_csv(input->delimiter);
    size_t used = large_take(&large, buffer_view(bytes)), length = bytes->length;
    struct buffer piece = {0};
    bool is_fine = true;
    if (used < length) buffer_add(&input->rest, view_from(bytes->text + used, length - used));
    bytes->length = used;
    while (is_fine && !large.ended && used == length && !input->at_end) {
        piece.length = 0;
        is_fine = fill(input, &piece, LARGE_PIECE, error);
        length = piece.length;
        used = is_fine ? large_take(&large, buffer_view(&piece)) : 0;
        if (is_fine && used < length) buffer_add(&input->rest, view_from(piece.text + used, length - used));
        if (bytes->length < LARGE_KEPT) buffer_add(bytes, view_from(piece.text, used < LARGE_KEPT ? used : LARGE_KEPT));
    }
    buffer_free(&piece);
    if (bytes->length > LARGE_KEPT) bytes->length = LARGE_KEPT;
    if (bytes->length > large.length) bytes->length = (size_t)large.length;
    block->large_length = large.length;
    block->large_breaks = large.breaks;
    return is_fine;
}

/* Reads on until a record boundary is found; `*boundary` 0: there is nothing any more, or the record ahead is too large,
 * which `*is_large` tells. */
static bool find_boundary(struct csv_input *input, struct buffer *bytes, size_t *boundary, bool *is_large,
                          struct error *error) {
    if (!input->cut) input->cut = memory_get_zero(1, sizeof *input->cut);
    input->cut->delimiter = input->delimiter;
    csv_cut_restart(input->cut);
    size_t wanted = input->block_size;
    for (;;) {
        if (!fill(input, bytes, wanted, error)) return false;
        if (bytes->length == 0) {
            *boundary = 0;
            return true;
        }
        csv_cut_scan(input->cut, bytes->text, bytes->length, input->at_end);
        *boundary = input->cut->boundary;
        if (*boundary > 0) return true;
        /* two bytes may be its line end */
        *is_large = bytes->length > input->record_limit + 2;
        if (*is_large) return true;
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
    bool is_large = false;
    *end = false;
    bytes->length = block->group.length = 0;
    block->large_length = block->large_breaks = 0;
    block->is_plain = false;
    if (!skip_head(input, bytes, error)) return false;
    buffer_add(bytes, buffer_view(&input->rest));
    input->rest.length = 0;
    if (!find_boundary(input, bytes, &boundary, &is_large, error)) return false;
    if (boundary == 0 && !is_large) {
        *end = true;
        return true;
    }
    if (is_large && !pass_large(input, block, error)) return false;
    if (!is_large) {
        buffer_add(&input->rest, view_from(bytes->text + boundary, bytes->length - boundary));
        bytes->length = boundary;
    }
    block->first_row = input->next_row;
    block->first_line = input->next_line;
    block->first_column = 1;
    buffer_add(&block->group, buffer_view(&input->group));
    block->is_plain = !is_large && !input->cut->has_odd;
    input->next_line += is_large ? 1 + block->large_breaks : input->cut->boundary_lines;
    input->next_row += is_large ? 1 : input->cut->boundary_rows;
    if (input->groups) follow_groups(input, block);
    return true;
}
