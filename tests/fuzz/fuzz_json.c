/* fuzz_json.c: a JSON file in every way: whole and in small blocks, with the same records, cells and places, which are
 * those that cJSON finds. The wanted paths are those the head shows, their lists, and a few that are not there. */
#include <stdlib.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "fuzz/records.h"
#include "input/json/input.h"
#include "support/json_reference.h"

#define PATHS 24

static size_t choose_paths(const struct input_facts *facts, uint64_t choice, struct view *paths) {
    static const char *const usual[] = {"id", "customer.name", "tags[].name", "items[#]", "items[0].total", "data"};
    static const char *const exploded[] = {"items[*].id", "items[*].total", "items[*].sku.name"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        paths[count++] = view_of(usual[i]);
    for (size_t i = 0; i < sizeof exploded / sizeof *exploded && choice & 1; i++)
        paths[count++] = view_of(exploded[i]);
    for (size_t i = 0; i < facts->column_count && count < PATHS; i++)
        if (facts->columns[i].label.length < 200 &&
            !memchr(facts->columns[i].label.text, '[', facts->columns[i].label.length))
            paths[count++] = facts->columns[i].label;
    return count;
}

static void read_block(struct json_reader *reader, struct json_check *check, const struct block *block,
                       const struct input_facts *facts, size_t path_count, struct buffer *out) {
    struct buffer why = {0};
    struct record record = {0};
    const char *at = block->bytes.text, *last = at + block->bytes.length;
    json_reader_start(reader, block);
    while (json_reader_next(reader, &record)) {
        const char *end = record.raw.text + record.raw.length;
        /* a record that was a text stands in memory of its own (input/json/singer.h) */
        bool is_opened = facts->wrapper && (record.raw.text < block->bytes.text || record.raw.text >= last);
        fuzz_require(is_opened || record.raw.text >= at || record.item > 1, "records overlap");
        fuzz_require(is_opened || end <= last, "a record ends outside of its block");
        if (!is_opened) at = end;
        fuzz_require(json_check_record(check, &record, is_opened ? end : last, &why), "cJSON finds something else");
        tell_record(out, &record, facts);
        for (size_t i = 0; i <= path_count; i++) {
            uint64_t line, column;
            json_reader_locate(reader, &record, i, &line, &column);
            tell_place(out, line, column);
        }
    }
    buffer_free(&why);
}

static bool read_all(const char *path, size_t block_size, uint64_t choice, struct buffer *out) {
    struct source *source;
    struct json_input *input;
    struct input_facts facts = {.path = path};
    struct error error = {0};
    struct block block = {0};
    struct view paths[PATHS];
    out->length = 0;
    if (!source_open(path, NULL, &source, &error)) {
        fuzz_check_error(&error);
        return false;
    }
    if (!json_input_open(source, &facts, &input, &error)) {
        buffer_add_text(out, error.message);
        fuzz_check_error(&error);
        source_close(source);
        return false;
    }
    if (block_size > 0) json_input_set_block_size(input, block_size);
    size_t path_count = choose_paths(&facts, choice, paths);
    struct json_reader *reader = json_reader_create(&facts, paths, path_count);
    struct json_check *check = json_check_create(&facts, paths, path_count);
    for (bool end = false;;) {
        if (!json_input_next_block(input, &block, &end, &error)) {
            buffer_add_text(out, error.message);
            fuzz_check_error(&error);
            break;
        }
        if (end) break;
        read_block(reader, check, &block, &facts, path_count, out);
    }
    buffer_print(out, "\n%llu records, %llu answers %s", (unsigned long long)facts.records,
                 (unsigned long long)facts.answers, facts.cut_reason ? facts.cut_reason : "");
    json_reader_destroy(reader);
    json_check_destroy(check);
    json_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size);
    /* What input.c asks before it takes this reader. */
    struct view text = view_trim(bytes);
    if (text.length == 0 || (text.text[0] != '{' && text.text[0] != '[')) return -1;
    struct buffer fast = {0}, other = {0};
    uint64_t choice = fuzz_choice(bytes);
    const char *path = fuzz_file(0, bytes);
    if (read_all(path, 0, choice, &fast)) {
        read_all(path, 1 + (choice >> 2) % 60, choice, &other);
        fuzz_require_same(buffer_view(&fast), buffer_view(&other), "one block against small ones");
    }
    buffer_free(&fast);
    buffer_free(&other);
    return 0;
}
