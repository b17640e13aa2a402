/* completion.c: see completion.h. Each shell gets its lists once and looks them up: no program is started at a key. */
#include "cli/completion.h"

#include <stdlib.h>

#include "cli/option_table.h"
#include "cli/option_text.h"
#include "cli/pages.h"
#include "report/issue.h"
#include "schema/schema.h"

/* What may stand behind an option or a command. */
enum offer { OFFER_NOTHING, OFFER_WORDS, OFFER_FILES, OFFER_FOLDERS, OFFER_SCHEMAS };

/* Words behind a command that are no files; NULL: files. */
static const struct {
    const char *command, *words;
} operands[] = {
    {"schema", "list show lint init"},
    {"datasource", "create"},
    {"members", "create"},
    {"config", "show"},
    {"explain", "$codes"},
    {"help", "$topics"},
};

static const char *operands_of(const char *command) {
    for (size_t i = 0; i < sizeof operands / sizeof *operands; i++)
        if (strcmp(operands[i].command, command) == 0) return operands[i].words;
    return NULL;
}

static enum offer offer_of(const struct option_rule *rule, char **words) {
    *words = option_words(rule);
    if (rule->id == OPTION_SCHEMA) return OFFER_SCHEMAS;
    if (*words) return OFFER_WORDS;
    const char *shown = rule->argument ? rule->argument : "";
    return strstr(shown, "FILE") ? OFFER_FILES : strstr(shown, "DIR") ? OFFER_FOLDERS : OFFER_NOTHING;
}

static void add_schemas(struct buffer *out) {
    buffer_add_text(out, "auto");
    for (size_t i = 0; i < embedded_schema_count; i++)
        buffer_print(out, " %s", embedded_schemas[i].name);
}

static void add_codes(struct buffer *out) {
    for (size_t i = 0; i < ISSUE_CODE_COUNT; i++)
        buffer_print(out, "%s%s", i > 0 ? " " : "", issue_kind((enum issue_code)i)->name);
}

static void add_commands(const struct cli *cli, struct buffer *out) {
    for (size_t i = 0; i < cli->command_count; i++)
        buffer_print(out, "%s%s", i > 0 ? " " : "", cli->commands[i]->name);
}

/* An option of a command. */
struct offered {
    const struct command *command;
    const struct option_rule *rule;
    char *text; /* the first sentence about it */
    enum offer offer;
    char *words; /* for OFFER_WORDS, with blanks between */
};

/* What a shell writes for an offer of anything but words. */
static const struct {
    const char *bash, *zsh, *fish;
} offers[] = {
    [OFFER_NOTHING] = {"kind=nothing", ": ", ""},
    [OFFER_WORDS] = {NULL, NULL, NULL},
    [OFFER_FILES] = {"kind=files", ":_files", " -F"},
    [OFFER_FOLDERS] = {"kind=folders", ":_files -/", " -a '(__fish_complete_directories)'"},
    [OFFER_SCHEMAS] = {"kind=files offered=$schemas", ":_st2plecto_schemas", " -F -a \"$st2plecto_schemas\""},
};

/* Calls for each option of a command, in the order of its page. */
typedef void option_taker(struct buffer *out, const struct offered *option);

static void each_option(const struct command *command, option_taker *take, struct buffer *out) {
    struct page_reader page;
    struct page_piece piece;
    page_start(&page, command->name);
    while (page_next(&page, &piece)) {
        const struct option_rule *rule = piece.option.length ? option_find(command->options, piece.option) : NULL;
        if (!rule) continue;
        struct offered option = {.command = command, .rule = rule, .text = option_text(option_sentence(piece.text))};
        option.offer = offer_of(rule, &option.words);
        take(out, &option);
        free(option.text);
        free(option.words);
    }
}

/* --- bash ---------------------------------------------------------------------------------------------------- */

static void add_name(struct buffer *out, const struct offered *option) {
    buffer_print(out, " --%s", option->rule->name);
}

/* "convert--by | convert-x) offered='row day'": what stands behind this option. */
static void add_bash_value(struct buffer *out, const struct offered *option) {
    const struct option_rule *rule = option->rule;
    if (!rule->argument) return;
    buffer_print(out, "    %s--%s", option->command->name, rule->name);
    if (rule->letter) buffer_print(out, " | %s-%c", option->command->name, rule->letter);
    buffer_add_text(out, ") ");
    if (option->offer == OFFER_WORDS)
        buffer_print(out, "offered='%s'", option->words);
    else
        buffer_add_text(out, offers[option->offer].bash);
    buffer_add_text(out, " ;;\n");
}

static void bash(const struct cli *cli, struct buffer *out) {
    buffer_add_text(
        out, "# bash completion of st2plecto, made by: st2plecto help completion bash\n"
             "_st2plecto() {\n"
             "  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}\n"
             "  local commands schemas codes topics options='' offered='' kind=''\n");
    buffer_add_text(out, "  commands='");
    add_commands(cli, out);
    buffer_add_text(out, "'\n  topics=\"$commands exit-codes completion\"\n  schemas='");
    add_schemas(out);
    buffer_add_text(out, "'\n  codes='");
    add_codes(out);
    buffer_add_text(
        out,
        "'\n"
        "  COMPREPLY=()\n"
        "  # bash cuts --option=value at the =\n"
        "  if [ \"$word\" = = ]; then word=; elif [ \"$option\" = = ]; then option=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
        "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$commands --help --version\" -- \"$word\")\n"
        "    return\n"
        "  fi\n"
        "  case $command$option in\n");
    for (size_t i = 0; i < cli->command_count; i++)
        each_option(cli->commands[i], add_bash_value, out);
    buffer_add_text(out, "  esac\n"
                         "  if [ -z \"$kind$offered\" ]; then\n"
                         "    case $command in\n");
    for (size_t i = 0; i < cli->command_count; i++) {
        const struct command *command = cli->commands[i];
        const char *words = operands_of(command->name);
        buffer_print(out, "    %s) options='", command->name);
        each_option(command, add_name, out);
        buffer_print(out, "' %s%s%s ;;\n", words ? "offered=\"" : "kind=files", words ? words : "", words ? "\"" : "");
    }
    buffer_add_text(out, "    esac\n"
                         "    [ \"$command$option\" != schemashow ] || offered=$schemas\n"
                         "    [ \"$command$option\" != helpcompletion ] || offered='bash zsh fish'\n"
                         "    case $command$option in schemalint | schemainit) kind=files offered='' ;; esac\n"
                         "    case $word in -*) kind='' offered=$options ;; esac\n"
                         "  fi\n"
                         "  [ -z \"$offered\" ] || mapfile -t COMPREPLY < <(compgen -W \"$offered\" -- \"$word\")\n"
                         "  case $kind in\n"
                         "    files) compopt -o filenames && mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen "
                         "-f -- \"$word\") ;;\n"
                         "    folders) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -d -- \"$word\") ;;\n"
                         "  esac\n"
                         "}\n"
                         "complete -F _st2plecto st2plecto\n");
}

/* --- zsh ----------------------------------------------------------------------------------------------------- */

/* A text within single quotes, and, for zsh, within brackets: what ends either is written otherwise. */
static void add_quoted(struct buffer *out, const char *text, const char *escaped) {
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_text(out, "'\\''");
        else if (strchr(escaped, *text))
            buffer_print(out, "\\%c", *text);
        else
            buffer_add_char(out, *text);
    }
}

static void add_zsh_option(struct buffer *out, const struct offered *option) {
    const struct option_rule *rule = option->rule;
    buffer_add_text(out, "      ");
    if (rule->letter)
        buffer_print(out, "{-%c,--%s}", rule->letter, rule->name);
    else
        buffer_print(out, "--%s", rule->name);
    buffer_print(out, "'%s[", rule->argument && !rule->letter ? "=" : "");
    add_quoted(out, option->text, "[]:\\");
    buffer_add_char(out, ']');
    if (rule->argument) {
        buffer_add_char(out, ':');
        add_quoted(out, rule->name, "[]:\\");
        if (option->offer == OFFER_WORDS) {
            buffer_add_text(out, ":(");
            add_quoted(out, option->words, ":\\");
            buffer_add_char(out, ')');
        } else {
            buffer_add_text(out, offers[option->offer].zsh);
        }
    }
    buffer_add_text(out, "' \\\n");
}

static void zsh(const struct cli *cli, struct buffer *out) {
    buffer_add_text(out, "#compdef st2plecto\n"
                         "# zsh completion of st2plecto, made by: st2plecto help completion zsh\n"
                         "_st2plecto_schemas() {\n  compadd -- ");
    add_schemas(out);
    buffer_add_text(out, "\n  _files\n}\n"
                         "_st2plecto_codes() {\n  compadd -- ");
    add_codes(out);
    buffer_add_text(out, "\n}\n"
                         "_st2plecto_topics() {\n  compadd -- exit-codes completion ");
    add_commands(cli, out);
    buffer_add_text(out, "\n}\n"
                         "_st2plecto() {\n"
                         "  local -a commands\n"
                         "  commands=(\n");
    for (size_t i = 0; i < cli->command_count; i++) {
        buffer_print(out, "    '%s:", cli->commands[i]->name);
        add_quoted(out, cli->commands[i]->summary, "\\");
        buffer_add_text(out, "'\n");
    }
    buffer_add_text(out, "  )\n"
                         "  if (( CURRENT == 2 )); then\n"
                         "    _describe command commands\n"
                         "    compadd -- --help --version\n"
                         "    return\n"
                         "  fi\n"
                         "  local command=$words[2]\n"
                         "  shift words\n"
                         "  (( CURRENT-- ))\n"
                         "  case $command in\n");
    for (size_t i = 0; i < cli->command_count; i++) {
        const struct command *command = cli->commands[i];
        const char *words = operands_of(command->name);
        buffer_print(out, "  %s)\n    _arguments -s \\\n", command->name);
        each_option(command, add_zsh_option, out);
        if (strcmp(command->name, "schema") == 0)
            buffer_add_text(out, "      '1:what:(list show lint init)' '*:schema:_st2plecto_schemas' ;;\n");
        else if (!words)
            buffer_add_text(out, "      '*:file:_files' ;;\n");
        else if (words[0] == '$')
            buffer_print(out, "      '*:word:_st2plecto_%s' ;;\n", words + 1);
        else
            buffer_print(out, "      '1:what:(%s)' '*:file:_files' ;;\n", words);
    }
    buffer_add_text(
        out, "  esac\n"
             "}\n"
             "if [ \"$funcstack[1]\" = _st2plecto ]; then _st2plecto \"$@\"; else compdef _st2plecto st2plecto; fi\n");
}

/* --- fish ---------------------------------------------------------------------------------------------------- */

static void add_fish_quoted(struct buffer *out, const char *text) {
    buffer_add_char(out, '\'');
    for (; *text; text++)
        buffer_print(out, "%s%c", *text == '\'' || *text == '\\' ? "\\" : "", *text);
    buffer_add_char(out, '\'');
}

static void add_fish_option(struct buffer *out, const struct offered *option) {
    const struct option_rule *rule = option->rule;
    bool is_exclusive = option->offer == OFFER_NOTHING || option->offer == OFFER_WORDS;
    buffer_print(out, "complete -c st2plecto -n '__fish_seen_subcommand_from %s' -l %s", option->command->name, rule->name);
    if (rule->letter) buffer_print(out, " -s %c", rule->letter);
    if (rule->argument && rule->argument[0] != '[') buffer_add_text(out, is_exclusive ? " -x" : " -r");
    if (option->offer == OFFER_WORDS)
        buffer_print(out, " -a '%s'", option->words);
    else
        buffer_add_text(out, offers[option->offer].fish);
    buffer_add_text(out, " -d ");
    add_fish_quoted(out, option->text);
    buffer_add_char(out, '\n');
}

static void fish(const struct cli *cli, struct buffer *out) {
    buffer_add_text(out, "# fish completion of st2plecto, made by: st2plecto help completion fish\n"
                         "set -g st2plecto_schemas '");
    add_schemas(out);
    buffer_add_text(out, "'\nset -g st2plecto_codes '");
    add_codes(out);
    buffer_add_text(out, "'\nset -g st2plecto_topics 'exit-codes completion ");
    add_commands(cli, out);
    buffer_add_text(out, "'\n"
                         "complete -c st2plecto -n __fish_use_subcommand -f\n"
                         "complete -c st2plecto -n __fish_use_subcommand -l version -d 'the version'\n");
    for (size_t i = 0; i < cli->command_count; i++) {
        const struct command *command = cli->commands[i];
        const char *words = operands_of(command->name);
        buffer_print(out, "complete -c st2plecto -n __fish_use_subcommand -a %s -d ", command->name);
        add_fish_quoted(out, command->summary);
        buffer_add_char(out, '\n');
        if (words && words[0] == '$')
            buffer_print(out, "complete -c st2plecto -n '__fish_seen_subcommand_from %s' -f -a \"$st2plecto_%s\"\n",
                         command->name, words + 1);
        else if (words)
            buffer_print(out, "complete -c st2plecto -n '__fish_seen_subcommand_from %s' -a '%s'\n", command->name,
                         words);
        each_option(command, add_fish_option, out);
    }
    buffer_add_text(out, "complete -c st2plecto -n '__fish_seen_subcommand_from show' -a \"$st2plecto_schemas\"\n");
}

bool completion_write(const struct cli *cli, const char *shell, struct buffer *out) {
    static const struct {
        const char *name;
        void (*write)(const struct cli *cli, struct buffer *out);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) != 0) continue;
        shells[i].write(cli, out);
        return true;
    }
    return false;
}
