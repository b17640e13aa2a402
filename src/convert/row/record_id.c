/* record_id.c: the unique ID of a registration (schemas/plecto.md, "A registration"). */
#include "convert/id_form.h"
#include "convert/row/row_private.h"

#define DAY_LENGTH 10 /* 2025-10-20 */
#define TIME_LENGTH 9 /* T14:05:00 */

static void id_problem(struct converter *converter, size_t field) {
    row_problem(converter, E202_MISSING_ID, field, "%.*s is empty", VIEW_ARGS(row_label(&converter->file, field)));
}

/* A date as it is in IDs, whatever form the export has: the tenant's day, with the time unless that is midnight; what is no
 * date stays as it is. */
static struct view date_piece(struct converter *converter, size_t field, struct view text) {
    const struct moment *moment = text.length > 0 ? row_moment(converter, field, text) : NULL;
    if (!moment || moment->reason != DATETIME_FINE || moment->length < DAY_LENGTH + TIME_LENGTH) return text;
    struct view whole = view_from(moment->text, moment->length);
    struct view time = view_from(whole.text + DAY_LENGTH, TIME_LENGTH);
    bool is_day = moment->kind == MOMENT_DAY || view_is(time, "T00:00:00");
    return arena_copy(converter->arena, view_from(whole.text, is_day ? DAY_LENGTH : DAY_LENGTH + TIME_LENGTH));
}

/* A number as it is in IDs: 1,234.50 and 1234.5 are one. */
static struct view number_piece(struct converter *converter, size_t field, struct view text) {
    int64_t amount = 0;
    struct buffer *number = &converter->scratch;
    for (size_t i = 0; i < text.length; i++) /* 12E5 may have lost its digits: check_piece */
        if ((text.text[i] < '0' || text.text[i] > '9') && !strchr("$,.-", text.text[i])) return text;
    if (text.length == 0 || !decimal_is_exact(decimal_parse(text, &converter->plan->forms[field].style, &amount)))
        return text;
    number->length = 0;
    decimal_print(number, amount, 0);
    return arena_copy(converter->arena, buffer_view(number));
}

/* An amount or a length of time that is zero is a value where it is one of the pieces of an ID; of other numbers so is 0.00, while
 * 0 and 0.0 may be an ID that means none. */
static struct view zero_text(const struct converter *converter, size_t number) {
    const struct binding *binding = converter->file.binding;
    const struct field *field = &converter->plan->schema->fields[number];
    const struct cell *cell = row_cell_at(&converter->row, binding->cell_of_field[number]);
    bool may_be = field->type == FIELD_NUMBER || field->type == FIELD_DURATION;
    if (!cell || !may_be || binding->id_part_count < 2) return view_of("");
    struct view text = view_trim(cell->text);
    bool is_value =
        field->is_money || field->type == FIELD_DURATION || (text.length > 3 && memchr(text.text, '.', text.length));
    return is_value && id_is_zero(text) ? text : view_of("");
}

/* A field's text as a piece of an ID made of several. */
static struct view field_piece(struct converter *converter, size_t field) {
    struct view text = row_filled_text(converter, converter->file.binding->cell_of_field[field], true);
    if (text.length == 0) text = zero_text(converter, field);
    switch (converter->plan->schema->fields[field].type) {
    case FIELD_DATE:
    case FIELD_DATETIME: return date_piece(converter, field, text);
    case FIELD_NUMBER: return number_piece(converter, field, text);
    default: return text;
    }
}

/* What stands for a piece of the ID in this row; empty where it has nothing there. */
static struct view piece_text(struct converter *converter, struct cell_ref source) {
    const struct file_period *period = &converter->plan->periods[converter->file.number];
    switch (source.kind) {
    case REF_FIELD: return field_piece(converter, source.index);
    case REF_PERIOD: return period->is_known ? view_of(period->text) : view_of("");
    case REF_EMPLOYEE: return converter->row.member_id;
    default: return view_of("");
    }
}

/* "1.23457E+18", which is how a spreadsheet shows a number of more digits than it keeps. */
static bool is_shortened(struct view text) {
    if (text.length > 0 && (text.text[0] == '-' || text.text[0] == '+'))
        text = view_from(text.text + 1, text.length - 1);
    if (text.length > 4 && (text.text[1] == '.' || text.text[1] == ',') && id_kind(text) == ID_EXPONENT) return true;
    const char *sign = text.length > 4 ? memchr(text.text, '+', text.length) : NULL;
    if (!sign || sign == text.text || (sign[-1] != 'E' && sign[-1] != 'e')) return false;
    for (const char *at = text.text; at < text.text + text.length; at++) {
        bool is_mark = at == sign || at == sign - 1 || (*at == '.' && at == text.text + 1);
        if (!is_mark && (*at < '0' || *at > '9')) return false;
    }
    return sign + 1 < text.text + text.length && sign - 1 > text.text;
}

static void check_piece(struct converter *converter, struct cell_ref source, struct view text) {
    if (source.kind != REF_FIELD) return;
    row_refuse_error(converter, converter->file.binding->cell_of_field[source.index], source.index);
    row_tell_form(converter, converter->file.binding->cell_of_field[source.index], source.index);
    if (!is_shortened(text) && !(converter->plan->ids_have_exponents && id_kind(text) == ID_EXPONENT)) return;
    row_problem(converter, E402_SHORTENED_ID, source.index, "%.*s \"%.*s\" lost its digits in a spreadsheet",
                VIEW_ARGS(row_label(&converter->file, source.index)), VIEW_ARGS(text));
}

/* Tells that a piece is missing; a missing employee has an issue of its own. */
static void tell_missing_piece(struct converter *converter, struct cell_ref source) {
    if (source.kind == REF_FIELD) id_problem(converter, source.index);
    if (source.kind != REF_PERIOD) return;
    row_problem(converter, E202_MISSING_ID, SIZE_MAX, "the ID is made from the period, which is not known (--period)");
    converter->row.problems[converter->row.problem_count - 1].is_silent =
        converter->plan->schema->date_from_period; /* told for the file */
}

/* 'J-001 where all IDs are so. Before digits it was taken off already (id_guard). */
static void take_apostrophe(struct converter *converter, struct cell_ref source) {
    const struct cell *cell = source.kind == REF_FIELD
                                  ? row_cell_at(&converter->row, converter->file.binding->cell_of_field[source.index])
                                  : NULL;
    if (!cell || cell->text.length < 2 || cell->text.text[0] != '\'') return;
    converter->outcome->evidence.quoted_ids++;
    struct view *id = &converter->row.external_id;
    if (!converter->plan->ids_are_quoted || id->text[0] != '\'') return;
    *id = view_from(id->text + 1, id->length - 1);
    converter->outcome->evidence.guards++;
}

/* An ID in a column that has the format of a date, or that a spreadsheet took for one. */
static void check_date(struct converter *converter, struct cell_ref source) {
    struct view id = converter->row.external_id;
    bool may_be = source.kind == REF_FIELD && converter->plan->schema->fields[source.index].type == FIELD_TEXT;
    if (!may_be || !id_is_date(id)) return;
    row_problem(converter, W422_ID_FORM, source.index,
                "%.*s \"%.*s\" is a date. A spreadsheet may have made it of another ID",
                VIEW_ARGS(row_label(&converter->file, source.index)), VIEW_ARGS(id));
}

/* Takes a plain ID; false if it is none. */
static bool take_plain_id(struct converter *converter, size_t field) {
    const struct binding *binding = converter->file.binding;
    const struct cell *cell = row_cell_at(&converter->row, binding->cell_of_field[field]);
    if (!cell || converter->plan->schema->fields[field].type != FIELD_TEXT || !row_is_plain_id(cell->text))
        return false;
    converter->row.external_id = cell->text;
    converter->row.is_single_id = binding->id_count > 0 && binding->ids[0] == field;
    converter->outcome->evidence.ids[ID_DIGITS]++;
    return true;
}

/* The ID that is a cell as it stands. */
static void find_single_id(struct converter *converter, struct cell_ref source) {
    const struct binding *binding = converter->file.binding;
    if (source.kind == REF_FIELD && take_plain_id(converter, source.index)) return;
    converter->row.external_id = piece_text(converter, source);
    check_piece(converter, source, converter->row.external_id);
    for (size_t i = 1; i < binding->id_count && converter->row.external_id.length == 0; i++)
        converter->row.external_id = row_filled_text(converter, binding->cell_of_field[binding->ids[i]], true);
    if (converter->row.external_id.length == 0) {
        if (source.kind == REF_FIELD) id_problem(converter, source.index);
        return;
    }
    take_apostrophe(converter, source);
    check_date(converter, source);
    converter->outcome->evidence.ids[id_kind(converter->row.external_id)]++;
    if (converter->plan->ids_are_floats) converter->row.external_id = id_without_zero(converter->row.external_id);
}

/* The ID that a template makes of several cells. */
static void make_id(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    const struct id_part *parts = binding->id_parts;
    size_t length = 0;
    bool is_complete = true;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct view text = piece_text(converter, parts[i].source);
        length += strlen(parts[i].literal) + text.length;
        if (parts[i].source.kind == REF_END) continue;
        check_piece(converter, parts[i].source, text);
        if (text.length > 0 || !is_complete) continue;
        tell_missing_piece(converter, parts[i].source);
        is_complete = false;
    }
    if (!is_complete) return;
    char *id = arena_get(converter->arena, length + 1);
    size_t place = 0;
    for (size_t i = 0; i < binding->id_part_count; i++) {
        size_t literal = strlen(parts[i].literal);
        memcpy(id + place, parts[i].literal, literal);
        place += literal;
        struct view text = piece_text(converter, parts[i].source);
        if (text.length > 0) memcpy(id + place, text.text, text.length);
        place += text.length;
    }
    converter->row.external_id = view_from(id, place);
}

void row_find_id(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    converter->row.external_id = view_of("");
    converter->row.is_single_id = false;
    if (binding->id_part_count == 0) {
        row_problem(converter, E202_MISSING_ID, SIZE_MAX, "the file has no column for the ID");
        converter->row.problems[converter->row.problem_count - 1].is_silent = true;
        return;
    }
    const struct id_part *first = &binding->id_parts[0];
    if (binding->id_part_count == 1 && first->literal[0] == '\0')
        find_single_id(converter, first->source);
    else
        make_id(converter);
}

size_t row_id_field(const struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    for (size_t i = 0; i < binding->id_count; i++)
        if (row_filled_text(converter, binding->cell_of_field[binding->ids[i]], true).length > 0)
            return binding->ids[i];
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind == REF_FIELD) return source.index;
        if (source.kind == REF_EMPLOYEE && converter->row.person_field != SIZE_MAX) return converter->row.person_field;
    }
    return SIZE_MAX;
}
