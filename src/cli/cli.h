/* cli.h: what the commands share: their table, and how they speak. Only cli/ and main.c print. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/plain.h"
#include "base/setting.h"
#include "base/view.h"
#include "base/words.h"
#include "output/place.h"

struct cli;

/* Which commands have an option. */
enum command_bit {
    FOR_CONVERT = 1 << 0,
    FOR_VALIDATE = 1 << 1,
    FOR_APPLY = 1 << 2,
    FOR_REPORT = 1 << 3,
    FOR_INSPECT = 1 << 4,
    FOR_SCHEMA = 1 << 5,
    FOR_EXPLAIN = 1 << 6,
    FOR_PLAN = 1 << 7,
    FOR_UPLOAD = 1 << 8,
    FOR_DATASOURCE = 1 << 9,
    FOR_VERIFY = 1 << 10,
    FOR_HELP = 1 << 11,
    FOR_CONFIG = 1 << 12,
    FOR_RUN = 1 << 13,
    FOR_RECONCILE = 1 << 14,
    FOR_TRACE = 1 << 15,
    FOR_MEMBERS = 1 << 16
};

/* One command. Its help page (pages/NAME.txt) is its specification: examples, usage, and its options in their order. */
struct command {
    const char *name;
    const char *summary; /* one line of the short help */
    unsigned options;    /* its bit: those of the table that have it */
    const char *online_option; /* with it the command asks Plecto, and fences itself in; NULL: none */
    bool is_offline; /* runs without network and other programs, by the kernel's hand (base/sandbox.h) */
    /* argv[0] is the command's name. Returns what the program ends with. */
    enum exit_code (*run)(const struct cli *cli, const struct command *command, int argc, char **argv);
};

struct cli {
    const struct command *const *commands;
    size_t command_count;
    struct place_watch watch; /* for all that writes: a signal removes the temporary folder */
    const struct setting_place *place; /* of a command that `run` starts: where its options are written; else NULL */
};

/* Whether the command is to run without network and other programs. */
bool cli_is_offline(const struct command *command, int argc, char **argv);
/* The command of this name, or NULL. */
const struct command *cli_find(const struct cli *cli, const char *name);
/* "unknown command …" with the nearest one; false. */
bool cli_unknown_command(const struct cli *cli, const char *name, struct error *error);

/* Prints "st2plecto: error: WHAT" and its fix to stderr, frees the error, returns its exit code. */
enum exit_code cli_fail(struct error *error);
/* Prints to stdout, frees the text; EXIT_CANNOT_WRITE (said) where stdout does not take it, else `code`. */
enum exit_code cli_print(struct buffer *text, enum exit_code code);

/* The short help of `st2plecto`, and the page of a command. */
void help_short(const struct cli *cli, struct buffer *out);
void help_page(const struct command *command, bool shows_all, struct buffer *out);
/* The short page, printed; as cli_print. */
enum exit_code help_print(const struct command *command);

extern const struct command command_convert, command_validate, command_apply, command_report, command_inspect,
    command_schema, command_explain, command_plan, command_upload, command_datasource,
    command_members,    command_verify, command_reconcile, command_trace, command_help, command_config, command_run;

#endif
