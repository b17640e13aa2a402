/* inspect.c: `inspect FILE|FOLDER`: what is this, and what to do with it. */
#include <sys/stat.h>

#include "cli/convert_options.h"
#include "cli/inspect.h"
#include "cli/label_guess.h"

static bool read_line(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                      const char **path, struct error *error) {
    struct option_reader reader;
    char **operands = NULL;
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, settings, NULL, error);
    if (is_fine && !settings->wants_help) {
        size_t count = options_operands(&reader, &operands);
        *path = operands[0];
        if (count != 1) {
            is_fine = error_set(error, EXIT_WRONG_USE, count == 0 ? "inspect needs a file" : "inspect takes one file or folder");
            error_fix(error, "Write st2plecto inspect FILE (a folder too; - is standard input)");
        }
    }
    options_free(&reader);
    return is_fine;
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    (void)cli;
    struct convert_settings settings = {0};
    struct inspection inspection = {0};
    struct error error = {0};
    struct buffer out = {0};
    if (!read_line(command, argc, argv, &settings, &inspection.path, &error)) return cli_fail(&error);
    if (settings.wants_help) return help_print(command);
    struct stat status;
    if (stat(inspection.path, &status) == 0 && S_ISDIR(status.st_mode)) {
        enum exit_code code = EXIT_FINE;
        if (!inspect_folder(&settings, inspection.path, &code, &out, &error)) return cli_fail(&error);
        return cli_print(&out, code);
    }
    inspection.dictionary = label_dictionary_create();
    bool is_fine = inspection_make(&settings, &inspection, &error);
    if (is_fine && settings.is_json)
        inspect_json(&inspection, &out);
    else if (is_fine)
        inspect_text(&inspection, terminal_colour(settings.colour), &out);
    inspection_free(&inspection);
    label_dictionary_free(inspection.dictionary);
    return is_fine ? cli_print(&out, EXIT_FINE) : cli_fail(&error);
}

const struct command command_inspect = {
    .name = "inspect",
    .summary = "show what a file is, column by column, and what to run next",
    .options = FOR_INSPECT,
    .is_offline = true,
    .run = run,
};
