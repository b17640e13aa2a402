/* problem.c: what is wrong with the row at hand, noted until it is known what becomes of it (reject.c). */
#include <stdarg.h>
#include <stdio.h>

#include "convert/row/row_private.h"

#define SHOWN_BYTES 60 /* of a bad value in a message */

struct view row_label(const struct open_file *file, size_t field) {
    struct cell_ref cell = file->binding->cell_of_field[field];
    if (cell.kind != REF_CELL) return view_of(file->binding->schema->fields[field].name);
    return file_has_columns(file) ? file->facts->columns[cell.index].label : file->binding->paths[cell.index];
}

/* Values of private fields stay out of messages, unless --show-private asks for them. */
static bool is_hidden(const struct plan *plan, size_t field) {
    return plan->schema->fields[field].is_private && !plan->options->show_private;
}

void row_problem(struct converter *converter, enum issue_code code, size_t field, const char *format, ...) {
    if (issue_kind(code)->severity == SEVERITY_ERROR) converter->row.has_error = true;
    if (converter->row.problem_count == PROBLEM_LIMIT) return;
    struct problem *problem = &converter->row.problems[converter->row.problem_count++];
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t kept = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
    *problem = (struct problem){.code = code, .field = field};
    problem->detail = arena_copy(converter->arena, view_from(text, kept));
    if (field == SIZE_MAX) return;
    problem->cell = converter->file.binding->cell_of_field[field];
    const struct cell *cell = row_cell(converter, field);
    if (!cell) return;
    problem->is_private = converter->plan->schema->fields[field].is_private && view_trim(cell->text).length > 0;
    if (!is_hidden(converter->plan, field)) problem->value = cell->text;
}

void row_cell_problem(struct converter *converter, enum issue_code code, size_t field, const char *what) {
    struct view label = row_label(&converter->file, field);
    const struct cell *cell = row_cell(converter, field);
    struct view text = cell ? view_trim(cell->text) : view_of("");
    if (is_hidden(converter->plan, field)) {
        row_problem(converter, code, field, "%.*s %s", VIEW_ARGS(label), what);
        return;
    }
    bool is_cut = text.length > SHOWN_BYTES;
    if (is_cut) text.length = SHOWN_BYTES;
    row_problem(converter, code, field, "%.*s \"%.*s%s\" %s", VIEW_ARGS(label), VIEW_ARGS(text), is_cut ? "…" : "",
                what);
}
