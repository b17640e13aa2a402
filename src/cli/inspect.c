/* inspect.c: `inspect FILE`: what is this file, and what to do with it. The head says the format; the whole file is
 * read once for the types; every schema is scored. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/inspect.h"
#include "schema/known_labels.h"
#include "schema/schema_reader.h"

/* --- schemas ------------------------------------------------------------------------------------------ */

static int compare_scores(const void *left, const void *right) {
    const struct inspect_score *a = left, *b = right;
    return a->score != b->score ? b->score - a->score : strcmp(a->name, b->name);
}

static bool score_schemas(struct inspection *inspection, const char *folder, struct error *error) {
    bool is_fine = true;
    char **names = schema_names(folder, &inspection->score_count, error);
    if (!names) return false;
    inspection->scores = memory_get_zero(inspection->score_count + 1, sizeof *inspection->scores);
    for (size_t i = 0; i < inspection->score_count; i++) {
        struct schema *schema = NULL;
        inspection->scores[i].name = names[i];
        is_fine = is_fine && schema_load(names[i], folder, &schema, error);
        inspection->scores[i].score = schema ? bind_score(schema, inspection->facts) : 0;
        schema_free(schema);
    }
    free(names);
    if (inspection->score_count > 1)
        qsort(inspection->scores, inspection->score_count, sizeof *inspection->scores, compare_scores);
    return is_fine;
}

/* What auto would take; none is no error here, but an answer. */
static bool choose(struct inspection *inspection, const char *folder, struct error *error) {
    struct error none = {0};
    struct bind_options options = {.date_field = NULL};
    if (schema_choose(inspection->facts, folder, NULL, &inspection->schema, &none))
        return bind_columns(inspection->schema, inspection->facts, &options, &inspection->binding, error);
    inspection->why_none = memory_copy(view_of(none.message));
    error_free(&none);
    return true;
}

/* --- the command -------------------------------------------------------------------------------------- */

static bool inspect(const struct convert_settings *settings, struct inspection *inspection, struct error *error) {
    struct input_options input = settings->run.input;
    inspection->labels = known_labels_create();
    input.judge = known_labels_judge(inspection->labels);
    if (!input_open(inspection->path, &input, &inspection->input, error)) return false;
    inspection->facts = input_facts(inspection->input);
    inspection->shows_values = settings->shows_values;
    if (!profile_read(inspection->input, &inspection->profile, error) ||
        !score_schemas(inspection, settings->run.schema_folder, error) ||
        !choose(inspection, settings->run.schema_folder, error))
        return false;
    inspect_advise(inspection, settings->run.schema_folder);
    return true;
}

static void inspection_free(struct inspection *inspection) {
    for (size_t i = 0; i < inspection->score_count; i++)
        free(inspection->scores[i].name);
    free(inspection->scores);
    for (size_t i = 0; i < inspection->advice_count; i++)
        free(inspection->advice[i]);
    free(inspection->advice);
    free(inspection->next);
    free(inspection->why_none);
    binding_free(inspection->binding);
    schema_free(inspection->schema);
    profile_free(&inspection->profile);
    input_close(inspection->input);
    known_labels_free(inspection->labels);
}

static bool read_line(const struct command *command, int argc, char **argv, struct convert_settings *settings,
                      const char **path, struct error *error) {
    struct option_reader reader;
    char **operands = NULL;
    options_start(&reader, command, argc, argv);
    bool is_fine = options_read(&reader, settings, NULL, error);
    if (is_fine && !settings->wants_help) {
        size_t count = options_operands(&reader, &operands);
        *path = operands[0];
        if (count != 1) {
            is_fine = error_set(error, EXIT_WRONG_USE, count == 0 ? "inspect needs a file" : "inspect takes one file");
            error_fix(error, "Write st2plecto inspect FILE (- is standard input)");
        }
    }
    options_free(&reader);
    return is_fine;
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    (void)cli;
    struct convert_settings settings = {0};
    struct inspection inspection = {0};
    struct error error = {0};
    struct buffer out = {0};
    if (!read_line(command, argc, argv, &settings, &inspection.path, &error)) return cli_fail(&error);
    if (settings.wants_help) {
        help_page(command, false, &out);
        return cli_print(&out, EXIT_FINE);
    }
    bool is_fine = inspect(&settings, &inspection, &error);
    if (is_fine && settings.is_json)
        inspect_json(&inspection, &out);
    else if (is_fine)
        inspect_text(&inspection, terminal_colour(settings.colour), &out);
    inspection_free(&inspection);
    return is_fine ? cli_print(&out, EXIT_FINE) : cli_fail(&error);
}

const struct command command_inspect = {
    .name = "inspect",
    .summary = "show what a file is, column by column, and what to run next",
    .options = FOR_INSPECT,
    .is_offline = true,
    .run = run,
};
