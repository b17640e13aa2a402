/* fuzz_convert.c: the whole way from a file to a published folder, by schema `auto`, with options chosen by the input.
 *
 * Whatever the file: the ledger balances (in rows here, by our own sum), both import files hold as many registrations as
 * it says, each line of JSON is valid, two worker counts and both readers give the same result, or it is refused with an
 * error that fits a bad file. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "base/json_scan.h"
#include "render/render.h"
#include "support/conversion.h"

static uint64_t count_lines(const struct buffer *jsonl) {
    uint64_t count = 0;
    const char *at = jsonl->text, *end = at + jsonl->length;
    for (; at && at < end; count++) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        struct json_scan scan;
        fuzz_require(line != NULL, "the last registration has no line end");
        fuzz_require(json_scan_all(&scan, view_from(at, (size_t)(line - at))), "a registration is no JSON: %s",
                     scan.fault);
        at = line + 1;
    }
    return count;
}

static void check_ledger(const struct result *result) {
    const struct ledger *ledger = &result->ledger;
    uint64_t rows = 0;
    for (size_t side = 0; side < LEDGER_SIDE_COUNT; side++)
        rows += ledger->rows[side];
    fuzz_require(result->balance == NULL, "%s", result->balance);
    fuzz_require(rows == ledger->rows_in, "%llu rows in, %llu out", (unsigned long long)ledger->rows_in,
                 (unsigned long long)rows);
    for (size_t column = 0; column < ledger->column_count; column++) {
        wide_integer sum = 0;
        for (size_t side = 0; side < LEDGER_SIDE_COUNT; side++)
            if (ledger->sums[side]) sum += ledger->sums[side][column];
        fuzz_require(sum == ledger->sums_in[column], "the money of %s", result->columns[column].title);
    }
}

static struct run_options choose(uint64_t choice, char **paths) {
    struct run_options options = conversion_options(paths, 1);
    options.by = choice % 8 < 5 ? BY_ROW : (enum run_by)(choice % 8 - 4);
    options.layout = options.by != BY_ROW && choice >> 3 & 1 ? LAYOUT_METRIC : LAYOUT_WIDE;
    options.date_order = choice >> 4 & 1 ? DATE_ORDER_MDY : DATE_ORDER_UNKNOWN;
    options.default_employee = choice >> 5 & 1 ? "Office" : NULL;
    options.has_several = choice >> 6 & 1;
    options.several = choice >> 7 & 1 ? SEVERAL_SPLIT : SEVERAL_FIRST;
    options.active_only = choice >> 8 & 1;
    options.has_period = (choice >> 9 & 7) == 0;
    options.period_from = 20362; /* October 2025 */
    options.period_to = 20392;
    options.show_row = options.show_private = choice >> 12 & 1;
    options.allow_cut = choice >> 13 & 1;
    options.to[OUTPUT_REVIEW] = (choice >> 14 & 31) == 0;
    options.to[OUTPUT_XLSX] = (choice >> 19 & 31) == 0;
    return options;
}

/* False: refused. `told` becomes result.json, or the error. */
static bool convert(const struct run_options *options, struct conversion *files, struct buffer *told) {
    const struct result *result = &files->result;
    if (!conversion_run(options, files)) {
        buffer_add_text(told, files->error.message);
        fuzz_check_error(&files->error);
        return false;
    }
    check_ledger(result);
    bool is_all_aside = result->ledger.rows[LEDGER_WRITTEN] == 0 && result->ledger.rows[LEDGER_REJECTED] > 0;
    fuzz_require((result->publication == PUBLISHED) == !is_all_aside, "published with no row, or not with rows");
    render_json(result, told);
    uint64_t lines = count_lines(&files->jsonl);
    fuzz_require(lines == result->registrations, "%llu registrations told, %llu written",
                 (unsigned long long)result->registrations, (unsigned long long)lines);
    if (options->by == BY_ROW)
        fuzz_require(lines == result->ledger.rows[LEDGER_WRITTEN] + result->ledger.divided,
                     "rows and registrations differ");
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size);
    struct conversion one = {0}, other = {0};
    struct buffer told = {0}, other_told = {0};
    uint64_t choice = fuzz_choice(bytes);
    char *path = memory_copy(view_of(fuzz_file(0, bytes)));
    struct run_options options = choose(choice, &path);
    /* looking through all schemas takes ten times as long as the conversion of so small a file */
    bool is_json = size > 0 && (data[0] == '{' || data[0] == '[');
    if (choice >> 25 & 7) options.schema = is_json ? "invoices" : "jobs";
    bool is_fine = convert(&options, &one, &told);
    if (choice >> 24 & 1) {
        options.workers = 3;
        fuzz_require(convert(&options, &other, &other_told) == is_fine, "another answer from three workers");
        fuzz_require_same(buffer_view(&told), buffer_view(&other_told), "another result");
        fuzz_require_same(buffer_view(&one.jsonl), buffer_view(&other.jsonl), "other registrations");
        fuzz_require_same(buffer_view(&one.csv), buffer_view(&other.csv), "another import.csv");
    }
    conversion_free(&one);
    conversion_free(&other);
    buffer_free(&told);
    buffer_free(&other_told);
    free(path);
    return 0;
}
