/* schema_load.c: finds a schema by name: in the user's folder first, so that a folder can replace a
 * built-in one, then among the built-in ones; or reads the file that was named. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/memory.h"
#include "schema/schema_reader.h"

#define SCHEMA_SIZE_LIMIT (8u << 20) /* a larger file is no schema */

bool schema_read_file(const char *path, struct buffer *text, struct error *error) {
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        error_set(error, EXIT_WRONG_USE, "cannot read the schema %s: %s", path, strerror(errno));
        return error_fix(error, "Check the path. To list the built-in schemas:\nst2plecto schema list");
    }
    bool fine = true;
    size_t got = 1;
    while (fine && got > 0) {
        got = fread(buffer_reserve(text, 65536), 1, 65536, stream);
        text->length += got;
        fine = text->length <= SCHEMA_SIZE_LIMIT;
    }
    if (ferror(stream))
        fine = error_set(error, EXIT_WRONG_USE, "cannot read the schema %s: %s", path, strerror(errno));
    else if (!fine)
        error_set(error, EXIT_WRONG_USE, "%s is larger than 8 MiB, so it cannot be a schema", path);
    if (!fine) error_fix(error, "Name a schema file. To list the built-in schemas:\nst2plecto schema list");
    fclose(stream);
    return fine;
}

static bool ends_in_json(const char *name) {
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".json") == 0;
}

bool schema_is_path(const char *name_or_file) {
    return strchr(name_or_file, '/') || ends_in_json(name_or_file);
}

static bool load_file(const char *path, struct schema **schema, struct error *error) {
    struct buffer text = {0};
    bool fine = schema_read_file(path, &text, error) && schema_parse(buffer_view(&text), path, schema, error);
    if (fine) { /* of this text, not of what the file may hold later */
        sha256_of(buffer_view(&text), (*schema)->sha256);
        (*schema)->file_size = text.length;
    }
    buffer_free(&text);
    return fine;
}

void schema_note_file(const struct schema *schema, struct read_files *files) {
    if (files && schema->sha256[0])
        read_files_add(files, FILE_SCHEMA, schema->file, schema->file_size, schema->sha256);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void add_name(char ***names, size_t *count, size_t *capacity, struct view name) {
    for (size_t index = 0; index < *count; index++)
        if (view_is(name, (*names)[index])) return;
    void *items = *names;
    memory_grow(&items, capacity, *count + 1, sizeof **names);
    *names = items;
    (*names)[(*count)++] = memory_copy(name);
}

static void free_names(char **names, size_t count) {
    for (size_t index = 0; index < count; index++)
        free(names[index]);
    free(names);
}

static bool add_names(const char *folder, char ***names, size_t *count, size_t *capacity, struct error *error) {
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    errno = directory ? 0 : errno;
    while (directory && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] != '.' && ends_in_json(entry->d_name) && strcmp(entry->d_name, "report.schema.json") != 0)
            add_name(names, count, capacity, view_from(entry->d_name, strlen(entry->d_name) - 5));
        errno = 0; /* so that the end and a failure differ */
    }
    int reason = errno;
    if (directory) closedir(directory);
    if (reason == 0) return true;
    error_set(error, EXIT_WRONG_USE, "cannot read the folder of schemas %s: %s", folder, strerror(reason));
    return error_fix(error, "Check --schema-dir and the folder's permissions.");
}

char **schema_names(const char *folder, size_t *count, struct error *error) {
    char **names = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t index = 0; index < embedded_schema_count; index++)
        add_name(&names, count, &capacity, view_of(embedded_schemas[index].name));
    if (folder && !add_names(folder, &names, count, &capacity, error)) {
        free_names(names, *count);
        *count = 0;
        return NULL;
    }
    if (*count > 1) qsort(names, *count, sizeof *names, compare_names);
    return names;
}

static bool unknown_name(const char *name, const char *folder, struct error *error) {
    size_t count = 0;
    char **names = schema_names(folder, &count, error);
    if (!names) return false;
    char *near = near_word(view_of(name), (const char *const *)names, count);
    error_set(error, EXIT_WRONG_USE, "no schema has the name \"%s\"%s", name, near);
    error_fix(error, "Name your own schema file by its path, such as ./%s.json. To list all schemas:\nst2plecto schema list", name);
    free(near);
    free_names(names, count);
    return false;
}

/* A file that is there and cannot be read is no reason to take another one. */
static bool file_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* The file in the folder that goes before a built-in schema of this name, or NULL; the caller frees. */
static char *find_own(const char *name, const char *folder) {
    if (!folder) return NULL;
    char *path = memory_print("%s/%s.json", folder, name);
    if (file_exists(path)) return path;
    free(path);
    return NULL;
}

struct view schema_built_in(const char *name, const char *folder) {
    char *own = find_own(name, folder);
    bool is_own = own != NULL;
    free(own);
    for (size_t i = 0; i < embedded_schema_count && !is_own; i++)
        if (strcmp(embedded_schemas[i].name, name) == 0)
            return view_from(embedded_schemas[i].text, embedded_schemas[i].length);
    return view_from(NULL, 0);
}

/* The schema that calls itself so, whatever its file in the folder is called; NULL: there is none. False with the error where
 * two do. */
static bool find_inside(const char *name, const char *folder, struct schema **found, struct error *error) {
    char **names = NULL;
    size_t count = 0, capacity = 0;
    struct error ignored = {0};
    bool is_read = folder && add_names(folder, &names, &count, &capacity, &ignored), is_one = true;
    error_free(&ignored);
    if (count > 1) qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; is_read && is_one && i < count; i++) {
        char *path = memory_print("%s/%s.json", folder, names[i]);
        struct schema *schema = NULL;
        bool is_named = load_file(path, &schema, &ignored) && strcmp(schema->name, name) == 0;
        if (is_named && *found) {
            is_one = error_set(error, EXIT_WRONG_USE, "%s and %s both have the name %s", (*found)->file, path, name);
            error_fix(error, "Name one of them by its path: --schema %s", path);
        }
        if (is_named && !*found)
            *found = schema;
        else
            schema_free(schema);
        error_free(&ignored);
        free(path);
    }
    free_names(names, count);
    return is_one;
}

bool schema_load(const char *name_or_file, const char *folder, struct schema **schema, struct error *error) {
    *schema = NULL;
    if (schema_is_path(name_or_file)) return load_file(name_or_file, schema, error);
    char *own = find_own(name_or_file, folder);
    if (own) {
        bool fine = load_file(own, schema, error);
        free(own);
        return fine;
    }
    struct view text = schema_built_in(name_or_file, NULL);
    if (text.text) return schema_parse(text, "built-in", schema, error);
    if (!find_inside(name_or_file, folder, schema, error)) {
        schema_free(*schema);
        *schema = NULL;
        return false;
    }
    return *schema || unknown_name(name_or_file, folder, error);
}
