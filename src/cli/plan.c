/* plan.c: `plan DIR`: what an upload would change in Plecto. Nothing is sent, and nothing is written but the report. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/report_ours.h"
#include "cli/upload_options.h"
#include "cli/upload_private.h"
#include "output/whole_file.h"
#include "upload/plecto_facts.h"

static void print_plan(const struct upload_plan *plan, const struct upload_settings *settings, struct buffer *out) {
    switch (settings->format) {
    case FORMAT_JSON: upload_plan_json(plan, out); return;
    case FORMAT_HTML: upload_plan_html(plan, out); return;
    default: upload_plan_text(plan, settings->is_quiet, settings->is_verbose, out);
    }
    if (settings->is_quiet) return;
    if (upload_plan_is_empty(plan)) {
        buffer_add_text(out, "\nThere is nothing to send.\n");
        return;
    }
    uint64_t requests = upload_plan_requests(plan);
    buffer_add_text(out, "\nSending this takes at least ");
    words_count(out, requests);
    buffer_add_text(out, requests == 1 ? " request.\n" : " requests.\n");
    buffer_add_text(out, "\nNext: ");
    if (!plan->source.uuid) {
        buffer_add_text(out, "st2plecto datasource create ");
        words_shell(out, plan->folder);
        upload_add_options(settings, true, out);
        buffer_add_char(out, '\n');
        return;
    }
    buffer_add_text(out, "st2plecto upload ");
    words_shell(out, plan->folder);
    upload_add_options(settings, true, out);
    if (settings->has_vanished) buffer_print(out, " --vanished %s", upload_vanished_word(settings->vanished));
    if (settings->max_age) {
        buffer_add_text(out, " --max-age ");
        words_shell(out, settings->max_age);
    }
    bool is_asked = settings->vanished == VANISHED_DELETE || settings->max_age || plan->source.number == 0;
    buffer_add_text(out, is_asked ? " --yes\n" : "\n"); /* the plan has just said what to */
}

static bool write_plan(const struct upload_plan *plan, const struct upload_settings *settings, struct buffer *out,
                       struct error *error) {
    print_plan(plan, settings, out);
    if (!settings->format_file) return true;
    bool is_fine = whole_file_write(settings->format_file, buffer_view(out),
                                    report_may_replace(settings->format_file, settings->force), settings->watch, error);
    out->length = 0;
    if (is_fine) {
        upload_plan_verdict(plan, out);
        buffer_add_text(out, " (");
        plain_add(out, view_of(settings->format_file));
        buffer_add_text(out, ")\n");
    }
    return is_fine;
}

static enum exit_code run(struct upload_settings *settings) {
    struct upload_case opened;
    struct upload_plan plan = {0};
    struct plan_options options;
    struct error error = {0};
    struct buffer out = {0};
    bool is_fine = upload_check_report(settings, &error) &&
                   upload_plan_settings(settings, &options, &error);
    if (is_fine) {
        is_fine = upload_case_open(settings, false, &opened, &error) &&
                  upload_plan_make(&opened.published, opened.journal, &opened.source, &options, &plan, &error) &&
                  write_plan(&plan, settings, &out, &error);
        upload_plan_free(&plan);
        upload_case_close(&opened);
    }
    if (is_fine) return cli_print(&out, EXIT_FINE);
    buffer_free(&out);
    return cli_fail(&error);
}

static enum exit_code plan_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_plan = {
    .name = "plan",
    .summary = "show what an upload would change in Plecto",
    .options = FOR_PLAN,
    .run = plan_main,
};
