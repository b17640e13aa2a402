/* terminal.c: colour and progress. Both are off as soon as nobody looks: output in a pipe or a file is plain. */
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/option_values.h"

#define FIRST_SHOWN 1.0 /* seconds */
#define SHOWN_EVERY 0.1

bool terminal_colour(enum colour_when when) {
    if (when != COLOUR_AUTO) return when == COLOUR_ALWAYS;
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    if ((no_colour && *no_colour) || (kind && strcmp(kind, "dumb") == 0)) return false;
    return isatty(STDOUT_FILENO) == 1;
}

static double seconds_now(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, bool is_quiet) {
    double now = seconds_now();
    *progress = (struct progress){.is_wanted = !is_quiet,
                                  .is_terminal = isatty(STDERR_FILENO) == 1,
                                  .start = now,
                                  .last = now,
                                  .step_start = now};
}

/* Where nobody watches: a line for each file that took its time. */
static void tell_step(const struct progress *progress, double now) {
    struct buffer line = {0};
    if (progress->is_terminal || !progress->what[0] || now - progress->step_start < FIRST_SHOWN) return;
    buffer_add_text(&line, "st2plecto: ");
    plain_add(&line, view_of(progress->what));
    buffer_print(&line, ": %s, ", progress->is_writing ? "written" : "read");
    words_count(&line, progress->rows - progress->rows_before);
    buffer_print(&line, " rows in %.0f s\n", now - progress->step_start);
    fwrite(line.text, 1, line.length, stderr);
    buffer_free(&line);
}

static void begin_step(struct progress *progress, const struct progress_step *step, double now) {
    tell_step(progress, now);
    snprintf(progress->what, sizeof progress->what, "%s", step->what);
    progress->is_writing = step->is_writing;
    progress->rows_before = step->is_writing || step->rows < progress->rows ? 0 : progress->rows;
    progress->step_start = now;
}

static void show(struct progress *progress, const struct progress_step *step, double now) {
    struct buffer line = {0};
    double spent = now - progress->step_start;
    uint64_t rows = step->rows - progress->rows_before;
    buffer_add_text(&line, "\r\033[K");
    plain_add_short(&line, view_of(step->what), 30);
    bool is_packing = step->is_writing && step->done == step->total; /* the library tells nothing while it zips */
    buffer_print(&line, ": %s ", is_packing ? "packing" : step->is_writing ? "writing" : "reading");
    words_count(&line, rows);
    buffer_add_text(&line, " rows");
    if (spent >= SHOWN_EVERY && !is_packing) {
        buffer_add_text(&line, ", ");
        words_count(&line, (uint64_t)((double)rows / spent));
        buffer_add_text(&line, " a second");
    }
    if (step->total > 0 && step->done > 0 && step->done < step->total && spent >= SHOWN_EVERY) {
        double share = (double)step->done / (double)step->total;
        buffer_print(&line, ", %d %%, %.0f s left", (int)(share * 100), spent * (1 - share) / share);
    }
    fwrite(line.text, 1, line.length, stderr);
    fflush(stderr);
    buffer_free(&line);
    progress->is_shown = true;
}

void progress_update(void *context, const struct progress_step *step) {
    struct progress *progress = context;
    if (!progress->is_wanted) return;
    double now = seconds_now();
    bool is_other = strncmp(step->what, progress->what, sizeof progress->what - 1) != 0;
    if (is_other || step->is_writing != progress->is_writing || step->done < progress->done)
        begin_step(progress, step, now);
    progress->done = step->done;
    progress->rows = step->rows;
    if (!progress->is_terminal || now - progress->start < FIRST_SHOWN ||
        (now - progress->last < SHOWN_EVERY && step->done != step->total))
        return;
    progress->last = now;
    show(progress, step, now);
}

void progress_end(struct progress *progress) {
    if (progress->is_wanted) tell_step(progress, seconds_now());
    if (progress->is_shown) fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
