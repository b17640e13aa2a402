/* issues.c: the sheet Issues: what is wrong, largest money first, each with a link to its row. */
#include <stdlib.h>

#include "base/memory.h"
#include "review/review_private.h"

enum {
    ISSUE_CODE,
    ISSUE_SEVERITY,
    ISSUE_WHAT,
    ISSUE_VALUE,
    ISSUE_FIX,
    ISSUE_MONEY,
    ISSUE_ID,
    ISSUE_FILE,
    ISSUE_LINE,
    ISSUE_GO,
    ISSUE_COLUMNS
};

static int compare(const void *left, const void *right) {
    const struct issue_example *a = *(const struct issue_example *const *)left;
    const struct issue_example *b = *(const struct issue_example *const *)right;
    wide_integer x = issue_example_size(a), y = issue_example_size(b);
    if (x != y) return x > y ? -1 : 1;
    int severity = (int)issue_kind(b->code)->severity - (int)issue_kind(a->code)->severity;
    if (severity != 0) return severity;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Its row in Rejected, else in Rows; NULL where it is in neither (file-level issues, rows beyond a sheet). */
static const struct landing *landing_of(const struct review *review, const struct issue_example *example) {
    const struct result *result = review->result;
    size_t ids = table_count(review->wanted_ids);
    if (example->file >= result->file_count || example->row == 0) return NULL;
    struct buffer key = {0};
    buffer_print(&key, "%s%c%llu", result->files[example->file].path, '\0', (unsigned long long)example->row);
    size_t number = table_find(review->wanted_rows, buffer_view(&key));
    buffer_free(&key);
    if (number != SIZE_MAX && review->landings[ids + number].sheet) return &review->landings[ids + number];
    number = example->id[0] ? table_find(review->wanted_ids, view_of(example->id)) : SIZE_MAX;
    return number != SIZE_MAX && review->landings[number].sheet ? &review->landings[number] : NULL;
}

/* The bad cell itself where the row is in Rejected, else the row's first. */
static uint16_t column_of(const struct review *review, const struct landing *landing, const char *field) {
    if (landing->sheet != review->rejected) return 0;
    for (size_t i = 0; i < review->label_shown; i++)
        if (strcmp(review->labels[i], field) == 0) return (uint16_t)(COLUMN_DATA + REJECTED_FIXED + i);
    return 0;
}

static void write_link(struct review *review, uint32_t row, const struct landing *landing, const char *field) {
    char cell[16];
    lxw_rowcol_to_cell(cell, landing->row, column_of(review, landing, field));
    char *target = memory_print("internal:'%s'!%s", landing->sheet_name, cell);
    char *text = memory_print("%s, row %u", landing->sheet_name, landing->row + 1);
    review_measure(review, ISSUE_GO, strlen(text));
    sheet_check(&review->writer,
                worksheet_write_url_opt(review->issues, row, ISSUE_GO, target, review->link, text, NULL));
    free(target);
    free(text);
}

static void write_issue(struct review *review, uint32_t row, const struct issue_example *example) {
    const struct issue_kind *kind = issue_kind(example->code);
    const struct result *result = review->result;
    bool is_error = kind->severity == SEVERITY_ERROR;
    lxw_format *text = review->cell;
    char *fix = issue_fix(kind->code, NULL, "");
    issue_fix_cut(fix);
    const struct view long_ones[] = {view_of(example->detail), view_of(example->value), view_of(fix)};
    size_t lines = 1;
    for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++) {
        size_t needed = review_lines(long_ones[i], WIDEST + 2); /* letters are mostly narrower than digits */
        if (needed > lines) lines = needed;
    }
    review_height(review, review->issues, row, lines);
    review_text(review, review->issues, row, ISSUE_CODE, view_of(kind->name), is_error ? review->bad : review->warn);
    review_text(review, review->issues, row, ISSUE_SEVERITY, view_of(is_error ? "error" : "warning"), text);
    review_text(review, review->issues, row, ISSUE_WHAT, view_of(example->detail), review->wrap);
    review_text(review, review->issues, row, ISSUE_VALUE, view_of(example->value), review->wrap);
    review_text(review, review->issues, row, ISSUE_FIX, view_of(fix), review->wrap);
    free(fix);
    if (example->has_money) review_amount(review, review->issues, row, ISSUE_MONEY, example->money, review->top_money);
    review_text(review, review->issues, row, ISSUE_ID, view_of(example->id), text);
    if (example->file < result->file_count)
        review_text(review, review->issues, row, ISSUE_FILE, view_of(result->files[example->file].path), text);
    if (example->line > 0)
        sheet_check(&review->writer,
                    worksheet_write_number(review->issues, row, ISSUE_LINE, (double)example->line, review->top_whole));
    const struct landing *landing = landing_of(review, example);
    if (landing) write_link(review, row, landing, example->field);
}

void review_issues(struct review *review) {
    static const char *const titles[ISSUE_COLUMNS] = {"Code",   "Severity", "What", "Value", "Proposed fix",
                                                      "Amount", "ID",       "File", "Line",  "Go to"};
    const struct issue_cause *const *causes;
    size_t count = issues_causes(review->result->issues, &causes), total = 0;
    for (size_t i = 0; i < count; i++)
        total += causes[i]->example_count;
    const struct issue_example **list = memory_get_zero(total + 1, sizeof *list);
    total = 0;
    for (size_t i = 0; i < count; i++) {
        review->issue_total += causes[i]->count;
        for (size_t k = 0; k < causes[i]->example_count; k++)
            list[total++] = &causes[i]->examples[k];
    }
    qsort(list, total, sizeof *list, compare);
    review->issue_shown = total < ISSUE_ROWS ? total : ISSUE_ROWS;
    for (int i = 0; i < ISSUE_COLUMNS; i++)
        review_text(review, review->issues, 0, (uint16_t)i, view_of(titles[i]),
                    i == ISSUE_MONEY || i == ISSUE_LINE ? review->right_header : review->writer.header);
    for (uint32_t i = 0; i < review->issue_shown; i++)
        write_issue(review, i + 1, list[i]);
    free(list);
    review_lay_out(review, review->issues, 0, (uint32_t)review->issue_shown, ISSUE_COLUMNS, true);
    review_measure(review, ISSUE_MONEY, 12);
    review_fit(review, review->issues, ISSUE_COLUMNS);
}
