/* terminal.c: colour and progress. Both are off as soon as nobody looks: output in a pipe or a file is plain. */
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/options.h"

#define FIRST_SHOWN 1.0 /* seconds */
#define SHOWN_EVERY 0.1

bool terminal_colour_word(const char *value, enum colour_when *when, struct error *error) {
    static const struct option_word words[] = {
        {"auto", COLOUR_AUTO}, {"always", COLOUR_ALWAYS}, {"never", COLOUR_NEVER}};
    int word = COLOUR_AUTO;
    bool is_fine = options_word("--color", value, words, 3, &word, error);
    *when = (enum colour_when)word;
    return is_fine;
}

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
    *progress = (struct progress){
        .is_wanted = !is_quiet && isatty(STDERR_FILENO) == 1, .start = now, .last = now, .file_start = now};
}

void progress_update(void *context, uint64_t bytes, uint64_t total, uint64_t rows) {
    struct progress *progress = context;
    if (!progress->is_wanted) return;
    double now = seconds_now();
    if (bytes < progress->bytes) progress->file_start = now;
    progress->bytes = bytes;
    if (now - progress->start < FIRST_SHOWN || now - progress->last < SHOWN_EVERY) return;
    progress->last = now;
    progress->is_shown = true;
    struct buffer line = {0};
    buffer_add_text(&line, "\r\033[K");
    cli_add_count(&line, rows);
    buffer_add_text(&line, " rows, ");
    cli_add_count(&line, (uint64_t)((double)rows / (now - progress->start)));
    buffer_add_text(&line, " a second");
    if (total > 0 && bytes > 0 && bytes <= total) {
        double share = (double)bytes / (double)total;
        double left = (now - progress->file_start) * (1 - share) / share;
        buffer_print(&line, ", %d %%, %.0f s left", (int)(share * 100), left);
    }
    fwrite(line.text, 1, line.length, stderr);
    fflush(stderr);
    buffer_free(&line);
}

void progress_end(struct progress *progress) {
    if (progress->is_shown) fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
