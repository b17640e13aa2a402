/* upload_options.h: the options that plan, upload, datasource and verify share, and the folder with its journal, opened as
 * each of them needs it. */
#ifndef CLI_UPLOAD_OPTIONS_H
#define CLI_UPLOAD_OPTIONS_H

#include "cli/cli.h"
#include "cli/options.h"
#include "upload/client.h"
#include "upload/plan.h"
#include "upload/plecto_facts.h"

enum upload_option {
    UPLOAD_JOURNAL = 256,
    UPLOAD_DATA_SOURCE,
    UPLOAD_TITLE,
    UPLOAD_URL,
    UPLOAD_RATE,
    UPLOAD_RETRY_MAX,
    UPLOAD_TIMEOUT,
    UPLOAD_CONTINUE,
    UPLOAD_VANISHED,
    UPLOAD_MAX_VANISHED,
    UPLOAD_KEEP,
    UPLOAD_RESEND,
    UPLOAD_YES,
    UPLOAD_NO_INPUT,
    UPLOAD_CREDENTIALS,
    UPLOAD_NETRC,
    UPLOAD_COMMAND,
    UPLOAD_CA_FILE,
    UPLOAD_INSECURE_TEST,
    UPLOAD_COMPRESS,
    UPLOAD_FORMAT,
    UPLOAD_FORCE,
    UPLOAD_DETAILS,
    UPLOAD_NOW,
    UPLOAD_ANOTHER,
    UPLOAD_QUIET,
    UPLOAD_VERBOSE,
    UPLOAD_HELP
};

/* Rules that several commands have, so that they are worded once. */
#define RULE_JOURNAL                                                                                                   \
    {                                                                                                                  \
        UPLOAD_JOURNAL, 0, "journal", "FILE",                                                                          \
            "what was sent (default: .st2plecto/journal.db, beside DIR or in a folder above)"                          \
    }
#define RULE_DATA_SOURCE                                                                                               \
    {                                                                                                                  \
        UPLOAD_DATA_SOURCE, 0, "data-source", "UUID",                                                                  \
            "the data source in Plecto (default: that of the registrations, or the journal's for this schema)"         \
    }
#define RULES_CONNECTION                                                                                               \
    {0, 0, NULL, NULL, "Credentials (never on the command line)"},                                                     \
        {UPLOAD_CREDENTIALS, 0, "credentials", "FILE", "JSON with email and password, mode 0600"},                     \
        {UPLOAD_NETRC, 0, "netrc", "[=FILE]", "take them from FILE (default ~/.netrc)"},                               \
        {UPLOAD_COMMAND, 0, "credentials-command", "CMD",                                                              \
         "take them from what CMD prints: the same JSON, or two lines"},                                               \
        {0, 0, NULL, NULL, "The connection"},                                                                          \
        {UPLOAD_URL, 0, "url", "BASE", "address of the API (default " PLECTO_BASE ")"},                                \
        {UPLOAD_RATE, 0, "rate", "N", "requests an hour at most (default 3500)"},                                      \
        {UPLOAD_TIMEOUT, 0, "timeout", "SECONDS", "for one request (default 120)"},                                    \
        {UPLOAD_RETRY_MAX, 0, "retry-max-time", "SECONDS", "for one request with all its tries (default 600)"},        \
        {UPLOAD_CA_FILE, 0, "ca-file", "FILE", "certificate authorities to trust instead of the system's"},            \
        {UPLOAD_COMPRESS, 0, "compress", NULL, "send and take gzip"}, {                                                \
        UPLOAD_INSECURE_TEST, 0, "insecure-test", NULL, "allow http:// to this machine, for tests"                     \
    }
#define RULES_COMMON                                                                                                   \
    {UPLOAD_NOW, 0, "now", "TIME", "stands for the clock, as 2026-01-31T06:00:00Z"},                                   \
        {UPLOAD_QUIET, 'q', "quiet", NULL, "the verdict only"}, {                                                      \
        UPLOAD_HELP, 'h', "help", NULL, "this page"                                                                    \
    }

enum plan_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML };

struct upload_settings {
    const struct place_watch *watch; /* for what is written */
    const char *folder, *journal_file, *data_source, *title, *keep, *now, *format_file;
    enum plan_format format;
    enum vanished_action vanished;
    bool has_vanished, has_max_vanished, resends, has_details, continues, says_yes, takes_no_input, force,
        makes_another;
    bool is_quiet, is_verbose, wants_help;
    uint64_t max_vanished, details;
    int64_t resent_from; /* the batch with which --resend began */
    struct client_options client;
    struct credentials_places places;
};

/* What a command works on. */
struct upload_case {
    struct published published;
    char *journal_path;
    struct journal *journal;
    struct journal_source source;
};

/* Reads the command line into `settings` (defaults first): options, and the one folder. */
bool upload_read_options(const struct command *command, int argc, char **argv, struct upload_settings *settings,
                         struct error *error);
/* Opens folder and journal and chooses the data source. Free: upload_case_close, in both cases. */
bool upload_case_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                      struct error *error);
void upload_case_close(struct upload_case *opened);
/* The plan's options: --vanished, --keep counted from today, and how many changes are told. */
bool upload_plan_settings(const struct upload_settings *settings, struct plan_options *options, struct error *error);
/* Asks on standard error; a line of standard input without blanks at its ends, NULL at its end. The caller frees. */
char *upload_ask(const struct buffer *question);
/* Checks the address, reads the credentials and opens the client. The caller frees with client_close and
 * credentials_wipe. */
bool upload_connect(struct upload_settings *settings, struct credentials *credentials, struct stopper *stopper,
                    struct client **client, struct error *error);
/* The usual frame of these commands: options, help, then `run`. */
enum exit_code upload_command(const struct cli *cli, const struct command *command, int argc, char **argv,
                              enum exit_code (*run)(struct upload_settings *settings));

#endif
