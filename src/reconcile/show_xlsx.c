/* show_xlsx.c: the comparison as a workbook: a summary whose sums are formulas over the sheets, and a sheet for each bucket. */
#include <stdlib.h>

#include "base/memory.h"
#include "output/sheet_writer.h"
#include "output/whole_file.h"
#include "reconcile/people_days.h"
#include "reconcile/reconciliation.h"
#include "reconcile/side_words.h"

static const char *const sheet_names[BUCKET_COUNT] = {"Same",      "Amount",     "Date",    "People",
                                                      "Only left", "Only right", "Repeated"};
#define AMOUNT_WIDTH 18
#define FIRST_AMOUNT 4 /* column of the first amount: behind ID, employee, day, row */

static void put_amount(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column,
                       const struct compared_total *total, wide_integer amount) {
    int places = total->is_money ? 2 : total->places;
    sheet_check(writer, worksheet_write_number(sheet, row, column, (double)amount / DECIMAL_SCALE,
                                               total->is_money ? writer->money[places] : writer->numbers[places]));
}

/* A head, in a column that is wide enough for it and for an amount. */
static void put_wide_head(struct sheet_writer *writer, lxw_worksheet *sheet, uint16_t column, const char *text,
                          double least) {
    double width = (double)strlen(text) + 3;
    sheet_text(writer, sheet, 0, column, view_of(text), writer->header);
    sheet_check(writer, worksheet_set_column(sheet, column, column, width > least ? width : least, NULL));
}

static void put_head(struct sheet_writer *writer, lxw_worksheet *sheet, uint16_t column, const char *text) {
    put_wide_head(writer, sheet, column, text, AMOUNT_WIDTH);
}

/* On paper: one page wide. */
static void set_page(lxw_worksheet *sheet) {
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_freeze_panes(sheet, 1, 1);
}

static void put_record(const struct reconciliation *reconciliation, struct sheet_writer *writer, lxw_worksheet *sheet,
                       uint32_t row, const struct unit *unit) {
    const struct comparison *comparison = &reconciliation->comparison;
    int side = unit->rows[0] != NO_ROW ? 0 : 1;
    char *person = unit_person(comparison, unit), *day = unit_day(comparison, unit);
    sheet_text(writer, sheet, row, 0, row_id(comparison, side, unit->rows[side]), writer->text);
    sheet_text(writer, sheet, row, 1, view_of(person), writer->text);
    sheet_text(writer, sheet, row, 2, view_of(day), writer->text);
    sheet_check(writer, worksheet_write_number(
                            sheet, row, 3, (double)side_row_at(&comparison->sides[side], unit->rows[side]).row, NULL));
    for (size_t m = 0; m < comparison->metric_count; m++) {
        uint16_t column = (uint16_t)(FIRST_AMOUNT + 3 * m);
        wide_integer left = unit->counts[0] ? row_amount(comparison, 0, unit->rows[0], m) : 0,
                     right = unit->counts[1] ? row_amount(comparison, 1, unit->rows[1], m) : 0;
        char formula[80], cells[2][24];
        const struct compared_total *total = &reconciliation->totals[m];
        put_amount(writer, sheet, row, column, total, left);
        put_amount(writer, sheet, row, (uint16_t)(column + 1), total, right);
        lxw_rowcol_to_cell(cells[0], row, column);
        lxw_rowcol_to_cell(cells[1], row, (lxw_col_t)(column + 1));
        snprintf(formula, sizeof formula, "=%s-%s", cells[1], cells[0]);
        sheet_check(writer, worksheet_write_formula_num(sheet, row, (lxw_col_t)(column + 2), formula,
                                                        writer->money[total->is_money ? 2 : total->places],
                                                        (double)(right - left) / DECIMAL_SCALE));
    }
    free(person);
    free(day);
}

/* Returns how many rows the sheet has besides its header; a sheet has no more than Excel takes. */
static bool add_bucket(const struct reconciliation *reconciliation, struct sheet_writer *writer, int bucket,
                       uint32_t *rows, struct error *error) {
    const struct comparison *comparison = &reconciliation->comparison;
    static const char *const heads[] = {"ID", "Employee", "Day", "Row"};
    lxw_worksheet *sheet = sheet_writer_add(writer, sheet_names[bucket], error);
    *rows = 0;
    if (!sheet) return false;
    for (uint16_t i = 0; i < FIRST_AMOUNT; i++)
        put_head(writer, sheet, i, heads[i]);
    for (size_t m = 0; m < comparison->metric_count; m++) {
        const char *const sides[] = {side_word(comparison, 0), side_word(comparison, 1), "difference"};
        for (size_t s = 0; s < 3; s++) {
            char *text = memory_print("%s, %s", reconciliation->totals[m].key, sides[s]);
            put_head(writer, sheet, (uint16_t)(FIRST_AMOUNT + 3 * m + s), text);
            free(text);
        }
    }
    set_page(sheet);
    for (size_t i = 0; i < comparison->unit_count && *rows < SHEET_ROWS - 1; i++)
        if (comparison->units[i].bucket == bucket)
            put_record(reconciliation, writer, sheet, ++*rows, &comparison->units[i]);
    return true;
}

/* Right less left, as a formula over the two lines above. */
static void put_gap(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column,
                    const struct compared_total *total, wide_integer gap) {
    char formula[80], cells[2][24];
    lxw_rowcol_to_cell(cells[0], row - 2, column);
    lxw_rowcol_to_cell(cells[1], row - 1, column);
    snprintf(formula, sizeof formula, "=%s-%s", cells[1], cells[0]);
    int places = total->is_money ? 2 : total->places;
    sheet_check(writer, worksheet_write_formula_num(sheet, row, column, formula,
                                                    total->is_money ? writer->money[places] : writer->numbers[places],
                                                    (double)gap / DECIMAL_SCALE));
}

static void put_summary(const struct reconciliation *reconciliation, struct sheet_writer *writer, lxw_worksheet *sheet,
                        const uint32_t *rows) {
    uint32_t row = 1;
    set_page(sheet);
    put_head(writer, sheet, 0, "Bucket");
    put_head(writer, sheet, 1, "Records");
    for (size_t m = 0; m < reconciliation->total_count; m++)
        put_head(writer, sheet, (uint16_t)(2 + m), reconciliation->totals[m].key);
    for (int bucket = 0; reconciliation->has_buckets && bucket < BUCKET_COUNT; bucket++, row++) {
        char formula[120], cells[2][24];
        wide_integer amounts[METRIC_LIMIT] = {0};
        bucket_sum(&reconciliation->comparison, (enum bucket)bucket, amounts);
        sheet_text(writer, sheet, row, 0, view_of(sheet_names[bucket]), writer->text);
        snprintf(formula, sizeof formula, "=COUNTA('%s'!A2:A%u)", sheet_names[bucket], rows[bucket] + 2);
        sheet_check(writer, worksheet_write_formula_num(sheet, row, 1, formula, NULL, rows[bucket]));
        for (size_t m = 0; m < reconciliation->total_count; m++) {
            lxw_col_t column = (lxw_col_t)(FIRST_AMOUNT + 3 * m + 2);
            const struct compared_total *total = &reconciliation->totals[m];
            lxw_rowcol_to_cell(cells[0], 1, column);
            lxw_rowcol_to_cell(cells[1], rows[bucket] + 1, column);
            snprintf(formula, sizeof formula, "=SUM('%s'!%s:%s)", sheet_names[bucket], cells[0], cells[1]);
            sheet_check(writer, worksheet_write_formula_num(sheet, row, (lxw_col_t)(2 + m), formula,
                                                            writer->money[total->is_money ? 2 : total->places],
                                                            (double)amounts[m] / DECIMAL_SCALE));
        }
    }
    const char *const lines[] = {side_word(&reconciliation->comparison, 0), side_word(&reconciliation->comparison, 1),
                                 "gap"};
    for (int line = 0; line < 3; line++, row++) {
        sheet_text(writer, sheet, row, 0, view_of(lines[line]), writer->text);
        for (size_t m = 0; m < reconciliation->total_count; m++) {
            const struct compared_total *total = &reconciliation->totals[m];
            const wide_integer amounts[] = {total->left, total->right, total->right - total->left};
            if (line < 2)
                put_amount(writer, sheet, row, (uint16_t)(2 + m), total, amounts[line]);
            else
                put_gap(writer, sheet, row, (uint16_t)(2 + m), total, amounts[line]);
        }
    }
}

static bool add_explanations(const struct reconciliation *reconciliation, struct sheet_writer *writer,
                             struct error *error) {
    static const char *const heads[] = {"Rank", "Explanation", "Explains", "Amount of", "Amount", "Rows", "Way out"};
    static const double widths[] = {6, 70, 10, 22, 16, 8, 70};
    lxw_worksheet *sheet = sheet_writer_add(writer, "Explanations", error);
    if (!sheet) return false;
    for (uint16_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_wide_head(writer, sheet, i, heads[i], widths[i]);
    set_page(sheet);
    for (uint32_t i = 0; i < reconciliation->found.count; i++) {
        const struct finding *finding = reconciliation->found.list[i];
        const struct compared_total *total = &reconciliation->totals[finding->metric];
        struct buffer sentence = {0};
        add_sentence(reconciliation, finding, &sentence);
        sheet_check(writer, worksheet_write_number(sheet, i + 1, 0, i + 1, NULL));
        sheet_text(writer, sheet, i + 1, 1, buffer_view(&sentence), writer->text);
        sheet_text(writer, sheet, i + 1, 2, view_of(finding->is_all ? "all" : "part"), writer->text);
        sheet_text(writer, sheet, i + 1, 3, view_of(total->key), writer->text);
        put_amount(writer, sheet, i + 1, 4, total, finding->amounts[finding->metric]);
        sheet_check(writer, worksheet_write_number(sheet, i + 1, 5, (double)finding->rows, NULL));
        if (finding->command) sheet_text(writer, sheet, i + 1, 6, view_of(finding->command), writer->text);
        buffer_free(&sentence);
    }
    return true;
}

bool reconciliation_xlsx(const struct reconciliation *reconciliation, const char *path, bool force, int64_t created,
                         const struct place_watch *watch, struct error *error) {
    struct whole_file file;
    struct sheet_writer writer;
    uint32_t rows[BUCKET_COUNT] = {0};
    if (!whole_file_begin(path, force, watch, &file, error)) return false;
    bool is_fine = sheet_writer_open(&writer, file.path, file.place.temporary, "Reconcile", created, false, error);
    if (is_fine) {
        lxw_worksheet *summary = sheet_writer_add(&writer, "Summary", error);
        is_fine = summary != NULL && add_explanations(reconciliation, &writer, error);
        for (int bucket = 0; is_fine && reconciliation->has_buckets && bucket < BUCKET_COUNT; bucket++)
            is_fine = add_bucket(reconciliation, &writer, bucket, &rows[bucket], error);
        if (is_fine) put_summary(reconciliation, &writer, summary, rows);
        bool is_closed = sheet_writer_close(&writer, path, error);
        is_fine = is_fine && is_closed;
    }
    is_fine = is_fine && whole_file_publish(&file, error);
    whole_file_discard(&file);
    return is_fine;
}
