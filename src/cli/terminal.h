/* terminal.h: what depends on a terminal being there: colour and the progress line. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"

enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* Whether to write colours to standard output: --color always and never decide; auto wants a terminal that can
 * (TERM is not dumb) and no NO_COLOR (https://no-color.org). */
bool terminal_colour(enum colour_when when);

/* The progress line: on stderr, from the second second on, ten times a second at most; where stderr is no terminal, one
 * line for each file that took more than a second. */
struct progress {
    bool is_wanted, is_terminal; /* nobody said --quiet; stderr is a terminal */
    bool is_shown;               /* a line stands there */
    double start, last;          /* seconds of a steady clock */
    double step_start;           /* when the present file began */
    char what[256];              /* the present file, cut to fit; "" before the first */
    bool is_writing;
    uint64_t done, rows, rows_before;
};

void progress_start(struct progress *progress, bool is_quiet);
/* For run_options.progress; `context` is the struct progress. */
void progress_update(void *context, const struct progress_step *step);
/* Wipes the line, if there is one. */
void progress_end(struct progress *progress);

#endif
