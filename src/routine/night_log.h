/* night_log.h: the log of `run`: lines with their time, appended. */
#ifndef ROUTINE_NIGHT_LOG_H
#define ROUTINE_NIGHT_LOG_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"

struct night_log {
    int file; /* -1: none */
};

/* Opens it for appending, making it; a link is refused. EXIT_CANNOT_WRITE. */
bool night_log_open(const char *path, struct night_log *log, struct error *error);
/* Each line of the text as "2025-10-15T06:00:03Z FEED: LINE"; hidden characters are shown as \xNN. */
void night_log_add(const struct night_log *log, const char *feed, struct view text);
void night_log_close(struct night_log *log);

#endif
