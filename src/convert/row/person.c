/* person.c: the employee of a registration (schemas/plecto.md, "A registration"). */
#include "base/digits.h"
#include "convert/id_form.h"
#include "convert/join.h"
#include "convert/row/row_private.h"
#include "values/boolean.h"
#include "values/nothing.h"

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

/* Fills member_id and member_name from a candidate; false if it is empty in this row. */
static bool assign_person(struct converter *converter, const struct person_source *source) {
    const struct cell *id_cell = row_cell_at(&converter->row, source->id_cell);
    const struct cell *name_cell = row_cell_at(&converter->row, source->name_cell);
    bool has_plain_id = id_cell && row_is_plain_id(id_cell->text), has_plain_name = is_ordinary_name(name_cell);
    if ((id_cell && !has_plain_id && row_refuse_error(converter, source->id_cell, source->id_field)) ||
        (name_cell && !has_plain_name && row_refuse_error(converter, source->name_cell, source->name_field)))
        return true;
    struct view id = !id_cell       ? view_of("")
                     : has_plain_id ? id_cell->text
                                    : row_filled_text(converter, source->id_cell, true);
    struct view name = !name_cell       ? view_of("")
                       : has_plain_name ? name_cell->text
                                        : row_filled_text(converter, source->name_cell, false);
    if (!has_plain_id && is_point_zero(id)) {
        id = id_without_zero(id);
        converter->outcome->evidence.float_people++;
    }
    if (id.length == 0 && name.length == 0) return false;
    if (id_cell && !has_plain_id) row_tell_form(converter, source->id_cell, source->id_field);
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
        if (row_filled_text(converter, cell, role == ROLE_EMPLOYEE).length == 0) continue;
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
