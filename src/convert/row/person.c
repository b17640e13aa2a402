/* person.c: the three things every registration needs: an employee, a unique ID, a date (schemas/plecto.md,
 * "A registration"). */
#include "base/digits.h"
#include "convert/id_form.h"
#include "convert/join.h"
#include "convert/row/row_private.h"
#include "values/boolean.h"
#include "values/nothing.h"

#define DAY_LENGTH 10 /* 2025-10-20 */
#define TIME_LENGTH 9 /* T14:05:00 */

/* "?", "...": nothing that a name is made of. */
static bool has_marks_only(struct view name) {
    for (size_t i = 0; i < name.length; i++)
        if (!strchr("?.!*_-/\\", name.text[i]) || name.text[i] == '\0') return false;
    return name.length > 0;
}

/* "**Unassigned Crew", "_Unassigned", "(Not Assigned)", "TBD", "???": a name that ServiceTitan's users give to nobody. */
static bool is_nobody(struct view name) {
    static const char *const words[] = {"unassigned", "not assigned", "no technician"};
    char first = name.length > 0 ? view_lower(name.text[0]) : '\0';
    if (first >= 'a' && first <= 'z' && first != 'u' && first != 'n' && first != 't') return false; /* nearly every name */
    if (has_marks_only(name)) return true;
    while (name.length > 0 && name.text[0] != '\0' && strchr("*_ ([<-", name.text[0]))
        name = view_from(name.text + 1, name.length - 1);
    if (name.length == 0 || !strchr("unt", name.text[0] | 0x20)) return false;
    if (view_equal_fold(name, view_of("tbd")) || view_equal_fold(name, view_of("tba"))) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (!view_starts_with_fold(name, words[i])) continue;
        return name.length == length || strchr(" -_)]>*", name.text[length]) != NULL;
    }
    return false;
}

/* A cell's text without blanks, as a person sees it in ServiceTitan (convert/id_form.h); empty too for placeholders (N/A, -) and, for IDs, 0, which means none
 * (schemas/servicetitan.md, "How values are written"). */
static struct view filled_text(const struct converter *converter, struct cell_ref ref, bool is_id) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    if (!cell) return view_of("");
    struct view text = view_trim(cell->text), inside;
    if (id_guard(text, &inside)) text = view_trim(inside);
    if (text.length == 0 || cell->kind == CELL_NESTED || placeholder_text(text) || id_is_zero(text)) return view_of("");
    if (!is_id) return is_nobody(text) ? view_of("") : text;
    if ((text.text[0] | 0x20) == 'u' && view_equal_fold(text, view_of("unassigned"))) return view_of("");
    if (cell->kind == CELL_NUMBER) return id_without_zero(text);
    return id_has_commas(text) ? id_without_commas(text, converter->arena) : text;
}

/* Tells what of an ID's cell is no part of the ID: commas between thousands; counts guards. */
static void tell_form(struct converter *converter, struct cell_ref ref, size_t field) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    if (!cell || cell->text.length == 0) return;
    if (cell->is_plain && cell->text.text[0] != '\'') return; /* plain: no comma and no quote is in it */
    struct view text = view_trim(cell->text), inside;
    if (id_guard(text, &inside)) {
        converter->outcome->evidence.guards++;
        return;
    }
    if (cell->kind == CELL_NUMBER || !id_has_commas(text)) return;
    struct view plain = id_without_commas(text, converter->arena);
    row_problem(converter, W422_ID_FORM, field, "%.*s \"%.*s\" has commas between thousands. The ID is %.*s",
                VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(text), VIEW_ARGS(plain));
}

/* Whether a cell for a person or an ID holds an error of a spreadsheet; then the row has that problem. */
static bool refuse_error(struct converter *converter, struct cell_ref ref, size_t field) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    struct view text = cell ? view_trim(cell->text) : view_of("");
    if (!nothing_error(text) && !nothing_formula(text)) return false;
    row_cell_problem(converter, E310_CELL_ERROR, field, nothing_error_words(text));
    return true;
}

static void assign_member(struct row *row, struct member member) {
    row->member_id = member.id;
    row->member_name = member.name;
    if (member.is_known) row->person_kind = PERSON_ROSTER;
}

/* The people a name cell names, each against the roster. */
static void assign_names(struct converter *converter, const struct person_source *source) {
    row_divide_name(converter, source);
    if (!converter->plan->options->roster || converter->row.has_error) return;
    if (converter->division.count == 0) {
        assign_member(&converter->row, row_member_by_name(converter, source->name_field, converter->row.member_name));
        return;
    }
    for (size_t i = 0; i < converter->division.count; i++) {
        struct share *share = &converter->division.shares[i];
        struct member member = row_member_by_name(converter, source->name_field, share->member_name);
        share->member_id = member.id;
        share->member_name = member.name;
        if (i == 0) assign_member(&converter->row, member);
    }
    row_merge_shares(&converter->row, &converter->division);
}

/* The person with this ID, whom the file may name too. */
static void assign_id(struct converter *converter, const struct person_source *source, struct view id,
                      struct view name) {
    enum person_space space = converter->plan->schema->fields[source->id_field].space;
    struct view label = row_label(&converter->file, source->id_field);
    enum person_kind kind = converter->row.person_kind;
    assign_member(&converter->row, row_member_by_id(converter, source->id_field, label, space, id, name));
    if (kind == PERSON_BOTH) converter->row.person_kind = kind;
}

/* Whether a cell is a name as nearly all are, told by its ends: a letter that begins no word for nobody or nothing. */
static bool is_ordinary_name(const struct cell *cell) {
    if (!cell || cell->kind != CELL_TEXT || !nothing_is_ordinary(cell->text)) return false;
    char first = (char)(cell->text.text[0] | 0x20);
    unsigned char last = (unsigned char)cell->text.text[cell->text.length - 1];
    return first >= 'a' && first <= 'z' && first != 'n' && first != 't' && first != 'u' && last > ' ' && last != 0xa0;
}

/* Whether a cell is an ID of digits only, as nearly all are: nothing of it is to be told or taken off. 0 and 000 are none. */
static bool is_plain_id(struct view text) {
    return text.length > 0 && text.text[0] != '0' && digits_only(text.text, text.length);
}

/* Fills member_id and member_name from a candidate; false if it is empty in this row. */
static bool assign_person(struct converter *converter, const struct person_source *source) {
    const struct cell *id_cell = row_cell_at(&converter->row, source->id_cell);
    const struct cell *name_cell = row_cell_at(&converter->row, source->name_cell);
    bool has_plain_id = id_cell && is_plain_id(id_cell->text), has_plain_name = is_ordinary_name(name_cell);
    if ((id_cell && !has_plain_id && refuse_error(converter, source->id_cell, source->id_field)) ||
        (name_cell && !has_plain_name && refuse_error(converter, source->name_cell, source->name_field)))
        return true;
    struct view id = !id_cell       ? view_of("")
                     : has_plain_id ? id_cell->text
                                    : filled_text(converter, source->id_cell, true);
    struct view name = !name_cell       ? view_of("")
                       : has_plain_name ? name_cell->text
                                        : filled_text(converter, source->name_cell, false);
    if (!has_plain_id && is_point_zero(id)) {
        id = id_without_zero(id);
        converter->outcome->evidence.float_people++;
    }
    if (id.length == 0 && name.length == 0) return false;
    if (id_cell && !has_plain_id) tell_form(converter, source->id_cell, source->id_field);
    converter->row.member_id = id.length ? id : name;
    converter->row.member_name = name.length ? name : id;
    converter->row.person_field = id.length ? source->id_field : source->name_field;
    if (id.length && name.length) {
        converter->row.person_kind = PERSON_BOTH;
        row_divide_name(converter, source);
        bool has_one = converter->division.count == 0 && !converter->row.has_error;
        if (has_one && converter->plan->options->roster) assign_id(converter, source, id, converter->row.member_name);
        return true;
    }
    if (name.length) {
        converter->row.person_kind = PERSON_NAME_ONLY;
        assign_names(converter, source);
        return true;
    }
    name = plan_known_name(converter->plan, id); /* an ID is no name where another row has one */
    converter->row.person_kind = name.length ? PERSON_BOTH : PERSON_ID_ONLY;
    if (name.length) converter->row.member_name = name;
    if (converter->plan->options->roster) assign_id(converter, source, id, name);
    return true;
}

/* Where companions were to name the person, and none has one. */
static bool tell_no_partner(struct converter *converter, enum issue_code code) {
    const struct plan *plan = converter->plan;
    struct buffer kinds = {0};
    size_t field = SIZE_MAX;
    for (size_t i = 0; plan->joins && i < plan->schema->join_count; i++) {
        const struct join *join = &plan->schema->joins[i];
        if (!join->is_people || !joins_given(plan->joins)[i]) continue;
        buffer_print(&kinds, "%s%s", kinds.length ? " or " : "", join->with);
        field = converter->file.binding->join_keys[i];
    }
    bool is_told = field != SIZE_MAX;
    if (is_told) {
        const struct cell *cell = row_cell(converter, field);
        struct view key = cell ? view_trim(cell->text) : view_of("");
        row_problem(converter, code, field, "%.*s has no record with %.*s %.*s%s", VIEW_ARGS(buffer_view(&kinds)),
                    VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(key),
                    code == W522_NO_PARTNER ? ". The row keeps the person in the file" : "");
    }
    buffer_free(&kinds);
    return is_told;
}

/* The columns of people that this row fills and that were not asked: one of them may be meant. */
static void list_filled(const struct converter *converter, struct buffer *list) {
    const struct binding *binding = converter->file.binding;
    const struct schema *schema = converter->plan->schema;
    for (size_t field = 0; field < schema->field_count; field++) {
        enum field_role role = schema->fields[field].role;
        if (role != ROLE_EMPLOYEE && role != ROLE_EMPLOYEE_NAME) continue;
        struct cell_ref cell = binding->cell_of_field[field];
        if (filled_text(converter, cell, role == ROLE_EMPLOYEE).length == 0) continue;
        buffer_print(list, "%s%.*s", list->length ? ", " : ". This row has ",
                     VIEW_ARGS(row_label(&converter->file, field)));
    }
}

/* No candidate is filled. */
static void tell_nobody(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    if (binding->person_count == 0) {
        row_problem(converter, E201_MISSING_EMPLOYEE, SIZE_MAX, "the file has no column for the employee");
        converter->row.problems[converter->row.problem_count - 1].is_silent = true;
        return;
    }
    const struct person_source *first = &binding->people[0];
    size_t field = ref_is_there(first->name_cell) ? first->name_field : first->id_field;
    const struct cell *cell = row_cell(converter, field);
    struct view text = cell ? view_trim(cell->text) : view_of(""), label = row_label(&converter->file, field);
    struct buffer filled = {0};
    list_filled(converter, &filled);
    struct view others = buffer_view(&filled);
    if (text.length)
        row_problem(converter, E201_MISSING_EMPLOYEE, field, "%.*s is \"%.*s\", which names nobody%.*s",
                    VIEW_ARGS(label), VIEW_ARGS(text), VIEW_ARGS(others));
    else
        row_problem(converter, E201_MISSING_EMPLOYEE, field, "%.*s is empty%.*s", VIEW_ARGS(label), VIEW_ARGS(others));
    buffer_free(&filled);
}

void row_find_person(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    const struct plan *plan = converter->plan;
    size_t first = binding->has_chosen_person ? 1 : 0;
    converter->row.person_kind = PERSON_NONE;
    converter->row.person_field = SIZE_MAX;
    converter->row.member_id = converter->row.member_name = view_of("");
    converter->division.count = 0;
    if (first > 0 && assign_person(converter, &binding->people[0])) return;
    if (plan->joins && row_join_people(converter)) return;
    for (size_t i = first; i < binding->person_count; i++)
        if (assign_person(converter, &binding->people[i])) {
            if (plan->joins) tell_no_partner(converter, W522_NO_PARTNER);
            return;
        }
    if (plan->default_employee) {
        converter->row.member_id = converter->row.member_name = view_of(plan->default_employee);
        converter->row.person_kind = PERSON_DEFAULT;
        return;
    }
    if (!tell_no_partner(converter, E201_MISSING_EMPLOYEE)) tell_nobody(converter);
}

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

/* A field's text as a piece of an ID made of several. */
static struct view field_piece(struct converter *converter, size_t field) {
    struct view text = filled_text(converter, converter->file.binding->cell_of_field[field], true);
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
    refuse_error(converter, converter->file.binding->cell_of_field[source.index], source.index);
    tell_form(converter, converter->file.binding->cell_of_field[source.index], source.index);
    if (!is_shortened(text) && !(converter->plan->ids_have_exponents && id_kind(text) == ID_EXPONENT)) return;
    row_problem(converter, E402_SHORTENED_ID, source.index, "%.*s \"%.*s\" lost its digits in a spreadsheet",
                VIEW_ARGS(row_label(&converter->file, source.index)), VIEW_ARGS(text));
}

/* Tells that a piece is missing; a missing employee has an issue of its own. */
static void tell_missing_piece(struct converter *converter, struct cell_ref source) {
    if (source.kind == REF_FIELD) id_problem(converter, source.index);
    if (source.kind != REF_PERIOD) return;
    row_problem(converter, E202_MISSING_ID, SIZE_MAX,
                "the ID is made from the period, which is not known (--period)");
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
    if (!cell || converter->plan->schema->fields[field].type != FIELD_TEXT || !is_plain_id(cell->text)) return false;
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
        converter->row.external_id = filled_text(converter, binding->cell_of_field[binding->ids[i]], true);
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
        if (filled_text(converter, binding->cell_of_field[binding->ids[i]], true).length > 0)
            return binding->ids[i];
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind == REF_FIELD) return source.index;
        if (source.kind == REF_EMPLOYEE && converter->row.person_field != SIZE_MAX) return converter->row.person_field;
    }
    return SIZE_MAX;
}

void row_find_date(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    converter->row.date = NULL;
    converter->row.is_fallback_date = false;
    if (binding->date_count == 0 && converter->plan->schema->date_from_period) {
        const struct file_period *period = &converter->plan->periods[converter->file.number];
        converter->row.date = period->is_known ? &period->moment : NULL;
        if (converter->row.date) return;
    }
    for (size_t i = 0; i < binding->date_count; i++) {
        size_t field = binding->dates[i];
        if (converter->fields[field].value.kind == VALUE_MOMENT) {
            converter->row.date = &converter->fields[field].moment->moment;
            converter->row.is_fallback_date = i > 0;
            return;
        }
    }
    if (binding->date_count == 0) {
        row_problem(converter, E203_MISSING_DATE, SIZE_MAX, "the file has no column for the date");
        converter->row.problems[converter->row.problem_count - 1].is_silent = true;
        return;
    }
    /* a date that cannot be read has its own issue already */
    size_t field = binding->dates[0];
    for (size_t i = 0; i < converter->row.problem_count; i++)
        if (converter->row.problems[i].field == field &&
            issue_kind(converter->row.problems[i].code)->severity == SEVERITY_ERROR)
            return;
    const struct cell *cell = row_cell(converter, field);
    struct view text = cell ? view_trim(cell->text) : view_of(""), label = row_label(&converter->file, field);
    const char *status = row_open_column(converter), *hint = "";
    if (status) hint = ". The file lacks the column that says whether the record is still open. Add it to the report: ";
    if (text.length)
        row_problem(converter, E203_MISSING_DATE, field, "%.*s is \"%.*s\", which is not a date%s%s",
                    VIEW_ARGS(label), VIEW_ARGS(text), hint, status ? status : "");
    else
        row_problem(converter, E203_MISSING_DATE, field, "%.*s is empty%s%s", VIEW_ARGS(label), hint,
                    status ? status : "");
}
