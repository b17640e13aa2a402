/* flips.c: no trouble in the data is silent. Each byte of the samples is changed, left out or doubled; then the file is
 * refused, or something more is told than of the sample as it is (issue, warning, note, other rows in the ledger), or the
 * registrations are the same, or what differs is one cell of one record, and the registrations of that record alone.
 *
 * Samples are cut to their first records, so that every position can be tried. FLIPS=N tries every Nth position; sanitizer
 * builds choose 29 by themselves. `flips --all [PART/PARTS]` takes every file of samples/ whole (or each PARTS-th of their
 * positions, for several processes), adds up the outcomes and tells every silent one instead of ending at the first. */
#define _GNU_SOURCE /* memfd_create */
#include <glob.h>
#include <malloc.h>
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
#include "base/sanitized.h"
#include "support/conversion.h"

#ifdef IS_SANITIZED
#define STEP_DEFAULT 29
#else
#define STEP_DEFAULT 1
#endif
#define REGISTRATIONS_OF_A_RECORD 8
#define ITEMS_OF_A_RECORD 4 /* of invoices and estimates in the samples, at most */

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

/* --- the schema ------------------------------------------------------------------------------------ */

bool __real_schema_load(const char *name, const char *folder, struct schema **schema, struct error *error);
void __real_schema_free(struct schema *schema);
bool __wrap_schema_load(const char *name, const char *folder, struct schema **schema, struct error *error);
void __wrap_schema_free(struct schema *schema);

static char *kept_name;
static struct schema *kept;

/* Put before schema_load by the linker (Makefile). The schema is not what is changed here, and no run without --field
 * changes one: the last is kept for the next run. */
bool __wrap_schema_load(const char *name, const char *folder, struct schema **schema, struct error *error) {
    if (kept && strcmp(name, kept_name) != 0) {
        __real_schema_free(kept);
        free(kept_name);
        kept = NULL;
    }
    if (!kept) {
        if (!__real_schema_load(name, folder, &kept, error)) return false;
        kept_name = memory_copy(view_of(name));
    }
    *schema = kept;
    return true;
}

void __wrap_schema_free(struct schema *schema) {
    if (schema != kept) __real_schema_free(schema);
}

/* --- cells ----------------------------------------------------------------------------------------- */

#define GROUP_CELL "group "

/* All cells of a file, a line each: "record column text", of group rows "group column text"; empty ones are left out. */
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
                if (record.kind == RECORD_GROUP)
                    buffer_add_text(out, GROUP_CELL);
                else
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
    for (size_t i = 0; head + i < shorter && left.text[left.length - 1 - i] == right.text[right.length - 1 - i]; i++) {
        if (left.text[left.length - 1 - i] == end) tail = i;
        if (head + i + 1 == shorter) tail = shorter - head; /* lines of one side only: all of the other is the same */
    }
    size_t counts[2] = {0, 0};
    const struct view texts[2] = {left, right};
    for (int side = 0; side < 2; side++)
        for (size_t i = head; i + tail < texts[side].length; i++)
            counts[side] += texts[side].text[i] == end;
    return counts[0] <= most && counts[1] <= most;
}

/* The lines of a list of cells that are of no group row. */
static void drop_groups(struct view cells, struct buffer *out) {
    out->length = 0;
    for (size_t i = 0; i < cells.length; i += strlen(cells.text + i) + 1)
        if (strncmp(cells.text + i, GROUP_CELL, strlen(GROUP_CELL)) != 0)
            buffer_add(out, view_from(cells.text + i, strlen(cells.text + i) + 1));
}

/* Whether two lists of cells differ in group rows at most: such a cell is in all registrations of its group. */
static bool differ_in_groups(struct view before, struct view after) {
    struct buffer left = {0}, right = {0};
    drop_groups(before, &left);
    drop_groups(after, &right);
    bool is_same = view_equal(buffer_view(&left), buffer_view(&right));
    buffer_free(&left);
    buffer_free(&right);
    return is_same;
}

/* The cells of record `number` at the head of the list, taken off it. */
static struct view take_record(struct view *list, size_t number) {
    size_t end = 0;
    while (end < list->length && strtoull(list->text + end, NULL, 10) == number)
        end += strlen(list->text + end) + 1;
    struct view cells = view_from(list->text, end);
    *list = view_from(list->text + end, list->length - end);
    return cells;
}

/* How many lines of `from` are not in `in`. */
static size_t count_missing(struct view from, struct view in) {
    size_t missing = 0;
    for (size_t i = 0; i < from.length; i += strlen(from.text + i) + 1) {
        size_t j = 0;
        while (j < in.length && strcmp(in.text + j, from.text + i) != 0)
            j += strlen(in.text + j) + 1;
        missing += j >= in.length;
    }
    return missing;
}

/* Whether the differing cells come from one value of the file. CSV: one cell. JSON: cells of one record, since a value is
 * there under several paths and a key that changes takes its cells to another column; where records are the items of a
 * nested list, what surrounds the list is in each of them, at most `items`, one after another. */
static bool is_one_value(struct view before, struct view after, bool is_json, size_t items) {
    if (!is_json) return differ_in_one_run(before, after, '\0', 1);
    size_t first = SIZE_MAX, last = 0;
    for (size_t number = 0; before.length > 0 || after.length > 0; number++) {
        struct view left = take_record(&before, number), right = take_record(&after, number);
        if (view_equal(left, right)) continue;
        size_t gone = count_missing(left, right), come = count_missing(right, left);
        if (gone == 0 && come == 0) continue; /* a key that is met later moves its column, in all records */
        size_t differing = first == SIZE_MAX ? 0 : number - first;
        if (differing >= items || gone > 6 || come > 6) return false;
        if (first == SIZE_MAX) first = number;
        last = number;
    }
    return first == SIZE_MAX || last - first < items;
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
    size_t items; /* the most records that one value of the file may be in */
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
        struct view before = buffer_view(&original->cells), after = buffer_view(&cells);
        size_t most = differ_in_groups(before, after) ? SIZE_MAX : REGISTRATIONS_OF_A_RECORD;
        bool is_fit = is_one_value(before, after, original->is_json, original->items) &&
                      differ_in_one_run(buffer_view(&original->conversion.jsonl), buffer_view(&now.jsonl), '\n', most);
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

/* Tries all changes of one sample, or of its positions every `parts`-th from `part` on. The first silent one ends the test; with `totals` it is told and counted. False: the
 * sample itself is refused (only with `totals`). */
static bool try_sample(const char *name, const char *schema, struct view sample, bool is_json, size_t *totals,
                       size_t part, size_t parts) {
    struct original original = {.is_json = is_json,
                                .items = is_json && strstr(schema, "-items") ? ITEMS_OF_A_RECORD : 1};
    struct file file = {0};
    struct buffer changed = {0};
    const char *wish = getenv("FLIPS");
    size_t step = wish ? strtoul(wish, NULL, 10) : STEP_DEFAULT, counts[VERDICTS] = {0};
    if (step == 0) step = STEP_DEFAULT;
    file_write(&file, sample);
    char *path = file.path;
    struct run_options options = conversion_options(&path, 1);
    options.schema = schema;
    options.example_limit = 0;
    if (!conversion_run(&options, &original.conversion)) {
        if (!totals) fail_msg("%s: %s", name, original.conversion.error.message);
        print_message("%s: is refused as it is: %s\n", name, original.conversion.error.message);
        conversion_free(&original.conversion);
        close(file.descriptor);
        return false;
    }
    add_told(&original.conversion.result, &original.told);
    list_cells(&file, &original.cells);
    for (size_t at = part * step; at < sample.length; at += step * parts) {
        for (size_t way = 0; way < WAYS; way++) {
            change(sample, at, way, &changed);
            file_write(&file, buffer_view(&changed));
            enum verdict verdict = judge(&original, &file, &options);
            counts[verdict]++;
            if (verdict != SILENT) continue;
            print_message("%s: byte %zu ('%.*s') %s: registrations change silently\n", name, at,
                          (int)(sample.length - at < 20 ? sample.length - at : 20), sample.text + at, ways[way]);
            if (!totals) fail();
        }
    }
    print_message("%s: %zu bytes: refused %zu, told %zu, same registrations %zu, one cell differs %zu, silent %zu\n",
                  name, sample.length, counts[REFUSED], counts[TOLD], counts[SAME], counts[ONE_CELL], counts[SILENT]);
    for (size_t i = 0; totals && i < VERDICTS; i++)
        totals[i] += counts[i];
    /* all four outcomes but refusal must occur, else the test looks at nothing */
    if (step == 1 && !totals) assert_true(counts[TOLD] > 0 && counts[SAME] > 0 && counts[ONE_CELL] > 0);
    conversion_free(&original.conversion);
    buffer_free(&original.told);
    buffer_free(&original.cells);
    buffer_free(&changed);
    close(file.descriptor);
    return true;
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
    try_sample(path, type, first_records(buffer_view(&text), limit), false, NULL, 0, 1);
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
    try_sample("a grouped report", "jobs", view_of(text), false, NULL, 0, 1);
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
    try_sample("a list answer", "invoices", view_of(list), true, NULL, 0, 1);
    try_sample("records, one a line", "invoices", view_of(lines), true, NULL, 0, 1);
    try_sample("a report answer", "jobs", view_of(report), true, NULL, 0, 1);
}

/* --- all of them, whole -------------------------------------------------------------------------------- */

/* "samples/TYPE/FILE": the schema is TYPE; the roster's files are no exports. */
static char *schema_of(const char *path) {
    const char *type = path + strlen("samples/");
    return memory_print("%.*s", (int)strcspn(type, "/"), type);
}

static int try_all(const char *word) {
    size_t part = 1, parts = 1;
    size_t totals[VERDICTS] = {0}, files = 0, refused = 0;
    glob_t found;
    if (word) {
        char *behind;
        part = strtoul(word, &behind, 10);
        parts = *behind == '/' ? strtoul(behind + 1, NULL, 10) : 0;
    }
    if (part < 1 || part > parts) {
        fprintf(stderr, "flips --all [PART/PARTS], for example 1/2\n");
        return 2;
    }
    if (glob("samples/*/*.csv", 0, NULL, &found) != 0 || glob("samples/*/*.json", GLOB_APPEND, NULL, &found) != 0) {
        fprintf(stderr, "samples/ is not there: run from the top of the checkout\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    mallopt(M_TRIM_THRESHOLD, 1 << 28); /* no giving back and taking again between two of millions of runs */
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        char *schema = schema_of(path);
        struct buffer text = {0};
        if (strcmp(schema, "roster") != 0) {
            read_whole(path, &text);
            bool is_json = strcmp(path + strlen(path) - 5, ".json") == 0;
            bool is_tried = try_sample(path, schema, buffer_view(&text), is_json, totals, part - 1, parts);
            files += is_tried;
            refused += !is_tried;
        }
        buffer_free(&text);
        free(schema);
    }
    globfree(&found);
    print_message(
        "all: %zu files (%zu refused as they are), %zu changes: refused %zu, told %zu, same registrations %zu, "
        "one cell differs %zu, silent %zu\n",
        files, refused, totals[REFUSED] + totals[TOLD] + totals[SAME] + totals[ONE_CELL] + totals[SILENT],
        totals[REFUSED], totals[TOLD], totals[SAME], totals[ONE_CELL], totals[SILENT]);
    return files == 0 || totals[SILENT] > 0;
}

int main(int count, char **words) {
    if (count > 1 && strcmp(words[1], "--all") == 0) return try_all(words[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_grouped_report),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests_name("flips", tests, NULL, NULL);
}
