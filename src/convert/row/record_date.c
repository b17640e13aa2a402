/* record_date.c: the date of a registration (schemas/plecto.md, "A registration"). */
#include "convert/row/row_private.h"

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
        row_problem(converter, E203_MISSING_DATE, field, "%.*s is \"%.*s\", which is not a date%s%s", VIEW_ARGS(label),
                    VIEW_ARGS(text), hint, status ? status : "");
    else
        row_problem(converter, E203_MISSING_DATE, field, "%.*s is empty%s%s", VIEW_ARGS(label), hint,
                    status ? status : "");
}
