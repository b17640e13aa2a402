/* inspect_make.c: what a file is. The head says the format; the whole file is read once for the types; every schema is
 * scored. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/inspect.h"
#include "cli/schema_draft.h"
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
    int32_t from, to;
    inspection->has_period = draft_find_period(inspection->facts, &from, &to);
    struct bind_options options = {.has_period = inspection->has_period};
    if (schema_choose(inspection->facts, folder, NULL, &inspection->schema, &none))
        return bind_columns(inspection->schema, inspection->facts, &options, &inspection->binding, error);
    inspection->why_none = memory_copy(view_of(none.message));
    error_free(&none);
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------- */

bool inspection_make(const struct convert_settings *settings, struct inspection *inspection, struct error *error) {
    struct input_options input = settings->run.input;
    inspection->labels = known_labels_create(settings->run.schema, settings->run.schema_folder);
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

void inspection_free(struct inspection *inspection) {
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
