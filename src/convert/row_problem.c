/* row_problem.c: what is told of a row and its fields; below all that finds something. */
#include <stdarg.h>
#include <stdio.h>

#include "convert/row_private.h"

struct view row_label(const struct converter *converter, size_t field) {
    struct cell_ref cell = converter->binding->cell_of_field[field];
    const struct input_facts *facts = converter->facts;
    if (cell.kind != REF_CELL) return view_of(converter->plan->schema->fields[field].name);
    bool by_position = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
    return by_position ? facts->columns[cell.index].label : converter->binding->paths[cell.index];
}

bool row_is_hidden(const struct converter *converter, size_t field) {
    return converter->plan->schema->fields[field].is_private && !converter->plan->options->show_private;
}

void row_problem(struct converter *converter, enum issue_code code, size_t field, const char *format, ...) {
    if (issue_kind(code)->severity == SEVERITY_ERROR) converter->has_error = true;
    if (converter->problem_count == PROBLEM_LIMIT) return;
    struct problem *problem = &converter->problems[converter->problem_count++];
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t kept = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
    *problem = (struct problem){.code = code, .field = field};
    problem->detail = arena_copy(converter->arena, view_from(text, kept));
    if (field == SIZE_MAX) return;
    problem->cell = converter->binding->cell_of_field[field];
    const struct cell *cell = row_cell(converter, field);
    if (!cell) return;
    problem->is_private = converter->plan->schema->fields[field].is_private && view_trim(cell->text).length > 0;
    if (!row_is_hidden(converter, field)) problem->value = cell->text;
}
