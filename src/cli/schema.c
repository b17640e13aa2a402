/* schema.c: `schema list | show NAME | lint FILE | init FILE`: looks at schemas, checks one, drafts one. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/kept_files.h"
#include "cli/schema_draft.h"
#include "output/outdir.h"
#include "output/whole_file.h"
#include "render/json_write.h"
#include "schema/known_labels.h"
#include "schema/schema_reader.h"

/* --- list and show ------------------------------------------------------------------------------------- */

/* What a row is: the description up to its first comma or full stop. */
static struct view summary_of(const struct schema *schema) {
    if (!schema->description[0]) return view_of(schema->title);
    const char *colon = strstr(schema->description, ": ");
    size_t start = colon ? (size_t)(colon - schema->description) + 2 : 0;
    size_t length = strcspn(schema->description + start, ",.");
    return view_from(schema->description, start + length);
}

static bool list(const struct convert_settings *settings, char *const *operands, struct buffer *out,
                 enum exit_code *code, struct error *error) {
    (void)operands;
    *code = EXIT_FINE;
    size_t count = 0;
    bool is_fine = true;
    char **names = schema_names(settings->run.schema_folder, &count, error);
    if (!names) return false;
    for (size_t i = 0; i < count; i++) {
        struct schema *schema = NULL;
        is_fine = is_fine && schema_load(names[i], settings->run.schema_folder, &schema, error);
        if (schema) {
            words_left(out, view_of(names[i]), 32);
            buffer_add_text(out, "  ");
            plain_add(out, summary_of(schema));
            if (strcmp(schema->file, "built-in") != 0) {
                buffer_add_text(out, " [");
                plain_add_text(out, schema->file);
                buffer_add_char(out, ']');
            }
            buffer_add_char(out, '\n');
        }
        schema_free(schema);
        free(names[i]);
    }
    free(names);
    return is_fine;
}

static bool show(const struct convert_settings *settings, char *const *operands, struct buffer *out,
                 enum exit_code *code, struct error *error) {
    *code = EXIT_FINE;
    struct schema *schema = NULL;
    if (!schema_load(operands[0], settings->run.schema_folder, &schema, error)) return false;
    bool is_fine = true;
    struct buffer text = {0};
    if (strcmp(schema->file, "built-in") == 0) {
        buffer_add(&text, schema_built_in(operands[0], NULL));
    } else {
        is_fine = schema_read_file(schema->file, &text, error);
    }
    json_shown(out, buffer_view(&text));
    buffer_free(&text);
    schema_free(schema);
    return is_fine;
}

/* --- lint -------------------------------------------------------------------------------------------------- */

static size_t count_lines(struct view text) {
    size_t lines = 0;
    for (size_t i = 0; i < text.length; i++)
        lines += text.text[i] == '\n';
    return lines;
}

/* What changed for the user's own schema; the built-in ones changed with the rules. */
static void add_changes(struct view text, const char *file, struct buffer *out) {
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (view_equal(text, view_from(embedded_schemas[i].text, embedded_schemas[i].length))) return;
    struct error none = {0};
    struct schema *schema = NULL;
    if (schema_parse(text, file, &schema, &none)) schema_note_changes(schema, file, out);
    schema_free(schema);
    error_free(&none);
}

static bool lint(const struct convert_settings *settings, char *const *operands, struct buffer *out,
                 enum exit_code *code, struct error *error) {
    (void)settings;
    struct buffer text = {0};
    if (!schema_read_file(operands[0], &text, error)) {
        buffer_free(&text);
        return false;
    }
    size_t errors = schema_lint(buffer_view(&text), operands[0], out);
    size_t warnings = count_lines(buffer_view(out)) - errors;
    plain_add(out, view_of(operands[0]));
    if (errors + warnings == 0)
        buffer_add_text(out, ": fine\n");
    else
        buffer_print(out, ": %zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings,
                     warnings == 1 ? "" : "s");
    if (errors > 0) *code = EXIT_WRONG_USE;
    if (errors == 0) add_changes(buffer_view(&text), operands[0], out);
    buffer_free(&text);
    return true;
}

/* --- init -------------------------------------------------------------------------------------------------- */

/* What is not sure, as questions with their answers. */
static void add_doubts(const struct draft_doubts *doubts, struct buffer *out) {
    for (size_t i = 0; i < doubts->count; i++) {
        buffer_add_text(out, i == 0 ? "Not sure:\n  " : "  ");
        plain_add_text(out, doubts->list[i].text);
        buffer_add_text(out, strchr(".?", out->text[out->length - 1]) ? "\n" : ".\n");
    }
}

static bool check_name(const char *name, struct error *error) {
    const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!name || (name[0] && strspn(name, letters) == strlen(name))) return true;
    error_set(error, EXIT_WRONG_USE, "--name \"%s\" is no name of a schema", name);
    return error_fix(error, "Use letters, digits, - and _ only, such as --name technician-board");
}

/* A draft that lacks a role is printed all the same, and what it lacks is said on stderr. */
static enum exit_code check_draft(const struct buffer *draft, const char *path, const char *output) {
    struct schema *schema = NULL;
    struct error error = {0};
    if (schema_parse(buffer_view(draft), "draft", &schema, &error)) {
        schema_free(schema);
        return EXIT_FINE;
    }
    char *why = memory_copy(view_of(error.message));
    error_set(&error, EXIT_ANSWER_NO, "the draft from %s is not complete: %s", path, why);
    error_fix(&error, "Give a field of the draft that role, then check it:\nst2plecto schema lint %s",
              output ? output : "FILE");
    free(why);
    return cli_fail(&error);
}

/* What was written, what is not sure of it, and what comes next. */
static void add_written(const struct convert_settings *settings, const char *path, const struct draft_doubts *doubts,
                        struct buffer *out) {
    const char *file = settings->run.output;
    buffer_add_text(out, ": draft written. Check the guesses in it.\n");
    add_doubts(doubts, out);
    buffer_add_text(out, "Next: st2plecto schema lint ");
    words_shell(out, file);
    char *folder = outdir_free_name("plecto");
    buffer_add_text(out, "\nThen: st2plecto convert --schema ");
    if (!strchr(file, '/')) buffer_add_text(out, "./"); /* a name without a slash or dot is that of a built-in schema */
    words_shell(out, file);
    buffer_print(out, " -o %s ", folder);
    words_shell(out, path);
    buffer_add_char(out, '\n');
    free(folder);
}

static bool init(const struct convert_settings *settings, char *const *operands, struct buffer *out,
                 enum exit_code *code, struct error *error) {
    struct input *input = NULL;
    struct profile profile = {0};
    struct draft draft;
    struct draft_doubts doubts = {0};
    if (!check_name(settings->draft_name, error) || !kept_files_differ(settings->run.output, operands[0], error) ||
        !kept_files_spare_folder(settings->run.output, error))
        return false;
    struct input_options options = settings->run.input;
    struct known_labels *labels = known_labels_create(NULL, settings->run.schema_folder);
    options.judge = known_labels_judge(labels);
    bool is_fine = input_open(operands[0], &options, &input, error) && profile_read(input, &profile, error);
    known_labels_free(labels);
    if (is_fine) {
        struct label_dictionary *dictionary = label_dictionary_create();
        draft_make(input_facts(input), &profile, dictionary, &draft);
        label_dictionary_free(dictionary);
        draft.name = settings->draft_name;
        draft.title = settings->run.title;
        is_fine = !settings->asks || draft_ask(&draft, error);
        draft_doubts_make(&draft, &doubts);
        draft_write(&draft, out);
        draft_free(&draft);
        *code = check_draft(out, operands[0], settings->run.output);
    }
    profile_free(&profile);
    input_close(input);
    const char *file = settings->run.output;
    if (is_fine && file) {
        is_fine = whole_file_write(file, buffer_view(out), settings->run.force, settings->run.watch, error);
        out->length = 0;
        plain_add(out, view_of(file));
        if (*code == EXIT_FINE)
            add_written(settings, operands[0], &doubts, out);
        else /* no command works before the draft is completed by hand */
            buffer_add_text(out, ": draft written, not complete yet\n");
    }
    draft_doubts_free(&doubts);
    return is_fine;
}

/* --- the command ------------------------------------------------------------------------------------------- */

struct action {
    const char *name;
    const char *operand; /* what it needs, or NULL */
    bool (*run)(const struct convert_settings *settings, char *const *operands, struct buffer *out,
                enum exit_code *code, struct error *error);
};
static const struct action actions[] = {
    {"list", NULL, list}, {"show", "NAME", show}, {"lint", "FILE", lint}, {"init", "FILE", init}};
#define ACTION_COUNT (sizeof actions / sizeof *actions)

static const struct action *find_action(const char *name, struct error *error) {
    const char *names[ACTION_COUNT];
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        names[i] = actions[i].name;
        if (name && strcmp(name, names[i]) == 0) return &actions[i];
    }
    const char *nearest = name ? options_nearest(name, names, ACTION_COUNT) : NULL;
    if (name)
        error_set(error, EXIT_WRONG_USE, "schema has no \"%s\"%s%s%s", name, nearest ? "; did you mean schema " : "",
                  nearest ? nearest : "", nearest ? "?" : "");
    else
        error_set(error, EXIT_WRONG_USE, "schema needs to know what to do");
    error_fix(error, "Write schema list, schema show NAME, schema lint FILE or schema init FILE");
    return NULL;
}

/* Finds the action and checks its operand. */
static const struct action *read_line(const struct command *command, int argc, char **argv,
                                      struct convert_settings *settings, char ***operands, struct error *error) {
    struct option_reader reader;
    const struct action *action = NULL;
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, settings, NULL, error);
    if (is_fine && !settings->wants_help) {
        size_t count = options_operands(&reader, operands);
        action = find_action(count > 0 ? (*operands)[0] : NULL, error);
        size_t wanted = action && action->operand ? 2 : 1;
        if (action && count != wanted) {
            error_set(error, EXIT_WRONG_USE, "schema %s %s", action->name,
                      count > wanted ? "got too many arguments" : "needs an argument");
            error_fix(error, "Write st2plecto schema %s %s", action->name, action->operand ? action->operand : "");
            action = NULL;
        }
    }
    options_free(&reader);
    return action;
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    struct convert_settings settings = {.run.watch = &cli->watch};
    struct error error = {0};
    struct buffer out = {0};
    char **operands = NULL;
    enum exit_code code = EXIT_FINE;
    const struct action *action = read_line(command, argc, argv, &settings, &operands, &error);
    if (settings.wants_help && error.code == EXIT_FINE) return help_print(command);
    if (action && action->run(&settings, operands + 1, &out, &code, &error)) return cli_print(&out, code);
    buffer_free(&out);
    return cli_fail(&error);
}

const struct command command_schema = {
    .name = "schema",
    .summary = "list, show, check and draft schemas",
    .options = FOR_SCHEMA,
    .is_offline = true,
    .run = run,
};
