/* adopt.c: columns that the schema does not know and an option names become fields. Their first block is read before the
 * rows: a column of money shall not go out as text, and --date takes any column whose values are dates. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "input/source/workbook.h"
#include "schema/label_words.h"
#include "values/boolean.h"

/* What the first values of a column show. */
struct peek {
    struct unsent_column column;
    struct unsent_values values;
    uint64_t dates, filled;
};

static void look(struct peek *peek, struct view text) {
    struct datetime value;
    text = view_trim(text);
    if (text.length == 0 || placeholder_text(text)) return;
    peek->filled++;
    enum datetime_reason reason = datetime_parse(text, DATE_ORDER_MDY, &value, NULL);
    if (reason != DATETIME_FINE) reason = datetime_parse(text, DATE_ORDER_DMY, &value, NULL);
    if (reason == DATETIME_PLACEHOLDER) peek->filled--;
    peek->dates += reason == DATETIME_FINE;
    unsent_look(&peek->column, text, &peek->values);
}

/* Reads the first block of the file, and goes back to its begin. */
static bool peek_file(struct input *input, size_t column, struct peek *peek, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++)
        paths[i] = facts->columns[i].label;
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    struct block block = {0};
    struct record record = {0};
    bool is_end = false, is_fine = input_next_block(input, &block, &is_end, error);
    if (is_fine && !is_end) {
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            if (record.kind == RECORD_DATA && column < record.cell_count) look(peek, record.cells[column].text);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    record_reader_destroy(reader);
    free(paths);
    peek->values.with_sign += workbook_money_cells(facts, column); /* before the workbook begins again */
    return is_fine && input_rewind(input, error);
}

/* The column of that name in the files, and what it holds; `*label` stays empty where none has it. A label that is equal goes
 * before one that is equal without its brackets. */
static bool peek_named(struct run *run, struct view name, struct view *label, struct peek *peek, struct error *error) {
    bool (*const is_same[])(struct view, struct view) = {view_equal, label_equal_whole, label_equal};
    *label = view_of("");
    for (size_t how = 0; how < sizeof is_same / sizeof *is_same && label->length == 0; how++)
        for (size_t file = 0; file < run->file_count; file++) {
            const struct input_facts *facts = input_facts(run->inputs[file]);
            for (size_t i = 0; i < facts->column_count; i++) {
                if (!is_same[how](facts->columns[i].label, name)) continue;
                *label = facts->columns[i].label;
                peek->column = (struct unsent_column){i, *label, label_is_money(*label), label_is_hours(*label)};
                return peek_file(run->inputs[file], i, peek, error);
            }
        }
    return true;
}

static void set_number(struct field *field, bool is_money) {
    field->type = FIELD_NUMBER;
    field->is_money = is_money;
    field->places = is_money ? 2 : 0;
    field->aggregate = label_is_average(view_of(field->name)) ? AGGREGATE_NONE : AGGREGATE_SUM;
}

/* A field made of a column is text unless its values prove it an amount, hours or a count. */
static void type_field(struct field *field, const struct peek *peek) {
    bool are_numbers = peek->values.numbers > 0 && peek->values.others == 0;
    switch (unsent_kind(&peek->column, &peek->values)) {
    case UNSENT_MONEY: set_number(field, true); return;
    case UNSENT_HOURS:
        set_number(field, false);
        if (peek->values.durations > 0) field->type = FIELD_DURATION;
        return;
    case UNSENT_OTHER: break;
    }
    if (are_numbers && label_is_count(view_of(field->name))) set_number(field, false);
}

/* `*peek` starts empty; what the column of a new field shows. */
static bool adopt_field(struct run *run, const char *name, struct peek *peek, struct error *error) {
    struct view label;
    if (!name || schema_find_exactly(run->schema, view_of(name)) != SIZE_MAX) return true;
    /* a field that is the same but for brackets is another column: Total (Payments) beside Total (Invoices) */
    bool is_near = schema_find_field(run->schema, view_of(name)) != SIZE_MAX;
    if (is_near && label_suffix(view_of(name)).length == 0) return true;
    if (!peek_named(run, view_of(name), &label, peek, error)) return false;
    if (label.length == 0 || (is_near && !label_equal_whole(label, view_of(name)))) return true;
    schema_add_column(run->schema, label);
    type_field(&run->schema->fields[run->schema->field_count - 1], peek);
    return true;
}

/* What the values of a column are that names no person, for a message; NULL where they may be people. */
static const char *what_else(const struct peek *peek) {
    struct view label = peek->column.label;
    bool are_numbers = peek->values.numbers > 0 && peek->values.others == 0;
    if (peek->filled > 0 && peek->dates * 10 >= peek->filled * 9) return "dates";
    switch (unsent_kind(&peek->column, &peek->values)) {
    case UNSENT_MONEY: return "amounts";
    case UNSENT_HOURS: return "hours";
    case UNSENT_OTHER: break;
    }
    return are_numbers && !label_names_person_id(label) && !label_is_person(label) ? "numbers" : NULL;
}

/* The person is a text, whatever it looks like. */
static bool adopt_person(struct run *run, const char *name, struct error *error) {
    size_t before = run->schema->field_count;
    struct peek peek = {0};
    if (!adopt_field(run, name, &peek, error)) return false;
    if (run->schema->field_count == before) return true;
    if (what_else(&peek)) {
        error_set(error, EXIT_WRONG_USE, "--employee %s: this column holds %s, so each would be an employee", name,
                  what_else(&peek));
        return error_fix(error, "To list the file's columns:\nst2plecto inspect FILE");
    }
    struct field *field = &run->schema->fields[before];
    field->type = FIELD_TEXT;
    field->is_money = false;
    field->places = 0;
    field->aggregate = AGGREGATE_GROUP;
    return true;
}

/* --date: a column without a field, or with one of texts, whose values are dates. */
static bool adopt_date(struct run *run, const char *name, struct error *error) {
    if (!name) return true;
    size_t field = schema_find_field(run->schema, view_of(name));
    if (field != SIZE_MAX &&
        (run->schema->fields[field].type != FIELD_TEXT || run->schema->fields[field].role != ROLE_NONE))
        return true;
    struct view label;
    struct peek peek = {0};
    if (!peek_named(run, view_of(name), &label, &peek, error)) return false;
    if (label.length == 0 || peek.dates == 0 || peek.dates * 10 < peek.filled * 9) return true;
    if (field == SIZE_MAX) {
        field = run->schema->field_count;
        schema_add_column(run->schema, label);
    }
    run->schema->fields[field].type = FIELD_DATETIME;
    run->schema->fields[field].aggregate = AGGREGATE_NONE;
    return true;
}

bool run_adopt_columns(struct run *run, struct error *error) {
    if (!run->schema) return true;
    for (size_t i = 0; i < run->options->field_count; i++)
        if (!adopt_field(run, run->options->fields[i].name, &(struct peek){0}, error)) return false;
    return adopt_person(run, run->options->employee_field, error) && adopt_date(run, run->options->date_field, error);
}
