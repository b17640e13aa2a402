/* pass.c: one pass over all rows. Everything it learns and writes is its own, so it can be thrown away whole. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row_watch.h"
#include "convert/run/run_private.h"

static void start(const struct run *run, struct pass *pass) {
    const struct plan *plan = &run->plan;
    *pass = (struct pass){0};
    pass->files = memory_get_zero(run->file_count + 1, sizeof *pass->files);
    for (size_t i = 0; i < run->file_count; i++)
        pass->files[i].unsent = memory_get_zero(plan->unsent[i].count + 1, sizeof *pass->files[i].unsent);
    pass->file_count = run->file_count;
    ledger_start(&pass->ledger, plan->followed_count);
    findings_start(&pass->findings, run_kept_limit(run->options));
    findings_merge(&pass->findings, &run->findings);
    counts_start(&pass->counts, plan->followed_count);
    evidence_start(&pass->evidence, plan->field_count);
    day_sums_start(&pass->day_sums, plan->followed_count);
    totals_start(&pass->totals, plan);
    if (run->options->by != BY_ROW) pass->aggregate = aggregate_create(plan);
}

void pass_free(struct pass *pass) {
    outdir_discard(pass->outdir);
    for (size_t i = 0; i < pass->file_count; i++)
        free(pass->files[i].unsent);
    free(pass->files);
    ledger_free(&pass->ledger);
    findings_free(&pass->findings);
    counts_free(&pass->counts);
    evidence_free(&pass->evidence);
    day_sums_free(&pass->day_sums);
    totals_free(&pass->totals);
    aggregate_free(pass->aggregate);
    free(pass->repeated.hashes);
    odd_ids_free(&pass->repeated.odd);
    free(pass->balance);
    *pass = (struct pass){0};
}

/* --- output ---------------------------------------------------------------------------------------- */

static bool write_rejected_header(const struct run *run, struct pass *pass, struct error *error) {
    struct buffer header = {0};
    buffer_add_text(&header, REJECTED_LABELS);
    for (size_t i = 0; i < run->plan.rejected_count; i++) {
        buffer_add_char(&header, ',');
        buffer_add_csv(&header, view_of(run->plan.rejected_columns[i]));
    }
    buffer_add_text(&header, "\r\n");
    bool is_fine = outfile_write(pass->rejected, buffer_view(&header), error);
    buffer_free(&header);
    return is_fine;
}

/* A file of registrations with what stands before the first. */
static bool begin_file(const struct run *run, struct pass *pass, enum output_id id, struct error *error) {
    if (!outdir_create(pass->outdir, output_name(id), &pass->outputs[id], error)) return false;
    if (!output_kinds[id].add_header) return true;
    struct buffer header = {0};
    output_kinds[id].add_header(&header, &run->plan.format);
    bool is_fine = outfile_write(pass->outputs[id], buffer_view(&header), error);
    buffer_free(&header);
    return is_fine;
}

static bool begin_output(const struct run *run, struct pass *pass, struct error *error) {
    const struct run_options *options = run->options;
    if (!options->output || options->dry_run) return true;
    const char *folder = options->stage ? options->stage : options->output;
    const struct place_watch *watch = options->stage ? NULL : options->watch; /* the caller removes what it stages */
    if (!outdir_begin(folder, options->force, watch, &pass->outdir, error)) return false;
    for (size_t i = OUTPUT_ROW_COUNT; i-- > 0;) /* registrations.jsonl, which is sent, is the first */
        if (options->to[i] && !begin_file(run, pass, (enum output_id)i, error)) return false;
    return outdir_create(pass->outdir, output_name(OUTPUT_REJECTED), &pass->rejected, error) &&
           write_rejected_header(run, pass, error);
}

/* The hash of the last import file waits for the next block to be read: see pipeline.c. */
static bool write_outcome(struct pass *pass, struct outcome *outcome, struct error *error) {
    bool is_waiting = false;
    for (size_t i = OUTPUT_ROW_COUNT; i-- > 0;) {
        if (!pass->outputs[i]) continue;
        if (is_waiting) sha256_end_waiting(&outcome->waiting);
        struct view text = buffer_view(&outcome->texts[i]);
        if (!outfile_write_waiting(pass->outputs[i], text, &outcome->waiting, error)) return false;
        is_waiting = true;
    }
    return !pass->rejected || outfile_write(pass->rejected, buffer_view(&outcome->rejected), error);
}

static bool write_aggregate(struct pass *pass, struct error *error) {
    if (!pass->aggregate) return true;
    struct buffer texts[OUTPUT_ROW_COUNT] = {{0}}, *wanted[OUTPUT_ROW_COUNT];
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        wanted[i] = pass->outputs[i] ? &texts[i] : NULL;
    pass->counts.of[COUNT_REGISTRATIONS] = aggregate_write(pass->aggregate, wanted);
    bool is_fine = true;
    for (size_t i = OUTPUT_ROW_COUNT; i-- > 0;) {
        is_fine = is_fine && (!wanted[i] || outfile_write(pass->outputs[i], buffer_view(&texts[i]), error));
        buffer_free(&texts[i]);
    }
    return is_fine;
}

/* --- rows ------------------------------------------------------------------------------------------ */

/* What the pipeline hands every outcome to. */
struct merging {
    const struct run *run;
    struct pass *pass;
};

static void show_progress(const struct run *run, const struct pass *pass, size_t file) {
    if (!run->options->progress) return;
    const struct progress_step step = {.what = input_facts(run->inputs[file])->path,
                                       .done = input_bytes_raw(run->inputs[file]),
                                       .total = input_size_raw(run->inputs[file]),
                                       .rows = pass->ledger.rows_in};
    run->options->progress(run->options->progress_context, &step);
}

static bool merge_outcome(void *context, struct outcome *outcome, size_t file, struct error *error) {
    const struct merging *merging = context;
    struct pass *pass = merging->pass;
    if (!write_outcome(pass, outcome, error)) return false;
    ledger_merge(&pass->ledger, &outcome->ledger);
    issues_merge(pass->findings.issues, outcome->issues);
    totals_merge(&pass->totals, &merging->run->plan, outcome, file, pass->findings.issues);
    counts_add(&pass->counts, &outcome->counts);
    evidence_merge(&pass->evidence, &outcome->evidence);
    day_sums_merge(&pass->day_sums, &outcome->day_sums);
    struct file_counts *counts = &pass->files[file];
    counts->rows += outcome->ledger.rows_in;
    for (size_t i = 0; i < merging->run->plan.unsent[file].count; i++)
        unsent_add(&counts->unsent[i], &outcome->unsent[i]);
    counts->written += outcome->ledger.rows[LEDGER_WRITTEN];
    counts->rejected += outcome->ledger.rows[LEDGER_REJECTED];
    show_progress(merging->run, pass, file);
    return true;
}

/* What a total row proves to be an average is no sum, whatever the schema says: it is left empty in the totals. */
static void leave_out_averages(struct run *run, struct pass *pass) {
    struct plan *plan = &run->plan;
    for (size_t i = 0; i < plan->followed_count; i++) {
        size_t metric = plan->metric_place[plan->followed[i]];
        if (!pass->totals.is_average[i] || metric == SIZE_MAX) continue;
        plan->metrics[metric].kind = AGGREGATE_NONE;
        const char *title = plan->followed_titles[i];
        char *text =
            memory_print("%s is an average, because a total row of the file has its average and not its sum", title);
        issues_add(pass->findings.issues,
                   &(struct issue){.code = W822_AVERAGE_SUMMED, .field = view_of(title), .detail = view_of(text)});
        free(text);
    }
}

/* --expect: numbers that the rows do not give. */
static void note_differences(const struct run *run, struct pass *pass) {
    for (size_t i = 0; i < run->options->difference_count; i++) {
        const struct run_difference *one = &run->options->differences[i];
        issues_add(pass->findings.issues, &(struct issue){.code = E703_NUMBER_DIFFERS,
                                                          .row = 1,
                                                          .line = 1,
                                                          .column = 1,
                                                          .field = view_of(one->field),
                                                          .detail = view_of(one->text),
                                                          .has_money = one->has_money,
                                                          .money = one->money});
    }
}

/* --draft: what of the schema is a guess. */
static void note_doubts(const struct run *run, struct pass *pass) {
    for (size_t i = 0; i < run->options->doubt_count; i++)
        issues_add(pass->findings.issues, &(struct issue){.code = W129_DRAFT_GUESS,
                                                          .row = 1,
                                                          .line = 1,
                                                          .column = 1,
                                                          .field = view_of(run->options->doubts[i].column),
                                                          .detail = view_of(run->options->doubts[i].text)});
}

bool pass_make(struct run *run, struct pass *pass, struct error *error) {
    struct merging merging = {run, pass};
    start(run, pass);
    run_note_files(run, &pass->findings);
    note_differences(run, pass);
    note_doubts(run, pass);
    const struct row_watch *watch = run->options->watch_rows;
    if (watch) watch->start(watch->context, &run->plan, run->inputs);
    if (!begin_output(run, pass, error) ||
        !pipeline_run(&run->plan, run->inputs, merge_outcome, &merging, pass->aggregate, &pass->repeated, error))
        return false;
    totals_end(&pass->totals, &run->plan, pass->findings.issues);
    leave_out_averages(run, pass);
    return write_aggregate(pass, error);
}
