/* run_feed.h: one feed of a night, from its files to its line. */
#ifndef CLI_RUN_FEED_H
#define CLI_RUN_FEED_H

#include "cli/run_child.h"
#include "report/overview.h"
#include "routine/feed_files.h"
#include "routine/night_log.h"

/* What the feeds of a run share. */
struct night {
    const struct cli *cli;
    const char *again;  /* the command, whole */
    const char *away;   /* the folder of the configuration, where the run was started in another one; else NULL */
    const char *config; /* path of the configuration; NULL: none */
    unsigned settle;
    bool is_dry;
    struct night_log log;
    char day[16]; /* of the archive: YYYY-MM-DD in UTC */
    struct overview *overview;
};

/* Whether the feed's options are of convert or upload; EXIT_WRONG_USE. */
bool run_feed_check(const struct feed *feed, const char *where, struct error *error);
/* Waits, converts, reports, uploads, verifies, archives; fills a source of the overview, and its line for standard
 * output. Whatever happens, it says so there and harms no other feed. */
void run_feed(const struct night *night, const struct feed *feed, struct buffer *line);

#endif
