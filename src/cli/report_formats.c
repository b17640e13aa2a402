/* report_formats.c: the table of formats, and writing what was asked for. */
#include "cli/report_formats.h"

#include <stdlib.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "cli/cli.h"
#include "cli/option_values.h"
#include "cli/kept_files.h"
#include "cli/report_ours.h"
#include "output/whole_file.h"
#include "review/review.h"

#define HTML_EXAMPLES 2000
#define REVIEW_EXAMPLES 5000

struct report_format {
    const char *name;
    const char *was; /* its name of before, or NULL */
    size_t examples; /* of each cause that it wants; 0: as many as --max-issues says */
    /* One of the two; neither: a workbook, made of the run's files. */
    void (*render)(const struct result *result, struct buffer *out);
    void (*print)(const struct result *result, const struct report_look *look, bool is_terminal, struct buffer *out);
    bool is_one_document; /* two of them one after another are none */
};

static void print_text(const struct result *result, const struct report_look *look, bool is_terminal,
                       struct buffer *out) {
    const struct text_options options = {.colour = is_terminal ? terminal_colour(look->colour)
                                                               : look->colour == COLOUR_ALWAYS,
                                         .verbose = look->is_verbose,
                                         .quiet = look->is_quiet,
                                         .show_values = true};
    render_text(result, &options, out);
}

static void print_html(const struct result *result, const struct report_look *look, bool is_terminal,
                       struct buffer *out) {
    const struct html_options options = {.show_private = look->show_private};
    (void)is_terminal;
    render_html(result, &options, out);
}

static const struct report_format formats[] = {
    {"text", NULL, 0, NULL, print_text, false},
    {"json", NULL, 0, render_json, NULL, true},
    {"jsonl", NULL, 0, render_jsonl, NULL, false},
    {"html", NULL, HTML_EXAMPLES, NULL, print_html, true},
    {"review", "xlsx", REVIEW_EXAMPLES, NULL, NULL, true},
    {"junit", NULL, 0, render_junit, NULL, true},
    {"github", NULL, 0, render_github, NULL, false},
    {"markdown", NULL, 0, render_markdown, NULL, false},
};
#define FORMAT_COUNT (sizeof formats / sizeof *formats)

static const struct report_format *find_format(struct view name, struct error *error) {
    const char *names[FORMAT_COUNT];
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (view_is(name, formats[i].name)) return &formats[i];
        if (formats[i].was && view_is(name, formats[i].was)) {
            error_set(error, EXIT_WRONG_USE, "--format %s is now --format %s", formats[i].was, formats[i].name);
            error_fix(error, "Write --format %s=%s.xlsx.", formats[i].name, formats[i].name);
            return NULL;
        }
        names[i] = formats[i].name;
    }
    char *text = memory_copy(name);
    const char *nearest = options_nearest(text, names, FORMAT_COUNT);
    error_set(error, EXIT_WRONG_USE, "--format \"%s\" is unknown%s%s%s", text, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    struct buffer list = {0};
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        buffer_print(&list, "%s%s", i == 0 ? "" : i + 1 == FORMAT_COUNT ? " or " : ", ", formats[i].name);
    error_fix(error, "--format takes %.*s, each with =FILE, all but review also without", VIEW_ARGS(buffer_view(&list)));
    buffer_free(&list);
    free(text);
    return NULL;
}

static bool is_workbook(const struct report_format *format) {
    return !format->render && !format->print;
}

bool report_requests_add(const char *value, struct report_requests *requests, struct error *error) {
    const char *equals = strchr(value, '=');
    struct view name = view_from(value, equals ? (size_t)(equals - value) : strlen(value));
    struct report_request request = {find_format(name, error), equals ? equals + 1 : NULL};
    if (request.file && strcmp(request.file, "-") == 0) request.file = NULL;
    if (!request.format) return false;
    if (equals && !equals[1]) {
        error_set(error, EXIT_WRONG_USE, "--format \"%s\" has no file after the =", value);
        return error_fix(error, "Write --format %s=FILE", request.format->name);
    }
    if (!request.file && is_workbook(request.format)) {
        error_set(error, EXIT_WRONG_USE, "--format %s needs a file", value);
        return error_fix(error, "Write --format %s=review.xlsx.", value);
    }
    for (size_t i = 0; i < requests->count; i++) {
        const struct report_request *other = &requests->list[i];
        bool is_same = request.file && other->file && strcmp(request.file, other->file) == 0;
        if (!is_same && (request.file || other->file)) continue;
        error_set(error, EXIT_WRONG_USE, "--format %s and --format %s both write to %s", other->format->name,
                  request.format->name, request.file ? request.file : "standard output");
        return error_fix(error, "Give one of them its own file: --format %s=FILE", request.format->name);
    }
    void *list = requests->list;
    memory_grow(&list, &requests->capacity, requests->count + 1, sizeof *requests->list);
    requests->list = list;
    requests->list[requests->count++] = request;
    return true;
}

void report_requests_free(struct report_requests *requests) {
    free(requests->list);
    *requests = (struct report_requests){0};
}

static bool check_file(const char *file, bool force, struct error *error) {
    return whole_file_check(file, report_may_replace(file, force), error);
}

bool report_requests_check(const struct report_requests *requests, bool force, struct error *error) {
    for (size_t i = 0; i < requests->count; i++)
        if (requests->list[i].file && !check_file(requests->list[i].file, force, error)) return false;
    return true;
}

size_t report_requests_kept(const struct report_requests *requests) {
    size_t kept = 0;
    for (size_t i = 0; i < requests->count; i++)
        if (requests->list[i].format->examples > kept) kept = requests->list[i].format->examples;
    return kept;
}

static bool write_workbook(const struct report_request *request, const struct result *result,
                           const struct report_look *look, struct error *error) {
    struct whole_file file;
    if (!whole_file_begin(request->file, report_may_replace(request->file, look->force), look->watch, &file, error))
        return false;
    bool is_fine = review_write_from(result, look->folder, file.path, file.place.temporary, look->created, error) &&
                   whole_file_publish(&file, error);
    whole_file_discard(&file);
    return is_fine;
}

static enum exit_code write_one(const struct report_request *request, struct result *result,
                                const struct report_look *look, enum exit_code code) {
    struct buffer text = {0};
    struct error error = {0};
    for (size_t i = 0; i < result->inputs.count; i++) /* those that only the run knew, such as the schema's file */
        if (!kept_files_differ(request->file, result->inputs.list[i].path, &error)) return cli_fail(&error);
    issues_show(result->issues, request->format->examples > look->shown ? request->format->examples : look->shown);
    if (is_workbook(request->format)) return write_workbook(request, result, look, &error) ? code : cli_fail(&error);
    if (request->format->render)
        request->format->render(result, &text);
    else
        request->format->print(result, look, request->file == NULL, &text);
    if (!request->file) return cli_print(&text, code);
    bool is_fine = whole_file_write(request->file, buffer_view(&text),
                                    report_may_replace(request->file, look->force), look->watch, &error);
    buffer_free(&text);
    return is_fine ? code : cli_fail(&error);
}

enum exit_code report_requests_write(const struct report_requests *requests, struct result *result,
                                     const struct report_look *look, enum exit_code code) {
    enum exit_code first = code;
    bool is_said = false; /* something goes to standard output */
    for (size_t i = 0; i < requests->count; i++) {
        enum exit_code got = write_one(&requests->list[i], result, look, code);
        is_said = is_said || !requests->list[i].file;
        first = exit_code_worse(first, got);
    }
    if (is_said) return first;
    const struct report_request text = {&formats[0], NULL};
    enum exit_code got = write_one(&text, result, look, code);
    return exit_code_worse(first, got);
}

enum exit_code report_requests_write_stopped(const struct report_requests *requests, struct result *result,
                                             const struct report_look *look, enum exit_code code) {
    enum exit_code worst = code;
    for (size_t i = 0; i < requests->count; i++) {
        const struct report_request *request = &requests->list[i];
        struct error in_the_way = {0};
        bool is_free = !request->file || check_file(request->file, look->force, &in_the_way);
        error_free(&in_the_way);
        if (is_free) worst = exit_code_worse(worst, write_one(request, result, look, code));
    }
    return worst;
}

/* --- several data sources --------------------------------------------------------------------------------- */

/* "reports/all.xml" for jobs: "reports/all-jobs.xml". The caller frees. */
static char *name_part(const char *file, const char *name) {
    const char *slash = strrchr(file, '/'), *dot = strrchr(slash ? slash : file, '.');
    size_t length = dot && dot != (slash ? slash + 1 : file) ? (size_t)(dot - file) : strlen(file);
    return memory_print("%.*s-%s%s", (int)length, file, name, file + length);
}

bool report_requests_check_parts(const struct report_requests *requests, const struct report_part *parts, size_t count,
                                 bool force, struct error *error) {
    for (size_t i = 0; i < requests->count; i++) {
        const struct report_request *request = &requests->list[i];
        if (!request->file && request->format->render == render_junit) {
            error_set(error, EXIT_WRONG_USE, "--format junit needs a file, because there is a report for each type");
            return error_fix(error, "Write --format junit=report.xml");
        }
        for (size_t k = 0; request->file && k < count; k++) {
            char *file = name_part(request->file, parts[k].name);
            bool is_fine = check_file(file, force, error);
            free(file);
            if (!is_fine) return false;
        }
    }
    return true;
}

static void add_overview(const struct report_request *request, const struct overview *overview,
                         const struct report_look *look, struct buffer *out) {
    const struct text_options options = {.colour = terminal_colour(look->colour), .quiet = look->is_quiet};
    if (request->format->render == render_json) render_overview_json(overview, out);
    if (request->format->print == print_html) render_overview_html(overview, out);
    if (request->format->print == print_text) render_overview_text(overview, &options, out);
}

/* To standard output. Text: the overview, then each part under its name. */
static enum exit_code print_parts(const struct report_request *request, const struct overview *overview,
                                  const struct report_look *look, struct report_part *parts, size_t count,
                                  enum exit_code code) {
    struct buffer out = {0};
    add_overview(request, overview, look, &out);
    for (size_t i = 0; !request->format->is_one_document && i < count; i++) {
        struct result *result = parts[i].result;
        if (result->publication == PUBLISHED_STOPPED && request->format->print) continue; /* the overview has it */
        if (request->format->print) {
            buffer_add_text(&out, "\n--- ");
            plain_add_text(&out, parts[i].name);
            buffer_add_text(&out, " ---\n");
        }
        issues_show(result->issues, parts[i].look.shown);
        if (request->format->render)
            request->format->render(result, &out);
        else if (request->format->print)
            request->format->print(result, &parts[i].look, true, &out);
    }
    return cli_print(&out, code);
}

static enum exit_code write_part(const struct report_request *request, struct report_part *part, enum exit_code code) {
    char *file = name_part(request->file, part->name);
    const struct report_request own = {request->format, file};
    enum exit_code got = write_one(&own, part->result, &part->look, code);
    free(file);
    return got;
}

enum exit_code report_requests_write_parts(const struct report_requests *requests, const struct overview *overview,
                                           const struct report_look *look, struct report_part *parts, size_t count,
                                           enum exit_code code) {
    enum exit_code worst = code;
    bool is_said = false;
    for (size_t i = 0; i < requests->count; i++) {
        const struct report_request *request = &requests->list[i];
        is_said = is_said || !request->file;
        if (!request->file) worst = exit_code_worse(worst, print_parts(request, overview, look, parts, count, code));
        for (size_t k = 0; request->file && k < count; k++)
            worst = exit_code_worse(worst, write_part(request, &parts[k], code));
    }
    const struct report_request text = {&formats[0], NULL};
    return is_said ? worst : exit_code_worse(worst, print_parts(&text, overview, look, parts, count, code));
}
