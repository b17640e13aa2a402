/* run.c: a run from options to published folder.
 *
 * open and recognise → choose the schema, bind → plan → pass over the rows → prove date orders (another pass if the
 * column proved other than assumed) → balance the ledger → publish, or nothing. */
#include "convert/run.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "convert/run/pipeline.h"
#include "convert/recount.h"
#include "convert/run/run_private.h"
#include "output/import_xlsx.h"
#include "render/render.h"
#include "review/review.h"

/* --- opening ------------------------------------------------------------------------------------- */

static bool open_inputs(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    run->inputs = memory_get_zero(options->path_count + 1, sizeof *run->inputs);
    run->bindings = memory_get_zero(options->path_count + 1, sizeof *run->bindings);
    for (size_t i = 0; i < options->path_count; i++) {
        if (!input_open(options->paths[i], &options->input, &run->inputs[i], error)) return false;
        run->file_count++;
    }
    return true;
}

/* With auto each file is asked for; files of two schemas make no one result. */
static bool choose_schema(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (strcmp(options->schema, "auto") != 0)
        return schema_load(options->schema, options->schema_folder, &run->schema, error);
    for (size_t i = 0; i < run->file_count; i++) {
        struct schema *schema = NULL;
        if (!schema_choose(input_facts(run->inputs[i]), options->schema_folder, &run->schema_files, &schema, error)) return false;
        if (!run->schema) {
            run->schema = schema;
            continue;
        }
        bool is_same = strcmp(schema->name, run->schema->name) == 0;
        if (!is_same) {
            error_set(error, EXIT_WRONG_USE, "the files are of two kinds: %s is %s, %s is %s",
                      input_facts(run->inputs[0])->path, run->schema->name, input_facts(run->inputs[i])->path,
                      schema->name);
            error_fix(error, "convert them one by one, or say --schema NAME for all");
        }
        schema_free(schema);
        if (!is_same) return false;
    }
    return true;
}

static bool configure(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (!run->schema || !options->configure) return true;
    return options->configure(options->context, run->schema->name, error);
}

/* --field may name a column that the schema does not know: it goes along as text. */
static void adopt_columns(struct run *run) {
    if (!run->schema) return;
    for (size_t i = 0; i < run->options->field_count; i++) {
        struct view name = view_of(run->options->fields[i].name);
        if (schema_find_field(run->schema, name) != SIZE_MAX) continue;
        bool is_there = false;
        for (size_t file = 0; file < run->file_count; file++) {
            const struct input_facts *facts = input_facts(run->inputs[file]);
            for (size_t column = 0; column < facts->column_count; column++)
                is_there = is_there || view_equal(facts->columns[column].label, name);
        }
        if (is_there) schema_add_column(run->schema, name);
    }
}

static bool load_companions(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    struct input_options input = options->input;
    input.sheet = NULL; /* that of the exports themselves */
    return options->companion_count == 0 || joins_load(run->schema, options->companions, options->companion_count,
                                                       options->schema_folder, &input, &run->joins, error);
}

static bool check_join_keys(const struct run *run, size_t file, struct error *error) {
    for (size_t i = 0; run->joins && i < run->schema->join_count; i++) {
        const struct join *join = &run->schema->joins[i];
        if (!joins_given(run->joins)[i] || run->bindings[file]->join_keys[i] != SIZE_MAX) continue;
        error_set(error, EXIT_WRONG_USE, "%s has no column for %s, by which %s would be joined",
                  input_facts(run->inputs[file])->path, join->ours, join->with);
        return error_fix(error, "add the column to the export, or leave --with out");
    }
    return true;
}

static bool bind_inputs(struct run *run, struct error *error) {
    adopt_columns(run);
    if (!load_companions(run, error)) return false;
    struct bind_options options = {run->options->date_field, run->joins ? joins_given(run->joins) : NULL, true};
    for (size_t i = 0; i < run->file_count; i++)
        if (!bind_columns(run->schema, input_facts(run->inputs[i]), &options, &run->bindings[i], error) ||
            !check_join_keys(run, i, error))
            return false;
    return true;
}

/* --- one pass -------------------------------------------------------------------------------------- */

static bool write_rejected_header(struct run *run, struct error *error) {
    struct buffer header = {0};
    buffer_add_text(&header, "file,line,row,codes,reasons,id,columns");
    for (size_t i = 0; i < run->plan.rejected_count; i++) {
        buffer_add_char(&header, ',');
        buffer_add_csv(&header, view_of(run->plan.rejected_columns[i]));
    }
    buffer_add_text(&header, "\r\n");
    bool is_fine = outfile_write(run->rejected, buffer_view(&header), error);
    buffer_free(&header);
    return is_fine;
}

static bool begin_output(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (!options->output || options->dry_run) return true;
    if (!outdir_begin(options->output, options->force, options->watch, &run->outdir, error)) return false;
    if (options->to_jsonl && !outdir_create(run->outdir, "registrations.jsonl", &run->jsonl, error)) return false;
    if (options->to_csv) {
        if (!outdir_create(run->outdir, "import.csv", &run->csv, error)) return false;
        struct buffer header = {0};
        csv_add_header(&header, &run->plan.format);
        bool is_fine = outfile_write(run->csv, buffer_view(&header), error);
        buffer_free(&header);
        if (!is_fine) return false;
    }
    return outdir_create(run->outdir, "rejected.csv", &run->rejected, error) && write_rejected_header(run, error);
}

static void begin_pass(struct run *run) {
    struct result *result = run->result;
    totals_start(&run->totals, &run->plan);
    run->aggregate = run->options->by == BY_ROW ? NULL : aggregate_create(&run->plan);
    counts_start(&run->counts, run->plan.followed_count);
    evidence_start(&run->evidence, run->plan.field_count);
    day_sums_start(&run->day_sums, run->plan.followed_count);
    run->file_counts = memory_get_zero(run->file_count, sizeof *run->file_counts);
    run->repeated.count = 0;
    ledger_start(&result->ledger, run->plan.followed_count);
    result->columns = memory_get_zero(run->plan.followed_count + 1, sizeof *result->columns);
    run_note_files(run);
}

/* Forgets a pass, so that another can begin. */
void run_end_pass(struct run *run) {
    totals_free(&run->totals);
    aggregate_free(run->aggregate);
    counts_free(&run->counts);
    evidence_free(&run->evidence);
    day_sums_free(&run->day_sums);
    free(run->file_counts);
    run->aggregate = NULL;
    run->file_counts = NULL;
}

void run_discard_output(struct run *run) {
    outdir_discard(run->outdir);
    run->outdir = NULL;
    run->jsonl = run->csv = run->rejected = NULL;
}

/* The hash of one import file waits for the next block to be read: see pipeline.c. */
static bool write_outcome(struct run *run, struct outcome *outcome, struct error *error) {
    struct view jsonl = buffer_view(&outcome->jsonl), csv = buffer_view(&outcome->csv);
    if (run->jsonl && !outfile_write_waiting(run->jsonl, jsonl, &outcome->waiting, error)) return false;
    if (run->jsonl && run->csv) sha256_end_waiting(&outcome->waiting);
    if (run->csv && !outfile_write_waiting(run->csv, csv, &outcome->waiting, error)) return false;
    return !run->rejected || outfile_write(run->rejected, buffer_view(&outcome->rejected), error);
}

static bool take_outcome(void *context, struct outcome *outcome, size_t file, struct error *error) {
    struct run *run = context;
    struct result *result = run->result;
    if (!write_outcome(run, outcome, error)) return false;
    ledger_merge(&result->ledger, &outcome->ledger);
    issues_merge(result->issues, outcome->issues);
    totals_take(&run->totals, &run->plan, outcome, file, result);
    counts_add(&run->counts, &outcome->counts);
    evidence_merge(&run->evidence, &outcome->evidence);
    day_sums_merge(&run->day_sums, &outcome->day_sums);
    struct file_counts *counts = &run->file_counts[file];
    counts->rows += outcome->ledger.rows_in;
    counts->written += outcome->ledger.rows[LEDGER_WRITTEN];
    counts->rejected += outcome->ledger.rows[LEDGER_REJECTED];
    if (run->options->progress) {
        const struct progress_step step = {.what = input_facts(run->inputs[file])->path,
                                           .done = input_bytes_raw(run->inputs[file]),
                                           .total = input_size_raw(run->inputs[file]),
                                           .rows = result->ledger.rows_in};
        run->options->progress(run->options->progress_context, &step);
    }
    return true;
}

static bool write_aggregate(struct run *run, struct error *error) {
    if (!run->aggregate) return true;
    struct buffer jsonl = {0}, csv = {0};
    run->counts.of[COUNT_REGISTRATIONS] =
        aggregate_write(run->aggregate, run->jsonl ? &jsonl : NULL, run->csv ? &csv : NULL);
    bool is_fine = (!run->jsonl || outfile_write(run->jsonl, buffer_view(&jsonl), error)) &&
                   (!run->csv || outfile_write(run->csv, buffer_view(&csv), error));
    buffer_free(&jsonl);
    buffer_free(&csv);
    return is_fine;
}

bool run_pass(struct run *run, struct error *error) {
    begin_pass(run);
    return begin_output(run, error) &&
           pipeline_run(&run->plan, run->inputs, take_outcome, run, run->aggregate, &run->repeated, error) &&
           write_aggregate(run, error);
}

/* --- the end ------------------------------------------------------------------------------------------ */

static bool check_cut(struct run *run, struct error *error) {
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        if (!facts->cut_reason) continue;
        if (!run->options->allow_cut) {
            error_set(error, EXIT_CANNOT_READ, "%s is a cut export: %s", facts->path, facts->cut_reason);
            return error_fix(error, "export all pages, or --allow-cut to go on with what is there");
        }
        issues_add(run->result->issues,
                   &(struct issue){.code = W121_CUT_EXPORT, .file = (uint32_t)i, .detail = view_of(facts->cut_reason)});
    }
    return true;
}

static void close_files(struct run *run) {
    struct outfile *files[] = {run->jsonl, run->csv, run->rejected};
    for (size_t i = 0; i < 3; i++)
        if (files[i]) outfile_close(files[i]);
}

/* Import files only where nothing stands against them. */
static void decide_files(struct run *run) {
    struct result *result = run->result;
    bool is_stopped = run->options->stop_on_error && issues_count(result->issues, SEVERITY_ERROR) > 0;
    result->publication = run->options->dry_run ? PUBLISHED_DRY_RUN
                          : !run->outdir        ? PUBLISHED_NOTHING
                          : is_stopped          ? PUBLISHED_REPORTS
                                                : PUBLISHED;
}

/* Import files that were not asked for, or shall not be published. */
static bool remove_files(struct run *run, struct error *error) {
    bool is_stopped = run->result->publication == PUBLISHED_REPORTS;
    if (!run->outdir) return true;
    if (run->jsonl && is_stopped && !outdir_remove(run->outdir, "registrations.jsonl", error)) return false;
    bool has_csv = run->csv && (is_stopped || run->options->csv_is_unwanted);
    return !has_csv || outdir_remove(run->outdir, "import.csv", error);
}

static bool read_back(void *context, const char *name, void (*take)(void *context, struct view bytes),
                      void *take_context, struct error *error) {
    return outdir_read_back(context, name, take, take_context, error);
}

static bool write_review(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    if (!options->to_review || !run->outdir || run->result->publication == PUBLISHED_UNBALANCED) return true;
    struct review_files files = {.read = read_back,
                                 .context = run->outdir,
                                 .has_import = run->csv != NULL,
                                 .has_rejected = true,
                                 .temporary = outdir_temporary(run->outdir),
                                 .progress = options->progress,
                                 .progress_context = options->progress_context};
    char *path = outdir_path(run->outdir, "review.xlsx");
    run_decide_exit(run); /* part of the verdict */
    bool is_fine = review_write(run->result, &files, path, options->created, error) &&
                   outdir_adopt(run->outdir, "review.xlsx", error);
    free(path);
    return is_fine;
}

/* Fills result->balance if the ledger does not balance. */
static bool check_ledger(struct run *run, struct error *error) {
    struct result *result = run->result;
    bool check_disk = result->publication == PUBLISHED && (run->csv || run->jsonl);
    if (check_disk && !recount_files(&run->plan, run->outdir, &result->ledger, error)) return false;
    struct buffer why = {0};
    if (!ledger_balanced(&result->ledger, check_disk, run->plan.followed_titles, &why)) {
        result->balance = buffer_take(&why);
        result->publication = PUBLISHED_UNBALANCED;
    }
    buffer_free(&why);
    return true;
}

/* import.xlsx, made of import.csv as it lies on disk and balances. */
static bool write_workbook(struct run *run, struct error *error) {
    const struct run_options *options = run->options;
    struct import_xlsx_notes notes;
    if (!options->to_xlsx || run->result->publication != PUBLISHED || !run->csv) return true;
    if (!import_xlsx_write(run->outdir, &run->plan.format, options->created, run->counts.of[COUNT_REGISTRATIONS],
                           options->progress, options->progress_context, &notes, error))
        return false;
    if (notes.sheets > 1)
        result_note(run->result, "import.xlsx has %llu sheets: one holds 1,048,576 rows at most",
                    (unsigned long long)notes.sheets);
    if (notes.cut_texts > 0)
        result_note(run->result,
                    "%llu texts are longer than a spreadsheet's cell (32,767 characters) and are cut in "
                    "import.xlsx; the other files have them whole",
                    (unsigned long long)notes.cut_texts);
    if (notes.wide_numbers > 0)
        result_note(run->result, "%llu numbers have more digits than a spreadsheet keeps and are texts in import.xlsx",
                    (unsigned long long)notes.wide_numbers);
    return true;
}

static uint64_t records_in(const struct run *run, const char *name) {
    if (strcmp(name, "rejected.csv") == 0) return run->result->ledger.rows[LEDGER_REJECTED];
    if (strcmp(name, "import.csv") == 0 || strcmp(name, "import.xlsx") == 0 || strcmp(name, "registrations.jsonl") == 0)
        return run->counts.of[COUNT_REGISTRATIONS];
    return 0;
}

static void list_outputs(struct run *run) {
    struct result *result = run->result;
    size_t count = outdir_count(run->outdir);
    result->outputs = memory_get_zero(count + 1, sizeof *result->outputs);
    result->output_count = count;
    for (size_t i = 0; i < count; i++) {
        struct result_output *output = &result->outputs[i];
        output->name = memory_copy(view_of(outdir_name(run->outdir, i)));
        output->bytes = outdir_bytes(run->outdir, i);
        memcpy(output->sha256, outdir_sha256(run->outdir, i), sizeof output->sha256);
        output->records = records_in(run, output->name);
    }
}

static bool put(struct run *run, const char *name, struct buffer *bytes, struct error *error) {
    bool is_fine = outdir_put(run->outdir, name, buffer_view(bytes), error);
    buffer_free(bytes);
    return is_fine;
}

static bool publish(struct run *run, struct error *error) {
    struct result *result = run->result;
    bool is_unbalanced = result->publication == PUBLISHED_UNBALANCED;
    if (!run->outdir || is_unbalanced) {
        run_discard_output(run);
        run_decide_exit(run);
        return true;
    }
    struct buffer bytes = {0};
    if (result->publication == PUBLISHED && (run->csv || run->jsonl)) {
        const char *title = run->options->title ? run->options->title : run->schema->title;
        datasource_write(&bytes, title, &run->plan.format);
        if (!put(run, "datasource.json", &bytes, error)) return false;
    }
    list_outputs(run);
    run_decide_exit(run);
    render_json(result, &bytes);
    if (!put(run, "result.json", &bytes, error)) return false;
    render_receipt(result, run->options->version, &bytes);
    if (!put(run, "receipt.json", &bytes, error)) return false;
    bool is_published = outdir_publish(run->outdir, error);
    run->outdir = NULL;
    return is_published;
}

static void run_free(struct run *run) {
    if (run->outdir) run_discard_output(run);
    run_end_pass(run);
    if (run->has_plan) plan_free(&run->plan);
    for (size_t i = 0; i < run->file_count; i++) {
        binding_free(run->bindings[i]);
        input_close(run->inputs[i]);
    }
    joins_free(run->joins);
    issues_free(run->early_issues);
    repeats_free(run->repeats);
    free(run->repeated.hashes);
    free(run->grain);
    free(run->bindings);
    free(run->inputs);
    read_files_free(&run->schema_files);
    schema_free(run->schema);
}

bool run_convert(const struct run_options *options, struct result *result, struct error *error) {
    struct run run = {.options = options, .result = result};
    *result = (struct result){.issues = issues_create(run_kept_limit(options))};
    bool is_fine =
        open_inputs(&run, error) && choose_schema(&run, error) && configure(&run, error) && bind_inputs(&run, error);
    if (is_fine) {
        run.has_plan = true;
        is_fine = plan_make(options, run.schema, run.inputs, run.bindings, run.file_count, &run.plan, result, error);
        run.plan.joins = run.joins;
        if (is_fine) run_find_periods(&run);
    }
    is_fine = is_fine && run_passes(&run, error) && check_cut(&run, error);
    if (is_fine) {
        close_files(&run);
        run_fill_result(&run);
        run_note_rows(&run);
        decide_files(&run);
    }
    is_fine = is_fine && check_ledger(&run, error) && write_workbook(&run, error) && write_review(&run, error) &&
              remove_files(&run, error);
    issues_show(result->issues, options->example_limit);
    is_fine = is_fine && publish(&run, error);
    run_free(&run);
    return is_fine;
}
