/* test_csv_agree.c: every way to read CSV gives the same records: in place, by walking, libcsv, any block size, and a simple
 * reader written here byte by byte from the rule in words. Inputs are made of the bytes that matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/sanitized.h"
#include "input/csv/input.h"
#include "support/memory_file.h"

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define INPUTS 400 /* ten times as slow; the others are read without */
#else
#define INPUTS 10000
#endif
#define LARGEST 60
/* Enough plain rows that the nonsense below cannot be taken for the header. */
#define PLAIN "0,0\n0,0\n0,0\n0,0\n0,0\n"
#define HEADER "h,k\n" PLAIN PLAIN PLAIN PLAIN PLAIN

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static struct view make_input(uint64_t *state, char *text) {
    static const char bytes[] = "aa,,\"\"\"\"\n\n\r ;";
    size_t header = sizeof HEADER - 1, length = (size_t)(next_random(state) % LARGEST);
    memcpy(text, HEADER, header);
    for (size_t i = 0; i < length; i++)
        text[header + i] = bytes[next_random(state) % (sizeof bytes - 1)];
    return view_from(text, header + length);
}

static void describe(struct buffer *out, const struct record *record, const struct csv_reader *reader) {
    buffer_print(out, "%d %d row %llu line %llu-%llu", (int)record->kind, (int)record->damage,
                 (unsigned long long)record->row, (unsigned long long)record->line,
                 (unsigned long long)record->last_line);
    buffer_print(out, " at %llu:%llu of %zu:", (unsigned long long)record->damage_line,
                 (unsigned long long)record->damage_column, record->original_count);
    for (size_t i = 0; i < record->cell_count; i++) {
        uint64_t line, column;
        csv_reader_locate(reader, record, i, &line, &column);
        buffer_print(out, " %d@%llu:%llu[", (int)record->cells[i].kind, (unsigned long long)line,
                     (unsigned long long)column);
        buffer_add(out, record->cells[i].text);
        buffer_add_char(out, ']');
    }
    buffer_add(out, view_of(" raw "));
    buffer_add(out, record->raw);
    buffer_add_char(out, '\n');
}

/* All records of the file, told in full. */
static void read_file(const char *path, char delimiter, enum csv_way way, size_t block_size, struct buffer *out) {
    struct source *source;
    struct csv_input *input;
    struct input_facts facts = {.path = path};
    struct input_options options = {.delimiter = delimiter};
    struct error error = {0};
    struct block block = {0};
    struct record record;
    out->length = 0;
    assert_true(source_open(path, NULL, &source, &error));
    if (!csv_input_open(source, &options, &facts, &input, &error)) fail_msg("%s", error.message);
    if (block_size > 0) csv_input_set_block_size(input, block_size);
    struct csv_reader *reader = csv_reader_create(&facts, way);
    for (bool end = false;;) {
        assert_true(csv_input_next_block(input, &block, &end, &error));
        if (end) break;
        csv_reader_start(reader, &block);
        while (csv_reader_next(reader, &record))
            describe(out, &record, reader);
    }
    csv_reader_destroy(reader);
    csv_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
}

static void assert_same(struct view input, const struct buffer *left, const struct buffer *right, const char *what) {
    if (!view_equal(buffer_view(left), buffer_view(right)))
        fail_msg("%s differs for <%.*s>:\n%.*s\nbut\n%.*s", what, VIEW_ARGS(input), VIEW_ARGS(buffer_view(left)),
                 VIEW_ARGS(buffer_view(right)));
}

/* A file big enough to go through the fast searches of 16 bytes, too. */
static void stretch(struct view input, struct buffer *to) {
    to->length = 0;
    for (size_t i = 0; i < input.length; i++) {
        if (input.text[i] == 'a')
            buffer_add(to, view_of("abcdefghijklmnopqrstuvwxyz"));
        else
            buffer_add_char(to, input.text[i]);
    }
}

static void test_ways_agree(void **state) {
    (void)state;
    static const enum csv_way ways[] = {CSV_IN_PLACE, CSV_BY_WALK, CSV_BY_LIBCSV};
    uint64_t random = 88172645463325252u;
    char text[LARGEST + sizeof HEADER];
    struct memory_file file = memory_file_create();
    struct buffer fast = {0}, slow = {0}, longer = {0};
    for (int i = 0; i < INPUTS; i++) {
        struct view input = make_input(&random, text);
        if (i % 4 == 3) {
            stretch(input, &longer);
            input = buffer_view(&longer);
        }
        memory_file_write(&file, input);
        read_file(file.path, ',', CSV_IN_PLACE, 0, &fast);
        read_file(file.path, ',', CSV_BY_LIBCSV, 0, &slow);
        assert_same(input, &slow, &fast, "libcsv against in place");
        read_file(file.path, ',', CSV_BY_WALK, 0, &slow);
        assert_same(input, &slow, &fast, "the walk against in place");
        read_file(file.path, ',', ways[i % 3], (size_t)(1 + next_random(&random) % 20), &slow);
        assert_same(input, &slow, &fast, "small blocks against one block");
    }
    buffer_free(&fast);
    buffer_free(&slow);
    buffer_free(&longer);
    memory_file_close(&file);
}

/* --- the simple reader ------------------------------------------------------------------------ */

enum place { AT_CELL, IN_PLAIN, IN_QUOTED, BEHIND_QUOTE };

struct simple {
    struct buffer out, cell, record;
    size_t cells;
    unsigned row;
    bool any; /* a byte of the record was seen */
};

static void end_cell(struct simple *simple) {
    buffer_add_char(&simple->record, '[');
    buffer_add(&simple->record, buffer_view(&simple->cell));
    buffer_add_char(&simple->record, ']');
    simple->cell.length = 0;
    simple->cells++;
}

static void end_record(struct simple *simple) {
    if (simple->any) end_cell(simple);
    buffer_print(&simple->out, "%u %zu ", simple->row++, simple->cells);
    buffer_add(&simple->out, buffer_view(&simple->record));
    buffer_add_char(&simple->out, '\n');
    simple->record.length = simple->cells = 0;
    simple->any = false;
}

/* Whether what begins with blanks at `at` is a cell in quotes on one line: [blanks]"…"[blanks] and its end. */
static bool is_padded(struct view text, size_t at, char delimiter) {
    enum { BLANKS, INSIDE, QUOTE, BEHIND } place = BLANKS;
    for (; at < text.length; at++) {
        char c = text.text[at];
        bool ends = c == delimiter || c == '\n' || c == '\r';
        if (place == INSIDE && (c == '\n' || c == '\r')) return false;
        if (place == INSIDE) {
            place = c == '"' ? QUOTE : INSIDE;
        } else if (c == '"' && place != BEHIND) {
            place = INSIDE; /* the first, or the second of two */
        } else if (place == QUOTE && ends) {
            return true;
        } else if (c == ' ') {
            place = place == QUOTE ? BEHIND : place;
        } else {
            return place == BEHIND && ends;
        }
    }
    return place == QUOTE || place == BEHIND;
}

/* Behind the blanks at `at`, if the cell or the text ends there; else SIZE_MAX. */
static size_t end_behind_blanks(struct view text, size_t at, char delimiter) {
    while (at < text.length && text.text[at] == ' ')
        at++;
    bool ends = at == text.length || text.text[at] == delimiter || text.text[at] == '\n' || text.text[at] == '\r';
    return ends ? at : SIZE_MAX;
}

/* One byte at a time, one decision each. */
static void simple_read(struct view text, char delimiter, struct simple *simple) {
    enum place place = AT_CELL;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        bool line_end = c == '\n' || c == '\r';
        if (place == BEHIND_QUOTE && c == ' ' && end_behind_blanks(text, i, delimiter) != SIZE_MAX) continue;
        if (place == AT_CELL && c == ' ' && is_padded(text, i, delimiter)) {
            simple->any = true;
            continue;
        }
        if (place == BEHIND_QUOTE) {
            if (c == '"') {
                buffer_add_char(&simple->cell, '"');
                place = IN_QUOTED;
                continue;
            }
            if (c == delimiter || line_end) {
                place = IN_PLAIN;
            } else {
                buffer_add_char(&simple->cell, '"');
                place = IN_QUOTED;
            }
        }
        if (place == IN_QUOTED) {
            if (c == '"')
                place = BEHIND_QUOTE;
            else
                buffer_add_char(&simple->cell, c);
        } else if (line_end) {
            end_record(simple);
            place = AT_CELL;
            if (c == '\r' && i + 1 < text.length && text.text[i + 1] == '\n') i++;
        } else if (c == delimiter) {
            simple->any = true;
            end_cell(simple);
            place = AT_CELL;
        } else if (c == '"' && place == AT_CELL) {
            simple->any = true;
            place = IN_QUOTED;
        } else {
            simple->any = true;
            buffer_add_char(&simple->cell, c);
            place = IN_PLAIN;
        }
    }
    if (simple->any) end_record(simple);
}

static void tell_cells(const char *path, char delimiter, size_t block_size, struct buffer *out) {
    struct source *source;
    struct csv_input *input;
    struct input_facts facts = {.path = path};
    struct input_options options = {.delimiter = delimiter};
    struct error error = {0};
    struct block block = {0};
    struct record record;
    out->length = 0;
    assert_true(source_open(path, NULL, &source, &error));
    assert_true(csv_input_open(source, &options, &facts, &input, &error));
    csv_input_set_block_size(input, block_size);
    struct csv_reader *reader = csv_reader_create(&facts, CSV_IN_PLACE);
    for (bool end = false;;) {
        assert_true(csv_input_next_block(input, &block, &end, &error));
        if (end) break;
        csv_reader_start(reader, &block);
        while (csv_reader_next(reader, &record)) {
            buffer_print(out, "%llu %zu ", (unsigned long long)record.row, record.original_count);
            for (size_t i = 0; i < record.original_count; i++) {
                buffer_add_char(out, '[');
                buffer_add(out, record.cells[i].text);
                buffer_add_char(out, ']');
            }
            buffer_add_char(out, '\n');
        }
    }
    csv_reader_destroy(reader);
    csv_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
}

static void test_simple_reader_agrees(void **state) {
    (void)state;
    uint64_t random = 4242424242u;
    char text[LARGEST + sizeof HEADER];
    struct memory_file file = memory_file_create();
    struct buffer ours = {0};
    struct simple simple = {0};
    static const char delimiters[] = ",;";
    for (int i = 0; i < INPUTS; i++) {
        struct view input = make_input(&random, text);
        char delimiter = delimiters[i % 2];
        for (size_t k = 1; k < sizeof HEADER - 1; k += 4)
            text[k] = delimiter;
        memory_file_write(&file, input);
        simple.out.length = 0;
        simple.row = 2;
        simple_read(view_from(input.text + 4, input.length - 4), delimiter, &simple);
        tell_cells(file.path, delimiter, i % 3 ? (size_t)(1 + next_random(&random) % 30) : 1000, &ours);
        assert_same(input, &simple.out, &ours, "the simple reader against ours");
    }
    buffer_free(&ours);
    buffer_free(&simple.out);
    buffer_free(&simple.cell);
    buffer_free(&simple.record);
    memory_file_close(&file);
}

/* The group in force is right at any block begin. */
static void test_groups_over_blocks(void **state) {
    (void)state;
    static const char text[] = ",Job,Total\nUnit: HVAC,,\n,1,\"2\n3\"\n,4,5\n\nUnit: Drains,,\n,6,7\n,,8\n"
                               "Unit:,,\n,9,10\nTotal,3,4\nUnit: HVAC,x,\n";
    struct memory_file file = memory_file_create();
    struct buffer whole = {0}, parts = {0};
    memory_file_write(&file, view_of(text));
    read_file(file.path, 0, CSV_IN_PLACE, 0, &whole);
    for (size_t size = 1; size < sizeof text; size++) {
        read_file(file.path, 0, size % 2 ? CSV_BY_LIBCSV : CSV_IN_PLACE, size, &parts);
        assert_same(view_of(text), &parts, &whole, "small blocks");
    }
    buffer_free(&whole);
    buffer_free(&parts);
    memory_file_close(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways_agree),
        cmocka_unit_test(test_simple_reader_agrees),
        cmocka_unit_test(test_groups_over_blocks),
    };
    return cmocka_run_group_tests_name("csv readers agree", tests, NULL, NULL);
}
