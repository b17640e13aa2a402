/* run_child.h: a command of ours in a child of its own, as if it were typed. */
#ifndef CLI_RUN_CHILD_H
#define CLI_RUN_CHILD_H

#include "cli/cli.h"

/* A command and what it came to; owned. */
struct child {
    const struct setting_place *place; /* where its options are written, not owned; NULL: on its line */
    char **words; /* the command's name first; ends with NULL */
    size_t word_count;
    struct buffer out, err; /* what it printed, at most some MiB each */
    enum exit_code code;    /* what it ended with; 128 + the signal that ended it */
};

void child_add(struct child *child, const char *word);
/* "--name=value", or "--name" where value is NULL. */
void child_add_option(struct child *child, const char *name, const char *value);
/* The configuration at that path; NULL: none, not even one that would be found. */
void child_add_config(struct child *child, const char *path);
/* Runs the command once: an offline one behind the system call filter, as main does. */
void child_run(const struct cli *cli, struct child *child);
void child_free(struct child *child);

/* Lines of what a child printed; views into it. The last one is that which says something. */
struct view child_first_line(struct view text);
struct view child_last_line(const struct buffer *text);
/* The error that a child printed, without "st2plecto: error: ", or how it ended where it printed none; in `*fix` its fix or
 * NULL. The caller frees both. */
char *child_error(const struct child *child, char **fix);

#endif
