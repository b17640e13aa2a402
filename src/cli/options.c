/* options.c: getopt_long with messages of our own: it stays silent, and from what it returns we say what is
 * wrong and which option was likely meant. */
#include "cli/options.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "cli/option_values.h"
#include "cli/pages.h"
#include "port/files.h"

/* getopt's number of an option's name of before: above all names. */
#define WAS(rule) ((int)(rule)->id + OPTION_BEHIND)

/* "[=FILE]": a value may be given, and only behind an equals sign. */
static int argument_kind(const struct option_rule *rule) {
    if (!rule->argument) return no_argument;
    return rule->argument[0] == '[' ? optional_argument : required_argument;
}

size_t options_of(const struct command *command, const struct option_rule **rules) {
    struct page_reader page;
    struct page_piece piece;
    size_t count = 0;
    page_start(&page, command->name);
    while (count < OPTION_COUNT && page_next(&page, &piece)) {
        const struct option_rule *rule = piece.option.length ? option_find(command->options, piece.option) : NULL;
        if (rule) rules[count++] = rule;
    }
    return count;
}

void options_start(struct option_reader *reader, const struct command *command, int argc, char **argv) {
    *reader = (struct option_reader){.command = command->name, .argc = argc, .argv = argv};
    size_t count = options_of(command, reader->rules);
    reader->rule_count = count;
    reader->table = memory_get_zero(2 * count + 1, sizeof *reader->table);
    size_t used = 0;
    struct buffer letters = {0};
    buffer_add_char(&letters, ':'); /* tells a missing value from an unknown option */
    for (size_t i = 0; i < count; i++) {
        const struct option_rule *rule = reader->rules[i];
        reader->table[used++] = (struct option){rule->name, argument_kind(rule), NULL, (int)rule->id};
        if (rule->was) reader->table[used++] = (struct option){rule->was, optional_argument, NULL, WAS(rule)};
        if (rule->letter) {
            buffer_add_char(&letters, rule->letter);
            buffer_add_text(&letters, rule->argument ? ":" : "");
        }
    }
    reader->letters = buffer_take(&letters);
    opterr = 0;
    optind = 0; /* glibc and musl: begin anew */
}

void options_free(struct option_reader *reader) {
    free(reader->table);
    free(reader->letters);
    *reader = (struct option_reader){0};
}

static const struct option_rule *find_rule(const struct option_reader *reader, int id) {
    for (size_t i = 0; i < reader->rule_count; i++)
        if ((int)reader->rules[i]->id == id || (reader->rules[i]->letter && reader->rules[i]->letter == id))
            return reader->rules[i];
    return NULL;
}

/* "--dat=x": the name without dashes and value; the caller frees. */
static char *long_name(const char *text) {
    const char *name = text + 2;
    const char *end = strchr(name, '=');
    return memory_copy(view_from(name, end ? (size_t)(end - name) : strlen(name)));
}

static bool say_ambiguous(const struct option_reader *reader, const char *name, struct error *error) {
    struct buffer list = {0};
    size_t count = 0;
    for (size_t i = 0; i < reader->rule_count; i++)
        if (strncmp(reader->rules[i]->name, name, strlen(name)) == 0)
            buffer_print(&list, "%s--%s", count++ ? ", " : "", reader->rules[i]->name);
    if (count > 1) {
        error_set(error, EXIT_WRONG_USE, "option --%s could be any of %.*s", name, VIEW_ARGS(buffer_view(&list)));
        error_fix(error, "Write the option in full.");
    }
    buffer_free(&list);
    return count > 1;
}

/* run takes convert's options from its configuration, so that each night has the same. */
static bool say_of_configuration(const struct option_reader *reader, const char *name, struct error *error) {
    const struct option_rule *rule =
        strcmp(reader->command, "run") == 0 ? option_find(FOR_CONVERT, view_of(name)) : NULL;
    if (!rule) return false;
    error_set(error, EXIT_WRONG_USE, "run takes --%s from its configuration only", rule->name);
    error_fix(error, "Write \"%s\" with its value into st2plecto.json. For an example:\nst2plecto help run",
              rule->name);
    return true;
}

static void say_unknown(const struct option_reader *reader, const char *name, struct error *error) {
    const char *names[OPTION_COUNT];
    for (size_t i = 0; i < reader->rule_count; i++)
        names[i] = reader->rules[i]->name;
    const char *nearest = options_nearest(name, names, reader->rule_count);
    if (nearest)
        error_set(error, EXIT_WRONG_USE, "unknown option --%s; did you mean --%s?", name, nearest);
    else
        error_set(error, EXIT_WRONG_USE, "unknown option --%s", name);
    error_fix(error, "To list the options:\nst2plecto %s --help", reader->command);
}

static const struct option_rule *wrong_option(struct option_reader *reader, struct error *error) {
    if (optopt != 0) {
        const struct option_rule *rule = find_rule(reader, optopt);
        if (rule) {
            error_set(error, EXIT_WRONG_USE, "option --%s takes no value", rule->name);
            error_fix(error, "Write --%s alone.", rule->name);
        } else {
            error_set(error, EXIT_WRONG_USE, "unknown option -%c", optopt);
            error_fix(error, "To list the options:\nst2plecto %s --help", reader->command);
        }
        return NULL;
    }
    char *name = long_name(reader->argv[optind - 1]);
    if (!say_ambiguous(reader, name, error) && !say_of_configuration(reader, name, error))
        say_unknown(reader, name, error);
    free(name);
    return NULL;
}

/* --help --all: getopt would read --all as --allow-cut. */
static bool is_all_elsewhere(const struct option_reader *reader, const struct option_rule *rule) {
    const char *text = optind > 0 && optind <= reader->argc ? reader->argv[optind - 1] : "";
    return strcmp(text, "--all") == 0 && !(rule && rule->id == OPTION_ALL);
}

static void say_all(const struct option_reader *reader, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s has no option --all. Only help has it.", reader->command);
    error_fix(error, "st2plecto help %s --all", reader->command);
}

/* Whether getopt's number is a name of before; then what it is now is said. */
static bool say_renamed(const struct option_reader *reader, int got, struct error *error) {
    for (size_t i = 0; i < reader->rule_count; i++) {
        const struct option_rule *rule = reader->rules[i];
        if (!rule->was || WAS(rule) != got) continue;
        error_set(error, EXIT_WRONG_USE, "--%s is now --%s", rule->was, rule->name);
        error_fix(error, "Write --%s%s%s instead.", rule->name, rule->argument ? " " : "",
                  rule->argument ? rule->argument : "");
        return true;
    }
    return false;
}

static bool takes_path(const struct option_rule *rule) {
    return rule && rule->argument && (strstr(rule->argument, "FILE") || strstr(rule->argument, "DIR"));
}

const struct option_rule *options_next(struct option_reader *reader, const char **value, struct error *error) {
    *value = "";
    int got = getopt_long(reader->argc, reader->argv, reader->letters, reader->table, NULL);
    if (got == -1) return NULL;
    const struct option_rule *rule = got == '?' ? NULL : find_rule(reader, got == ':' ? optopt : got);
    if ((!rule || !rule->argument) && is_all_elsewhere(reader, rule)) {
        say_all(reader, error);
        return NULL;
    }
    if (got == '?') return wrong_option(reader, error);
    if (say_renamed(reader, got, error)) return NULL;
    if (got == ':') {
        error_set(error, EXIT_WRONG_USE, "option --%s needs a value", rule ? rule->name : "?");
        if (rule)
            error_fix(error, "Write --%s %s, with a value in place of %s.", rule->name, rule->argument, rule->argument);
        return NULL;
    }
    if (optarg && takes_path(rule)) files_take_path(optarg);
    if (optarg) *value = optarg;
    return rule;
}

bool options_read(struct option_reader *reader, void *settings, bool *given, struct error *error) {
    const struct option_rule *rule;
    const char *value = NULL;
    while ((rule = options_next(reader, &value, error)) != NULL) {
        if (given) given[rule->id - OPTION_FIRST] = true;
        if (!option_take(rule, value, settings, error)) return false;
    }
    return error->code == EXIT_FINE;
}

void options_read_rest(struct option_reader *reader, enum option_id id, void *settings) {
    for (int got; (got = getopt_long(reader->argc, reader->argv, reader->letters, reader->table, NULL)) != -1;) {
        const struct option_rule *rule = got == (int)id ? find_rule(reader, got) : NULL;
        struct error ignored = {0};
        if (rule) option_take(rule, optarg ? optarg : "", settings, &ignored);
        error_free(&ignored);
    }
}

size_t options_operands(const struct option_reader *reader, char ***operands) {
    *operands = reader->argv + optind;
    for (int i = optind; i < reader->argc; i++)
        files_take_path(reader->argv[i]);
    return (size_t)(reader->argc - optind);
}
