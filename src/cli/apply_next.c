/* apply_next.c: see apply_next.h. A workbook of an earlier build has no lines "option=": there the values that were in force are taken. */
#include "cli/apply_next.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/command_line.h"
#include "output/formats.h"
#include "output/outdir.h"

#define NEVER " force dry-run fixes output threads quiet verbose color format config help "

struct next {
    const struct convert_settings *settings;
    const struct command *command; /* convert or validate */
    const char *sheet;             /* of this apply, in place of the workbook's; or NULL */
    bool has_no_config;
    struct buffer *out;
};

bool apply_next_value(struct view *rest, const char *name, struct view *value) {
    while (rest->length > 0) {
        struct view line = view_trim(view_take_until(rest, '\n'));
        if (!view_starts_with(line, name)) continue;
        *value = view_from(line.text + strlen(name), line.length - strlen(name));
        return true;
    }
    return false;
}

static void add_word(struct buffer *out, struct view value) {
    char *text = words_of_line(value);
    words_shell(out, text);
    free(text);
}

/* "NAME" or "NAME=VALUE" of a workbook: an option that the command has, or nothing. */
static void add_option(struct next *next, struct view line) {
    const char *equals = line.length > 0 ? memchr(line.text, '=', line.length) : NULL;
    struct view name = view_from(line.text, equals ? (size_t)(equals - line.text) : line.length);
    const struct option_rule *rule = option_find(next->command->options, name);
    char *padded = memory_print(" %.*s ", VIEW_ARGS(name));
    bool is_fine = rule && !strstr(NEVER, padded) && !(next->sheet && rule->id == OPTION_SHEET) &&
                   (equals != NULL) == (rule->argument != NULL);
    free(padded);
    if (!is_fine) return;
    if (rule->id == OPTION_NO_CONFIG) {
        next->has_no_config = true;
        return;
    }
    command_line_add_name(rule, next->out);
    if (!equals) return;
    buffer_add_char(next->out, ' ');
    add_word(next->out, view_from(equals + 1, line.length - name.length - 1));
}

/* A line of the values in force, as every workbook has them; what stands for none goes. */
static void add_old_option(struct next *next, struct view line, bool is_by_row) {
    const char *equals = line.length > 0 ? memchr(line.text, '=', line.length) : NULL;
    if (!equals) return;
    struct view name = view_from(line.text, (size_t)(equals - line.text));
    struct view value = view_from(equals + 1, line.length - name.length - 1);
    const struct option_rule *rule = option_find(next->command->options, name);
    bool is_of_totals = rule && (rule->id == OPTION_BY || rule->id == OPTION_PER || rule->id == OPTION_LAYOUT);
    if (!rule || value.length == 0 || rule->id == OPTION_ROSTER || (is_of_totals && is_by_row)) return;
    if (rule->id == OPTION_FIELD && value.text[value.length - 1] == '=') line.length--; /* without a title */
    if (!rule->argument && !view_is(value, "yes")) return;
    add_option(next, rule->argument ? line : name);
}

static void add_options(struct next *next, const struct review_book *book) {
    struct view rest = view_of(book->options), value = {0};
    bool is_new = apply_next_value(&rest, "command=", &value);
    rest = view_of(book->options);
    if (is_new) {
        while (apply_next_value(&rest, "option=", &value))
            add_option(next, value);
        return;
    }
    bool is_by_row = apply_next_value(&rest, "by=", &value) && view_is(value, "row");
    if (strcmp(book->schema_file, "built-in") != 0) {
        buffer_add_text(next->out, " --schema ");
        words_shell(next->out, book->schema_file);
    }
    for (rest = view_of(book->options); rest.length > 0;)
        add_old_option(next, view_trim(view_take_until(&rest, '\n')), is_by_row);
    next->has_no_config = true;
}

/* --- fixes ------------------------------------------------------------------------------------------------------ */

struct names {
    char **list;
    size_t count, capacity;
};

static void add_name(struct names *names, struct view name) {
    for (size_t i = 0; i < names->count; i++)
        if (view_is(name, names->list[i])) return;
    void *list = names->list;
    memory_grow(&list, &names->capacity, names->count + 1, sizeof *names->list);
    names->list = list;
    names->list[names->count++] = memory_copy(name);
}

/* Those that the run of the workbook had, those of this apply, and the new ones. */
static void add_fixes(struct next *next, const struct review_book *book, const char *path) {
    struct names names = {0};
    struct view rest = view_of(book->options ? book->options : ""), value = {0};
    const struct read_files *own = fixes_files(next->settings->fixes);
    while (apply_next_value(&rest, "fixes-file=", &value))
        add_name(&names, value);
    for (size_t i = 0; own && i < own->count; i++)
        add_name(&names, view_of(own->list[i].path));
    add_name(&names, view_of(path));
    for (size_t i = 0; i < names.count; i++) {
        buffer_add_text(next->out, " --fixes ");
        words_shell(next->out, names.list[i]);
        free(names.list[i]);
    }
    free(names.list);
}

/* An older workbook has a hash of its fixes and the count of its people only. */
static void add_missing(const struct review_book *book, const char *origin, const char *workbook, struct buffer *out) {
    const char *options = book->options ? book->options : "";
    struct view rest = view_of(options), made = {0}, now = {0}, ignored = {0};
    if (apply_next_value(&rest, "command=", &ignored)) return;
    rest = view_of(options);
    bool had_fixes = apply_next_value(&rest, "fixes=", &made);
    rest = view_of(origin ? origin : "");
    bool has_them = had_fixes && apply_next_value(&rest, "fixes=", &now) && view_equal(made, now);
    rest = view_of(options);
    bool had_people = apply_next_value(&rest, "roster=", &made) && !view_is(made, "0 people");
    const char *what[] = {had_fixes && !has_them ? "--fixes" : NULL, had_people ? "--roster" : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (!what[i]) continue;
        buffer_print(out, "The run that made ");
        plain_add_text(out, workbook);
        buffer_print(out, " had %s, and the workbook does not name the file. Add %s FILE to the command.\n", what[i],
                     what[i]);
    }
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* The folder that the workbook was published in, if it still is one; else NULL. The caller frees. */
static char *own_folder(const char *workbook) {
    char *folder = place_folder_of(workbook);
    char *result = memory_print("%s/%s", folder, output_name(OUTPUT_RESULT));
    bool is_published = strchr(workbook, '/') && access(result, F_OK) == 0;
    free(result);
    if (is_published) return folder;
    free(folder);
    return NULL;
}

static const struct command *command_of(const struct review_book *book) {
    struct view rest = view_of(book->options ? book->options : ""), value = {0};
    bool is_check = apply_next_value(&rest, "command=", &value) && view_is(value, "validate");
    return command_line_command(is_check ? "validate" : "convert");
}

void apply_add_next(const struct convert_settings *settings, const struct review_book *book, const char *origin,
                    const char *path, struct buffer *out) {
    struct next next = {.settings = settings, .command = command_of(book), .out = out};
    char *folder = own_folder(settings->workbook), *to = folder ? NULL : outdir_free_name("plecto");
    if (convert_is_asked(settings, OPTION_SHEET)) next.sheet = settings->run.input.sheet;
    buffer_print(out, "\nNext: st2plecto %s", next.command->name);
    if (book->options) add_options(&next, book);
    if (next.sheet) {
        buffer_add_text(out, " --sheet ");
        words_shell(out, next.sheet);
    }
    if (next.has_no_config || settings->has_no_config || settings->config) buffer_add_text(out, " --no-config");
    buffer_add_text(out, " -o ");
    words_shell(out, folder ? folder : to);
    if (folder) buffer_add_text(out, " --force");
    add_fixes(&next, book, path);
    for (size_t i = 0; i < settings->run.path_count; i++) {
        const char *file = settings->run.paths[i];
        command_line_add_file(out, strcmp(file, "<stdin>") == 0 ? "-" : file);
    }
    buffer_add_char(out, '\n');
    add_missing(book, origin, settings->workbook, out);
    free(to);
    free(folder);
}
