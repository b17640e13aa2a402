/* upload_show.h: how an upload talks while it works: a line with rate and time left on a terminal, a line a minute
 * elsewhere, and what is waited for. */
#ifndef CLI_UPLOAD_SHOW_H
#define CLI_UPLOAD_SHOW_H

#include "upload/send.h"

struct upload_show {
    bool is_quiet, is_verbose, is_terminal, is_shown;
    double start, last;
};

void upload_show_start(struct upload_show *show, bool is_quiet, bool is_verbose);
/* For client_options.tell and send_work.tell; `context` is the struct upload_show. */
void upload_show_event(void *context, const struct client_event *event);
void upload_show_progress(void *context, const struct send_progress *progress);
/* Wipes the line, if there is one. */
void upload_show_end(struct upload_show *show);
/* Appends a stretch of time: "40 s", "12 min", "3 h 20 min". */
void upload_show_time(struct buffer *out, double seconds);

#endif
