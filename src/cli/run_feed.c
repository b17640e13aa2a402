/* run_feed.c: see run_feed.h. Each step is a command of ours in a child; the next is taken only if it ended well. */
#include "cli/run_feed.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "cli/option_table.h"
#include "output/formats.h"
#include "render/overview_render.h"
#include "routine/feed_near.h"

#define DETAILS 4000 /* characters of errors, about, that a line of the night shows; the report has all */

/* A feed at work. */
struct work {
    const struct night *night;
    struct setting_place place; /* where its options are written */
    const struct feed *feed;
    struct feed_files files;
    size_t source;       /* in the overview */
    struct buffer notes; /* what was done besides: "sent 3 registrations, archived 2 files" */
    enum exit_code code;
};

static struct overview_source *source_of(const struct work *work) {
    return &work->night->overview->sources[work->source];
}

static void note(struct work *work, const char *text) {
    buffer_print(&work->notes, "%s%s", work->notes.length ? "; " : "", text);
}

/* Ends the feed with what is wrong, in the overview and the log. */
static void fail(struct work *work, enum exit_code code, const char *message, const char *fix) {
    struct overview_source *source = source_of(work);
    work->code = exit_code_worse(work->code, code);
    if (!source->stopped) {
        source->stopped = memory_copy(view_of(message));
        if (fix) source->stopped_fix = memory_copy(view_of(fix));
    }
    night_log_add(&work->night->log, work->feed->name, view_of(message));
    if (fix) night_log_add(&work->night->log, work->feed->name, view_of(fix));
}

static void fail_with(struct work *work, struct error *error) {
    fail(work, error->code, error->message, error->fix);
    error_free(error);
}

/* --- commands --------------------------------------------------------------------------------------------- */

/* Ends the feed with the child's error and its fix. */
static void fail_by_child(struct work *work, const struct child *child) {
    char *fix, *message = child_error(child, &fix);
    fail(work, child->code, message, fix);
    free(message);
    free(fix);
}

static void add_data_source(const struct work *work, struct child *child) {
    if (work->feed->data_source) child_add_option(child, "data-source", work->feed->data_source);
}

static void add_options(const struct work *work, unsigned command, struct child *child) {
    for (size_t i = 0; i < work->feed->option_count; i++) {
        const struct feed_option *option = &work->feed->options[i];
        if (option_find(command, view_of(option->name))) child_add_option(child, option->name, option->value);
    }
}

/* Runs it; the log has what it says, and the feed its exit code. */
static void step(struct work *work, struct child *child) {
    child_run(work->night->cli, child);
    night_log_add(&work->night->log, work->feed->name, buffer_view(&child->out));
    night_log_add(&work->night->log, work->feed->name, buffer_view(&child->err));
    work->code = exit_code_worse(work->code, child->code);
}

/* --- convert ---------------------------------------------------------------------------------------------- */

static void add_convert(const struct work *work, struct child *child) {
    const struct feed *feed = work->feed;
    child->place = &work->place;
    child_add(child, "convert");
    child_add_config(child, work->night->config);
    child_add_option(child, "schema", feed->schema);
    child_add_option(child, "output", feed->output);
    child_add(child, "--force");
    child_add(child, "--keep-going"); /* a night that fails leaves the folder of the last */
    add_data_source(work, child);
    add_options(work, FOR_CONVERT, child);
    if (work->night->is_dry) child_add(child, "--dry-run");
    child_add(child, "--");
    for (size_t i = 0; i < work->files.count; i++)
        child_add(child, work->files.list[i].path);
}

/* The result that lies in the feed's folder. */
static bool read_result(const struct feed *feed, struct result *result) {
    struct error ignored = {0};
    bool is_there = result_read_folder(feed->output, result, &ignored);
    error_free(&ignored);
    return is_there;
}

/* What an earlier night left, if import files are with it. */
static void keep_earlier(struct work *work) {
    struct result earlier = {0};
    struct overview_source *source = source_of(work);
    if (read_result(work->feed, &earlier) && earlier.publication == PUBLISHED) {
        overview_keep(source, &earlier);
        source->folder = memory_copy(view_of(work->feed->output));
    }
    result_free(&earlier);
}

/* Where the rows set aside are, as whoever started the run sees it. The caller frees. */
static char *rejected_path(const struct work *work) {
    const char *away = *work->feed->output == '/' ? NULL : work->night->away;
    return memory_print("%s%s%s/%s", away ? away : "", away ? "/" : "", work->feed->output, output_name(OUTPUT_REJECTED));
}

/* The errors of the rows, with their fixes, as convert printed them: paragraphs that begin with one. */
static void fail_by_rows(struct work *work, const struct child *child) {
    struct overview_source *source = source_of(work);
    struct buffer text = {0};
    struct view rest = buffer_view(&child->out);
    while (rest.length > 0) {
        size_t end = view_find(rest, "\n\n"), length = end < rest.length ? end : rest.length;
        struct view paragraph = view_trim(view_from(rest.text, length)), line = child_first_line(paragraph);
        size_t at = view_find(line, ": error E");
        if (at < line.length && text.length < DETAILS) {
            if (text.length > 0) buffer_add_char(&text, '\n');
            buffer_add(&text, paragraph);
            if (!source->stopped) source->stopped = memory_copy(line);
        }
        size_t used = length + 2 < rest.length ? length + 2 : rest.length;
        rest = view_from(rest.text + used, rest.length - used);
    }
    if (text.length > 0)
        source->details = buffer_take(&text);
    else if (!source->stopped)
        source->stopped = memory_copy(child_first_line(buffer_view(&child->out)));
    buffer_free(&text);
}

/* Converted, or not: the source's line in the overview. */
static bool convert(struct work *work) {
    struct child child = {0};
    struct result result = {0};
    add_convert(work, &child);
    step(work, &child);
    struct overview_source *source = source_of(work);
    bool is_published = child.code == EXIT_FINE || child.code == EXIT_NOT_CLEAN;
    bool is_there = read_result(work->feed, &result);
    if (is_there && (is_published || (child.code == EXIT_ANSWER_NO && result.publication != PUBLISHED))) {
        overview_fill(source, &result);
        source->folder = memory_copy(view_of(work->feed->output));
    } else {
        source->verdict = memory_copy(view_of("not converted"));
        if (child.code != EXIT_ANSWER_NO) fail_by_child(work, &child);
        keep_earlier(work);
    }
    if (child.code == EXIT_ANSWER_NO) fail_by_rows(work, &child);
    if (is_published && source->rejected > 0) source->rejected_at = rejected_path(work);
    result_free(&result);
    child_free(&child);
    return is_published;
}

/* --- the steps behind it ---------------------------------------------------------------------------------- */

/* report.html beside the import files. */
static void report(struct work *work) {
    struct child child = {0};
    char *page = memory_print("html=%s/report.html", work->feed->output);
    char *result = memory_print("%s/%s", work->feed->output, output_name(OUTPUT_RESULT));
    child_add(&child, "report");
    child_add_option(&child, "format", page);
    child_add(&child, "--force");
    child_add(&child, "--quiet");
    child_add(&child, result);
    child_run(work->night->cli, &child);
    if (child.code != EXIT_FINE) fail_by_child(work, &child);
    free(page);
    free(result);
    child_free(&child);
}

/* Runs a command about the published folder; it is noted by `done`, or, NULL, by the last line that it said. Frees. */
static bool confirm(struct work *work, struct child *child, const char *done) {
    child_add(child, work->feed->output);
    step(work, child);
    bool is_fine = child->code == EXIT_FINE;
    if (is_fine) {
        char *said = memory_copy(child_last_line(&child->out));
        note(work, done ? done : *said ? said : "sent");
        free(said);
    } else {
        fail_by_child(work, child);
    }
    child_free(child);
    return is_fine;
}

static bool upload(struct work *work) {
    struct child child = {0};
    child_add(&child, "upload");
    add_data_source(work, &child);
    child_add_option(&child, "vanished", work->feed->vanished);
    add_options(work, FOR_UPLOAD, &child);
    child_add(&child, "--yes");
    child_add(&child, "--no-input");
    return confirm(work, &child, NULL);
}

static bool verify(struct work *work) {
    struct child child = {0};
    child_add(&child, "verify");
    add_data_source(work, &child);
    add_options(work, FOR_VERIFY, &child);
    return confirm(work, &child, "verified");
}

static void archive(struct work *work) {
    size_t moved = 0;
    struct error error = {0};
    struct buffer text = {0};
    if (!feed_files_archive(&work->files, work->feed->archive, work->night->day, &moved, &error))
        fail_with(work, &error);
    buffer_add_text(&text, "archived ");
    words_plural(&text, moved, "file", "files");
    if (moved < work->files.count) buffer_print(&text, " of %zu; the others have changed since", work->files.count);
    buffer_add_char(&text, '\0');
    note(work, text.text);
    buffer_free(&text);
}

/* --- the feed --------------------------------------------------------------------------------------------- */

/* The files, settled; false if there is nothing to do. */
static bool prepare(struct work *work) {
    const struct feed *feed = work->feed;
    struct error error = {0};
    if (!feed_files_find(feed, &work->files, &error) ||
        (work->files.count > 0 && !work->night->is_dry &&
         !feed_files_settle(&work->files, work->night->settle, &error))) {
        fail_with(work, &error);
        keep_earlier(work);
        return false;
    }
    if (work->files.count > 0) return true;
    struct buffer near = {0};
    bool is_near = feed_near(feed, &near);
    if (!is_near) buffer_add_text(&near, "\nCheck that the export was delivered.");
    buffer_add_char(&near, '\0');
    if (feed->is_required) {
        char *message = memory_print("no file matches %s, and the feed is required", feed->files[0]);
        fail(work, EXIT_CANNOT_READ, message, near.text);
        free(message);
    } else if (is_near) {
        near.length--;
        note(work, near.text);
    }
    buffer_free(&near);
    keep_earlier(work);
    if (!source_of(work)->verdict) source_of(work)->verdict = memory_copy(view_of("no new file"));
    return false;
}

/* What a dry run says of the steps behind convert. */
static void note_plans(struct work *work) {
    const struct feed *feed = work->feed;
    if (feed->uploads) note(work, "would be sent");
    if (feed->verifies) note(work, "would be verified");
    if (feed->archive) {
        char *text = memory_print("files would go to %s/%s", feed->archive, work->night->day);
        note(work, text);
        free(text);
    }
}

static void try_convert(struct work *work) {
    struct child child = {0};
    add_convert(work, &child);
    step(work, &child);
    struct overview_source *source = source_of(work);
    source->verdict = memory_copy(child_first_line(buffer_view(&child.out)));
    source->files = work->files.count;
    if (child.out.length == 0) fail_by_child(work, &child);
    note_plans(work);
    child_free(&child);
}

static void steps(struct work *work) {
    if (!prepare(work)) return;
    if (work->night->is_dry) {
        try_convert(work);
        return;
    }
    bool is_published = convert(work);
    if (source_of(work)->is_renewed) report(work);
    if (!is_published) return;
    bool is_confirmed = !work->feed->uploads || upload(work);
    if (is_confirmed && work->feed->verifies) is_confirmed = verify(work);
    if (is_confirmed && work->feed->archive) archive(work);
}

/* Another run may be at this feed: its lock, or -1. */
static int lock_feed(struct work *work) {
    char *path = memory_print(".st2plecto/run-%s.lock", work->feed->name);
    int lock = -1;
    if (mkdir(".st2plecto", 0777) == 0 || access(".st2plecto", W_OK) == 0)
        lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock < 0) {
        fail(work, EXIT_CANNOT_WRITE, "the folder .st2plecto beside the configuration cannot be written",
             "Check its permissions.");
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        fail(work, EXIT_CANNOT_WRITE, "another run is at this feed now", "Wait until it ends.");
        close(lock);
        lock = -1;
    }
    free(path);
    return lock;
}

static void add_line(struct work *work, struct buffer *line) {
    struct overview_source *source = source_of(work);
    struct buffer age = {0};
    plain_add_text(line, work->feed->name);
    buffer_add_text(line, ": ");
    plain_add_text(line, source->verdict ? source->verdict : "not converted");
    if (source->is_renewed && source->registrations > 0) {
        buffer_add_text(line, ", ");
        words_plural(line, source->registrations, "registration", "registrations");
    }
    if (source->is_renewed && source->has_money) {
        buffer_add_text(line, ", ");
        decimal_print_human(line, source->money_written, true);
    }
    overview_age(source, &age);
    if (age.length > 0) buffer_print(line, ", %.*s", VIEW_ARGS(buffer_view(&age)));
    if (work->notes.length > 0) {
        buffer_add_text(line, "; ");
        plain_add(line, buffer_view(&work->notes));
    }
    if (source->rejected_at) {
        buffer_add_text(line, "; rows set aside: ");
        plain_add_text(line, source->rejected_at);
    }
    buffer_add_char(line, '\n');
    overview_error_text(source, line);
    buffer_free(&age);
}

void run_feed(const struct night *night, const struct feed *feed, struct buffer *line) {
    struct work work = {.night = night,
                        .place = {.file = night->config, .feed = feed->name, .again = night->again},
                        .feed = feed,
                        .code = EXIT_FINE, .source = night->overview->source_count};
    overview_add(night->overview, feed->name)->is_required = feed->is_required;
    int lock = night->is_dry ? -1 : lock_feed(&work);
    if (night->is_dry || lock >= 0) steps(&work);
    if (lock >= 0) close(lock);
    struct overview_source *source = source_of(&work);
    source->exit_code = work.code;
    if (work.notes.length > 0) {
        buffer_add_char(&work.notes, '\0');
        work.notes.length--;
        source->note = memory_copy(buffer_view(&work.notes));
    }
    night->overview->exit_code = exit_code_worse(night->overview->exit_code, work.code);
    add_line(&work, line);
    night_log_add(&night->log, "run", buffer_view(line));
    feed_files_free(&work.files);
    buffer_free(&work.notes);
}
