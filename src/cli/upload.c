/* upload.c: `upload DIR`: sends what the plan says is new or changed, and what was asked for about vanished and old
 * registrations; safe to run at night without a person, to break off and to repeat. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/upload_private.h"
#include "report/issue.h"
#include "upload/plecto_facts.h"
#include "upload/refused.h"
#include "upload/send.h"
#include "values/datetime.h"

/* --- sending ------------------------------------------------------------------------------------------------------------ */

static void tell_start(const struct upload *upload) {
    const struct upload_plan *plan = &upload->plan;
    struct buffer line = {0};
    uint64_t requests = upload_plan_requests(plan);
    upload_plan_text(plan, true, false, &line);
    upload_tell_gone(plan, &line);
    if (!upload->settings->is_quiet) {
        buffer_add_text(&line, "Sending to ");
        plain_add(&line, view_of(plan->source.title ? plan->source.title : ""));
        buffer_add_text(&line, " (");
        plain_add_text(&line, plan->source.uuid);
        buffer_add_text(&line, ") takes at least ");
        words_plural(&line, requests, "request", "requests");
        buffer_add_text(&line, ", which is ");
        upload_show_time(&line, (double)(requests - 1) * 3600.0 / (double)upload->settings->client.rate);
        buffer_add_text(&line, " or more at ");
        words_count(&line, upload->settings->client.rate);
        buffer_add_text(&line, " an hour.\n");
    }
    fwrite(line.text, 1, line.length, stdout);
    fflush(stdout);
    buffer_free(&line);
}

static bool remember_source(struct upload *upload) {
    struct upload_case *opened = &upload->opened;
    if (opened->source.number == 0) {
        char *title = upload_choose_title(upload);
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
    char *options =
        memory_print("vanished=%s\nkeep=%s\nresend=%lld\nrules=%llu\n", upload_vanished_word(settings->vanished),
                     settings->max_age ? settings->max_age : "", settings->resends ? (long long)settings->resent_from : 0LL,
                     (unsigned long long)upload->opened.published.rules);
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

/* What was sent longer ago than --journal-days. */
static bool forget_old(const struct upload *upload, struct error *error) {
    struct datetime when = {0};
    struct buffer before = {0};
    char *now = upload_time(upload->settings->now);
    bool is_read = datetime_parse(view_of(now), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE;
    free(now);
    if (!is_read) return true;
    date_print(&before, date_to_days(when.year, when.month, when.day) - (int32_t)upload->settings->journal_days);
    char *day = buffer_take(&before);
    bool is_fine = journal_forget_sent(upload->opened.journal, day, error);
    free(day);
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
    is_fine = is_fine && forget_old(upload, &second);
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
    plain_add(&line, view_of(outcome->first_id));
    buffer_print(&line, " (%ld): ", outcome->first_status);
    plain_add(&line, view_of(outcome->first_words));
    buffer_add_text(&line, "\n    ");
    words_count(&line, outcome->refused);
    buffer_add_text(&line, " refused, each with Plecto's words: ");
    plain_add(&line, view_of(refused_file ? refused_file : "the journal"));
    buffer_print(&line, "\n    fix: %s\n", kind->fix);
    fwrite(line.text, 1, line.length, stderr);
    buffer_free(&line);
}

static void tell_unseen(const struct send_outcome *outcome) {
    struct buffer line = {0};
    buffer_add_text(&line, "st2plecto: error: ");
    words_plural(&line, outcome->unseen, "registration is", "registrations are");
    buffer_add_text(&line, " not in Plecto, or not as sent, although it answered ");
    plain_add_text(&line, outcome->unseen_words);
    buffer_add_text(&line, ". The first is ");
    plain_add_text(&line, outcome->first_unseen);
    buffer_add_text(&line, "\n    fix: Look at it in Plecto, and compare the fields of the data source with datasource.json. The "
                           "next upload sends them again.\n");
    fwrite(line.text, 1, line.length, stderr);
    buffer_free(&line);
}

static enum exit_code tell_end(const struct send_outcome *outcome, bool is_done, const char *refused_file) {
    struct buffer line = {0};
    buffer_add_text(&line, is_done ? "SENT: " : "STOPPED: ");
    words_count(&line, outcome->confirmed);
    buffer_add_text(&line, outcome->confirmed == 1 ? " registration confirmed" : " registrations confirmed");
    if (outcome->seen > 0) {
        buffer_add_text(&line, " (");
        words_count(&line, outcome->seen);
        buffer_add_text(&line, " by reading back, because the answer did not name them)");
    }
    if (outcome->refused > 0) {
        buffer_add_text(&line, ", ");
        words_count(&line, outcome->refused);
        buffer_add_text(&line, " refused");
    }
    if (outcome->unseen > 0) {
        buffer_add_text(&line, ", ");
        words_count(&line, outcome->unseen);
        buffer_add_text(&line, " not in Plecto in spite of its answer");
    }
    if (outcome->deleted + outcome->not_there > 0) {
        buffer_add_text(&line, ", ");
        words_count(&line, outcome->deleted);
        buffer_add_text(&line, " deleted");
        if (outcome->not_there > 0) {
            buffer_add_text(&line, " (");
            words_count(&line, outcome->not_there);
            buffer_add_text(&line, " more were not there)");
        }
    }
    buffer_add_char(&line, '\n');
    enum exit_code code = cli_print(&line, outcome->refused + outcome->unseen > 0 ? EXIT_UPLOAD_REFUSED : EXIT_FINE);
    if (outcome->refused > 0) tell_refused(outcome, refused_file);
    if (outcome->unseen > 0) tell_unseen(outcome);
    return code;
}

/* Says how to go on behind whatever stopped it. */
static void advise(struct upload *upload) {
    struct buffer fix = {0};
    const char *first = upload->error.fix ? upload->error.fix : "";
    if (*first) buffer_print(&fix, "%s\n", first); /* may end with a command of its own */
    buffer_add_text(&fix, *first ? "Then continue the upload:\n" : "Continue the upload:\n");
    buffer_add_text(&fix, "st2plecto upload --continue ");
    words_shell(&fix, upload->settings->folder);
    const struct {
        const char *name, *value;
    } places[] = {{" --journal ", upload->settings->journal_file}, {" --data-source ", upload->settings->data_source}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!places[i].value) continue;
        buffer_add_text(&fix, places[i].name);
        words_shell(&fix, places[i].value);
    }
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
                                   .started = started,
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
    struct upload_settings *settings = upload->settings;
    upload_show_start(&upload->show, &settings->client, settings->is_quiet, settings->is_verbose);
    bool is_fine =
        upload_connect(settings, upload->opened.journal_path, &credentials, &stopper, &client, &upload->error) && remember_source(upload);
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
    struct journal *journal = upload->opened.journal;
    const struct upload_plan *plan = &upload->plan;
    char *now = upload_time(upload->settings->now), *refused_file = NULL;
    /* an upload that was killed behind its last list is done */
    if (upload_was_stopped(&upload->last)) finish(upload, upload->last.number, true, upload->last.started);
    /* what was refused, and is in the folder, would be sent: refusals of its days are of registrations that are gone */
    if (upload->error.code == EXIT_FINE && plan->source.number > 0 && plan->first_day[0] &&
        journal_forget_refusals(journal, plan->source.number, now, plan->first_day, plan->last_day, &upload->error))
        refused_write(journal, upload->settings->watch, &refused_file, &upload->error);
    free(refused_file);
    free(now);
    if (upload->error.code != EXIT_FINE) return cli_fail(&upload->error);
    upload_plan_text(&upload->plan, true, false, &line);
    return cli_print(&line, EXIT_FINE);
}

/* What the journal knows of the data source, now that no other upload to it writes. */
static bool read_again(struct upload *upload) {
    struct upload_case *opened = &upload->opened;
    if (opened->source.number > 0) return true;
    char *uuid = opened->source.uuid;
    opened->source.uuid = NULL;
    journal_source_free(&opened->source);
    bool is_fine = data_source_choose(&opened->published, opened->journal, uuid, &opened->source, &upload->error);
    free(uuid);
    return is_fine;
}

static bool prepare(struct upload *upload) {
    struct plan_options options;
    struct upload_case *opened = &upload->opened;
    if (!upload_case_open(upload->settings, true, opened, &upload->error)) return false;
    if (!opened->source.uuid) {
        error_set(&upload->error, EXIT_WRONG_USE, "the data source in Plecto for %s (%s) is not known",
                  opened->published.schema, opened->published.title);
        return error_fix(&upload->error,
                         "If it exists, add --data-source and the UUID in the address of its page. To create it:\n"
                         "st2plecto datasource create {file} --credentials plecto.json") ||
               error_fix_file(&upload->error, upload->settings->folder);
    }
    return journal_lock(opened->journal, opened->source.uuid, &upload->error) && read_again(upload) &&
           upload_look_back(upload) && upload_plan_settings(upload->settings, &options, &upload->error) &&
           upload_plan_make(&opened->published, opened->journal, &opened->source, &options, &upload->plan,
                            &upload->error) &&
           upload_check_rules(upload) && upload_check_offsets(upload) && upload_check_vanished(upload) && upload_confirm_deletions(upload);
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
    free(upload.max_age_text);
    free(host);
    return code;
}

static enum exit_code upload_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_upload = {
    .name = "upload",
    .summary = "send what is new or changed to Plecto",
    .options = FOR_UPLOAD,
    .run = upload_main,
};
