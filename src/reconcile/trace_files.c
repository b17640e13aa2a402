/* trace_files.c: see trace_files.h. */
#include "reconcile/trace_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/json_find.h"
#include "base/memory.h"
#include "base/plain.h"
#include "output/formats.h"
#include "reconcile/text_file.h"

static bool has_hash(const char *path, struct view hex) {
    struct sha256 hash;
    char bytes[8192], own[65];
    size_t count;
    FILE *file = text_file_is_there(path) ? fopen(path, "rb") : NULL;
    if (!file) return false;
    sha256_start(&hash);
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
        sha256_add(&hash, bytes, count);
    fclose(file);
    sha256_end(&hash, own);
    return view_is(hex, own);
}

/* The file with that content, as named or in the folder; NULL. */
static char *find_file(const char *path, const char *inputs, struct view hex) {
    if (has_hash(path, hex)) return memory_copy(view_of(path));
    DIR *folder = inputs ? opendir(inputs) : NULL;
    char *found = NULL;
    for (struct dirent *entry; folder && !found && (entry = readdir(folder)) != NULL;) {
        char *other = memory_print("%s/%s", inputs, entry->d_name);
        if (has_hash(other, hex))
            found = other;
        else
            free(other);
    }
    if (folder) closedir(folder);
    return found;
}

bool trace_find_inputs(const char *folder, const char *inputs, char ***paths, size_t *count, struct buffer *out,
                       struct error *error) {
    char *receipt = memory_print("%s/%s", folder, output_name(OUTPUT_RECEIPT));
    struct buffer text = {0};
    struct view list, item, role, path, hex;
    struct json_walk walk;
    bool is_fine = text_file_read(receipt, &text, error);
    free(receipt);
    *paths = NULL;
    *count = 0;
    if (is_fine && json_find_key(buffer_view(&text), view_of("inputs"), &list) && json_walk_start(&walk, list))
        while (json_walk_next(&walk, NULL, &item)) {
            if (!json_find_key(item, view_of("role"), &role) || !json_says(role, "export")) continue;
            if (!json_find_key(item, view_of("path"), &path) || !json_find_key(item, view_of("sha256"), &hex)) continue;
            char *name = json_string_copy(path), *content = json_string_copy(hex);
            char *found = find_file(name, inputs, view_of(content));
            if (found) {
                *paths = memory_resize(*paths, (*count + 1) * sizeof **paths);
                (*paths)[(*count)++] = found;
            } else {
                buffer_add_text(out, "\nThe export is not where it was, or was changed: ");
                plain_add_text(out, name);
                buffer_add_text(out, "\n  To name the folder where it is now, add --inputs DIR\n");
            }
            free(name);
            free(content);
        }
    buffer_free(&text);
    return is_fine;
}

/* --- rejected.csv ----------------------------------------------------------------------------------------------------- */

struct rejected_reading {
    const char *id;
    struct buffer *out;
    size_t columns[5];
    bool has_header;
};

static const char *const rejected_columns[] = {"id", "file", "row", "line", "reasons"};

static bool take_rejected(void *context, const struct view *cells, size_t count) {
    struct rejected_reading *reading = context;
    if (!reading->has_header) {
        reading->has_header = true;
        for (size_t c = 0; c < 5; c++)
            reading->columns[c] = csv_table_column(cells, count, rejected_columns[c]);
        return reading->columns[0] != SIZE_MAX;
    }
    if (reading->columns[0] >= count || !view_is(cells[reading->columns[0]], reading->id)) return true;
    for (size_t c = 1; c < 5; c++) {
        if (reading->columns[c] >= count) continue;
        buffer_print(reading->out, "  %-9s ", rejected_columns[c]);
        plain_add(reading->out, cells[reading->columns[c]]);
        buffer_add_char(reading->out, '\n');
    }
    return true;
}

void trace_rejected(const char *folder, const char *id, struct buffer *out) {
    char *path = memory_print("%s/%s", folder, output_name(OUTPUT_REJECTED));
    struct error ignored = {0};
    struct rejected_reading reading = {.id = id, .out = out};
    text_file_rows(path, take_rejected, &reading, &ignored);
    error_free(&ignored);
    free(path);
}

char *trace_totals(const struct side *folder) {
    if (!folder->by || strcmp(folder->by, "row") == 0) return memory_copy(view_of("row"));
    struct buffer text = {0};
    buffer_print(&text, "%s, employee", folder->by);
    for (const char *name = folder->groups; name && *name; name += strlen(name) + 1)
        buffer_print(&text, ",%s", name);
    buffer_add_text(&text, ", wide");
    return buffer_take(&text);
}
