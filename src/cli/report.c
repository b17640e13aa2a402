/* report.c: `report RESULT.json`: any report, made of a result that was written before. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/kept_files.h"
#include "cli/report_formats.h"

/* The result.json of a folder, or the file itself; `*folder` is where the run's other files may be. */
static char *find_result(const char *operand, char **folder) {
    struct stat status;
    if (stat(operand, &status) == 0 && S_ISDIR(status.st_mode)) {
        *folder = memory_copy(view_of(operand));
        return memory_print("%s/result.json", operand);
    }
    bool is_published = strcmp(view_file_name(operand), output_name(OUTPUT_RESULT)) == 0;
    *folder = is_published ? place_folder_of(operand) : NULL;
    return memory_copy(view_of(operand));
}

static int64_t date_of(const char *path) {
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = 0;
    struct error ignored = {0};
    struct stat status;
    if (fixed && *fixed && options_number("SOURCE_DATE_EPOCH", fixed, 0, 250000000000u, &seconds, &ignored))
        return (int64_t)seconds;
    error_free(&ignored);
    return stat(path, &status) == 0 ? status.st_mtime : 946684800;
}

static enum exit_code report(const struct convert_settings *settings, const char *operand) {
    struct result result = {0};
    struct error error = {0};
    char *folder = NULL, *path = find_result(operand, &folder);
    struct report_look look = convert_look(settings, NULL);
    look.folder = folder;
    look.created = date_of(path);
    enum exit_code code;
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < settings->reports.count; i++)
        is_fine = kept_files_differ(settings->reports.list[i].file, path, &error) &&
                  kept_files_spare_folder(settings->reports.list[i].file, &error);
    if (is_fine && report_requests_check(&settings->reports, look.force, &error) && result_read(path, &result, &error))
        code = report_requests_write(&settings->reports, &result, &look,
                                     settings->takes_code ? result.exit_code : EXIT_FINE);
    else
        code = cli_fail(&error);
    result_free(&result);
    free(folder);
    free(path);
    return code;
}

static enum exit_code report_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings = {.run = {.example_limit = SIZE_MAX, .watch = &cli->watch}};
    struct option_reader reader;
    struct error error = {0};
    char **operands = NULL;
    options_start(&reader, command, argc, argv);
    enum exit_code code = EXIT_FINE;
    bool is_fine = options_read(&reader, &settings, NULL, &error);
    if (is_fine && settings.wants_help) {
        code = help_print(command);
    } else if (is_fine && options_operands(&reader, &operands) != 1) {
        error_set(&error, EXIT_WRONG_USE, "report needs one result");
        is_fine = error_fix(&error, "Name a result.json, its folder, or - for standard input.");
    } else if (is_fine) {
        code = report(&settings, operands[0]);
    }
    if (!is_fine) code = cli_fail(&error);
    report_requests_free(&settings.reports);
    options_free(&reader);
    return code;
}

const struct command command_report = {
    .name = "report",
    .summary = "make another report of a result",
    .options = FOR_REPORT,
    .is_offline = true,
    .run = report_main,
};
