/* result.c: options added, and giving everything back. */
#include "report/result.h"

#include <stdlib.h>

#include "base/memory.h"

struct result_option *result_add_option(struct result *result, const char *name) {
    result->options = memory_resize(result->options, (result->option_count + 1) * sizeof *result->options);
    struct result_option *option = &result->options[result->option_count++];
    *option = (struct result_option){.name = memory_copy(view_of(name))};
    return option;
}

void result_option_add(struct result_option *option, struct view value) {
    option->values = memory_resize(option->values, (option->value_count + 1) * sizeof *option->values);
    option->values[option->value_count++] = memory_copy(value);
}

static int compare_options(const void *left, const void *right) {
    const struct result_option *a = left, *b = right;
    return strcmp(a->name, b->name);
}

void result_sort_options(struct result *result) {
    if (result->option_count > 1)
        qsort(result->options, result->option_count, sizeof *result->options, compare_options);
}

size_t result_money_column(const struct result *result) {
    size_t column = 0;
    while (column < result->ledger.column_count && !result->columns[column].is_money)
        column++;
    return column;
}

struct totals_count result_count_totals(const struct result *result) {
    struct totals_count count = {0};
    for (size_t i = 0; i < result->total_count; i++) {
        bool is_compared = result->totals[i].compared > 0;
        count.compared += is_compared;
        count.agreeing += is_compared && result->totals[i].agrees;
    }
    return count;
}

static void free_files(struct result *result) {
    for (size_t i = 0; i < result->file_count; i++) {
        struct result_file *file = &result->files[i];
        for (size_t k = 0; k < file->title_count; k++)
            free(file->titles[k]);
        free(file->titles);
        free(file->path);
        free(file->shape);
        free(file->encoding);
        free(file->sheet);
        for (size_t k = 0; k < file->unsent_number_count; k++)
            free(file->unsent_numbers[k]);
        free(file->unsent_numbers);
        for (size_t k = 0; k < file->other_people_count; k++)
            free(file->other_people[k]);
        free(file->other_people);
        for (size_t k = 0; k < file->other_dates_count; k++)
            free(file->other_dates[k]);
        free(file->other_dates);
        free(file->roles);
        free(file->employee_label);
        free(file->id_label);
        free(file->date_label);
    }
    free(result->files);
}

static void free_parts(struct result_part *parts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(parts[i].key);
        free(parts[i].title);
        free(parts[i].sums);
    }
    free(parts);
}

static void free_grid(struct result_grid *grid) {
    for (size_t i = 0; i < grid->period_count; i++)
        free(grid->periods[i]);
    for (size_t i = 0; i < grid->row_count; i++) {
        free(grid->rows[i].key);
        free(grid->rows[i].title);
        free(grid->rows[i].sums);
        free(grid->rows[i].is_there);
    }
    free(grid->periods);
    free(grid->rows);
    free(grid->metric);
}

static void free_options(struct result *result) {
    for (size_t i = 0; i < result->option_count; i++) {
        for (size_t k = 0; k < result->options[i].value_count; k++)
            free(result->options[i].values[k]);
        free(result->options[i].values);
        free(result->options[i].name);
    }
    free(result->options);
}

void result_stop(struct result *result, const char *command, char *const *paths, size_t path_count,
                 const struct error *error) {
    *result = (struct result){.publication = PUBLISHED_STOPPED, .exit_code = error->code};
    result->command = memory_copy(view_of(command));
    result->stopped = memory_copy(view_of(error->message ? error->message : ""));
    if (error_advice(error)) result->stopped_fix = memory_copy(view_of(error_advice(error)));
    result->issues = issues_create(0);
    result->files = memory_get_zero(path_count + 1, sizeof *result->files);
    for (; result->file_count < path_count; result->file_count++)
        result->files[result->file_count].path = memory_copy(view_of(paths[result->file_count]));
}

void result_free(struct result *result) {
    free_parts(result->days, result->day_count);
    free_parts(result->people, result->person_count);
    free_grid(&result->grid);
    for (size_t i = 0; i < result->field_count; i++) {
        for (size_t k = 0; k < result->fields[i].value_count; k++)
            free(result->fields[i].values[k]);
        free(result->fields[i].values);
        free(result->fields[i].title);
    }
    free(result->fields);
    free_files(result);
    for (size_t i = 0; i < result->output_count; i++)
        free(result->outputs[i].name);
    free(result->outputs);
    for (size_t i = 0; result->columns && i < result->ledger.column_count; i++)
        free(result->columns[i].title);
    free(result->columns);
    ledger_free(&result->ledger);
    for (size_t i = 0; i < result->total_count; i++) {
        free(result->totals[i].kind);
        free(result->totals[i].group);
        free(result->totals[i].text);
    }
    free(result->totals);
    for (size_t i = 0; i < result->note_count; i++)
        free(result->notes[i]);
    free(result->notes);
    issues_free(result->issues);
    read_files_free(&result->inputs);
    free_options(result);
    char *texts[] = {
        result->command,       result->schema_name, result->schema_title, result->schema_file, result->schema_sha256,
        result->output_folder, result->first_date,  result->last_date,    result->by,          result->per,
        result->layout,        result->zone,        result->zone_data,     result->period,       result->on_error,    result->fail_on,
        result->next,          result->next_note,   result->stopped,     result->stopped_fix,  result->balance,     result->origin,
        result->call,          result->had};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *result = (struct result){0};
}
