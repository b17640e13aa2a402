/* config_show.c: `config show`: the settings that a conversion would have, and where each comes from. It reads the command
 * line as convert does, so what it shows is what convert takes. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_show.h"
#include "cli/options.h"

/* A line of the table. */
static void add_line(struct buffer *out, const char *name, const char *value, const char *from) {
    struct buffer shown = {0};
    plain_add_text(&shown, value);
    words_left(out, view_of(name), 18);
    buffer_add_char(out, ' ');
    words_left(out, buffer_view(&shown), 28);
    buffer_add_char(out, ' ');
    plain_add_text(out, from);
    buffer_add_char(out, '\n');
    buffer_free(&shown);
}

/* Files that the settings have read already. */
static void add_files(struct buffer *text, const struct read_files *files) {
    for (size_t i = 0; files && i < files->count; i++)
        buffer_print(text, "%s%s", text->length ? ", " : "", files->list[i].path);
}

static char *value_of(const struct convert_settings *settings, const struct option_rule *rule) {
    struct result none = {.schema_name = memory_copy(view_of("auto")), .schema_file = memory_copy(view_of(""))};
    struct buffer text = {0};
    const struct showing showing = {rule, settings, &none};
    option_showing *show = rule->show ? rule->show : show_by_kind;
    if (rule->id == OPTION_SCHEMA || rule->id == OPTION_OUTPUT || (!rule->show && !rule->shapes_output)) show = show_by_kind;
    struct result_option *shown = result_add_option(&none, rule->name);
    if (rule->id != OPTION_FORMAT) show(&showing, shown);
    for (size_t i = 0; i < shown->value_count; i++)
        buffer_print(&text, "%s%s", i ? ", " : "", shown->values[i]);
    result_free(&none);
    if (rule->id == OPTION_ROSTER && text.length == 0) add_files(&text, roster_files(settings->roster));
    if (rule->id == OPTION_FIXES && text.length == 0) add_files(&text, fixes_files(settings->fixes));
    if (text.length == 0) buffer_add_char(&text, '-');
    return buffer_take(&text);
}

static char *source_of(const struct convert_settings *settings, const struct option_rule *rule) {
    size_t number = rule->id - OPTION_FIRST;
    if (settings->given[number] && !(rule->id == OPTION_DRY_RUN)) return memory_copy(view_of("command line"));
    if (settings->configured[number])
        return memory_print("%s:%u", config_path(settings->config), config_line(settings->config, NULL, rule->name));
    return memory_copy(view_of("default"));
}

struct telling {
    struct buffer *out;
    const char *path;
    char *schema; /* the one whose heading was written last; owned */
};

static void tell_setting(void *context, const char *schema, const char *key, const char *value, unsigned line) {
    struct telling *telling = context;
    if (!telling->schema || strcmp(telling->schema, schema) != 0) {
        buffer_add_text(telling->out, "\nOnly for ");
        plain_add_text(telling->out, schema);
        buffer_add_char(telling->out, '\n');
        free(telling->schema);
        telling->schema = memory_copy(view_of(schema));
    }
    char *from = memory_print("%s:%u", telling->path, line);
    add_line(telling->out, key, value, from);
    free(from);
}

static void show(const struct convert_settings *settings, struct buffer *out) {
    buffer_add_text(out, "Configuration: ");
    plain_add_text(out, settings->config ? config_path(settings->config) : "none");
    buffer_add_text(out, "\n\n");
    add_line(out, "Setting", "Value", "From");
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        if (!(rule->commands & FOR_CONVERT) || (!rule->is_key && rule->rank == 0)) continue;
        char *value = value_of(settings, rule), *from = source_of(settings, rule);
        add_line(out, rule->name, value, from);
        free(value);
        free(from);
    }
    if (!settings->config) return;
    struct telling telling = {.out = out, .path = config_path(settings->config)};
    config_each(settings->config, tell_setting, &telling);
    free(telling.schema);
}

static bool names_file(int argc, char **argv) {
    struct option_reader reader;
    struct error ignored = {0};
    const char *value = NULL;
    char **operands = NULL;
    options_start(&reader, &command_convert, argc, argv);
    while (options_next(&reader, &value, &ignored) != NULL) {}
    bool is_one = ignored.code != EXIT_FINE || options_operands(&reader, &operands) > 0;
    options_free(&reader);
    error_free(&ignored);
    return is_one;
}

/* As convert with --dry-run, which needs no output folder, and of standard input where no file is named. */
static enum exit_code show_settings(int argc, char **argv) {
    static char convert_name[] = "convert", dry_run[] = "--dry-run", standard_input[] = "-";
    char **words = memory_get_zero((size_t)argc + 4, sizeof *words);
    struct convert_settings settings;
    struct error error = {0};
    struct buffer out = {0};
    int count = 0;
    words[count++] = convert_name;
    words[count++] = dry_run;
    for (int i = 1; i < argc; i++)
        words[count++] = argv[i];
    if (!names_file(count, words)) words[count++] = standard_input;
    bool is_fine = convert_settings_read(&command_convert, count, words, &settings, &error);
    if (is_fine) show(&settings, &out);
    convert_settings_free(&settings);
    free(words);
    return is_fine ? cli_print(&out, EXIT_FINE) : cli_fail(&error);
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    (void)cli;
    struct error error = {0};
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) return help_print(command);
    if (argc > 1 && strcmp(argv[1], "show") == 0) return show_settings(argc - 1, argv + 1);
    error_set(&error, EXIT_WRONG_USE, argc > 1 ? "config has no %s, only show" : "config needs the word show",
              argc > 1 ? argv[1] : "");
    error_fix(&error, "st2plecto config show");
    return cli_fail(&error);
}

const struct command command_config = {
    .name = "config",
    .summary = "show every setting and where it comes from",
    .options = FOR_CONFIG,
    .is_offline = true,
    .run = run,
};
