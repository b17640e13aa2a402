/* options.h: a command line read by the table of options: a thin layer over getopt_long. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <getopt.h>

#include "cli/option_table.h"

/* One pass over a command line. getopt keeps its place in libc's globals, so one at a time. */
struct option_reader {
    const char *command; /* for messages */
    const struct option_rule *rules[OPTION_COUNT];
    size_t rule_count;
    int argc;
    char **argv;
    struct option *table; /* owned */
    char *letters;        /* owned */
};

/* The options of a command in the order of its page, into `rules` (OPTION_COUNT places); returns how many. */
size_t options_of(const struct command *command, const struct option_rule **rules);

void options_start(struct option_reader *reader, const struct command *command, int argc, char **argv);
/* The next option with its value ("" if it takes none). NULL behind the last; and with the error set (EXIT_WRONG_USE) for
 * one that is unknown (the nearest is offered) or ambiguous, or whose value is missing or not wanted. */
const struct option_rule *options_next(struct option_reader *reader, const char **value, struct error *error);
/* Reads all that are left into `settings`, as option_take does; notes those that were there in `given` (by id -
 * OPTION_FIRST; may be NULL). */
bool options_read(struct option_reader *reader, void *settings, bool *given, struct error *error);
/* After a mistake: goes on to the end and reads this one option wherever it is given and right, without a word. */
void options_read_rest(struct option_reader *reader, enum option_id id, void *settings);
/* What is left over: the operands, wherever they stood. Only behind the last option. */
size_t options_operands(const struct option_reader *reader, char ***operands);
void options_free(struct option_reader *reader);

#endif
