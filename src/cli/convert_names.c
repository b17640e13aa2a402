/* convert_names.c: see convert_names.h. */
#include "cli/convert_names.h"

#include <stdlib.h>

#include "base/memory.h"

struct convert_names convert_names(const struct convert_settings *settings) {
    const struct run_options *run = &settings->run;
    struct convert_names names = {memory_get_zero(run->field_count + run->drop_count + 3, sizeof *names.list), 0};
    if (run->date_field) names.list[names.count++] = run->date_field;
    if (run->employee_field) names.list[names.count++] = run->employee_field;
    for (size_t i = 0; i < settings->given_field_count; i++)
        names.list[names.count++] = run->fields[i].name;
    for (size_t i = 0; i < run->drop_count; i++)
        names.list[names.count++] = run->drops[i];
    return names;
}

/* --- checking --------------------------------------------------------------------------------------------- */

static bool check_fields(const struct convert_names *names, const struct run_types *types, struct error *error) {
    for (size_t i = 0; i < names->count; i++) {
        bool is_found = false;
        for (size_t k = 0; k < types->count; k++)
            is_found = is_found || types->list[k].has_field[i];
        if (is_found) continue;
        error_set(error, EXIT_WRONG_USE, "none of the files has the field \"%s\", which an option names",
                  names->list[i]);
        return error_fix(error, "To list the columns of a file:\nst2plecto inspect FILE");
    }
    return true;
}

static bool check_companions(const struct run_types *types, const struct run_options *run, struct error *error) {
    for (size_t i = 0; i < run->companion_count; i++) {
        bool is_found = false;
        for (size_t k = 0; k < types->count; k++)
            is_found = is_found || types->list[k].has_companion[i];
        if (is_found) continue;
        error_set(error, EXIT_WRONG_USE, "--with %s adds nothing to these files, because none of their types can use it", run->companions[i]);
        return error_fix(error, "Convert it as an export of its own, or convert without --with.");
    }
    return true;
}

/* What names one data source cannot be of several. */
static bool check_single(const struct run_types *types, const struct run_options *run, struct error *error) {
    if (types->count < 2 || (!run->title && !run->data_source)) return true;
    error_set(error, EXIT_WRONG_USE, "%s is of one data source, and these files are of %zu types",
              run->title ? "--title" : "--data-source", types->count);
    return error_fix(error, "Set it for each type in st2plecto.json, such as \"schemas\": {\"%s\": {\"%s\": \"...\"}}.",
                     types->list[0].schema, run->title ? "title" : "data-source");
}

bool convert_names_check(const struct convert_names *names, const struct run_types *types,
                         const struct convert_settings *settings, struct error *error) {
    return check_fields(names, types, error) && check_companions(types, &settings->run, error) &&
           check_single(types, &settings->run, error);
}

/* --- restricting ------------------------------------------------------------------------------------------ */

static bool type_has(const struct run_type *type, const struct convert_names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (type->has_field[i] && strcmp(names->list[i], name) == 0) return true;
    return false;
}

void convert_names_restrict(const struct convert_names *names, const struct run_type *type,
                            struct convert_settings *settings) {
    struct run_options *run = &settings->run;
    if (run->date_field && !type_has(type, names, run->date_field)) run->date_field = NULL;
    if (run->employee_field && !type_has(type, names, run->employee_field)) run->employee_field = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < run->field_count; i++) {
        if (i < settings->given_field_count && !type_has(type, names, settings->fields[i].name))
            free((char *)settings->fields[i].name);
        else
            settings->fields[kept++] = settings->fields[i];
    }
    settings->given_field_count -= run->field_count - kept;
    run->field_count = kept;
    kept = 0;
    for (size_t i = 0; i < run->drop_count; i++)
        if (type_has(type, names, run->drops[i])) run->drops[kept++] = run->drops[i];
    run->drop_count = kept;
    kept = 0;
    for (size_t i = 0; i < run->companion_count; i++)
        if (type->has_companion[i]) settings->companions[kept++] = settings->companions[i];
    run->companion_count = kept;
}
