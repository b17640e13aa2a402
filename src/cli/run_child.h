/* run_child.h: a command of ours in a child of its own, as if it were typed. */
#ifndef CLI_RUN_CHILD_H
#define CLI_RUN_CHILD_H

#include "cli/cli.h"

/* The words of a command; owned. */
struct words {
    char **list; /* ends with NULL */
    size_t count;
};

void words_add(struct words *words, const char *word);
/* "--name=value", or "--name" where value is NULL. */
void words_add_option(struct words *words, const char *name, const char *value);
void words_free(struct words *words);

/* Runs the command: an offline one behind the system call filter, as main does. What it prints on standard output and
 * error goes to `out` and `err` (at most some MiB each). Returns what it ended with; 128 + the signal that ended it. */
enum exit_code run_child(const struct cli *cli, const struct words *words, struct buffer *out, struct buffer *err);

#endif
