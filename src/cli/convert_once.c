/* convert_once.c: one run of one type: what `convert` and convert_types.c share. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_expect.h"
#include "cli/convert_options.h"
#include "cli/config.h"
#include "cli/option_table.h"
#include "output/outdir.h"

#define FOR_ALL "each-type keep-going output force quiet schema dry-run format" /* options for all files, not for one */

struct report_look convert_look(const struct convert_settings *settings, const struct result *result) {
    bool is_written = result && (result->publication == PUBLISHED || result->publication == PUBLISHED_REPORTS);
    return (struct report_look){.colour = settings->colour,
                                .is_quiet = settings->is_quiet,
                                .is_verbose = settings->is_verbose,
                                .show_private = settings->run.show_private,
                                .force = settings->run.force,
                                .shown = settings->run.example_limit,
                                .watch = settings->run.watch,
                                .folder = is_written ? result->output_folder : NULL,
                                .created = settings->run.created};
}

enum exit_code convert_report(const struct convert_settings *settings, struct result *result) {
    struct report_look look = convert_look(settings, result);
    return report_requests_write(&settings->reports, result, &look, result->exit_code);
}

void convert_fix(const struct convert_settings *settings, const char *adds, struct error *error) {
    if (settings->run.place) {
        setting_fix(error, settings->run.place, strcmp(settings->run.schema, "auto") == 0 ? NULL : settings->run.schema);
        return;
    }
    char *call = command_line_rewrite(&settings->line, settings->command, "", NULL, adds);
    error_fix_run(error, call);
    free(call);
}

void convert_fix_file(const struct convert_settings *settings, const char *path, struct error *error) {
    bool is_convert = strcmp(settings->command->name, "convert") == 0;
    const char *drops = settings->run.place && !settings->run.place->file ? FOR_ALL " no-config" : FOR_ALL;
    struct buffer file = {0};
    char *folder = is_convert ? outdir_free_name("plecto") : NULL, *adds = is_convert ? memory_print("-o %s", folder) : NULL;
    words_shell(&file, path);
    buffer_add_char(&file, '\0');
    char *call = command_line_rewrite(&settings->line, settings->command, drops, file.text, adds ? adds : "");
    error_fix_run(error, call);
    free(call);
    free(adds);
    free(folder);
    buffer_free(&file);
}

enum exit_code convert_stop(const struct convert_settings *settings, struct error *error) {
    struct result result = {0};
    convert_fix(settings, "", error);
    result_stop(&result, settings->command->name, settings->run.paths, settings->run.path_count, error);
    enum exit_code code = cli_fail(error);
    struct report_look look = convert_look(settings, &result);
    result.exit_code = code;
    code = report_requests_write_stopped(&settings->reports, &result, &look, code);
    result_free(&result);
    return code;
}

bool convert_run(const struct cli *cli, struct convert_settings *settings, struct result *result, struct error *error) {
    struct progress progress;
    progress_start(&progress, settings->is_quiet);
    settings->run.progress = progress_update;
    settings->run.progress_context = &progress;
    settings->run.watch = &cli->watch;
    struct run_difference *differences = NULL;
    bool is_fine = settings->reconcile.expect_count == 0 ||
                   convert_expect(settings, &differences, &settings->run.difference_count, error);
    settings->run.differences = differences;
    is_fine = is_fine && run_convert(&settings->run, result, error);
    convert_differences_free(differences, settings->run.difference_count);
    settings->run.differences = NULL;
    settings->run.difference_count = 0;
    progress_end(&progress);
    return is_fine;
}

static char *rewrite(void *context, const char *command, const char *drops, const char *files, const char *adds) {
    const struct convert_settings *settings = context;
    return command_line_rewrite(&settings->line, command_line_command(command), drops, files, adds);
}

void convert_prepare(struct convert_settings *settings, const char *arguments) {
    settings->run.arguments = arguments;
    settings->run.rewrite = rewrite;
    settings->run.again = convert_again;
}
