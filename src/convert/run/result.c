/* result.c: the facts of the run as the result has them, its exit code, and what to do next. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "convert/run/run_private.h"
#include "version.h"

static const char *shape_text(const struct input_facts *facts) {
    static const char *const texts[] = {
        [SHAPE_CSV] = "CSV",
        [SHAPE_LIST] = "list answer",
        [SHAPE_EXPORT] = "export answer",
        [SHAPE_REPORT] = "report answer",
        [SHAPE_ARRAY] = "list of records",
        [SHAPE_LINES] = "records, one a line",
    };
    return facts->workbook ? "workbook" : texts[facts->shape];
}

/* The column of a field as rejected.csv names it; NULL where it is none of the file. */
static char *column_label(const struct run *run, size_t file, size_t field) {
    struct cell_ref cell = run->bindings[file]->cell_of_field[field];
    if (cell.kind != REF_CELL) return NULL;
    return memory_copy(view_of(run->plan.rejected_columns[run->plan.rejected_place[file][cell.index]]));
}

static void fill_roles(const struct run *run, size_t file, struct result_file *to) {
    const struct binding *binding = run->bindings[file];
    if (binding->person_count > 0) {
        const struct person_source *person = &binding->people[0];
        to->employee_label =
            column_label(run, file, ref_is_there(person->name_cell) ? person->name_field : person->id_field);
    }
    if (binding->id_part_count > 0 && binding->id_parts[0].source.kind == REF_FIELD)
        to->id_label = column_label(run, file, binding->id_parts[0].source.index);
    if (binding->date_count > 0) to->date_label = column_label(run, file, binding->dates[0]);
}

static void fill_files(const struct run *run, const struct pass *pass, struct result *result) {
    result->files = memory_get_zero(run->file_count + 1, sizeof *result->files);
    result->file_count = run->file_count;
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        struct result_file *file = &result->files[i];
        file->path = memory_copy(view_of(facts->path));
        file->shape = memory_copy(view_of(shape_text(facts)));
        file->encoding = memory_copy(view_of(facts->encoding));
        if (facts->workbook) file->sheet = memory_copy(view_of(facts->workbook->sheet));
        file->compressed = facts->compressed;
        file->bytes = input_bytes_raw(run->inputs[i]);
        input_sha256(run->inputs[i], file->sha256);
        file->rows = pass->files[i].rows;
        file->written = pass->files[i].written;
        file->rejected = pass->files[i].rejected;
        file->header_row = facts->header_row;
        fill_roles(run, i, file);
        run_fill_columns(run, pass, i, file);
        file->titles = memory_get_zero(facts->title_count + facts->bound_count + 1, sizeof *file->titles);
        for (size_t k = 0; k < facts->title_count; k++)
            file->titles[file->title_count++] = memory_copy(facts->titles[k]);
        for (size_t k = 0; k < facts->bound_count; k++)
            file->titles[file->title_count++] = memory_copy(facts->bounds[k]);
    }
}

static char *date_text(int32_t day) {
    struct buffer text = {0};
    date_print(&text, day);
    return buffer_take(&text);
}

static char *per_text(const struct run_options *options) {
    struct buffer text = {0};
    if (options->per_employee) buffer_add_text(&text, "employee");
    for (size_t i = 0; i < options->group_count; i++) {
        buffer_add_text(&text, text.length ? "," : "");
        buffer_add_text(&text, options->group_fields[i]);
    }
    return buffer_take(&text);
}

/* Hash of the schema's text: a receipt names which rules were used. */
static char *schema_hash(const struct schema *schema) {
    struct sha256 hash;
    char hex[65];
    if (schema->sha256[0]) return memory_copy(view_of(schema->sha256));
    sha256_start(&hash);
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (strcmp(embedded_schemas[i].name, schema->name) == 0)
            sha256_add(&hash, embedded_schemas[i].text, embedded_schemas[i].length);
    sha256_end(&hash, hex);
    return memory_copy(view_of(hex));
}

/* Every file that was read, by role. */
static void fill_inputs(const struct run *run, struct result *result) {
    struct read_files *inputs = &result->inputs;
    const struct run_options *options = run->options;
    for (size_t i = 0; i < run->file_count; i++)
        read_files_add_input(inputs, FILE_EXPORT, run->inputs[i]);
    read_files_merge(inputs, joins_files(run->joins));
    read_files_merge(inputs, roster_files(options->roster));
    read_files_merge(inputs, fixes_files(options->fixes));
    schema_note_file(run->schema, inputs);
    read_files_merge(inputs, &run->schema_files);
    if (options->files) read_files_merge(inputs, options->files);
    read_files_sort(inputs);
}

static void fill_options(const struct run *run, struct result *result) {
    static const char *const by[] = {"row", "day", "week", "month"};
    const struct run_options *options = run->options;
    result->command = memory_copy(view_of(options->command));
    result->by = memory_copy(view_of(by[options->by]));
    result->per = per_text(options);
    result->layout = memory_copy(view_of(options->layout == LAYOUT_METRIC ? "metric" : "wide"));
    if (options->zone) result->zone = memory_copy(view_of(zone_name(options->zone)));
    if (options->zone) result->zone_data = memory_copy(view_of(zone_data(options->zone)));
    if (options->has_period) {
        char *from = date_text(options->period_from), *to = date_text(options->period_to);
        result->period = memory_print("%s..%s", from, to);
        free(from);
        free(to);
    }
    static const char *const levels[] = {"never", "warning", "error"};
    result->on_error = memory_copy(view_of(options->stop_on_error ? "stop" : "reject"));
    result->fail_on = memory_copy(view_of(levels[options->fail_on]));
    if (options->output) result->output_folder = memory_copy(view_of(options->output));
}

static void fill_values(const struct field *field, struct result_field *to) {
    to->value_count = field->value_count;
    to->values = memory_get_zero(field->value_count + 1, sizeof *to->values);
    for (size_t i = 0; i < field->value_count; i++)
        to->values[i] = memory_copy(view_of(field->values[i]));
}

static void fill_columns(const struct run *run, const struct pass *pass, struct result *result) {
    const struct plan *plan = &run->plan;
    result->columns = memory_get_zero(plan->followed_count + 1, sizeof *result->columns);
    for (size_t i = 0; i < plan->followed_count; i++)
        result->columns[i] = (struct result_column){.title = memory_copy(view_of(plan->followed_titles[i])),
                                                    .is_money = plan->schema->fields[plan->followed[i]].is_money,
                                                    .inactive_sum = pass->counts.sums[COUNT_SUM_INACTIVE][i]};
}

static void fill_fields(const struct run *run, struct result *result) {
    const struct output_format *format = &run->plan.format;
    result->field_count = format->column_count;
    result->fields = memory_get_zero(format->column_count + 1, sizeof *result->fields);
    for (size_t i = 0; i < format->column_count; i++) {
        const struct output_column *column = &format->columns[i];
        result->fields[i] = (struct result_field){
            .title = memory_copy(view_of(column->title)), .type = column->type, .places = column->places};
        if (run->options->by == BY_ROW) fill_values(&run->schema->fields[run->plan.sent[i]], &result->fields[i]);
    }
}

static void fill_counts(const struct run *run, const struct pass *pass, struct result *result) {
    const struct counts *counts = &pass->counts;
    result->registrations = counts->of[COUNT_REGISTRATIONS];
    result->inactive_rows = counts->of[COUNT_INACTIVE];
    result->employees = table_count(pass->day_sums.members);
    if (counts->first_day <= counts->last_day) {
        result->first_date = date_text(counts->first_day);
        result->last_date = date_text(counts->last_day);
    }
    result->active_only = run->options->active_only;
    for (size_t i = 0; i < run->file_count; i++)
        result->has_active = result->has_active || run->bindings[i]->active_field != SIZE_MAX;
}

/* What the pass has in the result's own form is the result's from now on. */
static void move_findings(struct pass *pass, struct result *result) {
    result->publication = pass->publication;
    result->balance = pass->balance;
    result->ledger = pass->ledger;
    result->issues = pass->findings.issues;
    result->notes = pass->findings.notes;
    result->note_count = pass->findings.note_count;
    result->totals = pass->totals.found;
    result->total_count = pass->totals.found_count;
    pass->balance = NULL;
    pass->ledger = (struct ledger){0};
    pass->findings = (struct findings){0};
    pass->totals.found = NULL;
    pass->totals.found_count = 0;
}

static void fill_verdict(const struct run *run, struct result *result) {
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    uint64_t warnings = issues_count(result->issues, SEVERITY_WARNING);
    bool is_unbalanced = result->publication == PUBLISHED_UNBALANCED;
    bool is_validate = strcmp(result->command, "validate") == 0;
    bool is_reached = (run->options->fail_on == SEVERITY_ERROR && errors > 0) ||
                      (run->options->fail_on == SEVERITY_WARNING && errors + warnings > 0);
    result->exit_code = is_unbalanced                                                         ? EXIT_NOT_BALANCED
                        : !is_validate && report_verdict_state(result) == VERDICT_NOTHING ? EXIT_ANSWER_NO
                        : !is_reached                                                         ? EXIT_FINE
                        : is_validate                                                         ? EXIT_ANSWER_NO
                                                                                              : EXIT_NOT_CLEAN;
    bool has_folder = result->publication == PUBLISHED || result->publication == PUBLISHED_REPORTS;
    result->place = run->options->place;
    if (run->options->arguments)
        result->call = memory_print("st2plecto %s %s%s", run->options->command, run->options->arguments,
                                    has_folder && !run->options->force ? " --force" : "");
    run_fill_next(run, result);
}

void run_fill_result(const struct run *run, struct pass *pass, struct result *result) {
    result->rules = ST2PLECTO_RULES;
    const struct schema *schema = run->schema;
    result->schema_name = memory_copy(view_of(schema->name));
    result->schema_title = memory_copy(view_of(run->options->title ? run->options->title : schema->title));
    result->schema_file = memory_copy(view_of(schema->file));
    result->schema_sha256 = schema_hash(schema);
    fill_options(run, result);
    fill_files(run, pass, result);
    fill_inputs(run, result);
    result->origin = run_origin(run->options, &run->plan, result);
    if (run->options->describe) run->options->describe(run->options->context, result);
    move_findings(pass, result);
    fill_columns(run, pass, result);
    fill_fields(run, result);
    fill_counts(run, pass, result);
    run_fill_people(&pass->day_sums, result);
    if (pass->aggregate) aggregate_fill_grid(pass->aggregate, &result->grid);
    fill_verdict(run, result);
}
