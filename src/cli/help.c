/* help.c: the short help, the page of a command (examples first, then the table of its options), and `help`. */
#include "cli/cli.h"
#include "cli/options.h"

#define TEXT_COLUMN 30 /* where the text of an option begins */
#define PAGE_WIDTH 110

void help_short(const struct cli *cli, struct buffer *out) {
    buffer_add_text(out,
                    "st2plecto: from ServiceTitan exports to Plecto import files, offline and checked to the cent.\n"
                    "\n"
                    "  st2plecto inspect jobs.csv               what is this file, and what to do with it\n"
                    "  st2plecto convert -o plecto jobs.csv     make the import files\n"
                    "  st2plecto plan plecto                    what sending them to Plecto would change\n"
                    "\n"
                    "Commands:\n");
    for (size_t i = 0; i < cli->command_count; i++) {
        buffer_add_text(out, "  ");
        cli_add_padded(out, view_of(cli->commands[i]->name), 12);
        buffer_print(out, "%s\n", cli->commands[i]->summary);
    }
    buffer_add_text(out, "\n"
                         "st2plecto COMMAND --help: examples and options. st2plecto --version: the version.\n");
}

/* The text broken at blanks, each line from TEXT_COLUMN on. */
static void add_wrapped(struct buffer *out, const char *text) {
    size_t width = PAGE_WIDTH - TEXT_COLUMN;
    while (strlen(text) > width) {
        size_t end = width;
        while (end > 0 && text[end] != ' ')
            end--;
        end = end ? end : width;
        buffer_add(out, view_from(text, end));
        buffer_print(out, "\n%*s", TEXT_COLUMN, "");
        text += end;
        while (*text == ' ')
            text++;
    }
    buffer_add_text(out, text);
    buffer_add_char(out, '\n');
}

static void add_rule(struct buffer *out, const struct option_rule *rule) {
    if (!rule->name) {
        buffer_print(out, "\n%s:\n", rule->help);
        return;
    }
    struct buffer head = {0};
    if (rule->letter)
        buffer_print(&head, "  -%c, --%s", rule->letter, rule->name);
    else
        buffer_print(&head, "      --%s", rule->name);
    if (rule->argument) buffer_print(&head, "%s%s", rule->argument[0] == '[' ? "" : " ", rule->argument);
    if (head.length + 2 > TEXT_COLUMN)
        buffer_print(&head, "\n%*s", TEXT_COLUMN, "");
    else
        buffer_print(&head, "%*s", (int)(TEXT_COLUMN - head.length), "");
    buffer_add(out, buffer_view(&head));
    buffer_free(&head);
    add_wrapped(out, rule->help);
}

void help_page(const struct command *command, struct buffer *out) {
    buffer_print(out, "Examples:\n%s\nUsage: st2plecto %s %s\n\n%s", command->examples, command->name, command->usage,
                 command->about);
    if (command->option_count > 0 && command->options[0].name) buffer_add_text(out, "\nOptions:\n");
    for (size_t i = 0; i < command->option_count; i++)
        add_rule(out, &command->options[i]);
}

bool cli_unknown_command(const struct cli *cli, const char *name, struct error *error) {
    const char *names[32];
    size_t count = cli->command_count < 32 ? cli->command_count : 32;
    for (size_t i = 0; i < count; i++)
        names[i] = cli->commands[i]->name;
    const char *nearest = options_nearest(name, names, count);
    error_set(error, EXIT_WRONG_USE, "unknown command \"%s\"%s%s%s", name, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    return error_fix(error, "st2plecto help lists the commands");
}

enum { OPTION_HELP = 256 };

static const struct option_rule rules[] = {{OPTION_HELP, 'h', "help", NULL, "this page"}};

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct option_reader reader;
    struct error error = {0};
    struct buffer out = {0};
    const char *value = NULL;
    char **operands = NULL;
    options_start(&reader, command->name, command->options, command->option_count, argc, argv);
    int id = options_next(&reader, &value, &error);
    size_t count = id == OPTION_END ? options_operands(&reader, &operands) : 0;
    const struct command *about = count > 0 ? cli_find(cli, operands[0]) : NULL;
    options_free(&reader);
    if (id == OPTION_WRONG) return cli_fail(&error);
    if (count > 0 && !about) {
        cli_unknown_command(cli, operands[0], &error);
        return cli_fail(&error);
    }
    if (id == OPTION_HELP)
        help_page(command, &out);
    else if (about)
        help_page(about, &out);
    else
        help_short(cli, &out);
    return cli_print(&out, EXIT_FINE);
}

const struct command command_help = {
    .name = "help",
    .summary = "show the page of a command",
    .usage = "[COMMAND]",
    .examples = "  st2plecto help\n"
                "  st2plecto help convert\n",
    .about = "The man page says more: man st2plecto.\n",
    .options = rules,
    .option_count = sizeof rules / sizeof *rules,
    .is_offline = true,
    .run = run,
};
