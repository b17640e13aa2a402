/* charts.c: the charts of the sheet Summary, over the table of the sheet Totals. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "review/review_private.h"

#define CHART_ROWS 16
#define CHART_PEOPLE 25

struct chart_of {
    const char *title;
    uint8_t type;
    uint16_t category, value; /* columns of Totals */
    size_t first, count;      /* rows */
    const char *series, *number_format;
    bool has_minus; /* then its axis goes below zero; all others begin there */
};

static void insert_chart(struct review *review, uint32_t row, uint16_t column, const struct chart_of *of) {
    lxw_chart *chart = workbook_add_chart(review->writer.workbook, of->type);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    uint32_t first = (uint32_t)of->first, last = (uint32_t)(of->first + of->count - 1);
    chart_series_set_categories(series, "Totals", first, of->category, last, of->category);
    chart_series_set_values(series, "Totals", first, of->value, last, of->value);
    chart_series_set_name(series, of->series);
    lxw_chart_fill fill = {.color = 0x2F6DB5};
    chart_series_set_fill(series, &fill);
    chart_title_set_name(chart, of->title);
    lxw_chart_font title_font = {.size = 11, .bold = LXW_TRUE};
    chart_title_set_name_font(chart, &title_font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    lxw_chart_font small = {.size = 8};
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_num_font(chart->y_axis, &small);
    bool is_bar = of->type == LXW_CHART_BAR;
    /* libxlsxwriter exchanges the axes of bar charts: y has the categories */
    lxw_chart_axis *categories = is_bar ? chart->y_axis : chart->x_axis;
    lxw_chart_axis *values = is_bar ? chart->x_axis : chart->y_axis;
    if (is_bar) chart_axis_set_reverse(categories); /* the largest on top */
    chart_axis_set_num_format(values, of->number_format);
    if (!of->has_minus) chart_axis_set_min(values, 0); /* else 2 % more may look like twice as much */
    bool is_by_month = strcmp(review->result->by, "month") == 0;
    if (!is_bar) chart_axis_set_num_format(categories, is_by_month ? "mmm yyyy" : "m/d/yyyy");
    chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    lxw_chart_line grid = {.color = 0xD9DEE6};
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    lxw_chart_options options = {.x_scale = 1.0,
                                 .y_scale = 1.05,
                                 .x_offset = column > 0 ? 16 : 4,
                                 .y_offset = 4,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = (char *)of->title};
    sheet_check(&review->writer, worksheet_insert_chart_opt(review->summary, row, column, chart, &options));
}

/* Columns of Totals: title, rows[, counted], then each amount, followed by its formula where Rows are there. */
static uint16_t amount_column(const struct review *review, size_t index) {
    const struct result *result = review->result;
    bool has_rows = review->row_sheets > 0;
    uint16_t column = has_rows ? 3 : 2;
    bool is_metric = strcmp(result->by, "row") != 0 && strcmp(result->layout, "metric") == 0;
    for (size_t i = 0; i < index; i++) {
        bool is_sent = is_metric;
        for (size_t k = 0; k < result->field_count; k++)
            is_sent = is_sent || strcmp(result->fields[k].title, result->columns[i].title) == 0;
        column = (uint16_t)(column + 1 + (has_rows && is_sent));
    }
    return column;
}

uint32_t review_charts(struct review *review, uint32_t row) {
    const struct result *result = review->result;
    if (review->person_count == 0) return row;
    size_t money = result_money_column(result);
    bool has_money = money < result->ledger.column_count;

    const char *unit = strcmp(result->by, "row") == 0 ? "day" : result->by;
    char *day_title = has_money ? memory_print("%s per %s", result->columns[money].title, unit) : NULL;
    char *rows_title = memory_print("Rows per %s", unit);
    char *person_title =
        has_money ? memory_print("%s per employee", result->columns[money].title) : memory_print("Rows per employee");
    size_t people = review->person_count < CHART_PEOPLE ? review->person_count : CHART_PEOPLE;
    struct chart_of rows = {rows_title,        LXW_CHART_COLUMN, 0,       1,    review->day_first,
                            review->day_count, "Rows",           "#,##0", false};
    struct chart_of amounts = {day_title,
                               LXW_CHART_COLUMN,
                               0,
                               has_money ? amount_column(review, money) : 0,
                               review->day_first,
                               review->day_count,
                               has_money ? result->columns[money].title : "",
                               has_money ? "$#,##0" : "#,##0",
                               review->has_minus_day};
    struct chart_of persons = {person_title,
                               LXW_CHART_BAR,
                               0,
                               has_money ? amount_column(review, money) : 1,
                               review->person_first,
                               people,
                               has_money ? result->columns[money].title : "Rows",
                               has_money ? "$#,##0" : "#,##0",
                               has_money && review->has_minus_person};
    /* one day alone is no course of time, and LibreOffice would show it as its year */
    bool has_course = review->day_count > 1;
    if (has_course) insert_chart(review, row, 0, has_money ? &amounts : &rows);
    insert_chart(review, row, has_course ? 3 : 0, &persons);
    row += CHART_ROWS;
    if (has_money && has_course) {
        insert_chart(review, row, 0, &rows);
        row += CHART_ROWS;
    }
    free(day_title);
    free(rows_title);
    free(person_title);
    return row + 1;
}
