/* run_machines.h: `run --list` and `run --collect`, which give the feeds to other machines and take what they made together
 * again. */
#ifndef CLI_RUN_MACHINES_H
#define CLI_RUN_MACHINES_H

#include "base/exit_codes.h"
#include "cli/cli.h"
#include "report/overview.h"
#include "routine/feeds.h"

/* Prints a command a feed that works from anywhere. */
enum exit_code run_list(const struct routine *routine, const char *config_path);
/* Fills the overview from published folders, or trees of them, and writes it into `output` (NULL: here); prints it. The
 * worst exit code of the folders; EXIT_CANNOT_READ for one without a result. */
enum exit_code run_collect(const struct cli *cli, struct overview *overview, const char *output, char *const *operands,
                           size_t count);

#endif
