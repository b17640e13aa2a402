/* terminal.h: what depends on a terminal being there: colour and the progress line. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* Reads the value of --color. */
bool terminal_colour_word(const char *value, enum colour_when *when, struct error *error);
/* Whether to write colours to standard output: --color always and never decide; auto wants a terminal that can
 * (TERM is not dumb) and no NO_COLOR (https://no-color.org). */
bool terminal_colour(enum colour_when when);

/* The progress line: on stderr, only on a terminal, only from the second second on, ten times a second at most. */
struct progress {
    bool is_wanted;     /* stderr is a terminal and nobody said --quiet */
    bool is_shown;      /* a line stands there */
    double start, last; /* seconds of a steady clock */
    double file_start;  /* when the present file (or pass) began */
    uint64_t bytes;     /* last ones, to notice the next file */
};

void progress_start(struct progress *progress, bool is_quiet);
/* For run_options.progress; `context` is the struct progress. */
void progress_update(void *context, uint64_t bytes, uint64_t total, uint64_t rows);
/* Wipes the line, if there is one. */
void progress_end(struct progress *progress);

#endif
