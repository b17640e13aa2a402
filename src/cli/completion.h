/* completion.h: what a shell offers behind `st2plecto`: commands, options, their words, schemas, codes; made of the table of
 * options and the pages. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/cli.h"

/* The script for "bash", "zsh" or "fish"; false for another shell. */
bool completion_write(const struct cli *cli, const char *shell, struct buffer *out);

#endif
