/* own_inputs.c: see own_inputs.h. */
#include "cli/own_inputs.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "output/formats.h"

static bool is_same(const char *one, const char *other) {
    struct stat a, b;
    if (strcmp(one, other) == 0) return true;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* A device such as /dev/null keeps nothing that could be lost. */
static bool is_kept(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool own_inputs_differ(const char *output, const char *input, struct error *error) {
    if (!output || !input || !is_kept(output) || !is_same(output, input)) return true;
    error_set(error, EXIT_WRONG_USE, "%s is read by this command, and is not replaced", output);
    return error_fix(error, "Name another file to write.");
}

bool own_inputs_keep_folder(const char *output, struct error *error) {
    if (!output || !place_is_our_name(view_file_name(output)) || !is_kept(output)) return true;
    char *folder = place_folder_of(output);
    char *receipt = memory_print("%s/%s", folder, output_name(OUTPUT_RECEIPT));
    bool is_fine = access(receipt, F_OK) != 0;
    if (!is_fine) {
        error_set(error, EXIT_WRONG_USE, "%s belongs to the results in %s, and is not replaced", output, folder);
        error_fix(error, "Name another file to write.");
    }
    free(receipt);
    free(folder);
    return is_fine;
}

static bool differ_from_all(const char *output, const struct read_files *files, struct error *error) {
    for (size_t i = 0; files && i < files->count; i++)
        if (!own_inputs_differ(output, files->list[i].path, error)) return false;
    return true;
}

bool own_inputs_check(const struct convert_settings *settings, const char *output, bool keeps_fixes,
                      struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    const char *const singles[] = {settings->workbook, settings->run.schema, settings->config_file, wishes->sides[0],
                                   wishes->sides[1],   wishes->expect_file,  wishes->journal};
    if (!output) return true;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (!own_inputs_differ(output, singles[i], error)) return false;
    for (size_t i = 0; settings->paths && i < settings->run.path_count; i++)
        if (!own_inputs_differ(output, settings->paths[i], error)) return false;
    for (size_t i = 0; i < settings->run.companion_count; i++)
        if (!own_inputs_differ(output, settings->companions[i], error)) return false;
    return (!settings->config || own_inputs_differ(output, config_path(settings->config), error)) &&
           differ_from_all(output, roster_files(settings->roster), error) &&
           (keeps_fixes || differ_from_all(output, fixes_files(settings->fixes), error)) &&
           own_inputs_keep_folder(output, error);
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
