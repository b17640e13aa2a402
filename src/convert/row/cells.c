/* cells.c: one cell, one exact value or one problem. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/row/row_private.h"
#include "schema/schema_reader.h"
#include "values/boolean.h"
#include "values/duration.h"
#include "values/nothing.h"

static bool is_plain_number(struct view text) {
    size_t place = text.length > 0 && text.text[0] == '-' ? 1 : 0;
    bool has_digit = false;
    for (; place < text.length && text.text[place] >= '0' && text.text[place] <= '9'; place++)
        has_digit = true;
    if (!has_digit || place == text.length) return has_digit;
    if (text.text[place++] != '.' || place == text.length) return false;
    for (; place < text.length; place++)
        if (text.text[place] < '0' || text.text[place] > '9') return false;
    return true;
}

/* What 100% is in a number without a percent sign: declared of the API's, or asked for, else 0. */
static int percent_scale(const struct converter *converter, const struct field *field) {
    bool is_declared = converter->file.facts->shape != SHAPE_CSV && field->scale != 0; /* the API writes texts too */
    return is_declared ? field->scale : converter->plan->options->percent_scale;
}

/* 12%, (12%): Excel shows negative ones so. */
static bool is_percentage(struct view text) {
    char last = text.length > 0 ? text.text[text.length - 1] : '\0';
    return last == '%' || (last == ')' && memchr(text.text, '%', text.length));
}

/* A percentage, as 0 to 100. Of numbers without a sign the column shows whether they are so: evidence for the end. */
static enum decimal_reason read_percent(struct converter *converter, size_t index, struct view text,
                                        const struct decimal_style *style, int64_t *amount) {
    struct column_evidence *evidence = &converter->outcome->evidence.columns[index];
    const struct field *field = &converter->plan->schema->fields[index];
    bool has_sign = is_percentage(text);
    int scale = percent_scale(converter, field);
    char scaled[80];
    size_t length = text.length;
    if (!has_sign && scale == 1 && length + 2 < sizeof scaled && !memchr(text.text, 'e', length) &&
        !memchr(text.text, 'E', length)) {
        memcpy(scaled, text.text, length);
        scaled[length] = 'E'; /* before it is rounded to four places */
        scaled[length + 1] = '2';
        return decimal_parse(view_from(scaled, length + 2), style, amount);
    }
    enum decimal_reason reason = decimal_parse(text, style, amount);
    if (!decimal_has_value(reason)) return reason;
    if (has_sign) {
        evidence->percent_signs++;
    } else if (scale == 1) {
        if (*amount > INT64_MAX / 100 || *amount < INT64_MIN / 100) return DECIMAL_TOO_LARGE;
        *amount *= 100;
    } else if (scale == 0) {
        bool is_large = *amount > DECIMAL_SCALE || *amount < -DECIMAL_SCALE;
        evidence->percent_large += is_large;
        evidence->percent_small += !is_large && *amount != 0;
    }
    return reason;
}

static enum mark_place mark_place(const struct input_facts *facts) {
    if (facts->workbook) return MARKS_TYPED;
    return facts->shape == SHAPE_CSV && facts->delimiter != ',' ? MARKS_IN_TEXT : MARKS_IN_COMMAS;
}

static void read_number(struct converter *converter, size_t index, const struct field *field, const struct cell *cell,
                        struct view text) {
    struct value *value = &converter->fields[index].value;
    int64_t amount = 0;
    bool is_json = cell->kind == CELL_NUMBER; /* its point is a point, whatever the schema says of texts */
    const struct decimal_style *style = is_json ? &decimal_style_default : &converter->plan->forms[index].style;
    enum decimal_reason reason =
        field->is_percent ? read_percent(converter, index, text, style, &amount) : decimal_parse(text, style, &amount);
    struct column_evidence *evidence = &converter->outcome->evidence.columns[index];
    if (is_json)
        evidence->form.marks.points++;
    else
        mark_evidence_note(&evidence->form.marks, text, converter->file.marks);
    if (!field->is_percent && is_percentage(text) && decimal_has_value(reason)) {
        row_cell_problem(converter, E301_NOT_NUMBER, index,
                         field->is_money ? "is a percentage, not an amount"
                                         : "is a percentage, not a number of this column");
        return;
    }
    switch (reason) {
    case DECIMAL_FINE:
    case DECIMAL_NOISE:
        evidence->noise += reason == DECIMAL_NOISE;
        value->kind = VALUE_NUMBER;
        value->number = amount;
        break;
    case DECIMAL_EMPTY: return;
    case DECIMAL_TOO_PRECISE:
        if (field->is_money) {
            row_cell_problem(converter, E303_NUMBER_TOO_PRECISE, index, decimal_reason_text(reason));
            return;
        }
        if (field->is_percent || !is_plain_number(view_trim(text))) { /* 69.0220779220779%: the form is ours, so the places are too */
            evidence->rounded++;
            value->kind = VALUE_NUMBER;
            value->number = amount;
            break;
        }
        value->kind = VALUE_RAW;
        value->text = view_trim(text);
        if (converter->plan->follow_place[index] != SIZE_MAX || converter->plan->metric_place[index] != SIZE_MAX)
            row_cell_problem(converter, W322_ROUNDED_IN_TOTALS, index,
                             "has more than 4 decimals. Totals use it rounded");
        break;
    case DECIMAL_TOO_LARGE:
        row_cell_problem(converter, E302_NUMBER_TOO_LARGE, index, decimal_reason_text(reason));
        return;
    case DECIMAL_NOT_NUMBER:
        if (placeholder_text(view_trim(text))) {
            row_cell_problem(converter, W325_PLACEHOLDER, index, "counts as empty");
            return;
        }
        row_cell_problem(converter, E301_NOT_NUMBER, index, decimal_reason_text(reason));
        return;
    }
    converter->fields[index].amount = amount;
    converter->fields[index].is_filled = true;
}

static void read_boolean(struct converter *converter, size_t index, struct view text) {
    struct value *value = &converter->fields[index].value;
    if (boolean_parse(text, &value->boolean)) {
        value->kind = VALUE_BOOLEAN;
        converter->fields[index].is_filled = value->boolean;
        converter->fields[index].amount = value->boolean ? DECIMAL_SCALE : 0;
    } else if (placeholder_text(text)) {
        row_cell_problem(converter, W325_PLACEHOLDER, index, "counts as empty");
    } else {
        row_cell_problem(converter, E307_NOT_BOOLEAN, index, "is neither yes nor no");
    }
}

/* 1:30 beside the times that it lies between (plecto.derive), where the file has both: what it means is proved. */
static void compare_with_times(struct converter *converter, size_t index, struct view text) {
    const struct field *field = &converter->plan->schema->fields[index];
    int64_t instants[2];
    if (field->derive != DERIVE_BETWEEN || field->two_parts != TWO_PARTS_OPEN || !length_has_two_parts(text)) return;
    for (size_t part = 0; part < 2; part++) {
        const struct cell *cell = row_cell(converter, field->part_fields[part]);
        struct view time = cell && cell->kind != CELL_NESTED ? view_trim(cell->text) : view_of("");
        if (time.length == 0) return;
        const struct moment *moment = row_moment(converter, field->part_fields[part], time);
        if (moment->reason != DATETIME_FINE) return;
        instants[part] = moment->instant;
    }
    length_evidence_add_pair(&converter->outcome->evidence.columns[index].form.lengths, text,
                             instants[1] - instants[0]);
}

static void read_duration(struct converter *converter, size_t index, struct view text) {
    struct value *value = &converter->fields[index].value;
    length_evidence_add(&converter->outcome->evidence.columns[index].form.lengths, text);
    compare_with_times(converter, index, text);
    if (duration_parse_as(text, converter->plan->forms[index].is_hours_minutes, &value->number)) {
        value->kind = VALUE_DURATION;
        converter->fields[index].amount = value->number;
        converter->fields[index].is_filled = true;
    } else if (placeholder_text(text)) {
        row_cell_problem(converter, W325_PLACEHOLDER, index, "counts as empty");
    } else {
        row_cell_problem(converter, E308_NOT_DURATION, index, "is not a length of time such as 00:12:30");
    }
}

/* What to say of a value that the column is not known to have: the search for a near one is made once for each. */
static const char *unknown_words(struct unknown_values *unknown, const struct field *field, struct view text) {
    if (!unknown->texts || table_count(unknown->texts) == UNKNOWN_KEPT) row_forget_unknown(unknown);
    if (!unknown->texts) unknown->texts = table_create();
    bool is_new = false;
    size_t number = table_add(unknown->texts, text, &is_new);
    if (is_new) {
        void *words = unknown->words;
        memory_grow(&words, &unknown->capacity, number + 1, sizeof *unknown->words);
        unknown->words = words;
        char *near = near_word(text, (const char *const *)field->values, field->value_count);
        unknown->words[number] = memory_print("is not a known value of this column%s", near);
        free(near);
    }
    return unknown->words[number];
}

void row_forget_unknown(struct unknown_values *unknown) {
    for (size_t i = 0; unknown->texts && i < table_count(unknown->texts); i++)
        free(unknown->words[i]);
    table_destroy(unknown->texts);
    unknown->texts = NULL;
}

static void check_known(struct converter *converter, size_t index, const struct field *field, struct view text) {
    size_t *last = &converter->fields[index].known; /* mostly the same again */
    if (view_equal(text, field->known[*last])) return;
    for (size_t i = 0; i < field->value_count; i++)
        if (text.length == field->known[i].length && view_equal_fold(text, field->known[i])) {
            *last = i;
            return;
        }
    row_cell_problem(converter, W321_UNKNOWN_VALUE, index, unknown_words(&converter->unknown[index], field, text));
}

/* Whether a text is an error of a spreadsheet or a word for nothing: it is sent empty, and counted. Those in place of a
 * person or an ID are looked at there (person.c). */
static bool is_nothing(struct converter *converter, const struct typed_cell *typed, struct view text) {
    struct column_evidence *evidence = &converter->outcome->evidence.columns[typed->field];
    size_t word = nothing_word(text);
    if (word != SIZE_MAX && !nothing_may_be_text(word)) {
        evidence->words[word]++;
        return true;
    }
    if (nothing_formula(text)) {
        evidence->errors[NOTHING_ERROR_FORMULA]++;
        return true;
    }
    if (!nothing_error(text)) return false;
    if (view_is(text, NOTHING_NO_RESULT) && typed->schema->role == ROLE_NONE)
        row_cell_problem(converter, E310_CELL_ERROR, typed->field, nothing_error_words(text));
    else
        evidence->errors[nothing_error_number(text)]++;
    return true;
}

static void take_text(struct converter *converter, const struct typed_cell *typed, struct view text, bool is_plain) {
    struct field_state *state = &converter->fields[typed->field];
    state->value.kind = VALUE_TEXT;
    state->value.text = text;
    state->value.is_plain = is_plain;
    state->is_filled = true;
}

/* A text that its first byte does not tell to be ordinary. */
static __attribute__((noinline)) bool read_odd_text(struct converter *converter, const struct typed_cell *typed,
                                                    const struct cell *cell) {
    unsigned char first = cell->text.length > 0 ? (unsigned char)cell->text.text[0] : ' ';
    if ((first <= ' ' || first == 0xc2) && view_trim(cell->text).length == 0) return false;
    if (is_nothing(converter, typed, view_trim(cell->text))) return false;
    struct form_evidence *evidence = &converter->outcome->evidence.columns[typed->field].form;
    struct view inside;
    evidence->texts++;
    bool is_guarded = (first == '=' || first == '\'') && id_guard(view_trim(cell->text), &inside);
    if (first == '\'') {
        evidence->quoted++;
        is_guarded = is_guarded || (converter->plan->forms[typed->field].is_quoted && typed->schema->role == ROLE_NONE);
        inside = view_from(cell->text.text + 1, cell->text.length - 1);
    }
    converter->outcome->evidence.guards += is_guarded && typed->schema->role == ROLE_NONE;
    take_text(converter, typed, is_guarded ? inside : cell->text, cell->is_plain && !is_guarded);
    if (typed->schema->value_count > 0) check_known(converter, typed->field, typed->schema, view_trim(cell->text));
    return true;
}

/* A text goes out as it is. */
static bool read_text(struct converter *converter, const struct typed_cell *typed, const struct cell *cell) {
    if (!nothing_is_ordinary(cell->text)) return read_odd_text(converter, typed, cell);
    converter->outcome->evidence.columns[typed->field].form.texts++;
    take_text(converter, typed, cell->text, cell->is_plain);
    if (typed->schema->value_count > 0) check_known(converter, typed->field, typed->schema, view_trim(cell->text));
    return true;
}

/* False: there is nothing in the cell. */
static bool read_cell(struct converter *converter, const struct typed_cell *typed, const struct cell *cell) {
    if (!cell) return false;
    if (typed->schema->type == FIELD_TEXT) return read_text(converter, typed, cell);
    struct view text = view_trim(cell->text), inside;
    if (!nothing_is_ordinary(text)) {
        if (id_guard(text, &inside)) text = view_trim(inside);
        if (text.length == 0) return false;
        if (nothing_error(text) || nothing_formula(text)) {
            row_cell_problem(converter, E310_CELL_ERROR, typed->field, nothing_error_words(text));
            return true;
        }
    }
    switch (typed->schema->type) {
    case FIELD_TEXT: break;
    case FIELD_NUMBER: read_number(converter, typed->field, typed->schema, cell, text); break;
    case FIELD_DATE:
    case FIELD_DATETIME: row_read_moment(converter, typed->field, typed->schema, text); break;
    case FIELD_DURATION: read_duration(converter, typed->field, text); break;
    case FIELD_BOOLEAN: read_boolean(converter, typed->field, text); break;
    }
    return true;
}

static void forget_value(struct field_state *state) {
    state->value.kind = VALUE_EMPTY;
    state->amount = 0;
    state->is_filled = false;
}

void row_plan_cells(struct converter *converter) {
    const struct plan *plan = converter->plan;
    converter->file.typed_count = 0;
    converter->file.marks = mark_place(converter->file.facts);
    for (size_t k = 0; k < plan->typed_count; k++) {
        size_t index = plan->typed[k];
        struct cell_ref cell = converter->file.binding->cell_of_field[index];
        const struct field *field = &plan->schema->fields[index];
        forget_value(&converter->fields[index]);
        /* a field that the file lacks stays empty, and only a mandatory one has something to say about it */
        if (!ref_is_there(cell) && !(field->is_required && field->role == ROLE_NONE)) continue;
        converter->file.typed[converter->file.typed_count++] =
            (struct typed_cell){index, cell.kind == REF_CELL ? cell.index : SIZE_MAX,
                                cell.kind == REF_COMPUTED ? &converter->row.computed[cell.index] : NULL, field};
    }
}

/* plecto.per: the amount of a parent is with the first of its lines only. */
static void count_once(struct converter *converter, const struct found_groups *found) {
    if (!converter->plan->schema->fields[found->field].per) return;
    const struct cell *cell = row_cell(converter, found->key_field);
    const struct group_row place = {converter->file.number, converter->row.record.row, converter->row.record.item};
    if (cell && !row_groups_is_first(found->groups, view_trim(cell->text), &place))
        forget_value(&converter->fields[found->field]);
}

void row_read_cells(struct converter *converter) {
    const struct plan *plan = converter->plan;
    for (size_t k = 0; k < converter->file.typed_count; k++) {
        const struct typed_cell *typed = &converter->file.typed[k];
        const struct cell *cell = typed->computed ? typed->computed
                                  : typed->cell < converter->row.record.cell_count
                                      ? &converter->row.record.cells[typed->cell]
                                      : NULL;
        forget_value(&converter->fields[typed->field]);
        if (read_cell(converter, typed, cell)) continue;
        if (typed->schema->is_required && typed->schema->role == ROLE_NONE)
            row_problem(converter, E204_MISSING_REQUIRED, typed->field, "%.*s is empty",
                        VIEW_ARGS(row_label(&converter->file, typed->field)));
    }
    for (size_t i = 0; i < plan->found_count; i++)
        count_once(converter, &plan->found[i]);
    for (size_t i = 0; i < plan->followed_count; i++)
        converter->row.followed[i] = converter->fields[plan->followed[i]].amount;
    size_t active = converter->file.binding->active_field;
    converter->row.is_inactive = active != SIZE_MAX && converter->fields[active].value.kind == VALUE_BOOLEAN &&
                                 !converter->fields[active].value.boolean;
    size_t money = plan->money_field;
    converter->row.has_money = money != SIZE_MAX && converter->fields[money].is_filled;
    converter->row.money = converter->row.has_money ? converter->fields[money].amount : 0;
}
