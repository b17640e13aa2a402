/* night_log.c: see night_log.h. A line is one write, so that two programs' lines never mix (O_APPEND). */
#include "routine/night_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/plain.h"

bool night_log_open(const char *path, struct night_log *log, struct error *error) {
    log->file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (log->file >= 0) return true;
    error_set(error, EXIT_CANNOT_WRITE, "the log %s cannot be written: %s", path, strerror(errno));
    return error_fix(error, "Check \"log\" in the configuration, and the permissions of its folder.");
}

static void add_line(const struct night_log *log, const char *feed, struct view line) {
    struct buffer text = {0};
    struct tm parts;
    time_t now = time(NULL);
    char stamp[32] = "";
    if (gmtime_r(&now, &parts)) strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
    buffer_print(&text, "%s %s: ", stamp, feed);
    plain_add(&text, line);
    buffer_add_char(&text, '\n');
    ssize_t written = write(log->file, text.text, text.length); /* a full disk is said by what must be written */
    (void)written;
    buffer_free(&text);
}

void night_log_add(const struct night_log *log, const char *feed, struct view text) {
    while (log->file >= 0 && text.length > 0) {
        const char *end = memchr(text.text, '\n', text.length);
        size_t length = end ? (size_t)(end - text.text) : text.length;
        if (length > 0) add_line(log, feed, view_from(text.text, length));
        size_t used = end ? length + 1 : length;
        text = view_from(text.text + used, text.length - used);
    }
}

void night_log_close(struct night_log *log) {
    if (log->file >= 0) close(log->file);
    log->file = -1;
}
