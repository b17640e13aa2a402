/* report.c: `report RESULT.json`: any report, made of a result that was written before. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/convert_options.h"
#include "cli/options.h"
#include "cli/report_formats.h"

enum {
    REPORT_FORMAT = 256,
    REPORT_FORCE,
    REPORT_MAX_ISSUES,
    REPORT_EXIT_CODE,
    REPORT_PRIVATE,
    REPORT_COLOUR,
    REPORT_QUIET,
    REPORT_VERBOSE,
    REPORT_HELP
};

static const struct option_rule rules[] = {
    {REPORT_FORMAT, 0, "format", "NAME[=FILE]",
     REPORT_FORMATS ", to standard output or to FILE; may be given several times (default text)"},
    {REPORT_FORCE, 0, "force", NULL, "replace files that are there"},
    {REPORT_MAX_ISSUES, 0, "max-issues", "N", "examples shown of each cause (default: all the result has)"},
    {REPORT_PRIVATE, 0, "show-private", NULL, "show bad values of personal columns, if the result has them"},
    {REPORT_EXIT_CODE, 0, "exit-code", NULL, "end with the exit code of the run that the result tells of"},
    {REPORT_COLOUR, 0, "color", "auto|always|never", "colours in the text report"},
    {REPORT_QUIET, 'q', "quiet", NULL, "issues and verdict only, in the text report"},
    {REPORT_VERBOSE, 'v', "verbose", NULL, "each file's details too, in the text report"},
    {REPORT_HELP, 'h', "help", NULL, "this page"},
};

struct settings {
    struct report_requests requests;
    struct report_look look;
    bool takes_code, wants_help;
};

static bool read_option(int id, const char *value, struct settings *settings, struct error *error) {
    uint64_t number = 0;
    switch (id) {
    case REPORT_FORMAT: return report_requests_add(value, &settings->requests, error);
    case REPORT_FORCE: settings->look.force = true; return true;
    case REPORT_MAX_ISSUES:
        if (!options_number("--max-issues", value, 0, 1000000, &number, error)) return false;
        settings->look.shown = (size_t)number;
        return true;
    case REPORT_PRIVATE: settings->look.show_private = true; return true;
    case REPORT_EXIT_CODE: settings->takes_code = true; return true;
    case REPORT_COLOUR: return terminal_colour_word(value, &settings->look.colour, error);
    case REPORT_QUIET: settings->look.is_quiet = true; return true;
    case REPORT_VERBOSE: settings->look.is_verbose = true; return true;
    default: settings->wants_help = true; return true;
    }
}

static bool read_options(struct option_reader *reader, struct settings *settings, struct error *error) {
    const char *value = NULL;
    for (;;) {
        int id = options_next(reader, &value, error);
        if (id == OPTION_END) return true;
        if (id == OPTION_WRONG || !read_option(id, value, settings, error)) return false;
    }
}

/* The result.json of a folder, or the file itself; `*folder` is where the run's other files may be. */
static char *find_result(const char *operand, char **folder) {
    struct stat status;
    if (stat(operand, &status) == 0 && S_ISDIR(status.st_mode)) {
        *folder = memory_copy(view_of(operand));
        return memory_print("%s/result.json", operand);
    }
    const char *slash = strrchr(operand, '/');
    bool is_published = strcmp(slash ? slash + 1 : operand, "result.json") == 0;
    *folder = !is_published ? NULL
              : slash       ? memory_copy(view_from(operand, (size_t)(slash - operand)))
                            : memory_copy(view_of("."));
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

static enum exit_code report(struct settings *settings, const char *operand) {
    struct result result = {0};
    struct error error = {0};
    char *folder = NULL, *path = find_result(operand, &folder);
    settings->look.created = date_of(path);
    settings->look.folder = folder;
    enum exit_code code;
    if (report_requests_check(&settings->requests, settings->look.force, &error) && result_read(path, &result, &error))
        code = report_requests_write(&settings->requests, &result, &settings->look,
                                     settings->takes_code ? result.exit_code : EXIT_FINE);
    else
        code = cli_fail(&error);
    result_free(&result);
    free(folder);
    free(path);
    return code;
}

static enum exit_code report_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct settings settings = {.look = {.shown = SIZE_MAX, .watch = &cli->watch}};
    struct option_reader reader;
    struct error error = {0};
    char **operands = NULL;
    options_start(&reader, command->name, command->options, command->option_count, argc, argv);
    enum exit_code code = EXIT_FINE;
    bool is_fine = read_options(&reader, &settings, &error);
    if (is_fine && settings.wants_help) {
        struct buffer page = {0};
        help_page(command, &page);
        code = cli_print(&page, EXIT_FINE);
    } else if (is_fine && options_operands(&reader, &operands) != 1) {
        error_set(&error, EXIT_WRONG_USE, "report needs one result");
        is_fine = error_fix(&error, "name a result.json, the folder that holds it, or - for standard input");
    } else if (is_fine) {
        code = report(&settings, operands[0]);
    }
    if (!is_fine) code = cli_fail(&error);
    report_requests_free(&settings.requests);
    options_free(&reader);
    return code;
}

const struct command command_report = {
    .name = "report",
    .summary = "make another report of a result",
    .usage = "[OPTION...] RESULT.json|DIR",
    .examples = "  st2plecto report plecto\n"
                "  st2plecto report plecto --format html=report.html --format markdown\n"
                "  st2plecto report result.json --format junit=junit.xml --exit-code\n"
                "  st2plecto validate --format json jobs.csv | st2plecto report --format github -\n",
    .about =
        "Reads a result.json (of a published folder, or what --format json wrote) and makes any report of it; nothing "
        "of\n"
        "the export is read again. xlsx holds the rows too where import.csv and rejected.csv lie beside result.json.\n"
        "\n"
        "Exit codes: 0 fine (with --exit-code that of the run), 2 wrong use, 3 the result cannot be read, 4 a report\n"
        "cannot be written.\n",
    .options = rules,
    .option_count = sizeof rules / sizeof *rules,
    .is_offline = true,
    .run = report_main,
};
