/* fuzz_side.c: what Plecto answered or let somebody download, as reconcile reads it: an answer of its API where the input
 * begins as JSON does, else the CSV of a data source. The same bytes twice are the same rows, and no cell lies outside. */
#include "base/table.h"
#include "fuzz/fuzz.h"
#include "reconcile/read_side.h"

static bool read_one(struct view bytes, bool is_answer, struct table *pool, struct side *side, struct error *error) {
    if (is_answer) return side_read_text("answer", bytes, NULL, pool, side, error);
    return side_read_plecto_file(fuzz_file(0, bytes), NULL, pool, side, error);
}

static void check_rows(const struct side *side, const struct table *pool) {
    for (size_t row = 0; row < side->row_count; row++) {
        struct side_row at = side_row_at(side, row);
        fuzz_require(!at.has_instant || at.has_date, "row %zu has an instant and no date", row);
        fuzz_require(at.person == NO_TEXT || at.person < table_count(pool), "row %zu has a person outside of the pool",
                     row);
        fuzz_require(at.file < side->file_count, "row %zu is of no file", row);
        for (size_t i = 0; i < side->column_count; i++)
            side_cell_text(&side->columns[i], pool, row);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size), inside = view_trim(bytes);
    bool is_answer = inside.length > 0 && (inside.text[0] == '{' || inside.text[0] == '[');
    struct side first = {0}, second = {0};
    struct error error = {0};
    struct table *pool = table_create();
    if (!read_one(bytes, is_answer, pool, &first, &error)) {
        fuzz_check_error(&error);
    } else {
        check_rows(&first, pool);
        fuzz_require(read_one(bytes, is_answer, pool, &second, &error), "not read twice: %s", error.message);
        fuzz_require(first.row_count == second.row_count && first.column_count == second.column_count,
                     "%zu rows, then %zu", first.row_count, second.row_count);
    }
    side_free(&first);
    side_free(&second);
    table_destroy(pool);
    return 0;
}
