/* expect_parse.c: what was expected, from the command line or a table. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect.h"
#include "reconcile/text_file.h"
#include "values/period_text.h"

void conditions_free(struct condition *conditions, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(conditions[i].field);
        free(conditions[i].value);
    }
    free(conditions);
}

void expectations_free(struct expectations *expectations) {
    for (size_t i = 0; i < expectations->count; i++) {
        free(expectations->list[i].metric);
        conditions_free(expectations->list[i].conditions, expectations->list[i].condition_count);
    }
    free(expectations->list);
    *expectations = (struct expectations){0};
}

void condition_parse(const char *text, struct condition *condition) {
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : strlen(text);
    condition->field = memory_copy(view_trim(view_from(text, length)));
    condition->value = memory_copy(view_trim(view_of(equals ? equals + 1 : "")));
}

static struct expectation *add(struct expectations *expectations) {
    expectations->list = memory_resize(expectations->list, (expectations->count + 1) * sizeof *expectations->list);
    struct expectation *one = &expectations->list[expectations->count++];
    *one = (struct expectation){0};
    return one;
}

static void add_condition(struct expectation *one, struct view field, struct view value) {
    one->conditions = memory_resize(one->conditions, (one->condition_count + 1) * sizeof *one->conditions);
    one->conditions[one->condition_count++] = (struct condition){memory_copy(field), memory_copy(value)};
}

static const struct decimal_style comma_style = {',', '.'};

static bool is_number(struct view text, const struct decimal_style *style) {
    int64_t ignored;
    return decimal_is_exact(decimal_parse(text, style, &ignored));
}

/* Digits behind the point, at most 4. */
static int places_of(struct view text, char point) {
    int places = 0;
    bool is_behind = false;
    for (size_t i = 0; i < text.length; i++) {
        bool is_digit = text.text[i] >= '0' && text.text[i] <= '9';
        places += is_behind && is_digit;
        is_behind = is_behind || text.text[i] == point;
    }
    return places < 4 ? places : 4;
}

static bool read_number(struct view text, const struct decimal_style *style, struct expectation *one,
                        struct error *error) {
    int64_t number = 0;
    if (!decimal_is_exact(decimal_parse(text, style, &number))) {
        error_set(error, EXIT_WRONG_USE, "the expected number \"%.*s\" is not a number", VIEW_ARGS(text));
        return error_fix(error, "Write for example --expect \"Jobs Total=232891.98\"");
    }
    one->number = number;
    one->places = places_of(text, style->point);
    return true;
}

/* 300,00 and 1.234,50 are numbers only with a decimal comma. */
static const struct decimal_style *style_of(struct view text) {
    return !is_number(text, &decimal_style_default) && is_number(text, &comma_style) ? &comma_style
                                                                                     : &decimal_style_default;
}

/* A period or FIELD=VALUE behind the number. */
static bool read_part(struct view part, struct expectation *one, struct error *error) {
    const char *equals = part.length > 0 ? memchr(part.text, '=', part.length) : NULL;
    if (part.length == 0) return true;
    if (equals) {
        size_t length = (size_t)(equals - part.text);
        add_condition(one, view_trim(view_from(part.text, length)),
                      view_trim(view_from(equals + 1, part.length - length - 1)));
        return true;
    }
    struct datetime day;
    if (period_text_find(part, &one->from, &one->to)) {
        one->has_period = true;
        return true;
    }
    if (datetime_parse(part, DATE_ORDER_MDY, &day, NULL) == DATETIME_FINE) {
        one->has_period = true;
        one->from = one->to = date_to_days(day.year, day.month, day.day);
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "--expect: \"%.*s\" is neither FIELD=VALUE nor a period", VIEW_ARGS(part));
    return error_fix(error,
                     "Write for example --expect \"Jobs Total=99.00; Business Unit=Phoenix; 2025-08-18..2025-08-24\"");
}

bool expectation_parse(const char *text, struct expectations *expectations, struct error *error) {
    struct expectation *one = add(expectations);
    bool is_first = true;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, ";");
        struct view part = view_trim(view_from(at, length));
        at += length + (at[length] == ';');
        if (!is_first) {
            if (!read_part(part, one, error)) return false;
            continue;
        }
        is_first = false;
        size_t place = part.length;
        while (place > 0 && part.text[place - 1] != '=')
            place--;
        struct view name = view_trim(view_from(part.text, place > 0 ? place - 1 : 0));
        if (name.length == 0) break;
        one->metric = memory_copy(name);
        struct view number = view_trim(view_from(part.text + place, part.length - place));
        if (!read_number(number, style_of(number), one, error)) return false;
    }
    if (one->metric) return true;
    error_set(error, EXIT_WRONG_USE, "--expect \"%s\" lacks a name and its number", text);
    return error_fix(error, "Write for example --expect \"Jobs Total=232891.98\"");
}

/* --- a table ---------------------------------------------------------------------------------------------------------- */

enum { TABLE_EMPLOYEE, TABLE_UNIT, TABLE_FROM, TABLE_TO, TABLE_METRIC, TABLE_NUMBER, TABLE_PERIOD, TABLE_COLUMNS };

struct table_reading {
    struct expectations *expectations;
    struct error *error;
    size_t places[TABLE_COLUMNS];
    bool has_header, is_broken;
    const struct decimal_style *style;      /* of all its numbers */
    char *with_point, *with_comma, *either; /* owned; the first number that is one only so; or both, but another */
};

/* What a column may be called, our own name first. */
static bool is_called(struct view cell, int column) {
    static const char *const names[TABLE_COLUMNS][6] = {{"employee", "technician", "name", "person"},
                                                        {"unit", "business unit", "bu", "team"},
                                                        {"from", "start", "start date", "date", "day", "first day"},
                                                        {"to", "end", "end date", "until", "last day"},
                                                        {"metric", "kpi", "field", "formula", "title"},
                                                        {"number", "value", "total", "amount", "result"},
                                                        {"period", "date range", "dates", "days", "month", "week"}};
    for (size_t i = 0; i < 6 && names[column][i]; i++)
        if (view_equal_fold(view_trim(cell), view_of(names[column][i]))) return true;
    return false;
}

static bool take_header(struct table_reading *reading, const struct view *cells, size_t count) {
    reading->has_header = true;
    for (int n = 0; n < TABLE_COLUMNS; n++) {
        reading->places[n] = SIZE_MAX;
        for (size_t i = 0; i < count && reading->places[n] == SIZE_MAX; i++)
            if (is_called(cells[i], n)) reading->places[n] = i;
    }
    if (reading->places[TABLE_METRIC] != SIZE_MAX && reading->places[TABLE_NUMBER] != SIZE_MAX) return true;
    error_set(reading->error, EXIT_WRONG_USE, "--expect-file: the table has no columns metric and number");
    reading->is_broken = !error_fix(reading->error, "Its header is: employee,unit,from,to,metric,number");
    return false;
}

static struct view cell_of(const struct table_reading *reading, const struct view *cells, size_t count, int column) {
    size_t place = reading->places[column];
    return place < count ? view_trim(cells[place]) : view_of("");
}

static bool read_day(struct view text, int32_t *day) {
    struct datetime when;
    if (datetime_parse(text, DATE_ORDER_MDY, &when, NULL) != DATETIME_FINE) return false;
    *day = date_to_days(when.year, when.month, when.day);
    return true;
}

/* The days of a row; a day that cannot be read, or an end without a beginning, would be all days in silence. */
static bool read_days(struct table_reading *reading, struct view from, struct view to, struct expectation *one) {
    if (from.length == 0 && to.length == 0) return true;
    one->has_period = read_day(from, &one->from);
    if (one->has_period) one->to = one->from;
    bool has_end = one->has_period && read_day(to, &one->to);
    if (one->has_period && (has_end || to.length == 0) && one->to >= one->from) return true;
    error_set(reading->error, EXIT_WRONG_USE, "--expect-file: \"%.*s\" to \"%.*s\" are not the days of a period",
              VIEW_ARGS(from), VIEW_ARGS(to));
    return error_fix(reading->error, "Write days as 2025-08-18 or 8/18/2025, the first one in the column from.");
}

/* The same in one cell: "8/18/2025 - 8/24/2025". */
static bool read_period(struct table_reading *reading, struct view text, struct expectation *one) {
    if (text.length == 0) return true;
    one->has_period = period_text_find(text, &one->from, &one->to);
    if (one->has_period) return true;
    one->has_period = read_day(text, &one->from);
    if (one->has_period) one->to = one->from;
    if (one->has_period) return true;
    error_set(reading->error, EXIT_WRONG_USE, "--expect-file: \"%.*s\" is not a period", VIEW_ARGS(text));
    return error_fix(reading->error, "Write its days as 2025-08-18..2025-08-24, or in the columns from and to.");
}

/* A row without a metric: blank, or with a number that would not be compared. */
static bool pass_over(struct table_reading *reading, struct view number) {
    if (number.length == 0) return true;
    error_set(reading->error, EXIT_WRONG_USE, "--expect-file: the number \"%.*s\" has no metric in its row",
              VIEW_ARGS(number));
    reading->is_broken = !error_fix(reading->error, "Write the metric in each row, as the export calls it.");
    return false;
}

/* No number would agree with everything. */
static bool has_none(const char *path, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "--expect-file: %s has no number to compare", path);
    return error_fix(error, "Its header is: employee,unit,from,to,metric,number. Each row below it is one number.");
}

static bool take_row(void *context, const struct view *cells, size_t count) {
    struct table_reading *reading = context;
    if (!reading->has_header) return take_header(reading, cells, count);
    struct view employee = cell_of(reading, cells, count, TABLE_EMPLOYEE),
                unit = cell_of(reading, cells, count, TABLE_UNIT), from = cell_of(reading, cells, count, TABLE_FROM),
                to = cell_of(reading, cells, count, TABLE_TO), metric = cell_of(reading, cells, count, TABLE_METRIC);
    if (metric.length == 0) return pass_over(reading, cell_of(reading, cells, count, TABLE_NUMBER));
    struct view period = cell_of(reading, cells, count, TABLE_PERIOD);
    struct expectation *one = add(reading->expectations);
    one->metric = memory_copy(metric);
    if (!read_period(reading, period, one) ||
        !read_number(cell_of(reading, cells, count, TABLE_NUMBER), reading->style, one, reading->error) ||
        !read_days(reading, from, to, one)) {
        reading->is_broken = true;
        return false;
    }
    if (employee.length > 0) add_condition(one, view_of("Employee"), employee);
    if (unit.length > 0) add_condition(one, view_of("Business Unit"), unit);
    return true;
}

/* What divides the cells of the header: a dashboard's table comes with tabs, a German Excel's with semicolons. */
static char delimiter_of(struct view text) {
    static const char signs[] = {',', ';', '\t'};
    size_t counts[3] = {0}, best = 0;
    for (size_t i = 0; i < text.length && text.text[i] != '\n'; i++)
        for (size_t s = 0; s < 3; s++)
            counts[s] += text.text[i] == signs[s];
    for (size_t s = 1; s < 3; s++)
        if (counts[s] > counts[best]) best = s;
    return signs[best];
}

/* What the first line of a table from Excel says of that: "sep=;". */
static bool take_mark(struct view *text, char *delimiter) {
    if (text->length < 5 || !view_equal_fold(view_from(text->text, 4), view_of("sep="))) return false;
    *delimiter = text->text[4];
    const char *end = memchr(text->text, '\n', text->length);
    size_t length = end ? (size_t)(end - text->text) + 1 : text->length;
    *text = view_from(text->text + length, text->length - length);
    return true;
}

static bool is_other_with_comma(struct view number) {
    int64_t point = 0, comma = 0;
    decimal_parse(number, &decimal_style_default, &point);
    decimal_parse(number, &comma_style, &comma);
    return point != comma;
}

static bool look_at_number(void *context, const struct view *cells, size_t count) {
    struct table_reading *reading = context;
    if (!reading->has_header) return take_header(reading, cells, count);
    struct view number = cell_of(reading, cells, count, TABLE_NUMBER);
    bool has_point = is_number(number, &decimal_style_default), has_comma = is_number(number, &comma_style);
    char **proof = has_point ? &reading->with_point : &reading->with_comma;
    if (has_point != has_comma && !*proof) *proof = memory_copy(number);
    if (has_point && has_comma && !reading->either && is_other_with_comma(number))
        reading->either = memory_copy(number);
    return true;
}

static void go_over(struct table_reading *reading, struct view text, char delimiter, csv_table_taker *take) {
    struct csv_table table;
    reading->has_header = false;
    csv_table_start(&table, delimiter, take, reading);
    csv_table_piece(&table, text);
    csv_table_finish(&table);
    csv_table_end(&table);
}

/* One number that is one only with a decimal comma proves it for all: 1,234 beside 300,00 is 1.234. Semicolons between cells
 * are of a country that may write so. */
static bool choose_style(struct table_reading *reading, char delimiter) {
    bool is_proved = reading->with_point || reading->with_comma;
    if (!is_proved && reading->either && delimiter == ';') {
        error_set(reading->error, EXIT_WRONG_USE,
                  "--expect-file: nothing says whether \"%s\" has thousands or decimals behind its mark",
                  reading->either);
        return error_fix(reading->error, "Write it with its cents, such as 1234.00");
    }
    reading->style = reading->with_comma ? &comma_style : &decimal_style_default;
    if (!reading->with_point || !reading->with_comma) return true;
    error_set(reading->error, EXIT_WRONG_USE, "--expect-file: \"%s\" has a decimal point and \"%s\" a decimal comma",
              reading->with_point, reading->with_comma);
    return error_fix(reading->error, "Write all its numbers in one way: 1234.50");
}

bool expectations_read(const char *path, struct expectations *expectations, struct error *error) {
    struct table_reading reading = {.expectations = expectations, .error = error};
    struct buffer text = {0};
    size_t before = expectations->count;
    bool is_fine = text_file_read(path, &text, error);
    if (is_fine) {
        struct view all = buffer_view(&text);
        char delimiter;
        if (!take_mark(&all, &delimiter)) delimiter = delimiter_of(all);
        go_over(&reading, all, delimiter, look_at_number);
        is_fine = !reading.is_broken && choose_style(&reading, delimiter);
        if (is_fine) go_over(&reading, all, delimiter, take_row);
    }
    buffer_free(&text);
    free(reading.with_point);
    free(reading.with_comma);
    free(reading.either);
    if (!is_fine || reading.is_broken) return false;
    return expectations->count > before || has_none(path, error);
}
