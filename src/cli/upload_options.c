/* upload_options.c: see upload_options.h. */
#include "cli/upload_options.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/period.h"
#include "upload/plecto_facts.h"

#define MOST_REQUESTS 36000000u
#define TEXT_DETAILS 20
#define JSON_DETAILS 10000
#define HTML_DETAILS 500

static bool read_format(const char *value, struct upload_settings *settings, struct error *error) {
    static const struct option_word words[] = {{"text", FORMAT_TEXT}, {"json", FORMAT_JSON}, {"html", FORMAT_HTML}};
    const char *equals = strchr(value, '=');
    char *name = memory_copy(view_from(value, equals ? (size_t)(equals - value) : strlen(value)));
    int word = FORMAT_TEXT;
    bool is_fine = options_word("--format", name, words, 3, &word, error);
    free(name);
    settings->format = (enum plan_format)word;
    settings->format_file = equals ? equals + 1 : NULL;
    if (is_fine && equals && !equals[1]) {
        error_set(error, EXIT_WRONG_USE, "--format %s has no file behind the =", value);
        return error_fix(error, "write for example --format html=plan.html");
    }
    return is_fine;
}

static bool read_vanished(const char *value, struct upload_settings *settings, struct error *error) {
    static const struct option_word words[] = {
        {"report", VANISHED_REPORT}, {"zero", VANISHED_ZERO}, {"delete", VANISHED_DELETE}};
    int word = VANISHED_REPORT;
    bool is_fine = options_word("--vanished", value, words, 3, &word, error);
    settings->vanished = (enum vanished_action)word;
    settings->has_vanished = true;
    return is_fine;
}

static bool read_seconds(const char *option, const char *value, uint64_t least, double *seconds, struct error *error) {
    uint64_t number = 0;
    bool is_fine = options_number(option, value, least, 604800, &number, error);
    *seconds = (double)number;
    return is_fine;
}

static bool read_now(const char *value, struct upload_settings *settings, struct error *error) {
    struct datetime when;
    settings->now = value;
    if (strlen(value) == 20 && datetime_parse(view_of(value), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE &&
        when.zone == ZONE_UTC && when.has_time)
        return true;
    error_set(error, EXIT_WRONG_USE, "--now \"%s\" is no time in UTC", value);
    return error_fix(error, "write it as 2026-01-31T06:00:00Z");
}

static bool read_option(int id, const char *value, struct upload_settings *settings, struct error *error) {
    switch (id) {
    case UPLOAD_JOURNAL: settings->journal_file = value; return true;
    case UPLOAD_DATA_SOURCE: settings->data_source = value; return true;
    case UPLOAD_TITLE: settings->title = value; return true;
    case UPLOAD_URL: settings->client.base = value; return true;
    case UPLOAD_RATE: return options_number("--rate", value, 1, MOST_REQUESTS, &settings->client.rate, error);
    case UPLOAD_RETRY_MAX: return read_seconds("--retry-max-time", value, 0, &settings->client.retry_max, error);
    case UPLOAD_TIMEOUT: return read_seconds("--timeout", value, 1, &settings->client.timeout, error);
    case UPLOAD_CONTINUE: settings->continues = true; return true;
    case UPLOAD_VANISHED: return read_vanished(value, settings, error);
    case UPLOAD_MAX_VANISHED:
        settings->has_max_vanished = true;
        return options_number("--max-vanished", value, 0, 1000000000, &settings->max_vanished, error);
    case UPLOAD_KEEP: settings->keep = value; return true;
    case UPLOAD_RESEND: settings->resends = true; return true;
    case UPLOAD_YES: settings->says_yes = true; return true;
    case UPLOAD_NO_INPUT: settings->takes_no_input = true; return true;
    case UPLOAD_CREDENTIALS: settings->places.file = value; return true;
    case UPLOAD_NETRC:
        settings->places.uses_netrc = true;
        settings->places.netrc = *value ? value : NULL;
        return true;
    case UPLOAD_COMMAND: settings->places.command = value; return true;
    case UPLOAD_CA_FILE: settings->client.ca_file = value; return true;
    case UPLOAD_INSECURE_TEST: settings->client.may_use_http = true; return true;
    case UPLOAD_COMPRESS: settings->client.compresses = true; return true;
    case UPLOAD_FORMAT: return read_format(value, settings, error);
    case UPLOAD_FORCE: settings->force = true; return true;
    case UPLOAD_DETAILS:
        settings->has_details = true;
        return options_number("--max-details", value, 0, 1000000, &settings->details, error);
    case UPLOAD_NOW: return read_now(value, settings, error);
    case UPLOAD_ANOTHER: settings->makes_another = true; return true;
    case UPLOAD_QUIET: settings->is_quiet = true; return true;
    case UPLOAD_VERBOSE: settings->is_verbose = true; return true;
    default: settings->wants_help = true; return true;
    }
}

static bool read_all(struct option_reader *reader, struct upload_settings *settings, struct error *error) {
    const char *value = NULL;
    for (;;) {
        int id = options_next(reader, &value, error);
        if (id == OPTION_END) return true;
        if (id == OPTION_WRONG || !read_option(id, value, settings, error)) return false;
    }
}

/* `datasource create DIR` has a word before the folder. */
static bool read_folder(const struct command *command, char **operands, size_t count, struct upload_settings *settings,
                        struct error *error) {
    bool has_word = strcmp(command->name, "datasource") == 0;
    if (has_word && (count == 0 || strcmp(operands[0], "create") != 0)) {
        if (count == 0)
            error_set(error, EXIT_WRONG_USE, "datasource needs to be told what to do");
        else
            error_set(error, EXIT_WRONG_USE, "datasource %s is unknown", operands[0]);
        return error_fix(error, "write st2plecto datasource create DIR");
    }
    if (count == (has_word ? 2u : 1u)) {
        settings->folder = operands[has_word];
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "%s needs one folder", command->name);
    return error_fix(error, "name the folder that st2plecto convert -o made");
}

bool upload_read_options(const struct command *command, int argc, char **argv, struct upload_settings *settings,
                         struct error *error) {
    struct option_reader reader;
    char **operands = NULL;
    *settings = (struct upload_settings){
        .client = {.base = PLECTO_BASE, .rate = PLECTO_DEFAULT_RATE, .timeout = 120, .retry_max = 600}};
    options_start(&reader, command->name, command->options, command->option_count, argc, argv);
    bool is_fine = read_all(&reader, settings, error);
    if (is_fine && !settings->wants_help) {
        size_t count = options_operands(&reader, &operands);
        is_fine = read_folder(command, operands, count, settings, error);
    }
    options_free(&reader);
    return is_fine;
}

bool upload_case_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                      struct error *error) {
    *opened = (struct upload_case){.published.file = -1};
    return published_open(settings->folder, &opened->published, error) &&
           journal_find(settings->journal_file, settings->folder, &opened->journal_path, error) &&
           journal_open(opened->journal_path, for_writing, &opened->journal, error) &&
           data_source_choose(&opened->published, opened->journal, settings->data_source, &opened->source, error);
}

void upload_case_close(struct upload_case *opened) {
    published_close(&opened->published);
    journal_source_free(&opened->source);
    journal_close(opened->journal);
    free(opened->journal_path);
    *opened = (struct upload_case){.published.file = -1};
}

/* Today in UTC: by --now, SOURCE_DATE_EPOCH or the clock. */
static bool today(const struct upload_settings *settings, int32_t *days, struct error *error) {
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
                                     .details = settings->has_details  ? settings->details
                                                : settings->is_verbose ? usual[FORMAT_JSON]
                                                                       : usual[settings->format]};
    if (!settings->keep) return true;
    if (!today(settings, &now, error) || !period_parse_keep(settings->keep, now, &oldest, error)) return false;
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

bool upload_connect(struct upload_settings *settings, struct credentials *credentials, struct stopper *stopper,
                    struct client **client, struct error *error) {
    char *host = NULL;
    bool is_fine = client_check_base(settings->client.base, settings->client.may_use_http, &host, error);
    settings->places.host = host;
    is_fine = is_fine && credentials_read(&settings->places, credentials, error) &&
              client_open(&settings->client, credentials, stopper, client, error);
    settings->places.host = NULL;
    free(host);
    return is_fine;
}

enum exit_code upload_command(const struct cli *cli, const struct command *command, int argc, char **argv,
                              enum exit_code (*run)(struct upload_settings *settings)) {
    struct upload_settings settings;
    struct error error = {0};
    if (!upload_read_options(command, argc, argv, &settings, &error)) return cli_fail(&error);
    settings.watch = &cli->watch;
    signal(SIGPIPE, SIG_IGN); /* a server that closes the connection is told by libcurl */
    if (!settings.wants_help) return run(&settings);
    struct buffer page = {0};
    help_page(command, &page);
    return cli_print(&page, EXIT_FINE);
}
