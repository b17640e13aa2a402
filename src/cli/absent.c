/* absent.c: in a build without SQLite and libcurl (WebAssembly, Windows) the commands that need them say so. */
#include "cli/cli.h"

#ifdef IS_OFFLINE_BUILD

static enum exit_code say_absent(const struct cli *cli, const struct command *command, int argc, char **argv) {
    (void)cli;
    (void)argc;
    (void)argv;
    struct error error = {0};
    error_set(&error, EXIT_WRONG_USE, "%s is not in this build", command->name);
    error_fix(&error, "This build reads, checks and converts. For %s, use st2plecto on Linux; Windows has it in WSL.", command->name);
    return cli_fail(&error);
}

#define ABSENT(the_name, the_bit)                                                                                      \
    { .name = (the_name), .summary = "(not in this build)", .options = (the_bit), .is_offline = true, .run = say_absent }

const struct command command_plan = ABSENT("plan", FOR_PLAN);
const struct command command_upload = ABSENT("upload", FOR_UPLOAD);
const struct command command_datasource = ABSENT("datasource", FOR_DATASOURCE);
const struct command command_members = ABSENT("members", FOR_MEMBERS);
const struct command command_verify = ABSENT("verify", FOR_VERIFY);
const struct command command_run = ABSENT("run", FOR_RUN);
const struct command command_reconcile = ABSENT("reconcile", FOR_RECONCILE);
const struct command command_trace = ABSENT("trace", FOR_TRACE);

#endif
