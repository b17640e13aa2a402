/* sample_result.c: see sample_result.h. */
#include "support/sample_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/run/run.h"

void sample_run(const char *schema, const char *name, const char *by, size_t examples, struct result *result) {
    char *path = memory_print("samples/%s/%s", schema, name);
    struct error error = {0};
    struct run_options options = {.command = "validate",
                                  .paths = &path,
                                  .path_count = 1,
                                  .schema = schema,
                                  .by = strcmp(by, "day") == 0 ? BY_DAY : BY_ROW,
                                  .per_employee = true,
                                  .date_order = DATE_ORDER_MDY,
                                  .fail_on = SEVERITY_ERROR,
                                  .example_limit = examples,
                                  .workers = 2,
                                  .version = "test",
                                  .arguments = path};
    *result = (struct result){0};
    if (!run_convert(&options, result, &error)) {
        fprintf(stderr, "%s: %s (is this the top of the repository?)\n", path, error.message);
        abort();
    }
    free(path);
}

static char *copy(const char *text) {
    return memory_copy(view_of(text));
}

/* A part whose sums are `total` and an hour for each row. */
static struct result_part part_of(const char *key, const char *title, uint64_t rows, wide_integer total) {
    struct result_part part = {.key = copy(key), .title = title ? copy(title) : NULL, .rows = rows};
    part.sums = memory_get_zero(2, sizeof *part.sums);
    part.sums[0] = total * DECIMAL_SCALE;
    part.sums[1] = (wide_integer)rows * DECIMAL_SCALE;
    part.first = title ? &part.sums[0] : NULL;
    return part;
}

static void free_parts(struct result_part *parts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(parts[i].key);
        free(parts[i].title);
        free(parts[i].sums);
    }
    free(parts);
}

static void add_texts(struct result *result) {
    struct {
        char **text;
        const char *value;
    } texts[] = {{&result->command, "validate"},
                 {&result->schema_name, "jobs"},
                 {&result->schema_title, "Jobs"},
                 {&result->schema_file, "built-in"},
                 {&result->schema_sha256, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
                 {&result->first_date, "2025-10-20"},
                 {&result->last_date, "2025-10-21"},
                 {&result->by, "row"},
                 {&result->per, "employee"},
                 {&result->layout, "wide"},
                 {&result->on_error, "reject"},
                 {&result->fail_on, "error"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i].text = copy(texts[i].value);
}

void sample_result(struct result *result) {
    *result = (struct result){.publication = PUBLISHED_NOTHING, .issues = issues_create(5), .registrations = 3};
    add_texts(result);
    result->files = memory_get_zero(1, sizeof *result->files);
    result->file_count = 1;
    result->files[0] = (struct result_file){.path = copy("jobs.csv"),
                                            .shape = copy("CSV"),
                                            .encoding = copy("UTF-8"),
                                            .bytes = 100,
                                            .rows = 3,
                                            .written = 3,
                                            .header_row = 1};
    ledger_start(&result->ledger, 2);
    result->columns = memory_get_zero(2, sizeof *result->columns);
    result->columns[0] = (struct result_column){.title = copy("Total"), .is_money = true};
    result->columns[1] = (struct result_column){.title = copy("Hours")};
    static const int64_t amounts[3][2] = {{12345600, 10000}, {3100000, 10000}, {-450000, 10000}};
    for (size_t i = 0; i < 3; i++) {
        ledger_in(&result->ledger, amounts[i]);
        ledger_out(&result->ledger, LEDGER_WRITTEN, amounts[i]);
    }
    sample_days(result, (char *[]){"2025-10-20", "2025-10-21"}, 2);
    sample_people(result, 2);
}

void sample_days(struct result *result, char *const *days, size_t count) {
    free_parts(result->days, result->day_count);
    result->days = memory_get_zero(count + 1, sizeof *result->days);
    result->day_count = count;
    for (size_t i = 0; i < count; i++)
        result->days[i] = part_of(days[i], NULL, 1, 1);
}

void sample_people(struct result *result, size_t count) {
    free_parts(result->people, result->person_count);
    result->people = memory_get_zero(count + 1, sizeof *result->people);
    result->person_count = count;
    result->employees = count;
    for (size_t i = 0; i < count; i++) {
        char *key = memory_print("%zu", i + 1), *title = memory_print("Person %zu", i + 1);
        result->people[i] = part_of(key, title, 1, (wide_integer)(count - i));
        free(key);
        free(title);
    }
}

void sample_note(struct result *result, const char *note) {
    result->notes = memory_resize(result->notes, (result->note_count + 1) * sizeof *result->notes);
    result->notes[result->note_count++] = memory_copy(view_of(note));
}

char *sample_page(const struct result *result, bool show_private) {
    struct buffer page = {0};
    render_html(result, &(struct html_options){.show_private = show_private}, &page);
    return buffer_take(&page);
}

void sample_keep(const char *name, const char *page) {
    const char *folder = getenv("ST2PLECTO_PAGES");
    if (!folder || !*folder) return;
    char *path = memory_print("%s/%s.html", folder, name);
    FILE *file = fopen(path, "wb");
    bool is_written = file && fwrite(page, 1, strlen(page), file) == strlen(page);
    if (!file || fclose(file) != 0 || !is_written) {
        fprintf(stderr, "cannot write %s\n", path);
        abort();
    }
    free(path);
}

/* How many cells begin between two places. */
static size_t cells_between(const char *at, const char *end) {
    size_t cells = 0;
    for (; at < end; at++)
        cells += strncmp(at, "<td>", 4) == 0 || strncmp(at, "<td ", 4) == 0 || strncmp(at, "<th>", 4) == 0 ||
                 strncmp(at, "<th ", 4) == 0;
    return cells;
}

void sample_check_tables(const char *page) {
    for (const char *table = page; (table = strstr(table, "<table")) != NULL; table++) {
        const char *end = strstr(table, "</table>"), *row = strstr(table, "<tr");
        size_t heads = 0;
        for (; row && row < end; row = strstr(row + 1, "<tr")) {
            size_t cells = cells_between(row, strstr(row, "</tr>"));
            if (heads == 0) heads = cells;
            if (cells == heads) continue;
            fprintf(stderr, "%zu headings, %zu cells: %.200s\n", heads, cells, row);
            abort();
        }
    }
}

size_t sample_times(const char *text, const char *part) {
    size_t times = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        times++;
    return times;
}
