/* adopt.c: columns that the schema does not know and an option names become fields. Their first block is read before the
 * rows: a column of money shall not go out as text, and --date takes any column whose values are dates. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/peek.h"
#include "convert/run/run_private.h"
#include "schema/label_words.h"

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
                return peek_column(run->inputs[file], i, peek, error);
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

/* The person is a text, whatever it looks like. */
static bool adopt_person(struct run *run, const char *name, struct error *error) {
    size_t before = run->schema->field_count;
    struct peek peek = {0};
    if (!adopt_field(run, name, &peek, error)) return false;
    if (run->schema->field_count == before) return true;
    if (peek_no_people(&peek)) {
        error_set(error, EXIT_WRONG_USE, "--employee %s: this column holds %s, so each would be an employee", name,
                  peek_no_people(&peek));
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
    size_t field = schema_find_exactly(run->schema, view_of(name)),
           near = schema_find_field(run->schema, view_of(name));
    bool has_suffix =
        label_suffix(view_of(name)).length > 0; /* Completion Date (Last) beside Completion Date (Original) */
    if (!has_suffix) field = near;
    if (field != SIZE_MAX &&
        (run->schema->fields[field].type != FIELD_TEXT || run->schema->fields[field].role != ROLE_NONE))
        return true;
    struct view label;
    struct peek peek = {0};
    if (!peek_named(run, view_of(name), &label, &peek, error)) return false;
    if (label.length == 0 || peek.dates == 0 || peek.dates * 10 < peek.filled * 9) return true;
    if (field == SIZE_MAX && near != SIZE_MAX && !label_equal_whole(label, view_of(name))) return true;
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
