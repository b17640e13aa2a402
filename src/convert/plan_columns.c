/* plan_columns.c: the columns of the outputs: of registrations and of rejected.csv. */
#include "convert/plan_columns.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"

const struct chosen_field *plan_chosen(const struct plan *plan, size_t field) {
    const struct run_options *options = plan->options;
    for (size_t i = 0; i < options->field_count; i++)
        if (schema_find_field(plan->schema, view_of(options->fields[i].name)) == field) return &options->fields[i];
    return NULL;
}

const char *plan_title(const struct plan *plan, size_t field) {
    const struct chosen_field *choice = plan_chosen(plan, field);
    return choice && choice->title ? choice->title : plan->schema->fields[field].title;
}

static enum plecto_type plecto_type_of(const struct field *field) {
    static const enum plecto_type types[] = {
        [FIELD_TEXT] = PLECTO_TEXT,         [FIELD_NUMBER] = PLECTO_NUMBER,     [FIELD_DATE] = PLECTO_DATE,
        [FIELD_DATETIME] = PLECTO_DATETIME, [FIELD_DURATION] = PLECTO_DURATION, [FIELD_BOOLEAN] = PLECTO_BOOLEAN,
    };
    return types[field->type];
}

static void add_column(struct plan *plan, const char *title, enum plecto_type type, int places) {
    struct output_column *column = &plan->format.columns[plan->format.column_count++];
    *column = (struct output_column){.title = memory_copy(view_of(title)), .type = type, .places = places};
}

static void add_metric_column(struct plan *plan, const struct metric *metric) {
    if (metric->field == SIZE_MAX) {
        add_column(plan, metric->title, PLECTO_NUMBER, 0);
        return;
    }
    const struct field *field = &plan->schema->fields[metric->field];
    enum plecto_type type = metric->kind == AGGREGATE_COUNT ? PLECTO_NUMBER : plecto_type_of(field);
    int places = metric->kind == AGGREGATE_COUNT ? 0 : field->places;
    add_column(plan, metric->title, type, places);
}

void plan_make_format(struct plan *plan) {
    plan->format.columns =
        memory_get_zero(plan->sent_count + plan->metric_count + plan->group_count + 3, sizeof *plan->format.columns);
    plan->format.provider = plan->options->provider ? plan->options->provider : plan->schema->provider;
    plan->format.data_source = plan->options->data_source;
    if (plan->options->by == BY_ROW) {
        for (size_t i = 0; i < plan->sent_count; i++) {
            const struct field *field = &plan->schema->fields[plan->sent[i]];
            add_column(plan, plan_title(plan, plan->sent[i]), plecto_type_of(field), field->places);
        }
    } else {
        for (size_t i = 0; i < plan->group_count; i++)
            add_column(plan, plan_title(plan, plan->groups[i]), PLECTO_TEXT, 0);
        if (plan->options->layout == LAYOUT_METRIC) {
            add_column(plan, "Metric", PLECTO_TEXT, 0);
            add_column(plan, "Metric Kind", PLECTO_TEXT, 0);
            add_column(plan, "Value", PLECTO_NUMBER, 0);
        }
        for (size_t i = 0; plan->options->layout == LAYOUT_WIDE && i < plan->metric_count; i++)
            if (plan->metrics[i].is_written) add_metric_column(plan, &plan->metrics[i]);
    }
    output_format_prepare(&plan->format);
}

/* Two columns of one title, or one of Plecto's own, would overwrite each other in a registration. */
bool plan_check_titles(const struct plan *plan, struct error *error) {
    for (size_t i = 0; i < plan->format.column_count; i++) {
        struct view title = view_of(plan->format.columns[i].title);
        bool is_taken = schema_title_is_reserved(title);
        for (size_t k = 0; k < i; k++)
            is_taken = is_taken || view_equal(title, view_of(plan->format.columns[k].title));
        if (!is_taken) continue;
        error_set(error, EXIT_WRONG_USE, "two fields of the registration have the title \"%.*s\"", VIEW_ARGS(title));
        return error_fix(error,
                         "Give one of them another title with --field NAME=TITLE, or do not send it: --drop NAME");
    }
    return true;
}

/* How people call a cell of a JSON record: the name of the field that it fills, else its path. */
static struct view record_label(const struct plan *plan, const struct binding *binding, size_t cell) {
    for (size_t field = 0; field < plan->field_count; field++)
        if (ref_is_cell(binding->cell_of_field[field], cell)) return view_of(plan->schema->fields[field].name);
    return binding->paths[cell];
}

/* rejected.csv has the original columns of all files, each label once per file, in order of first appearance; of JSON
 * records the cells that the schema reads, and the record itself. */
void plan_choose_rejected(struct plan *plan, struct input **inputs) {
    struct table *labels = table_create();
    plan->rejected_place = memory_get_zero(plan->file_count, sizeof *plan->rejected_place);
    for (size_t file = 0; file < plan->file_count; file++) {
        const struct input_facts *facts = input_facts(inputs[file]);
        bool by_position = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
        const struct binding *binding = plan->bindings[file];
        size_t count = by_position ? facts->column_count : binding->path_count + 1;
        plan->rejected_place[file] = memory_get_zero(count + 1, sizeof **plan->rejected_place);
        for (size_t i = 0; i < count; i++) {
            struct view label = by_position               ? facts->columns[i].label
                                : i < binding->path_count ? record_label(plan, binding, i)
                                                          : view_of("record");
            size_t before = table_count(labels);
            size_t place = table_add(labels, label, NULL);
            for (size_t k = 0; k < i; k++) /* a label that comes twice in a file keeps two columns */
                if (plan->rejected_place[file][k] == place && place < before) {
                    char *other = memory_print("%.*s (%zu)", VIEW_ARGS(label), i + 1);
                    place = table_add(labels, view_of(other), NULL);
                    free(other);
                    break;
                }
            plan->rejected_place[file][i] = place;
        }
    }
    plan->rejected_count = table_count(labels);
    plan->rejected_columns = memory_get_zero(plan->rejected_count + 1, sizeof *plan->rejected_columns);
    for (size_t i = 0; i < plan->rejected_count; i++)
        plan->rejected_columns[i] = memory_copy(table_key(labels, i));
    table_destroy(labels);
}
