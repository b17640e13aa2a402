/* verify.c: `verify DIR`: reads the registrations back from Plecto and compares them with the folder. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/report_ours.h"
#include "cli/upload_options.h"
#include "cli/upload_show.h"
#include "output/whole_file.h"
#include "upload/verify.h"

#define DETAILS 20

static size_t details_of(const struct upload_settings *settings) {
    return settings->has_details ? (size_t)settings->details : DETAILS;
}

static bool write_report(const struct verify_result *result, const struct upload_settings *settings, struct buffer *out,
                         struct error *error) {
    if (settings->format == FORMAT_JSON)
        verify_json(result, out);
    else
        verify_text(result, settings->is_quiet, details_of(settings), out);
    if (!settings->format_file) return true;
    bool is_fine = whole_file_write(settings->format_file, buffer_view(out),
                                    report_may_replace(settings->format_file, settings->force), settings->watch, error);
    out->length = 0;
    verify_verdict(result, out);
    buffer_add_char(out, '\n');
    return is_fine;
}

static bool check(const struct upload_settings *settings, const struct upload_case *opened, struct error *error) {
    if (settings->format == FORMAT_HTML) {
        error_set(error, EXIT_WRONG_USE, "verify has no --format html");
        return error_fix(error, "Use --format text or --format json.");
    }
    if (opened->source.uuid) return true;
    error_set(error, EXIT_WRONG_USE, "the data source in Plecto for %s is not known", opened->published.schema);
    return error_fix(error, "Add --data-source and the UUID in the address of its page in Plecto.");
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
    upload_show_start(&show, &settings->client, settings->is_quiet, settings->is_verbose);
    int32_t today = 0;
    bool is_fine = upload_today(settings, &today, &error) && upload_check_report(settings, &error) &&
                   upload_case_open(settings, false, &opened, &error) && check(settings, &opened, &error) &&
                   upload_connect(settings, opened.journal_path, &credentials, &stopper, &client, &error) &&
                   verify_run(&opened.published, opened.journal, &opened.source, client,
                              today, details_of(settings), &result, &error) &&
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
    .options = FOR_VERIFY,
    .run = verify_main,
};
