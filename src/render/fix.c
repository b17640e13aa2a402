/* fix.c: the fix of a cause, its commands with columns that the file has. */
#include "render/render.h"

#include <string.h>

static const struct result_file *file_of(const struct result *result, const struct issue_cause *cause) {
    for (size_t i = 0; i < result->file_count; i++)
        if (issue_cause_in(cause, i) > 0) return &result->files[i];
    return NULL;
}

char *render_fix(const struct result *result, const struct issue_cause *cause, const char *call, const char *indent) {
    struct issue_terms terms = {
        .field = cause->field, .place = result->place, .schema = result->schema_name};
    if (call) terms.had = result->had; /* without a call the fix is what `report` says of result.json, too */
    bool is_own = result->schema_file && *result->schema_file && strcmp(result->schema_file, "built-in") != 0;
    if (is_own) terms.schema_file = result->schema_file;
    const struct result_file *file = file_of(result, cause);
    if (file) {
        terms.people = (struct issue_columns){file->other_people, file->other_people_count};
        terms.dates = (struct issue_columns){file->other_dates, file->other_dates_count};
    }
    return issue_fix_of(cause->code, &terms, call, indent);
}
