/* datasource.c: `datasource create DIR`: makes the data source in Plecto and remembers its UUID for the schema. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/upload_options.h"
#include "cli/upload_show.h"
#include "upload/data_source_make.h"
#include "upload/send.h"

/* The caller frees. */
static char *choose_title(const struct upload_settings *settings, const struct published *published) {
    char *title = NULL;
    if (settings->title) return memory_copy(view_of(settings->title));
    if (!settings->says_yes && !settings->takes_no_input && isatty(STDIN_FILENO) == 1) {
        struct buffer question = {0};
        buffer_add_text(&question, "Title of the new data source in Plecto [");
        plain_add(&question, view_of(published->title));
        buffer_add_text(&question, "]: ");
        title = upload_ask(&question);
        buffer_free(&question);
    }
    if (title && *title) return title;
    free(title);
    return memory_copy(view_of(published->title));
}

static bool check(const struct upload_settings *settings, const struct upload_case *opened, struct error *error) {
    const struct published *published = &opened->published;
    if (published->data_source) {
        error_set(error, EXIT_WRONG_USE, "the registrations in %s were made for the data source %s", published->folder,
                  published->data_source);
        error_fix(error, "To send them to that one:\nst2plecto upload {file} --credentials plecto.json\n"
                         "For a new one, convert again with --force and without --data-source. Then:\n"
                         "st2plecto datasource create {file} --credentials plecto.json");
        return error_fix_file(error, published->folder);
    }
    if (!opened->source.uuid || settings->makes_another) return true;
    error_set(error, EXIT_WRONG_USE, "the journal knows a data source for %s: %s (%s)", published->schema,
              opened->source.uuid, opened->source.title);
    return error_fix(error, "To create a second one, add --another. To send to the one that is known:\nst2plecto upload {file}") ||
           error_fix_file(error, published->folder);
}

static bool remember(const struct upload_settings *settings, struct upload_case *opened, const char *uuid,
                     const char *title, struct error *error) {
    struct journal_source made = {.schema = memory_copy(view_of(opened->published.schema)),
                                  .totals = memory_copy(view_of(opened->published.totals)),
                                  .title = memory_copy(view_of(title)),
                                  .uuid = memory_copy(view_of(uuid))};
    char *when = upload_time(settings->now);
    bool is_fine = journal_source_add(opened->journal, &made, when, error);
    if (!is_fine) error_fix(error, "The data source %s exists now. Upload with --data-source %s.", uuid, uuid);
    free(when);
    journal_source_free(&made);
    return is_fine;
}

static bool make(struct upload_settings *settings, struct upload_case *opened, struct client *client, const char *title,
                 struct buffer *out, struct error *error) {
    char uuid[UUID_LENGTH + 1];
    bool was_lost = false;
    if (!data_source_make(&opened->published, title, settings->makes_another, client, uuid, &was_lost, error) ||
        !remember(settings, opened, uuid, title, error))
        return false;
    buffer_print(out, "MADE: data source %s, ", uuid);
    plain_add(out, view_of(title));
    buffer_add_char(out, '\n');
    if (settings->is_quiet) return true;
    if (was_lost) buffer_add_text(out, "  (Plecto's answer was lost. The data source was found by its title.)\n");
    buffer_add_text(out, "The journal knows it now, so upload finds it. Its fields are those of datasource.json.\n\nNext: st2plecto upload ");
    words_shell(out, settings->folder);
    if (settings->makes_another) buffer_print(out, " --data-source %s", uuid);
    upload_add_options(settings, true, out);
    buffer_add_char(out, '\n');
    return true;
}

static enum exit_code run(struct upload_settings *settings) {
    struct upload_case opened = {.published.file = -1};
    struct credentials credentials = {0};
    struct stopper stopper = {0};
    struct client *client = NULL;
    struct upload_show show;
    struct error error = {0};
    struct buffer out = {0};
    char *title = NULL;
    credentials_protect();
    umask(077);
    upload_show_start(&show, &settings->client, settings->is_quiet, settings->is_verbose);
    bool is_fine = upload_case_open(settings, true, &opened, &error) && check(settings, &opened, &error) &&
                   journal_lock(opened.journal, "create", &error) &&
                   upload_connect(settings, opened.journal_path, &credentials, &stopper, &client, &error);
    if (is_fine) {
        title = choose_title(settings, &opened.published);
        stopper_start(&stopper); /* between the making and the remembering nothing breaks it off */
        is_fine = make(settings, &opened, client, title, &out, &error);
        stopper_asked(&stopper); /* what came since: nothing that is made goes untold */
        stopper_end(&stopper);
    }
    client_close(client);
    credentials_wipe(&credentials);
    upload_case_close(&opened);
    free(title);
    if (is_fine) return cli_print(&out, EXIT_FINE);
    buffer_free(&out);
    return upload_fail(&error, &stopper);
}

static enum exit_code datasource_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_datasource = {
    .name = "datasource",
    .summary = "create a data source in Plecto for a folder",
    .options = FOR_DATASOURCE,
    .run = datasource_main,
};
