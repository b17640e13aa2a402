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

static bool read_number(struct view text, struct expectation *one, struct error *error) {
    int64_t number = 0;
    if (!decimal_is_exact(decimal_parse(text, &decimal_style_default, &number))) {
        error_set(error, EXIT_WRONG_USE, "the expected number \"%.*s\" is not a number", VIEW_ARGS(text));
        return error_fix(error, "Write for example --expect \"Jobs Total=232891.98\"");
    }
    one->number = number;
    return true;
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
        if (place == 0) break;
        one->metric = memory_copy(view_trim(view_from(part.text, place - 1)));
        if (!read_number(view_trim(view_from(part.text + place, part.length - place)), one, error)) return false;
    }
    if (one->metric) return true;
    error_set(error, EXIT_WRONG_USE, "--expect \"%s\" lacks a name and its number", text);
    return error_fix(error, "Write for example --expect \"Jobs Total=232891.98\"");
}

/* --- a table ---------------------------------------------------------------------------------------------------------- */

enum { TABLE_EMPLOYEE, TABLE_UNIT, TABLE_FROM, TABLE_TO, TABLE_METRIC, TABLE_NUMBER, TABLE_COLUMNS };

struct table_reading {
    struct expectations *expectations;
    struct error *error;
    size_t places[TABLE_COLUMNS];
    bool has_header, is_broken;
};

static bool take_header(struct table_reading *reading, const struct view *cells, size_t count) {
    static const char *const names[] = {"employee", "unit", "from", "to", "metric", "number"};
    reading->has_header = true;
    for (size_t n = 0; n < TABLE_COLUMNS; n++) {
        reading->places[n] = SIZE_MAX;
        for (size_t i = 0; i < count; i++)
            if (view_equal_fold(view_trim(cells[i]), view_of(names[n]))) reading->places[n] = i;
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

static bool take_row(void *context, const struct view *cells, size_t count) {
    struct table_reading *reading = context;
    if (!reading->has_header) return take_header(reading, cells, count);
    struct view employee = cell_of(reading, cells, count, TABLE_EMPLOYEE),
                unit = cell_of(reading, cells, count, TABLE_UNIT), from = cell_of(reading, cells, count, TABLE_FROM),
                to = cell_of(reading, cells, count, TABLE_TO), metric = cell_of(reading, cells, count, TABLE_METRIC);
    struct datetime day;
    if (metric.length == 0) return true;
    struct expectation *one = add(reading->expectations);
    one->metric = memory_copy(metric);
    if (!read_number(cell_of(reading, cells, count, TABLE_NUMBER), one, reading->error)) {
        reading->is_broken = true;
        return false;
    }
    if (employee.length > 0) add_condition(one, view_of("Employee"), employee);
    if (unit.length > 0) add_condition(one, view_of("Business Unit"), unit);
    if (datetime_parse(from, DATE_ORDER_MDY, &day, NULL) == DATETIME_FINE) {
        one->has_period = true;
        one->from = one->to = date_to_days(day.year, day.month, day.day);
    }
    if (one->has_period && datetime_parse(to, DATE_ORDER_MDY, &day, NULL) == DATETIME_FINE)
        one->to = date_to_days(day.year, day.month, day.day);
    return true;
}

bool expectations_read(const char *path, struct expectations *expectations, struct error *error) {
    struct table_reading reading = {.expectations = expectations, .error = error};
    return text_file_rows(path, take_row, &reading, error) && !reading.is_broken;
}
