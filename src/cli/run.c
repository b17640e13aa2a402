/* run.c: `run`: the feeds of st2plecto.json one after another, one overview, one exit code. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "base/plain.h"
#include "cli/config_find.h"
#include "cli/convert_options.h"
#include "cli/period.h"
#include "cli/run_feed.h"
#include "cli/run_machines.h"
#include "cli/run_overview.h"
#include "render/overview_render.h"
#include "routine/feed_near.h"

struct routine_run {
    struct convert_settings settings; /* options of `run` */
    struct config *config;
    char *config_path, *folder; /* whole path; its folder */
    char *again;                /* the command as typed */
    struct routine routine;
    struct overview overview;
    struct night night;
};

/* --- configuration ---------------------------------------------------------------------------------------- */

static bool open_config(struct routine_run *run, char *const *operands, size_t count, struct error *error) {
    struct config_place place = {0};
    const char *named = run->settings.config_file;
    bool is_fine = named || config_find(operands, count, &place, error);
    const char *path = named ? named : place.path;
    if (is_fine && path) {
        is_fine = config_open(path, &run->config, error);
        run->config_path = is_fine ? realpath(path, NULL) : NULL;
    }
    config_place_free(&place);
    if (!is_fine || !run->config_path) return is_fine;
    char *where = memory_print("%s:%u", config_path(run->config), config_line(run->config, NULL, "feeds"));
    is_fine = routine_read(config_json(run->config), where, &run->routine, error);
    for (size_t i = 0; is_fine && i < run->routine.count; i++)
        is_fine = run_feed_check(&run->routine.feeds[i], where, error);
    free(where);
    run->folder = place_folder_of(run->config_path);
    return is_fine;
}

/* Feeds name their files and folders themselves. */
static bool check_words(const struct routine_run *run, char *const *operands, size_t count, struct error *error) {
    const char *output = run->settings.run.output;
    if (run->routine.count == 0 || (count == 0 && !output)) return true;
    struct buffer command = {0};
    buffer_add_text(&command, "st2plecto convert --each-type --keep-going -o ");
    words_shell(&command, output ? output : "plecto");
    for (size_t i = 0; i < count; i++) {
        buffer_add_char(&command, ' ');
        words_shell(&command, operands[i]);
    }
    if (count == 0) buffer_add_text(&command, " exports");
    error_set(error, EXIT_WRONG_USE, "%s cannot be used with the feeds of %s, which name their own files and folders",
              count > 0 ? operands[0] : "-o", run->config_path);
    error_fix(error, "To run the feeds:\nst2plecto run --config %s\nTo convert every type in a folder without the feeds:\n%.*s",
              run->config_path, VIEW_ARGS(buffer_view(&command)));
    buffer_free(&command);
    return false;
}

static bool check_feed(const struct routine_run *run, struct error *error) {
    const char *name = run->settings.feed;
    if (!name || routine_find(&run->routine, name)) return true;
    error_set(error, EXIT_WRONG_USE, "there is no feed %s in %s", name, run->config_path ? run->config_path : "any configuration");
    return error_fix(error, "To list the feeds:\nst2plecto run --list");
}

/* --- the night -------------------------------------------------------------------------------------------- */

/* One run of a configuration at a time; -1 with the error. */
static int lock_run(const char *folder, struct error *error) {
    char *place = memory_print("%s/.st2plecto", folder), *path = memory_print("%s/run.lock", place);
    int lock = -1;
    if (mkdir(place, 0777) != 0 && errno != EEXIST) {
        place_system_error(error, "create", place);
    } else if ((lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666)) < 0) {
        place_system_error(error, "open", path);
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        lock = -1;
        error_set(error, EXIT_CANNOT_WRITE, "another run of this configuration is at work");
        error_fix(error, "Wait until it ends.");
    }
    free(place);
    free(path);
    return lock;
}

/* The log beside the configuration; without one there is none. */
static bool open_log(struct routine_run *run, struct error *error) {
    const char *name = run->routine.log;
    if (!run->config_path || run->settings.run.dry_run) return true;
    char *path = *name == '/' ? memory_copy(view_of(name)) : memory_print("%s/%s", run->folder, name);
    bool is_fine = night_log_open(path, &run->night.log, error);
    free(path);
    return is_fine;
}

/* Says the error, in the log too. */
static enum exit_code fail_night(struct routine_run *run, struct error *error) {
    if (error->message) night_log_add(&run->night.log, "run", view_of(error->message));
    return cli_fail(error);
}

static bool note_day(struct night *night, struct error *error) {
    int32_t today = 0;
    struct buffer text = {0};
    if (!period_today(NULL, &today, error)) return false;
    date_print(&text, today);
    if (text.length < sizeof night->day) memcpy(night->day, text.text, text.length);
    buffer_free(&text);
    return true;
}

static void say(struct buffer *text) {
    fwrite(text->text, 1, text->length, stdout);
    fflush(stdout); /* a feed may take minutes */
    text->length = 0;
}

/* What the night came to, in a sentence, and where all of it is. */
static void add_paragraph(const struct routine_run *run, const char *folder, struct buffer *out) {
    const struct overview *overview = &run->overview;
    bool is_new = overview->unsorted_count > 0;
    for (size_t i = 0; i < overview->source_count; i++)
        is_new = is_new || overview->sources[i].is_renewed || overview->sources[i].stopped;
    buffer_print(out, "%s. ", run->night.day);
    if (is_new)
        overview_verdict(overview, out);
    else
        buffer_add_text(out, "No feed has a new file");
    buffer_add_text(out, ". All of it: ");
    if (run->night.away && *folder != '/') {
        plain_add_text(out, run->night.away);
        buffer_add_char(out, '/');
    }
    plain_add_text(out, folder);
    buffer_add_text(out, "/overview.html\n");
}

/* Exports beside those of the feeds: nobody would miss them. */
static void add_unclaimed(const struct routine_run *run, char **paths, size_t count, struct buffer *out) {
    if (count == 0) return;
    size_t begin = out->length;
    buffer_add_text(out, "\nIn no feed, so not read\n");
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, "  ");
        plain_add_text(out, paths[i]);
        buffer_add_char(out, '\n');
    }
    buffer_print(out, "    fix: Add a feed to %s, or move the %s.\n", run->config_path, count == 1 ? "file" : "files");
    night_log_add(&run->night.log, "run", view_from(out->text + begin, out->length - begin));
}

/* A mail is the sentence and a table; a terminal shows a line a feed as they come, and the sentence after them. */
static bool run_feeds(struct routine_run *run, struct error *error) {
    struct buffer lines = {0}, paragraph = {0};
    struct overview *overview = &run->overview;
    bool is_part = run->night.is_dry || run->settings.feed, is_live = is_part || isatty(STDOUT_FILENO) == 1,
         is_fine = true;
    size_t unclaimed_count = 0; /* before files are archived */
    char **unclaimed = run->settings.feed ? NULL : routine_unclaimed(&run->routine, &unclaimed_count);
    for (size_t i = 0; i < run->routine.count; i++) {
        const struct feed *feed = &run->routine.feeds[i];
        if (run->settings.feed && strcmp(run->settings.feed, feed->name) != 0) continue;
        run_feed(&run->night, feed, &lines);
        if (is_live) say(&lines);
        lines.length = 0;
    }
    if (!is_part) {
        char *folder = run_overview_folder(&run->routine);
        run_overview_relate(overview, folder);
        overview->folder = folder;
        overview->is_published = true;
        is_fine = run_overview_write(overview, folder, &run->night.cli->watch, error);
        if (is_live) buffer_add_char(&paragraph, '\n');
        add_paragraph(run, folder, &paragraph);
        if (!is_live) {
            buffer_add_char(&paragraph, '\n');
            render_overview_table(overview, &paragraph);
        }
        free(folder);
        overview->folder = NULL;
    }
    add_unclaimed(run, unclaimed, unclaimed_count, &paragraph);
    say(&paragraph);
    for (size_t i = 0; i < unclaimed_count; i++)
        free(unclaimed[i]);
    free(unclaimed);
    buffer_free(&paragraph);
    buffer_free(&lines);
    return is_fine;
}

/* Without a zone times go out as the export has them; a night should not be so by accident. */
static void say_no_zone(const struct routine_run *run, const struct setting_place *place) {
    struct buffer text = {0};
    if (run->config && config_line(run->config, NULL, "tz") > 0) return;
    buffer_add_text(&text, "st2plecto: note: no time zone is set, so Plecto takes all times for UTC. Your company's:\n    ");
    setting_add(&text, place, NULL, view_of(" --tz America/Phoenix"));
    buffer_add_char(&text, '\n');
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
}

/* Without feeds every type that is found is one: convert into a tree, which is its own overview. */
static enum exit_code run_types(struct routine_run *run, char *const *operands, size_t count) {
    const struct setting_place place = {.file = run->config_path, .again = run->again};
    struct child child = {.place = &place};
    say_no_zone(run, &place);
    child_add(&child, "convert");
    child_add_config(&child, run->config_path);
    child_add(&child, "--each-type");
    child_add(&child, "--keep-going");
    child_add(&child, "--force");
    child_add(&child, "--quiet");
    bool has_output = run->config && config_line(run->config, NULL, "output") > 0;
    if (run->settings.run.output || !has_output)
        child_add_option(&child, "output", run->settings.run.output ? run->settings.run.output : "plecto");
    if (run->settings.run.dry_run) child_add(&child, "--dry-run");
    child_add(&child, "--");
    for (size_t i = 0; i < count; i++)
        child_add(&child, operands[i]);
    if (count == 0) child_add(&child, access("exports", F_OK) == 0 ? "exports" : ".");
    child_run(run->night.cli, &child);
    night_log_add(&run->night.log, "run", buffer_view(&child.out));
    night_log_add(&run->night.log, "run", buffer_view(&child.err));
    fwrite(child.err.text, 1, child.err.length, stderr);
    enum exit_code code = cli_print(&child.out, child.code);
    child_free(&child);
    return code;
}

static enum exit_code run_night(struct routine_run *run, char *const *operands, size_t count) {
    struct error error = {0};
    struct night *night = &run->night;
    bool is_dry = run->settings.run.dry_run, has_feeds = run->routine.count > 0;
    enum exit_code code = EXIT_FINE;
    int lock = -1;
    char *here = realpath(".", NULL);
    if (has_feeds && (!here || strcmp(here, run->folder) != 0)) run->night.away = run->folder;
    free(here);
    if (has_feeds && chdir(run->folder) != 0) {
        error_set(&error, EXIT_CANNOT_READ, "%s cannot be entered: %s", run->folder, strerror(errno));
        return cli_fail(&error);
    }
    bool is_locked = run->config_path && !is_dry && !run->settings.feed;
    if (!open_log(run, &error) || (is_locked && (lock = lock_run(run->folder, &error)) < 0) || !note_day(night, &error)) {
        code = fail_night(run, &error);
    } else if (has_feeds) {
        bool is_fine = run_feeds(run, &error);
        code = run->overview.exit_code;
        if (!is_fine) code = exit_code_worse(code, cli_fail(&error));
    } else {
        code = run_types(run, operands, count);
    }
    night_log_close(&night->log);
    if (lock >= 0) close(lock);
    return code;
}

/* --- the command ------------------------------------------------------------------------------------------ */

static enum exit_code act(struct routine_run *run, char *const *operands, size_t count) {
    struct error error = {0};
    if (run->settings.collects)
        return run_collect(run->night.cli, &run->overview, run->settings.run.output, operands, count);
    if (!open_config(run, operands, count, &error) || !check_feed(run, &error)) return cli_fail(&error);
    if (run->settings.lists && run->routine.count == 0) {
        error_set(&error, EXIT_WRONG_USE, "--list needs a configuration with feeds");
        error_fix(&error, "For an example:\nst2plecto help run");
        return cli_fail(&error);
    }
    if (!check_words(run, operands, count, &error)) return cli_fail(&error);
    if (run->settings.lists) return run_list(&run->routine, run->config_path);
    run->night.again = run->again;
    run->night.config = run->config_path;
    run->night.settle = run->routine.settle;
    run->night.is_dry = run->settings.run.dry_run;
    run->night.overview = &run->overview;
    run->overview.command = "run";
    run->overview.is_dry = run->night.is_dry;
    return run_night(run, operands, count);
}

/* The command as the shell wants it. */
static char *typed(int argc, char **argv) {
    struct buffer text = {0};
    buffer_add_text(&text, "st2plecto run");
    for (int i = 1; i < argc; i++) {
        buffer_add_char(&text, ' ');
        words_shell(&text, argv[i]);
    }
    return buffer_take(&text);
}

static enum exit_code run_command(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct routine_run run = {.night = {.cli = cli, .log = {-1}}, .overview = {.command = "run"}};
    struct option_reader reader;
    struct error error = {0};
    char **operands = NULL;
    enum exit_code code = EXIT_FINE;
    char *again = typed(argc, argv);
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, &run.settings, run.settings.given, &error);
    size_t count = options_operands(&reader, &operands);
    options_free(&reader);
    run.again = again;
    if (!is_fine) {
        code = cli_fail(&error);
    } else if (run.settings.wants_help) {
        code = help_print(command);
    } else {
        code = act(&run, operands, count);
    }
    overview_free(&run.overview);
    routine_free(&run.routine);
    config_free(run.config);
    free(run.config_path);
    free(run.folder);
    free(run.again);
    return code;
}

const struct command command_run = {
    .name = "run",
    .summary = "convert, send and archive all feeds of a night",
    .options = FOR_RUN,
    .is_offline = false,
    .run = run_command,
};
