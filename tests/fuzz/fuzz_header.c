/* fuzz_header.c: the header of a CSV file (input/csv/header.c): found twice it is the same; a blank line before everything
 * moves it by a row and changes nothing else; all that stands above it is titles. */
#include "fuzz/fuzz.h"
#include "input/csv/input.h"
#include "schema/known_labels.h"

#define ROWS_SURE 40 /* the rule looks at the first fifty rows */

/* The labels, and where they stand; false: there is no header. */
static bool find_header(const char *path, struct known_labels *labels, struct buffer *out, uint64_t *row) {
    struct source *source = NULL;
    struct csv_input *input = NULL;
    struct input_facts facts = {.path = path, .group_column = SIZE_MAX};
    struct input_options options = {0};
    struct error error = {0};
    out->length = 0;
    if (labels) options.judge = known_labels_judge(labels);
    if (!source_open(path, NULL, &source, &error) || !csv_input_open(source, &options, &facts, &input, &error)) {
        fuzz_check_error(&error);
        source_close(source);
        return false;
    }
    *row = facts.header_row;
    fuzz_require(facts.header_row >= 1 && facts.header_line >= 1, "a header in row %llu",
                 (unsigned long long)facts.header_row);
    fuzz_require(facts.title_count < facts.header_row, "more titles than rows above the header");
    fuzz_require(facts.column_count > 0, "a header without columns");
    buffer_print(out, "%c %zu", facts.delimiter, facts.trailing_cells);
    for (size_t i = 0; i < facts.column_count; i++) {
        fuzz_require_same(view_trim(facts.columns[i].label), facts.columns[i].label, "a label and itself without blanks");
        buffer_add_char(out, '|');
        buffer_add(out, facts.columns[i].label);
    }
    csv_input_close(input);
    source_close(source);
    return true;
}

static size_t count_rows(struct view text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.text[i] == '\n' || text.text[i] == '\r';
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    struct buffer first = {0}, second = {0}, moved = {0};
    struct known_labels *labels = fuzz_choice(text) % 2 ? known_labels_create(NULL, NULL) : NULL;
    uint64_t row = 0, again = 0;
    bool is_found = find_header(fuzz_file(0, text), labels, &first, &row);
    fuzz_require(find_header(fuzz_file(0, text), labels, &second, &again) == is_found && row == again,
                 "another header at the second look");
    fuzz_require_same(buffer_view(&first), buffer_view(&second), "the header at the second look");
    bool has_mark = text.length > 0 && ((uint8_t)text.text[0] >= 0xEF || text.text[0] == '\x1F' || text.text[0] == 'P');
    if (is_found && !has_mark && row < ROWS_SURE && count_rows(text) < ROWS_SURE) {
        buffer_add_char(&moved, '\n');
        buffer_add(&moved, text);
        fuzz_require(find_header(fuzz_file(1, buffer_view(&moved)), labels, &second, &again), "no header behind a blank line");
        fuzz_require(again == row + 1, "behind a blank line the header is in row %llu, not %llu", (unsigned long long)again,
                     (unsigned long long)row + 1);
        fuzz_require_same(buffer_view(&first), buffer_view(&second), "the header behind a blank line");
    }
    known_labels_free(labels);
    buffer_free(&first);
    buffer_free(&second);
    buffer_free(&moved);
    return 0;
}
