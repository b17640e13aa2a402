/* message.c: how the program speaks: errors on stderr in one form, answers on stdout with every write checked,
 * texts of files never obeyed by a terminal. */
#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"

enum exit_code cli_fail(struct error *error) {
    struct buffer text = {0};
    error_fix_run(error, "st2plecto ..."); /* where the command line is not known */
    buffer_add_text(&text, "st2plecto: error: ");
    plain_add(&text, view_of(error->message ? error->message : "something went wrong"));
    buffer_add_char(&text, '\n');
    if (error_advice(error)) {
        buffer_add_text(&text, "    fix: ");
        plain_add_lines(&text, error_advice(error), FIX_INDENT);
        buffer_add_char(&text, '\n');
    }
    fflush(stdout); /* what was said before stands before */
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
    enum exit_code code = error->code == EXIT_FINE ? EXIT_WRONG_USE : error->code;
    error_free(error);
    return code;
}

enum exit_code cli_print(struct buffer *text, enum exit_code code) {
    errno = 0;
    bool is_fine = text->length == 0 || fwrite(text->text, 1, text->length, stdout) == text->length;
    is_fine = fflush(stdout) == 0 && is_fine;
    buffer_free(text);
    if (is_fine) return code;
    struct error error = {0};
    error_set(&error, EXIT_CANNOT_WRITE, "cannot write to standard output: %s", strerror(errno));
    error_fix(&error, "Check what standard output is connected to, and its free space.");
    return cli_fail(&error);
}

bool cli_is_offline(const struct command *command, int argc, char **argv) {
    const char *option = command->online_option;
    size_t length = option ? strlen(option) : 0;
    for (int i = 1; option && i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], option, length) == 0 && (argv[i][length] == '\0' || argv[i][length] == '=')) return false;
    return command->is_offline;
}

const struct command *cli_find(const struct cli *cli, const char *name) {
    for (size_t i = 0; i < cli->command_count; i++)
        if (strcmp(cli->commands[i]->name, name) == 0) return cli->commands[i];
    return NULL;
}
