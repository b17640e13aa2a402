/* totals.c: the sheet Totals: what each employee and each day has, our values beside live formulas over Rows, so that
 * the reviewer sees both agree. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "review/review_private.h"
#include "values/datetime.h"

#define FIRST_ROW 2 /* of the employees: behind title and header */

/* One line: an employee (people of one name together: Rows has the names) or a period. */
struct line {
    struct view title;
    int32_t day;
    uint64_t rows;
    wide_integer *sums;
    unsigned people;
};

struct totals {
    struct review *review;
    size_t columns;                     /* of the ledger */
    size_t *row_columns;                /* by ledger column: column in Rows, or SIZE_MAX */
    size_t count_column;                /* column of Rows with the count of rows, or SIZE_MAX: each is one */
    size_t metric_column, value_column; /* --layout metric, else SIZE_MAX */
    struct line *people, *days;
    size_t person_count, day_count;
};

static size_t field_column(const struct result *result, const char *title) {
    for (size_t i = 0; i < result->field_count; i++)
        if (strcmp(result->fields[i].title, title) == 0) return COLUMN_DATA + ROWS_FIXED + i;
    return SIZE_MAX;
}

static void find_columns(struct totals *totals) {
    const struct result *result = totals->review->result;
    bool is_by_row = strcmp(result->by, "row") == 0, is_metric = !is_by_row && strcmp(result->layout, "metric") == 0;
    totals->columns = result->ledger.column_count;
    totals->row_columns = memory_get_zero(totals->columns + 1, sizeof *totals->row_columns);
    for (size_t i = 0; i < totals->columns; i++)
        totals->row_columns[i] = field_column(result, result->columns[i].title);
    totals->count_column = is_by_row ? SIZE_MAX : field_column(result, "Count");
    totals->metric_column = is_metric ? field_column(result, "Metric") : SIZE_MAX;
    totals->value_column = is_metric ? field_column(result, "Value") : SIZE_MAX;
}

static void add_part(struct line *line, const struct result_part *part, size_t columns) {
    line->rows += part->rows;
    line->people++;
    for (size_t i = 0; i < columns; i++)
        line->sums[i] += part->sums[i];
}

static void group_people(struct totals *totals) {
    const struct result *result = totals->review->result;
    totals->people = memory_get_zero(result->person_count + 1, sizeof *totals->people);
    struct table *names = table_create();
    struct buffer folded = {0};
    for (size_t i = 0; i < result->person_count; i++) {
        const struct result_part *part = &result->people[i];
        folded.length = 0;
        for (const char *c = part->title; *c; c++) /* a spreadsheet's criteria know no case */
            buffer_add_char(&folded, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
        bool is_new;
        size_t number = table_add(names, buffer_view(&folded), &is_new);
        struct line *line = &totals->people[number];
        if (is_new)
            *line = (struct line){.title = view_of(part->title),
                                  .sums = memory_get_zero(totals->columns + 1, sizeof *line->sums)};
        add_part(line, part, totals->columns);
    }
    totals->person_count = table_count(names);
    table_destroy(names);
    buffer_free(&folded);
}

static int32_t day_of(const char *text) {
    struct datetime value = {0};
    datetime_parse(view_of(text), DATE_ORDER_YMD, &value, NULL);
    return date_to_days(value.year, value.month, value.day);
}

/* First day of the period that --by makes of a day. */
static int32_t period_of(const struct result *result, int32_t day) {
    int year, month, week;
    if (strcmp(result->by, "week") == 0) return date_week_start(day, &year, &week);
    if (strcmp(result->by, "month") != 0) return day;
    date_from_days(day, &year, &month, &week);
    return day - (week - 1);
}

static void group_days(struct totals *totals) {
    const struct result *result = totals->review->result;
    totals->days = memory_get_zero(result->day_count + 1, sizeof *totals->days);
    for (size_t i = 0; i < result->day_count; i++) {
        int32_t day = period_of(result, day_of(result->days[i].key));
        if (totals->day_count == 0 || totals->days[totals->day_count - 1].day != day)
            totals->days[totals->day_count++] =
                (struct line){.day = day, .sums = memory_get_zero(totals->columns + 1, sizeof *totals->days->sums)};
        add_part(&totals->days[totals->day_count - 1], &result->days[i], totals->columns);
    }
}

/* Whether one of the lines has less than nothing of the first money column. */
static bool has_minus(const struct totals *totals, const struct line *lines, size_t count) {
    size_t money = result_money_column(totals->review->result);
    for (size_t i = 0; money < totals->columns && i < count; i++)
        if (lines[i].sums[money] < 0) return true;
    return false;
}

/* --- formulas ------------------------------------------------------------------------------------------- */

/* 'Rows'!$F$2:$F$61 */
static void add_range(const struct review *review, struct buffer *out, size_t sheet, size_t column) {
    char first[32], last[32];
    lxw_rowcol_to_cell_abs(first, 1, (uint16_t)column, true, true);
    lxw_rowcol_to_cell_abs(last, review->row_counts[sheet] > 0 ? review->row_counts[sheet] : 1, (uint16_t)column, true,
                           true);
    buffer_print(out, "'%s'!%s:%s", review->row_names[sheet], first, last);
}

/* Signs that a criterion would read as patterns are taken literally. */
static void add_person_criterion(struct buffer *out, uint32_t row, struct view name) {
    bool is_pattern = memchr(name.text, '*', name.length) || memchr(name.text, '?', name.length) ||
                      memchr(name.text, '~', name.length);
    if (is_pattern)
        buffer_print(out, "\"=\"&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE($A%u,\"~\",\"~~\"),\"*\",\"~*\"),\"?\",\"~?\")",
                     row + 1);
    else
        buffer_print(out, "\"=\"&$A%u", row + 1);
}

static void add_criteria(const struct totals *totals, struct buffer *out, size_t sheet, uint32_t row,
                         const struct line *line, bool is_day) {
    const struct review *review = totals->review;
    if (!is_day) {
        add_range(review, out, sheet, COLUMN_DATA);
        buffer_add_char(out, ',');
        add_person_criterion(out, row, line->title);
        return;
    }
    char cell[16];
    lxw_rowcol_to_cell(cell, row, 0);
    const char *by = review->result->by;
    add_range(review, out, sheet, COLUMN_DATA + 1);
    buffer_print(out, ",\">=\"&$%s,", cell);
    add_range(review, out, sheet, COLUMN_DATA + 1);
    if (strcmp(by, "month") == 0)
        buffer_print(out, ",\"<\"&EDATE($%s,1)", cell);
    else
        buffer_print(out, ",\"<\"&$%s+%d", cell, strcmp(by, "week") == 0 ? 7 : 1);
}

/* The sum of a column of Rows, or of one metric, over all its sheets; `metric` NULL where it is no metric layout. */
static void add_formula(const struct totals *totals, struct buffer *out, size_t column, const char *metric,
                        uint32_t row, const struct line *line, bool is_day) {
    for (size_t sheet = 0; sheet < totals->review->row_sheets; sheet++) {
        buffer_add_char(out, sheet ? '+' : '=');
        buffer_add_text(out, column == SIZE_MAX ? "COUNTIFS(" : "SUMIFS(");
        if (column != SIZE_MAX) {
            add_range(totals->review, out, sheet, column);
            buffer_add_char(out, ',');
        }
        add_criteria(totals, out, sheet, row, line, is_day);
        if (metric) {
            buffer_add_char(out, ',');
            add_range(totals->review, out, sheet, totals->metric_column);
            buffer_add_text(out, ",\"");
            for (const char *c = metric; *c; c++)
                buffer_print(out, *c == '"' ? "\"\"" : "%c", *c);
            buffer_add_char(out, '"');
        }
        buffer_add_char(out, ')');
    }
}

/* --- writing ------------------------------------------------------------------------------------------------ */

static bool has_formulas(const struct totals *totals) {
    return totals->review->row_sheets > 0;
}

static bool has_formula(const struct totals *totals, size_t column) {
    return has_formulas(totals) && (totals->metric_column != SIZE_MAX || totals->row_columns[column] != SIZE_MAX);
}

/* Columns of a block: title, rows (and from Rows), for each amount ours (and from Rows), agrees. */
static uint16_t block_width(const struct totals *totals) {
    uint16_t width = has_formulas(totals) ? 4 : 2;
    for (size_t i = 0; i < totals->columns; i++)
        width = (uint16_t)(width + 1 + has_formula(totals, i));
    return width;
}

/* A heading; `is_from_rows`: over the sums that the sheet Rows gives, beside ours. */
static void write_label(struct totals *totals, uint32_t row, uint16_t column, const char *title, bool is_from_rows) {
    struct review *review = totals->review;
    char *label = memory_print("%s%s", title, is_from_rows ? "\n(from the Rows sheet)" : "");
    review_measure(review, column, is_from_rows ? strlen("(from the Rows sheet)") : 0);
    review_text(review, review->totals, row, column, view_of(label), review->wrapped_header);
    free(label);
}

static void write_header(struct totals *totals, uint32_t row, const char *title) {
    struct review *review = totals->review;
    uint16_t column = 1;
    review_height(review, review->totals, row, has_formulas(totals) ? 2 : 1);
    review_text(review, review->totals, row, 0, view_of(title), review->writer.header);
    write_label(totals, row, column++, "Rows", false);
    if (has_formulas(totals)) write_label(totals, row, column++, "Rows", true);
    for (size_t i = 0; i < totals->columns; i++) {
        write_label(totals, row, column++, review->result->columns[i].title, false);
        if (has_formula(totals, i)) write_label(totals, row, column++, review->result->columns[i].title, true);
    }
    if (has_formulas(totals)) review_text(review, review->totals, row, column, view_of("Agree"), review->writer.header);
}

static lxw_format *amount_format(const struct totals *totals, size_t column) {
    const struct review *review = totals->review;
    return review->result->columns[column].is_money ? review->writer.dollars[2] : review->writer.numbers[0];
}

/* AND of the pairs, as words. */
static void write_agreement(struct totals *totals, uint32_t row, uint16_t column, const struct buffer *pairs) {
    struct buffer formula = {0};
    buffer_print(&formula, "=IF(AND(%.*s),\"agrees\",\"DIFFERS\")", VIEW_ARGS(buffer_view(pairs)));
    char *text = buffer_take(&formula);
    sheet_check(&totals->review->writer,
                worksheet_write_formula_str(totals->review->totals, row, column, text, totals->review->good, "agrees"));
    free(text);
}

static void add_pair(struct buffer *pairs, uint32_t row, uint16_t left) {
    char a[16], b[16];
    lxw_rowcol_to_cell(a, row, left);
    lxw_rowcol_to_cell(b, row, (uint16_t)(left + 1));
    buffer_print(pairs, "%sABS(%s-%s)<0.00005", pairs->length ? "," : "", a, b);
}

static void write_formula(struct totals *totals, uint32_t row, uint16_t column, struct buffer *formula, double value,
                          lxw_format *format) {
    char *text = buffer_take(formula);
    sheet_check(&totals->review->writer,
                worksheet_write_formula_num(totals->review->totals, row, column, text, format, value));
    free(text);
}

static void write_line(struct totals *totals, uint32_t row, const struct line *line, bool is_day) {
    struct review *review = totals->review;
    struct buffer formula = {0}, pairs = {0};
    uint16_t column = 0;
    bool is_metric = totals->metric_column != SIZE_MAX;
    if (is_day)
        sheet_check(&review->writer,
                    worksheet_write_number(review->totals, row, column++, line->day + 25569, review->day));
    else
        review_text(review, review->totals, row, column++, line->title, review->writer.text);
    sheet_check(&review->writer,
                worksheet_write_number(review->totals, row, column, (double)line->rows, review->whole));
    if (has_formulas(totals)) {
        add_formula(totals, &formula, is_metric ? totals->value_column : totals->count_column,
                    is_metric ? "Count" : NULL, row, line, is_day);
        add_pair(&pairs, row, column++);
        write_formula(totals, row, column, &formula, (double)line->rows, review->whole);
    }
    column++;
    for (size_t i = 0; i < totals->columns; i++) {
        review_amount(review, review->totals, row, column, line->sums[i], amount_format(totals, i));
        if (has_formula(totals, i)) {
            add_formula(totals, &formula, is_metric ? totals->value_column : totals->row_columns[i],
                        is_metric ? review->result->columns[i].title : NULL, row, line, is_day);
            add_pair(&pairs, row, column++);
            write_formula(totals, row, column, &formula, review_double(line->sums[i]), amount_format(totals, i));
        }
        column++;
    }
    if (has_formulas(totals)) write_agreement(totals, row, column, &pairs);
    buffer_free(&pairs);
}

/* A sum of the lines above, as a formula with its value. */
static void write_sum(struct totals *totals, uint32_t row, uint16_t column, size_t count, double value,
                      lxw_format *format) {
    char from[16], to[16];
    struct buffer formula = {0};
    lxw_rowcol_to_cell(from, row - (uint32_t)count, column);
    lxw_rowcol_to_cell(to, row - 1, column);
    buffer_print(&formula, "=SUM(%s:%s)", from, to);
    write_formula(totals, row, column, &formula, value, format);
}

static void write_all(struct totals *totals, uint32_t row, const struct line *lines, size_t count) {
    struct review *review = totals->review;
    uint16_t column = 1;
    uint64_t rows = 0;
    review_text(review, review->totals, row, 0, view_of("All"), review->bold);
    for (size_t k = 0; k < count; k++)
        rows += lines[k].rows;
    for (int i = 0; i < (has_formulas(totals) ? 2 : 1); i++)
        write_sum(totals, row, column++, count, (double)rows, review->bold_whole);
    for (size_t i = 0; i < totals->columns; i++) {
        wide_integer sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += lines[k].sums[i];
        lxw_format *format = review->result->columns[i].is_money ? review->bold_money : review->bold_whole;
        for (int k = 0; k < (has_formula(totals, i) ? 2 : 1); k++)
            write_sum(totals, row, column++, count, review_double(sum), format);
    }
}

/* Header, lines and their sum; returns the row behind them. */
static uint32_t write_block(struct totals *totals, uint32_t row, const char *title, const struct line *lines,
                            size_t count, bool is_day) {
    write_header(totals, row++, title);
    for (size_t i = 0; i < count && row < SHEET_ROWS - 1; i++)
        write_line(totals, row++, &lines[i], is_day);
    if (count > 0) write_all(totals, row++, lines, count);
    return row + 1;
}

void review_totals(struct review *review) {
    struct totals totals = {.review = review};
    find_columns(&totals);
    group_people(&totals);
    group_days(&totals);
    uint16_t width = block_width(&totals);
    sheet_text(&review->writer, review->totals, 0, 0,
               view_of(has_formulas(&totals)
                           ? "Totals of this conversion, beside formulas that add up the sheet Rows: both must agree"
                           : "Totals of this conversion"),
               review->bold);
    review->person_first = FIRST_ROW;
    review->person_count = totals.person_count;
    uint32_t row = write_block(&totals, FIRST_ROW - 1, "Employee", totals.people, totals.person_count, false);
    lxw_conditional_format differs = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                      .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                      .value_string = (char *)"\"DIFFERS\"",
                                      .format = review->differs};
    if (has_formulas(&totals))
        sheet_check(&review->writer,
                    worksheet_conditional_format_range(review->totals, FIRST_ROW, (uint16_t)(width - 1), SHEET_ROWS - 1,
                                                       (uint16_t)(width - 1), &differs));
    const char *by = review->result->by;
    const char *period = strcmp(by, "month") == 0 ? "Month from" : strcmp(by, "week") == 0 ? "Week from" : "Day";
    review->day_first = row + 1;
    review->day_count = totals.day_count;
    review->has_minus_day = has_minus(&totals, totals.days, totals.day_count);
    review->has_minus_person = has_minus(&totals, totals.people, totals.person_count);
    row = write_block(&totals, row, period, totals.days, totals.day_count, true);
    for (uint16_t i = 0; i < width; i++)
        review_measure(review, i, 12);
    review_lay_out(review, review->totals, 1, row, width, false);
    worksheet_freeze_panes(review->totals, FIRST_ROW, 1);
    review_fit(review, review->totals, width);
    for (size_t i = 0; i < totals.person_count; i++)
        free(totals.people[i].sums);
    for (size_t i = 0; i < totals.day_count; i++)
        free(totals.days[i].sums);
    free(totals.people);
    free(totals.days);
    free(totals.row_columns);
}
