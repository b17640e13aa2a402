/* convert_draft.c: `convert --draft`: for a report that no schema fits. Drafts one as `schema init` does, checks it as `schema
 * lint` does, saves it beside the output folder and converts with it. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "cli/convert_options.h"
#include "cli/schema_draft.h"
#include "output/whole_file.h"
#include "schema/bind.h"
#include "schema/known_labels.h"
#include "schema/schema_reader.h"

static bool check_options(const struct convert_settings *settings, struct error *error) {
    const char *why = settings->run.dry_run                              ? "--dry-run writes nothing"
                      : strcmp(settings->run.schema, "auto") != 0        ? "--schema names one already"
                      : strcmp(settings->run.paths[0], "-") == 0         ? "standard input can be read only once"
                                                                         : NULL;
    if (!why) return true;
    error_set(error, EXIT_WRONG_USE, "--draft makes a schema, saves it and reads the file again, but %s", why);
    return error_fix(error, settings->run.dry_run                      ? "To see a draft only:\nst2plecto schema init FILE"
                            : strcmp(settings->run.paths[0], "-") == 0 ? "Save it to a file, and name that."
                                                                       : "Leave out --draft, or --schema.");
}

/* Whether the file has what the schema needs for an ID and a date (a draft would need a period as well), and, of a report
 * whose maker chooses its columns, the schema knows them all. */
static bool is_usable(const struct schema *schema, const struct input_facts *facts) {
    struct bind_options options = {.has_period = true};
    struct binding *binding = NULL;
    struct error ignored = {0};
    bool is_fine = bind_columns(schema, facts, &options, &binding, &ignored) && binding->id_part_count > 0 &&
                   (binding->date_count > 0 || schema->date_from_period) &&
                   (!draft_may_replace(schema) || binding->unknown_count == 0);
    error_free(&ignored);
    binding_free(binding);
    return is_fine;
}

/* A schema that fits is better than any draft. */
static bool check_fit(const struct convert_settings *settings, const struct input_facts *facts, struct error *error) {
    struct schema *schema = NULL;
    struct error none = {0};
    if (!schema_choose(facts, settings->run.schema_folder, NULL, &schema, &none)) {
        error_free(&none);
        return true;
    }
    if (!is_usable(schema, facts)) {
        schema_free(schema);
        return true;
    }
    char *file = memory_copy(view_of(facts->path));
    error_set(error, EXIT_WRONG_USE, "%s fits the schema %s, so no draft is needed", file, schema->name);
    error_fix(error, "Leave out --draft.");
    schema_free(schema);
    free(file);
    return false;
}

static bool check_text(const struct buffer *text, const char *path, struct error *error) {
    struct schema *schema = NULL;
    if (schema_parse(buffer_view(text), "draft", &schema, error)) {
        schema_free(schema);
        return true;
    }
    char *why = memory_copy(view_of(error->message));
    error_set(error, EXIT_ANSWER_NO, "the draft from %s is not complete: %s", path, why);
    free(why);
    return error_fix(error, "Save the draft, complete it by hand and convert with it:\nst2plecto schema init -o plecto.schema.json {file}") ||
           error_fix_file(error, path);
}

/* plecto/ → plecto.schema.json */
static char *beside(const char *folder) {
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    return memory_print("%s%.*s.schema.json", strchr(folder, '/') ? "" : "./", (int)length, folder);
}

static bool save(const struct cli *cli, const struct buffer *text, char *file,
                 struct error *error) {
    struct buffer there = {0};
    struct error ignored = {0};
    bool is_same = schema_read_file(file, &there, &ignored) && view_equal(buffer_view(&there), buffer_view(text));
    error_free(&ignored);
    buffer_free(&there);
    if (is_same) return true;
    if (whole_file_check(file, false, error)) return whole_file_write(file, buffer_view(text), false, &cli->watch, error);
    if (error->code != EXIT_WRONG_USE) return false;
    error_set(error, EXIT_WRONG_USE, "%s exists already, perhaps a draft that was corrected", file);
    return error_fix(error, "To convert with it, put --schema %s in place of --draft. To draft anew, delete it first.", file);
}

/* What a column holds that names no employee, for a message; NULL where it may. */
static const char *what_else(const struct draft_field *field) {
    static const char *const words[][2] = {
        {"number", "numbers"}, {"date", "dates"}, {"datetime", "dates"}, {"duration", "durations"}, {"boolean", "yes and no"}};
    if (field->guess.kind == LABEL_PRIVATE) return "personal data of customers";
    if (field->guess.kind == LABEL_EMPLOYEE || field->guess.kind == LABEL_EMPLOYEE_ID) return NULL;
    if (field->guess.kind == LABEL_MONEY || field->guess.kind == LABEL_PRICE) return "amounts";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(field->word, words[i][0]) == 0) return words[i][1];
    return NULL;
}

/* --employee and --date are what the schema says from now on, too. */
static bool use_wishes(const struct convert_settings *settings, struct draft *draft, struct error *error) {
    const char *employee = settings->run.employee_field, *date = settings->run.date_field;
    size_t column = employee ? draft_find_column(draft, view_of(employee)) : SIZE_MAX;
    if (column != SIZE_MAX && what_else(&draft->fields[column])) {
        error_set(error, EXIT_WRONG_USE, "--employee %s: this column holds %s, so each would be an employee", employee,
                  what_else(&draft->fields[column]));
        error_fix(error, "To list the file's columns:\nst2plecto inspect {file}");
        return error_fix_file(error, settings->run.paths[0]);
    }
    if (column != SIZE_MAX) draft_use_person(draft, column);
    column = date ? draft_find_column(draft, view_of(date)) : SIZE_MAX;
    if (column != SIZE_MAX && draft_is_date(&draft->fields[column])) {
        draft->date = column;
        draft->fields[column].guess.is_sure = true;
    }
    draft_assign_roles(draft);
    return true;
}

static void take_doubts(const struct draft *source, struct convert_draft *draft) {
    struct draft_doubts doubts;
    draft_doubts_make(source, &doubts);
    draft->doubts = memory_get_zero(doubts.count + 1, sizeof *draft->doubts);
    draft->doubt_count = doubts.count;
    for (size_t i = 0; i < doubts.count; i++) {
        draft->doubts[i] = (struct run_doubt){doubts.list[i].column, doubts.list[i].text};
        doubts.list[i] = (struct draft_doubt){NULL, NULL};
    }
    draft_doubts_free(&doubts);
}

bool convert_draft(const struct cli *cli, struct convert_settings *settings, struct convert_draft *draft,
                   struct error *error) {
    if (!check_options(settings, error)) return false;
    struct input *input = NULL;
    struct profile profile = {0};
    struct buffer text = {0};
    struct input_options options = settings->run.input;
    struct known_labels *labels = known_labels_create(NULL, settings->run.schema_folder);
    options.judge = known_labels_judge(labels);
    const char *path = settings->run.paths[0];
    bool is_fine = input_open(path, &options, &input, error) && check_fit(settings, input_facts(input), error) &&
                   profile_read(input, &profile, error);
    known_labels_free(labels);
    if (is_fine) {
        struct draft source;
        struct label_dictionary *dictionary = label_dictionary_create();
        draft_make(input_facts(input), &profile, dictionary, &source);
        is_fine = use_wishes(settings, &source, error);
        label_dictionary_free(dictionary);
        draft_write(&source, &text);
        take_doubts(&source, draft);
        draft_free(&source);
        draft->file = beside(settings->run.output);
        is_fine = is_fine && check_text(&text, path, error) && save(cli, &text, draft->file, error);
    }
    if (is_fine) {
        settings->run.schema = draft->file;
        settings->run.doubts = draft->doubts;
        settings->run.doubt_count = draft->doubt_count;
    }
    profile_free(&profile);
    input_close(input);
    buffer_free(&text);
    return is_fine;
}

void convert_draft_free(struct convert_draft *draft) {
    for (size_t i = 0; i < draft->doubt_count; i++) {
        free(draft->doubts[i].column);
        free(draft->doubts[i].text);
    }
    free(draft->doubts);
    free(draft->file);
    *draft = (struct convert_draft){0};
}
