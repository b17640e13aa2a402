/* main.c: the table of commands; the clean-up when the program is stopped: the temporary folder of what is being made is
 * removed at every signal that ends a program (exit 128 + its number: 130, 143) and at any exit; and no core files, since
 * memory holds what the exports hold: names, addresses, phones. The folder's path is the only global state of the
 * program but for base/libraries.c, because a signal handler can reach nothing else. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/sandbox.h"
#include "base/sanitized.h"
#include "cli/cli.h"
#include "cli/option_values.h"
#include "cli/about.h"
#include "port/process.h"

static char temporary_folder[4096];
static bool parent_goes_too;
static volatile sig_atomic_t has_temporary_folder;

static const struct command *const commands[] = {
    &command_convert, &command_validate, &command_apply,  &command_report,     &command_inspect, &command_schema,
    &command_explain, &command_plan,     &command_upload, &command_datasource, &command_members, &command_verify, &command_run,
    &command_config,  &command_reconcile, &command_trace, &command_help,
};

static void remove_temporary_folder(void) {
    if (!has_temporary_folder) return;
    has_temporary_folder = 0;
    place_clean_up(temporary_folder, parent_goes_too);
}

static void stop(int number) {
    remove_temporary_folder();
    _exit(128 + number);
}

/* Signals wait while the path changes, so that the handler never sees half of one. */
static void remember_temporary_folder(void *context, const char *path, bool parent_is_new) {
    (void)context;
    struct signals_held held;
    signals_hold(&held);
    has_temporary_folder = 0;
    size_t length = path ? strlen(path) : 0;
    if (path && length < sizeof temporary_folder) {
        memcpy(temporary_folder, path, length + 1);
        parent_goes_too = parent_is_new;
        has_temporary_folder = 1;
    }
    signals_release(&held);
}

/* ST2PLECTO_CORE=1 leaves core files to who looks for a mistake. Sanitizers must be able to look into their program. */
static void keep_memory_private(void) {
    const char *wanted = getenv("ST2PLECTO_CORE");
    if (wanted && strcmp(wanted, "1") == 0) return;
#ifndef IS_SANITIZED
    process_keep_private();
#endif
}

static enum exit_code unknown_option(const char *option) {
    static const char *const options[] = {"--help", "--version"};
    struct error error = {0};
    const char *nearest = options_nearest(option, options, 2);
    error_set(&error, EXIT_WRONG_USE, "unknown option %s%s%s%s", option, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    error_fix(&error, "Write the options of a command after its name, such as:\nst2plecto convert -o DIR FILE");
    return cli_fail(&error);
}

static enum exit_code unknown_command(const struct cli *cli, const char *name) {
    struct error error = {0};
    cli_unknown_command(cli, name, &error);
    if (access(name, F_OK) == 0)
        error_fix(&error, "To look at the file, then to convert it:\nst2plecto inspect {file}\nst2plecto convert -o plecto {file}");
    error_fix_file(&error, name);
    return cli_fail(&error);
}

int main(int argc, char **argv) {
    const struct cli cli = {commands, sizeof commands / sizeof *commands, {remember_temporary_folder, NULL}, NULL};
    struct buffer text = {0};
    memory_begin();
    process_begin(&argc, &argv);
    keep_memory_private();
    signals_catch(stop);
    process_at_end(remove_temporary_folder); /* out of memory, too */
    if (argc < 2) {
        help_short(&cli, &text);
        fwrite(text.text, 1, text.length, stderr);
        buffer_free(&text);
        return EXIT_WRONG_USE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        const char *more = argc > 2 ? argv[2] : "";
        version_text(strcmp(more, "-v") == 0 || strcmp(more, "--verbose") == 0, &text);
        return (int)cli_print(&text, EXIT_FINE);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        help_short(&cli, &text);
        return (int)cli_print(&text, EXIT_FINE);
    }
    if (word[0] == '-' && word[1] != '\0') return (int)unknown_option(word);
    const struct command *command = cli_find(&cli, word);
    if (command && cli_is_offline(command, argc - 1, argv + 1)) sandbox_enter();
    return (int)(command ? command->run(&cli, command, argc - 1, argv + 1) : unknown_command(&cli, word));
}
