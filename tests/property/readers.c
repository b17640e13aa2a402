/* readers.c: whole exports, the samples or those that are named, against libcsv and cJSON: each record has the cells that
 * they find. CSV is also walked over cell by cell, without the fast way. */
#define _DEFAULT_SOURCE /* glob */
#include <glob.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "input/csv/input.h"
#include "support/json_reference.h"

static char **named;
static size_t named_count;

static void describe(struct buffer *out, const struct record *record) {
    buffer_print(out, "%d %d %" PRIu64 " %" PRIu64 "-%" PRIu64 " %" PRIu64 ":%" PRIu64, (int)record->kind,
                 (int)record->damage, record->row, record->line, record->last_line, record->damage_line,
                 record->damage_column);
    for (size_t i = 0; i < record->cell_count; i++)
        buffer_print(out, " %d[%.*s]", (int)record->cells[i].kind, VIEW_ARGS(record->cells[i].text));
}

/* The three ways go along beside each other. */
static size_t check_csv_block(const char *path, struct csv_reader *readers[3], const struct block *block) {
    struct record record;
    struct buffer told[3] = {0};
    size_t count = 0;
    for (int way = 0; way < 3; way++)
        csv_reader_start(readers[way], block);
    while (csv_reader_next(readers[0], &record)) {
        for (int way = 0; way < 3; way++) {
            if (way > 0) assert_true(csv_reader_next(readers[way], &record));
            told[way].length = 0;
            describe(&told[way], &record);
            if (!view_equal(buffer_view(&told[way]), buffer_view(&told[0])))
                fail_msg("%s: in place %.*s, way %d: %.*s", path, VIEW_ARGS(buffer_view(&told[0])), way,
                         VIEW_ARGS(buffer_view(&told[way])));
        }
        count += record.kind == RECORD_DATA;
    }
    for (int way = 0; way < 3; way++) {
        assert_false(csv_reader_next(readers[way], &record));
        buffer_free(&told[way]);
    }
    return count;
}

static size_t check_json_block(const char *path, struct record_reader *reader, struct json_check *check,
                               const struct block *block) {
    struct record record;
    struct buffer why = {0};
    size_t count = 0;
    record_reader_start(reader, block);
    for (; record_reader_next(reader, &record); count++)
        if (!json_check_record(check, &record, block->bytes.text + block->bytes.length, &why))
            fail_msg("%s:%" PRIu64 ": %.*s", path, record.line, VIEW_ARGS(buffer_view(&why)));
    buffer_free(&why);
    return count;
}

/* Returns how many records there are. */
static size_t check_file(const char *path) {
    struct error error = {0};
    struct input *input;
    struct block block = {0};
    size_t count = 0;
    if (!input_open(path, NULL, &input, &error)) fail_msg("%s", error.message);
    const struct input_facts *facts = input_facts(input);
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++)
        paths[i] = facts->columns[i].label;
    bool is_csv = facts->shape == SHAPE_CSV;
    struct csv_reader *ways[3] = {0};
    for (int way = 0; way < 3 && is_csv; way++)
        ways[way] = csv_reader_create(facts, (enum csv_way)way);
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    struct json_check *check = is_csv ? NULL : json_check_create(facts, paths, facts->column_count);
    for (bool end = false;;) {
        assert_true(input_next_block(input, &block, &end, &error));
        if (end) break;
        count += is_csv ? check_csv_block(path, ways, &block) : check_json_block(path, reader, check, &block);
    }
    for (int way = 0; way < 3; way++)
        csv_reader_destroy(ways[way]);
    json_check_destroy(check);
    record_reader_destroy(reader);
    input_close(input);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    free(paths);
    print_message("%s: %zu records\n", path, count);
    return count;
}

static void exports_have_these_cells(void **state) {
    (void)state;
    glob_t samples = {0};
    size_t records = 0;
    if (named_count == 0) {
        assert_int_equal(glob("samples/*/*.csv", 0, NULL, &samples), 0);
        assert_int_equal(glob("samples/*/*.json", GLOB_APPEND, NULL, &samples), 0);
        assert_true(samples.gl_pathc > 40);
    }
    for (size_t i = 0; i < named_count; i++)
        records += check_file(named[i]);
    for (size_t i = 0; i < samples.gl_pathc; i++)
        records += check_file(samples.gl_pathv[i]);
    assert_true(records > 100);
    globfree(&samples);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(exports_have_these_cells)};
    named = argv + 1;
    named_count = argc > 0 ? (size_t)argc - 1 : 0;
    return cmocka_run_group_tests_name("whole exports, libcsv and cJSON", tests, NULL, NULL);
}
