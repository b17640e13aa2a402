/* result_read.c: result.json back into a result, so that every report can be made of it later. What json.c writes and
 * this reads is one format; schemas/result.schema.json describes it for others. */
#include "report/result_read_private.h"

#include <stdlib.h>

#include "base/memory.h"
#include "input/source/source.h"
#include "output/formats.h"

#define SIZE_LIMIT (256u << 20)

static enum publication publication_of(struct result_reader *reader, const cJSON *root) {
    char *text = read_needed_text(reader, root, "", "publication");
    enum publication found = PUBLISHED;
    while (found <= PUBLISHED_STOPPED && strcmp(text, report_publication_name(found)) != 0)
        found++;
    if (found > PUBLISHED_STOPPED) read_wrong(reader, "", "publication", "is unknown");
    free(text);
    return found > PUBLISHED_STOPPED ? PUBLISHED : found;
}

static void read_head(struct result_reader *reader, const cJSON *root, struct result *result) {
    result->command = read_needed_text(reader, root, "", "command");
    if (cJSON_GetObjectItemCaseSensitive(root, "rules")) result->rules = read_count(reader, root, "", "rules");
    result->exit_code = (enum exit_code)read_count(reader, root, "", "exit_code");
    const cJSON *schema = read_object(reader, root, "schema");
    if (!schema) return;
    result->schema_name = read_needed_text(reader, schema, "schema", "name");
    result->schema_title = read_needed_text(reader, schema, "schema", "title");
    result->schema_file = read_needed_text(reader, schema, "schema", "file");
    result->schema_sha256 = read_needed_text(reader, schema, "schema", "sha256");
    const cJSON *options = read_object(reader, root, "options");
    if (!options) return;
    result->by = read_needed_text(reader, options, "options", "by");
    result->per = read_needed_text(reader, options, "options", "per");
    result->layout = read_needed_text(reader, options, "options", "layout");
    result->period = read_text(reader, options, "options", "period");
    result->zone = read_text(reader, options, "options", "time_zone");
    result->active_only = read_flag(reader, options, "options", "active_only");
    result->on_error = read_needed_text(reader, options, "options", "on_error");
    result->fail_on = read_needed_text(reader, options, "options", "fail_on");
    result->registrations = read_count(reader, root, "", "registrations");
    result->employees = read_count(reader, root, "", "employees");
    result->first_date = read_text(reader, root, "", "first_date");
    result->last_date = read_text(reader, root, "", "last_date");
    result->next = read_text(reader, root, "", "next");
    if (cJSON_GetObjectItemCaseSensitive(root, "next_note"))
        result->next_note = read_text(reader, root, "", "next_note");
    result->notes = read_texts(reader, root, "", "notes", &result->note_count);
}

/* A run that was stopped: why, and which files it was to read. */
static void read_stopped(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *stopped = read_object(reader, root, "error");
    result->command = read_needed_text(reader, root, "", "command");
    result->exit_code = (enum exit_code)read_count(reader, root, "", "exit_code");
    if (!stopped) return;
    result->stopped = read_needed_text(reader, stopped, "error", "message");
    result->stopped_fix = read_text(reader, stopped, "error", "fix");
    size_t count = 0;
    char **paths = read_texts(reader, stopped, "error", "files", &count);
    result->files = memory_get_zero(count + 1, sizeof *result->files);
    for (size_t i = 0; i < count; i++)
        result->files[i].path = paths[i];
    result->file_count = count;
    free(paths);
}

static void fill(struct result_reader *reader, const cJSON *root, struct result *result) {
    void (*const parts[])(struct result_reader *, const cJSON *,
                          struct result *) = {read_head,  read_files,  read_ledger, read_active, read_fields,
                                              read_parts, read_grid,   read_totals, read_issues,
                                              read_outputs};
    result->publication = publication_of(reader, root);
    if (result->publication == PUBLISHED_STOPPED) {
        read_stopped(reader, root, result);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !reader->failed; i++)
        parts[i](reader, root, result);
}

static bool read_bytes(const char *path, struct buffer *text, struct error *error) {
    struct source *source = NULL;
    bool is_fine = source_open(path, NULL, &source, error);
    for (size_t got = 1; is_fine && got > 0;) {
        char *to = buffer_reserve(text, 1 << 16);
        is_fine = source_read(source, to, 1 << 16, &got, error);
        text->length += got;
        if (is_fine && text->length > SIZE_LIMIT)
            is_fine = error_set(error, EXIT_CANNOT_READ, "%s: is larger than any result.json", path);
    }
    source_close(source);
    return is_fine;
}

static bool not_json(const char *path, struct view text, const char *end, struct error *error) {
    unsigned long long line = 1, column = 1;
    for (const char *at = text.text; at < end && at < text.text + text.length; at++) {
        column = *at == '\n' ? 1 : column + 1;
        line += *at == '\n';
    }
    error_set(error, EXIT_CANNOT_READ, "%s:%llu:%llu: the file is not valid JSON from here on", path, line, column);
    return error_fix(error, "Name the result.json in a folder that convert wrote, or the output of --format json. If this is the one, it is "
                             "damaged: convert again.");
}

bool result_read(const char *path, struct result *result, struct error *error) {
    struct buffer text = {0};
    const char *end = NULL;
    *result = (struct result){.issues = issues_create(SIZE_MAX / 4)};
    if (!read_bytes(path, &text, error)) {
        buffer_free(&text);
        return false;
    }
    buffer_add_char(&text, '\0');
    cJSON *root = cJSON_ParseWithOpts(text.text, &end, true);
    struct result_reader reader = {strcmp(path, "-") == 0 ? "<stdin>" : path, error, false};
    bool is_fine = root != NULL;
    if (!is_fine) {
        not_json(reader.path, view_from(text.text, text.length - 1), end, error);
    } else {
        const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
        if (!cJSON_IsString(format) || strcmp(format->valuestring, RESULT_FORMAT) != 0) {
            error_set(error, EXIT_CANNOT_READ,
                      "%s: is not a result of st2plecto (\"format\" is not \"" RESULT_FORMAT "\")", reader.path);
            error_fix(error, "Name the result.json of a published folder, or the output of --format json.");
            is_fine = false;
        } else {
            fill(&reader, root, result);
            is_fine = !reader.failed;
        }
    }
    cJSON_Delete(root);
    buffer_free(&text);
    return is_fine;
}

bool result_read_folder(const char *folder, struct result *result, struct error *error) {
    char *path = memory_print("%s/%s", folder, output_name(OUTPUT_RESULT));
    bool is_fine = result_read(path, result, error);
    free(path);
    return is_fine;
}
