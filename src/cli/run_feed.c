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
#include "cli/option_values.h"
#include "output/formats.h"

/* A feed at work. */
struct work {
    const struct night *night;
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

/* --- options ---------------------------------------------------------------------------------------------- */

/* Options that the feed has keys for, or that `run` itself decides. */
static bool is_own(const char *name) {
    static const char *const own[] = {"schema", "output",  "data-source", "vanished", "force",    "config", "no-config",
                                      "yes",    "no-input", "dry-run",    "help",     "each-type", "keep-going", "continue"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name) == 0) return true;
    return false;
}

bool run_feed_check(const struct feed *feed, const char *where, struct error *error) {
    const char **names = memory_get_zero(option_table_count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < option_table_count; i++)
        if ((option_table[i].commands & (FOR_CONVERT | FOR_UPLOAD)) && !is_own(option_table[i].name))
            names[count++] = option_table[i].name;
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < feed->option_count; i++) {
        const struct feed_option *option = &feed->options[i];
        const struct option_rule *rule = option_find(FOR_CONVERT, view_of(option->name));
        if (!rule) rule = option_find(FOR_UPLOAD, view_of(option->name));
        const char *nearest = rule ? NULL : options_nearest(option->name, names, count);
        if (!rule || is_own(option->name)) {
            error_set(error, EXIT_WRONG_USE, "%s: feed %s: the option \"%s\" is %s%s%s%s", where, feed->name, option->name,
                      rule ? "set by run, or a key of the feed itself" : "unknown", nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
            is_fine = error_fix(error, "Options are the long names of convert and upload.");
        } else if ((rule->argument && rule->argument[0] != '[') != (option->value != NULL) &&
                   !(rule->argument && rule->argument[0] == '[')) {
            error_set(error, EXIT_WRONG_USE, "%s: feed %s: the option \"%s\" %s", where, feed->name, option->name,
                      rule->argument ? "needs a value" : "is true or false");
            is_fine = error_fix(error, "Correct the value.");
        }
    }
    free(names);
    return is_fine;
}

static void add_options(const struct work *work, unsigned command, struct words *words) {
    for (size_t i = 0; i < work->feed->option_count; i++) {
        const struct feed_option *option = &work->feed->options[i];
        if (option_find(command, view_of(option->name))) words_add_option(words, option->name, option->value);
    }
}

/* --- steps ------------------------------------------------------------------------------------------------ */

static struct view first_line(struct view text) {
    const char *end = text.length ? memchr(text.text, '\n', text.length) : NULL;
    return view_from(text.text, end ? (size_t)(end - text.text) : text.length);
}

/* The last line that says something. */
static struct view last_line(const struct buffer *text) {
    size_t end = text->length;
    while (end > 0 && (text->text[end - 1] == '\n' || text->text[end - 1] == ' '))
        end--;
    size_t begin = end;
    while (begin > 0 && text->text[begin - 1] != '\n')
        begin--;
    return view_from(text->text + begin, end - begin);
}

/* The error that a child printed and its fix, without "st2plecto: error: " and "fix: ". */
static void fail_by_child(struct work *work, enum exit_code code, const char *what, const struct buffer *err) {
    static const char mark[] = "st2plecto: error: ", fix_mark[] = "\n    fix: ";
    struct view text = buffer_view(err);
    size_t at = text.length ? view_find(text, mark) : SIZE_MAX;
    char *message = NULL, *fix = NULL;
    if (at != SIZE_MAX) {
        struct view rest = view_from(text.text + at + sizeof mark - 1, text.length - at - (sizeof mark - 1));
        struct view line = first_line(rest), behind = view_from(rest.text + line.length, rest.length - line.length);
        message = memory_copy(line);
        if (view_starts_with(behind, fix_mark))
            fix = memory_copy(first_line(
                view_from(behind.text + sizeof fix_mark - 1, behind.length - (sizeof fix_mark - 1))));
    }
    if (!message) {
        const char *meaning = exit_code_meaning((int)code);
        message = memory_print("%s ended with %d: %s", what, (int)code, meaning ? meaning : "it was stopped");
    }
    fail(work, code, message, fix);
    free(message);
    free(fix);
}

static enum exit_code step(struct work *work, const struct words *words, struct buffer *out, struct buffer *err) {
    enum exit_code code = run_child(work->night->cli, words, out, err);
    night_log_add(&work->night->log, work->feed->name, buffer_view(out));
    night_log_add(&work->night->log, work->feed->name, buffer_view(err));
    return code;
}

static void add_config(const struct work *work, struct words *words) {
    if (work->night->config)
        words_add_option(words, "config", work->night->config);
    else
        words_add(words, "--no-config");
}

static void add_convert(const struct work *work, struct words *words) {
    const struct feed *feed = work->feed;
    words_add(words, "convert");
    add_config(work, words);
    words_add_option(words, "schema", feed->schema);
    words_add_option(words, "output", feed->output);
    words_add(words, "--force");
    words_add(words, "--keep-going"); /* a night that fails leaves the folder of the last */
    if (feed->data_source) words_add_option(words, "data-source", feed->data_source);
    add_options(work, FOR_CONVERT, words);
    if (work->night->is_dry) words_add(words, "--dry-run");
    words_add(words, "--");
    for (size_t i = 0; i < work->files.count; i++)
        words_add(words, work->files.list[i].path);
}

static char *result_path(const struct feed *feed) {
    return memory_print("%s/%s", feed->output, output_name(OUTPUT_RESULT));
}

/* The result that lies in the feed's folder, if import files are with it or `is_any`. */
static bool read_result(const struct feed *feed, bool is_any, struct result *result) {
    char *path = result_path(feed);
    struct error ignored = {0};
    bool is_there = access(path, F_OK) == 0 && result_read(path, result, &ignored) &&
                    (is_any || result->publication == PUBLISHED);
    error_free(&ignored);
    free(path);
    return is_there;
}

/* What an earlier night left. */
static void keep_earlier(struct work *work) {
    struct result earlier = {0};
    struct overview_source *source = source_of(work);
    if (read_result(work->feed, false, &earlier)) {
        overview_keep(source, &earlier);
        source->folder = memory_copy(view_of(work->feed->output));
    }
    result_free(&earlier);
}

/* Converted, or not: the source's line in the overview. */
static bool convert(struct work *work) {
    struct words words = {0};
    struct buffer out = {0}, err = {0};
    struct result result = {0};
    add_convert(work, &words);
    enum exit_code code = step(work, &words, &out, &err);
    work->code = exit_code_worse(work->code, code);
    struct overview_source *source = source_of(work);
    bool is_published = code == EXIT_FINE || code == EXIT_NOT_CLEAN;
    bool is_there = read_result(work->feed, true, &result);
    if (is_there && (is_published || (code == EXIT_ANSWER_NO && result.publication != PUBLISHED))) {
        overview_fill(source, &result);
        source->folder = memory_copy(view_of(work->feed->output));
    } else {
        source->verdict = memory_copy(view_of("not converted"));
        if (code == EXIT_ANSWER_NO) {
            char *line = memory_copy(first_line(buffer_view(&out)));
            fail(work, code, line, NULL);
            free(line);
        } else {
            fail_by_child(work, code, "convert", &err);
        }
        keep_earlier(work);
    }
    result_free(&result);
    buffer_free(&out);
    buffer_free(&err);
    words_free(&words);
    return is_published;
}

/* report.html beside the import files. */
static void report(struct work *work) {
    struct words words = {0};
    struct buffer out = {0}, err = {0};
    char *page = memory_print("html=%s/report.html", work->feed->output), *result = result_path(work->feed);
    words_add(&words, "report");
    words_add_option(&words, "format", page);
    words_add(&words, "--force");
    words_add(&words, "--quiet");
    words_add(&words, result);
    enum exit_code code = run_child(work->night->cli, &words, &out, &err);
    if (code != EXIT_FINE) fail_by_child(work, code, "report", &err);
    free(page);
    free(result);
    buffer_free(&out);
    buffer_free(&err);
    words_free(&words);
}

static bool upload(struct work *work) {
    const struct feed *feed = work->feed;
    struct words words = {0};
    struct buffer out = {0}, err = {0};
    words_add(&words, "upload");
    if (feed->data_source) words_add_option(&words, "data-source", feed->data_source);
    words_add_option(&words, "vanished", feed->vanished);
    add_options(work, FOR_UPLOAD, &words);
    words_add(&words, "--yes");
    words_add(&words, "--no-input");
    words_add(&words, feed->output);
    enum exit_code code = step(work, &words, &out, &err);
    work->code = exit_code_worse(work->code, code);
    if (code == EXIT_FINE) {
        char *said = memory_copy(last_line(&out));
        note(work, *said ? said : "sent");
        free(said);
    } else {
        fail_by_child(work, code, "upload", &err);
    }
    buffer_free(&out);
    buffer_free(&err);
    words_free(&words);
    return code == EXIT_FINE;
}

static bool verify(struct work *work) {
    const struct feed *feed = work->feed;
    struct words words = {0};
    struct buffer out = {0}, err = {0};
    words_add(&words, "verify");
    if (feed->data_source) words_add_option(&words, "data-source", feed->data_source);
    add_options(work, FOR_VERIFY, &words);
    words_add(&words, feed->output);
    enum exit_code code = step(work, &words, &out, &err);
    work->code = exit_code_worse(work->code, code);
    if (code == EXIT_FINE)
        note(work, "verified");
    else
        fail_by_child(work, code, "verify", &err);
    buffer_free(&out);
    buffer_free(&err);
    words_free(&words);
    return code == EXIT_FINE;
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
    if (feed->is_required) {
        char *message = memory_print("no file matches %s, and the feed is required", feed->files[0]);
        fail(work, EXIT_CANNOT_READ, message, "Check that the export was delivered.");
        free(message);
    }
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
    struct words words = {0};
    struct buffer out = {0}, err = {0};
    add_convert(work, &words);
    enum exit_code code = run_child(work->night->cli, &words, &out, &err);
    struct overview_source *source = source_of(work);
    work->code = exit_code_worse(work->code, code);
    source->verdict = memory_copy(first_line(buffer_view(&out)));
    source->files = work->files.count;
    if (out.length == 0) fail_by_child(work, code, "convert", &err);
    note_plans(work);
    buffer_free(&out);
    buffer_free(&err);
    words_free(&words);
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
    if (source->stopped) {
        buffer_add_text(line, "; error: ");
        plain_add_text(line, source->stopped);
    }
    buffer_add_char(line, '\n');
    buffer_free(&age);
}

void run_feed(const struct night *night, const struct feed *feed, struct buffer *line) {
    struct work work = {.night = night, .feed = feed, .code = EXIT_FINE, .source = night->overview->source_count};
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
