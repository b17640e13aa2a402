/* explain.c: `explain CODE`: what a code of the report means, why it matters and how to fix it. */
#include "cli/cli.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "render/render.h"

static void list_codes(struct buffer *out) {
    for (int code = 0; code < ISSUE_CODE_COUNT; code++) {
        const struct issue_kind *kind = issue_kind((enum issue_code)code);
        buffer_print(out, "%s  ", kind->name);
        words_left(out, view_of(kind->slug), 22);
        buffer_print(out, "  %s\n", kind->title);
    }
}

static bool unknown_code(const char *wrong, struct error *error) {
    const char *names[2 * ISSUE_CODE_COUNT];
    for (int code = 0; code < ISSUE_CODE_COUNT; code++) {
        const struct issue_kind *kind = issue_kind((enum issue_code)code);
        names[2 * code] = kind->name;
        names[2 * code + 1] = kind->slug;
    }
    const char *nearest = options_nearest(wrong, names, 2 * ISSUE_CODE_COUNT);
    error_set(error, EXIT_WRONG_USE, "no code has the name \"%s\"%s%s%s", wrong, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    return error_fix(error, "To list all codes:\nst2plecto explain");
}

static bool explain(char *const *operands, size_t count, struct buffer *out, struct error *error) {
    if (count == 0) list_codes(out);
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind_find(view_of(operands[i]));
        if (!kind) return unknown_code(operands[i], error);
        buffer_add_text(out, i > 0 ? "\n" : "");
        render_explain(kind, out);
    }
    return true;
}

static enum exit_code run(const struct cli *cli, const struct command *command, int argc, char **argv) {
    (void)cli;
    struct option_reader reader;
    struct error error = {0};
    struct buffer out = {0};
    const char *value = NULL;
    char **operands = NULL;
    options_start(&reader, command, argc, argv);
    bool wants_help = options_next(&reader, &value, &error) != NULL;
    bool is_fine = error.code == EXIT_FINE;
    if (wants_help) {
        help_page(command, false, &out);
    } else if (is_fine) {
        size_t count = options_operands(&reader, &operands);
        is_fine = explain(operands, count, &out, &error);
    }
    options_free(&reader);
    if (is_fine) return cli_print(&out, EXIT_FINE);
    buffer_free(&out);
    return cli_fail(&error);
}

const struct command command_explain = {
    .name = "explain",
    .summary = "explain what a code of the report means and how to fix it",
    .options = FOR_EXPLAIN,
    .is_offline = true,
    .run = run,
};
