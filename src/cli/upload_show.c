/* upload_show.c: see upload_show.h. */
#include "cli/upload_show.h"

#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define SHOWN_EVERY 0.1
#define TOLD_EVERY 60.0
#define LONG_WAIT 3.0 /* seconds that somebody may wonder about */

static double seconds_now(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void upload_show_time(struct buffer *out, double seconds) {
    unsigned long minutes = (unsigned long)(seconds / 60 + 0.5);
    if (seconds < 90)
        buffer_print(out, "%.0f s", seconds);
    else if (minutes < 100)
        buffer_print(out, "%lu min", minutes);
    else
        buffer_print(out, "%lu h %lu min", minutes / 60, minutes % 60);
}

void upload_show_end(struct upload_show *show) {
    if (show->is_shown) fputs("\r\033[K", stderr);
    show->is_shown = false;
}

static void say(struct upload_show *show, struct buffer *line) {
    upload_show_end(show);
    fwrite(line->text, 1, line->length, stderr);
    fflush(stderr);
    buffer_free(line);
}

static void tell_event(void *context, const struct client_event *event) {
    struct upload_show *show = context;
    struct buffer line = {0};
    bool is_told =
        show->is_verbose || (!show->is_quiet && event->kind == CLIENT_TRIES_AGAIN && event->seconds >= LONG_WAIT) ||
        (!show->is_quiet && event->kind == CLIENT_WAITS_FOR_LIMIT && event->seconds >= LONG_WAIT);
    if (!is_told || (event->kind == CLIENT_WAITS_FOR_RATE && event->seconds < LONG_WAIT)) return;
    buffer_add_text(&line, "st2plecto: ");
    if (event->kind == CLIENT_WAITS_FOR_RATE) buffer_add_text(&line, "waits because of --rate, ");
    if (event->kind == CLIENT_TRIES_AGAIN) buffer_add_text(&line, "tries again in ");
    if (event->kind == CLIENT_WAITS_FOR_LIMIT) buffer_add_text(&line, "waits ");
    if (event->kind != CLIENT_ANSWER && event->kind != CLIENT_WAITS_FOR_LIMIT) buffer_print(&line, "%.1f s", event->seconds);
    if (event->kind == CLIENT_TRIES_AGAIN) buffer_add_text(&line, ": ");
    plain_add(&line, view_of(event->words));
    buffer_add_char(&line, '\n');
    say(show, &line);
}

void upload_show_start(struct upload_show *show, struct client_options *client, bool is_quiet, bool is_verbose) {
    double now = seconds_now();
    *show = (struct upload_show){.is_quiet = is_quiet,
                                 .is_verbose = is_verbose,
                                 .is_terminal = isatty(STDERR_FILENO) == 1,
                                 .start = now,
                                 .last = now};
    client->tell = tell_event;
    client->context = show;
}

void upload_show_progress(void *context, const struct send_progress *progress) {
    struct upload_show *show = context;
    struct buffer line = {0};
    double now = seconds_now(), spent = now - show->start;
    double pause = show->is_terminal ? SHOWN_EVERY : TOLD_EVERY;
    if (show->is_quiet || now - show->last < pause) return;
    show->last = now;
    buffer_add_text(&line, show->is_terminal ? "\r\033[K" : "st2plecto: ");
    words_count(&line, progress->done);
    buffer_add_text(&line, " of ");
    words_count(&line, progress->total);
    buffer_add_text(&line, " sent, ");
    words_count(&line, (uint64_t)((double)progress->done / spent));
    buffer_add_text(&line, " a second");
    if (progress->refused > 0) {
        buffer_add_text(&line, ", ");
        words_count(&line, progress->refused);
        buffer_add_text(&line, " refused");
    }
    if (progress->done > 0 && progress->done < progress->total) {
        buffer_add_text(&line, ", ");
        upload_show_time(&line, spent * (double)(progress->total - progress->done) / (double)progress->done);
        buffer_add_text(&line, " left");
    }
    if (!show->is_terminal) buffer_add_char(&line, '\n');
    say(show, &line);
    show->is_shown = show->is_terminal;
}
