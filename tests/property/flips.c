/* flips.c: no trouble in the data is silent. Each byte of the samples is changed, left out or doubled; then the file is
 * refused, or something more is told than of the sample as it is (issue, warning, note, other rows in the ledger), or the
 * registrations are the same, or what differs is one cell of one record, and the registrations of that record alone.
 *
 * Samples are cut to their first records, so that every position can be tried. FLIPS=N tries every Nth position; sanitizer
 * builds choose 29 by themselves. */
#define _GNU_SOURCE /* memfd_create */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/conversion.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STEP_DEFAULT 29
#else
#define STEP_DEFAULT 1
#endif
#define REGISTRATIONS_OF_A_RECORD 8

/* A file in memory, under a path that does not change. */
struct file {
    int descriptor;
    char path[40];
};

static void file_write(struct file *file, struct view bytes) {
    if (file->descriptor == 0) {
        file->descriptor = memfd_create("flips", MFD_CLOEXEC);
        snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->descriptor);
    }
    assert_int_equal(ftruncate(file->descriptor, 0), 0);
    assert_int_equal(pwrite(file->descriptor, bytes.text, bytes.length, 0), bytes.length);
}

/* --- cells ----------------------------------------------------------------------------------------- */

/* All cells of a file, a line each: "record column text"; empty ones are left out. */
static void list_cells(const struct file *file, struct buffer *out) {
    struct input *input;
    struct error error = {0};
    struct block block = {0};
    struct record record;
    out->length = 0;
    if (!input_open(file->path, NULL, &input, &error)) {
        error_free(&error);
        return;
    }
    const struct input_facts *facts = input_facts(input);
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++)
        paths[i] = facts->columns[i].label;
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    size_t number = 0;
    for (bool end = false; !end;) {
        if (!input_next_block(input, &block, &end, &error) || end) break;
        record_reader_start(reader, &block);
        for (; record_reader_next(reader, &record); number++)
            for (size_t i = 0; i < record.cell_count; i++) {
                /* a group's name is a cell of the group row, not of those below */
                bool is_groups = i == facts->group_column && record.kind != RECORD_GROUP;
                if (record.cells[i].text.length == 0 || is_groups) continue;
                buffer_print(out, "%zu ", number);
                buffer_add(out, i < facts->column_count ? facts->columns[i].label : view_of("beyond"));
                buffer_add_char(out, ' ');
                buffer_add(out, record.cells[i].text);
                buffer_add_char(out, '\0');
            }
    }
    record_reader_destroy(reader);
    input_close(input);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    free(paths);
    error_free(&error);
}

/* Whether two lists of lines (ended by `end`) differ in one run of lines, at most `most` of each. */
static bool differ_in_one_run(struct view left, struct view right, char end, size_t most) {
    size_t head = 0, tail = 0, shorter = left.length < right.length ? left.length : right.length;
    for (size_t i = 0; i < shorter && left.text[i] == right.text[i]; i++)
        if (left.text[i] == end) head = i + 1;
    for (size_t i = 0; head + i < shorter && left.text[left.length - 1 - i] == right.text[right.length - 1 - i]; i++)
        if (left.text[left.length - 1 - i] == end) tail = i;
    size_t counts[2] = {0, 0};
    const struct view texts[2] = {left, right};
    for (int side = 0; side < 2; side++)
        for (size_t i = head; i + tail < texts[side].length; i++)
            counts[side] += texts[side].text[i] == end;
    return counts[0] <= most && counts[1] <= most;
}

/* Whether the differing cells are all of one record: one for CSV; JSON has one value under several paths. */
static bool is_one_cell(struct view before, struct view after, bool is_json) {
    return differ_in_one_run(before, after, '\0', is_json ? 6 : 1);
}

/* --- the law --------------------------------------------------------------------------------------- */

static void add_told(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    for (size_t i = 0; i < count; i++)
        buffer_print(out, "%d %s %llu\n", (int)causes[i]->code, causes[i]->field, (unsigned long long)causes[i]->count);
    for (size_t i = 0; i < result->note_count; i++)
        buffer_print(out, "%s\n", result->notes[i]);
    for (size_t i = 0; i < LEDGER_SIDE_COUNT; i++)
        buffer_print(out, "%llu ", (unsigned long long)result->ledger.rows[i]);
    for (size_t i = 0; i < result->total_count; i++)
        buffer_print(out, "\n%d %s", result->totals[i].agrees, result->totals[i].text);
    buffer_print(out, "\n%zu sums\n", result->ledger.column_count);
}

struct original {
    struct conversion conversion;
    struct buffer told, cells;
    bool is_json;
};

enum verdict { REFUSED, TOLD, SAME, ONE_CELL, SILENT, VERDICTS };

static enum verdict judge(const struct original *original, const struct file *file, const struct run_options *options) {
    struct conversion now;
    struct buffer told = {0}, cells = {0};
    enum verdict verdict = SILENT;
    bool is_fine = conversion_run(options, &now);
    if (is_fine) add_told(&now.result, &told);
    if (!is_fine) {
        /* never by a ledger that does not balance, or a fault of ours */
        verdict = now.error.code == EXIT_CANNOT_READ || now.error.code == EXIT_WRONG_USE ? REFUSED : SILENT;
    } else if (now.result.balance || now.result.publication == PUBLISHED_UNBALANCED) {
        verdict = SILENT;
    } else if (view_equal(buffer_view(&now.jsonl), buffer_view(&original->conversion.jsonl))) {
        verdict = SAME;
    } else if (!view_equal(buffer_view(&told), buffer_view(&original->told))) {
        verdict = TOLD;
    } else {
        list_cells(file, &cells);
        bool is_fit = is_one_cell(buffer_view(&original->cells), buffer_view(&cells), original->is_json) &&
                      differ_in_one_run(buffer_view(&original->conversion.jsonl), buffer_view(&now.jsonl), '\n',
                                        REGISTRATIONS_OF_A_RECORD);
        verdict = is_fit ? ONE_CELL : SILENT;
    }
    conversion_free(&now);
    buffer_free(&told);
    buffer_free(&cells);
    return verdict;
}

static const char *const ways[] = {"changed", "left out", "doubled", "a quote", "a comma", "a line end", "a zero"};
#define WAYS (sizeof ways / sizeof *ways)

/* The sample with byte `at` changed in that way. */
static void change(struct view sample, size_t at, size_t way, struct buffer *out) {
    static const char signs[] = {'"', ',', '\n', '\0'};
    char byte = sample.text[at];
    out->length = 0;
    buffer_add(out, view_from(sample.text, at));
    if (way == 0) buffer_add_char(out, (char)(byte ^ 1));
    if (way == 2) buffer_add(out, view_from(sample.text + at, 1)), buffer_add_char(out, byte);
    if (way > 2) buffer_add_char(out, signs[way - 3]);
    buffer_add(out, view_from(sample.text + at + 1, sample.length - at - 1));
}

static void try_sample(const char *name, const char *schema, struct view sample, bool is_json) {
    struct original original = {.is_json = is_json};
    struct file file = {0};
    struct buffer changed = {0};
    const char *wish = getenv("FLIPS");
    size_t step = wish && atoi(wish) > 0 ? (size_t)atoi(wish) : STEP_DEFAULT, counts[VERDICTS] = {0};
    file_write(&file, sample);
    char *path = file.path;
    struct run_options options = conversion_options(&path, 1);
    options.schema = schema;
    options.example_limit = 0;
    if (!conversion_run(&options, &original.conversion)) fail_msg("%s: %s", name, original.conversion.error.message);
    add_told(&original.conversion.result, &original.told);
    list_cells(&file, &original.cells);
    for (size_t at = 0; at < sample.length; at += step) {
        for (size_t way = 0; way < WAYS; way++) {
            change(sample, at, way, &changed);
            file_write(&file, buffer_view(&changed));
            enum verdict verdict = judge(&original, &file, &options);
            counts[verdict]++;
            if (verdict == SILENT)
                fail_msg("%s: byte %zu ('%.20s') %s: registrations change silently", name, at, sample.text + at,
                         ways[way]);
        }
    }
    print_message("%s: %zu bytes: refused %zu, told %zu, same registrations %zu, one cell differs %zu, silent 0\n",
                  name, sample.length, counts[REFUSED], counts[TOLD], counts[SAME], counts[ONE_CELL]);
    /* all four outcomes but refusal must occur, else the test looks at nothing */
    if (step == 1) assert_true(counts[TOLD] > 0 && counts[SAME] > 0 && counts[ONE_CELL] > 0);
    conversion_free(&original.conversion);
    buffer_free(&original.told);
    buffer_free(&original.cells);
    buffer_free(&changed);
    close(file.descriptor);
}

/* --- the samples ------------------------------------------------------------------------------------- */

static void read_whole(const char *path, struct buffer *out) {
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s is not there: run from the top of the checkout", path);
    for (size_t got = 1; got > 0; out->length += got)
        got = fread(buffer_reserve(out, 1 << 14), 1, 1 << 14, file);
    fclose(file);
}

/* The header and the first records up to `limit` bytes; line breaks in quotes do not end a record. */
static struct view first_records(struct view text, size_t limit) {
    bool quoted = false;
    size_t end = 0;
    for (size_t i = 0; i < text.length && (i < limit || end == 0); i++) {
        quoted ^= text.text[i] == '"';
        if (text.text[i] == '\n' && !quoted) end = i + 1;
    }
    return view_from(text.text, end);
}

static void csv_sample(const char *type, size_t limit) {
    char *path = memory_print("samples/%s/good.csv", type);
    struct buffer text = {0};
    read_whole(path, &text);
    try_sample(path, type, first_records(buffer_view(&text), limit), false);
    buffer_free(&text);
    free(path);
}

static void test_csv(void **state) {
    (void)state;
    csv_sample("jobs", 1500);
    csv_sample("invoices", 900);
    csv_sample("job-timesheets", 700);
}

static void test_grouped_report(void **state) {
    (void)state;
    static const char text[] =
        "Job Costing Report\nDate Range: 10/01/2025 - 10/31/2025\n\n"
        "Job #,Primary Technician,Completion Date,Jobs Subtotal\n"
        "Business Unit: HVAC,,,\n1,Ana Lopez,10/20/2025,\"$1,200.50\"\n2,Bo Chen,10/21/2025,5.25\n"
        "Total,,,\"$1,205.75\"\nBusiness Unit: Drains,,,\n3,Cy Ortiz,10/22/2025,($7.00)\n"
        "Total,,,-7.00\nGrand Total,,,\"1,198.75\"\n";
    try_sample("a grouped report", "jobs", view_of(text), false);
}

static void test_json(void **state) {
    (void)state;
    static const char list[] =
        "{\"page\":1,\"hasMore\":false,\"totalCount\":2,\"data\":[{\"id\":5100230,\"referenceNumber\":\"100\\u0032\","
        "\"invoiceDate\":\"2025-10-01T00:00:00Z\",\"subTotal\":189.00,\"total\":\"204.59\",\"active\":true,"
        "\"employeeInfo\":{\"id\":4101,\"name\":\"Ana L\xc3\xb3pez\"},\"businessUnit\":{\"id\":1,\"name\":\"HVAC "
        "\\\"S\\\"\"}},\n"
        "{\"id\":5100231,\"referenceNumber\":\"1003\",\"invoiceDate\":\"2025-10-02T00:00:00Z\",\"subTotal\":-7.5,"
        "\"total\":\"1e2\",\"active\":false,\"employeeInfo\":{\"id\":4102,\"name\":\"Bo\"},\"businessUnit\":null}]}";
    static const char lines[] = "{\"id\":1,\"invoiceDate\":\"2025-10-01T00:00:00Z\",\"total\":\"5\",\"employeeInfo\":{"
                                "\"id\":1,\"name\":\"Ana\"}}\n"
                                "{\"id\":2,\"invoiceDate\":\"2025-10-02T00:00:00Z\",\"total\":\"6\",\"employeeInfo\":{"
                                "\"id\":2,\"name\":\"Bo\"}}\r\n"
                                "{\"id\":3,\"invoiceDate\":\"2025-10-03T00:00:00Z\",\"total\":\"7\",\"employeeInfo\":{"
                                "\"id\":3,\"name\":\"Cy\"}}\n";
    static const char report[] =
        "{\"fields\":[{\"name\":\"JobNumber\",\"label\":\"Job #\"},{\"name\":\"T\",\"label\":\"Primary Technician\"},"
        "{\"name\":\"D\",\"label\":\"Completion Date\"},{\"name\":\"S\",\"label\":\"Jobs Subtotal\"}],\"page\":1,"
        "\"hasMore\":false,\"data\":[[\"1\",\"Ana\",\"2025-10-20T00:00:00\",12.50],[\"2\",\"Bo\",\"2025-10-21T00:00:"
        "00\",7]]}";
    try_sample("a list answer", "invoices", view_of(list), true);
    try_sample("records, one a line", "invoices", view_of(lines), true);
    try_sample("a report answer", "jobs", view_of(report), true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_grouped_report),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests_name("flips", tests, NULL, NULL);
}
