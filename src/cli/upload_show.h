/* upload_show.h: how an upload talks while it works: a line with rate and time left on a terminal, a line a minute
 * elsewhere, and what is waited for. */
#ifndef CLI_UPLOAD_SHOW_H
#define CLI_UPLOAD_SHOW_H

#include "upload/send.h"

struct upload_show {
    bool is_quiet, is_verbose, is_terminal, is_shown;
    double start, last;
};

/* `client` tells it what happens from now on (client_options.tell). */
void upload_show_start(struct upload_show *show, struct client_options *client, bool is_quiet, bool is_verbose);
/* For send_work.tell; `context` is the struct upload_show. */
void upload_show_progress(void *context, const struct send_progress *progress);
/* Wipes the line, if there is one. */
void upload_show_end(struct upload_show *show);
/* Appends a stretch of time: "40 s", "12 min", "3 h 20 min". */
void upload_show_time(struct buffer *out, double seconds);

#endif
