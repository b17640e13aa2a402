/* verify.c: `verify DIR`: reads the registrations back from Plecto and compares them with the folder. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/upload_options.h"
#include "cli/upload_show.h"
#include "output/whole_file.h"
#include "upload/verify.h"

#define DETAILS 20

static const struct option_rule rules[] = {
    RULE_JOURNAL,
    RULE_DATA_SOURCE,
    {UPLOAD_FORMAT, 0, "format", "text|json[=FILE]", "how it is told, and where (default text, standard output)"},
    {UPLOAD_FORCE, 0, "force", NULL, "replace FILE"},
    {UPLOAD_DETAILS, 0, "max-details", "N", "registrations told of each kind (default 20)"},
    RULES_CONNECTION,
    {0, 0, NULL, NULL, "Others"},
    {UPLOAD_VERBOSE, 'v', "verbose", NULL, "each request, and each wait"},
    RULES_COMMON,
};

static bool write_report(const struct verify_result *result, const struct upload_settings *settings, struct buffer *out,
                         struct error *error) {
    if (settings->format == FORMAT_JSON)
        verify_json(result, out);
    else
        verify_text(result, settings->is_quiet, out);
    if (!settings->format_file) return true;
    bool is_fine = whole_file_write(settings->format_file, buffer_view(out), settings->force, settings->watch, error);
    out->length = 0;
    verify_verdict(result, out);
    buffer_add_char(out, '\n');
    return is_fine;
}

static bool check(const struct upload_settings *settings, const struct upload_case *opened, struct error *error) {
    if (settings->format == FORMAT_HTML) {
        error_set(error, EXIT_WRONG_USE, "verify has no --format html");
        return error_fix(error, "--format takes text or json");
    }
    if (opened->source.uuid) return true;
    error_set(error, EXIT_WRONG_USE, "which data source in Plecto is for %s is not known", opened->published.schema);
    return error_fix(error, "--data-source UUID, from the address of its page");
}

static enum exit_code run(struct upload_settings *settings) {
    struct upload_case opened = {.published.file = -1};
    struct verify_result result = {0};
    struct credentials credentials = {0};
    struct stopper stopper = {0};
    struct client *client = NULL;
    struct upload_show show;
    struct error error = {0};
    struct buffer out = {0};
    credentials_protect();
    upload_show_start(&show, settings->is_quiet, settings->is_verbose);
    settings->client.tell = upload_show_event;
    settings->client.context = &show;
    bool is_fine = (!settings->format_file || whole_file_check(settings->format_file, settings->force, &error)) &&
                   upload_case_open(settings, false, &opened, &error) && check(settings, &opened, &error) &&
                   upload_connect(settings, &credentials, &stopper, &client, &error) &&
                   verify_run(&opened.published, opened.journal, &opened.source, client,
                              settings->has_details ? (size_t)settings->details : DETAILS, &result, &error) &&
                   write_report(&result, settings, &out, &error);
    enum exit_code code = verify_is_same(&result) ? EXIT_FINE : EXIT_ANSWER_NO;
    if (is_fine) {
        code = cli_print(&out, code);
    } else {
        buffer_free(&out);
        code = cli_fail(&error);
    }
    client_close(client);
    credentials_wipe(&credentials);
    verify_free(&result);
    upload_case_close(&opened);
    return code;
}

static enum exit_code verify_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_verify = {
    .name = "verify",
    .summary = "compare Plecto's registrations with a published folder",
    .usage = "[OPTION...] DIR",
    .examples = "  st2plecto verify plecto --credentials plecto.json\n"
                "  st2plecto verify plecto --netrc --format json=verify.json\n",
    .about = "Reads the registrations of the folder's days back from Plecto and compares them field by field: same, "
             "different,\n"
             "missing in Plecto, foreign (in Plecto and not in the folder). Nothing is changed. Numbers are compared "
             "as numbers,\n"
             "times as moments.\n"
             "\n"
             "Exit codes: 0 all the same; 1 they differ; 2 wrong use; 3 the folder cannot be read; 5 Plecto cannot be "
             "reached;\n"
             "6 Plecto refuses.\n",
    .options = rules,
    .option_count = sizeof rules / sizeof *rules,
    .run = verify_main,
};
