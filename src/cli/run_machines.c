/* run_machines.c: see run_machines.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cli/run_machines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/run_overview.h"
#include "output/formats.h"
#include "output/tree.h"
#include "render/overview_render.h"
#include "report/result.h"

/* The program as it can be started from anywhere; the caller frees. */
static char *own_path(void) {
    char *path = realpath("/proc/self/exe", NULL);
    return path ? path : memory_copy(view_of("st2plecto"));
}

enum exit_code run_list(const struct routine *routine, const char *config_path) {
    struct buffer out = {0};
    char *program = own_path();
    for (size_t i = 0; i < routine->count; i++) {
        words_shell(&out, program);
        buffer_add_text(&out, " run --config ");
        words_shell(&out, config_path);
        buffer_add_text(&out, " --feed ");
        words_shell(&out, routine->feeds[i].name);
        buffer_add_char(&out, '\n');
    }
    free(program);
    return cli_print(&out, EXIT_FINE);
}

static void collect_one(struct overview *overview, const char *folder) {
    struct result result = {0};
    struct error error = {0};
    if (result_read_folder(folder, &result, &error)) {
        struct overview_source *source = overview_add(overview, folder);
        overview_fill(source, &result);
        source->folder = memory_copy(view_of(folder));
        overview->exit_code = exit_code_worse(overview->exit_code, result.exit_code);
    } else {
        overview_add_unsorted(overview, folder, error.message, error.fix);
        overview->exit_code = exit_code_worse(overview->exit_code, EXIT_CANNOT_READ);
    }
    error_free(&error);
    result_free(&result);
}

/* DIR, or the folders of a tree. */
static void collect_from(struct overview *overview, const char *folder) {
    const char *slash = strrchr(folder, '/');
    if (place_is_our_name(slash ? slash + 1 : folder)) return; /* a pattern names the overview of before, too */
    char *result = memory_print("%s/%s", folder, output_name(OUTPUT_RESULT));
    bool is_one = access(result, F_OK) == 0;
    size_t count = 0;
    char **names = is_one ? NULL : tree_folders(folder, &count);
    free(result);
    if (is_one || count == 0) collect_one(overview, folder);
    for (size_t i = 0; i < count; i++) {
        char *below = memory_print("%s/%s", folder, names[i]);
        collect_one(overview, below);
        free(below);
        free(names[i]);
    }
    free(names);
}

enum exit_code run_collect(const struct cli *cli, struct overview *overview, const char *output, char *const *operands,
                           size_t count) {
    struct error error = {0};
    struct buffer out = {0};
    const char *folder = output ? output : ".";
    overview->folder = folder;
    overview->is_published = true;
    if (count == 0) {
        error_set(&error, EXIT_WRONG_USE, "--collect needs folders");
        error_fix(&error, "Name the published folders, such as st2plecto run --collect plecto/*");
        return cli_fail(&error);
    }
    for (size_t i = 0; i < count; i++)
        collect_from(overview, operands[i]);
    run_overview_relate(overview, folder);
    if (!run_overview_write(overview, folder, &cli->watch, &error)) return cli_fail(&error);
    const struct text_options options = {.quiet = true};
    render_overview_text(overview, &options, &out);
    return cli_print(&out, overview->exit_code);
}
