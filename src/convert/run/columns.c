/* columns.c: what the columns of a file became, for the first lines of a report: which name the employee, the ID and the
 * date, how many are not sent, and which of those hold numbers. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "schema/label_words.h"

/* --- roles ------------------------------------------------------------------------------------------------- */

static void add_quoted(struct buffer *out, const char *label) {
    buffer_print(out, "\"%s\"", label);
}

/* The label of a field's column as the file has it; the field's name where it is computed or looked up. */
static void add_field(const struct run *run, size_t file, size_t field, struct buffer *out) {
    struct cell_ref cell = run->bindings[file]->cell_of_field[field];
    const char *label = run->schema->fields[field].name;
    if (cell.kind == REF_CELL) label = run->plan.rejected_columns[run->plan.rejected_place[file][cell.index]];
    add_quoted(out, label);
}

static const char *people_join(const struct run *run) {
    for (size_t i = 0; run->joins && i < run->schema->join_count; i++)
        if (run->schema->joins[i].is_people && joins_given(run->joins)[i]) return run->schema->joins[i].with;
    return NULL;
}

static void add_employee(const struct run *run, size_t file, struct buffer *out) {
    const struct binding *binding = run->bindings[file];
    const char *join = people_join(run);
    bool is_own = binding->person_count > 0 && (binding->has_chosen_person || !join);
    buffer_add_text(out, "employee ");
    if (is_own) {
        const struct person_source *person = &binding->people[0];
        add_field(run, file, ref_is_there(person->name_cell) ? person->name_field : person->id_field, out);
    } else if (join) {
        buffer_print(out, "from %s", join);
    } else if (run->plan.default_employee) {
        add_quoted(out, run->plan.default_employee);
        buffer_add_text(out, " for every row");
    } else {
        buffer_add_text(out, "missing");
    }
}

static void add_id(const struct run *run, size_t file, struct buffer *out) {
    const struct binding *binding = run->bindings[file];
    size_t count = 0;
    buffer_add_text(out, ", ID ");
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind == REF_END) continue;
        buffer_add_text(out, count++ ? " + " : "");
        if (source.kind == REF_FIELD) add_field(run, file, source.index, out);
        if (source.kind == REF_PERIOD) buffer_add_text(out, "the period");
        if (source.kind == REF_EMPLOYEE) buffer_add_text(out, "the employee");
    }
    if (count == 0) buffer_add_text(out, "missing");
}

static void add_date(const struct run *run, size_t file, struct buffer *out) {
    const struct binding *binding = run->bindings[file];
    buffer_add_text(out, ", date ");
    if (binding->date_count > 0)
        add_field(run, file, binding->dates[0], out);
    else
        buffer_add_text(out, run->schema->date_from_period ? "the first day of the period" : "missing");
}

/* --- what is not sent ---------------------------------------------------------------------------------------- */

static bool is_used(const struct run *run, size_t file, size_t field) {
    const struct binding *binding = run->bindings[file];
    for (size_t i = 0; run->options->by == BY_ROW && i < run->plan.sent_count; i++)
        if (run->plan.sent[i] == field) return true;
    for (size_t i = 0; run->options->by != BY_ROW && i < run->plan.group_count; i++)
        if (run->plan.groups[i] == field) return true;
    if (run->options->by != BY_ROW && run->plan.metric_place[field] != SIZE_MAX) return true;
    for (size_t i = 0; i < binding->person_count; i++)
        if (binding->people[i].id_field == field || binding->people[i].name_field == field) return true;
    for (size_t i = 0; i < binding->date_count; i++)
        if (binding->dates[i] == field) return true;
    for (size_t i = 0; i < binding->id_part_count; i++)
        if (binding->id_parts[i].source.kind == REF_FIELD && binding->id_parts[i].source.index == field) return true;
    return false;
}

static void fill_unsent(const struct run *run, const struct pass *pass, size_t file, struct result_file *to) {
    const struct binding *binding = run->bindings[file];
    for (size_t i = 0; i < binding->unknown_count; i++)
        to->unsent += binding->unknown_columns[i].length > 0;
    for (size_t i = 0; i < run->plan.field_count; i++)
        to->unsent += binding->cell_of_field[i].kind == REF_CELL && !is_used(run, file, i);
    const struct unsent_columns *columns = &run->plan.unsent[file];
    to->unsent_numbers = memory_get_zero(columns->count + 1, sizeof *to->unsent_numbers);
    for (size_t i = 0; i < columns->count; i++)
        if (unsent_holds_numbers(&pass->files[file].unsent[i]))
            to->unsent_numbers[to->unsent_number_count++] = memory_copy(columns->list[i].label);
}

/* --- what could serve where one of the three is missing --------------------------------------------------------- */

static void add_other(struct view label, char ***labels, size_t *count) {
    (*labels)[(*count)++] = memory_copy(label);
}

static bool is_person(const struct binding *binding, size_t field) {
    bool is_one = false;
    for (size_t i = 0; i < binding->person_count; i++)
        is_one = is_one || binding->people[i].name_field == field || binding->people[i].id_field == field;
    return is_one;
}

static bool is_date(const struct binding *binding, size_t field) {
    bool is_one = false;
    for (size_t i = 0; i < binding->date_count; i++)
        is_one = is_one || binding->dates[i] == field;
    return is_one;
}

static void fill_others(const struct run *run, const struct pass *pass, size_t file, struct result_file *to) {
    const struct unsent_columns *columns = &run->plan.unsent[file];
    const struct binding *binding = run->bindings[file];
    to->other_people = memory_get_zero(columns->count + run->plan.field_count + 1, sizeof *to->other_people);
    to->other_dates = memory_get_zero(columns->count + run->plan.field_count + 1, sizeof *to->other_dates);
    for (size_t i = 0; i < columns->count; i++) {
        const struct unsent_values *values = &pass->files[file].unsent[i];
        struct view label = columns->list[i].label;
        if (values->texts > 0 && label_is_person(label)) add_other(label, &to->other_people, &to->other_people_count);
        if (values->others > 0 && label_is_day(label)) add_other(label, &to->other_dates, &to->other_dates_count);
    }
    for (size_t i = 0; i < run->plan.field_count; i++) {
        struct cell_ref cell = binding->cell_of_field[i];
        const struct field *field = &run->schema->fields[i];
        if (cell.kind != REF_CELL) continue;
        struct view label = view_of(run->plan.rejected_columns[run->plan.rejected_place[file][cell.index]]);
        if (field->role == ROLE_EMPLOYEE_NAME && !is_person(binding, i))
            add_other(label, &to->other_people, &to->other_people_count);
        if ((field->type == FIELD_DATE || field->type == FIELD_DATETIME) && !is_date(binding, i))
            add_other(label, &to->other_dates, &to->other_dates_count);
    }
    /* few files have any, and there may be thousands of files */
    to->other_people = memory_resize(to->other_people, (to->other_people_count + 1) * sizeof *to->other_people);
    to->other_dates = memory_resize(to->other_dates, (to->other_dates_count + 1) * sizeof *to->other_dates);
}

void run_fill_columns(const struct run *run, const struct pass *pass, size_t file, struct result_file *to) {
    struct buffer roles = {0};
    add_employee(run, file, &roles);
    add_id(run, file, &roles);
    add_date(run, file, &roles);
    to->roles = buffer_take(&roles);
    fill_unsent(run, pass, file, to);
    fill_others(run, pass, file, to);
}
