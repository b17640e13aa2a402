/* convert.c: `convert FILE…`: from exports to import files. The work is run_convert's; here are the page, the report
 * and the exit code. validate.c shares it. */
#include <stdlib.h>

#include "cli/convert_options.h"
#include "cli/period.h"

static void say_relative_day(const struct convert_settings *settings) {
    if (settings->is_quiet || settings->zone || !settings->period || !period_is_relative(settings->period)) return;
    struct buffer text = {0};
    buffer_add_text(&text, "st2plecto: note: --period ");
    plain_add_text(&text, settings->period);
    buffer_add_text(&text, " is counted from today in UTC: ");
    date_print(&text, settings->run.period_from);
    buffer_add_text(&text, "..");
    date_print(&text, settings->run.period_to);
    buffer_add_text(&text, ". To count from today in your zone, add --tz ZONE.\n");
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
}

static enum exit_code run(const struct cli *cli, struct convert_settings *settings, const char *arguments) {
    struct result result = {0};
    struct error error = {0};
    bool has_several = false;
    say_relative_day(settings);
    if (convert_types_are_asked(settings)) return convert_types(cli, settings, arguments);
    settings->run.has_several_types = &has_several;
    enum exit_code code = EXIT_FINE;
    if (convert_run(cli, settings, &result, &error)) {
        code = convert_report(settings, &result);
    } else if (has_several) {
        error_free(&error);
        code = convert_types(cli, settings, arguments);
    } else {
        code = convert_stop(settings, &error);
    }
    result_free(&result);
    return code;
}

/* The arguments as typed, for the command that the report proposes next; getopt will reorder argv. Options are added at
 * its end, so there is no "--": a file that looks like an option gets its folder. */
static char *join_arguments(int argc, char **argv) {
    struct buffer text = {0};
    bool is_ended = false;
    for (int i = 1; i < argc; i++) {
        bool is_end = !is_ended && strcmp(argv[i], "--") == 0;
        is_ended = is_ended || is_end;
        if (is_end) continue;
        if (text.length > 0) buffer_add_char(&text, ' ');
        if (is_ended && argv[i][0] == '-' && argv[i][1]) buffer_add_text(&text, "./");
        words_shell(&text, argv[i]);
    }
    return buffer_take(&text);
}

enum exit_code convert_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings;
    struct error error = {0};
    enum exit_code code;
    char *arguments = join_arguments(argc, argv);
    bool is_fine = convert_settings_read(command, argc, argv, &settings, &error);
    settings.run.place = cli->place;
    if (!is_fine) {
        code = convert_stop(&settings, &error);
    } else if (settings.wants_help) {
        code = help_print(command);
    } else {
        struct convert_draft draft = {0};
        convert_prepare(&settings, arguments);
        if (settings.drafts && !convert_draft(cli, &settings, &draft, &error))
            code = convert_stop(&settings, &error);
        else
            code = run(cli, &settings, arguments);
        convert_draft_free(&draft);
    }
    free(arguments);
    convert_settings_free(&settings);
    return code;
}

const struct command command_convert = {
    .name = "convert",
    .summary = "make Plecto import files from exports",
    .options = FOR_CONVERT,
    .is_offline = true,
    .run = convert_main,
};
