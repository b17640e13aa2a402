/* conversion.c: see conversion.h. */
#include "support/conversion.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

static const char *folder(void) {
    static char path[80];
    if (!*path)
        snprintf(path, sizeof path, "%s/st2plecto-test-%ld", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
                 (long)getpid());
    return path;
}

static void load(const char *name, struct buffer *out) {
    char *path = memory_print("%s/%s", folder(), name);
    FILE *file = fopen(path, "rb");
    for (size_t got = file != NULL; got > 0; out->length += got)
        got = fread(buffer_reserve(out, 1 << 14), 1, 1 << 14, file);
    if (file) fclose(file);
    free(path);
}

static void remove_folder(void) {
    static const char *const names[] = {"registrations.jsonl", "import.csv",   "rejected.csv", "datasource.json",
                                        "result.json",         "receipt.json", "review.xlsx",  "import.xlsx"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = memory_print("%s/%s", folder(), names[i]);
        unlink(path);
        free(path);
    }
    rmdir(folder());
}

struct run_options conversion_options(char **paths, size_t count) {
    return (struct run_options){.command = "convert",
                                .paths = paths,
                                .path_count = count,
                                .schema = "auto",
                                .output = folder(),
                                .to = {[OUTPUT_CSV] = true, [OUTPUT_JSONL] = true},
                                .per_employee = true,
                                .fail_on = SEVERITY_ERROR,
                                .example_limit = 5,
                                .workers = 1,
                                .force = true,
                                .created = 1761000000,
                                .version = "test"};
}

bool conversion_run(const struct run_options *options, struct conversion *conversion) {
    *conversion = (struct conversion){0};
    bool is_fine = run_convert(options, &conversion->result, &conversion->error);
    load("registrations.jsonl", &conversion->jsonl);
    load("import.csv", &conversion->csv);
    remove_folder();
    return is_fine;
}

void conversion_free(struct conversion *conversion) {
    buffer_free(&conversion->jsonl);
    buffer_free(&conversion->csv);
    result_free(&conversion->result);
    error_free(&conversion->error);
}
