/* help.c: the short help, the page of a command, with the options as the table has them, and `help`. */
#include <stdlib.h>

#include "base/exit_codes.h"
#include "cli/cli.h"
#include "cli/completion.h"
#include "cli/option_text.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/pages.h"

#define TEXT_COLUMN 30  /* where the text of an option begins */
#define SHORT_COLUMN 36 /* the same where only its first sentence is shown */
#define PAGE_WIDTH 100
#define EXIT_CODES_PAGE "exit-codes"
#define SCREENS 48 /* lines: a longer page begins with the options used most */

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
        words_left(out, view_of(cli->commands[i]->name), 12);
        buffer_print(out, "%s\n", cli->commands[i]->summary);
    }
    buffer_add_text(out, "\n"
                         "st2plecto COMMAND --help: examples and options. st2plecto help exit-codes: what the program ends with.\n"
                         "st2plecto --version: the version; with -v, the build, libraries and time zones.\n");
}

/* The text broken at blanks, each line from `column` on. */
static void add_wrapped(struct buffer *out, const char *text, size_t column) {
    size_t width = PAGE_WIDTH - column;
    while (strlen(text) > width) {
        size_t end = width;
        while (end > 0 && text[end] != ' ')
            end--;
        end = end ? end : width;
        buffer_add(out, view_from(text, end));
        buffer_print(out, "\n%*s", (int)column, "");
        text += end;
        while (*text == ' ')
            text++;
    }
    buffer_add_text(out, text);
    buffer_add_char(out, '\n');
}

static void add_rule(struct buffer *out, const struct option_rule *rule, struct view text, size_t column) {
    struct buffer head = {0};
    if (rule->letter)
        buffer_print(&head, "  -%c, --%s", rule->letter, rule->name);
    else
        buffer_print(&head, "      --%s", rule->name);
    if (rule->argument) buffer_print(&head, "%s%s", rule->argument[0] == '[' ? "" : " ", rule->argument);
    if (head.length + 2 > column)
        buffer_print(&head, "\n%*s", (int)column, "");
    else
        buffer_print(&head, "%*s", (int)(column - head.length), "");
    buffer_add(out, buffer_view(&head));
    buffer_free(&head);
    char *line = option_text(text);
    add_wrapped(out, line, column);
    free(line);
}

/* "{exit-codes 0 8 1}": these of the table, in short. */
static void add_exit_codes(struct buffer *out, struct view line) {
    struct buffer text = {0};
    int code = -1;
    buffer_add_text(&text, "Exit codes");
    for (size_t i = 0; i < line.length; i++) {
        bool is_digit = line.text[i] >= '0' && line.text[i] <= '9';
        if (is_digit) code = (code < 0 ? 0 : code * 10) + (line.text[i] - '0');
        if (is_digit || code < 0) continue;
        buffer_print(&text, "%s%d %s", text.length == strlen("Exit codes") ? ": " : ", ", code, exit_code_short(code));
        code = -1;
    }
    buffer_add_text(&text, ". More: st2plecto help exit-codes");
    char *words = buffer_take(&text);
    add_wrapped(out, words, 0);
    free(words);
}

/* A line of a page that is no option. */
static void add_text(struct buffer *out, struct view line) {
    if (view_starts_with(line, "{exit-codes"))
        add_exit_codes(out, line);
    else
        buffer_add(out, line);
}

static void add_exit_code(struct buffer *out, int code) {
    const char *meaning = exit_code_meaning(code);
    if (meaning) buffer_print(out, "%5d  %s\n", code, meaning);
}

static void help_exit_codes(struct buffer *out) {
    buffer_add_text(out, "Exit codes of all commands:\n");
    for (int code = 0; code < 256; code++)
        add_exit_code(out, code);
    buffer_add_text(out, "\nSeveral files or data types: the worst that one of them has, in this order: 7, 4, 2, 3, 6, 5, 1, 8, 0.\n"
                         "--fail-on never turns 8 into 0, never 1 into 0.\n");
}

static void add_whole_page(const struct command *command, struct buffer *out) {
    struct page_reader page;
    struct page_piece piece;
    page_start(&page, command->name);
    while (page_next(&page, &piece)) {
        const struct option_rule *rule = piece.option.length ? option_find(command->options, piece.option) : NULL;
        if (rule)
            add_rule(out, rule, piece.text, TEXT_COLUMN);
        else
            add_text(out, piece.text);
    }
}

struct common_option {
    const struct option_rule *rule;
    struct view text;
};

static int by_place(const void *one, const void *other) {
    const struct common_option *a = one, *b = other;
    return a->rule->common - b->rule->common;
}

/* What stands before the options, without the heading of the first, and the options used most. */
static void add_short_page(const struct command *command, struct buffer *out) {
    struct page_reader page;
    struct page_piece piece;
    struct common_option common[OPTION_COUNT];
    size_t count = 0;
    bool is_before = true;
    struct view heading = view_of("");
    page_start(&page, command->name);
    while (page_next(&page, &piece)) {
        const struct option_rule *rule = piece.option.length ? option_find(command->options, piece.option) : NULL;
        if (rule) is_before = false;
        if (rule && rule->common > 0) common[count++] = (struct common_option){rule, piece.text};
        if (!is_before) continue;
        add_text(out, heading);
        heading = piece.text;
    }
    qsort(common, count, sizeof *common, by_place);
    buffer_add_text(out, "Options used most:\n");
    for (size_t i = 0; i < count; i++)
        add_rule(out, common[i].rule, option_sentence(common[i].text), SHORT_COLUMN);
    buffer_print(out, "\nEvery option:\n  st2plecto help %s --all\n", command->name);
}

static size_t count_lines(struct view text) {
    size_t lines = 0;
    for (size_t i = 0; i < text.length; i++)
        lines += text.text[i] == '\n';
    return lines;
}

void help_page(const struct command *command, bool shows_all, struct buffer *out) {
    struct buffer page = {0};
    add_whole_page(command, &page);
    if (shows_all || count_lines(buffer_view(&page)) <= SCREENS)
        buffer_add(out, buffer_view(&page));
    else
        add_short_page(command, out);
    buffer_free(&page);
}

enum exit_code help_print(const struct command *command) {
    struct buffer page = {0};
    help_page(command, false, &page);
    return cli_print(&page, EXIT_FINE);
}

bool cli_unknown_command(const struct cli *cli, const char *name, struct error *error) {
    const char *names[32];
    size_t count = cli->command_count < 32 ? cli->command_count : 32;
    for (size_t i = 0; i < count; i++)
        names[i] = cli->commands[i]->name;
    const char *nearest = options_nearest(name, names, count);
    error_set(error, EXIT_WRONG_USE, "unknown command \"%s\"%s%s%s", name, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    return error_fix(error, "To list the commands:\nst2plecto help");
}

/* The script for a shell: "completion bash". */
static bool help_completion(const struct cli *cli, const char *shell, struct buffer *out, struct error *error) {
    if (shell && completion_write(cli, shell, out)) return true;
    error_set(error, EXIT_WRONG_USE, shell ? "no completion for \"%s\"" : "completion: for which shell?%s", shell ? shell : "");
    return error_fix(error, "Name bash, zsh or fish:\nst2plecto help completion bash");
}

static bool help_about(const struct cli *cli, const char *topic, const char *which, bool shows_all, struct buffer *out,
                       struct error *error) {
    const struct command *about = cli_find(cli, topic);
    if (strcmp(topic, "completion") == 0) return help_completion(cli, which, out, error);
    if (strcmp(topic, EXIT_CODES_PAGE) == 0)
        help_exit_codes(out);
    else if (about)
        help_page(about, shows_all, out);
    else
        return cli_unknown_command(cli, topic, error);
    return true;
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct option_reader reader;
    struct error error = {0};
    struct buffer out = {0};
    const char *value = NULL;
    char **operands = NULL;
    options_start(&reader, command, argc, argv);
    const struct option_rule *rule;
    bool wants_help = false, shows_all = false;
    while ((rule = options_next(&reader, &value, &error)) != NULL) {
        if (rule->id == OPTION_HELP) wants_help = true;
        if (rule->id == OPTION_ALL) shows_all = true;
    }
    bool is_wrong = error.code != EXIT_FINE;
    size_t count = wants_help || is_wrong ? 0 : options_operands(&reader, &operands);
    options_free(&reader);
    if (is_wrong) return cli_fail(&error);
    if (wants_help)
        help_page(command, false, &out);
    else if (count == 0)
        help_short(cli, &out);
    else if (!help_about(cli, operands[0], count > 1 ? operands[1] : NULL, shows_all, &out, &error))
        return cli_fail(&error);
    return cli_print(&out, EXIT_FINE);
}

const struct command command_help = {
    .name = "help",
    .summary = "show the page of a command",
    .options = FOR_HELP,
    .is_offline = true,
    .run = run,
};
