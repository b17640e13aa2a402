/* reconcile.c: `reconcile LEFT RIGHT`: why the numbers of two sides differ. The work is done in reconcile/; here are the
 * sides that were named, the page and the exit code. */
#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/reconcile_fetch.h"
#include "cli/report_ours.h"
#include "output/formats.h"
#include "output/whole_file.h"
#include "reconcile/day_audit.h"
#include "reconcile/expect.h"
#include "reconcile/read_side.h"
#include "reconcile/set_aside.h"
#include "reconcile/side_texts.h"
#include "reconcile/way_out.h"

static bool read_export(const struct convert_settings *settings, struct run_options *run, const char *path,
                        struct table *pool, struct side *side, struct error *error) {
    char *operand, **paths = NULL;
    memcpy(&operand, &path, sizeof operand); /* a list of operands is not const; nothing writes there */
    size_t count = 0;
    struct skipped_files skipped = {0};
    bool is_active_only = run->active_only;
    bool is_fine = input_expand_paths(&operand, 1, settings->companions, run->companion_count, false, &paths, &count,
                                      &skipped, error);
    run->paths = paths;
    run->path_count = count;
    run->skipped = &skipped;
    run->allow_cut = true;
    run->active_only = false;
    is_fine = is_fine && side_read_export(path, run, pool, side, error);
    run->active_only = is_active_only;
    run->paths = NULL;
    run->path_count = 0;
    run->skipped = NULL;
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    skipped_files_free(&skipped);
    return is_fine;
}

static bool read_side(struct convert_settings *settings, enum side_kind kind, const char *path, struct table *pool,
                      struct side *side, struct error *error) {
    switch (kind) {
    case SIDE_EXPORT: return read_export(settings, &settings->run, path, pool, side, error);
    case SIDE_FOLDER: return side_read_folder(path, settings->run.zone, pool, side, error);
    case SIDE_PLECTO_FILE: return side_read_plecto_file(path, settings->run.zone, pool, side, error);
    case SIDE_PLECTO_ANSWER: return side_read_answer(path, settings->run.zone, pool, side, error);
    case SIDE_JOURNAL:
    case SIDE_NUMBERS: break;
    }
    return false;
}

/* --- two exports ------------------------------------------------------------------------------------------------------ */

/* One of two exports that are read at the same time. */
struct export_reading {
    const struct convert_settings *settings;
    struct run_options run; /* its own */
    const char *path;
    struct table *pool;
    struct side *side;
    struct error error;
    bool is_fine;
};

static void *read_beside(void *context) {
    struct export_reading *reading = context;
    reading->is_fine =
        read_export(reading->settings, &reading->run, reading->path, reading->pool, reading->side, &reading->error);
    return NULL;
}

/* Both sides, each by its own thread unless -j 1 forbids it. Settings of a configuration would go into the options of both
 * while they are read: then one after the other. */
static bool read_both(struct convert_settings *settings, struct comparison *comparison, bool may_drop,
                      struct error *error) {
    struct export_reading readings[2];
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t thread;
    bool has_thread = settings->run.workers > 1 && !settings->config;
    for (int i = 0; i < 2; i++) {
        struct side *side = &comparison->sides[i];
        readings[i] = (struct export_reading){
            settings, settings->run, settings->reconcile.sides[i], comparison->pool, side, {0}, false};
        side->may_drop = may_drop;
        side->pool_lock = has_thread ? &lock : NULL;
    }
    has_thread = has_thread && pthread_create(&thread, NULL, read_beside, &readings[1]) == 0;
    if (has_thread) {
        read_beside(&readings[0]);
        pthread_join(thread, NULL);
    } else {
        for (int i = 0; i < 2; i++)
            readings[i].is_fine = read_export(settings, &settings->run, readings[i].path, comparison->pool,
                                              readings[i].side, &readings[i].error);
    }
    for (int i = 0; i < 2; i++)
        comparison->sides[i].pool_lock = NULL;
    pthread_mutex_destroy(&lock);
    *error = readings[0].is_fine ? readings[1].error : readings[0].error;
    return readings[0].is_fine && readings[1].is_fine;
}

/* Texts that are nearly all different are not kept, unless a condition may be of them; where that turns out to be too
 * little, all is read once more. */
static bool read_exports(struct convert_settings *settings, struct comparison *comparison, struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    bool may_drop =
        !wishes->audit && wishes->where_count == 0 && !settings->run.active_only && !settings->run.has_period;
    if (!read_both(settings, comparison, may_drop, error)) return false;
    memory_give_back();
    comparison_number_ids(comparison);
    if (side_knows_enough(&comparison->sides[0], &comparison->ids.counts[0]) &&
        side_knows_enough(&comparison->sides[1], &comparison->ids.counts[1]))
        return true;
    id_numbers_free(&comparison->ids);
    side_free(&comparison->sides[0]);
    side_free(&comparison->sides[1]);
    return read_both(settings, comparison, false, error);
}

/* --- any two ---------------------------------------------------------------------------------------------------------- */

/* Period, date field and zone of a folder are those of its receipt, unless an option says otherwise: the export is read in
 * the same way. */
static bool take_receipt(struct convert_settings *settings, const struct side *folder, struct error *error) {
    struct run_options *run = &settings->run;
    if (!run->zone && folder->zone_name) {
        if (!zone_open(folder->zone_name, &settings->opened_zone, error)) return false;
        run->zone = settings->opened_zone;
    }
    if (!run->has_period && folder->has_period) {
        run->has_period = true;
        run->period_from = folder->from;
        run->period_to = folder->to;
    }
    if (run->date_order == DATE_ORDER_UNKNOWN) run->date_order = side_date_order(folder);
    if (!run->date_field) run->date_field = folder->date_title;
    if (strcmp(run->schema, "auto") == 0 && folder->schema) run->schema = folder->schema;
    return true;
}

/* Bare numbers against a folder: what its run set aside may be what they have and it has not. What cannot be read of that is
 * not looked at. */
static void add_set_aside(struct convert_settings *settings, struct comparison *comparison) {
    struct side *folder = &comparison->sides[0], rejected = {0};
    struct error ignored = {0};
    char *path = memory_print("%s/%s", folder->name, output_name(OUTPUT_REJECTED));
    if (folder->rejected && read_export(settings, &settings->run, path, comparison->pool, &rejected, &ignored)) {
        side_add_set_aside(folder, &rejected, comparison->pool);
        comparison->counts_sent_only = folder->set_aside_count > 0;
    }
    error_free(&ignored);
    side_free(&rejected);
    free(path);
}

/* Folders first, because the others are read as their receipts say. */
static bool read_sides(struct convert_settings *settings, struct comparison *comparison, struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    enum side_kind kinds[2] = {SIDE_NUMBERS, SIDE_NUMBERS};
    bool is_fetched = settings->sent.data_source != NULL;
    int count = wishes->sides[1] || is_fetched ? 2 : 1;
    for (int i = 0; i < count; i++)
        if (wishes->sides[i] && !side_recognize(wishes->sides[i], &kinds[i], error)) return false;
    for (int i = 0; i < count; i++) {
        if (kinds[i] != SIDE_FOLDER) continue;
        if (!read_side(settings, kinds[i], wishes->sides[i], comparison->pool, &comparison->sides[i], error) ||
            !take_receipt(settings, &comparison->sides[i], error))
            return false;
    }
    bool are_exports = count == 2 && !is_fetched && kinds[0] == SIDE_EXPORT && kinds[1] == SIDE_EXPORT;
    if (are_exports && !read_exports(settings, comparison, error)) return false;
    for (int i = 0; i < count && !are_exports; i++)
        if (kinds[i] != SIDE_FOLDER && kinds[i] != SIDE_JOURNAL && kinds[i] != SIDE_NUMBERS &&
            !read_side(settings, kinds[i], wishes->sides[i], comparison->pool, &comparison->sides[i], error))
            return false;
    for (int i = 0; i < count; i++) { /* last: the other side says which of its data sources is meant */
        const char *schema =
            strcmp(settings->run.schema, "auto") != 0 ? settings->run.schema : comparison->sides[1 - i].schema;
        if (kinds[i] == SIDE_JOURNAL && !side_read_journal(wishes->sides[i], schema, settings->run.zone,
                                                           comparison->pool, &comparison->sides[i], error))
            return false;
    }
    if (is_fetched && !reconcile_fetch(settings, comparison, error)) return false;
    comparison->zone = settings->run.zone;
    for (int pass = 0; pass < 2; pass++) /* exports first: their columns are known */
        for (int i = 0; i < count; i++) {
            const struct side *other = count == 2 && kinds[1 - i] == SIDE_EXPORT ? &comparison->sides[1 - i] : NULL;
            if ((kinds[i] == SIDE_EXPORT) != (pass == 0)) continue;
            side_type_columns(&comparison->sides[i], comparison->pool, kinds[i] == SIDE_EXPORT ? NULL : other,
                              comparison->zone);
        }
    if (count == 2) return true;
    if (kinds[0] == SIDE_FOLDER && !wishes->audit) add_set_aside(settings, comparison);
    comparison->sides[1].kind = SIDE_NUMBERS;
    comparison->sides[1].name = memory_copy(view_of(wishes->expect_file ? wishes->expect_file : "--expect"));
    return true;
}

static struct condition *make_conditions(const struct convert_settings *settings, size_t *count) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    struct condition *conditions = memory_get_zero(wishes->where_count + 2, sizeof *conditions);
    for (*count = 0; *count < wishes->where_count; ++*count)
        condition_parse(wishes->wheres[*count], &conditions[*count]);
    if (settings->run.active_only) condition_parse("Active=true", &conditions[(*count)++]);
    return conditions;
}

static bool collect_expectations(const struct reconcile_wishes *wishes, struct expectations *expectations,
                                 struct error *error) {
    for (size_t i = 0; i < wishes->expect_count; i++)
        if (!expectation_parse(wishes->expects[i], expectations, error)) return false;
    return !wishes->expect_file || expectations_read(wishes->expect_file, expectations, error);
}

static char *rewrite(void *context, const char *command, const char *drops, const char *files, const char *adds) {
    const struct convert_settings *settings = context;
    return command_line_rewrite(&settings->line, command_line_command(command), drops, files, adds);
}

static bool compare(struct convert_settings *settings, struct reconciliation *reconciliation, struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    struct comparison *comparison = &reconciliation->comparison;
    struct expectations expectations = {0};
    comparison->pool = table_create();
    comparison->has_thread = settings->run.workers > 1;
    bool is_fine = collect_expectations(wishes, &expectations, error) && read_sides(settings, comparison, error);
    comparison->scope.has_period = settings->run.has_period;
    comparison->scope.from = settings->run.period_from;
    comparison->scope.to = settings->run.period_to;
    comparison->tolerance = wishes->tolerance;
    reconciliation->show_private = settings->run.show_private;
    struct condition *conditions = make_conditions(settings, &comparison->scope.condition_count);
    comparison->scope.conditions = conditions;
    bool has_right = wishes->sides[1] || settings->sent.data_source;
    is_fine = is_fine && (has_right ? reconciliation_make(reconciliation, error)
                                    : reconciliation_expect(reconciliation, &expectations, NULL, error));
    if (is_fine) reconciliation_add_commands(reconciliation, &(struct rewriter){rewrite, settings});
    conditions_free(conditions, comparison->scope.condition_count);
    comparison->scope.conditions = NULL;
    comparison->scope.condition_count = 0;
    expectations_free(&expectations);
    return is_fine;
}

/* --day-audit: a table in place of a comparison. */
static enum exit_code audit(struct convert_settings *settings, struct comparison *comparison) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    struct error error = {0};
    struct buffer out = {0};
    comparison->pool = table_create();
    bool is_fine = read_sides(settings, comparison, &error);
    struct condition *conditions = make_conditions(settings, &comparison->scope.condition_count);
    comparison->scope.conditions = conditions;
    comparison->scope.has_period = settings->run.has_period;
    comparison->scope.from = settings->run.period_from;
    comparison->scope.to = settings->run.period_to;
    const char *column = strcmp(wishes->audit, "all") == 0 ? NULL : wishes->audit;
    is_fine = is_fine && day_audit(comparison, column, wishes->format == RECONCILE_JSON, &out, &error);
    conditions_free(conditions, comparison->scope.condition_count);
    comparison->scope = (struct scope){0};
    if (is_fine) return cli_print(&out, EXIT_FINE);
    buffer_free(&out);
    return cli_fail(&error);
}

static enum exit_code show(const struct convert_settings *settings, const struct reconciliation *reconciliation) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    struct buffer out = {0};
    struct error error = {0};
    bool may_replace = wishes->format_file && report_may_replace(wishes->format_file, settings->run.force);
    bool is_fine = true;
    switch (wishes->format) {
    case RECONCILE_TEXT: reconciliation_text(reconciliation, &out); break;
    case RECONCILE_JSON: reconciliation_json(reconciliation, &out); break;
    case RECONCILE_HTML: reconciliation_html(reconciliation, &out); break;
    case RECONCILE_MARKDOWN: reconciliation_markdown(reconciliation, &out); break;
    case RECONCILE_XLSX:
        is_fine = reconciliation_xlsx(reconciliation, wishes->format_file, may_replace, 946684800, settings->run.watch,
                                      &error);
        break;
    }
    if (!wishes->format_file) return cli_print(&out, reconciliation->exit_code);
    if (wishes->format != RECONCILE_XLSX)
        is_fine = whole_file_write(wishes->format_file, buffer_view(&out), may_replace, settings->run.watch, &error);
    out.length = 0;
    if (!is_fine) {
        buffer_free(&out);
        return cli_fail(&error);
    }
    add_headline(reconciliation, &out);
    buffer_add_char(&out, '\n');
    return cli_print(&out, reconciliation->exit_code);
}

static enum exit_code reconcile_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings;
    struct reconciliation reconciliation = {0};
    struct error error = {0};
    enum exit_code code;
    if (!convert_settings_read(command, argc, argv, &settings, &error)) {
        code = cli_fail(&error);
    } else if (settings.wants_help) {
        code = help_print(command);
    } else {
        settings.run.watch = &cli->watch;
        code = settings.reconcile.audit                      ? audit(&settings, &reconciliation.comparison)
               : compare(&settings, &reconciliation, &error) ? show(&settings, &reconciliation)
                                                             : cli_fail(&error);
    }
    reconciliation_free(&reconciliation);
    convert_settings_free(&settings);
    return code;
}

const struct command command_reconcile = {
    .name = "reconcile",
    .summary = "explain why two sides' numbers differ, to the cent",
    .options = FOR_RECONCILE,
    .online_option = "--data-source",
    .is_offline = true,
    .run = reconcile_main,
};
