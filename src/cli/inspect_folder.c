/* inspect_folder.c: a line for each file of a folder, so that a person sees what is there before it is converted. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "base/words.h"
#include "cli/convert_options.h"
#include "cli/inspect.h"
#include "cli/label_guess.h"
#include "render/json_write.h"
#include "render/overview_render.h"

/* What is known of one file. */
struct line {
    const char *path;
    char *schema;      /* NULL: none fits, or it cannot be read */
    char *reason;      /* then why */
    const char *shape; /* static; NULL where it cannot be read */
    uint64_t rows;
    bool is_unreadable;
};

static void look_at(const struct convert_settings *settings, struct label_dictionary *dictionary, struct line *line) {
    struct inspection inspection = {.path = line->path, .dictionary = dictionary};
    struct error error = {0};
    if (inspection_make(settings, &inspection, &error)) {
        line->shape = inspect_shape(inspection.facts);
        line->rows = inspection.profile.rows;
        if (inspection.schema) line->schema = memory_copy(view_of(inspection.schema->name));
        if (inspection.why_none) line->reason = memory_copy(view_of(inspection.why_none));
    } else {
        line->is_unreadable = true;
        line->reason = memory_copy(view_of(error.message ? error.message : "cannot be read"));
    }
    error_free(&error);
    inspection_free(&inspection);
}

static void add_lines(struct buffer *out, const struct line *lines, size_t count) {
    size_t path_width = 4, schema_width = 6;
    for (size_t i = 0; i < count; i++) {
        size_t path = plain_width(view_of(lines[i].path));
        path_width = path > path_width ? path : path_width;
        size_t schema = lines[i].schema ? strlen(lines[i].schema) : 1;
        schema_width = schema > schema_width ? schema : schema_width;
    }
    words_left(out, view_of("File"), path_width + 2);
    words_left(out, view_of("Schema"), schema_width + 2);
    buffer_add_text(out, "     Rows  Form\n");
    for (size_t i = 0; i < count; i++) {
        struct buffer path = {0}, rows = {0};
        plain_add_text(&path, lines[i].path);
        words_left(out, buffer_view(&path), path_width + 2);
        words_left(out, view_of(lines[i].schema ? lines[i].schema : "-"), schema_width + 2);
        words_count(&rows, lines[i].rows);
        for (size_t k = rows.length; k < 9; k++)
            buffer_add_char(out, ' ');
        buffer_add(out, buffer_view(&rows));
        buffer_print(out, "  %s\n", lines[i].shape ? lines[i].shape : "cannot be read");
        if (lines[i].reason) {
            buffer_add_text(out, "    ");
            plain_add_text(out, lines[i].reason);
            buffer_add_char(out, '\n');
        }
        buffer_free(&path);
        buffer_free(&rows);
    }
}

static void add_skipped(struct buffer *out, const struct skipped_files *skipped) {
    if (skipped->count > 0) buffer_add_text(out, "\nNot exports\n");
    for (size_t i = 0; i < skipped->count; i++) {
        const char *advice = skipped_advice(&skipped->list[i]);
        buffer_add_text(out, "  ");
        plain_add_text(out, skipped->list[i].path);
        buffer_print(out, ": %s%s%s\n", skipped->list[i].reason, advice ? ". " : "", advice ? advice : "");
    }
}

/* One command a type: files of two types make no one data source. */
static void add_next(struct buffer *out, const struct line *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool is_first = lines[i].schema != NULL;
        for (size_t k = 0; k < i && is_first; k++)
            is_first = !lines[k].schema || strcmp(lines[k].schema, lines[i].schema) != 0;
        if (!is_first) continue;
        buffer_print(out, "\nNext: st2plecto convert --schema %s -o plecto/%s", lines[i].schema, lines[i].schema);
        for (size_t k = i; k < count; k++) {
            if (!lines[k].schema || strcmp(lines[k].schema, lines[i].schema) != 0) continue;
            buffer_add_char(out, ' ');
            words_shell(out, lines[k].path);
        }
        buffer_add_char(out, '\n');
    }
}

static void add_json(struct buffer *out, const char *folder, const struct line *lines, size_t count,
                     const struct skipped_files *skipped) {
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-inspect-folder/1");
    json_text(out, "folder", folder);
    json_key(out, "files");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "path", lines[i].path);
        json_text(out, "schema", lines[i].schema);
        json_text(out, "form", lines[i].shape);
        json_count(out, "rows", lines[i].rows);
        json_text(out, "reason", lines[i].reason);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
    render_skipped_json(skipped, out);
    buffer_add_text(out, "}\n");
}

bool inspect_folder(const struct convert_settings *settings, const char *folder, enum exit_code *code,
                    struct buffer *out, struct error *error) {
    char *paths[] = {memory_copy(view_of(folder))};
    char **files = NULL;
    size_t count = 0;
    struct skipped_files skipped = {0};
    bool is_fine = input_expand_paths(paths, 1, NULL, 0, settings->run.is_recursive, &files, &count, &skipped, error);
    struct line *lines = memory_get_zero(count + 1, sizeof *lines);
    struct label_dictionary *dictionary = label_dictionary_create();
    for (size_t i = 0; i < count; i++) {
        lines[i].path = files[i];
        look_at(settings, dictionary, &lines[i]);
        if (lines[i].is_unreadable) *code = EXIT_CANNOT_READ;
    }
    if (is_fine && settings->is_json) {
        add_json(out, folder, lines, count, &skipped);
    } else if (is_fine) {
        add_lines(out, lines, count);
        add_skipped(out, &skipped);
        add_next(out, lines, count);
    }
    for (size_t i = 0; i < count; i++) {
        free(lines[i].schema);
        free(lines[i].reason);
        free(files[i]);
    }
    free(lines);
    free(files);
    free(paths[0]);
    label_dictionary_free(dictionary);
    skipped_files_free(&skipped);
    return is_fine;
}
