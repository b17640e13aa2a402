/* own_inputs.c: see own_inputs.h. */
#include "cli/own_inputs.h"

#include "cli/convert_options.h"
#include "cli/kept_files.h"

static bool differ_from_all(const char *output, const struct read_files *files, struct error *error) {
    for (size_t i = 0; files && i < files->count; i++)
        if (!kept_files_differ(output, files->list[i].path, error)) return false;
    return true;
}

bool own_inputs_check(const struct convert_settings *settings, const char *output, bool keeps_fixes,
                      struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    const char *const singles[] = {settings->workbook, settings->run.schema, settings->config_file, wishes->sides[0],
                                   wishes->sides[1],   wishes->expect_file,  wishes->journal};
    if (!output) return true;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (!kept_files_differ(output, singles[i], error)) return false;
    for (size_t i = 0; settings->paths && i < settings->run.path_count; i++)
        if (!kept_files_differ(output, settings->paths[i], error)) return false;
    for (size_t i = 0; i < settings->run.companion_count; i++)
        if (!kept_files_differ(output, settings->companions[i], error)) return false;
    return (!settings->config || kept_files_differ(output, config_path(settings->config), error)) &&
           differ_from_all(output, roster_files(settings->roster), error) &&
           (keeps_fixes || differ_from_all(output, fixes_files(settings->fixes), error)) &&
           kept_files_spare_folder(output, error);
}

bool own_inputs_check_all(const struct convert_settings *settings, struct error *error) {
    for (size_t i = 0; i < settings->reports.count; i++)
        if (!own_inputs_check(settings, settings->reports.list[i].file, false, error)) return false;
    return own_inputs_check(settings, settings->reconcile.format_file, false, error);
}

void own_inputs_drop_reports(struct convert_settings *settings) {
    struct report_requests *reports = &settings->reports;
    size_t kept = 0;
    for (size_t i = 0; i < reports->count; i++) {
        struct error ignored = {0};
        if (own_inputs_check(settings, reports->list[i].file, false, &ignored))
            reports->list[kept++] = reports->list[i];
        error_free(&ignored);
    }
    reports->count = kept;
}
