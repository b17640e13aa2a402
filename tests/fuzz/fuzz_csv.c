/* fuzz_csv.c: a CSV file in every way: in place, by walking and by libcsv, whole and in small blocks: the same records, cells and
 * places; and every byte behind the header is in a record or is its line end. */
#include "fuzz/fuzz.h"
#include "fuzz/records.h"
#include "input/csv/input.h"
#include "input/csv/scan.h"

/* False: no CSV; the error's text is what was told. */
static bool read_all(const char *path, enum csv_way way, size_t block_size, struct buffer *out) {
    struct source *source;
    struct csv_input *input;
    struct input_facts facts = {.path = path};
    struct input_options options = {0};
    struct error error = {0};
    struct block block = {0};
    struct record record = {0};
    out->length = 0;
    if (!source_open(path, NULL, &source, &error)) {
        fuzz_check_error(&error);
        return false;
    }
    if (!csv_input_open(source, &options, &facts, &input, &error)) {
        buffer_add_text(out, error.message);
        fuzz_check_error(&error);
        source_close(source);
        return false;
    }
    if (block_size > 0) csv_input_set_block_size(input, block_size);
    struct csv_reader *reader = csv_reader_create(&facts, way);
    for (;;) {
        bool end = false;
        if (!csv_input_next_block(input, &block, &end, &error)) {
            buffer_add_text(out, error.message);
            fuzz_check_error(&error);
            break;
        }
        if (end) break;
        csv_reader_start(reader, &block);
        const char *at = block.bytes.text, *last = at + block.bytes.length;
        while (csv_reader_next(reader, &record)) {
            fuzz_require(record.raw.text == at, "bytes between two records");
            at += record.raw.length;
            at += csv_line_end(at, (size_t)(last - at), 0);
            tell_record(out, &record, &facts);
            for (size_t i = 0; i <= record.cell_count; i++) {
                uint64_t line, column;
                csv_reader_locate(reader, &record, i, &line, &column);
                tell_place(out, line, column);
            }
        }
        fuzz_require(at == last, "bytes behind the last record");
    }
    csv_reader_destroy(reader);
    csv_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size);
    struct buffer fast = {0}, other = {0};
    const char *path = fuzz_file(0, bytes);
    bool is_csv = read_all(path, CSV_IN_PLACE, 0, &fast);
    fuzz_require(read_all(path, CSV_BY_LIBCSV, 0, &other) == is_csv, "one reader takes it, the other does not");
    fuzz_require_same(buffer_view(&fast), buffer_view(&other), "in place against libcsv");
    read_all(path, CSV_BY_WALK, 0, &other);
    fuzz_require_same(buffer_view(&fast), buffer_view(&other), "in place against the walk");
    if (is_csv) {
        uint64_t choice = fuzz_choice(bytes);
        read_all(path, choice & 1 ? CSV_BY_WALK : CSV_IN_PLACE, 1 + (choice >> 1) % 40, &other);
        fuzz_require_same(buffer_view(&fast), buffer_view(&other), "one block against small ones");
    }
    buffer_free(&fast);
    buffer_free(&other);
    return 0;
}
