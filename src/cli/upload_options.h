/* upload_options.h: the options that plan, upload, datasource, members and verify share, and the folder with its journal, opened as
 * each of them needs it. */
#ifndef CLI_UPLOAD_OPTIONS_H
#define CLI_UPLOAD_OPTIONS_H

#include "cli/cli.h"
#include "cli/options.h"
#include "upload/client.h"
#include "upload/plan.h"
#include "upload/plecto_facts.h"

enum plan_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML };

struct upload_settings {
    const struct place_watch *watch; /* for what is written */
    const char *folder, *journal_file, *data_source, *title, *max_age, *now, *format_file;
    enum plan_format format;
    enum vanished_action vanished;
    bool has_vanished, has_max_vanished, resends, has_details, continues, says_yes, takes_no_input, force,
        makes_another, dates_are_utc, is_dry_run;
    bool is_quiet, is_verbose, wants_help;
    uint64_t max_vanished, details, journal_days;
    const char *rosters[8];
    size_t roster_count;
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

/* What they are where no option says otherwise. */
static inline void upload_settings_start(struct upload_settings *settings) {
    *settings = (struct upload_settings){
        .journal_days = 400,
        .client = {
            .base = PLECTO_BASE, .rate = PLECTO_DEFAULT_RATE, .timeout = 120, .retry_max = 600, .rate_wait = 7200}};
}
/* Reads the command line into `settings` (defaults first): options, and the one folder. */
bool upload_read_options(const struct command *command, int argc, char **argv, struct upload_settings *settings,
                         struct error *error);
/* Adds to the command to run next the options that name journal and data source, and, if it speaks to Plecto (`connects`),
 * how: those that were given; without credentials, the usual file. */
void upload_add_options(const struct upload_settings *settings, bool connects, struct buffer *out);
/* Opens folder and journal and fences the process in. Free: upload_case_close, in both cases. */
bool upload_folder_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                        struct error *error);
/* The same, and chooses the data source. Free: upload_case_close, in both cases. */
bool upload_case_open(const struct upload_settings *settings, bool for_writing, struct upload_case *opened,
                      struct error *error);
void upload_case_close(struct upload_case *opened);
/* Today in UTC: by --now, SOURCE_DATE_EPOCH or the clock; days since 1970. */
bool upload_today(const struct upload_settings *settings, int32_t *days, struct error *error);
/* The plan's options: --vanished, --max-age counted from today, and how many changes are told. */
bool upload_plan_settings(const struct upload_settings *settings, struct plan_options *options, struct error *error);
/* Whether the file of --format, if there is one, may be written. */
bool upload_check_report(const struct upload_settings *settings, struct error *error);
/* Asks on standard error; a line of standard input without blanks at its ends, NULL at its end. The caller frees. */
char *upload_ask(const struct buffer *question);
/* Checks the address, reads the credentials, fences the process in and opens the client. The caller frees with client_close and
 * credentials_wipe. */
bool upload_connect(struct upload_settings *settings, const char *journal_path, struct credentials *credentials, struct stopper *stopper,
                    struct client **client, struct error *error);
/* Fences the process in (base/sandbox.h): no program is started, no file written but beside the journal and the report's. A
 * credentials command goes before: so this is called behind the opening of the folder, and again behind the reading of the
 * credentials (`is_connecting`), and works at one of the two. */
void upload_fence(const struct upload_settings *settings, const char *journal_path, bool is_connecting);
/* Says the error. What a signal stopped ends by that signal, as any program does: for a command that has nothing to continue. */
enum exit_code upload_fail(struct error *error, const struct stopper *stopper);
/* The usual frame of these commands: options, help, then `run`. */
enum exit_code upload_command(const struct cli *cli, const struct command *command, int argc, char **argv,
                              enum exit_code (*run)(struct upload_settings *settings));

#endif
