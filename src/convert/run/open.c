/* open.c: from options to a plan: open and recognise the inputs, choose the schema, load the companions, bind. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "convert/run/types.h"
#include "schema/choice_memo.h"
#include "schema/known_labels.h"

/* One that the sorting by type opened, or a new one. */
static bool open_input(struct run *run, size_t number, const struct input_options *input, struct error *error) {
    const struct run_options *options = run->options;
    struct input **opened = options->opened ? &options->opened[number] : NULL;
    if (opened && *opened) {
        run->inputs[number] = *opened;
        *opened = NULL;
    } else if (!input_open(options->paths[number], input, &run->inputs[number], error)) {
        return false;
    }
    run->file_count++;
    if (options->path_count > FILES_AWAKE) input_rest(run->inputs[number]);
    return true;
}

static bool refuse_second(const struct run *run, size_t number, const struct schema *schema, struct error *error) {
    if (run->options->has_several_types) *run->options->has_several_types = true;
    error_set(error, EXIT_WRONG_USE, "the files are of two kinds: %s is %s, %s is %s",
              input_facts(run->inputs[0])->path, run->schema->name, input_facts(run->inputs[number])->path,
              schema->name);
    return error_fix(error, "Convert them one by one, or give --schema NAME for all.");
}

/* With auto each file is asked for as it is opened; files of two schemas make no one result. */
static bool choose_for(struct run *run, size_t number, struct choice_memo *memo, struct error *error) {
    const struct input_facts *facts = input_facts(run->inputs[number]);
    struct schema *schema = NULL;
    if (facts_are_empty(facts)) return true; /* it is of any kind */
    const char *known = choice_memo_find(memo, facts);
    if (known && run->schema && strcmp(known, run->schema->name) == 0) return true;
    if (!schema_choose(facts, run->options->schema_folder, &run->schema_files, &schema, error)) return false;
    choice_memo_add(memo, facts, schema->name);
    if (!run->schema) {
        run->schema = schema;
        return true;
    }
    bool is_same = strcmp(schema->name, run->schema->name) == 0 || refuse_second(run, number, schema, error);
    schema_free(schema);
    return is_same;
}

static bool open_inputs(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    struct input_options input = options->input;
    run->labels = known_labels_create(options->schema, options->schema_folder);
    input.judge = known_labels_judge(run->labels);
    input.without_hash = options->watch_rows != NULL; /* no result names the file */
    run->inputs = memory_get_zero(options->path_count + 1, sizeof *run->inputs);
    run->bindings = memory_get_zero(options->path_count + 1, sizeof *run->bindings);
    bool is_auto = strcmp(options->schema, "auto") == 0, is_fine = true;
    struct choice_memo *memo = choice_memo_create(options->schema_folder);
    for (size_t i = 0; is_fine && i < options->path_count; i++) {
        input.like = i > 0 ? run->inputs[i - 1] : NULL;
        is_fine = open_input(run, i, &input, error) && (!is_auto || choose_for(run, i, memo, error));
    }
    choice_memo_free(memo);
    return is_fine;
}

/* Of answers without records only the name says what they are: jobs.json, jobs-2025-10-20.json. */
static bool choose_by_name(struct run *run, struct error *error) {
    const char *path = input_facts(run->inputs[0])->path, *best = run_type_by_name(path);
    if (best) return schema_load(best, run->options->schema_folder, &run->schema, error);
    error_set(error, EXIT_WRONG_USE, "%s: is an answer without records, so its columns do not say what it is", path);
    return error_fix(error, "Name it: --schema jobs");
}

static bool choose_schema(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (strcmp(options->schema, "auto") != 0)
        return schema_load(options->schema, options->schema_folder, &run->schema, error);
    return run->schema || run->file_count == 0 || choose_by_name(run, error);
}

static bool configure(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (!run->schema || !options->configure) return true;
    return options->configure(options->context, run->schema->name, error);
}

static bool load_companions(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    struct input_options input = options->input;
    input.judge = known_labels_judge(run->labels);
    input.sheet = NULL; /* that of the exports themselves */
    return options->companion_count == 0 || joins_load(run->schema, options->companions, options->companion_count,
                                                       options->schema_folder, &input, &run->joins, error);
}

static bool check_join_keys(const struct run *run, size_t file, struct error *error) {
    for (size_t i = 0; run->joins && i < run->schema->join_count; i++) {
        const struct join *join = &run->schema->joins[i];
        if (!joins_given(run->joins)[i] || run->bindings[file]->join_keys[i] != SIZE_MAX) continue;
        error_set(error, EXIT_WRONG_USE, "%s has no column for %s, which --with %s needs",
                  input_facts(run->inputs[file])->path, join->ours, join->with);
        return error_fix(error, "Add the column to the export, or convert without --with.");
    }
    return true;
}

static bool bind_inputs(struct run *run, struct error *error) {
    if (!run_adopt_columns(run, error) || !load_companions(run, error)) return false;
    struct bind_options options = {.date_field = run->options->date_field,
                                   .employee_field = run->options->employee_field,
                                   .join_given = run->joins ? joins_given(run->joins) : NULL,
                                   .has_period = true};
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        /* of the same columns, kept once: they are bound in the same way */
        if (i > 0 && facts->shape == SHAPE_CSV && facts->columns == input_facts(run->inputs[i - 1])->columns)
            run->bindings[i] = run->bindings[i - 1];
        else if (!bind_columns(run->schema, facts, &options, &run->bindings[i], error) || !check_join_keys(run, i, error))
            return false;
    }
    return true;
}

static bool has_column(const struct input_facts *facts, struct view label) {
    for (size_t i = 0; i < facts->column_count; i++)
        if (view_equal_fold(facts->columns[i].label, label)) return true;
    return false;
}

/* Whether the file is a rejected.csv of ours, in whatever form and order of columns it was saved again. */
static bool holds_rejected(const struct input_facts *facts) {
    for (const char *label = REJECTED_LABELS; label;) {
        const char *comma = strchr(label, ',');
        if (!has_column(facts, comma ? view_from(label, (size_t)(comma - label)) : view_of(label))) return false;
        label = comma ? comma + 1 : NULL;
    }
    return true;
}

/* Totals of rows that were set aside, without all the others of their days, would replace those in Plecto. Whether another
 * file has all the others nobody can know. */
static bool check_rejected(const struct run *run, struct error *error) {
    for (size_t i = 0; run->options->by != BY_ROW && i < run->file_count; i++) {
        if (!holds_rejected(input_facts(run->inputs[i]))) continue;
        error_set(error, EXIT_WRONG_USE,
                  "%s: has only rows that were set aside. Totals that lack the other rows would replace the whole totals in Plecto",
                  input_facts(run->inputs[i])->path);
        return error_fix(error, "Correct the rows in ServiceTitan, or in the review workbook (--to review), and convert the "
                                "whole export again.");
    }
    return true;
}

bool run_open(struct run *run, struct error *error) {
    findings_start(&run->findings, run_kept_limit(run->options));
    if (!open_inputs(run, error) || !check_rejected(run, error) || !choose_schema(run, error) || !configure(run, error) || !bind_inputs(run, error) ||
        !run_scan(run, error) || !run_find_id_columns(run, error) || !run_note_renamed(run, error))
        return false;
    run->has_plan = true;
    if (!plan_make(run->options, run->schema, run->inputs, run->bindings, run->file_count, &run->plan, &run->findings,
                   error))
        return false;
    run->plan.joins = run->joins;
    run->plan.found = run->groups;
    run->plan.found_count = run->group_count;
    run_find_periods(run);
    return true;
}

void run_close(struct run *run) {
    if (run->has_plan) plan_free(&run->plan);
    for (size_t i = 0; i < run->file_count; i++) {
        if (i == 0 || run->bindings[i] != run->bindings[i - 1]) binding_free(run->bindings[i]);
        input_close(run->inputs[i]);
    }
    joins_free(run->joins);
    findings_free(&run->findings);
    repeats_free(run->repeats);
    vanished_free(run->vanished);
    for (size_t i = 0; i < run->group_count; i++)
        row_groups_free(run->groups[i].groups);
    free(run->groups);
    free(run->grain);
    free(run->id_columns);
    free(run->bindings);
    free(run->inputs);
    known_labels_free(run->labels);
    read_files_free(&run->schema_files);
    schema_free(run->schema);
}
