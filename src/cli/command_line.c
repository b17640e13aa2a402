/* command_line.c: see command_line.h. Options are told from files as getopt_long does: names may be cut, letters may stand
 * together, and options and files mix until "--". */
#include "cli/command_line.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/option_table.h"

void command_line_keep(struct command_line *line, const struct command *command, int argc, char **argv) {
    *line = (struct command_line){.command = command, .count = argc > 0 ? argc - 1 : 0};
    line->words = memory_get_zero((size_t)line->count + 1, sizeof *line->words);
    for (int i = 0; i < line->count; i++)
        line->words[i] = argv[i + 1];
}

void command_line_free(struct command_line *line) {
    free(line->words);
    *line = (struct command_line){0};
}

const struct command *command_line_command(const char *name) {
    /* name and options only: the commands themselves stand above this file */
    static const struct command commands[] = {
        {.name = "convert", .options = FOR_CONVERT},    {.name = "validate", .options = FOR_VALIDATE},
        {.name = "apply", .options = FOR_APPLY},        {.name = "plan", .options = FOR_PLAN},
        {.name = "upload", .options = FOR_UPLOAD},      {.name = "datasource", .options = FOR_DATASOURCE},
        {.name = "reconcile", .options = FOR_RECONCILE}};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* The option whose name begins so; the whole name goes before. */
static const struct option_rule *named(unsigned commands, struct view name) {
    const struct option_rule *found = option_find(commands, name);
    for (size_t i = 0; !found && i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        struct view whole = view_of(rule->name);
        if ((rule->commands & commands) && whole.length > name.length &&
            memcmp(whole.text, name.text, name.length) == 0)
            found = rule;
    }
    return found;
}

static const struct option_rule *lettered(unsigned commands, char letter) {
    for (size_t i = 0; i < option_table_count; i++)
        if ((option_table[i].commands & commands) && option_table[i].letter == letter) return &option_table[i];
    return NULL;
}

struct rewriting {
    const struct command_line *line;
    const struct command *to;
    const char *drops;
    bool lists; /* the options, one a line */
    struct buffer options, files;
    int at; /* the word being read */
};

static bool is_dropped(const struct rewriting *rewriting, const char *name) {
    size_t length = strlen(name);
    for (const char *drop = rewriting->drops; (drop = strstr(drop, name)) != NULL; drop += length)
        if ((drop == rewriting->drops || drop[-1] == ' ') && (drop[length] == ' ' || drop[length] == '\0')) return true;
    return false;
}

void command_line_list_option(const struct option_rule *rule, const char *value, struct buffer *out) {
    buffer_print(out, "option=%s%s", rule->name, value ? "=" : "");
    if (value) words_line(out, value);
    buffer_add_char(out, '\n');
}

void command_line_add_name(const struct option_rule *rule, struct buffer *out) {
    if (rule->letter)
        buffer_print(out, " -%c", rule->letter);
    else
        buffer_print(out, " --%s", rule->name);
}

/* `value`: NULL where it takes none, or it is left out. */
static void add_option(struct rewriting *rewriting, const struct option_rule *rule, const char *value) {
    struct buffer *out = &rewriting->options;
    const struct option_rule *kept = option_find(rewriting->to->options, view_of(rule->name));
    if (!kept || is_dropped(rewriting, rule->name)) return;
    if (rewriting->lists) {
        command_line_list_option(kept, value, out);
        return;
    }
    command_line_add_name(kept, out);
    if (!value) return;
    buffer_add_char(out, rule->argument && rule->argument[0] == '[' ? '=' : ' ');
    words_shell(out, value);
}

static const char *next_word(struct rewriting *rewriting) {
    return rewriting->at + 1 < rewriting->line->count ? rewriting->line->words[++rewriting->at] : "";
}

static void take_long(struct rewriting *rewriting, const char *word) {
    const char *equals = strchr(word, '=');
    struct view name = view_from(word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word) - 2);
    const struct option_rule *rule = named(rewriting->line->command->options, name);
    if (!rule) return;
    bool needs_value = rule->argument && rule->argument[0] != '[';
    add_option(rewriting, rule, equals ? equals + 1 : needs_value ? next_word(rewriting) : NULL);
}

static void take_letters(struct rewriting *rewriting, const char *word) {
    for (const char *letter = word + 1; *letter; letter++) {
        const struct option_rule *rule = lettered(rewriting->line->command->options, *letter);
        if (!rule) continue;
        if (!rule->argument) {
            add_option(rewriting, rule, NULL);
            continue;
        }
        add_option(rewriting, rule, letter[1] ? letter + 1 : next_word(rewriting));
        return;
    }
}

void command_line_add_file(struct buffer *out, const char *file) {
    buffer_add_char(out, ' ');
    if (file[0] == '-' && file[1]) buffer_add_text(out, "./"); /* no option */
    words_shell(out, file);
}

/* Sorts the words into options and files. */
static void walk(struct rewriting *rewriting) {
    bool is_ended = false;
    for (rewriting->at = 0; rewriting->at < rewriting->line->count; rewriting->at++) {
        const char *word = rewriting->line->words[rewriting->at];
        if (!is_ended && strcmp(word, "--") == 0)
            is_ended = true;
        else if (!is_ended && word[0] == '-' && word[1] == '-')
            take_long(rewriting, word);
        else if (!is_ended && word[0] == '-' && word[1])
            take_letters(rewriting, word);
        else
            command_line_add_file(&rewriting->files, word);
    }
}

void command_line_list(const struct command_line *line, const struct command *to, const char *drops,
                       struct buffer *out) {
    struct rewriting rewriting = {.line = line, .to = to, .drops = drops, .lists = true};
    walk(&rewriting);
    buffer_add(out, buffer_view(&rewriting.options));
    buffer_free(&rewriting.options);
    buffer_free(&rewriting.files);
}

char *command_line_rewrite(const struct command_line *line, const struct command *to, const char *drops,
                           const char *files, const char *adds) {
    struct rewriting rewriting = {.line = line, .to = to, .drops = drops};
    walk(&rewriting);
    struct buffer text = {0};
    buffer_print(&text, "st2plecto %s", to->name);
    buffer_add(&text, buffer_view(&rewriting.options));
    if (*adds) buffer_print(&text, " %s", adds);
    if (!files)
        buffer_add(&text, buffer_view(&rewriting.files));
    else if (*files)
        buffer_print(&text, " %s", files);
    buffer_free(&rewriting.options);
    buffer_free(&rewriting.files);
    return buffer_take(&text);
}
