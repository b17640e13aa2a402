/* test_csv_share.c: files of one head keep its texts once, those of another do not, and they outlive the first file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "input/input.h"
#include "support/memory_file.h"

#define ROWS "1,Ana,2.50\n2,Bo,3.50\n"

static struct input *open_text(const struct memory_file *file, const char *text, const struct input *like) {
    struct error error = {0};
    struct input *input = NULL;
    const struct input_options options = {.like = like};
    memory_file_write(file, view_of(text));
    assert_true(input_open(file->path, &options, &input, &error));
    return input;
}

static void same_heads(void **state) {
    static const struct {
        const char *first, *second;
        bool is_shared;
    } pairs[] = {
        {"Job #,Name,Total\n" ROWS, "Job #,Name,Total\n3,Cy,4.50\n", true},
        {"Jobs\n\nJob #,Name,Total\n" ROWS, "Jobs\n\nJob #,Name,Total\n" ROWS, true},
        {"Jobs of May\n\nJob #,Name,Total\n" ROWS, "Jobs of June\n\nJob #,Name,Total\n" ROWS, false},
        {"Job #,Name,Total\n" ROWS, "Jobs\n\nJob #,Name,Total\n" ROWS, false},
        {"Job #,Name,Total\n" ROWS, "Job #,Name,Amount\n" ROWS, false},
        {"Job #,Name,Total\n" ROWS, "Job #;Name;Total\n1;Ana;2\n2;Bo;3\n", false},
        {"Job #,Name,Name\n" ROWS, "Job #,Name,Name\n" ROWS, true},
        {"Job #,Name,Total\n" ROWS, "[{\"Job #\":1,\"Name\":\"Ana\"}]\n", false},
    };
    struct memory_file file = memory_file_create();
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct input *first = open_text(&file, pairs[i].first, NULL), *alone = open_text(&file, pairs[i].second, NULL);
        struct input *second = open_text(&file, pairs[i].second, first);
        assert_int_equal(input_facts(first)->columns == input_facts(second)->columns, pairs[i].is_shared);
        input_close(first); /* the texts stay */
        const struct input_facts *got = input_facts(second), *wanted = input_facts(alone);
        assert_int_equal(got->column_count, wanted->column_count);
        assert_int_equal(got->title_count, wanted->title_count);
        assert_int_equal(got->duplicate_count, wanted->duplicate_count);
        assert_true(view_equal(got->header, wanted->header));
        for (size_t k = 0; k < got->column_count; k++) {
            assert_true(view_equal(got->columns[k].label, wanted->columns[k].label));
            assert_true(view_equal(got->columns[k].name, wanted->columns[k].name));
        }
        for (size_t k = 0; k < got->title_count; k++)
            assert_true(view_equal(got->titles[k], wanted->titles[k]));
        input_close(second);
        input_close(alone);
    }
    memory_file_close(&file);
}

/* At rest and read again: the place of the cut is made anew. */
static void rests(void **state) {
    struct memory_file file = memory_file_create();
    struct input *input = open_text(&file, "Job #,Name,Total\n" ROWS, NULL);
    struct block block = {0};
    struct error error = {0};
    bool end = false;
    (void)state;
    input_rest(input);
    for (int round = 0; round < 2; round++) {
        assert_true(input_rewind(input, &error));
        assert_true(input_next_block(input, &block, &end, &error));
        assert_false(end);
        assert_int_equal(block.bytes.length, strlen(ROWS));
        assert_int_equal(block.first_row, 2);
        assert_true(input_next_block(input, &block, &end, &error));
        assert_true(end);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    input_close(input);
    memory_file_close(&file);
}

/* The group in force at the beginning of a block is found by its label, in texts that are shared by now. */
static void groups(void **state) {
    struct memory_file file = memory_file_create();
    struct buffer text = {0};
    struct block block = {0};
    struct error error = {0};
    bool end = false;
    size_t blocks = 0, in_group = 0;
    (void)state;
    buffer_add_text(&text, "Job #,Name,Total\nBusiness Unit: HVAC,,\n");
    for (int i = 0; i < 200000; i++)
        buffer_add_text(&text, "1,Ana,2.50\n");
    char *whole = buffer_take(&text);
    struct input *first = open_text(&file, whole, NULL), *second = open_text(&file, whole, first);
    assert_ptr_equal(input_facts(first)->columns, input_facts(second)->columns);
    while (!end) {
        assert_true(input_next_block(second, &block, &end, &error));
        if (end) break;
        blocks++;
        in_group += view_is(buffer_view(&block.group), "HVAC");
    }
    assert_true(blocks > 1);
    assert_int_equal(in_group, blocks - 1);
    free(whole);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    input_close(first);
    input_close(second);
    memory_file_close(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_heads), cmocka_unit_test(rests), cmocka_unit_test(groups)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
