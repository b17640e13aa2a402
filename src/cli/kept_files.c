/* kept_files.c: see kept_files.h. */
#include "cli/kept_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/formats.h"
#include "output/place.h"

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

bool kept_files_differ(const char *output, const char *input, struct error *error) {
    if (!output || !input || !is_kept(output) || !is_same(output, input)) return true;
    error_set(error, EXIT_WRONG_USE, "%s is read by this command, and is not replaced", output);
    return error_fix(error, "Name another file to write.");
}

bool kept_files_spare_folder(const char *output, struct error *error) {
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
