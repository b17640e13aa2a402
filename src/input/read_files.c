/* read_files.c: see read_files.h. */
#include "input/read_files.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "input/input.h"

const char *file_role_name(enum file_role role) {
    static const char *const names[] = {
        [FILE_EXPORT] = "export", [FILE_COMPANION] = "companion", [FILE_ROSTER] = "roster",
        [FILE_FIXES] = "fixes",   [FILE_SCHEMA] = "schema",       [FILE_CONFIGURATION] = "configuration",
    };
    return names[role];
}

/* Schemas, and companions of several joins, are read again and again in one run. Any other file that is there twice was
 * named twice, and counts twice. */
static bool is_known(const struct read_files *files, enum file_role role, const char *path, const char *sha256) {
    bool is_read_again = role == FILE_SCHEMA || role == FILE_COMPANION;
    for (size_t i = 0; is_read_again && i < files->count; i++) {
        const struct read_file *file = &files->list[i];
        if (file->role == role && strcmp(file->path, path) == 0 && strcmp(file->sha256, sha256) == 0) return true;
    }
    return false;
}

void read_files_add(struct read_files *files, enum file_role role, const char *path, uint64_t bytes,
                    const char *sha256) {
    if (is_known(files, role, path, sha256)) return;
    void *list = files->list;
    memory_grow(&list, &files->capacity, files->count + 1, sizeof *files->list);
    files->list = list;
    struct read_file *file = &files->list[files->count++];
    *file = (struct read_file){.role = role, .path = memory_copy(view_of(path)), .bytes = bytes};
    memcpy(file->sha256, sha256, sizeof file->sha256);
}

void read_files_add_input(struct read_files *files, enum file_role role, struct input *input) {
    char hex[65];
    input_sha256(input, hex);
    read_files_add(files, role, input_facts(input)->path, input_bytes_raw(input), hex);
}

void read_files_add_text(struct read_files *files, enum file_role role, const char *path, struct view text) {
    char hex[65];
    sha256_of(text, hex);
    read_files_add(files, role, path, text.length, hex);
}

void read_files_merge(struct read_files *files, const struct read_files *from) {
    for (size_t i = 0; i < from->count; i++)
        read_files_add(files, from->list[i].role, from->list[i].path, from->list[i].bytes, from->list[i].sha256);
}

void read_files_sort(struct read_files *files) {
    for (size_t i = 1; i < files->count; i++) {
        struct read_file moved = files->list[i];
        size_t place = i;
        for (; place > 0 && files->list[place - 1].role > moved.role; place--)
            files->list[place] = files->list[place - 1];
        files->list[place] = moved;
    }
}

void read_files_free(struct read_files *files) {
    for (size_t i = 0; i < files->count; i++)
        free(files->list[i].path);
    free(files->list);
    *files = (struct read_files){0};
}
