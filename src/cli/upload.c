/* upload.c: `upload DIR`: sends what the plan says is new or changed, and what was asked for about vanished and old
 * registrations; safe to run at night without a person, to break off and to repeat. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/upload_options.h"
#include "cli/upload_show.h"
#include "report/issue.h"
#include "upload/plecto_facts.h"
#include "upload/refused.h"
#include "upload/send.h"

#define VANISHED_FLOOR 100
#define VANISHED_SHARE 5 /* a fifth of what is known in the period */

static const struct option_rule rules[] = {
    RULE_JOURNAL,
    RULE_DATA_SOURCE,
    {UPLOAD_TITLE, 0, "title", "TEXT", "title of the data source, told at the first upload to it"},
    {UPLOAD_CONTINUE, 0, "continue", NULL, "go on with the upload that stopped, with the options it had"},
    {UPLOAD_VANISHED, 0, "vanished", "report|zero|delete",
     "registrations that vanished at the source: leave them, send their numbers as 0, or delete them (default report)"},
    {UPLOAD_MAX_VANISHED, 0, "max-vanished", "N", "stop if more vanished (default: the larger of 100 and a fifth)"},
    {UPLOAD_KEEP, 0, "keep", "365d", "delete what is older and was sent by this journal; needs --yes"},
    {UPLOAD_RESEND, 0, "resend", NULL, "send all of the folder, also what the journal knows as confirmed"},
    {UPLOAD_YES, 'y', "yes", NULL, "yes to all questions: title as in datasource.json, deletions"},
    {UPLOAD_NO_INPUT, 0, "no-input", NULL, "never ask; what would be asked is an error"},
    RULES_CONNECTION,
    {0, 0, NULL, NULL, "Others"},
    {UPLOAD_VERBOSE, 'v', "verbose", NULL, "each request, and each wait"},
    RULES_COMMON,
};

struct upload {
    struct upload_settings *settings;
    struct upload_case opened;
    struct upload_plan plan;
    struct journal_upload last; /* the one before this */
    struct upload_show show;
    struct error error;
    char *vanished_text, *keep_text; /* --vanished and --keep of the upload that is continued */
};

static const char *const vanished_words[] = {
    [VANISHED_REPORT] = "report", [VANISHED_ZERO] = "zero", [VANISHED_DELETE] = "delete"};

/* --- the upload before -------------------------------------------------------------------------------------------------- */

static bool was_stopped(const struct journal_upload *last) {
    return last->number > 0 && (!last->end || strcmp(last->end, "stopped") == 0);
}

/* "name=value" of the options of an upload; the caller frees; NULL if it is empty. */
static char *option_of(const char *options, const char *name) {
    size_t length = strlen(name);
    for (const char *line = options; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL)
        if (strncmp(line, name, length) == 0 && line[length] == '=')
            return line[length + 1] == '\n'
                       ? NULL
                       : memory_copy(view_from(line + length + 1, strcspn(line + length + 1, "\n")));
    return NULL;
}

static bool take_over(struct upload *upload) {
    struct upload_settings *settings = upload->settings;
    if (strcmp(upload->last.receipt_sha256, upload->opened.published.receipt_sha256) != 0) {
        error_set(&upload->error, EXIT_WRONG_USE, "the upload that stopped was of another result (%s, begun %s)",
                  upload->last.folder, upload->last.started);
        return error_fix(&upload->error, "without --continue %s is sent: what changed since, and what is in doubt",
                         settings->folder);
    }
    upload->vanished_text = option_of(upload->last.options, "vanished");
    upload->keep_text = option_of(upload->last.options, "keep");
    const char *vanished = vanished_words[settings->vanished], *keep = upload->keep_text ? upload->keep_text : "";
    bool is_other =
        (settings->has_vanished && strcmp(vanished, upload->vanished_text ? upload->vanished_text : "") != 0) ||
        (settings->keep && strcmp(settings->keep, keep) != 0);
    if (is_other) {
        error_set(&upload->error, EXIT_WRONG_USE, "the upload that stopped had --vanished %s%s%s",
                  upload->vanished_text ? upload->vanished_text : "report", *keep ? " --keep " : " and no --keep",
                  keep);
        return error_fix(&upload->error, "leave both out to go on with it, or leave --continue out to begin anew");
    }
    settings->keep = upload->keep_text;
    for (int action = VANISHED_REPORT; upload->vanished_text && action <= VANISHED_DELETE; action++)
        if (strcmp(vanished_words[action], upload->vanished_text) == 0)
            settings->vanished = (enum vanished_action)action;
    return true;
}

static void tell_stopped(const struct upload *upload, uint64_t doubts) {
    struct buffer line = {0};
    buffer_add_text(&line, "st2plecto: an upload of ");
    cli_add_plain(&line, view_of(upload->last.folder));
    buffer_print(&line, ", begun %s, stopped: ", upload->last.started);
    cli_add_count(&line, upload->last.confirmed);
    buffer_add_text(&line, " of ");
    cli_add_count(&line, upload->last.to_send);
    buffer_add_text(&line, " confirmed, ");
    cli_add_count(&line, doubts);
    buffer_add_text(&line, upload->settings->continues
                               ? " in doubt; it goes on now\n"
                               : " in doubt. What is not confirmed is sent now; --continue would "
                                 "do so with the options of then\n");
    fwrite(line.text, 1, line.length, stderr);
    buffer_free(&line);
}

static bool look_back(struct upload *upload) {
    struct upload_case *opened = &upload->opened;
    uint64_t doubts = 0;
    if (!journal_last_upload(opened->journal, opened->source.number, &upload->last, &upload->error) ||
        !journal_doubts(opened->journal, opened->source.number, &doubts, &upload->error))
        return false;
    if (was_stopped(&upload->last)) {
        if (upload->settings->continues && !take_over(upload)) return false;
        if (!upload->settings->is_quiet) tell_stopped(upload, doubts);
    } else if (upload->settings->continues && !upload->settings->is_quiet) {
        fputs("st2plecto: no upload to this data source was stopped: nothing to continue, this is a new one\n", stderr);
    }
    return true;
}

/* --- questions ---------------------------------------------------------------------------------------------------------- */

static bool may_ask(const struct upload *upload) {
    return !upload->settings->takes_no_input && isatty(STDIN_FILENO) == 1;
}

/* The title of a data source that the journal meets the first time. */
static char *choose_title(struct upload *upload) {
    const struct upload_settings *settings = upload->settings;
    const char *usual = upload->opened.published.title;
    if (settings->title) return memory_copy(view_of(settings->title));
    if (settings->says_yes) return memory_copy(view_of(usual));
    if (may_ask(upload)) {
        struct buffer question = {0};
        buffer_print(&question, "First upload to the data source %s. Its title in Plecto [",
                     upload->opened.source.uuid);
        cli_add_plain(&question, view_of(usual));
        buffer_add_text(&question, "]: ");
        char *answer = upload_ask(&question);
        buffer_free(&question);
        if (answer && *answer) return answer;
        bool is_end = !answer;
        free(answer);
        if (!is_end) return memory_copy(view_of(usual));
    }
    error_set(&upload->error, EXIT_WRONG_USE, "this is the first upload to the data source %s",
              upload->opened.source.uuid);
    error_fix(&upload->error, "look at its page in Plecto, and say --title TEXT, or --yes for \"%s\"", usual);
    return NULL;
}

/* Deletions need a yes, here or as option. */
static bool confirm_deletions(struct upload *upload) {
    const struct upload_settings *settings = upload->settings;
    size_t count = upload->plan.item_count - upload->plan.send_count;
    if (settings->says_yes || (settings->vanished != VANISHED_DELETE && !settings->keep)) return true;
    if (may_ask(upload) && count > 0) {
        struct buffer question = {0};
        buffer_add_text(&question, "Delete ");
        cli_add_count(&question, count);
        buffer_add_text(&question, " registrations in Plecto? [y/N] ");
        char *answer = upload_ask(&question);
        buffer_free(&question);
        bool is_yes = answer && (*answer == 'y' || *answer == 'Y');
        free(answer);
        if (is_yes) return true;
    } else if (may_ask(upload)) {
        return true;
    }
    error_set(&upload->error, EXIT_WRONG_USE, "%s deletes registrations in Plecto, and nobody said yes",
              settings->keep ? "--keep" : "--vanished delete");
    return error_fix(&upload->error, "look at st2plecto plan with the same options, then add --yes");
}

/* An export of the wrong period or company looks like a source from which nearly all vanished. */
static bool check_vanished(struct upload *upload) {
    const struct upload_plan *plan = &upload->plan;
    uint64_t vanished = plan->counts[PLAN_VANISHED], most = plan->known_in_period / VANISHED_SHARE;
    if (most < VANISHED_FLOOR) most = VANISHED_FLOOR;
    if (upload->settings->has_max_vanished) most = upload->settings->max_vanished;
    if (plan->options.vanished == VANISHED_REPORT || plan->is_vanished_blocked || vanished <= most) return true;
    error_set(&upload->error, EXIT_UPLOAD_REFUSED,
              "%llu of the %llu registrations known from %s to %s vanished at the source: that looks like a wrong or "
              "incomplete export, and nothing was sent",
              (unsigned long long)vanished, (unsigned long long)plan->known_in_period, plan->first_day, plan->last_day);
    return error_fix(&upload->error, "look at st2plecto plan %s; if it is right, --max-vanished %llu", plan->folder,
                     (unsigned long long)vanished);
}

/* --- sending ------------------------------------------------------------------------------------------------------------ */

static void tell_start(const struct upload *upload) {
    const struct upload_plan *plan = &upload->plan;
    struct buffer line = {0};
    uint64_t requests = upload_plan_requests(plan);
    upload_plan_text(plan, true, false, &line);
    if (!upload->settings->is_quiet) {
        buffer_add_text(&line, "  to ");
        cli_add_plain(&line, view_of(plan->source.title ? plan->source.title : ""));
        buffer_print(&line, " (%s): ", plan->source.uuid);
        cli_add_count(&line, requests);
        buffer_print(&line, " request%s at least, at ", requests == 1 ? "" : "s");
        cli_add_count(&line, upload->settings->client.rate);
        buffer_add_text(&line, " an hour: ");
        upload_show_time(&line, (double)(requests - 1) * 3600.0 / (double)upload->settings->client.rate);
        buffer_add_text(&line, " or more\n");
    }
    fwrite(line.text, 1, line.length, stdout);
    fflush(stdout);
    buffer_free(&line);
}

static bool remember_source(struct upload *upload) {
    struct upload_case *opened = &upload->opened;
    if (opened->source.number == 0) {
        char *title = choose_title(upload);
        if (!title) return false;
        free(opened->source.title);
        opened->source.title = title;
        char *when = upload_time(upload->settings->now);
        bool is_fine = journal_source_add(opened->journal, &opened->source, when, &upload->error);
        free(when);
        if (!is_fine) return false;
    }
    upload->plan.source.number = opened->source.number;
    if (!upload->plan.source.title) upload->plan.source.title = memory_copy(view_of(opened->source.title));
    return true;
}

static bool begin(struct upload *upload, int64_t *number) {
    const struct upload_settings *settings = upload->settings;
    char *options = memory_print("vanished=%s\nkeep=%s\n", vanished_words[settings->vanished],
                                 settings->keep ? settings->keep : "");
    char *when = upload_time(settings->now);
    const struct journal_upload record = {.folder = upload->plan.folder,
                                          .receipt_sha256 = upload->opened.published.receipt_sha256,
                                          .options = options,
                                          .started = when,
                                          .to_send = upload->plan.item_count};
    bool is_fine =
        journal_upload_begin(upload->opened.journal, upload->plan.source.number, &record, number, &upload->error);
    free(options);
    free(when);
    return is_fine;
}

/* The end in the journal. An upload that came to its end tried all that is still refused, so older refusals of its days
 * are of registrations that are gone. */
static bool finish(struct upload *upload, int64_t number, bool is_done, const char *started) {
    struct journal *journal = upload->opened.journal;
    const struct upload_plan *plan = &upload->plan;
    struct error second = {0};
    char *when = upload_time(upload->settings->now);
    bool is_fine =
        journal_upload_end(journal, number, is_done ? "done" : "stopped", when, &second) &&
        (!is_done || !plan->first_day[0] ||
         journal_forget_refusals(journal, plan->source.number, started, plan->first_day, plan->last_day, &second));
    free(when);
    if (!is_fine && upload->error.code == EXIT_FINE)
        upload->error = second;
    else
        error_free(&second);
    return is_fine;
}

static void tell_refused(const struct send_outcome *outcome, const char *refused_file) {
    const struct issue_kind *kind = issue_kind(E901_REFUSED);
    struct buffer line = {0};
    buffer_print(&line, "error %s %s: ", kind->name, kind->slug);
    cli_add_plain(&line, view_of(outcome->first_id));
    buffer_print(&line, " (%ld): ", outcome->first_status);
    cli_add_plain(&line, view_of(outcome->first_words));
    buffer_add_text(&line, "\n    ");
    cli_add_count(&line, outcome->refused);
    buffer_add_text(&line, " refused, each with Plecto's words: ");
    cli_add_plain(&line, view_of(refused_file ? refused_file : "the journal"));
    buffer_print(&line, "\n    fix: %s\n", kind->fix);
    fwrite(line.text, 1, line.length, stderr);
    buffer_free(&line);
}

static enum exit_code tell_end(const struct send_outcome *outcome, bool is_done, const char *refused_file) {
    struct buffer line = {0};
    buffer_add_text(&line, is_done ? "SENT: " : "STOPPED: ");
    cli_add_count(&line, outcome->confirmed);
    buffer_add_text(&line, outcome->confirmed == 1 ? " registration confirmed" : " registrations confirmed");
    if (outcome->refused > 0) {
        buffer_add_text(&line, ", ");
        cli_add_count(&line, outcome->refused);
        buffer_add_text(&line, " refused");
    }
    if (outcome->deleted + outcome->not_there > 0) {
        buffer_add_text(&line, ", ");
        cli_add_count(&line, outcome->deleted);
        buffer_add_text(&line, " deleted");
        if (outcome->not_there > 0) {
            buffer_add_text(&line, " (");
            cli_add_count(&line, outcome->not_there);
            buffer_add_text(&line, " more were not there)");
        }
    }
    buffer_add_char(&line, '\n');
    enum exit_code code = cli_print(&line, outcome->refused > 0 ? EXIT_UPLOAD_REFUSED : EXIT_FINE);
    if (outcome->refused > 0) tell_refused(outcome, refused_file);
    return code;
}

/* Says how to go on behind whatever stopped it. */
static void advise(struct upload *upload) {
    struct buffer fix = {0};
    if (upload->error.fix) buffer_print(&fix, "%s; then ", upload->error.fix);
    buffer_add_text(&fix, "go on with: st2plecto upload --continue ");
    cli_add_shell(&fix, upload->settings->folder);
    char *text = buffer_take(&fix);
    error_fix(&upload->error, "%s", text);
    free(text);
}

static enum exit_code send(struct upload *upload, struct client *client) {
    struct send_outcome outcome = {0};
    struct error second = {0};
    int64_t number = 0;
    char *refused_file = NULL, *started = upload_time(upload->settings->now);
    const struct send_work work = {.published = &upload->opened.published,
                                   .journal = upload->opened.journal,
                                   .plan = &upload->plan,
                                   .client = client,
                                   .now = upload->settings->now,
                                   .tell = upload_show_progress,
                                   .context = &upload->show};
    if (!begin(upload, &number)) {
        free(started);
        return cli_fail(&upload->error);
    }
    struct send_work numbered = work;
    numbered.upload = number;
    bool is_done = send_plan(&numbered, &outcome, &upload->error);
    upload_show_end(&upload->show);
    finish(upload, number, is_done, started);
    if (!refused_write(upload->opened.journal, upload->settings->watch, &refused_file, &second) &&
        upload->error.code == EXIT_FINE)
        upload->error = second;
    else
        error_free(&second);
    enum exit_code code = tell_end(&outcome, is_done, refused_file);
    if (upload->error.code != EXIT_FINE) {
        advise(upload);
        code = cli_fail(&upload->error);
    }
    send_outcome_free(&outcome);
    free(refused_file);
    free(started);
    return code;
}

static enum exit_code connect_and_send(struct upload *upload) {
    struct credentials credentials = {0};
    struct stopper stopper = {0};
    struct client *client = NULL;
    enum exit_code code = EXIT_FINE;
    upload_show_start(&upload->show, upload->settings->is_quiet, upload->settings->is_verbose);
    upload->settings->client.tell = upload_show_event;
    upload->settings->client.context = &upload->show;
    bool is_fine =
        upload_connect(upload->settings, &credentials, &stopper, &client, &upload->error) && remember_source(upload);
    if (is_fine) {
        tell_start(upload);
        stopper_start(&stopper);
        code = send(upload, client);
        stopper_end(&stopper);
    } else {
        code = cli_fail(&upload->error);
    }
    client_close(client);
    credentials_wipe(&credentials);
    return code;
}

/* --- the whole ---------------------------------------------------------------------------------------------------------- */

static enum exit_code nothing_to_send(struct upload *upload) {
    struct buffer line = {0};
    /* an upload that was killed behind its last list is done */
    if (was_stopped(&upload->last)) finish(upload, upload->last.number, true, upload->last.started);
    if (upload->error.code != EXIT_FINE) return cli_fail(&upload->error);
    upload_plan_text(&upload->plan, true, false, &line);
    return cli_print(&line, EXIT_FINE);
}

static bool prepare(struct upload *upload) {
    struct plan_options options;
    struct upload_case *opened = &upload->opened;
    if (!upload_case_open(upload->settings, true, opened, &upload->error)) return false;
    if (!opened->source.uuid) {
        error_set(&upload->error, EXIT_WRONG_USE, "which data source in Plecto is for %s (%s) is not known",
                  opened->published.schema, opened->published.title);
        return error_fix(&upload->error,
                         "--data-source UUID (from the address of its page), or st2plecto datasource create %s",
                         upload->settings->folder);
    }
    return journal_lock(opened->journal, opened->source.uuid, &upload->error) && look_back(upload) &&
           upload_plan_settings(upload->settings, &options, &upload->error) &&
           upload_plan_make(&opened->published, opened->journal, &opened->source, &options, &upload->plan,
                            &upload->error) &&
           check_vanished(upload) && confirm_deletions(upload);
}

static enum exit_code run(struct upload_settings *settings) {
    struct upload upload = {.settings = settings};
    char *host = NULL;
    credentials_protect();
    umask(077); /* journal and refused.csv hold names and amounts */
    enum exit_code code;
    if (!client_check_base(settings->client.base, settings->client.may_use_http, &host, &upload.error) ||
        !prepare(&upload))
        code = cli_fail(&upload.error);
    else if (upload_plan_is_empty(&upload.plan))
        code = nothing_to_send(&upload);
    else
        code = connect_and_send(&upload);
    upload_plan_free(&upload.plan);
    journal_upload_free(&upload.last);
    upload_case_close(&upload.opened);
    free(upload.vanished_text);
    free(upload.keep_text);
    free(host);
    return code;
}

static enum exit_code upload_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_upload = {
    .name = "upload",
    .summary = "send what is new or changed to Plecto",
    .usage = "[OPTION...] DIR",
    .examples = "  st2plecto upload plecto --credentials plecto.json\n"
                "  st2plecto upload plecto --data-source 1b2c3d4e5f60718293a4b5c6d7e8f901 --title Jobs --netrc\n"
                "  st2plecto upload --continue plecto --credentials plecto.json\n"
                "  st2plecto upload plecto --vanished zero --keep 365d --yes --no-input --credentials plecto.json\n",
    .about =
        "Sends the registrations of a folder that convert published, in lists of 100 and below Plecto's limit of "
        "3,600\n"
        "requests an hour; those that the journal knows as sent are not sent again. It may be broken off at any\n"
        "moment (Ctrl-C ends the running request): --continue, or the same command, goes on. What Plecto refuses is\n"
        "found one by one and goes to refused.csv beside the journal, with Plecto's words.\n"
        "\n"
        "Exit codes: 0 fine, or nothing to send; 2 wrong use, or a folder that may not be sent; 3 it cannot be read;\n"
        "4 the journal cannot be written; 5 stopped, can be continued; 6 Plecto refuses all or some.\n",
    .options = rules,
    .option_count = sizeof rules / sizeof *rules,
    .run = upload_main,
};
