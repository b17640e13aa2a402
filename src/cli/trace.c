/* trace.c: `trace ID DIR`: what was sent of a registration, and why: from the cells of its source to Plecto's answer. */
#include <stdlib.h>

#include "cli/convert_options.h"
#include "reconcile/trace.h"

static enum exit_code trace_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings;
    struct error error = {0};
    struct buffer out = {0};
    bool is_found = false;
    enum exit_code code = EXIT_FINE;
    (void)cli;
    if (!convert_settings_read(command, argc, argv, &settings, &error)) {
        code = cli_fail(&error);
    } else if (settings.wants_help) {
        code = help_print(command);
    } else {
        const struct trace_request request = {.id = settings.reconcile.sides[0],
                                              .folder = settings.reconcile.sides[1],
                                              .inputs = settings.reconcile.inputs,
                                              .journal = settings.reconcile.journal,
                                              .show_private = settings.run.show_private};
        bool is_fine = trace_run(&request, &settings.run, &out, &is_found, &error);
        if (is_fine && !is_found) {
            error_set(&error, EXIT_ANSWER_NO, "%s does not have the ID %s", request.folder, request.id);
            error_fix(&error, "Name the external ID, as the column ID of import.csv has it.");
        }
        if (is_fine && is_found) {
            code = cli_print(&out, EXIT_FINE);
        } else {
            buffer_free(&out);
            code = cli_fail(&error);
        }
    }
    convert_settings_free(&settings);
    return code;
}

const struct command command_trace = {
    .name = "trace",
    .summary = "follow a registration from source cells to Plecto's answer",
    .options = FOR_TRACE,
    .is_offline = true,
    .run = trace_main,
};
