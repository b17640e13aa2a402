/* kept_files.h: files that an output never replaces, whatever --force says: one that is read, and those of a published folder. */
#ifndef CLI_KEPT_FILES_H
#define CLI_KEPT_FILES_H

#include <stdbool.h>

#include "base/error.h"

/* Whether `output` (NULL: none) is another file than `input` (NULL: none), by path, device and inode; else EXIT_WRONG_USE. */
bool kept_files_differ(const char *output, const char *input, struct error *error);
/* Whether `output` is no file of ours beside a receipt.json; else EXIT_WRONG_USE. */
bool kept_files_spare_folder(const char *output, struct error *error);

#endif
