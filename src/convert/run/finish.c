/* finish.c: the end of a run: the ledger is balanced, workbooks are made of what lies on disk, the result is filled, and
 * the folder is published or nothing is. */
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "convert/recount.h"
#include "convert/run/run_private.h"
#include "output/import_xlsx.h"
#include "render/render.h"
#include "review/review.h"

/* An export that was cut is refused, or told where --allow-cut lets it pass. */
static bool check_cut(const struct run *run, struct pass *pass, struct error *error) {
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        if (!facts->cut_reason) continue;
        if (!run->options->allow_cut) {
            error_set(error, EXIT_CANNOT_READ, "%s is a cut export: %s", facts->path, facts->cut_reason);
            return error_fix(error, "Export all pages. To convert what is there:\n{run} --allow-cut");
        }
        issues_add(pass->findings.issues,
                   &(struct issue){.code = W121_CUT_EXPORT, .file = (uint32_t)i, .detail = view_of(facts->cut_reason)});
    }
    return true;
}

/* A total over a part of a week or month would go out under the ID of the whole. */
static bool check_cut_periods(const struct run *run, const struct pass *pass, struct error *error) {
    const struct run_options *options = run->options;
    const struct counts *counts = &pass->counts;
    uint64_t rows = counts->of[COUNT_CUT_REFUSED];
    const struct cut_unit *unit = cut_periods_at(&run->plan.cuts, options->by, counts->first_cut_day);
    if (rows == 0 || !unit) return true;
    struct buffer text = {0};
    cut_add_unit(&text, options->by, unit->first);
    buffer_add_text(&text, " is cut: ");
    cut_add_cause(&text, options, unit);
    buffer_print(&text, ". %llu row%s", (unsigned long long)rows, rows == 1 ? "" : "s");
    size_t money = plan_money_place(&run->plan);
    if (money != SIZE_MAX) {
        buffer_print(&text, " with %s of ", run->plan.followed_titles[money]);
        decimal_print_human(&text, counts->sums[COUNT_SUM_CUT][money], true);
    }
    buffer_print(&text, " would replace the total of the whole %s in Plecto", options->by == BY_WEEK ? "week" : "month");
    error_set(error, EXIT_WRONG_USE, "%.*s", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
    return error_fix(error, "To send the whole %ss only:\n{run} --cut-periods drop\nTo send the part too:\n"
                            "{run} --cut-periods allow",
                     options->by == BY_WEEK ? "week" : "month");
}

static void close_files(struct pass *pass) {
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        if (pass->outputs[i]) outfile_close(pass->outputs[i]);
    if (pass->rejected) outfile_close(pass->rejected);
}

/* Whether a file of registrations is written. */
static bool has_registrations(const struct pass *pass) {
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        if (pass->outputs[i]) return true;
    return false;
}

/* Whether a whole column can be read in two ways, or a part of a file belongs under another header: that no row can be set aside
 * for. */
static bool is_undecided(const struct pass *pass) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(pass->findings.issues, &causes);
    for (size_t i = 0; i < count; i++)
        if (causes[i]->code == E311_PERCENT_SCALE || causes[i]->code == E109_OTHER_HEADER) return true;
    return false;
}

/* Import files only where nothing stands against them. */
static enum publication decide_publication(const struct run *run, const struct pass *pass) {
    bool is_all_rejected = pass->ledger.rows[LEDGER_WRITTEN] == 0 && pass->ledger.rows[LEDGER_REJECTED] > 0;
    bool is_stopped = is_all_rejected || is_undecided(pass) ||
                      (run->options->stop_on_error && issues_count(pass->findings.issues, SEVERITY_ERROR) > 0);
    return run->options->dry_run ? PUBLISHED_DRY_RUN
           : !pass->outdir       ? PUBLISHED_NOTHING
           : is_stopped          ? PUBLISHED_REPORTS
                                 : PUBLISHED;
}

/* Sets pass->balance where the ledger does not balance. */
static bool check_ledger(const struct run *run, struct pass *pass, struct error *error) {
    bool check_disk = pass->publication == PUBLISHED && has_registrations(pass);
    if (check_disk && !recount_files(&run->plan, pass->outdir, &pass->ledger, error)) return false;
    struct buffer why = {0};
    if (!ledger_balanced(&pass->ledger, check_disk, run->plan.followed_titles, &why)) {
        pass->balance = buffer_take(&why);
        pass->publication = PUBLISHED_UNBALANCED;
    }
    buffer_free(&why);
    return true;
}

/* import.xlsx, made of import.csv as it lies on disk and balances. */
static bool write_workbook(const struct run *run, struct pass *pass, struct error *error) {
    const struct run_options *options = run->options;
    struct import_xlsx_notes notes;
    if (!options->to[OUTPUT_XLSX] || pass->publication != PUBLISHED || !pass->outputs[OUTPUT_CSV]) return true;
    if (!import_xlsx_write(pass->outdir, &run->plan.format, options->created, pass->counts.of[COUNT_REGISTRATIONS],
                           options->progress, options->progress_context, &notes, error))
        return false;
    if (notes.sheets > 1)
        findings_note(&pass->findings, "import.xlsx has %llu sheets, because a sheet holds at most 1,048,576 rows.",
                      (unsigned long long)notes.sheets);
    if (notes.cut_texts > 0)
        findings_note(&pass->findings,
                      "%llu texts are longer than a spreadsheet's cell (32,767 characters) and are cut in import.xlsx. "
                      "The other files have them whole.",
                      (unsigned long long)notes.cut_texts);
    if (notes.wide_numbers > 0)
        findings_note(&pass->findings,
                      "%llu numbers have more digits than a spreadsheet keeps and are texts in import.xlsx.",
                      (unsigned long long)notes.wide_numbers);
    return true;
}

static bool read_back(void *context, const char *name, void (*take)(void *context, struct view bytes),
                      void *take_context, struct error *error) {
    return outdir_read_back(context, name, take, take_context, error);
}

static bool write_review(const struct run *run, struct pass *pass, const struct result *result, struct error *error) {
    const struct run_options *options = run->options;
    if (!options->to[OUTPUT_REVIEW] || !pass->outdir || pass->publication == PUBLISHED_UNBALANCED) return true;
    struct review_files files = {.read = read_back,
                                 .context = pass->outdir,
                                 .has_import = pass->outputs[OUTPUT_CSV] != NULL,
                                 .has_rejected = true,
                                 .temporary = outdir_temporary(pass->outdir),
                                 .progress = options->progress,
                                 .progress_context = options->progress_context};
    const char *name = output_name(OUTPUT_REVIEW);
    char *path = outdir_reserve(pass->outdir, name, error);
    bool is_fine =
        path && review_write(result, &files, path, options->created, error) && outdir_adopt(pass->outdir, name, error);
    free(path);
    return is_fine;
}

/* Import files that were not asked for, or shall not be published. */
static bool remove_files(const struct run *run, struct pass *pass, struct error *error) {
    bool is_stopped = pass->publication == PUBLISHED_REPORTS;
    if (!pass->outdir) return true;
    for (size_t i = OUTPUT_ROW_COUNT; i-- > 0;) {
        bool is_unwanted = is_stopped || (i == OUTPUT_CSV && run->options->csv_is_unwanted);
        if (pass->outputs[i] && is_unwanted && !outdir_remove(pass->outdir, output_name((enum output_id)i), error))
            return false;
    }
    return true;
}

static uint64_t records_in(const struct result *result, const char *name) {
    const struct output_kind *kind = output_kind_find(name);
    switch (kind ? kind->records : RECORDS_NONE) {
    case RECORDS_REGISTRATIONS: return result->registrations;
    case RECORDS_REJECTED: return result->ledger.rows[LEDGER_REJECTED];
    case RECORDS_NONE: break;
    }
    return 0;
}

static void list_outputs(const struct outdir *outdir, struct result *result) {
    size_t count = outdir_count(outdir);
    result->outputs = memory_get_zero(count + 1, sizeof *result->outputs);
    result->output_count = count;
    for (size_t i = 0; i < count; i++) {
        struct result_output *output = &result->outputs[i];
        output->name = memory_copy(view_of(outdir_name(outdir, i)));
        output->bytes = outdir_bytes(outdir, i);
        memcpy(output->sha256, outdir_sha256(outdir, i), sizeof output->sha256);
        output->records = records_in(result, output->name);
    }
}

static bool put(struct pass *pass, enum output_id id, struct buffer *bytes, struct error *error) {
    bool is_fine = outdir_put(pass->outdir, output_name(id), buffer_view(bytes), error);
    buffer_free(bytes);
    return is_fine;
}

/* Whether the folder holds import files of an earlier run. */
static bool has_earlier(const char *folder) {
    char *path = memory_print("%s/%s", folder, output_name(OUTPUT_RESULT));
    struct result earlier = {0};
    struct error ignored = {0};
    bool is_there = access(path, F_OK) == 0 && result_read(path, &earlier, &ignored) && earlier.publication == PUBLISHED;
    result_free(&earlier);
    error_free(&ignored);
    free(path);
    return is_there;
}

/* --keep-going: reports alone do not replace what can be imported. */
static bool keeps_earlier(const struct run *run, const struct pass *pass) {
    const struct run_options *options = run->options;
    return pass->publication == PUBLISHED_REPORTS && options->keeps_going && !options->stage &&
           has_earlier(options->output);
}

/* Reports alone replace an earlier run's folder: what could be imported is not in it any more, which is said. */
static void note_removed(const struct run *run, struct pass *pass) {
    const struct run_options *options = run->options;
    struct buffer names = {0};
    bool replaces = pass->publication == PUBLISHED_REPORTS && !options->stage && !options->keeps_going;
    if (!replaces || !has_earlier(options->output)) return;
    for (size_t i = 0; i < OUTPUT_TO_COUNT; i++) {
        char *path = memory_print("%s/%s", options->output, output_name((enum output_id)i));
        bool is_made = i == OUTPUT_REVIEW && options->to[OUTPUT_REVIEW];
        if (!is_made && access(path, F_OK) == 0)
            buffer_print(&names, "%s%s", names.length ? ", " : "", output_name((enum output_id)i));
        free(path);
    }
    if (names.length > 0)
        findings_note(&pass->findings, "%s had files of an earlier run (%.*s). They are removed, because this run replaces the folder.",
                      options->output, VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

static bool publish(const struct run *run, struct pass *pass, struct result *result, struct error *error) {
    if (!pass->outdir || pass->publication == PUBLISHED_UNBALANCED) return true;
    if (keeps_earlier(run, pass)) {
        free(result->output_folder);
        result->output_folder = NULL;
        return true; /* pass_free removes what was made */
    }
    struct buffer bytes = {0};
    if (pass->publication == PUBLISHED && has_registrations(pass)) {
        const char *title = run->options->title ? run->options->title : run->schema->title;
        datasource_write(&bytes, title, &run->plan.format);
        if (!put(pass, OUTPUT_DATASOURCE, &bytes, error)) return false;
    }
    list_outputs(pass->outdir, result);
    render_json(result, &bytes);
    if (!put(pass, OUTPUT_RESULT, &bytes, error)) return false;
    render_receipt(result, run->options->version, &bytes);
    if (!put(pass, OUTPUT_RECEIPT, &bytes, error)) return false;
    bool is_published = outdir_publish(pass->outdir, error);
    pass->outdir = NULL;
    return is_published;
}

bool run_finish(const struct run *run, struct pass *pass, struct result *result, struct error *error) {
    if (!check_cut(run, pass, error) || !check_cut_periods(run, pass, error)) return false;
    close_files(pass);
    run_note_rows(run, pass);
    pass->publication = decide_publication(run, pass);
    if (!check_ledger(run, pass, error) || !write_workbook(run, pass, error)) return false;
    note_removed(run, pass);
    run_fill_result(run, pass, result);
    if (!write_review(run, pass, result, error) || !remove_files(run, pass, error)) return false;
    issues_show(result->issues, run->options->example_limit); /* review.xlsx shows more */
    return publish(run, pass, result, error);
}
