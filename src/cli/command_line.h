/* command_line.h: a command line as it was typed, and the one to run next made of it. */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

#include "cli/cli.h"

struct option_rule;

struct command_line {
    const struct command *command;
    int count;
    char **words; /* owned list, behind the command's name; the words are argv's, in the order typed */
};

/* Keeps the words of argv before getopt orders them. */
void command_line_keep(struct command_line *line, const struct command *command, int argc, char **argv);
void command_line_free(struct command_line *line);

/* The line with another command, as the shell wants it: without the options that `to` does not have and those of `drops`
 * (names with blanks between), with `adds` behind them, then `files` (NULL: those that were given). The caller frees. */
char *command_line_rewrite(const struct command_line *line, const struct command *to, const char *drops,
                           const char *files, const char *adds);
/* The commands by name that a line can be rewritten for; NULL for others. */
const struct command *command_line_command(const char *name);

/* Adds the option as the shell takes it, without a value: " -o" or " --output". */
void command_line_add_name(const struct option_rule *rule, struct buffer *out);
/* Adds a line "option=NAME" (`value` NULL) or "option=NAME=VALUE", the value as words_line writes it. */
void command_line_list_option(const struct option_rule *rule, const char *value, struct buffer *out);
/* Adds such lines for the line's options that `to` has and `drops` does not name. */
void command_line_list(const struct command_line *line, const struct command *to, const char *drops, struct buffer *out);
/* An operand in its place: a name that begins with a dash gets "./" before it. */
void command_line_add_file(struct buffer *out, const char *file);

#endif
