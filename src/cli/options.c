/* options.c: getopt_long with messages of our own: it stays silent, and from what it returns we say what is
 * wrong and which option was likely meant. */
#include "cli/options.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"

/* "[=FILE]": a value may be given, and only behind an equals sign. */
static int argument_kind(const struct option_rule *rule) {
    if (!rule->argument) return no_argument;
    return rule->argument[0] == '[' ? optional_argument : required_argument;
}

void options_start(struct option_reader *reader, const char *command, const struct option_rule *rules, size_t count,
                   int argc, char **argv) {
    *reader =
        (struct option_reader){.command = command, .rules = rules, .rule_count = count, .argc = argc, .argv = argv};
    reader->table = memory_get_zero(count + 1, sizeof *reader->table);
    struct buffer letters = {0};
    buffer_add_char(&letters, ':'); /* tells a missing value from an unknown option */
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct option_rule *rule = &rules[i];
        if (!rule->name) continue;
        reader->table[used++] =
            (struct option){rule->name, argument_kind(rule), NULL, rule->id};
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

const char *options_nearest(const char *wrong, const char *const *words, size_t count) {
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    struct view view = view_of(wrong);
    for (size_t i = 0; i < count; i++) {
        size_t distance = view_distance(view, view_of(words[i]));
        if (view.length >= 3 && view_starts_with(view_of(words[i]), wrong)) distance = distance < 1 ? distance : 1;
        if (distance < best_distance) {
            best_distance = distance;
            best = words[i];
        }
    }
    return best_distance <= 1 + view.length / 4 ? best : NULL;
}

static const struct option_rule *find_rule(const struct option_reader *reader, int id) {
    for (size_t i = 0; i < reader->rule_count; i++)
        if (reader->rules[i].name &&
            (reader->rules[i].id == id || (reader->rules[i].letter && reader->rules[i].letter == id)))
            return &reader->rules[i];
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
        if (reader->rules[i].name && strncmp(reader->rules[i].name, name, strlen(name)) == 0)
            buffer_print(&list, "%s--%s", count++ ? ", " : "", reader->rules[i].name);
    if (count > 1) {
        error_set(error, EXIT_WRONG_USE, "option --%s could be any of %.*s", name, VIEW_ARGS(buffer_view(&list)));
        error_fix(error, "write the option in full");
    }
    buffer_free(&list);
    return count > 1;
}

static void say_unknown(const struct option_reader *reader, const char *name, struct error *error) {
    const char **names = memory_get_zero(reader->rule_count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < reader->rule_count; i++)
        if (reader->rules[i].name) names[count++] = reader->rules[i].name;
    const char *nearest = options_nearest(name, names, count);
    if (nearest)
        error_set(error, EXIT_WRONG_USE, "unknown option --%s; did you mean --%s?", name, nearest);
    else
        error_set(error, EXIT_WRONG_USE, "unknown option --%s", name);
    free(names);
    error_fix(error, "st2plecto %s --help lists the options", reader->command);
}

static int wrong_option(struct option_reader *reader, struct error *error) {
    if (optopt != 0) {
        const struct option_rule *rule = find_rule(reader, optopt);
        if (rule) {
            error_set(error, EXIT_WRONG_USE, "option --%s takes no value", rule->name);
            error_fix(error, "write --%s alone", rule->name);
        } else {
            error_set(error, EXIT_WRONG_USE, "unknown option -%c", optopt);
            error_fix(error, "st2plecto %s --help lists the options", reader->command);
        }
        return OPTION_WRONG;
    }
    char *name = long_name(reader->argv[optind - 1]);
    if (!say_ambiguous(reader, name, error)) say_unknown(reader, name, error);
    free(name);
    return OPTION_WRONG;
}

int options_next(struct option_reader *reader, const char **value, struct error *error) {
    *value = "";
    int got = getopt_long(reader->argc, reader->argv, reader->letters, reader->table, NULL);
    if (got == -1) return OPTION_END;
    if (got == '?') return wrong_option(reader, error);
    if (got == ':') {
        const struct option_rule *rule = find_rule(reader, optopt);
        error_set(error, EXIT_WRONG_USE, "option --%s needs a value", rule ? rule->name : "?");
        if (rule) error_fix(error, "write --%s %s", rule->name, rule->argument);
        return OPTION_WRONG;
    }
    const struct option_rule *rule = find_rule(reader, got);
    if (optarg) *value = optarg;
    return rule ? rule->id : OPTION_WRONG;
}

size_t options_operands(const struct option_reader *reader, char ***operands) {
    *operands = reader->argv + optind;
    return (size_t)(reader->argc - optind);
}

bool options_word(const char *option, const char *value, const struct option_word *words, size_t count, int *result,
                  struct error *error) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, words[i].text) == 0) {
            *result = words[i].value;
            return true;
        }
    const char **texts = memory_get_zero(count + 1, sizeof *texts);
    struct buffer list = {0};
    for (size_t i = 0; i < count; i++) {
        texts[i] = words[i].text;
        buffer_print(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i].text);
    }
    const char *nearest = options_nearest(value, texts, count);
    if (nearest)
        error_set(error, EXIT_WRONG_USE, "%s \"%s\" is unknown; did you mean %s?", option, value, nearest);
    else
        error_set(error, EXIT_WRONG_USE, "%s \"%s\" is unknown", option, value);
    error_fix(error, "%s takes %.*s", option, VIEW_ARGS(buffer_view(&list)));
    buffer_free(&list);
    free(texts);
    return false;
}

bool options_number(const char *option, const char *value, uint64_t least, uint64_t most, uint64_t *result,
                    struct error *error) {
    uint64_t number = 0;
    bool is_fine = *value != '\0';
    for (const char *c = value; *c && is_fine; c++) {
        is_fine = *c >= '0' && *c <= '9' && number <= most;
        number = number * 10 + (uint64_t)(*c - '0');
    }
    if (is_fine && number >= least && number <= most) {
        *result = number;
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is not a whole number from %llu to %llu", option, value,
              (unsigned long long)least, (unsigned long long)most);
    return error_fix(error, "write for example %s %llu", option, (unsigned long long)(least > 0 ? least : 5));
}
