/* read_files.h: which files a run read, with the hash of the bytes that it read: for the receipt. */
#ifndef INPUT_READ_FILES_H
#define INPUT_READ_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* What a file was read as; also the order in which the receipt has them. */
enum file_role { FILE_EXPORT, FILE_COMPANION, FILE_ROSTER, FILE_FIXES, FILE_SCHEMA, FILE_CONFIGURATION };

struct input;

struct read_file {
    enum file_role role;
    char *path;     /* as named; owned */
    uint64_t bytes; /* as stored */
    char sha256[65];
};

/* Zeroed it is empty. */
struct read_files {
    struct read_file *list; /* owned */
    size_t count, capacity;
};

/* "export", "companion" … */
const char *file_role_name(enum file_role role);
/* Adds a file; a schema or companion that was read before with the same content is there once. */
void read_files_add(struct read_files *files, enum file_role role, const char *path, uint64_t bytes,
                    const char *sha256);
/* The same for an input that was read to its end, and for a text that is all of its file. */
void read_files_add_input(struct read_files *files, enum file_role role, struct input *input);
void read_files_add_text(struct read_files *files, enum file_role role, const char *path, struct view text);
/* Adds those of `from`. */
void read_files_merge(struct read_files *files, const struct read_files *from);
/* Orders them by role, those of one role as they were added. */
void read_files_sort(struct read_files *files);
void read_files_free(struct read_files *files);

#endif
