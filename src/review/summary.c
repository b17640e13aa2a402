/* summary.c: the sheet Summary: the verdict, the ledger, charts (charts.c), causes, files: what one sees in the first minute. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "review/review_private.h"

#define PLAIN_WIDTH 16

static void put(struct review *review, uint32_t row, uint16_t column, const char *text, lxw_format *format) {
    sheet_text(&review->writer, review->summary, row, column, view_of(text), format);
}

static void put_count(struct review *review, uint32_t row, uint16_t column, uint64_t count) {
    sheet_check(&review->writer, worksheet_write_number(review->summary, row, column, (double)count, review->whole));
}

/* --- facts ----------------------------------------------------------------------------------------------- */

static void put_link(struct review *review, uint32_t row, uint16_t column, const char *sheet) {
    char *target = memory_print("internal:'%s'!A1", sheet), *text = memory_print("Go to %s", sheet);
    sheet_check(&review->writer,
                worksheet_write_url_opt(review->summary, row, column, target, review->link, text, NULL));
    free(target);
    free(text);
}

/* How the rows are fixed, and links to them. */
static uint32_t write_way(struct review *review, uint32_t row) {
    bool is_by_row = strcmp(review->result->by, "row") == 0;
    if (review->rejected_count > 0) {
        put(review, row++, 0,
            is_by_row ? "In the sheet Rejected, correct the red cells and choose \"fix\" in the Decision "
                        "column, or choose \"leave out\" for a row that is never to be sent."
                      : "In the sheet Rejected, correct the red cells and choose \"fix\" in the Decision "
                        "column. To correct rows behind totals, make the workbook without --by.",
            NULL);
        put(review, row++, 0,
            "Save the workbook. Whoever runs st2plecto takes your decisions with: st2plecto apply review.xlsx", NULL);
        put_link(review, row, 0, "Rejected");
    } else if (is_by_row && review->row_sheets > 0) {
        put(review, row++, 0,
            "To change a row, change its cells in the sheet Rows, choose \"fix\" in the Decision column and "
            "save. Then: st2plecto apply review.xlsx",
            NULL);
    }
    if (review->issue_shown > 0) put_link(review, row, review->rejected_count > 0 ? 1 : 0, "Issues");
    return row + 1;
}

static uint32_t write_verdict(struct review *review) {
    const struct result *result = review->result;
    struct buffer text = {0};
    report_verdict(result, &text);
    buffer_add_char(&text, '\0');
    enum verdict_state state = report_verdict_state(result);
    lxw_format *format = state == VERDICT_ALL_IN      ? review->good
                         : state == VERDICT_SET_ASIDE ? review->mixed
                                                      : review->bad;
    sheet_check(&review->writer, worksheet_set_row(review->summary, 0, 28, NULL));
    put(review, 0, 0, text.text, review->title);
    text.length = 0;
    report_to_fix(result, &text);
    sheet_text(&review->writer, review->summary, 1, 0, buffer_view(&text), format);
    text.length = 0;
    uint32_t row = write_way(review, 2);
    buffer_print(&text, "Data type %s", result->schema_title);
    if (result->first_date) buffer_print(&text, ", %s to %s", result->first_date, result->last_date);
    buffer_add_text(&text, ", ");
    words_plural(&text, result->employees, "employee", "employees");
    if (strcmp(result->by, "row") != 0) buffer_print(&text, ", totals by %s per %s", result->by, result->per);
    if (result->period) buffer_print(&text, ", period %s", result->period);
    if (result->zone) buffer_print(&text, ", days of %s", result->zone);
    sheet_text(&review->writer, review->summary, row, 0, buffer_view(&text), NULL);
    buffer_free(&text);
    return row + 2;
}

static void put_amount(struct review *review, uint32_t row, uint16_t column, wide_integer amount, size_t index) {
    review_amount(review, review->summary, row, column, amount,
                  review->result->columns[index].is_money ? review->writer.dollars[2] : review->writer.numbers[0]);
}

static void write_ledger_line(struct review *review, uint32_t row, const char *title, uint64_t rows,
                              const wide_integer *sums) {
    put(review, row, 0, title, NULL);
    put_count(review, row, 1, rows);
    for (size_t i = 0; sums && i < review->result->ledger.column_count; i++)
        put_amount(review, row, (uint16_t)(2 + i), sums[i], i);
}

static void write_titles(struct review *review, uint32_t row) {
    const struct result *result = review->result;
    put(review, row, 1, "Rows", review->right_header);
    for (size_t i = 0; i < result->ledger.column_count; i++)
        put(review, row, (uint16_t)(2 + i), result->columns[i].title, review->right_header);
}

/* in - the sides, worked out by the spreadsheet itself. */
static uint32_t write_ledger(struct review *review, uint32_t row) {
    const struct result *result = review->result;
    const struct ledger *ledger = &result->ledger;
    put(review, row, 0, "Where every row went", review->writer.header);
    write_titles(review, row);
    uint32_t in = ++row;
    write_ledger_line(review, row++, "in the export", ledger->rows_in, ledger->sums_in);
    for (enum ledger_side side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (ledger->rows[side] > 0 || side == LEDGER_WRITTEN || side == LEDGER_REJECTED)
            write_ledger_line(review, row++, report_side_title(result, side), ledger->rows[side], ledger->sums[side]);
    put(review, row, 0, "difference (must be 0)", review->bold);
    for (uint16_t i = 0; i <= ledger->column_count; i++) {
        uint16_t column = (uint16_t)(1 + i);
        char first[16], from[16], to[16], formula[80];
        lxw_rowcol_to_cell(first, in, column);
        lxw_rowcol_to_cell(from, in + 1, column);
        lxw_rowcol_to_cell(to, row - 1, column);
        snprintf(formula, sizeof formula, "=ROUND(%s-SUM(%s:%s),4)", first, from, to);
        sheet_check(&review->writer,
                    worksheet_write_formula_num(review->summary, row, column, formula, review->difference, 0));
    }
    row++;
    struct buffer balanced = {0};
    report_balanced(result, &balanced);
    buffer_add_char(&balanced, '\0');
    put(review, row++, 0, result->balance ? "DOES NOT BALANCE" : balanced.text,
        result->balance ? review->bad : review->good);
    buffer_free(&balanced);
    uint64_t registrations = ledger->rows[LEDGER_WRITTEN] + ledger->divided;
    if (ledger->divided > 0) {
        struct buffer text = {0};
        buffer_print(&text, "Rows with several people are divided among them. %llu rows became %llu registrations.",
                     (unsigned long long)ledger->rows[LEDGER_WRITTEN], (unsigned long long)registrations);
        sheet_text(&review->writer, review->summary, row++, 0, buffer_view(&text), NULL);
        buffer_free(&text);
    }
    return row + 1;
}

static uint32_t write_active(struct review *review, uint32_t row) {
    const struct result *result = review->result;
    if (!result->has_active) return row;
    put(review, row, 0, "Active and inactive rows", review->writer.header);
    write_titles(review, row);
    row++;
    uint64_t counted = result->ledger.rows[LEDGER_WRITTEN];
    uint64_t other = result->active_only ? counted + result->inactive_rows : counted - result->inactive_rows;
    write_ledger_line(review, row++, result->active_only ? "active rows (counted here)" : "all rows (counted here)",
                      counted, result->ledger.sums[LEDGER_WRITTEN]);
    put(review, row, 0, result->active_only ? "all rows" : "active rows only", NULL);
    put_count(review, row, 1, other);
    for (size_t i = 0; i < result->ledger.column_count; i++) {
        wide_integer inactive = result->columns[i].inactive_sum, written = result->ledger.sums[LEDGER_WRITTEN][i];
        put_amount(review, row, (uint16_t)(2 + i), result->active_only ? written + inactive : written - inactive, i);
    }
    return row + 2;
}

/* --- lists ------------------------------------------------------------------------------------------------- */

static uint32_t write_causes(struct review *review, uint32_t row) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(review->result->issues, &causes);
    static const char *const titles[] = {"Problems", "Times", "Amount", "Severity", "Code", "Column"};
    if (count == 0) {
        put(review, row, 0, "No issues", review->good);
        return row + 2;
    }
    for (uint16_t i = 0; i < 6; i++)
        put(review, row, i, titles[i], i == 1 || i == 2 ? review->right_header : review->writer.header);
    row++;
    for (size_t i = 0; i < count; i++, row++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        bool is_error = kind->severity == SEVERITY_ERROR;
        put(review, row, 0, kind->title, NULL);
        put_count(review, row, 1, causes[i]->count);
        if (causes[i]->money_count > 0)
            review_amount(review, review->summary, row, 2, causes[i]->money, review->writer.dollars[2]);
        put(review, row, 3, is_error ? "error" : "warning", is_error ? review->bad : review->warn);
        put(review, row, 4, kind->name, NULL);
        put(review, row, 5, causes[i]->field, NULL);
    }
    return row + 1;
}

static uint32_t write_files(struct review *review, uint32_t row) {
    static const char *const titles[] = {"Files", "Rows", "Good", "To fix"};
    for (uint16_t i = 0; i < 4; i++)
        put(review, row, i, titles[i], i >= 1 ? review->right_header : review->writer.header);
    row++;
    for (size_t i = 0; i < review->result->file_count; i++, row++) {
        const struct result_file *file = &review->result->files[i];
        put(review, row, 0, file->path, NULL);
        put_count(review, row, 1, file->rows);
        put_count(review, row, 2, file->written);
        put_count(review, row, 3, file->rejected);
    }
    return row + 1;
}

/* A line with up to two counts, at the places of %s. */
static uint32_t write_limit(struct review *review, uint32_t row, const char *format, uint64_t count, uint64_t of) {
    struct buffer numbers[2] = {0}, text = {0};
    const uint64_t counts[2] = {count, of};
    for (int i = 0; i < 2; i++) {
        decimal_print_human(&numbers[i], (wide_integer)counts[i] * DECIMAL_SCALE, false);
        buffer_add_char(&numbers[i], '\0');
    }
    for (int next = 0; *format; format++) {
        if (format[0] == '%' && format[1] == 's' && next < 2) {
            buffer_add_text(&text, numbers[next++].text);
            format++;
        } else {
            buffer_add_char(&text, *format);
        }
    }
    sheet_text(&review->writer, review->summary, row, 0, buffer_view(&text), NULL);
    for (int i = 0; i < 2; i++)
        buffer_free(&numbers[i]);
    buffer_free(&text);
    return row + 1;
}

/* Before the first note its heading, in the row above: rows are written in order. Returns `row`. */
static uint32_t begin_note(struct review *review, uint32_t row, uint32_t first) {
    if (row == first) put(review, first - 1, 0, "About this workbook", review->writer.header);
    return row;
}

static void write_notes(struct review *review, uint32_t row) {
    const struct result *result = review->result;
    const uint32_t first = ++row;
    if (review->issue_shown < review->issue_total)
        row = write_limit(review, begin_note(review, row, first),
                          "The sheet Issues shows %s of %s issues, those with the largest amounts of each kind.",
                          review->issue_shown, review->issue_total);
    if (review->uncommented > 0)
        row = write_limit(
            review, begin_note(review, row, first),
            "The last %s rows of Rejected have no comments, which would slow the workbook down. Their codes "
            "and reasons are in its columns.",
            review->uncommented, 0);
    if (review->rejected_count < result->ledger.rows[LEDGER_REJECTED] && review->files->has_rejected)
        row = write_limit(review, begin_note(review, row, first),
                          "The sheet Rejected has %s of %s rows. rejected.csv has all of them.", review->rejected_count,
                          result->ledger.rows[LEDGER_REJECTED]);
    if (review->label_shown < review->label_count)
        row = write_limit(review, begin_note(review, row, first),
                          "The sheet Rejected shows %s of %s columns. rejected.csv has all of them.",
                          review->label_shown, review->label_count);
    if (!review->files->has_import) {
        row = begin_note(review, row, first);
        put(review, row++, 0, "No import file was made, so there is no sheet Rows.", NULL);
    }
    if (review->row_sheets > 1)
        row = write_limit(review, begin_note(review, row, first),
                          "The rows are on %s sheets. A sheet holds at most 1,048,576 rows.", review->row_sheets, 0);
    if (review->writer.cut_texts > 0)
        row = write_limit(
            review, begin_note(review, row, first),
            "%s texts are longer than a cell (32,767 characters) and are cut here. The other files have them "
            "whole.",
            review->writer.cut_texts, 0);
    if (review->writer.wide_numbers > 0)
        row = write_limit(review, begin_note(review, row, first),
                          "%s numbers have more digits than a spreadsheet keeps and are texts here.",
                          review->writer.wide_numbers, 0);
    if (row == first) row -= 2;
    if (result->note_count == 0) return;
    put(review, ++row, 0, "For whoever runs st2plecto", review->writer.header);
    for (size_t i = 0; i < result->note_count; i++)
        put(review, ++row, 0, result->notes[i], NULL);
}

void review_stopped(struct review *review) {
    const struct result *result = review->result;
    uint32_t row = 0;
    struct buffer text = {0};
    report_verdict(result, &text); /* with the error */
    review_text(review, review->summary, row++, 0, buffer_view(&text), review->title);
    put(review, row++, 0,
        "There are no rows to decide about, because an error stopped the run. What to do:", review->bad);
    for (const char *line = result->stopped_fix, *end; line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        struct view words = view_from(line, end ? (size_t)(end - line) : strlen(line));
        review_text(review, review->summary, row++, 0, words, NULL);
    }
    row++;
    for (size_t i = 0; i < result->file_count; i++)
        put(review, row++, 0, result->files[i].path, NULL);
    sheet_check(&review->writer, worksheet_set_column(review->summary, 0, 0, 100, NULL));
    worksheet_gridlines(review->summary, LXW_HIDE_ALL_GRIDLINES);
    buffer_free(&text);
}

void review_summary(struct review *review) {
    uint32_t row = write_verdict(review);
    row = write_ledger(review, row);
    row = write_active(review, row);
    row = review_charts(review, row);
    row = write_causes(review, row);
    row = write_files(review, row);
    write_notes(review, row);
    size_t columns = review->result->ledger.column_count + 2;
    sheet_check(&review->writer, worksheet_set_column(review->summary, 0, 0, 34, NULL));
    for (size_t i = 1; i < (columns < 8 ? 8 : columns); i++) { /* one by one: ranges must not overlap */
        size_t length = i >= 2 && i < columns ? strlen(review->result->columns[i - 2].title) * 5 / 4 + 2 : 0;
        sheet_check(&review->writer, worksheet_set_column(review->summary, (uint16_t)i, (uint16_t)i,
                                                          length < PLAIN_WIDTH ? PLAIN_WIDTH
                                                          : length < 36        ? (double)length
                                                                               : 36,
                                                          NULL));
    }
    worksheet_set_landscape(review->summary);
    worksheet_fit_to_pages(review->summary, 1, 0);
    sheet_check(&review->writer, worksheet_set_footer(review->summary, "&L&F&R&P / &N"));
    worksheet_gridlines(review->summary, LXW_HIDE_ALL_GRIDLINES);
    worksheet_freeze_panes(review->summary, 1, 1);
}
