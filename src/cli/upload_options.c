/* upload_options.c: see upload_options.h. */
#include "cli/upload_options.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/sandbox.h"
#include "cli/cli.h"
#include "cli/kept_files.h"
#include "cli/period.h"
#include "cli/report_ours.h"
#include "output/whole_file.h"
#include "upload/plecto_facts.h"

#define TEXT_DETAILS 20
#define JSON_DETAILS 10000
#define HTML_DETAILS 500

/* `datasource create DIR` and `members create DIR` have a word before the folder. */
static bool read_folder(const struct command *command, char **operands, size_t count, struct upload_settings *settings,
                        struct error *error) {
    bool has_word = strcmp(command->name, "datasource") == 0 || strcmp(command->name, "members") == 0;
    if (has_word && (count == 0 || strcmp(operands[0], "create") != 0)) {
        if (count == 0)
            error_set(error, EXIT_WRONG_USE, "%s needs to know what to do", command->name);
        else
            error_set(error, EXIT_WRONG_USE, "%s %s is unknown", command->name, operands[0]);
        return error_fix(error, "Write st2plecto %s create DIR", command->name);
    }
    if (count == (has_word ? 2u : 1u)) {
        settings->folder = operands[has_word];
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "%s needs one folder", command->name);
    return error_fix(error, "Name the folder that st2plecto convert -o made.");
}

bool upload_read_options(const struct command *command, int argc, char **argv, struct upload_settings *settings,
                         struct error *error) {
    struct option_reader reader;
    char **operands = NULL;
    upload_settings_start(settings);
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, settings, NULL, error);
    if (is_fine && !settings->wants_help) {
        size_t count = options_operands(&reader, &operands);
        is_fine = read_folder(command, operands, count, settings, error);
    }
    options_free(&reader);
    return is_fine;
}

static void add_option(struct buffer *out, const char *name, const char *value) {
    if (!value) return;
    buffer_print(out, " %s ", name);
    words_shell(out, value);
}

void upload_add_options(const struct upload_settings *settings, bool connects, struct buffer *out) {
    add_option(out, "--journal", settings->journal_file);
    add_option(out, "--data-source", settings->data_source);
    if (!connects) return;
    if (strcmp(settings->client.base, PLECTO_BASE) != 0) add_option(out, "--url", settings->client.base);
    if (settings->client.may_use_http) buffer_add_text(out, " --insecure-test");
    if (settings->places.uses_netrc && settings->places.netrc) {
        buffer_add_text(out, " --netrc=");
        words_shell(out, settings->places.netrc);
    } else if (settings->places.uses_netrc) {
        buffer_add_text(out, " --netrc");
    } else if (settings->places.command) {
        add_option(out, "--credentials-command", settings->places.command);
    } else {
        add_option(out, "--credentials", settings->places.file ? settings->places.file : "plecto.json");
    }
}

bool upload_folder_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                        struct error *error) {
    *opened = (struct upload_case){.published.file = -1};
    bool is_fine = published_open(settings->folder, &opened->published, error) &&
                   journal_find(settings->journal_file, settings->folder, &opened->journal_path, error) &&
                   journal_open(opened->journal_path, for_writing, &opened->journal, error);
    if (is_fine) upload_fence(settings, opened->journal_path, false);
    return is_fine;
}

bool upload_case_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                      struct error *error) {
    return upload_folder_open(settings, for_writing, opened, error) &&
           data_source_choose(&opened->published, opened->journal, settings->data_source, &opened->source, error);
}

void upload_case_close(struct upload_case *opened) {
    published_close(&opened->published);
    journal_source_free(&opened->source);
    journal_close(opened->journal);
    free(opened->journal_path);
    *opened = (struct upload_case){.published.file = -1};
}

bool upload_today(const struct upload_settings *settings, int32_t *days, struct error *error) {
    struct datetime when;
    if (!settings->now) return period_today(NULL, days, error);
    datetime_parse(view_of(settings->now), DATE_ORDER_YMD, &when, NULL);
    *days = date_to_days(when.year, when.month, when.day);
    return true;
}

bool upload_plan_settings(const struct upload_settings *settings, struct plan_options *options, struct error *error) {
    static const size_t usual[] = {
        [FORMAT_TEXT] = TEXT_DETAILS, [FORMAT_JSON] = JSON_DETAILS, [FORMAT_HTML] = HTML_DETAILS};
    int32_t now = 0, oldest = 0;
    *options = (struct plan_options){.vanished = settings->vanished,
                                     .resends = settings->resends,
                                     .resent_from = settings->resent_from,
                                     .details = settings->has_details  ? (size_t)settings->details
                                                : settings->is_verbose ? usual[FORMAT_JSON]
                                                                       : usual[settings->format]};
    if (!settings->max_age) return true;
    if (!upload_today(settings, &now, error) || !period_parse_max_age(settings->max_age, now, &oldest, error)) return false;
    struct buffer day = {0};
    date_print(&day, oldest);
    if (day.length == 10) memcpy(options->oldest, day.text, 10);
    buffer_free(&day);
    return true;
}

char *upload_ask(const struct buffer *question) {
    char *line = NULL;
    size_t size = 0;
    fwrite(question->text, 1, question->length, stderr);
    fflush(stderr);
    ssize_t length = getline(&line, &size, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    struct view answer = view_trim(view_from(line, (size_t)length));
    char *copy = memory_copy(answer);
    free(line);
    return copy;
}

bool upload_check_report(const struct upload_settings *settings, struct error *error) {
    const char *file = settings->format_file;
    return !file || (kept_files_spare_folder(file, error) && kept_files_differ(file, settings->journal_file, error) &&
                     whole_file_check(file, report_may_replace(file, settings->force), error));
}

void upload_fence(const struct upload_settings *settings, const char *journal_path, bool is_connecting) {
    const char *const written[] = {journal_path, settings->format_file};
    if (is_connecting != (settings->places.command != NULL)) return;
    sandbox_keep_files(written, sizeof written / sizeof *written);
    sandbox_enter_connected();
}

bool upload_connect(struct upload_settings *settings, const char *journal_path, struct credentials *credentials, struct stopper *stopper,
                    struct client **client, struct error *error) {
    char *host = NULL;
    bool is_fine = client_check_base(settings->client.base, settings->client.may_use_http, &host, error) &&
                   client_check_authorities(settings->client.ca_file, error);
    settings->places.host = host;
    settings->places.timeout = settings->client.timeout;
    is_fine = is_fine && credentials_read(&settings->places, credentials, error);
    if (is_fine) upload_fence(settings, journal_path, true);
    is_fine = is_fine && client_open(&settings->client, credentials, stopper, client, error);
    settings->places.host = NULL;
    free(host);
    return is_fine;
}

enum exit_code upload_fail(struct error *error, const struct stopper *stopper) {
    bool was_stopped = error->code == EXIT_UPLOAD_STOPPED && stopper->signal != 0;
    enum exit_code code = cli_fail(error);
    if (was_stopped) raise(stopper->signal);
    return code;
}

enum exit_code upload_command(const struct cli *cli, const struct command *command, int argc, char **argv,
                              enum exit_code (*run)(struct upload_settings *settings)) {
    struct upload_settings settings;
    struct error error = {0};
    if (!upload_read_options(command, argc, argv, &settings, &error)) return cli_fail(&error);
    settings.watch = &cli->watch;
    signal(SIGPIPE, SIG_IGN); /* a server that closes the connection is told by libcurl */
    if (!settings.wants_help) return run(&settings);
    return help_print(command);
}
