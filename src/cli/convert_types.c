/* convert_types.c: a folder of everything. The files are sorted by type; each type is a run as if it were alone, made in a
 * tree (output/tree.h) that appears by one rename. A type that fails keeps all from being published, or, with
 * --keep-going, keeps what an earlier run made of it. */
#include <stdlib.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "cli/convert_names.h"
#include "output/outdir.h"
#include "output/tree.h"
#include "render/overview_render.h"

/* One type's run. */
struct part {
    struct convert_settings settings;
    struct result result;
    char *output, *stage; /* out/jobs; where it is made */
    bool is_failed;
};

struct work {
    const struct cli *cli;
    struct convert_settings *settings; /* of the whole line */
    const char *arguments;
    struct run_types types;
    struct part *parts; /* by type */
    struct tree *tree;  /* NULL: nothing is written */
    struct overview overview;
};

/* A folder a type, even of one type only. */
static bool wants_tree(const struct run_options *run) {
    return run->each_type || (run->output && tree_is_there(run->output));
}

bool convert_types_are_asked(const struct convert_settings *settings) {
    const struct run_options *run = &settings->run;
    return wants_tree(run) ||
           (run->keeps_going && run->path_count > 1 && strcmp(run->schema, "auto") == 0);
}

/* --- the runs --------------------------------------------------------------------------------------------- */

static bool prepare(const struct work *work, const struct convert_names *names, size_t number, struct error *error) {
    const struct run_type *type = &work->types.list[number];
    const struct convert_settings *whole = work->settings;
    struct part *part = &work->parts[number];
    struct convert_settings *own = &part->settings;
    if (!convert_settings_read_again(whole, own, error)) return false;
    convert_settings_take_paths(own, type->paths, type->count);
    convert_names_restrict(names, type, own);
    own->run.place = whole->run.place;
    convert_prepare(own, work->arguments);
    own->run.skipped = NULL; /* the overview says it once */
    if (strcmp(own->run.schema, "auto") == 0) own->run.schema = type->schema;
    own->run.opened = type->inputs;
    if (!own->run.output) return true;
    part->output = memory_print("%s/%s", own->run.output, type->schema);
    own->run.output = part->output;
    if (!work->tree) return true;
    part->stage = tree_stage(work->tree, type->schema);
    own->run.stage = part->stage;
    own->run.force = true;
    return true;
}

static bool is_failure(const struct work *work, enum exit_code code) {
    bool is_validate = strcmp(work->settings->command->name, "validate") == 0;
    return code != EXIT_FINE && code != EXIT_NOT_CLEAN && !(is_validate && code == EXIT_ANSWER_NO);
}

static void convert_part(struct work *work, struct part *part) {
    struct error error = {0};
    if (!convert_run(work->cli, &part->settings, &part->result, &error)) {
        const struct run_options *run = &part->settings.run;
        convert_fix(&part->settings, run->keeps_going && !run->dry_run && !work->settings->run.force ? "--force" : "", &error);
        result_free(&part->result);
        result_stop(&part->result, work->settings->command->name, part->settings.run.paths,
                    part->settings.run.path_count, &error);
        error_free(&error);
    }
    part->is_failed = is_failure(work, part->result.exit_code);
}

/* --- the tree --------------------------------------------------------------------------------------------- */

static bool write_report(const struct work *work, size_t number, struct error *error) {
    struct part *part = &work->parts[number];
    const struct html_options options = {.show_private = part->settings.run.show_private};
    struct buffer page = {0};
    char *name = memory_print("%s/report.html", work->types.list[number].schema);
    render_html(&part->result, &options, &page);
    bool is_fine = tree_put(work->tree, name, buffer_view(&page), error);
    buffer_free(&page);
    free(name);
    return is_fine;
}

/* The result of the earlier tree's folder, if that has registrations. */
static bool read_earlier(const struct work *work, const char *name, struct result *earlier) {
    char *folder = tree_earlier(work->tree, name);
    struct error ignored = {0};
    bool is_there = folder && result_read_folder(folder, earlier, &ignored) && earlier->publication == PUBLISHED;
    error_free(&ignored);
    free(folder);
    return is_there;
}

static bool has_stage(const struct part *part) {
    return part->result.publication == PUBLISHED || part->result.publication == PUBLISHED_REPORTS;
}

/* A type's folder in the tree: the new one, or the earlier one where it failed. */
static bool place_part(struct work *work, size_t number, struct error *error) {
    struct part *part = &work->parts[number];
    const char *name = work->types.list[number].schema;
    struct overview_source *source = &work->overview.sources[number];
    struct result earlier = {0};
    bool is_fine = true;
    if (part->is_failed && read_earlier(work, name, &earlier)) {
        is_fine = tree_keep(work->tree, name, error);
        overview_keep(source, &earlier);
        source->folder = memory_copy(view_of(name));
    } else if (has_stage(part)) {
        is_fine = write_report(work, number, error);
        source->folder = memory_copy(view_of(name));
    }
    result_free(&earlier);
    return is_fine;
}

static bool is_of_tonight(const struct work *work, const char *name) {
    for (size_t i = 0; i < work->types.count; i++)
        if (strcmp(work->types.list[i].schema, name) == 0) return true;
    return false;
}

/* Types without a file tonight keep their folders. */
static bool keep_others(struct work *work, struct error *error) {
    size_t count = 0;
    char **names = tree_earlier_names(work->tree, &count);
    bool is_fine = true;
    for (size_t i = 0; i < count; i++) {
        struct result earlier = {0};
        if (is_fine && !is_of_tonight(work, names[i]) && read_earlier(work, names[i], &earlier)) {
            struct overview_source *source = overview_add(&work->overview, names[i]);
            is_fine = tree_keep(work->tree, names[i], error);
            overview_keep(source, &earlier);
            source->folder = memory_copy(view_of(names[i]));
        }
        result_free(&earlier);
        free(names[i]);
    }
    free(names);
    return is_fine;
}

static bool put_overview(struct work *work, struct error *error) {
    struct buffer json = {0}, html = {0};
    render_overview_json(&work->overview, &json);
    render_overview_html(&work->overview, &html);
    bool is_fine = tree_put(work->tree, TREE_OVERVIEW, buffer_view(&json), error) &&
                   tree_put(work->tree, "overview.html", buffer_view(&html), error);
    buffer_free(&json);
    buffer_free(&html);
    return is_fine;
}

/* All folders and the overview, by one rename. Frees the tree. */
static bool publish(struct work *work, struct error *error) {
    bool is_fine = keep_others(work, error);
    for (size_t i = 0; is_fine && i < work->types.count; i++)
        is_fine = place_part(work, i, error);
    work->overview.is_published = true;
    is_fine = is_fine && put_overview(work, error);
    struct tree *tree = work->tree;
    work->tree = NULL;
    if (is_fine) return tree_publish(tree, error);
    tree_discard(tree);
    return false;
}

/* Nothing was put in its place, so no report may say so. */
static void withdraw(struct work *work) {
    tree_discard(work->tree);
    work->tree = NULL;
    work->overview.is_published = false;
    for (size_t i = 0; i < work->types.count; i++) {
        struct result *result = &work->parts[i].result;
        free(result->output_folder);
        result->output_folder = NULL;
        if (result->publication == PUBLISHED) {
            result->publication = PUBLISHED_DRY_RUN;
            free(result->next);
            free(result->next_note);
            result->next = result->next_note = NULL;
        }
        overview_fill(&work->overview.sources[i], result);
    }
}

/* --- the end ---------------------------------------------------------------------------------------------- */

static void fill_overview(struct work *work) {
    struct overview *overview = &work->overview;
    const struct run_options *run = &work->settings->run;
    overview->command = work->settings->command->name;
    overview->folder = run->output;
    overview->is_dry = run->dry_run;
    overview->skipped = run->skipped;
    overview->exit_code = EXIT_FINE;
    for (size_t i = 0; i < work->types.count; i++) {
        overview_fill(overview_add(overview, work->types.list[i].schema), &work->parts[i].result);
        overview->exit_code = exit_code_worse(overview->exit_code, work->parts[i].result.exit_code);
    }
    for (size_t i = 0; i < work->types.unsorted_count; i++) {
        const struct run_unsorted *file = &work->types.unsorted[i];
        overview_add_unsorted(overview, file->path, file->error.message, file->error.fix);
        overview->exit_code = exit_code_worse(overview->exit_code, file->error.code);
    }
    bool is_validate = strcmp(overview->command, "validate") == 0;
    for (size_t i = 0; run->skipped && i < run->skipped->count; i++)
        if (run->skipped->list[i].may_hold_one && run->fail_on == SEVERITY_WARNING)
            overview->exit_code = exit_code_worse(overview->exit_code, is_validate ? EXIT_ANSWER_NO : EXIT_NOT_CLEAN);
}

static enum exit_code report(struct work *work) {
    struct report_part *parts = memory_get_zero(work->types.count + 1, sizeof *parts);
    for (size_t i = 0; i < work->types.count; i++)
        parts[i] = (struct report_part){work->types.list[i].schema, &work->parts[i].result,
                                        convert_look(&work->parts[i].settings, &work->parts[i].result)};
    struct report_look look = convert_look(work->settings, NULL);
    enum exit_code code = report_requests_write_parts(&work->settings->reports, &work->overview, &look, parts,
                                                      work->types.count, work->overview.exit_code);
    free(parts);
    return code;
}

static bool check_reports(const struct work *work, struct error *error) {
    struct report_part *parts = memory_get_zero(work->types.count + 1, sizeof *parts);
    for (size_t i = 0; i < work->types.count; i++)
        parts[i].name = work->types.list[i].schema;
    bool is_fine = report_requests_check_parts(&work->settings->reports, parts, work->types.count,
                                               work->settings->run.force, error);
    free(parts);
    return is_fine;
}

static enum exit_code run_all(struct work *work, const struct convert_names *names) {
    struct error error = {0};
    const struct run_options *run = &work->settings->run;
    bool has_failed = false;
    if (!check_reports(work, &error) ||
        (run->output && !run->dry_run &&
         !tree_begin(run->output, run->force, &work->cli->watch, &work->tree, &error)))
        return convert_stop(work->settings, &error);
    for (size_t i = 0; i < work->types.count; i++) {
        if (!prepare(work, names, i, &error)) return convert_stop(work->settings, &error);
        convert_part(work, &work->parts[i]);
        has_failed = has_failed || work->parts[i].is_failed;
    }
    fill_overview(work);
    if (work->tree && has_failed && !run->keeps_going)
        withdraw(work);
    else if (work->tree && !publish(work, &error))
        return convert_stop(work->settings, &error);
    return report(work);
}

/* One type only, and no folder a type is asked for: a run as always, but for the files that have no type. */
static enum exit_code run_one(struct work *work) {
    struct convert_settings *settings = work->settings;
    struct result result = {0};
    struct error error = {0};
    convert_settings_take_paths(settings, work->types.list[0].paths, work->types.list[0].count);
    settings->run.opened = work->types.list[0].inputs;
    enum exit_code code = convert_run(work->cli, settings, &result, &error) ? convert_report(settings, &result)
                                                                            : convert_stop(settings, &error);
    result_free(&result);
    for (size_t i = 0; i < work->types.unsorted_count; i++)
        code = exit_code_worse(code, cli_fail(&work->types.unsorted[i].error));
    return code;
}

static bool check(const struct work *work, const struct convert_names *names, struct error *error) {
    const struct run_types *types = &work->types;
    if (types->unsorted_count > 0 && (types->count == 0 || !work->settings->run.keeps_going)) {
        const struct error *first = &types->unsorted[0].error;
        error_set(error, first->code, "%s", first->message);
        return first->fix ? error_fix(error, "%s", first->fix) : false;
    }
    return convert_names_check(names, types, work->settings, error);
}

static void work_free(struct work *work) {
    tree_discard(work->tree);
    for (size_t i = 0; i < work->types.count; i++) {
        convert_settings_free(&work->parts[i].settings);
        result_free(&work->parts[i].result);
        free(work->parts[i].output);
        free(work->parts[i].stage);
    }
    free(work->parts);
    overview_free(&work->overview);
    run_types_free(&work->types);
}

enum exit_code convert_types(const struct cli *cli, struct convert_settings *settings, const char *arguments) {
    struct work work = {.cli = cli, .settings = settings, .arguments = arguments};
    struct convert_names names = convert_names(settings);
    struct error error = {0};
    enum exit_code code = EXIT_FINE;
    bool is_fine = run_sort_types(&settings->run, names.list, names.count, &work.types, &error);
    work.parts = memory_get_zero(work.types.count + 1, sizeof *work.parts);
    for (size_t i = 0; i < work.types.unsorted_count; i++)
        convert_fix_file(settings, work.types.unsorted[i].path, &work.types.unsorted[i].error);
    if (!is_fine || !check(&work, &names, &error))
        code = convert_stop(settings, &error);
    else if (work.types.count == 1 && !wants_tree(&settings->run))
        code = run_one(&work);
    else
        code = run_all(&work, &names);
    free(names.list);
    work_free(&work);
    return code;
}
